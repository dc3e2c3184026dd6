"""Shares of makers in the same world under different definitions: each counts other things in other states.

Contracts (as IISS counts): value signed, orders at home included. Imports (as SIPRI counts): what arrives
from abroad, by price instead of its index. Fleet: what is in service at the end of a year, by price.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from sim.estimation.market import Market, market
from sim.estimation.views import View, delivered_between, orders, share
from sim.evidence.seeds import Seeds

CONTRACTS, IMPORTS, FLEET, UNION = "contracts", "imports", "fleet", "union"
DEFINITIONS: Final = (CONTRACTS, IMPORTS, FLEET, UNION)
UNION_MAKERS: Final = "european_union"  # makers of the EU, apart from the other European makers
NO_MAKER: Final = "no_maker"  # types that no single maker supports, such as Soviet ones
ROUNDS: Final = "artillery_ammunition_155mm"  # one stock of many makers: they have no maker once delivered


@dataclass(frozen=True)
class Scope:
    """Whose purchases count and who made what: `union` are the EU states.

    family_maker: the industry of each family, or `no_maker`; line_maker: `european_union` for each line whose
    supplier has its seat in the EU, else its industry.
    """

    market: Market
    union: frozenset[str]
    family_maker: Mapping[str, str]
    line_maker: Mapping[str, str]


def scope(seeds: Seeds) -> Scope:
    """The lookups of some seeds. A family's maker is of the first authority named for its support."""
    authorities = {one.id: one for one in seeds.authorities()}
    suppliers = {one.id: one for one in seeds.suppliers()}
    inside = {
        one.id: one.industry == "europe" and authorities[suppliers[one.supplier].country].eu
        for one in seeds.lines()
    }
    return Scope(
        market=market(seeds),
        union=frozenset(state.id for state in seeds.states() if state.eu),
        family_maker={
            one.id: authorities[one.authorities_support[0]].industry if one.authorities_support else NO_MAKER
            for one in seeds.families()
        },
        line_maker={one.id: UNION_MAKERS if inside[one.id] else one.industry for one in seeds.lines()},
    )


def order_share(one: View, states: Collection[str], first: int, last: int, industry: str) -> pd.Series:
    """An industry's share of the value of contracts signed in some years, orders at home included."""
    found = orders(one, first, last, states)
    return share(found, found["industry"] == industry, one)


def import_share(one: View, states: Collection[str], first: int, last: int, industry: str) -> pd.Series:
    """An industry's share of what arrived from abroad in some years, at base prices, by replication."""
    frame = one.contracts[one.contracts["buyer"].isin(list(states)) & (one.contracts["domestic"] == 0)].copy()
    frame["arrived"] = delivered_between(frame, one, first, last) * frame["base_price"]
    return share(frame, frame["industry"] == industry, one, "arrived")


def fleet_shares(one: View, known: Scope, states: Collection[str], year: int) -> pd.DataFrame:
    """Shares of makers in what is in service at the end of a year, at the prices of the categories.

    Where no year of the run ends with the calendar year, it is that of the nearest month. Shells are left
    out: they lie in one stock of many makers.
    """
    run = round((12 * (year + 1) - one.first_month) / 12)  # years of the run until then
    label = -(-one.first_month // 12) + run - 1  # as the books name the end of that year
    rows = one.families[(one.families["year"] == label) & one.families["state"].isin(list(states))]
    family = rows["family"].astype(str)
    category = family.map(dict(known.market.family_category))
    price = category.map(dict(known.market.category_price)).astype(float)
    worth = rows.assign(value=(rows["stock"] * price).where(category != ROUNDS, 0.0))
    maker = family.map(dict(known.family_maker))
    makers = [*known.market.industries, NO_MAKER]
    return pd.DataFrame({name: share(worth, maker == name, one) for name in makers})


def union_shares(one: View, known: Scope, first: int, last: int) -> pd.DataFrame:
    """Shares of makers in the value of contracts of EU states, by the seat of makers.

    Shells are left out, as in the published figures.
    """
    found = orders(one, first, last, known.union)
    found = found[found["category"] != ROUNDS]
    maker = found["line"].astype(str).map(dict(known.line_maker))
    makers = [UNION_MAKERS, *known.market.industries]
    return pd.DataFrame({name: share(found, maker == name, one) for name in makers})


def shares(one: View, known: Scope, definition: str, first: int, last: int) -> pd.DataFrame:
    """Shares of makers (columns, adding to 1) by replication (rows) in the years first to last.

    Contracts, imports and fleet are those of the European states of NATO; the fleet is that of the last
    year. A replication without a purchase or a fleet has no figure.
    """
    if definition == FLEET:
        return fleet_shares(one, known, known.market.european, last)
    if definition == UNION:
        return union_shares(one, known, first, last)
    count: Callable[..., pd.Series] = order_share if definition == CONTRACTS else import_share
    states = known.market.european
    return pd.DataFrame({name: count(one, states, first, last, name) for name in known.market.industries})
