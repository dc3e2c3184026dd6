"""Patterns 8, 11, 12 and 14: reliance that lasts, agreements, broken promises, lumps and routes."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd

from sim.estimation.checks import Found
from sim.estimation.market import Market
from sim.estimation.samples import Span, directed, paired, ratio, share_span, spread_span
from sim.estimation.views import View, delivered_between, orders, summed, yearly

DELIVERED_BY = 2031  # by the end of this year most of what was on order at the start has arrived
LAST_YEAR = 2035
HELD = ("2026-03", "2028-03")  # a hold of finished goods placed for the check
AFTER_HOLD = 2029  # first year whose orders count as later
HELD_SHARE = 0.1  # of finished goods let go while it lasts
LATER = 2028  # first year whose orders an agreement of 2026 may move
NOT_DIRECT = ("competition", "joint")


def held_months(one: View) -> tuple[int, int]:
    """The hold in months of the run."""
    first, last = ((12 * int(text[:4]) + int(text[5:]) - 1) - one.first_month for text in HELD)
    return first, last


def fleet_share(one: View, market: Market, states: Collection[str], authority: str, year: int) -> pd.Series:
    """The share of the fleet, by price, whose support an authority could withhold, by replication."""
    rows = one.families[(one.families["year"] == year) & one.families["state"].isin(list(states))]
    family = rows["family"].astype(str)
    price = family.map(lambda name: market.category_price[market.family_category[name]]).astype(float)
    worth = rows["stock"] * price
    leaning = family.map(lambda name: authority in market.family_authorities[name]).astype(bool)
    total = worth.groupby(rows["replication"]).sum().replace(0.0, np.nan)
    return worth[leaning].groupby(rows["replication"]).sum().reindex(total.index, fill_value=0.0) / total


def reliance_after_the_switch(
    base: View, without: View, market: Market, states: Collection[str], authority: str
) -> dict[str, Found]:
    """No new orders from an authority's makers: its share of the fleet falls, at the pace of service life."""
    falls = paired(*(fleet_share(run, market, states, authority, LAST_YEAR) for run in (base, without)))
    return {"falls": directed(falls, -1), "pace": pace_of_decay(without, market, states, authority)}


def pace_of_decay(one: View, market: Market, states: Collection[str], authority: str) -> Found:
    """Yearly loss of modern equipment that an authority supports, over one in its years of service.

    What arrived in those years is taken off the later stock; categories count by price.
    """
    modern = {
        name
        for name, leaning in market.family_authorities.items()
        if authority in leaning and name not in market.legacy
    }
    rows = one.families[one.families["family"].isin(list(modern)) & one.families["state"].isin(list(states))]
    category = rows["family"].astype(str).map(dict(market.family_category))
    stock = rows["stock"].groupby([category, rows["year"]]).sum()
    arrived = _arrivals(one, market, states, authority)
    years = LAST_YEAR - DELIVERED_BY
    lost = expected = 0.0
    for name, price in market.category_price.items():
        before, after = (float(stock.get((name, year), 0.0)) for year in (DELIVERED_BY, LAST_YEAR))
        lost += price * (before + arrived.get(name, 0.0) - after) / years
        expected += price * before / market.service_life[name]
    return Found(ratio(lost, expected), f"from the end of {DELIVERED_BY} to the end of {LAST_YEAR}")


def _arrivals(one: View, market: Market, states: Collection[str], authority: str) -> dict[str, float]:
    frame = one.contracts[one.contracts["buyer"].isin(list(states))]
    leaning = frame["family"].astype(str).map(lambda name: authority in market.family_authorities[name])
    frame = frame[leaning.astype(bool)]
    units = delivered_between(frame, one, DELIVERED_BY + 1, LAST_YEAR)
    by_category = units.groupby(frame["category"].astype(str)).sum()
    return {str(name): float(value) for name, value in by_category.items()}


def agreements(none: View, every: View, states: Collection[str]) -> Found:
    """Later orders from Korea with an agreement in every state against none, bn."""
    value = [summed(orders(run, LATER, 9999, states, industry="korea"), run) / 1000 for run in (none, every)]
    return directed(paired(*value), 1)


