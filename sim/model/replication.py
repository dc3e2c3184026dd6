"""One replication from reset to measures, and blocks of them: the compiled heart of an ensemble."""

from __future__ import annotations

from dataclasses import dataclass

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
from sim.model.world import World, copied_starts, empty_state, template_run

Results = tuple[Array, Array, Array, Array, Array]
COUNTS = ("contracts", "draws", "units_error", "money_error", "waited", "collapsed", "tenders")


@dataclass(frozen=True, eq=False)
class Workspace:
    """The arrays one thread works in: a state, what its copied tables start from, scratch for measures."""

    state: State
    template: Array  # int64: the copied tables as one run of words
    spots: Array  # places in that run where facts are drawn
    top: Array
    bottom: Array
    industry: Array


def workspace(world: World, plan: Plan) -> Workspace:
    """Allocate everything a thread needs to run replications of a world under a plan."""
    tables = {**world.template, "cards": plan.cards, "effects": plan.effects}
    spots = plan.spots.copy()
    spots["place"] += np.array(copied_starts(tables))[spots["table"]]
    places = len(world.buyers) + 1
    return Workspace(
        state=empty_state(world, plan.levers, plan.cards, plan.effects, plan.orders),
        template=template_run(tables),
        spots=spots.view(np.recarray) if without_compilation() else spots,
        top=np.zeros((len(MEASURES), places)),
        bottom=np.zeros((len(MEASURES), places)),
        industry=np.zeros((len(INDUSTRY_MEASURES), len(world.industries))),
    )


def begin(place: Workspace, uncertain: bool, random_seed: int, replication: int) -> None:
    """Start a replication in a workspace: its books are open, nothing has happened yet."""
    reset(place.state, place.template, place.spots, uncertain, random_seed, replication)


def run_replications(
    place: Workspace, uncertain: bool, random_seed: int, first: int, last: int, horizon: int, results: Results
) -> None:
    """Run replications first to last - 1 in a workspace and fill their rows of the results."""
    run_block(
        place.state, place.template, place.spots, uncertain, random_seed, first, last, horizon,
        place.top, place.bottom, place.industry, *results,
    )  # fmt: skip


@compiled
def reset(
    state: State, template: Array, spots: Array, uncertain: bool, random_seed: int, replication: int
) -> None:
    """Start a replication: template, drawn facts, empty books, then the opening of the books."""
    for place in range(len(template)):  # a slice would ask numba for memory of its own
        state.words[place] = template[place]
    key = stream(random_seed, replication)
    state.clock[0].stream = key
    if uncertain:
        for row in range(len(spots)):
            spot = spots[row]
            chance = uniform(key, FACT, spot.key, spot.key, 0)
            state.numbers[spot.place] = triangular(spot.low, spot.value, spot.high, chance)
    empty_books(state)
    open_books(state)


@compiled
def empty_books(state: State) -> None:
    """Nothing is in service, promised, made or remembered yet."""
    for table in (state.stock, state.since, state.late, state.reserved, state.lending):
        table[:, :] = 0.0
    state.arriving[:, :] = 0.0
    for planned in (state.booked, state.steps, state.series, state.industry_series):
        planned[:, :, :] = 0.0
    state.flows[:, :] = 0.0
    for buyer in range(state.adopted.shape[0]):
        for family in range(state.adopted.shape[1]):
            state.adopted[buyer, family] = state.first_orders[buyer, family]
    state.memory[:, :] = 1.0
    state.standing[:] = 1.0
    state.heard[:] = 0.0
    state.crews[:, :] = 0
    state.events[:, :] = NONE
    state.falls_due[:] = NONE


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
    template: Array,
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
        reset(state, template, spots, uncertain, random_seed, replication)
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


def result_arrays(world: World, replications: int, kept: int) -> Results:
    """Allocate the results of an ensemble: values, industry values, series, industry series, counts."""
    places, industries = len(world.buyers) + 1, len(world.industries)
    return (
        np.empty((replications, len(MEASURES), places)),
        np.empty((replications, len(INDUSTRY_MEASURES), industries)),
        np.empty((kept, len(SERIES), places, QUARTERS + 1), np.float32),
        np.empty((kept, len(INDUSTRY_SERIES), industries, QUARTERS + 1), np.float32),
        np.empty((replications, len(COUNTS))),
    )
