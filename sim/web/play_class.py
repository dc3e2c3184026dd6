"""Playing in a class: a look at the game every two seconds, the clock, the team, waiting, having decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import streamlit as st

from sim.game.clock import Clock
from sim.game.entry import utc_now
from sim.game.errors import GameError
from sim.report import game_class, game_turn, game_words, language
from sim.report.language import _
from sim.web import game_host, play_session
from sim.web.play_session import Sitting
from sim.web.text import plain

EVERY: Final = 2.0  # seconds between two looks
LOOKS: Final = 5  # looks after which it is asked again who is there, although nothing was written
READY, END = "ready", "end"


def signature(sitting: Sitting) -> tuple[Any, ...]:
    """What must have changed for the whole page to be drawn again: turn, phase, the own seat's table."""
    now, seat = sitting.told.now, sitting.seat.id
    offers = tuple(
        (at, now.answers.get(at)) for at, one in now.proposals.items() if seat in (one.sender, one.receiver)
    )
    mates = tuple((one.id, one.name, one.ready) for one in sitting.mates)
    return (sitting.turn, sitting.clock.state, seat, sitting.player.role, sitting.orders, offers, mates)


@st.fragment(run_every=EVERY)
def watch(token: str, drawn: tuple[Any, ...]) -> None:
    """Look whether the game has moved; draw the clock and the team.

    Most looks find nothing new and ask the store twice: who this is, and how long the log is.
    """
    language.use(st.context.locale or language.SOURCE_LANGUAGE)
    kept: dict[str, Any] = st.session_state.setdefault("play_watched", {})
    try:
        rooms = game_host.host().rooms
        rooms.player(token)
        seq = rooms.game(token).seq
        sitting, looks = kept.get("sitting"), kept.get("looks", 0)
        if sitting is None or sitting.token != token or kept.get("seq") != seq or looks >= LOOKS:
            sitting, looks = play_session.sit(token), 0
        kept.update(sitting=sitting, seq=seq, looks=looks + 1)
        if sitting is not None and _now(sitting.clock).time_is_up and sitting.clock.state == "play":
            game_host.host().resolve_when_due(token)
            kept.clear()
    except GameError as error:
        st.caption(plain(game_words.sentence(error)))
        return
    if sitting is None or signature(sitting) != drawn:
        st.rerun()
    shown = _now(sitting.clock)
    st.caption(plain(game_class.status(shown, sitting.mates, sitting.player.id, len(sitting.people))))


def _now(clock: Clock) -> Clock:
    """A clock of some seconds ago as it stands now."""
    if not clock.deadline:
        return clock
    left = (datetime.fromisoformat(clock.deadline) - utc_now()).total_seconds()
    return replace(clock, left=max(0.0, left))


def top(sitting: Sitting) -> None:
    """Where the game stands, whose seat it is, the clock; and that a turn has ended."""
    setup = sitting.told.game.setup
    month = play_session.month_now(sitting)
    name, _task = game_words.role_words(sitting.player.role)
    st.caption(plain(game_class.seat_line(sitting.turn, setup.turns, month, sitting.seat.id, name)))
    before = st.session_state.get("play_turn_drawn", {}).get(sitting.token)
    if before is not None and before < sitting.turn:
        st.info(plain(game_turn.ended(before, month)))
    elif before is not None and before > sitting.turn:
        st.info(_("A turn was taken back: what you had ordered in it still stands."))
    st.session_state["play_turn_drawn"] = {sitting.token: sitting.turn}
    if not sitting.alone:
        watch(sitting.token, signature(sitting))


def waiting_room(sitting: Sitting) -> None:
    """Before the first turn: who is here, and what to do meanwhile."""
    st.header(_("You are in. The game begins when the facilitator opens the first turn."), anchor=False)
    st.markdown(_(game_words.KINDS[sitting.seat.kind]))
    setup = sitting.told.game.setup
    st.markdown(plain(game_words.window(setup.first_crisis, setup.last_crisis)))
    st.caption(_("Keep this address: it is your personal link, and leads back to your seat on any device."))
    box = st.expander(_("Take another seat"), key="play_move", on_change="rerun")
    if box.open:
        with box:
            seat = st.selectbox(
                _("Seat"), ["", *setup.seats], format_func=game_class.seat_option, key="play_move_seat"
            )
            st.button(_("Take it"), key="play_move_take", on_click=_move, args=(sitting.token, seat))
            play_session.problem("move")


def _move(token: str, seat: str) -> None:
    play_session.act("move", lambda: game_host.host().rooms.move(token, seat))


def closing(sitting: Sitting) -> None:
    """The end of a turn's screen: alone the year ends; in a class one has decided, and waits."""
    st.header(_("Ready?"), anchor=False)
    given = (sitting.token, sitting.turn, sitting.told.seq)
    if sitting.alone:
        left, right, _rest = st.columns([2, 2, 2])
        left.button(
            _("End the year"),
            key=f"play_end_{sitting.turn}",
            on_click=_end,
            args=(sitting.lead, *given[1:]),
            icon=":material/skip_next:",
            width="stretch",
        )
        if sitting.told.game.turns:
            right.button(
                _("Take the last year back"),
                key=f"play_undo_{sitting.turn}",
                on_click=take_back_year,
                args=(sitting.lead, *given[1:]),
                icon=":material/undo:",
                width="stretch",
            )
        st.caption(
            _("All others decide by the rules of the model. What you leave is decided by your ministry.")
        )
        play_session.problem(END)
        return
    me = next((one for one in sitting.mates if one.id == sitting.player.id), None)
    ready = me is not None and me.ready
    st.button(
        _("Not yet: we go on deciding") if ready else _("We have decided"),
        key=f"play_ready_{sitting.turn}_{ready}",
        on_click=_ready,
        args=(*given, not ready),
        icon=":material/undo:" if ready else ":material/check:",
    )
    if ready:
        st.success(_("Thank you. The turn ends when the facilitator ends it, or when time is up."))
    play_session.problem(READY)


def _ready(token: str, turn: int, seq: int, ready: bool) -> None:
    key = f"ready:{seq}:{ready}"
    play_session.act(READY, lambda: game_host.host().ready(token, turn, ready, key))


def _end(lead: str, turn: int, seq: int) -> None:
    play_session.act(END, lambda: game_host.host().resolve(lead, turn, f"end:{seq}"))


def take_back_year(lead: str, turn: int, seq: int) -> None:
    """Open the last resolved turn again."""
    play_session.act(END, lambda: game_host.host().rooms.undo(lead, turn - 1, f"undo:{seq}"))
