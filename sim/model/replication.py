"""One replication from reset to measures, and blocks of them: the compiled heart of an ensemble."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.model.compiled import compiled, without_compilation
from sim.model.opening import open_books
from sim.model.plan import Plan
from sim.model.randomness import FACT, stream, triangular, uniform
from sim.model.record import INDUSTRY_MEASURES, MEASURES, measure
from sim.model.records import Array
from sim.model.schedule import run_months
from sim.model.stages.books import INDUSTRY_SERIES, SERIES
from sim.model.state import NONE, QUARTERS, State
from sim.model.world import COPIED, World, empty_state

COUNTS = ("contracts", "draws", "units_error", "money_error", "waited", "collapsed", "tenders")


@dataclass(frozen=True, eq=False)
class Workspace:
    """The arrays one thread works in: a state, flat views of it and of the template, scratch for measures."""

    state: State
    work: tuple[Array, ...]  # int64 views of the copied tables
    numbers: tuple[Array, ...]  # float64 views of the same memory, where facts are drawn
    template: tuple[Array, ...]  # int64 views of the template
    spots: Array
    top: Array
    bottom: Array
    industry: Array


def workspace(world: World, plan: Plan) -> Workspace:
    """Allocate everything a thread needs to run replications of a world under a plan."""
    state = empty_state(world, plan.levers, plan.cards, plan.effects)
    source = {**world.template, "cards": plan.cards, "effects": plan.effects}
    tables: list[Any] = [getattr(state, name) for name in COPIED]
    places = len(world.buyers) + 1
    return Workspace(
        state=state,
        work=tuple(table.view(np.ndarray).view(np.int64).reshape(-1) for table in tables),
        numbers=tuple(table.view(np.ndarray).view(np.float64).reshape(-1) for table in tables),
        template=tuple(source[name].view(np.ndarray).view(np.int64).reshape(-1) for name in COPIED),
        spots=plan.spots.view(np.recarray) if without_compilation() else plan.spots,
        top=np.zeros((len(MEASURES), places)),
        bottom=np.zeros((len(MEASURES), places)),
        industry=np.zeros((len(INDUSTRY_MEASURES), len(world.industries))),
    )


@compiled
def reset(
    state: State,
    work: tuple[Array, ...],
    numbers: tuple[Array, ...],
    template: tuple[Array, ...],
    spots: Array,
    uncertain: bool,
    random_seed: int,
    replication: int,
) -> None:
    """Start a replication: template, drawn facts, empty books, then the opening of the books."""
    for table in range(len(work)):
        for place in range(len(template[table])):
            work[table][place] = template[table][place]
    key = stream(random_seed, replication)
    state.clock[0].stream = key
    if uncertain:
        for row in range(len(spots)):
            spot = spots[row]
            chance = uniform(key, FACT, spot.key, spot.key, 0)
            numbers[spot.table][spot.place] = triangular(spot.low, spot.value, spot.high, chance)
    state.stock[:, :] = 0.0
    state.since[:, :] = 0.0
    state.memory[:, :] = 1.0
    state.standing[:] = 1.0
    state.late[:, :] = 0.0
    for planned in (state.booked, state.steps, state.series, state.industry_series):
        planned[:, :, :] = 0.0
    state.lending[:, :] = 0.0
    state.arriving[:, :] = 0.0
    state.crews[:, :] = 0
    state.events[:, :] = NONE
    state.falls_due[:] = NONE
    state.flows[:, :] = 0.0
    open_books(state)


@compiled
def keep(source: Array, target: Array, replication: int) -> None:
    """Copy a replication's series, number by number (array assignment would need memory of its own)."""
    for kind in range(source.shape[0]):
        for place in range(source.shape[1]):
            for at in range(source.shape[2]):
                target[replication, kind, place, at] = source[kind, place, at]


@compiled
def run_block(
    state: State,
    work: tuple[Array, ...],
    numbers: tuple[Array, ...],
    template: tuple[Array, ...],
    spots: Array,
    uncertain: bool,
    random_seed: int,
    first: int,
    last: int,
    horizon: int,
    top: Array,
    bottom: Array,
    industry: Array,
    values: Array,
    industry_values: Array,
    series: Array,
    industry_series: Array,
    counts: Array,
) -> None:
    """Run replications first to last - 1 and fill their rows of the results.

    values: (replications, measures, places), undefined = nan; series: (kept, kinds, places, QUARTERS + 1).
    """
    for replication in range(first, last):
        reset(state, work, numbers, template, spots, uncertain, random_seed, replication)
        run_months(state)
        measure(state, horizon, top, bottom, industry)
        for m in range(top.shape[0]):
            for place in range(top.shape[1]):
                known = bottom[m, place] != 0.0
                values[replication, m, place] = top[m, place] / bottom[m, place] if known else np.nan
        for m in range(industry.shape[0]):
            for kind in range(industry.shape[1]):
                industry_values[replication, m, kind] = industry[m, kind]
        if replication < series.shape[0]:
            keep(state.series, series, replication)
            keep(state.industry_series, industry_series, replication)
        counts[replication, 0] = state.clock[0].contracts - state.clock[0].existing
        counts[replication, 1] = state.clock[0].draws
        counts[replication, 2] = state.clock[0].units_error
        counts[replication, 3] = state.clock[0].money_error
        counts[replication, 4:] = 0.0
        for index in range(len(state.buyers)):
            counts[replication, 4] += state.buyers[index].waited
            counts[replication, 5] += state.buyers[index].collapsed
            counts[replication, 6] += state.buyers[index].tenders


def result_arrays(world: World, replications: int, kept: int) -> tuple[Array, Array, Array, Array, Array]:
    """Allocate the results of an ensemble: values, industry values, series, industry series, counts."""
    places, industries = len(world.buyers) + 1, len(world.industries)
    return (
        np.empty((replications, len(MEASURES), places)),
        np.empty((replications, len(INDUSTRY_MEASURES), industries)),
        np.empty((kept, len(SERIES), places, QUARTERS + 1), np.float32),
        np.empty((kept, len(INDUSTRY_SERIES), industries, QUARTERS + 1), np.float32),
        np.empty((replications, len(COUNTS))),
    )
