"""Plans of a session: how long each phase takes, how many turns, which prompts a facilitator has at hand.

The prompts are ids; their words are in sim/report/game_prompts.py.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from sim.game.clock import State
from sim.game.errors import GameError
from sim.game.seats import seats
from sim.game.setup import Setup

TEAM: Final = 3  # people in a seat
FEWEST: Final = 4  # seats, where there are as many people: below it nobody has anybody to deal with
SPARE: Final = 1  # places in a seat beyond the even number, for who comes late
# Who sits first: a buyer with its supplier, then by turns, so that every size of class has both sides.
ORDER: Final = (
    "POL", "korea", "DEU", "europe", "ROU", "united_states", "NOR", "alliance", "CAN", "BALTIC",
    "FIN", "SWE", "GBR", "FRA", "ITA", "ESP", "NLD", "CZE", "GRC", "TUR", "DNK", "BEL", "HUN", "SVK",
    "BGR", "PRT", "HRV", "SVN", "LUX", "MKD", "MNE", "ALB", "ISL",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """A session of so many minutes: briefing, turns of so many minutes and months each, debrief.

    brief_prompts, debrief_prompts: ids of what to say and ask; turn_prompts: for the first turn, the second
    and so on, the last of them for all that follow.
    """

    id: str
    brief: float
    turns: int
    turn: float
    debrief: float
    turn_months: int
    brief_prompts: tuple[str, ...]
    turn_prompts: tuple[tuple[str, ...], ...]
    debrief_prompts: tuple[str, ...]

    @property
    def minutes(self) -> float:
        """Minutes of all phases together, a little less than the session has."""
        return self.brief + self.turns * self.turn + self.debrief

    @property
    def is_long(self) -> bool:
        """Whether there is time for every team's plan in every team's feared future, and another rule."""
        return self.minutes > 60

    def prompts(self, state: State, turn: int) -> tuple[str, ...]:
        """The prompts of a phase; in a turn those of its number."""
        if state == "play":
            return self.turn_prompts[min(turn, len(self.turn_prompts)) - 1]
        return self.debrief_prompts if state in ("debrief", "over") else self.brief_prompts


_BRIEF = ("roles", "real_states", "goal", "screen", "law")
_DEBRIEF = ("nobody_wins", "happened", "expected", "luck", "else", "real_cases", "limits")
_PLANS: Final = (
    Plan(
        "45", 7, 4, 6, 12, 12, _BRIEF,
        (("first_turn",), ("late",), ("withhold", "not_buying"), ("last_turn",)),
        _DEBRIEF,
    ),
    Plan(
        "90", 12, 7, 7, 25, 12, (*_BRIEF, "forecast"),
        (
            ("first_turn",), ("talk",), ("late",), ("withhold", "not_buying"), ("cost",), ("plan_b",),
            ("last_turn",),
        ),
        (*_DEBRIEF, "feared"),
    ),
    Plan(
        "180", 25, 10, 10, 50, 12, (*_BRIEF, "forecast", "sources"),
        (
            ("first_turn",), ("talk",), ("late",), ("withhold",), ("not_buying", "law"), ("cost",), ("card",),
            ("people",), ("plan_b",), ("last_turn",),
        ),
        (*_DEBRIEF, "feared", "rule"),
    ),
)  # fmt: skip
PLANS: Final = {plan.id: plan for plan in _PLANS}


def find_plan(name: str) -> Plan:
    """The plan of this name; raises GameError."""
    if name not in PLANS:
        raise GameError(f"there is no plan {name!r}; choose one of {', '.join(PLANS)}")
    return PLANS[name]


def plan_of_setup(setup: Setup) -> Plan | None:
    """The plan that a game is played by; None where it is played without one."""
    return PLANS.get(setup.plan)


def next_phase(setup: Setup, turn: int) -> tuple[State, float | None]:
    """The phase that follows the end of turn `turn` (0 = before the first), with its limit in seconds."""
    plan = plan_of_setup(setup)
    if turn >= setup.turns:
        return "debrief", None if plan is None else 60.0 * plan.debrief
    return "play", None if plan is None else 60.0 * plan.turn


def seats_for(people: int) -> tuple[str, ...]:
    """The seats suggested for so many people: teams of up to three, and never fewer seats than can talk."""
    if people < 1:
        raise GameError("a room is for at least one person: say how many there are")
    known = seats()
    wanted = max(min(people, FEWEST), math.ceil(people / TEAM))
    return tuple(name for name in ORDER if name in known)[:wanted]


def capacity_for(people: int, count: int) -> int:
    """How many people can share a seat, so that all have a place in `count` seats and some who come late."""
    return max(TEAM, math.ceil(people / count)) + SPARE
