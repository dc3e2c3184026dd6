"""The advisor, a few times a game and one tender at a time; and the player's own forecast."""

from __future__ import annotations

from threading import Lock
from typing import Any, Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from sim.game.advisor import Advice, advise
from sim.game.errors import GameError
from sim.game.forecast import parse_forecast
from sim.game.orders import Order
from sim.game.turn import Game, Turn
from sim.game.view import BuyerView
from sim.model.state import MONTHS
from sim.report import game_advice
from sim.report.language import _
from sim.web import game_host, play_session, play_tables
from sim.web.play_session import Sitting
from sim.web.tables import bullets
from sim.web.text import plain

_one_at_a_time = Lock()  # a class that asks at once is answered one after another
_kept: dict[tuple[Any, ...], Advice] = {}
KEPT: Final = 64  # pieces of advice, so that a page drawn again shows them at once
ADVICE, FORECAST = "advice", "forecast"


def advisor(sitting: Sitting, view: BuyerView) -> None:
    """Ask about a tender, and what was asked in this turn."""
    if not view.tenders:
        return
    left = sitting.told.game.setup.advice - sitting.told.advice.get(sitting.seat.id, 0)
    box = st.expander(_("Ask the advisor about a tender"), key="play_advisor", on_change="rerun")
    if not box.open:
        return
    with box:
        st.markdown(game_advice.uses(max(0, left)))
        asked = _asked(sitting)
        several = len(view.money) > 1
        names = [(one.state, one.category) for one in view.tenders]
        open_still = [one for one in names if one not in asked]
        if left > 0 and open_still:
            about = _tender(_("About which tender"), open_still, several, f"play_advice_{sitting.turn}")
            st.button(
                _("Ask"),
                key=f"play_ask_{sitting.turn}_{left}",
                on_click=_ask,
                args=(sitting.token, sitting.turn, sitting.seat.id, about),
            )
        play_session.problem(ADVICE)
        for state, category in asked:
            if (state, category) in names:
                st.markdown(f"**{plain(game_advice.tender_name(state, category, several))}**")
                _advice(sitting, view, state, category)


def _tender(label: str, names: list[tuple[str, str]], several: bool, key: str) -> tuple[str, str]:
    """One of some tenders."""
    said = [game_advice.tender_name(state, category, several) for state, category in names]
    return names[st.selectbox(label, range(len(names)), format_func=lambda at: said[at], key=key)]


def _asked(sitting: Sitting) -> list[tuple[str, str]]:
    """The tenders about which the seat asked in this turn."""
    entries = game_host.host().rooms.entries(sitting.token)
    return list(
        dict.fromkeys(
            (one.payload["state"], one.payload["category"])
            for one in entries
            if one.kind == ADVICE and one.turn == sitting.turn and one.seat == sitting.seat.id
        )
    )


def _ask(token: str, turn: int, seat: str, about: tuple[str, str]) -> None:
    """Note that the advisor was asked; a game allows a few times, whatever page is looked at."""

    def note() -> None:
        told = game_host.host().told(token)
        if told.advice.get(seat, 0) >= told.game.setup.advice:
            raise GameError(_("The advisor was asked as often as this game allows."))
        payload = {"state": about[0], "category": about[1]}
        game_host.host().rooms.append(token, turn, ADVICE, payload, f"advice:{':'.join(about)}")

    play_session.act(ADVICE, note)


def _advice(sitting: Sitting, view: BuyerView, state: str, category: str) -> None:
    orders = tuple(one for one in sitting.orders if one.about != ("tender", state, category))
    found = _computed(sitting.told.game, sitting.seat.id, orders, state, category)
    table = game_advice.table(found, view.month)
    play_tables.table(table, _("What may come of each way to decide"))
    st.caption(plain(game_advice.note(found)))


def _computed(game: Game, seat: str, orders: tuple[Order, ...], state: str, category: str) -> Advice:
    """What may come of each way, with progress; computed once for all of a team who look."""
    asked = (game, seat, orders, state, category)
    found = _kept.get(asked)
    if found is not None:
        return found
    said = _("Looking at the ways to decide …")
    bar = st.progress(0.0, text=said)
    given = Turn(orders=((seat, orders),) if orders else (), people=game.people)
    with _one_at_a_time:
        found = _kept.get(asked) or advise(
            game, given, seat, state, category,
            progress=lambda done, all_of_them: _show(bar, done / all_of_them, said),
        )  # fmt: skip
        _kept[asked] = found
        while len(_kept) > KEPT:
            _kept.pop(next(iter(_kept)))
    bar.empty()
    return found


def _show(bar: DeltaGenerator, part: float, said: str) -> None:
    bar.progress(part, text=said)


def forecast(sitting: Sitting, view: BuyerView) -> None:
    """When will the first unit come? Three months, if the player likes."""
    if not view.tenders:
        return
    box = st.expander(_("Forecast a delivery, if you like"), key="play_forecast", on_change="rerun")
    if not box.open:
        return
    with box:
        several = len(view.money) > 1
        mine = [
            parse_forecast(one.payload)
            for one in sitting.told.forecasts
            if one.turn == sitting.turn and one.player == sitting.player.id
        ]
        if mine:
            bullets(game_advice.forecasts(mine, view.month, several))
        names = [(one.state, one.category) for one in view.tenders]
        about = _tender(_("First delivery of"), names, several, f"play_forecast_of_{sitting.turn}")
        labels = (_("Soonest (1 in 10 before)"), _("Middle"), _("Latest (1 in 10 after)"))
        keys = [f"play_forecast_{part}_{sitting.turn}" for part in ("soon", "likely", "late")]
        for column, label, key in zip(st.columns(3), labels, keys, strict=True):
            column.number_input(
                label, min_value=0, max_value=MONTHS, value=None, step=1, key=key, placeholder=_("months")
            )
        st.button(
            _("Keep the forecast"),
            key=f"play_forecast_keep_{sitting.turn}",
            on_click=_foresee,
            args=(sitting.token, sitting.turn, about, keys, sitting.told.seq),
        )
        play_session.problem(FORECAST)
        st.caption(_("In months from now. The debrief lays it beside what came."))


def _foresee(token: str, turn: int, about: tuple[str, str], keys: list[str], seq: int) -> None:
    def note() -> None:
        months = [st.session_state[key] for key in keys]
        if None in months:
            raise GameError(_("Give all three months: the soonest, the middle and the latest."))
        data = dict(zip(("soon", "likely", "late"), months, strict=True))
        payload = parse_forecast({"state": about[0], "category": about[1], **data}).model_dump(mode="json")
        game_host.host().rooms.append(token, turn, FORECAST, payload, f"forecast:{seq}")

    play_session.act(FORECAST, note)
