"""Runs that several tests look at: ensembles made once, and replications gone through month by month."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from sim import Result, Scenario, load_scenario, run
from sim.evidence.seeds import Seeds
from sim.experiment.ensemble import world_of
from sim.model.plan import plan_of
from sim.model.records import Array
from sim.model.replication import Workspace, begin, workspace
from sim.model.schedule import run_month
from sim.model.state import MONTHS, State
from sim.model.world import World
from sim.policy.scenario import list_scenarios, scenario_from_dict

NAMES = list_scenarios()
SERIES = ("series", "industry_series")
TABLES = ("values", "industry_values", *SERIES, "counts")
# Everything a replication moves, except the levers themselves, the cards that move them and scratch.
BOOKS = ("buyers", "pairs", "lines", "lanes", "families", "fleets", "contracts", "clock", "stock", "since",
         "memory", "standing", "heard", "late", "holds", "announced", "path", "reserved", "booked", "steps",
         "worked", "adopted", "dealings", "lending", "arriving", "crews", "events", "falls_due",
         "flows", *SERIES)  # fmt: skip
# The count of changes of levers and plans goes up with any lever, whatever comes of it.
COUNTERS = {"clock": "version", "lines": "checked"}


@lru_cache(maxsize=32)
def named(name: str) -> Scenario:
    """A scenario of the project, read once."""
    return load_scenario(name)


@lru_cache(maxsize=32)
def ensemble(name: str, replications: int) -> Result:
    """The result of a scenario of the project under random seed 1, run once."""
    return run(named(name), replications=replications)


def toy_scenario(seeds: Seeds, **parts: Any) -> Scenario:
    """A scenario of a toy world with these parts of a scenario file."""
    return scenario_from_dict({"title": "A toy", "question": "What if?", **parts}, seeds=seeds)


def opened(
    scenario: Scenario,
    replication: int = 0,
    uncertain: bool = True,
    world: World | None = None,
    orders: Array | None = None,
) -> Workspace:
    """A replication under random seed 1 with its books open, before the first month."""
    world = world or world_of(start=scenario.start, facts=scenario.facts)
    plan = plan_of(scenario, world)
    place = workspace(world, plan if orders is None else replace(plan, orders=orders))
    begin(place, uncertain, 1, replication)
    return place


def months(state: State, first: int = 0) -> Iterator[int]:
    """Run month after month from the first given; each month is yielded when it is over."""
    for month in range(first, MONTHS):
        run_month(state, month)
        yield month


def same(one: Any, other: Any) -> bool:
    """Whether two arrays hold the same bits (all undefined numbers count as one)."""
    one, other = np.asarray(one), np.asarray(other)
    if one.dtype.names is not None:
        return all(same(one[name], other[name]) for name in one.dtype.names)
    return bool(np.array_equal(one, other, equal_nan=one.dtype.kind == "f"))


def changed(one: State, other: State, tables: tuple[str, ...] = BOOKS) -> list[str]:
    """The tables of two replications that differ in any bit."""
    return [name for name in tables if not same(_book(one, name), _book(other, name))]


def _book(state: State, name: str) -> Any:
    """A table without its count of changes; of contracts only those in the books."""
    table = np.asarray(getattr(state, name))
    if name == "contracts":
        return table[: int(state.clock["contracts"][0])]
    kept = [field for field in table.dtype.names or () if field != COUNTERS.get(name)]
    return table[kept] if kept else table


def assert_same_result(one: Result, other: Result, first: int | None = None) -> None:
    """Hold every number of two results to the same bits (of the first replications, where given)."""
    for table in TABLES:
        left, right = getattr(one, table), getattr(other, table)
        assert left.keys() == right.keys()
        for name in left:
            assert same(left[name][:first], right[name][:first]), f"{table} {name} differs"
