"""What would have turned one decision: a single number changed, the choice made again with the same draws.

The replication is run again until the offers are on the table; then the model's own `decide` is asked, with
only that number changed, in the smallest steps first. What is reported is a change that the rerun confirmed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.evidence.seeds import Seeds
from sim.experiment.decisions import Decisions, Tender, need_of, offers_made
from sim.experiment.ensemble import world_of
from sim.experiment.offers import lines_offering, parts_of, untouched
from sim.model.plan import plan_of
from sim.model.replication import begin, workspace
from sim.model.schedule import run_month
from sim.model.stages.decide import decide
from sim.model.stages.worth import distrust
from sim.model.state import NONE, State
from sim.model.world import World

PERCENT: Final = 0.01  # step of shares
LARGEST_CUT: Final = 90  # per cent of a price
Write = Callable[[float], None]


@dataclass(frozen=True)
class Flip:
    """One number of the rival's offer or of the need: now, as it would have to be, and how far was tried.

    what: price (musd a unit), months, local_share (0-1), trust (0-1, in the rival's government), urgency.
    needed is None where no value up to the limit (for urgency: up to it or down to nil) turns the decision.
    """

    what: str
    now: float
    needed: float | None
    limit: float


@dataclass(frozen=True)
class Turning:
    """What would have turned a decision from its winner (None: it waited) to the rival.

    otherwise is what the buyer would have chosen without the winner's offer (None: to wait); rival is that
    line, or the best of the other offers where it would have waited.
    """

    tender: Tender
    winner: str | None
    rival: str
    otherwise: str | None
    flips: tuple[Flip, ...]


def turnable(tender: Tender) -> bool:
    """Whether there was a choice to turn: offers were weighed, and one besides the winner was there."""
    rivals = [one for one in tender.offers if one.line != tender.chosen]
    return tender.weighed and bool(rivals)


def turning(found: Decisions, tender: Tender, seeds: Seeds | None = None) -> Turning | None:
    """What would have turned a tender of these decisions; None where there was no choice (see `turnable`)."""
    if not turnable(tender):
        return None
    world = world_of(seeds, found.start, found.scenario.facts)
    row = need_of(world, found.buyer, found.category)
    place = workspace(world, plan_of(found.scenario, world))
    begin(place, found.uncertainty == "evidence", found.random_seed, tender.replication)
    for month in range(tender.month):
        run_month(place.state, month)
    offers_made(place.state, tender.month)
    return turning_of(world, place.state, row, tender)


def turning_of(world: World, state: State, row: int, tender: Tender) -> Turning:
    """The same for a state in which the offers of this tender are on the table."""
    winner = NONE if tender.chosen is None else world.lines.index(tender.chosen)
    rival, otherwise = runner_up(row, winner, state)
    tried = (
        _tried("price", _prices(row, rival, state), row, rival, state),
        _tried("months", _months(row, rival, state), row, rival, state),
        _tried("local_share", _local_shares(row, rival, state), row, rival, state),
        _tried("trust", _trust(row, rival, state), row, rival, state),
        _tried("urgency", _urgency(row, state), row, rival, state),
    )
    return Turning(
        tender=tender,
        winner=tender.chosen,
        rival=world.lines[rival],
        otherwise=None if otherwise == NONE else world.lines[otherwise],
        flips=tuple(flip for flip in tried if flip is not None),
    )


def choice_of(row: int, state: State) -> int:
    """What the buyer chooses as things stand: a line, or NONE to wait. The state is as before afterwards."""
    decide(row, state)
    return int(state.pairs["chosen"][row])


def runner_up(row: int, winner: int, state: State) -> tuple[int, int]:
    """The rival of a winner (NONE: waiting), and what is chosen without the winner's offer."""
    slot = int(state.pairs["slot"][row])
    otherwise = NONE
    if winner != NONE:
        with untouched(row, winner, state):
            state.offers["valid"][slot, winner] = 0
            otherwise = choice_of(row, state)
        if otherwise != NONE:
            return otherwise, otherwise
    others = [line for line in lines_offering(row, state) if line != winner]
    return max(others, key=lambda line: sum(parts_of(row, line, state).values())), otherwise


@dataclass(frozen=True)
class _Range:
    """A number as it is, the values to try in turn, and how one is written."""

    now: float
    values: Iterable[float]
    limit: float
    write: Write


def _tried(what: str, span: _Range | None, row: int, rival: int, state: State) -> Flip | None:
    """The first value with which the rival is chosen; None where there is no such number."""
    if span is None:
        return None
    for value in span.values:
        with untouched(row, rival, state):
            span.write(value)
            if choice_of(row, state) == rival:
                return Flip(what, span.now, value, span.limit)
    return Flip(what, span.now, None, span.limit)


def _prices(row: int, rival: int, state: State) -> _Range:
    """Its price, per cent by per cent cheaper; what supporting one more family costs stays."""
    slot = int(state.pairs["slot"][row])
    price, all_in = (float(state.offers[name][slot, rival]) for name in ("price", "all_in"))

    def write(value: float) -> None:
        state.offers["price"][slot, rival] = value
        state.offers["all_in"][slot, rival] = all_in - price + value

    values = [price * (100 - cut) / 100 for cut in range(1, LARGEST_CUT + 1)]
    return _Range(price, values, values[-1], write)


def _months(row: int, rival: int, state: State) -> _Range:
    """Its months to the first delivery, one by one fewer, down to one."""
    slot = int(state.pairs["slot"][row])
    months = float(state.offers["months"][slot, rival])

    def write(value: float) -> None:
        state.offers["months"][slot, rival] = value

    return _Range(months, _steps(months, 1.0, 1.0), 1.0, write)


def _local_shares(row: int, rival: int, state: State) -> _Range:
    """The work it places with the buyer, point by point more, up to all of it."""
    slot = int(state.pairs["slot"][row])
    share = float(state.offers["local_share"][slot, rival])

    def write(value: float) -> None:
        state.offers["local_share"][slot, rival] = value

    return _Range(share, _steps(share, 1.0, PERCENT), 1.0, write)


def _trust(row: int, rival: int, state: State) -> _Range | None:
    """The buyer's trust in the rival's government, point by point more, up to full trust."""
    buyer, authority = int(state.pairs["buyer"][row]), int(state.lines["authority"][rival])
    if authority == int(state.buyers["authority"][buyer]):
        return None
    trust = 1.0 - distrust(buyer, authority, state)
    per_trust = float(state.memory[buyer, authority]) / trust if trust > 0.0 else 0.0
    if per_trust == 0.0:
        return None

    def write(value: float) -> None:
        state.memory[buyer, authority] = per_trust * value

    return _Range(trust, _steps(trust, 1.0, PERCENT), 1.0, write)


def _urgency(row: int, state: State) -> _Range:
    """The urgency of the need, hundredth by hundredth further away on both sides, up to its cap."""
    urgency, cap = float(state.pairs["urgency"][row]), float(state.rules["need_urgency_cap"][0])
    values = [*_steps(urgency, cap, PERCENT), *_steps(urgency, 0.0, PERCENT)]

    def write(value: float) -> None:
        state.pairs["urgency"][row] = value

    return _Range(urgency, sorted(values, key=lambda value: abs(value - urgency)), cap, write)


def _steps(start: float, end: float, step: float) -> Iterator[float]:
    """From the next whole step after the start to the end, in either direction."""
    first, last = start / step, end / step
    if end > start:
        numbers = np.arange(np.floor(first + 1e-9) + 1, np.floor(last + 1e-9) + 1)
    else:
        numbers = np.arange(np.ceil(first - 1e-9) - 1, np.ceil(last - 1e-9) - 1, -1)
    return (float(number) * step for number in numbers)
