"""Tenders that are decided now: their offers beside each other, a tick, and ten words of reason."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from sim.game.orders import REASON, Choose, Wait
from sim.game.view import BuyerView, TenderSeen
from sim.report import game_offers, game_turn, words
from sim.report.game_words import line_name
from sim.report.language import _
from sim.web import play_session
from sim.web.play_session import Sitting
from sim.web.play_tables import opener
from sim.web.text import plain

MINISTRY: Final = "ministry"
NONE: Final = "none"
ALONE: Final = "alone"  # one supplier, no split


def tenders(sitting: Sitting, view: BuyerView) -> None:
    """All tenders of the seat, the most urgent first; beyond a few they are folded away."""
    rows = sorted(view.tenders, key=lambda tender: -tender.urgency)
    st.header(_("To decide now"), anchor=False)
    if not rows:
        st.markdown(_("No tender falls due this turn. You can open one below, or set a policy."))
        return
    for tender in rows[: game_turn.SHOWN]:
        with st.container(border=True):
            _tender(sitting, view, tender)
    rest = rows[game_turn.SHOWN :]
    if rest:
        title = _("{number} less urgent: left to the ministry unless you decide").format(number=len(rest))
        box = st.expander(title, key="play_more_tenders", on_change="rerun")
        if box.open:
            for tender in rest:
                with box.container(border=True):
                    _tender(sitting, view, tender)
    st.caption(game_offers.slip_note())


def _tender(sitting: Sitting, view: BuyerView, tender: TenderSeen) -> None:
    name = f"{sitting.turn}_{tender.state}_{tender.category}"
    st.subheader(plain(game_offers.title(tender, len(view.money) > 1)), anchor=False)
    st.caption(plain(game_offers.route(tender)))
    if not tender.offers:
        st.markdown(plain(game_offers.no_offers(tender)))
        return
    order = sitting.ordered("tender", tender.state, tender.category)
    rows = sorted(range(len(tender.offers)), key=lambda at: tender.offers[at].first)
    lines = [tender.offers[at].line for at in rows]
    tick, second, reason = (f"play_{part}_{name}" for part in ("tick", "second", "reason"))
    play_session.follow(tick, _ticked(order))
    st.radio(
        _("Whose offer?"),
        [*lines, NONE, MINISTRY],
        format_func=_option,
        captions=[
            *(plain(game_offers.caption(tender, at, view.month)) for at in rows),
            _("the tender ends without a contract; not buying is a choice, too"),
            _("it decides by its own rules, as in the states nobody plays"),
        ],
        key=tick,
        on_change=_decide,
        args=(sitting.token, sitting.turn, tender, tick, second, reason),
    )
    if isinstance(order, Choose) and tender.may_split:
        play_session.follow(second, order.second or ALONE)
        st.selectbox(
            _("Split with"),
            [ALONE, *(line for line in lines if line != order.line)],
            format_func=_option,
            key=second,
            on_change=_decide,
            args=(sitting.token, sitting.turn, tender, tick, second, reason),
            help=_(
                "Half of it from a second supplier: dearer and slower to learn, but never one hold alone."
            ),
        )
    play_session.follow(reason, order.reason if order is not None else st.session_state.get(reason, ""))
    st.text_input(
        _("Why, in ten words"),
        key=reason,
        max_chars=REASON,
        on_change=_decide,
        args=(sitting.token, sitting.turn, tender, tick, second, reason),
    )
    play_session.problem(tick)
    opener(game_offers.table(tender, view.month), _("The offers side by side"), f"offers_{name}")


def _ticked(order: Any) -> str:
    if isinstance(order, Choose):
        return order.line
    return NONE if isinstance(order, Wait) else MINISTRY


def _option(value: str) -> str:
    special = {
        NONE: _("None of these"),
        MINISTRY: _("Leave it to the ministry"),
        ALONE: _("nobody: one supplier"),
    }
    return special.get(value) or words.started(line_name(value))


def _decide(token: str, turn: int, tender: TenderSeen, tick: str, second: str, reason: str) -> None:
    """Give the order that is ticked, with its reason; or take it back."""
    about = {"state": tender.state, "category": tender.category}
    choice, why = st.session_state[tick], st.session_state.get(reason, "")
    if choice == MINISTRY:
        play_session.withdraw(tick, token, turn, {"kind": "wait", **about})
        return
    if choice == NONE:
        order = {"kind": "wait", **about, "reason": why}
    else:
        order = {"kind": "choose", **about, "line": choice, "reason": why}
        other = st.session_state.get(second, ALONE)
        if other not in (ALONE, choice):
            order["second"] = other
    if not play_session.give(tick, token, turn, order):
        st.session_state.setdefault("play_seen", {}).pop(tick, None)  # show again what stands
