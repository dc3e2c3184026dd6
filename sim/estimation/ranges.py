"""Measures of the ranges of plausibility that are about orders, contracts and months."""

from __future__ import annotations

import math
from collections.abc import Collection

import pandas as pd

from sim.estimation.checks import Found
from sim.estimation.market import Market
from sim.estimation.pattern_delivery import GROUPS, SIGNED_BEFORE
from sim.estimation.pattern_ties import collapse, direct_awards
from sim.estimation.samples import ratio
from sim.estimation.shares import import_share
from sim.estimation.views import BILLION, View, counted, orders, quantiles, share, summed, yearly

SOON = (2026, 2030)
LARGE = 50.0  # musd
MIDDLE = ("NLD", "NOR", "CZE", "ROU", "SWE", "FIN", "BEL", "DNK")
SUBMARINE = "submarine"
FLEET_BUYER = "CAN"


def orders_a_year(one: View, states: Collection[str], first: int, last: int) -> Found:
    """The value of orders a year, mean, bn; the 10-50-90 of replications in the note."""
    values = summed(orders(one, first, last, states), one) / BILLION / (last - first + 1)
    return Found(float(values.mean()), spread(values))


def spread(values: pd.Series) -> str:
    """The 10, 50 and 90 % points, as words."""
    low, middle, high = quantiles(values, 0.1, 0.5, 0.9)
    return f"10-50-90: {low:.3g}, {middle:.3g}, {high:.3g}"


def contracts_a_year(one: View, states: Collection[str], least: float = 0.0) -> Found:
    """Contracts a year of a state in 2026 to 2030, mean over states and replications; `least` in musd."""
    found = orders(one, *SOON, states)
    number = counted(found[found["value"] > least], one) / (SOON[1] - SOON[0] + 1)
    return Found(float(number.mean()) / len(states), "")


def order_ranges(one: View, past: View, market: Market) -> dict[str, Found]:
    """Orders and Korean orders."""
    members = market.members
    large = contracts_a_year(one, members, LARGE)
    found = {
        "orders_2022_25": orders_a_year(past, members, 2022, 2025),
        "orders_2026_30": orders_a_year(one, members, *SOON),
        "orders_count": Found(large.value * len(members)),
    }
    for year in range(2022, 2026):
        values = summed(orders(past, year, year, members, industry="korea"), past) / BILLION
        found[f"korea_{year}"] = Found(float(values.median()), spread(values))
    return found | _korean_years(one, members) | _korean_shares(one, past, market)


def _korean_years(one: View, members: Collection[str]) -> dict[str, Found]:
    found = orders(one, *SOON, members, industry="korea")
    boats = found[found["category"] == SUBMARINE]
    rest = found[found["category"] != SUBMARINE]
    by_year = yearly(rest, one, range(SOON[0], SOON[1] + 1)) / BILLION
    low, high = quantiles(by_year, 0.1, 0.9)
    won = orders(one, 0, 9999, members, industry="korea")
    # Only Canada chooses among makers for a whole fleet; other states buy a boat or two.
    won = won[(won["category"] == SUBMARINE) & (won["buyer"] == FLEET_BUYER)]
    cases = won["replication"].nunique() / len(one.replications)
    words = f"in {cases:.0%} of replications; {len(boats)} contracts by 2030"
    return {
        "korea_mean": Found(float(by_year.mean())),
        "korea_p10": Found(low),
        "korea_p90": Found(high),
        "korea_submarine": Found(float(won["value"].median()) / BILLION if len(won) else math.nan, words),
    }


def _korean_shares(one: View, past: View, market: Market) -> dict[str, Found]:
    early = orders(past, 2022, 2025, market.members, industry="korea")
    later = orders(one, 0, 9999, market.members, industry="korea")
    all_soon = orders(one, *SOON, market.european)
    makers = orders(one, 0, 9999, market.producers)
    bids = orders(one, 0, 9999, market.members)
    bids = bids[(bids["korea_bid"] == 1) & (bids["buyer"] != "POL")]
    return {
        "korea_poland_early": Found(_pooled(early, "buyer", "POL")),
        "korea_poland_later": Found(_pooled(later, "buyer", "POL")),
        "korea_contracts": Found(_pooled(all_soon, "industry", "korea")),
        "korea_imports": Found(float(import_share(one, market.european, *SOON, "korea").mean())),
        "korea_producers": Found(_pooled(makers, "industry", "korea"), ", ".join(sorted(market.producers))),
        "korea_wins": Found(
            ratio(float((bids["industry"] == "korea").sum()), float(len(bids))), "by count, contracts only"
        ),
    }


def _pooled(rows: pd.DataFrame, column: str, name: str) -> float:
    """The share of value of all replications together that falls to one name in a column."""
    value = rows["value"]
    return ratio(float(value[rows[column] == name].sum()), float(value.sum()))


def contract_ranges(one: View, past: View, market: Market) -> dict[str, Found]:
    """Contracts a year, routes, collapse and months."""
    members = market.members
    found = orders(one, 0, 9999, members)
    poland = orders(past, 2022, 2023, ["POL"])
    by_value = share(poland, poland["route"] == "urgent", past)
    ranges = {
        "contracts_small": contracts_a_year(one, market.small),
        "contracts_middle": contracts_a_year(one, MIDDLE),
        "contracts_poland": contracts_a_year(one, ["POL"]),
        "contracts_germany": contracts_a_year(one, ["DEU"]),
        "contracts_direct": Found(direct_awards(one, members)),
        "contracts_urgent": Found(ratio(float((found["route"] == "urgent").sum()), float(len(found)))),
        "contracts_poland_urgent": Found(float(by_value.mean())),
        "contracts_collapsed": Found(collapse(one, members)),
    }
    early = found[found["signed"] < SIGNED_BEFORE]
    medians = early.groupby("group")["wait"].median()
    sizes = early["group"].value_counts()
    for group in (*GROUPS, SUBMARINE):
        ranges[f"months_{group}"] = Found(
            float(medians.get(group, math.nan)), f"{sizes.get(group, 0)} contracts of all replications"
        )
    return ranges
