"""The books of an ensemble as tables: every contract, state, fleet and line of every replication.

`run` keeps measures only; this keeps what they are made of, for patterns, history and explanations.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.evidence.seeds import Seeds
from sim.experiment.ensemble import Uncertainty, check_arguments, world_of
from sim.model.plan import plan_of
from sim.model.records import Array
from sim.model.replication import Workspace, begin, workspace
from sim.model.schedule import run_month
from sim.model.state import CAUSES, MONTHS, NONE, ROUTES
from sim.model.world import World
from sim.policy.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

HOT_MONTHS = 3  # a queue longer than this makes a line a queued one


@dataclass(frozen=True)
class Books:
    """Tables of all replications; months count from the start, money is in million 2025 US dollars.

    contracts: a row per contract; states: a row per state; fleets: per state, category and year; lines: per
    line and year; frameworks: per framework in force at the start. All have a column `replication`.
    """

    scenario: Scenario
    start: str
    replications: int
    contracts: pd.DataFrame
    states: pd.DataFrame
    fleets: pd.DataFrame
    lines: pd.DataFrame
    frameworks: pd.DataFrame


def books(
    scenario: Scenario,
    *,
    replications: int = 50,
    random_seed: int = 1,
    uncertainty: Uncertainty = "evidence",
    seeds: Seeds | None = None,
) -> Books:
    """Run replications 0 to replications - 1 and return everything that was written down.

    The replications are those of `run` with the same random seed. Raises ScenarioError like `run`.
    """
    import pandas as pd

    check_arguments(replications, random_seed, uncertainty)
    world = world_of(seeds, scenario.start)
    plan = plan_of(scenario, world)
    place = workspace(world, plan)
    found: dict[str, list[pd.DataFrame]] = {}
    for replication in range(replications):
        begin(place, uncertainty == "evidence", random_seed, replication)
        for name, table in _replication(world, place).items():
            table.insert(0, "replication", replication)
            found.setdefault(name, []).append(table)
    tables = {name: pd.concat(parts, ignore_index=True) for name, parts in found.items()}
    return Books(scenario=scenario, start=world.start, replications=replications, **tables)


def _replication(world: World, place: Workspace) -> dict[str, pd.DataFrame]:
    """Run one replication, looking at fleets, lines and money at the end of each year."""
    import pandas as pd

    state = place.state
    options = _frameworks(world, place)
    fleets, lines, inflow, received = [], [], [], state.buyers["received"].copy()
    for month in range(MONTHS):
        run_month(state, month)
        if (month + 1) % 12 == 0:
            year = _year(world, month)
            fleets.append(_fleets(world, place, year))
            lines.append(_lines(world, place, year))
            inflow.append((year, state.buyers["received"] - received))
            received = state.buyers["received"].copy()
    states = _states(world, place)
    for year, money in inflow:
        states[f"inflow_{year}"] = money
    options["converted"] = [float(state.pairs["framework_called"][at]) for _, at in world.frameworks]
    return {
        "contracts": contracts_table(world, place),
        "states": states,
        "fleets": pd.concat(fleets, ignore_index=True),
        "lines": pd.concat(lines, ignore_index=True),
        "frameworks": options,
    }


def _year(world: World, month: int) -> int:
    """The calendar year of a month of the run."""
    year, first = (int(part) for part in world.start.split("-"))
    return year + (first - 1 + month) // 12


def contracts_table(world: World, place: Workspace) -> pd.DataFrame:
    """The contracts of the replication in a workspace, a row each."""
    import pandas as pd

    state = place.state
    rows = np.asarray(state.contracts[: int(state.clock["contracts"][0])])
    line = rows["line"]
    lines = np.asarray(state.lines)
    table = pd.DataFrame({
        "buyer": _names(world.buyers, rows["buyer"]),
        "line": _names(world.lines, line),
        "category": _names(world.categories, lines["category"][line]),
        "industry": _names(world.industries, lines["industry"][line]),
        "family": _names(world.families, lines["family"][line]),
        "authority": _names(world.authorities, lines["authority"][line]),
        "route": _names(ROUTES, rows["route"]),
        "existing": rows["existing"],
        "domestic": (rows["lane"] == 0).astype(int),
        "kind": kinds(rows, lines),
    })  # fmt: skip
    numbers = (
        "opened", "signed", "quantity", "delivered", "unit_price", "quoted_price", "base_price",
        "local_share", "content", "credit", "new_family", "urgency", "lent",
    )  # fmt: skip
    for name in numbers:
        table[name] = rows[name]
    table["value"] = rows["quantity"] * rows["unit_price"]
    table["promised"], table["last_promised"] = rows["first_due"], rows["last_due"]
    for name, field in (("first", "first_month"), ("last", "last_month"), ("usable", "usable_month")):
        table[name] = np.where(rows[field] == NONE, np.nan, rows[field])
    table.loc[table["delivered"] < table["quantity"], "last"] = np.nan
    for cause in CAUSES:
        table[f"months_{cause}"] = rows[f"months_{cause}"]
    table["in_total"] = np.asarray(state.buyers)["in_total"][rows["buyer"]]
    table["urgency"] = np.where(rows["existing"] == 1, np.nan, rows["urgency"])
    return table


def kinds(rows: Array, lines: Array) -> Array:
    """Whether each contract came from stock, a line with a free slot, a full line, or one still to open."""
    surplus = lines["surplus"][rows["line"]] == 1
    new = rows["months_ramp"] > 0.0
    queued = rows["months_queue"] > HOT_MONTHS
    return np.select([surplus, new, queued], ["stock", "new", "queued"], "hot")


def _states(world: World, place: Workspace) -> pd.DataFrame:
    import pandas as pd

    buyers = np.asarray(place.state.buyers)
    names = ("tenders", "contracts", "collapsed", "waited", "loans", "orders_value", "received", "lapsed",
             "paid", "committed", "debt", "cash", "in_total")  # fmt: skip
    return pd.DataFrame({"state": list(world.buyers), **{name: buyers[name].copy() for name in names}})


def _fleets(world: World, place: Workspace, year: int) -> pd.DataFrame:
    """Stock, usable units and requirement of every need at the end of a year."""
    import pandas as pd

    state = place.state
    pairs = np.asarray(state.pairs)
    mine = np.flatnonzero(pairs["needed"] == 1)
    chosen = pairs[mine]
    table = pd.DataFrame({
        "state": _names(world.buyers, chosen["buyer"]),
        "category": _names(world.categories, chosen["category"]),
        "year": year,
    })  # fmt: skip
    for name in ("stock", "usable", "lent", "requirement", "on_order", "base_price", "urgency"):
        table[name] = chosen[name]
    table["availability"] = np.where(chosen["stock"] >= 1.0, chosen["ready"], np.nan)
    return table


def _lines(world: World, place: Workspace, year: int) -> pd.DataFrame:
    """Capacity, output and price of every line at the end of a year."""
    import pandas as pd

    state = place.state
    lines = np.asarray(state.lines)
    slot = min(int(state.clock["month"][0]) // 6, state.path.shape[1] - 1)
    package = lines["price_now"] + lines["price_support"] + lines["price_munitions"]
    capacity = state.path[:, slot].copy()
    book = (lines["backlog"] + lines["outside_backlog"]) / np.maximum(1e-6, capacity * lines["output_share"])
    return pd.DataFrame({
        "line": list(world.lines),
        "category": _names(world.categories, lines["category"]),
        "industry": _names(world.industries, lines["industry"]),
        "year": year,
        "capacity": capacity,
        "backlog": lines["backlog"].copy(),
        "delivered": lines["delivered"].copy(),
        "cover": book,
        "price_now": package * float(state.clock["prices"][0]),
    })  # fmt: skip


def _frameworks(world: World, place: Workspace) -> Any:
    """Units that each framework in force at the start still allows."""
    import pandas as pd

    units = [float(place.state.pairs["framework_units"][at]) for _, at in world.frameworks]
    return pd.DataFrame({"framework": [name for name, _ in world.frameworks], "units": units})


def _names(names: tuple[str, ...], rows: Array) -> Array:
    return np.asarray(names, dtype=object)[rows]


__all__ = ["Books", "books", "contracts_table"]
