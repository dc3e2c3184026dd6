"""The top of the Compare page: the question, what is compared, the headline, a link that fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from sim.evidence.starts import BASE
from sim.policy.measures import ALLIANCE
from sim.report import ledger, versions, words
from sim.report.language import _, plural
from sim.report.tables import Paired
from sim.web import choice
from sim.web.catalogue import Catalogue, listed_title
from sim.web.text import plain


def introduction() -> None:
    """What this is, in the first minute."""
    st.title(_("Leadtime"), anchor=False)
    st.markdown(
        _(
            "How can NATO states close the gaps in their equipment: at what **delivery speed**, at what "
            "**cost**, and with what **political reliance** on governments that could withhold supply? "
            "Change one thing in this **simulation** (illustrative numbers, from public sources)."
        )
    )


def problems(sentences: Sequence[str]) -> None:
    """What could not be used of the address, and what is shown instead."""
    if sentences:
        st.warning(
            _(
                "This link cannot be used as it is ({why}). The rest of it is shown, with the baseline."
            ).format(why="; ".join(sentences)),
            icon=":material/link_off:",
        )


def other_version(made_with: str) -> None:
    """That a link or file was made with another model version, and what has changed results since."""
    found = versions.difference(made_with)
    if found is None:
        return
    st.info(plain(found.sentence), icon=":material/update:")
    if not found.changes:
        return
    label = plural(
        "{number} change of results since then", "{number} changes of results since then", len(found.changes)
    )
    box = st.expander(
        label.format(number=len(found.changes)), key="versions", on_change="rerun", expanded=False
    )
    if box.open:
        box.markdown("\n".join(f"- **{one.version}:** {plain(one.text)}" for one in found.changes))


def choosers(book: Catalogue) -> None:
    """Three choices in a row: the question, the place, and the date until which gaps count."""
    now = choice.current()
    questions = {**book.questions, now.preset.id: now.preset}
    what, where, when = st.columns([5, 4, 2])
    choice.seat("scenario", now.preset.id)
    choice.seat("place", now.place)
    choice.seat("until", now.until)
    what.selectbox(
        _("What if …"),
        list(questions),
        format_func=lambda one: listed_title(questions[one], book.decides.get(one, "")),
        key="scenario",
        help=_("In the order of who decides, as the levers; those that move the fewest levers come first."),
        on_change=lambda: choice.ask(questions[st.session_state["scenario"]]),
    )
    where.selectbox(
        _("For whom"),
        book.places(),
        format_func=lambda one: words.place_name(one, book.states),
        key="place",
        on_change=lambda: choice.look_at(st.session_state["place"]),
    )
    when.selectbox(
        _("Gaps counted until"),
        sorted({*choice.years(now.preset.start), now.until}),
        key="until",
        on_change=lambda: choice.change(replace(choice.current(), until=st.session_state["until"])),
    )
    if now.preset.question:
        st.markdown(f"*{plain(_(now.preset.question))}*")
    if now.preset.start != BASE:
        st.info(
            _(
                "This run starts in {month} and lasts ten years. Its baseline is the eve of the war: "
                "the same stocks and orders, and every lever for ten years as it stood in {month}."
            ).format(month=words.month(now.preset.start)),
            icon=":material/history:",
        )


def headline(dials: Sequence[Paired], book: Catalogue, is_baseline: bool) -> None:
    """One sentence made by rule from the three dials."""
    now = choice.current()
    place = words.place_within(now.place, book.states)
    if is_baseline:
        text = words.baseline_headline(dials, place, now.until)
    else:
        text = words.headline(dials, place, subject(book))
    st.header(plain(text), anchor=False)
    if text == words.no_figure(place):
        everywhere = words.place_name(ALLIANCE, book.states)
        label = _("Look at {place}").format(place=everywhere)
        st.button(label, icon=":material/place:", on_click=choice.look_at, args=(ALLIANCE,))


def subject(book: Catalogue) -> str:
    """Who acts in a sentence about what the reader changed."""
    now = choice.current()
    levers = [_(book.levers[lever].label) for lever in now.changes]
    levers += [_(book.levers[one.lever].label) for one in now.dated]
    levers += [one.what for one in ledger.named(book.seeds, now.facts).values()]
    shocks = [_(book.cards[card.card].label) for card in now.placed]
    title = _(now.preset.title)
    named = [one.title for one in book.questions.values() if one.id != now.preset.id]
    if now.preset.title in named:  # read from a link that takes a part of a named scenario away
        title = _("{title}, with changes").format(title=title)
    return words.subject(title, now.is_baseline, levers, shocks)


def how_many(shown: int, asked: int) -> None:
    """How many runs stand behind what is shown; the line is always there, so that nothing jumps."""
    if shown < asked:
        st.caption(
            _("Shown: the first {number} of {all} runs; the others follow.").format(
                number=shown, all=f"{asked:,}"
            )
        )
    else:
        st.caption(_("Shown: {number} runs.").format(number=f"{shown:,}"))
