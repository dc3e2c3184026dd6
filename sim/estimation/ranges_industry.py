"""Measures of the ranges of plausibility about money, German tanks, availability, capacity and the start."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from sim.estimation.checks import Found
from sim.estimation.contrasts import Run
from sim.estimation.known import LEOPARD, yearly_output
from sim.estimation.market import Market
from sim.estimation.pattern_market import binding_states
from sim.estimation.samples import ratio
from sim.estimation.views import BILLION, View, quantiles
from sim.evidence.seeds import Seeds

BUDGETS = ("DEU", "POL", "GBR", "FRA", "NLD", "NOR", "ROU", "CZE", "LTU", "EST")
BUDGETS_2030 = ("DEU", "POL", "ROU")
TANKS = "main_battle_tank"
AVAILABLE = (TANKS, "self_propelled_howitzer", "infantry_fighting_vehicle", "combat_aircraft", "submarine",
             "air_defence")  # fmt: skip
LAND = (TANKS, "self_propelled_howitzer", "infantry_fighting_vehicle", "rocket_artillery")
SHELLS = "artillery_ammunition_155mm"
EXPANDS = 0.01  # growth of capacity in a year from which a line counts as expanding
FULL_COVER = 1.0  # years of orders from which a line counts as busy
HUB_YEAR = 2032
HUB_SHARE = 0.3  # share of Korean types in a fleet from which the effect of hubs is read
SAME_SHARE = 0.02  # fleets whose Korean share differs by no more count as the same
FIRST_YEARS = 2


def budget_ranges(one: View, market: Market) -> dict[str, Found]:
    """Equipment money of 2025 from the seeds, of 2030 from the run, and Poland's commitments."""
    found = {
        f"budget_{state.lower()}_2025": Found(market.equipment_2025[state] / BILLION, "from the seeds")
        for state in BUDGETS
    }
    for state in BUDGETS_2030:
        rows = one.states[one.states["state"] == state]
        money = rows["inflow_2030"] / market.modelled_share[state] / BILLION
        words = "modelled money over the modelled share of the seeds"
        found[f"budget_{state.lower()}_2030"] = Found(float(money.median()), words)
    poland = one.states[one.states["state"] == "POL"]
    outside = [state for state in market.equipment_2025 if state != "USA"]
    return found | {
        "budget_pol_committed": Found(float(poland["committed_2028"].median())),
        "budget_all_2025": Found(sum(market.equipment_2025[one] for one in outside) / BILLION),
        "budget_all_pledge": Found(sum(market.equipment_at_pledge[one] for one in outside) / BILLION),
    }


def german_tanks(one: View) -> dict[str, Found]:
    """Tanks a year from the plant and the fleet of 2035."""
    rows = one.fleets
    rows = rows[(rows["state"] == "DEU") & (rows["category"] == TANKS) & (rows["year"] == 2035)]
    middle, high = quantiles(rows["stock"], 0.5, 0.9)
    return {
        "germany_tanks_a_year": Found(yearly_output(one, LEOPARD, 2028, 2033, ("DEU",))),
        "germany_tanks_2035": Found(middle),
        "germany_thousand": Found(high),
    }


def availability_ranges(one: View, run: Run, seeds: Seeds, market: Market) -> dict[str, Found]:
    """Availability by category, and what hubs, an extra family and a new family do to it."""
    rows = one.fleets[one.fleets["state"].isin(list(market.members))].dropna(subset=["availability"])
    category = rows["category"].astype(str)
    weighted = (rows["availability"] * rows["stock"]).groupby(category).sum()
    means = weighted / rows["stock"].groupby(category).sum().replace(0.0, np.nan)
    found = {f"available_{name}": Found(float(means.get(name, math.nan))) for name in AVAILABLE}
    return found | {
        "available_hubs": hub_gain(run("no_hubs"), run("hubs"), market),
        "available_family": Found(100 * seeds.value("usable", "family_cut"), "usable.family_cut in seeds"),
        "available_new": Found(new_family_share(one, market)),
    }


