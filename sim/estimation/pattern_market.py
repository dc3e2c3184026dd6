"""Patterns 6, 7, 9 and 13: money, a busy United States, price-only buyers, joint purchase."""

from __future__ import annotations

import math
from collections.abc import Collection

import pandas as pd

from sim.estimation.checks import Found
from sim.estimation.market import Market
from sim.estimation.samples import Span, directed, log_ratio, paired, ratio
from sim.estimation.views import View, concentration, orders, summed

BINDS = 0.8  # a state whose orders come to this share of its money spends it
LAPSES = 0.1  # and of whose money no more than this share lapses has none over
READY_YEAR = 2035  # late enough for new suppliers to have delivered
EVER = (0, 9999)  # calendar years of the whole run


def inflow(one: View, states: Collection[str]) -> pd.Series:
    """Equipment money of some states over the run, by replication, musd."""
    columns = [name for name in one.states.columns if name.startswith("inflow_")]
    kept = one.states[one.states["state"].isin(list(states))]
    return kept.groupby("replication")[columns].sum().sum(axis=1).astype(float)


def binding_states(one: View, states: Collection[str]) -> list[str]:
    """The states that spend their money and let little of it lapse, so that money limits them."""
    found = orders(one, *EVER, states)
    found = found.assign(buyer=found["buyer"].astype(str))
    value = found.groupby("buyer")["value"].sum() / len(one.replications)
    books = (
        one.states.assign(state=one.states["state"].astype(str))
        .groupby("state")[["lapsed", "received"]]
        .sum()
    )
    lost = books["lapsed"] / books["received"]
    return [
        name
        for name in sorted(states)
        if ratio(float(value.get(name, 0.0)), _money(one, name)) >= BINDS and float(lost[name]) <= LAPSES
    ]


def _money(one: View, state: str) -> float:
    return float(inflow(one, [state]).mean())


def price_elasticity(base: View, dearer: View, states: Collection[str]) -> Found:
    """Per cent change of volume at base prices per per cent change of price, where money binds."""
    bound = binding_states(base, states)
    if not bound:
        return Found(math.nan, "money binds in no state")
    one, two = (_volume_and_price(run, bound) for run in (base, dearer))
    rise = log_ratio(two[1], one[1])
    value = ratio(log_ratio(two[0], one[0]), rise)
    return Found(value, f"prices {rise:+.1%}; money binds in {', '.join(bound)}")


def _volume_and_price(one: View, states: Collection[str]) -> tuple[float, float]:
    found = orders(one, *EVER, states)
    volume = float((found["quantity"] * found["base_price"]).sum())
    return volume, ratio(float(found["value"].sum()), volume)


def budget_elasticity(base: View, richer: View, states: Collection[str]) -> Found:
    """Per cent change of the value of orders per per cent change of equipment money."""
    money = log_ratio(float(inflow(richer, states).sum()), float(inflow(base, states).sum()))
    value = [float(orders(run, *EVER, states)["value"].sum()) for run in (base, richer)]
    change = ratio(log_ratio(value[1], value[0]), money)
    return Found(change, f"money {money:+.1%}", holds=0.0 < change < 1.0)


def busy_united_states(base: View, busy: View, states: Collection[str]) -> dict[str, Found]:
    """A US home build-up: months in the queue and price of US goods, orders elsewhere and in Korea."""
    queue, price = (
        paired(*(_us_mean(run, states, column) for run in (base, busy))) for column in ("queue", "price")
    )
    elsewhere = paired(*(_value(run, states, other_than="united_states") for run in (base, busy)))
    korea = paired(*(_value(run, states, industry="korea") for run in (base, busy)))
    return {
        "queue": directed(queue, 1),
        "price": directed(price, 1),
        "elsewhere": directed(_scaled(elsewhere, 0.001), 1),
        "korea": directed(_scaled(korea, 0.001), 1),
    }


def _us_mean(one: View, states: Collection[str], column: str) -> pd.Series:
    """The mean of what US contracts waited in the queue, or of their price over the base price."""
    found = orders(one, *EVER, states, industry="united_states")
    values = found["months_queue"] if column == "queue" else found["unit_price"] / found["base_price"]
    return values.groupby(found["replication"]).mean()


def _value(
    one: View, states: Collection[str], industry: str | None = None, other_than: str = ""
) -> pd.Series:
    found = orders(one, *EVER, states, industry=industry)
    return summed(found[found["industry"] != other_than], one)


def _scaled(span: Span, factor: float) -> Span:
    return Span(span.middle * factor, span.low * factor, span.high * factor)


def withheld(one: View, states: Collection[str], market: Market, year: int) -> pd.DataFrame:
    """What each foreign authority could withhold of what is usable, by replication (rows) and authority.

    Shares of value at the categories' prices, of the equipment of some states at the end of a year.
    """
    rows = one.families[(one.families["year"] == year) & one.families["state"].isin(list(states))]
    family = rows["family"].astype(str)
    price = {name: market.category_price[kind] for name, kind in market.family_category.items()}
    value = rows["usable"].astype(float) * family.map(price).astype(float)
    total = value.groupby(rows["replication"]).sum()
    holders = {name: set(held) for name, held in market.family_authorities.items()}
    parts = {}
    for authority in sorted(set().union(*holders.values())):
        held = family.map(lambda name, who=authority: who in holders.get(name, ())).astype(bool)
        hit = value[held & (rows["state"].astype(str) != authority)]
        parts[authority] = hit.groupby(rows["replication"]).sum().reindex(total.index).fillna(0.0) / total
    return pd.DataFrame(parts)


def price_only_buyers(base: View, cheap: View, states: Collection[str], market: Market) -> dict[str, Found]:
    """Buyers who look at the price alone: concentration, and what is lost when one authority withholds.

    The outcome is what stays usable while a foreign authority, any with equal chance, withholds support.
    """
    # Where there is a maker at home price hardly decides: only purchases abroad are contested.
    abroad = [orders(run, *EVER, states) for run in (base, cheap)]
    abroad = [frame[frame["domestic"] == 0] for frame in abroad]
    narrow = paired(*(concentration(*one) for one in zip(abroad, (base, cheap), strict=True)))
    lost = [withheld(run, states, market, READY_YEAR) for run in (base, cheap)]
    spread = paired(*(one.var(axis=1, ddof=0) for one in lost))
    worst = paired(*(1.0 - one.max(axis=1) for one in lost))
    return {
        "concentration": directed(narrow, 1),
        "spread": directed(spread, 1),
        "worst": directed(worst, -1),
    }


def joint_purchase(alone: View, together: View, states: Collection[str]) -> dict[str, Found]:
    """Buying jointly: the price over the base price falls, the months from opening to contract rise."""
    price, months = [], []
    for run in (alone, together):
        found = orders(run, *EVER, states)
        over = found["unit_price"] / found["base_price"]
        price.append(over.groupby(found["replication"]).mean())
        months.append((found["signed"] - found["opened"]).groupby(found["replication"]).mean())
    return {"price": directed(paired(*price), -1), "months": directed(paired(*months), 1)}
