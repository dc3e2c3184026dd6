"""The books of an ensemble as tables: every contract, state, fleet and line of every replication.

`run` keeps measures only; this keeps what they are made of, for patterns, history and explanations.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.evidence.seeds import Seeds
from sim.experiment.books_tables import TABLES, months_to_january
from sim.experiment.ensemble import Cancelled, Uncertainty, check_arguments, world_of
from sim.model.compiled import compiled
from sim.model.plan import plan_of
from sim.model.records import Array
from sim.model.replication import Workspace, begin, workspace
from sim.model.schedule import run_month
from sim.model.state import HALF, MONTHS, YEAR, State
from sim.model.world import World
from sim.policy.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

Pages = dict[str, Array]


@dataclass(frozen=True)
class Books:
    """Tables of all replications; months count from the start, money is in million 2025 US dollars.

    contracts: a row per contract; deliveries: per contract and calendar year in which units were handed over;
    states: a row per state; fleets: per state, category and year; families:
    per state, family in service and year; lines: per line and year; frameworks: per framework in force at
    the start. All have a column `replication`; ids are categorical. A contract's `base_price` is without
    inflation; `signed` is negative for contracts in the books at the start, and `contract` is their id in the
    seeds. The columns are described in sim/experiment/books_tables.py.
    """

    scenario: Scenario
    start: str
    replications: int
    contracts: pd.DataFrame
    deliveries: pd.DataFrame
    states: pd.DataFrame
    fleets: pd.DataFrame
    families: pd.DataFrame
    lines: pd.DataFrame
    frameworks: pd.DataFrame


def books(
    scenario: Scenario,
    *,
    replications: int = 50,
    random_seed: int = 1,
    uncertainty: Uncertainty = "evidence",
    seeds: Seeds | None = None,
    threads: int = 2,
    cancel: Callable[[], bool] | None = None,
) -> Books:
    """Run replications 0 to replications - 1 and return everything that was written down.

    The replications are those of `run` with the same random seed. cancel() returning True stops and raises
    Cancelled. Raises ScenarioError like `run`.
    """
    check_arguments(replications, random_seed, uncertainty)
    world = world_of(seeds, scenario.start, scenario.facts)
    plan = plan_of(scenario, world)
    parts = [range(first, replications, threads) for first in range(min(threads, replications))]

    def work(numbers: range) -> list[tuple[int, list[Pages]]]:
        place = workspace(world, plan)
        found = []
        for one in numbers:
            if cancel is not None and cancel():
                raise Cancelled("stopped before all replications had run")
            found.append((one, _pages(place, world.start, uncertainty == "evidence", random_seed, one)))
        return found

    with ThreadPoolExecutor(len(parts)) as pool:
        found = sorted((one for part in pool.map(work, parts) for one in part), key=lambda one: one[0])
    pages = [one for _, one in found]
    tables = {name: make(world, pages) for name, make in TABLES.items()}
    return Books(scenario=scenario, start=world.start, replications=replications, **tables)


@compiled
def run_months(state: State, first: int, last: int) -> None:
    """Run the months from `first` to before `last`."""
    for month in range(first, last):
        run_month(state, month)


def _pages(place: Workspace, start: str, uncertain: bool, random_seed: int, replication: int) -> list[Pages]:
    """One replication as copies of its records: at the start, and at the end of each year.

    `handed` is what contracts had got by the January in each year of the run.
    """
    begin(place, uncertain, random_seed, replication)
    pages = [_page(place.state, ("pairs", "buyers", "contracts"))]
    turn = months_to_january(start)
    for first in range(0, MONTHS, YEAR):
        run_months(place.state, first, first + turn)
        handed = place.state.contracts["delivered"][: int(place.state.clock["contracts"][0])].copy()
        run_months(place.state, first + turn, first + YEAR)
        last = first + YEAR == MONTHS
        page = _page(place.state, ("pairs", "buyers", "lines", *(("contracts",) if last else ())))
        pages.append({**page, "handed": handed})
    return pages


def _page(state: State, names: tuple[str, ...]) -> Pages:
    """Copies of some records as they stand now."""
    count = int(state.clock["contracts"][0])
    page: dict[str, Any] = {name: np.array(getattr(state, name)) for name in names if name != "contracts"}
    if "contracts" in names:
        page["contracts"] = np.array(state.contracts[:count])
    month = int(state.clock["month"][0])
    page["stock"], page["since"] = state.stock.copy(), state.since.copy()
    page["capacity"] = state.path[:, month // HALF].copy()
    page["month"], page["prices"] = np.array(month), np.array(float(state.clock["prices"][0]))
    page["new"] = np.array([float(state.rules[f"usable_new_{name}"][0]) for name in ("months", "ready")])
    return page


def contracts_now(world: World, place: Workspace) -> pd.DataFrame:
    """The contracts of the replication in a workspace, a row each, with the columns of `Books.contracts`."""
    page = _page(place.state, ("contracts", "lines", "buyers", "pairs"))
    table: pd.DataFrame = TABLES["contracts"](world, [[page]])
    return table


__all__ = ["Books", "books", "contracts_now"]
