"""Levers moved from a month on: a policy that begins in two years, a promise that ends."""

from __future__ import annotations

import streamlit as st

from sim.policy.dates import MONTHS, month_text
from sim.policy.scenario import Scheduled
from sim.report import words
from sim.report.language import _
from sim.web import choice, taken_back
from sim.web.catalogue import GROUPS, Catalogue
from sim.web.setting import setting

FIRST_OFFERED = 24  # months after the start


def later(book: Catalogue) -> None:
    """A box to let a lever move in a month, and the moves placed so, each with a way back."""
    box = st.expander(_("Move a lever later"), key="later", on_change="rerun", expanded=False)
    if not box.open:
        return
    with box:
        for entry in choice.current().dated:
            lever = book.levers[entry.lever]
            value = words.lever_value(entry.value, lever.unit, lever.kind)
            sentence = words.dated_sentence(lever.label, entry.at, value)
            key = f"remove_{entry.lever}_{entry.at}"
            taken_back.row(sentence, _(lever.label), key, choice.remove_later, entry)
        _place(book)


def _place(book: Catalogue) -> None:
    """Which lever, from when on, and where it then stands."""
    offered = sorted(book.levers.values(), key=lambda one: (GROUPS.index(one.group), _(one.label)))
    lever = st.selectbox(
        _("Lever"),
        offered,
        format_func=lambda one: f"{_(one.label)} ({words.group_title(one.group)})",
        key="later_lever",
    )
    start = book.baseline.start
    months = [month_text(index, start) for index in range(1, MONTHS)]
    at = st.selectbox(
        _("From this month on"),
        months,
        index=FIRST_OFFERED - 1,
        format_func=words.month,
        key=f"later_at_{start}",
    )
    usual = choice.current().scenario.levers[lever.id]
    key = f"later_value_{lever.id}"
    value = setting(lever, _("Then it stands at"), float(st.session_state.get(key, usual)), key)
    st.button(
        _("Move it then"),
        icon=":material/event:",
        on_click=choice.set_later,
        args=(Scheduled(lever.id, at, round(value, 6), start),),
        width="stretch",
    )
