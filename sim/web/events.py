"""Shocks placed in time: the reader lets a card strike in a month, and takes it back."""

from __future__ import annotations

import streamlit as st

from sim.policy.dates import MONTHS, month_text
from sim.policy.scenario import Card
from sim.policy.scenario_file import LONGEST, STRONGEST
from sim.policy.shocks import Shock
from sim.report import terms, words
from sim.report.language import _
from sim.web import choice, taken_back
from sim.web.catalogue import Catalogue

FEW = 4  # levers named before the rest is counted
FIRST_OFFERED = 12  # months after the start: a shock in the very first month leaves nothing to compare


def events(book: Catalogue) -> None:
    """A box to place a shock, and those the reader has placed, each with a way back."""
    box = st.expander(_("Place a shock in time"), key="events", on_change="rerun", expanded=False)
    if not box.open:
        return
    with box:
        for card in choice.current().placed:
            label = book.cards[card.card].label
            sentence = words.card_sentence(label, card.at, card.months, card.strength)
            taken_back.row(sentence, _(label), f"remove_{card.card}_{card.at}", choice.remove_card, card)
        _place(book)


def _place(book: Catalogue) -> None:
    """Which shock, when, how long and how strong."""
    shocks = sorted(book.cards.values(), key=lambda one: _(one.label))
    start = book.baseline.start
    shock = st.selectbox(
        _("Shock"),
        shocks,
        format_func=lambda one: _(one.label),
        key="event_card",
        help=terms.meaning("shock"),
    )
    st.caption(about(shock, book))
    months = [month_text(index, start) for index in range(MONTHS)]
    at = st.selectbox(
        _("Strikes in"), months, index=FIRST_OFFERED, format_func=words.month, key=f"event_at_{start}"
    )
    usual = min(LONGEST, shock.months)
    lasts = st.number_input(_("Lasts so many months"), 1, LONGEST, usual, key=f"event_months_{shock.id}")
    strength = st.slider(
        _("Strength"), 0.0, STRONGEST, 1.0, 0.1, format="×%g", key=f"event_strength_{shock.id}"
    )
    st.button(
        _("Let it strike"),
        icon=":material/bolt:",
        on_click=choice.place_card,
        args=(Card(shock.id, at, int(lasts), round(float(strength), 6), start),),
        width="stretch",
    )


def about(shock: Shock, book: Catalogue) -> str:
    """What a card moves, and how likely it is anyway."""
    moved = list(dict.fromkeys(_(book.levers[one.lever].label) for one in shock.effects))
    if len(moved) > FEW:
        moved = [*moved[: FEW - 1], _("{number} more").format(number=len(moved) - FEW + 1)]
    sentence = _("Moves: {levers}. By itself it strikes with a chance of {share} % a year, in both runs.")
    return sentence.format(levers=words.listed(moved), share=f"{100 * shock.probability:g}")
