"""Sentences of a class: clock, team, seats."""

from __future__ import annotations

from collections.abc import Sequence

from sim.game.clock import Clock
from sim.game.room import Person
from sim.report.game_words import of_game, seat_name, time_left
from sim.report.language import _, plural


def seat_line(turn: int, turns: int, month: str, seat: str, role: str) -> str:
    """Seat, role and turn in one line."""
    who = _("{seat}, {role}").format(seat=seat_name(seat), role=role) if role else seat_name(seat)
    return _("{who}. {turn}").format(who=who, turn=of_game(min(turn, turns), turns, month))


def seat_option(seat: str) -> str:
    """A seat to choose; the empty one stands for the lot."""
    return seat_name(seat) if seat else _("by lot")


def clock_words(clock: Clock) -> str:
    """The phase and the time left."""
    said = {
        "paused": _("The clock is stopped"),
        "debrief": _("The game is being talked over"),
        "over": _("The game is over"),
        "brief": _("The game has not begun"),
    }
    if clock.state in said:
        return said[clock.state]
    if clock.time_is_up:
        return _("Time is up")
    return time_left(clock.left) or _("No time limit")


def status(clock: Clock, mates: Sequence[Person], me: str, people: int) -> str:
    """The clock, the team mates and whether they have decided, and how many are in the room."""
    parts = [clock_words(clock)]
    for one in mates:
        if one.id != me:
            name = one.name or _("Team mate {number}").format(number=one.id)
            how = _("{name} has decided") if one.ready else _("{name} is deciding")
            parts.append((how if one.present else _("{name} is away")).format(name=name))
    parts.append(
        plural("{number} person in the room", "{number} people in the room", people).format(number=people)
    )
    return ". ".join(parts) + "."
