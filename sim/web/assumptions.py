"""Assumptions in the side panel: any number behind the model can be held at a value of the reader's own."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from sim.evidence.seeds import Seeds
from sim.policy.assumptions import UNREAD, limits
from sim.policy.errors import ScenarioError
from sim.policy.measures import ALLIANCE
from sim.report import assumptions, language, ledger, units
from sim.report.language import _, plural
from sim.report.ledger import Entry
from sim.web import choice, links, taken_back
from sim.web.catalogue import Catalogue
from sim.web.ledger import load
from sim.web.text import plain

MOST = 50  # numbers offered at once; a reader who sees more than this adds a word


def panel(book: Catalogue) -> None:
    """A box to search a number and hold it, and those that are held, each with a way back."""
    box = st.expander(_("Assumptions"), key="assumptions", on_change="rerun", expanded=False)
    if not box.open:
        return
    with box:
        known = load(book.seeds.start, language.spoken()).known
        read = {key: one for key, one in known.items() if one.subject.kind not in UNREAD}
        st.caption(
            _(
                "Each run draws every uncertain number from its range in the evidence. "
                "A number you hold is the same in every run."
            )
        )
        for key, value in choice.current().facts.items():
            sentence = plain(assumptions.sentence(read[key], value))
            taken_back.row(sentence, read[key].what, f"release_{key}", choice.release_fact, key)
        entry = _chosen(read, book)
        if entry is not None:
            _hold(entry, book.seeds)


def _chosen(read: Mapping[str, Entry], book: Catalogue) -> Entry | None:
    """The number that the reader picks from those that hold every word of a search."""
    text = st.text_input(
        _("Search a number"), key="assumption_text", placeholder=_("Poland tank requirement")
    )
    place = choice.current().place
    if not text.strip() and place == ALLIANCE:
        st.caption(_("Type words that its name holds: a state, a product, a price, a month."))
        return None
    found = ledger.search(read.values(), text or _(book.states[place]))
    if not found:
        st.caption(_("No number holds all these words; try fewer."))
        return None
    if len(found) > MOST:
        st.caption(
            _("{number} numbers hold these words; the first {shown} are listed. Add a word.").format(
                number=f"{len(found):,}", shown=MOST
            )
        )
    offered = [one.key for one in found[:MOST]]
    key = st.selectbox(
        plural("{number} number found", "{number} numbers found", len(offered)).format(number=len(offered)),
        offered,
        format_func=lambda one: f"{read[one].what} ({read[one].value})",
        key="assumption",
    )
    return read[str(key)]


def _hold(entry: Entry, seeds: Seeds) -> None:
    """What the evidence says of a number, and the value to hold it at."""
    fact = entry.fact
    st.caption(plain(assumptions.evidence(entry)))
    factor = 100.0 if fact.unit in units.HUNDREDFOLD else 1.0
    low, high = (round(factor * end, 6) for end in limits(fact, seeds))
    now = choice.current().facts.get(entry.key, fact.value)
    value = st.number_input(
        assumptions.label(entry),
        low,
        high,
        value=round(factor * now, 6),
        step=None,
        format="%g",
        key=f"hold_{entry.key}",
    )
    wanted = round(float(value), 6) / factor
    if not fact.low <= wanted <= fact.high:
        st.caption(_("This lies outside the range of the evidence."))
    try:
        choice.current().scenario.with_facts({entry.key: wanted})
    except ScenarioError as error:
        st.warning(plain(str(error)))
        return
    st.button(
        _("Hold it at this value"),
        icon=":material/push_pin:",
        on_click=choice.hold_fact,
        args=(entry.key, wanted),
        width="stretch",
    )
    links.to_fact(fact.subject, fact.attribute, seeds.start)
