"""The levers in the side panel, grouped by who decides, each with its range and source at the control."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from sim.policy.levers import Lever
from sim.report import terms, words
from sim.report.language import _
from sim.web import assumptions, choice, events, later, links, upload
from sim.web.catalogue import GROUPS, Catalogue, is_of_a_state, state_of
from sim.web.setting import setting

OPEN = ("alliance",)  # groups that are open at first


def panel(book: Catalogue) -> None:
    """All levers, and the way back."""
    settings = choice.current().preset.levers
    st.header(_("Levers"), divider="gray")
    st.caption(_("Each move is compared with the baseline at once."), help=terms.meaning("lever"))
    left, right = st.columns(2)
    left.button(
        _("Undo"),
        icon=":material/undo:",
        on_click=choice.undo,
        disabled=not choice.can_undo(),
        width="stretch",
    )
    right.button(
        _("Baseline"),
        icon=":material/restart_alt:",
        on_click=choice.reset,
        args=(book.baseline,),
        width="stretch",
    )
    for group in GROUPS:
        _group(group, book, settings)
    later.later(book)
    events.events(book)
    assumptions.panel(book)
    upload.upload(book)


def _group(group: str, book: Catalogue, settings: Mapping[str, float]) -> None:
    """One group, closed at first; its levers are only made when it is open."""
    moved = [name for name in choice.current().changes if _belongs(book.levers[name], group)]
    # The title never changes: with a new one Streamlit would make a new box, closed, under the reader's hand.
    box = st.expander(
        words.group_title(group), key=f"group_{group}", on_change="rerun", expanded=group in OPEN
    )
    if not box.open:
        return
    with box:
        if moved:
            st.caption(_("{number} changed here").format(number=len(moved)))
        if group == "buyer":
            one_state(book, settings, moved)
            return
        first, rest = book.group(group)
        for lever in first:
            control(lever, settings, book)
        if rest:
            _more(group, rest, book, settings)


def _more(group: str, rest: Sequence[Lever], book: Catalogue, settings: Mapping[str, float]) -> None:
    """The levers of a group that are moved less often, behind an opener of their own."""
    moved = sum(lever.id in choice.current().changes for lever in rest)
    box = st.expander(_("More levers"), key=f"more_{group}", on_change="rerun", expanded=False)
    if not box.open:
        if moved:
            st.caption(_("{number} of them changed").format(number=moved))
        return
    with box:
        for lever in rest:
            control(lever, settings, book)


def _belongs(lever: Lever, group: str) -> bool:
    return group == "buyer" if is_of_a_state(lever.id) else lever.group == group


def one_state(book: Catalogue, settings: Mapping[str, float], moved: Sequence[str]) -> None:
    """Choose one state and set its agreement with Korea and what counts for it: speed, cost, reliance."""
    states = sorted(book.states, key=lambda state: _(book.states[state]))
    if st.session_state.get(choice.STATE) not in states:
        place = choice.current().place
        choice.seat(choice.STATE, place if place in states else state_of(moved[0]) if moved else "POL")
    state = st.selectbox(
        _("Buyer state"), states, format_func=lambda one: _(book.states[one]), key=choice.STATE
    )
    others = sorted({_(book.states[state_of(name)]) for name in moved if state_of(name) != state})
    if others:
        st.caption(_("Changed too: {states}").format(states=_(", ").join(others)))
    for lever in book.of_state(state):
        control(lever, settings, book)


def control(lever: Lever, settings: Mapping[str, float], book: Catalogue) -> None:
    """One lever: a switch or a slider, its setting without the change, and where its range comes from."""
    with st.container(gap="xxsmall", key=f"control_{lever.id}"):
        _control(lever, settings[lever.id], book)


def _control(lever: Lever, without: float, book: Catalogue) -> None:
    value = choice.current().changes.get(lever.id, without)
    about = f"{_(lever.help)}\n\n{cost(lever)}"
    setting(lever, _(lever.label), value, f"lever_{lever.id}", help=about, on_change=_moved, args=(lever.id,))
    if lever.id in choice.current().changes:
        st.caption(_("Changed from {old}").format(old=words.lever_value(without, lever.unit, lever.kind)))
    source(lever, book)


def _moved(lever: str) -> None:
    choice.set_lever(lever, float(st.session_state[f"lever_{lever}"]))


def cost(lever: Lever) -> str:
    """What pulling the lever costs, or that it is an assumption about the world."""
    return _("What it costs: {cost}").format(cost=_(lever.cost))


def source(lever: Lever, book: Catalogue) -> None:
    """A small opener at the control: default, range, grade, note and sources of the lever."""
    with st.popover(_("Source"), type="tertiary", icon=":material/menu_book:", key=f"source_{lever.id}"):
        st.markdown(f"**{_(lever.label)}**")
        st.markdown(_(lever.help))
        st.markdown(cost(lever))
        low, default, high = (
            words.lever_value(number, lever.unit, lever.kind)
            for number in (lever.low, lever.default, lever.high)
        )
        st.markdown(
            _("In the baseline {default}; range {low} to {high}.").format(default=default, low=low, high=high)
        )
        st.markdown(_("Grade of the evidence: {grade}.").format(grade=words.grade(lever.grade)))
        if lever.note:
            st.markdown(_(lever.note))
        for title, address in book.sources(lever.sources):
            st.markdown(f"[{title}]({address})" if address else title)
        links.to_fact(lever.id, "default", book.seeds.start)
