"""What a whole class may see of a game: dials of every buying seat side by side, gaps of all, what happened.

It holds what is known to everybody at the beginning of a turn: no orders of the open turn, no hidden day.
Seats stand in the order of the set-up and are never sorted by how they do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from sim.game.changes import Change, changes
from sim.game.replay import Standing, standing
from sim.game.seats import STATE, find_seat
from sim.game.turn import Game
from sim.model.records import Array
from sim.model.stages.strength import fielded
from sim.model.state import NONE

NEWS: Final = 5  # things told of a turn


@dataclass(frozen=True, slots=True)
class SeatDials:
    """The dials of a buying seat.

    speed: share of what its states need that is usable, by value; cost: price over base price of what they
    ordered since the start, None before the first order; reliance: the largest hold of one foreign government
    on the fleet of one of its states, a share.
    """

    seat: str
    speed: float
    cost: float | None
    reliance: float


@dataclass(frozen=True, slots=True)
class CategoryGap:
    """A category over Europe and Canada: share of the requirement not usable, at the start and now."""

    category: str
    start: float
    now: float


def at_start(game: Game) -> Standing:
    """The game before its first turn."""
    return standing(replace(game, turns=(), people=frozenset()))


def dials_of_seats(stand: Standing) -> tuple[SeatDials, ...]:
    """The dials of all buying seats, in the order of the set-up."""
    found = (find_seat(name) for name in stand.game.setup.seats)
    return tuple(seat_dials(stand, seat.id, seat.states) for seat in found if seat.kind == STATE)


def seat_dials(stand: Standing, name: str, states: Sequence[str]) -> SeatDials:
    """The dials of a seat that decides for some states together."""
    rows = [stand.world.buyers.index(state) for state in states]
    buyers, pairs = stand.state.buyers[np.array(rows)], stand.state.pairs
    needed = pairs["requirement"] * pairs["base_price"] * (pairs["needed"] == 1)
    weights = np.array([float(needed[pairs["buyer"] == row].sum()) for row in rows])
    speeds = np.array([float(fielded(row, NONE, 1.0, stand.state)) for row in rows])
    known = weights > 0.0
    base = float(buyers["orders_base"].sum())
    return SeatDials(
        seat=name,
        speed=float((speeds[known] * weights[known]).sum() / weights.sum()) if known.any() else float("nan"),
        cost=float(buyers["orders_value"].sum()) / base if base > 0.0 else None,
        reliance=float(buyers["worst_share"].max()),
    )


def gaps(game: Game) -> tuple[CategoryGap, ...]:
    """The gap of every category that Europe and Canada need, in the order of the seeds."""
    now, start = standing(game), at_start(game)
    then, today = _missing(start), _missing(now)
    return tuple(
        CategoryGap(name, float(then[at]), float(today[at]))
        for at, name in enumerate(now.world.categories)
        if np.isfinite(then[at]) and np.isfinite(today[at])
    )


def all_missing(stand: Standing) -> float:
    """The share of all that Europe and Canada require that is not usable, by value."""
    pairs, mine = stand.state.pairs, _in_total(stand)
    worth = (pairs["requirement"] * pairs["base_price"])[mine].sum()
    return float((_short(pairs) * pairs["base_price"])[mine].sum() / worth)


def _missing(stand: Standing) -> Array:
    pairs, mine = stand.state.pairs, _in_total(stand)
    found = np.full(len(stand.world.categories), np.nan)
    for at in range(len(found)):
        rows = mine & (pairs["category"] == at)
        required = float(pairs["requirement"][rows].sum())
        if required > 0.0:
            found[at] = float(_short(pairs)[rows].sum()) / required
    return found


def _short(pairs: Array) -> Array:
    """Units that are required and cannot be used, as in the scores (stages/strength.fielded)."""
    there = np.minimum(pairs["stock"], pairs["usable"]) + pairs["lent"]
    return np.asarray(np.maximum(0.0, pairs["requirement"] - there))


def _in_total(stand: Standing) -> Array:
    pairs = stand.state.pairs
    return np.asarray((pairs["needed"] == 1) & (stand.state.buyers["in_total"][pairs["buyer"]] == 1))


def news(stand: Standing, most: int = NEWS) -> tuple[Change, ...]:
    """What mattered most for the seats at the table in the turn before, by the calendar.

    Cards first; then the largest by value, at most two of a kind as long as there are others.
    """
    states = [state for name in stand.game.setup.seats for state in find_seat(name).states]
    found = sorted(changes(stand, states), key=_weight(stand), reverse=True)
    chosen: list[Change] = []
    for limit in (2, most):
        for one in found:
            same = sum(each.kind == one.kind for each in chosen)
            if len(chosen) < most and one not in chosen and same < limit:
                chosen.append(one)
    return tuple(sorted(chosen, key=lambda one: one.month))


def _weight(stand: Standing) -> Callable[[Change], tuple[int, float]]:
    """How much a change matters: cards before all else, others by their value."""
    prices = dict.fromkeys(stand.world.categories, 0.0)
    pairs = stand.state.pairs
    for at, name in enumerate(stand.world.categories):
        rows = pairs["category"] == at
        prices[name] = float(pairs["base_price"][rows].mean()) if rows.any() else 0.0

    def weight(one: Change) -> tuple[int, float]:
        return (int(one.kind == "card"), one.units * prices.get(one.category, 0.0))

    return weight
