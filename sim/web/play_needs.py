"""Needs without a tender to decide: leave them, hold them back, or open a tender as the rules allow."""

from __future__ import annotations

from typing import Any

import streamlit as st

from sim.game.allowed import suppliers
from sim.game.orders import REASON, Hold, Launch
from sim.game.turn import need_row
from sim.game.view import BuyerView, MoneySeen, NeedSeen
from sim.report import game_needs
from sim.report.game_changes import order_words
from sim.report.game_words import line_name
from sim.report.language import _
from sim.web import play_session
from sim.web.play_session import Sitting
from sim.web.text import plain

OPEN_TO_ALL = "all"


def needs(sitting: Sitting, view: BuyerView) -> None:
    """One need at a time, chosen from those that are not decided above."""
    due = {(one.state, one.category) for one in view.tenders}
    rows = sorted(
        (one for one in view.needs if (one.state, one.category) not in due), key=lambda one: -one.missing
    )
    if not rows:
        return
    box = st.expander(_("Other needs: hold one back, or open a tender"), key="play_needs", on_change="rerun")
    if not box.open:
        return
    with box:
        several = len(view.money) > 1
        at = st.selectbox(
            _("Need"),
            range(len(rows)),
            format_func=lambda at: game_needs.choice(rows[at], several),
            key=f"play_need_{sitting.turn}",
        )
        money = next(one for one in view.money if one.state == rows[at].state)
        _need(sitting, rows[at], money, several)


def _need(sitting: Sitting, need: NeedSeen, money: MoneySeen, several: bool) -> None:
    """What stands about a need, and what can be done."""
    st.markdown(plain(game_needs.standing(need)))
    name = f"{sitting.turn}_{need.state}_{need.category}"
    order = sitting.ordered("need", need.state, need.category)
    obstacle = game_needs.obstacle(need, money, isinstance(order, Launch))
    choice = f"play_do_{name}"
    options = ["leave", "hold"] if obstacle else ["leave", "hold", "open"]
    stands = "hold" if isinstance(order, Hold) else "open" if isinstance(order, Launch) else "leave"
    play_session.follow(choice, stands)
    if st.session_state[choice] not in options:
        st.session_state[choice] = "leave"
    st.radio(
        _("This turn"),
        options,
        format_func=lambda one: game_needs.options()[one],
        key=choice,
        on_change=_leave_or_hold,
        args=(sitting.token, sitting.turn, need, choice),
    )
    if obstacle:
        st.caption(plain(obstacle))
    elif st.session_state[choice] == "open":
        _open(sitting, need, name, order if isinstance(order, Launch) else None)
    play_session.problem(choice)


def _leave_or_hold(token: str, turn: int, need: NeedSeen, choice: str) -> None:
    about = {"state": need.state, "category": need.category}
    wanted = st.session_state[choice]
    if wanted == "hold":
        play_session.give(choice, token, turn, {"kind": "hold", **about})
    elif wanted == "leave":
        play_session.withdraw(choice, token, turn, {"kind": "hold", **about})


def _open(sitting: Sitting, need: NeedSeen, name: str, order: Launch | None) -> None:
    """The form of a new tender: only what the rules allow can be chosen."""
    keys = {part: f"play_{part}_{name}" for part in ("do", "route", "quantity", "tier", "line", "why")}
    routes = game_needs.routes(need)
    route = st.selectbox(
        _("Route"),
        list(routes),
        index=list(routes).index(order.route) if order and order.route in routes else 0,
        format_func=lambda one: routes[one],
        key=keys["route"],
    )
    st.number_input(
        game_needs.quantity_label(need),
        min_value=need.smallest,
        max_value=need.largest,
        value=order.quantity if order and need.smallest <= order.quantity <= need.largest else need.largest,
        step=1,
        key=keys["quantity"],
        help=_("From a usual lot to the whole gap."),
    )
    if len(need.tiers) > 1:
        st.radio(
            _("Class"),
            need.tiers,
            format_func=lambda one: game_needs.tiers()[one],
            key=keys["tier"],
            horizontal=True,
        )
    if route == "urgent":
        able = suppliers(sitting.stand, need_row(sitting.stand.world, need.state, need.category))
        st.selectbox(
            _("From"),
            [OPEN_TO_ALL, *able],
            format_func=lambda one: _("whoever delivers soonest") if one == OPEN_TO_ALL else line_name(one),
            key=keys["line"],
        )
    st.text_input(_("Why, in ten words"), key=keys["why"], max_chars=REASON)
    st.button(
        _("Open the tender") if order is None else _("Change the tender"),
        key=f"play_open_{name}",
        on_click=_launch,
        args=(sitting.token, sitting.turn, need, keys),
    )
    if order is not None:
        st.success(plain(game_needs.opened(order, need)))


def _launch(token: str, turn: int, need: NeedSeen, keys: dict[str, str]) -> None:
    state = st.session_state
    route = state[keys["route"]]
    order: dict[str, Any] = {
        "kind": "launch", "state": need.state, "category": need.category, "route": route,
        "quantity": int(state[keys["quantity"]]), "reason": state.get(keys["why"], ""),
    }  # fmt: skip
    if keys["tier"] in state:
        order["tier"] = state[keys["tier"]]
    if route == "urgent" and state.get(keys["line"], OPEN_TO_ALL) != OPEN_TO_ALL:
        order["line"] = state[keys["line"]]
    play_session.give(keys["do"], token, turn, order)


def given(sitting: Sitting) -> None:
    """Everything that the seat has ordered in this turn, each with a way to take it back."""
    if not sitting.orders:
        st.caption(_("Nothing is ordered yet: what you leave is decided by the rules."))
        return
    st.markdown(f"**{plain(_('Your orders of this turn'))}**")
    for order in sitting.orders:
        key = "_".join(("play_back", str(sitting.turn), *order.about)).replace(".", "_")
        words, button = st.columns([4, 1], vertical_alignment="center")
        words.markdown(plain(order_words(order)))
        button.button(
            _("Take back"),
            key=key,
            on_click=play_session.take_back,
            args=("given", sitting.token, sitting.turn, order),
            help=order_words(order),
        )
    play_session.problem("given")
