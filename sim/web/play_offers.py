"""Offers between seats: those that came, and one to make: buying together, or a framework."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from sim.game.partners import framework_lines, joint_partners, joint_units
from sim.game.seats import INDUSTRY, STATE, seats
from sim.report import game_changes
from sim.report.game_words import category_name, line_name, state_name
from sim.report.language import _
from sim.report.words import started
from sim.web import game_host, play_session
from sim.web.play_session import Sitting
from sim.web.text import plain

JOINT, FRAMEWORK = "joint", "framework"
INBOX = "inbox"


def inbox(sitting: Sitting) -> None:
    """Offers to and from the own seat in this turn, with yes and no for those to answer."""
    now = sitting.told.now
    mine = {at: one for at, one in now.proposals.items() if sitting.seat.id in (one.sender, one.receiver)}
    if not mine:
        return
    st.header(_("Offers between seats"), anchor=False)
    for at, one in mine.items():
        answer = now.answers.get(at)
        st.markdown(
            _("{offer} **{answer}**").format(
                offer=plain(game_changes.proposal_words(one)), answer=plain(game_changes.answer_words(answer))
            )
        )
        if one.reason:
            st.caption(plain(one.reason))
        if one.receiver == sitting.seat.id and answer is None:
            _buttons(sitting, at)
    play_session.problem(INBOX)


def _buttons(sitting: Sitting, at: int) -> None:
    yes, no, _rest = st.columns([1, 1, 3])
    given = (sitting.token, sitting.turn, at)
    yes.button(_("Agree"), key=f"play_yes_{at}", on_click=_answer, args=(*given, True), width="stretch")
    no.button(_("Decline"), key=f"play_no_{at}", on_click=_answer, args=(*given, False), width="stretch")


def _answer(token: str, turn: int, at: int, accept: bool) -> None:
    key = f"answer:{at}:{accept}"
    play_session.act(INBOX, lambda: game_host.host().answer(token, turn, at, accept, key))


def make(sitting: Sitting) -> None:
    """The form to make an offer, with what can be agreed now."""
    if sitting.seat.kind not in (STATE, INDUSTRY):
        return
    box = st.expander(_("Make another seat an offer"), key="play_offer", on_change="rerun")
    if not box.open:
        return
    with box:
        kinds = [JOINT, FRAMEWORK] if sitting.seat.kind == STATE else [FRAMEWORK]
        said = {
            JOINT: _("Buy together, in one tender"),
            FRAMEWORK: _("A framework: more without another contest"),
        }
        kind = st.radio(_("What"), kinds, format_func=lambda one: said[one], key="play_offer_kind")
        data = _joint(sitting) if kind == JOINT else _framework(sitting)
        if data is None:
            st.info(
                _("Nothing of this kind can be agreed now: no need is free for it, or no partner can buy.")
            )
        else:
            reason = st.text_input(_("Why, in ten words"), key="play_offer_reason", max_chars=160)
            st.button(
                _("Make the offer"),
                key=f"play_offer_make_{sitting.told.seq}",
                on_click=_propose,
                args=(sitting.token, sitting.turn, {**data, "reason": reason}, f"offer:{sitting.told.seq}"),
            )
        play_session.problem("offer")


def _propose(token: str, turn: int, data: Mapping[str, Any], key: str) -> None:
    play_session.act("offer", lambda: game_host.host().propose(token, turn, data, key))


def _category(options: list[str], key: str) -> str:
    return str(
        st.selectbox(_("Of what"), options, format_func=lambda one: started(category_name(one)), key=key)
    )


def _state(states: tuple[str, ...], label: str, key: str) -> str:
    if len(states) == 1:
        return states[0]
    return str(st.selectbox(label, states, format_func=state_name, key=key))


def _units(label: str, low: int, high: int, key: str) -> int:
    return int(st.number_input(label, min_value=low, max_value=max(low, high), value=low, step=1, key=key))


def _joint(sitting: Sitting) -> dict[str, Any] | None:
    stand = sitting.stand
    state = _state(sitting.seat.states, _("For"), "play_joint_state")
    able = [
        one
        for one in stand.world.categories
        if joint_units(stand, state, one) and joint_partners(stand, state, one)
    ]
    if not able:
        return None
    category = _category(able, "play_joint_category")
    partners, mine = joint_partners(stand, state, category), joint_units(stand, state, category)
    assert mine is not None
    partner = str(
        st.selectbox(_("With"), list(partners), format_func=state_name, key=f"play_joint_with_{category}")
    )
    receiver, theirs = partners[partner]
    ends = f"{state}_{category}_{partner}"
    units = _units(_("Units for {state}").format(state=state_name(state)), *mine, f"play_joint_mine_{ends}")
    others = _units(
        _("Units for {state}").format(state=state_name(partner)), *theirs, f"play_joint_theirs_{ends}"
    )
    return {
        "kind": JOINT, "receiver": receiver, "state": state, "category": category, "units": units,
        "partner": partner, "partner_units": others,
    }  # fmt: skip


def _framework(sitting: Sitting) -> dict[str, Any] | None:
    stand, industry = sitting.stand, sitting.seat.industry
    states = sitting.seat.states
    if industry is not None:
        states = tuple(one for name in stand.game.setup.seats for one in seats()[name].states)
    state = _state(states, _("For"), "play_frame_state")
    able = {one: framework_lines(stand, state, one, industry) for one in stand.world.categories}
    able = {one: lines for one, lines in able.items() if lines}
    if not able:
        return None
    category = _category(list(able), f"play_frame_category_{state}")
    lines = able[category]
    line = str(
        st.selectbox(_("From"), list(lines), format_func=line_name, key=f"play_frame_line_{state}_{category}")
    )
    seat, most = lines[line]
    units = _units(_("Units at most"), 1, most, f"play_frame_units_{state}_{category}")
    receiver = seat if industry is None else _owner(stand.game.setup.seats, state)
    return {
        "kind": FRAMEWORK, "receiver": receiver, "state": state, "category": category, "units": units,
        "line": line,
    }  # fmt: skip


def _owner(sitting: tuple[str, ...], state: str) -> str:
    return next(name for name in sitting if state in seats()[name].states)
