"""The top of the Compare page: the question, what is compared, the headline, a link that fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from sim.report import words
from sim.report.language import _
from sim.report.tables import Paired
from sim.web import choice
from sim.web.catalogue import Catalogue
from sim.web.text import plain


def introduction() -> None:
    """What this is, in the first minute."""
    st.title(_("Leadtime"), anchor=False)
    st.markdown(
        _(
            "NATO states must close gaps in their equipment soon. Every purchase trades **delivery speed**, "
            "**cost** and **political reliance** on governments that could withhold supply. "
            "Pick a question, or move a lever in the side panel, and see what changes against the baseline."
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
        format_func=lambda one: _(questions[one].title),
        key="scenario",
        on_change=lambda: _chosen(preset=questions[st.session_state["scenario"]]),
    )
    where.selectbox(
        _("For whom"),
        book.places(),
        format_func=lambda one: words.place_name(one, book.states),
        key="place",
        on_change=lambda: _chosen(place=st.session_state["place"]),
    )
    when.selectbox(
        _("Gaps counted until"),
        sorted({*choice.UNTIL, now.until}),
        key="until",
        on_change=lambda: _chosen(until=st.session_state["until"]),
    )
    st.markdown(f"*{_(now.preset.question)}*")


def _chosen(**field: Any) -> None:
    choice.change(replace(choice.current(), **field))


def headline(dials: Sequence[Paired], book: Catalogue, is_baseline: bool) -> None:
    """One sentence made by rule from the three dials."""
    now = choice.current()
    place = words.place_name(now.place, book.states)
    if is_baseline:
        text = words.baseline_headline(dials, place, now.until)
    else:
        changed = [_(book.levers[lever].label) for lever in now.changes]
        text = words.headline(dials, place, words.subject(_(now.preset.title), now.is_baseline, changed))
    st.header(plain(text), anchor=False)
