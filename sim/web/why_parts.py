"""The parts of the Why page: what to explain, who won, one decision taken apart, waiting, the story."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from sim.experiment import decision_tables
from sim.experiment.decisions import Decisions, needs_of
from sim.experiment.ensemble import world_of
from sim.experiment.flips import Turning, turnable
from sim.policy.scenario import Scenario, ScenarioError
from sim.report import charts, story, terms, unmoved, why, why_charts, words
from sim.report.language import _
from sim.report.why_words import Names
from sim.web import accounts, choice, top, why_address, why_run
from sim.web.catalogue import Catalogue
from sim.web.choice import Choice
from sim.web.tables import bullets, draw, opener
from sim.web.text import plain

FIRST = {"scenario": "baseline", "buyer": "POL", "category": "main_battle_tank"}


@dataclass(frozen=True)
class Asked:
    """What the reader wants explained: a scenario, with what was changed on the Compare page if asked for."""

    choice: Choice
    buyer: str
    category: str

    @property
    def scenario(self) -> Scenario:
        """The scenario to run."""
        return self.choice.scenario

    @property
    def query(self) -> dict[str, str]:
        """The parameters of an address that opens the page with the same."""
        return {"scenario": _key(self.choice), "buyer": self.buyer, "category": self.category}


def introduction() -> None:
    """What this page is for."""
    st.title(_("Why"), anchor=False)
    st.markdown(
        _(
            "Every decision in the model can be taken apart: which offers were on the table, what each was "
            "worth to the buyer, what would have turned the choice, and why equipment arrives when it does."
        )
    )


def choosers(book: Catalogue, names: Names) -> Asked:
    """Three choices in a row: scenario, state, category; the address opens the page with them."""
    scenarios = _scenarios(book)
    titles = {text: choice.title(one) for text, one in scenarios.items()}
    new, now = why_address.arrived(), st.session_state.get("choice")
    what, who, which = st.columns([5, 3, 4])
    if new:
        why_address.seat("scenario", list(scenarios), _seen_scenario(now))
    scenario = what.selectbox(
        _("Scenario"),
        list(scenarios),
        format_func=titles.__getitem__,
        key=why_address.key("scenario"),
    )
    chosen = scenarios[str(scenario)]
    states = sorted(book.states, key=lambda one: words.place_name(one, book.states))
    if new:
        why_address.seat("buyer", states, [*([now.place] if now else []), FIRST["buyer"]])
    buyer = who.selectbox(_("State"), states, format_func=names.state, key=why_address.key("buyer"))
    needed = list(needs_of(world_of(start=chosen.preset.start), str(buyer)))
    if not needed:
        _nothing_needed(names.state(str(buyer)), names)
    moved = why_run.moved(chosen, str(buyer), book)
    if new:
        most = sorted((one for one in needed if moved.get(one)), key=lambda one: -moved[one])
        why_address.seat("category", needed, [*most, FIRST["category"]])
    category = which.selectbox(
        _("Category"),
        needed,
        format_func=lambda one: _(names.categories[one]),
        key=why_address.key("category"),
    )
    asked = Asked(chosen, str(buyer), str(category))
    if new:
        why_address.opened(asked.query)
    if why_address.stands_for(asked.query):
        _link_problems()
        top.other_version(why_address.made_with())
    if moved:
        labels = {names.categories[one]: share for one, share in moved.items()}
        st.caption(plain(unmoved.arrives(labels, names.state_within(str(buyer)), accounts.REPLICATIONS)))
    return asked


def _link_problems() -> None:
    """What could not be used of the address, and what is shown instead."""
    if problems := why_address.problems():
        st.warning(
            _("This link cannot be used as it is ({why}). What stands above is shown instead.").format(
                why="; ".join(problems)
            ),
            icon=":material/link_off:",
        )


def _seen_scenario(now: Choice | None) -> list[str]:
    """The scenario of the Compare page, then the usual one."""
    return [*([_key(now)] if now else []), FIRST["scenario"]]


def _nothing_needed(state: str, names: Names) -> None:
    """A state that needs nothing that is counted has no decisions: say so, lead on, and end the page."""
    st.info(
        _(
            "In this model, {state} needs none of the equipment that is counted, so there is no decision to "
            "explain. Choose another state above."
        ).format(state=state)
    )
    label = _("Look at {place}").format(place=names.state(FIRST["buyer"]))
    st.button(label, icon=":material/place:", on_click=choice.seat, args=("why_buyer", FIRST["buyer"]))
    choice.leave()
    st.stop()


def _scenarios(book: Catalogue) -> dict[str, Choice]:
    """The scenarios of the Compare page by what a link says of them; those with changes first."""
    now: Choice | None = st.session_state.get("choice")
    changed = [] if now is None or not now.is_changed else [now]
    text = st.query_params.get("scenario", "")
    if "~" in text:
        with suppress(ScenarioError):  # said with the rest of the link
            changed.append(choice.linked(text, book))
    named = {name: choice.opened(one) for name, one in book.questions.items()}
    return {_key(one): one for one in changed} | named


def _key(one: Choice) -> str:
    """What a link says of a scenario; the date on the Compare page changes no decision."""
    return choice.link_text(one) if one.is_changed else one.preset.id


def answer(found: Decisions, names: Names) -> None:
    """The headline, how it goes, and how often each line won."""
    st.header(plain(why.headline(found, names)), anchor=False)
    bullets(why.overview(found, names))
    won = decision_tables.winners(found).sort_values("contracts", ascending=False, kind="stable")
    if won.empty:
        return
    st.subheader(_("Who is chosen"), divider="gray", anchor=False)
    data = why_charts.wins_data(won, names)
    alt = "; ".join(
        _("{line}: {share} of contracts").format(line=line, share=f"{percent:.0f} %")
        for line, percent in zip(data["line"], data["percent"], strict=True)
    )
    draw(data, why_charts.wins(won, names), alt, why_charts.wins_table(won, names), "wins")


def offers(found: Decisions, names: Names) -> None:
    """The offers of all tenders on average, part by part, and why other lines made none."""
    st.subheader(_("The offers on average"), divider="gray", anchor=False)
    st.caption(
        _(
            "The model adds up points for everything that speaks for an offer and takes off what speaks "
            "against it. What buyers know and the model does not comes on top, drawn by chance."
        ),
        help=terms.meaning("points"),
    )
    made = decision_tables.offers(found)
    worths = why_charts.mean_worths(made)
    if worths:
        stacked(worths, names, "offers_mean")
        table = why.offers_table(made[made["offers"] > 0], names)
        opener(table, _("Months, prices and shares of these offers"), "offers_numbers")
    sentences = why.silence(found, names)
    if sentences:
        st.markdown(_("**Why other lines make no offer**"))
        bullets(sentences)


def one_decision(found: Decisions, names: Names) -> None:
    """A tender the reader picks: its offers, what counted, and what would have turned it."""
    st.subheader(_("One decision"), divider="gray", anchor=False)
    open_ones = [number for number, tender in enumerate(found.tenders) if turnable(tender)]
    if not open_ones:
        st.markdown(
            _(
                "In no run were several offers weighed against each other. Choose another category or "
                "state at the top to see one decision taken apart."
            )
        )
        return
    number = st.selectbox(
        _("Decision"),
        open_ones,
        format_func=lambda one: why.decision(found, found.tenders[one], names),
        help=terms.meaning("tender"),
        key=f"why_tender_{found.buyer}_{found.category}_{found.scenario.fingerprint()}",
    )
    turned = why_run.turned(found, int(number))
    if turned is not None:
        _taken_apart(found, turned, names)


def _taken_apart(found: Decisions, turned: Turning, names: Names) -> None:
    st.markdown(f"**{plain(why.outcome(found, turned.tender, names))}**")
    bullets(why.choice(found, turned, names))
    stacked(why_charts.worths_of(turned.tender.offers), names, "offers_one")
    numbers = pd.DataFrame([vars(one) for one in turned.tender.offers])
    opener(why.offers_table(numbers, names), _("Months, prices and shares of these offers"), "numbers_one")
    st.markdown(_("**What would have turned it**"))
    bullets(why.flips(turned, names))
    st.caption(
        _(
            "Each number is changed alone, by whole per cents or months, and the choice is made again with "
            "the same draws of chance. Urgency is the missing part of what is required, times threat and "
            "exposure."
        )
    )


def waiting(found: Decisions, names: Names, dark: bool) -> None:
    """Why equipment of this category is waited for: months by cause, adding up to the first delivery."""
    st.subheader(_("Why equipment is waited for"), divider="gray", anchor=False)
    waited = decision_tables.waiting(found)
    bullets([why.waiting(waited)])
    if waited.delivered:
        data = why_charts.waterfall_data(waited)
        spec = why_charts.waterfall(len(data), charts.palette(dark))
        draw(data, spec, why.waiting(waited), why_charts.waterfall_table(waited), "waterfall")


def state_story(found: Decisions, names: Names) -> None:
    """The story of the state over ten years."""
    name = names.state(found.buyer)
    st.subheader(_("{state} over ten years").format(state=name), divider="gray", anchor=False)
    bullets(story.story(found, names))


def limits(asked: Asked) -> None:
    """What this model cannot say, and how to get the same numbers elsewhere."""
    st.subheader(_("What this model cannot say"), divider="gray", anchor=False)
    st.markdown("\n".join(f"- {sentence}" for sentence in words.limits()))
    st.markdown(_("The same on the command line:"))
    st.code(command(asked), language=None, wrap_lines=True)
    if asked.choice.needs_file:
        st.caption(_("The command reads this scenario from its file, which the Compare page saves."))


def command(asked: Asked) -> str:
    """The command line that explains the same."""
    name, *levers = asked.choice.arguments
    return shlex.join(["sim", "explain", name, "--buyer", asked.buyer, "--category", asked.category, *levers])


def stacked(worths: Mapping[str, Mapping[str, float]], names: Names, key: str) -> None:
    """The stacked bars of some offers with their table."""
    sums = {line: sum(parts.values()) for line, parts in worths.items()}
    alt = "; ".join(
        _("{line}: {points} points").format(line=names.line(line), points=f"{points:.1f}")
        for line, points in sums.items()
    )
    table = why_charts.parts_table(worths, names)
    draw(why_charts.parts_data(worths, names), why_charts.parts(len(worths)), alt, table, key)
