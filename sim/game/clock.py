"""The clock of a class: which phase it is in and how much time is left, from the log alone.

An entry of the kind "phase" holds a state with its deadline, {"state": "play", "deadline": UTC}, or a pause
with what was left, {"state": "paused", "left": seconds}, or an extension, {"extend": seconds}. Deadlines are
moments, so a server that was stopped and started again goes on with the same clock.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from sim.game.entry import Entry, Payload, written
from sim.game.errors import GameError

State = Literal["brief", "play", "paused", "debrief", "over"]
LONGEST = 7 * 24 * 3600.0  # seconds that a phase, or one extension, may take


@dataclass(frozen=True)
class Clock:
    """The clock at a moment.

    state: the phase; within: the phase that a pause interrupts, else the same; deadline: UTC, empty without
    a limit or in a pause; left: seconds until then, 0 when time is up, None without a limit.
    """

    state: State = "brief"
    within: State = "brief"
    deadline: str = ""
    left: float | None = None

    @property
    def time_is_up(self) -> bool:
        """Whether there was a limit and it has passed."""
        return self.left == 0


def clock(entries: Iterable[Entry], now: datetime) -> Clock:
    """The clock at `now` after these entries, in the order of the log."""
    shown = Clock()
    for entry in entries:
        if entry.kind == "phase":
            shown = _after(shown, entry)
    return replace(shown, left=_left(shown, now))


def phase(state: State, seconds: float | None, now: datetime) -> Payload:
    """The payload that begins a phase, with a limit in seconds from `now` or None for no limit."""
    return {"state": state, "deadline": "" if seconds is None else written(now + timedelta(seconds=seconds))}


def pause(shown: Clock) -> Payload:
    """The payload that stops the clock as it stands."""
    return {"state": "paused", "left": shown.left}


def resume(shown: Clock, now: datetime) -> Payload:
    """The payload that lets the clock run again, with what was left when it was stopped."""
    if shown.state != "paused":
        raise GameError("The clock is running already.")
    return phase(shown.within, shown.left, now)


def extend(seconds: float) -> Payload:
    """The payload that gives `seconds` more; below 0 takes them away."""
    return {"extend": seconds}


def check_phase(payload: Payload) -> None:
    """Raise GameError unless this is the payload of a phase entry."""
    if set(payload) == {"extend"}:
        _seconds(payload["extend"])
        return
    state = payload.get("state")
    if state == "paused" and set(payload) == {"state", "left"}:
        if payload["left"] is not None and _seconds(payload["left"]) < 0:
            raise GameError("A pause cannot keep less than no time.")
        return
    if state in get_args(State) and state != "paused" and set(payload) == {"state", "deadline"}:
        _moment(payload["deadline"])
        return
    raise GameError('A phase says {"state", "deadline"}, {"state": "paused", "left"} or {"extend"}.')


def _seconds(value: Any) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not math.isfinite(value) or abs(value) > LONGEST:
        raise GameError(f"A time is a number of seconds of at most {LONGEST:.0f}, not {value!r}.")
    return float(value)


def _moment(value: Any) -> datetime | None:
    """The moment that a deadline names, None for the empty text."""
    if value == "":
        return None
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        moment = None
    if moment is None or moment.tzinfo is None:
        raise GameError(f"A deadline is a time such as 2027-03-01T10:15:00+00:00, not {value!r}.")
    return moment


def _after(shown: Clock, entry: Entry) -> Clock:
    """The clock after one phase entry; `left` is kept only in a pause."""
    payload = entry.payload
    if "extend" in payload:
        return _extended(shown, payload["extend"], datetime.fromisoformat(entry.at))
    if payload["state"] == "paused":
        return replace(shown, state="paused", deadline="", left=payload["left"])
    state: State = payload["state"]
    return Clock(state, state, payload["deadline"])


def _extended(shown: Clock, seconds: float, at: datetime) -> Clock:
    """More time: after the deadline it counts from the moment it is given, so that it is never lost."""
    if shown.state == "paused":
        return replace(shown, left=None if shown.left is None else max(0.0, shown.left + seconds))
    deadline = _moment(shown.deadline)
    if deadline is None:
        return shown
    return replace(shown, deadline=written(max(deadline, at) + timedelta(seconds=seconds)))


def _left(shown: Clock, now: datetime) -> float | None:
    if shown.state == "paused":
        return shown.left
    deadline = _moment(shown.deadline)
    return None if deadline is None else max(0.0, (deadline - now).total_seconds())
