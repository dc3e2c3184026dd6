"""Aggregate calibration: which values of hazards, mark-ups and responses the aggregates of 2022-25 rule out.

The model starts in February 2022 at many points of the ranges that the seeds give for some facts, is compared
with the matched rows of aggregates.csv (see matching.py for the method), and shown beside those held out. It
reports; it never writes to the seeds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from sim.estimation.aggregates import Aggregate, Observed, measured, observed, read_aggregates, targets
from sim.estimation.contrasts import PAST
from sim.estimation.matching import Array, Matching, Progress, Targets, Wave, match
from sim.estimation.shares import Scope, scope
from sim.estimation.views import view
from sim.evidence.seeds import Seeds
from sim.policy.scenario import Scenario, load_scenario

if TYPE_CHECKING:
    from sim.experiment.executor import Executor

MODELLED = "modelled_share"  # of every state: one place in all their ranges
FACTS = (
    "tender.base", "tender.slope", "tender.urgent_slope", "tender.direct_share", "tender.home_direct",
    "tender.collapse", "quote.scarcity", "quote.learning", "quote.local_cost", "invest.cover_target",
    "invest.lag_months", "money.horizon_months", MODELLED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact to calibrate: its range and value in the seeds, in its unit."""

    name: str
    unit: str
    low: float
    value: float
    high: float

    def at(self, place: float) -> float:
        """The value at a place in the range, 0 at its low and 1 at its high end."""
        return self.low + place * (self.high - self.low)

    @property
    def place(self) -> float:
        """Where the value of the seeds lies in the range."""
        return (self.value - self.low) / (self.high - self.low)


def facts(seeds: Seeds) -> tuple[Fact, ...]:
    """The facts to calibrate, with the ranges of some seeds."""
    named = seeds.named
    return tuple(
        Fact(name, "place in the ranges of all states", 0.0, _place(seeds), 1.0)
        if name == MODELLED
        else Fact(name, named[name].unit, named[name].low, named[name].value, named[name].high)
        for name in FACTS
    )


def _place(seeds: Seeds) -> float:
    """The mean place of the modelled shares of states in their ranges."""
    rows = [seeds.fact(one.id, MODELLED) for one in seeds.states()]
    return float(
        np.mean([(one.value - one.low) / (one.high - one.low) for one in rows if one.high > one.low])
    )


def held(point: Array, known: tuple[Fact, ...], seeds: Seeds) -> dict[str, float]:
    """The values at which a run at a point of the unit cube holds its facts, by name."""
    values: dict[str, float] = {}
    for one, place in zip(known, point, strict=True):
        if one.name != MODELLED:
            values[one.name] = one.at(float(place))
            continue
        for state in seeds.states():
            fact = seeds.fact(state.id, MODELLED)
            values[f"{state.id}.{MODELLED}"] = fact.low + float(place) * (fact.high - fact.low)
    return values


@dataclass(frozen=True)
class Calibration:
    """What was compared with what, and what was found; `seed_run` is the model at the values of the seeds."""

    facts: tuple[Fact, ...]
    listed: tuple[Aggregate, ...]
    known: dict[str, Observed]
    targets: Targets
    seed_run: Wave
    found: Matching


def calibrate(
    seeds: Seeds,
    *,
    points: int,
    replications: int,
    random_seed: int = 1,
    progress: Progress | None = None,
    cancel: Callable[[], bool] | None = None,
    executor: Executor | None = None,
) -> Calibration:
    """Match the start of February 2022 to the aggregates; all points have the same draws.

    seeds: those of the base start, which hold the record. points: of the design; a quarter as many are run
    once more where the regression sees nothing implausible. cancel() returning True raises Cancelled.
    executor: who runs the points, None = this machine; only aggregates come back from where they ran.
    """
    from sim.experiment.executor import Threads
    from sim.policy.scenario_build import seeds_at

    listed, lookups, scenario = read_aggregates(), scope(seeds), load_scenario(PAST)
    early = seeds_at(scenario.start, None)
    chosen, known = facts(early), observed(seeds, lookups.market)
    run = partial(
        _outputs, scenario=scenario, chosen=chosen, early=early, lookups=lookups, listed=listed,
        replications=replications, random_seed=random_seed,
    )  # fmt: skip
    each = partial((executor or Threads()).each, cancel=cancel)
    place = np.array([one.place for one in chosen])
    ((_, seed_sample),) = each(run, place[None])
    seed_run = Wave(place[None], seed_sample[None])
    aims = targets(listed, known)
    found = match(run, aims, len(chosen), points, each=each, progress=progress)
    return Calibration(chosen, listed, known, aims, seed_run, found)


def _outputs(
    point: Array,
    *,
    scenario: Scenario,
    chosen: tuple[Fact, ...],
    early: Seeds,
    lookups: Scope,
    listed: tuple[Aggregate, ...],
    replications: int,
    random_seed: int,
) -> Array:
    """The aggregates of the runs at a point, (replications, aggregates); computed where they run."""
    from sim.experiment.books import books

    here = scenario.with_facts(held(point, chosen, early))
    ran = books(here, replications=replications, random_seed=random_seed)
    return measured(view(ran), lookups, listed)