def conversion_spread(one: View, recorded: Sequence[float]) -> Found:
    """How far frameworks differ in the share of their units that becomes firm, against three on record."""
    rows = one.frameworks[one.frameworks["units"] > 0]
    rates = (rows["converted"] / rows["units"]).groupby(rows["framework"].astype(str)).mean()
    real = spread_span(recorded)
    words = ", ".join(f"{name} {value:.0%}" for name, value in rates.items())
    value = float(rates.std(ddof=1)) if len(rates) > 1 else math.nan
    return Found(value, words, low=real.low, high=real.high, target=f"{real.middle:.2f} in the record")


def later_share(one: View, industry: str, buyers: Collection[str]) -> pd.Series:
    """An industry's share of the orders of some buyers after the hold, by replication."""
    found = orders(one, AFTER_HOLD, 9999, buyers)
    total = summed(found, one).replace(0.0, np.nan)
    return summed(found[found["industry"] == industry], one) / total


def victims(one: View, industry: str, states: Collection[str]) -> list[str]:
    """The states with goods of an industry in the books at the start that were due while they were held."""
    first, last = held_months(one)
    frame = one.contracts
    due = (frame["promised"] < last) & (frame["last_promised"] >= first)
    kept = frame[(frame["existing"] == 1) & (frame["industry"] == industry) & due]
    return sorted(set(kept["buyer"].astype(str)) & set(states))


def broken_promise(base: View, korea_held: View, us_held: View, states: Collection[str]) -> dict[str, Found]:
    """After finished goods were held, the supplier's later share falls everywhere, most with the victims."""
    korea = paired(*(later_share(run, "korea", states) for run in (base, korea_held)))
    everywhere = paired(*(later_share(run, "united_states", states) for run in (base, us_held)))
    hit = victims(base, "united_states", states)
    spared = sorted(set(states) - set(hit))
    change = {
        name: later_share(us_held, "united_states", group) - later_share(base, "united_states", group)
        for name, group in (("hit", hit), ("spared", spared))
    }
    words = f"{len(hit)} states hit: {change['hit'].mean():+.3f}, the others {change['spared'].mean():+.3f}"
    return {
        "korea": directed(korea, -1),
        "united_states": directed(everywhere, -1),
        "victims": directed(paired(change["spared"], change["hit"]), -1, words),
    }


def lumps(one: View, states: Collection[str], record: pd.DataFrame) -> Found:
    """The spread of Korean orders from year to year over their mean, in as many years as the record has."""
    real = record[record["industry"] == "korea"].groupby("year")["value"].sum()
    target = _relative(spread_span(list(real)), float(real.mean()))
    first = one.first_month // 12
    found = orders(one, first, first + len(real) - 1, states, industry="korea")
    by_year = yearly(found, one, range(first, first + len(real))).unstack("year")
    mean = by_year.mean(axis=1)
    value = float((by_year.std(axis=1, ddof=1) / mean.replace(0.0, np.nan)).median())
    words = f"{target.middle:.2f} in {len(real)} recorded years"
    return Found(value, low=target.low, high=target.high, target=words)


def _relative(span: Span, mean: float) -> Span:
    return Span(span.middle / mean, span.low / mean, span.high / mean)


def collapse(one: View, states: Collection[str]) -> float:
    """The share of tenders that ended without a contract, for whatever reason."""
    kept = one.states[one.states["state"].isin(list(states))]
    ended = float(kept["collapsed"].sum()) + float(kept["waited"].sum())
    return ratio(ended, float(kept["tenders"].sum()))


def direct_awards(one: View, states: Collection[str]) -> float:
    """The share of contracts, by count, signed without a competition."""
    found = orders(one, 0, 9999, states)
    return ratio(float((~found["route"].isin(NOT_DIRECT)).sum()), float(len(found)))


def recorded_direct(flags: Sequence[Mapping[str, str]]) -> Span:
    """The share of recorded decisions since 2022 in which no rival offer is named."""
    kept = [row for row in flags if row["decision_date"] >= "2022-02"]
    return share_span(sum(row["n_alternatives"] == "1" for row in kept), len(kept))
