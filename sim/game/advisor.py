"""The advisor: what may come of each way to decide one tender, over many futures. Never which is the best.

It knows what the seat knows: neither the hidden day nor the government that withholds then.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

from sim.game.allowed import due_rows
from sim.game.crisis import FUTURES, chances, crisis_months, keys_of_futures, part_left, rows_of_cases
from sim.game.errors import GameError
from sim.game.forecast import TENTHS
from sim.game.orders import Choose, Order, Wait, order_record
from sim.game.replay import standing, world_of_game
from sim.game.score import owed_years
from sim.game.seats import find_seat
from sim.game.turn import Game, Turn, need_row, plan_of_game
from sim.game.view import offers_seen
from sim.model.futures import Futures, run_futures
from sim.model.records import Array
from sim.model.replication import workspace
from sim.model.state import MAX_CONTRACTS, MONTHS, NEVER, NONE

LEAVE: Final = "leave"  # the choice is left to the state's own rules


@dataclass(frozen=True)
class Outcome:
    """What may come of one way to decide.

    order: as given, or {"kind": "leave"}. signed: share of futures with a contract. first, usable: months
    from now to the first delivery and to the first usable units, by TENTHS of the futures with a contract;
    None where they come too late to be seen. value: what it costs at signing, musd, on average. strength:
    expected share of what the state requires that it could field on the hidden day; worst: the same in the
    worst tenth of days, governments and futures. owed: years of equipment money owed after the last day.
    """

    order: dict[str, Any]
    signed: float
    first: tuple[float | None, ...]
    usable: tuple[float | None, ...]
    value: float
    strength: float
    worst: float
    owed: float


@dataclass(frozen=True)
class Advice:
    """What may come of each way to decide a tender, in the order in which the offers stand on the table."""

    state: str
    category: str
    futures: int
    outcomes: tuple[Outcome, ...]

    def record(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def advise(
    game: Game,
    given: Turn,
    name: str,
    state: str,
    category: str,
    futures: int = FUTURES,
    progress: Callable[[int, int], None] | None = None,
) -> Advice:
    """Each way to decide a tender of the open turn, all under the same chances; raises GameError.

    given: what has been ordered in the open turn so far.
    """
    stand, seat = standing(game), find_seat(name)
    world = stand.world
    row = need_row(world, state, category) if state in seat.states and category in world.categories else NONE
    if row not in due_rows(stand, seat):
        raise GameError(f"{name} has no tender of {state} for {category} to decide now")
    ways: list[Order | None] = [
        Choose(state=state, category=category, line=offer.line) for offer in offers_seen(stand, row)
    ]
    ways += [Wait(state=state, category=category), None]
    keys, done = keys_of_futures(game, futures), 0

    def one(way: Order | None) -> Outcome:
        found = futures_of(game, with_order(given, name, way, state, category), state, keys)
        return _outcome(game, way, row, found)

    outcomes = []
    with ThreadPoolExecutor(max(1, min(len(ways), os.cpu_count() or 1))) as pool:
        for outcome in pool.map(one, ways):
            outcomes.append(outcome)
            done += 1
            if progress is not None:
                progress(done, len(ways))
    return Advice(state, category, futures, tuple(outcomes))


def with_order(given: Turn, name: str, way: Order | None, state: str, category: str) -> Turn:
    """A turn in which a seat decides a tender one way; None leaves it to the state's own rules."""
    if way is not None:
        return given.with_order(name, way)
    return given.without_order(name, Wait(state=state, category=category))


def futures_of(game: Game, turn: Turn, state: str, keys: Array) -> Futures:
    """Futures from the turn now open, with this turn's orders, to the last possible day."""
    stand, world = standing(game), world_of_game(game)
    place = workspace(world, plan_of_game(game.resolve(turn), world))
    months = crisis_months(game)
    marks = months[months >= game.month]
    if not len(marks):
        marks = np.array([min(MONTHS - 1, game.month + game.setup.turn_months)])
    rows = np.array([world.buyers.index(state)])
    able, left = rows_of_cases(game), part_left(game)
    return run_futures(place, stand.held, keys, game.month, marks, rows, able, left, MAX_CONTRACTS)


def _outcome(game: Game, way: Order | None, row: int, found: Futures) -> Outcome:
    mine = (found.of_books("need") == row) & (found.of_books("signed") == game.month)
    any_contract = mine.any(axis=1)
    strength = found.strength[:, :, 0, :]
    weights = chances(game)
    return Outcome(
        order=order_record(way) if way is not None else {"kind": LEAVE},
        signed=float(any_contract.mean()),
        first=_tenths(found.of_books("first"), mine, game.month),
        usable=_tenths(found.of_books("usable"), mine, game.month),
        value=float(np.where(mine, found.of_books("value"), 0.0).sum(axis=1).mean()),
        strength=float((strength.mean(axis=(0, 1)) * weights).sum()),
        worst=worst_tenth(strength, weights),
        owed=float(owed_years(found.accounts)[:, 0].mean()),
    )


def worst_tenth(strength: Array, chances: Array) -> float:
    """The mean of the worst tenth; strength: (futures, days, cases), chances: of the cases."""
    values = strength.reshape(-1)
    weights = np.broadcast_to(chances, strength.shape).reshape(-1)
    order = np.argsort(values, kind="stable")
    ends = np.cumsum(weights[order]) / weights.sum()
    parts = np.clip(0.1 - np.concatenate(([0.0], ends[:-1])), 0.0, np.diff(ends, prepend=0.0))
    return float((values[order] * parts).sum() / parts.sum())


def _tenths(months: Array, mine: Array, now: int) -> tuple[float | None, ...]:
    """Months from now until the first of a tender's contracts, by tenths of the futures that have one."""
    soonest = np.where(mine, months, np.inf).min(axis=1)[mine.any(axis=1)]
    if not len(soonest):
        return (None,) * len(TENTHS)
    found = np.quantile(soonest, TENTHS, method="higher")
    return tuple(float(month) - now if month < NEVER else None for month in found)
