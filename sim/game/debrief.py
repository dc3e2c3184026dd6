"""The debrief as data: which decisions mattered, how plans stand in every case, what a rule would change.

A decision is weighed by a fork: the same game, in which the state's own rules make that one decision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

import numpy as np

from sim.game.crisis import NOBODY, cases
from sim.game.errors import GameError
from sim.game.orders import Choose, Launch, Order, Wait, order_record
from sim.game.score import (
    POINTS,
    buyer_points,
    expected_strength,
    many,
    mean_gain,
    of_states,
    owed_years,
    realised,
    weights_of,
    without_people,
)
from sim.game.seats import STATE, find_seat
from sim.game.setup import new_setup, scenario_of
from sim.game.turn import Game
from sim.model.records import Array

WEIGHED: Final = 60  # futures by which a decision is weighed
SHOWN: Final = 3  # decisions that are shown
Cancel = Callable[[], bool]
Progress = Callable[[int, int], None]


class Stopped(Exception):
    """The caller asked to stop."""


@dataclass(frozen=True)
class Weighed:
    """A decision and what it meant for its own seat.

    effect: expected points with it less those where the state's rules decide, over paired futures, with its
    95 % interval; positive = the decision helped. came: the same on the hidden day, as the game went on.
    """

    seat: str
    turn: int
    order: dict[str, Any]
    effect: float
    low: float
    high: float
    came: float

    def record(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def decisions_of(game: Game, seats: Iterable[str] | None = None) -> list[tuple[str, int, Order]]:
    """What buyers' seats decided about tenders: (seat, turn from 1, order)."""
    wanted = set(game.setup.seats if seats is None else seats)
    return [
        (seat, number + 1, order)
        for number, turn in enumerate(game.turns)
        for seat, orders in turn.orders
        for order in orders
        if seat in wanted and find_seat(seat).kind == STATE and isinstance(order, Choose | Wait | Launch)
    ]


def without_order(game: Game, seat: str, number: int, order: Order) -> Game:
    """The game with one order of a turn left out: the rules decide it."""
    return game.fork(number, game.turns[number - 1].without_order(seat, order))


def forked(game: Game, seat: str, number: int, order: Order) -> Game:
    """The game in which a seat gave another order in a turn; all other orders as they were."""
    return game.fork(number, game.turns[number - 1].with_order(seat, order))


def points_in_futures(game: Game, seat: str, futures: int) -> Array:
    """A buyer's points in each future; the same chances for every fork of a game; (futures,)."""
    states = find_seat(seat).states
    plain = without_people(game)
    mine, theirs = (of_states(many(one, futures), states) for one in (game, plain))
    points = buyer_points(
        expected_strength(game, mine), owed_years(mine.accounts), owed_years(theirs.accounts)
    )
    return np.asarray(points @ weights_of(game, states))


def weigh(game: Game, seat: str, number: int, order: Order, other: Game, futures: int) -> Weighed:
    """What a decision meant beside another course of the game."""
    gain = points_in_futures(game, seat, futures) - points_in_futures(other, seat, futures)
    came = points_that_came(game, seat, futures) - points_that_came(other, seat, futures)
    return Weighed(seat, number, order_record(order), *mean_gain(gain), came)


def points_that_came(game: Game, seat: str, futures: int) -> float:
    """A buyer's points on the hidden day, in the one future that the game goes on with."""
    states = find_seat(seat).states
    theirs = of_states(many(without_people(game), futures), states)
    return realised(game, states, weights_of(game, states), owed_years(theirs.accounts))


def all_weighed(
    game: Game,
    seats: Iterable[str] | None = None,
    futures: int = WEIGHED,
    progress: Progress | None = None,
    cancel: Cancel | None = None,
) -> list[Weighed]:
    """Every decision weighed by a fork of its own, those that mattered most first; raises Stopped."""
    made = decisions_of(game, seats)
    found = []
    for done, (seat, number, order) in enumerate(made):
        if cancel is not None and cancel():
            raise Stopped("stopped before every decision was weighed")
        found.append(weigh(game, seat, number, order, without_order(game, seat, number, order), futures))
        if progress is not None:
            progress(done + 1, len(made))
    return sorted(found, key=lambda one: (-abs(one.effect), one.turn, one.seat))


def mattered(weighed: Iterable[Weighed], seat: str | None = None, count: int = SHOWN) -> list[Weighed]:
    """The decisions that mattered most, of one seat or of all."""
    return [one for one in weighed if seat in (None, one.seat)][:count]


@dataclass(frozen=True)
class Case:
    """How a seat's plan stands while one government withholds ("" = none): expected points, and regret.

    regret: points that the better plan for this case has more, of this one and that of the rules alone.
    """

    seat: str
    authority: str
    points: float
    rules: float
    regret: float

    def record(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def regret_table(game: Game, futures: int = WEIGHED) -> list[Case]:
    """Every buyer's plan in every case that was feared, beside the plan of its rules; debt left out."""
    plain, found = without_people(game), []
    for seat in game.setup.seats:
        states = find_seat(seat).states
        if not states:
            continue
        weights = weights_of(game, states)
        mine, rules = (
            POINTS * (of_states(many(one, futures), states).strength.mean(axis=(0, 1)).T @ weights)
            for one in (game, plain)
        )
        for at, (authority, _) in enumerate(cases(game)):
            best = max(float(mine[at]), float(rules[at]))
            case = Case(seat, authority, float(mine[at]), float(rules[at]), best - float(mine[at]))
            found.append(case)
    return found


def rerun(game: Game, lever: str, value: float) -> Game:
    """The same orders under the same chances, with one rule of the world changed; raises GameError."""
    scenario = scenario_of(game.setup)
    try:
        changed = scenario.with_levers({lever: value})
    except ValueError as error:
        raise GameError(str(error)) from error
    data = game.setup.model_dump() | {"scenario": changed.to_query()}
    return replace(game, setup=new_setup(**data))


__all__ = [
    "NOBODY", "Case", "Stopped", "Weighed", "all_weighed", "decisions_of", "forked", "mattered",
    "points_in_futures", "regret_table", "rerun", "weigh", "without_order",
]  # fmt: skip
