"""Hidden goals of the roles in a buyer's team: one each, dealt by lot, and checked against the books."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

from sim.game.crisis import dealt
from sim.game.replay import Standing, standing
from sim.game.seats import ROLES, STATE, find_seat
from sim.game.turn import Game
from sim.model.records import Array
from sim.model.stages.strength import fielded
from sim.model.state import NONE

Check = Callable[[Standing, tuple[str, ...]], float]


@dataclass(frozen=True)
class Goal:
    """A goal: its id, the role it suits, the limit, and whether less or more than that is asked for."""

    id: str
    role: str
    limit: float
    more: bool
    measure: Check


@dataclass(frozen=True)
class Checked:
    """A goal against the books: measured beside its limit, and whether it is met; None = not yet known."""

    goal: str
    role: str
    limit: float
    measured: float | None
    met: bool | None

    def record(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def _rows(stand: Standing, states: tuple[str, ...]) -> list[int]:
    return [stand.world.buyers.index(state) for state in states]


def _new_contracts(stand: Standing, states: tuple[str, ...]) -> Array:
    """What these states have signed since the start."""
    contracts = stand.contracts
    mine = np.isin(contracts["buyer"], _rows(stand, states)) & (contracts["existing"] == 0)
    return np.asarray(contracts[mine])


def largest_gap(stand: Standing, states: tuple[str, ...]) -> float:
    """The share of requirements not usable, of the state for which it is largest."""
    return max(1.0 - float(fielded(row, NONE, 1.0, stand.state)) for row in _rows(stand, states))


def payments_over_inflow(stand: Standing, states: tuple[str, ...]) -> float:
    """What was paid and borrowed for equipment since the start, over the money that came in."""
    buyers = stand.state.buyers[_rows(stand, states)]
    return float((buyers["paid"] + buyers["debt"]).sum() / buyers["received"].sum())


def largest_hold(stand: Standing, states: tuple[str, ...]) -> float:
    """The largest share of a fleet that one foreign government could stop supporting."""
    return float(stand.state.buyers["worst_share"][_rows(stand, states)].max())


def local_work(stand: Standing, states: tuple[str, ...]) -> float:
    """The part of new orders by value that is made in the buying state or placed with its industry."""
    state, mine = stand.state, _new_contracts(stand, states)
    if not len(mine):
        return 0.0
    value = mine["quantity"] * mine["unit_price"]
    at_home = state.lines["country_buyer"][mine["line"]] == mine["buyer"]
    return float((value * np.where(at_home, 1.0, mine["local_share"])).sum() / value.sum())


def partners_served(stand: Standing, states: tuple[str, ...]) -> float:
    """How many governments abroad got an order of these states since the start."""
    state, mine = stand.state, _new_contracts(stand, states)
    abroad = state.lines["authority"][mine["line"]] != state.buyers["authority"][mine["buyer"]]
    return float(len(np.unique(state.lines["authority"][mine["line"]][abroad])))


# The limits are those of the class exercise (DESIGN 7): choices of the game, not facts of the world.
GOALS: Final = (
    Goal("gap", "chief_of_defence", 0.30, False, largest_gap),
    Goal("payments", "treasurer", 0.80, False, payments_over_inflow),
    Goal("hold", "foreign_minister", 0.40, False, largest_hold),
    Goal("local", "treasurer", 0.30, True, local_work),
    Goal("partners", "foreign_minister", 3.0, True, partners_served),
)


def goal_of(game: Game, seat: str, role: str) -> Goal | None:
    """The goal dealt to a role of a seat; None for seats and roles without goals."""
    fitting = [goal for goal in GOALS if goal.role == role]
    if find_seat(seat).kind != STATE or not fitting:
        return None
    return fitting[int(dealt(game, seat, role) * len(fitting))]


def check_goal(game: Game, seat: str, role: str) -> Checked | None:
    """How a role's goal stands at the beginning of the turn now open, or at the end of the game."""
    goal = goal_of(game, seat, role)
    if goal is None:
        return None
    stand = standing(game)
    measured = goal.measure(stand, find_seat(seat).states)
    met = measured >= goal.limit if goal.more else measured <= goal.limit
    return Checked(goal.id, role, goal.limit, measured, bool(met))


def check_goals(game: Game, seat: str) -> tuple[Checked, ...]:
    """The goals of all roles of a seat."""
    found = (check_goal(game, seat, role) for role in ROLES)
    return tuple(one for one in found if one is not None)