def hub_gain(without: View, full: View, market: Market) -> Found:
    """Points of availability that hubs add to a fleet, over the Korean share of that fleet."""
    keys = ["replication", "state", "category"]
    shares, other = (_korean_part(run, keys, market) for run in (without, full))
    one, two = (_available(run, keys) for run in (without, full))
    # Only fleets that hubs did not change: elsewhere new families come in and work below the usual rate.
    same = shares.where((shares - other).abs() < SAME_SHARE)
    same = same[same.index.get_level_values("category") != SHELLS]  # rounds need no hub
    gain = ((two - one) / same.where(same >= HUB_SHARE)).dropna()
    words = f"{len(gain)} fleets at the end of {HUB_YEAR}"
    return Found(100 * float(gain.mean()) if len(gain) else math.nan, words)


def _korean_part(one: View, keys: list[str], market: Market) -> pd.Series:
    """The Korean share of each fleet, by units."""
    rows = one.families[one.families["year"] == HUB_YEAR]
    category = rows["family"].astype(str).map(dict(market.family_category))
    frame = rows.assign(category=category, state=rows["state"].astype(str))
    korean = frame["stock"].where(frame["family"].isin(list(market.korean_families)), 0.0)
    return korean.groupby([frame[key] for key in keys]).sum() / frame.groupby(keys)["stock"].sum()


def _available(one: View, keys: list[str]) -> pd.Series:
    rows = one.fleets[one.fleets["year"] == HUB_YEAR]
    rows = rows.assign(state=rows["state"].astype(str), category=rows["category"].astype(str))
    return rows.set_index(keys)["availability"]


def new_family_share(one: View, market: Market) -> float:
    """Usable over stock of families that a state did not have, at the end of their first two years."""
    keys = ["replication", "state", "family"]
    rows = one.families[one.families["state"].isin(list(market.members))]
    rows = rows.assign(state=rows["state"].astype(str), family=rows["family"].astype(str))
    start = rows["year"].min()
    held = rows[rows["stock"] > 0]
    first = held.groupby(keys)["year"].transform("min")
    young = held[(first > start) & (held["year"] < first + FIRST_YEARS)]
    return ratio(float(young["usable"].sum()), float(young["stock"].sum()))


def capacity_ranges(one: View, past: View, market: Market) -> dict[str, Found]:
    """Growth of lines that expand, and output over capacity of lines that are busy."""
    busy = one.lines[one.lines["cover"] >= FULL_COVER]
    made = busy["made"] / busy["capacity"].replace(0.0, np.nan)
    return {
        "capacity_land": growth(one, market, LAND, 2026, 2030),
        "capacity_missiles": growth(one, market, ("air_defence",), 2026, 2030),
        "capacity_shells_first": growth(past, market, (SHELLS,), 2022, 2025),
        "capacity_shells_later": growth(one, market, (SHELLS,), 2026, 2030),
        "capacity_ships": growth(one, market, ("submarine",), 2026, 2030),
        "capacity_output": Found(float(made.median()), "median of line-years"),
    }


def growth(one: View, market: Market, categories: tuple[str, ...], first: int, last: int) -> Found:
    """Median growth in a year of lines of some categories in years in which they expand."""
    rows = one.lines[one.lines["line"].astype(str).map(dict(market.line_category)).isin(categories)]
    rows = rows.assign(line=rows["line"].astype(str)).sort_values(["replication", "line", "year"])
    change = rows.groupby(["replication", "line"])["capacity"].pct_change().astype(float)
    change = change[rows["year"].between(first, last) & np.isfinite(change) & (change > EXPANDS)]
    return Found(float(change.median()) if len(change) else math.nan, f"{len(change)} line-years")


def start_ranges(one: View, seeds: Seeds, market: Market) -> dict[str, Found]:
    """What was firm and unpaid at the start, and where money binds."""
    unpaid = sum(
        seeds.value(row.id, "quantity") * seeds.value(row.id, "unit_price")
        * (1.0 - seeds.value(row.id, "paid_share"))
        for row in seeds.contracts()
    )  # fmt: skip
    bound = binding_states(one, market.members)
    return {
        "start_unpaid": Found(unpaid / BILLION, "from the seeds, the United States included"),
        "start_money_binds": Found(float(len(bound)), ", ".join(bound)),
    }
