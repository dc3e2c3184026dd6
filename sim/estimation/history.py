"""What the model, started in February 2022, orders by 2025, beside what happened."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sim.estimation.market import Market
from sim.estimation.record import DEFINITION
from sim.estimation.samples import ratio
from sim.estimation.views import BILLION, View, orders, quantiles, summed

YEARS = (2022, 2025)
STATES = ("POL", "NOR", "EST", "ROU", "DEU")
EVERY = "europe_canada"
ALL = "all"
INDUSTRIES = ("korea", "europe", "united_states", "other")
NAMED = 3  # main suppliers that are named
HONEST = (
    "The record is one draw of history: about one sum in five lies outside a 10-90 range even where the "
    "model is right, and lying within a wide range says little. Many facts of the start of 2022 were written "
    "down with what followed in mind, so this is a test of fit, not of foresight."
)


@dataclass(frozen=True, slots=True)
class Sum:
    """Orders of a place and part of the market, bn: what happened, and the model's 10, 50 and 90 % points."""

    place: str
    part: str
    happened: float
    low: float
    middle: float
    high: float

    @property
    def within(self) -> bool:
        """Whether the record lies within the model's range."""
        return self.low <= self.happened <= self.high

    @property
    def verdict(self) -> str:
        """In words: within, or on which side the model misses."""
        if self.within:
            return "within"
        return "the model orders too little" if self.happened > self.high else "the model orders too much"

    def record(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "place": self.place, "part": self.part, "happened": self.happened, "p10": self.low,
            "p50": self.middle, "p90": self.high, "within": self.within, "verdict": self.verdict,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Suppliers:
    """Main suppliers of a state by value: those of the record, with the model's mean share for each."""

    state: str
    happened: tuple[tuple[str, float], ...]
    model: tuple[tuple[str, float], ...]

    def record(self) -> dict[str, Any]:
        """As plain data; shares of value."""
        return {"state": self.state, "happened": dict(self.happened), "model": dict(self.model)}


def sums(one: View, record: pd.DataFrame, market: Market) -> list[Sum]:
    """The Alliance by industry and category and the five states, each with the model's range."""
    found = [_sum(one, record, EVERY, ALL, market.members)]
    found += [_sum(one, record, EVERY, name, market.members, "industry") for name in INDUSTRIES]
    found += [_sum(one, record, EVERY, name, market.members, "category") for name in market.categories]
    return found + [_sum(one, record, state, ALL, [state]) for state in STATES]


def _sum(
    one: View, record: pd.DataFrame, place: str, part: str, states: Collection[str], column: str = ""
) -> Sum:
    real = record[record["buyer"].isin(list(states)) & record["year"].between(*YEARS)]
    found = orders(one, *YEARS, states)
    if column:
        real, found = real[real[column] == part], found[found[column] == part]
    low, middle, high = quantiles(summed(found, one) / BILLION, 0.1, 0.5, 0.9)
    return Sum(place, part, float(real["value"].sum()) / BILLION, low, middle, high)


def suppliers(one: View, record: pd.DataFrame) -> list[Suppliers]:
    """Who supplied the five states, by the authority of the line, in the record and in the model."""
    made = []
    for state in STATES:
        real = record[(record["buyer"] == state) & record["year"].between(*YEARS)]
        found = orders(one, *YEARS, [state])
        made.append(Suppliers(state, _largest(real), _largest(found)))
    return made


def _largest(rows: pd.DataFrame) -> tuple[tuple[str, float], ...]:
    value = rows["value"].groupby(rows["authority"].astype(str)).sum()
    top = value[value > 0].sort_values(ascending=False).head(NAMED)
    return tuple((str(name), ratio(float(part), float(value.sum()))) for name, part in top.items())


def headline(found: list[Sum]) -> str:
    """How many sums of the record lie within the model's range."""
    groups = (
        ("industries", [one for one in found if one.part in INDUSTRIES]),
        ("categories", [one for one in found if one.part not in (*INDUSTRIES, ALL)]),
        ("states", [one for one in found if one.place != EVERY]),
    )
    parts = [f"{sum(one.within for one in group)} of {len(group)} {name}" for name, group in groups]
    whole = next(one for one in found if one.place == EVERY and one.part == ALL)
    side = "within" if whole.within else "outside"
    return (
        f"Orders 2022-25: the total of {whole.happened:.0f} bn lies {side} the model's 10-90 range of "
        f"{whole.low:.0f} to {whole.high:.0f} bn. Within theirs lie {', '.join(parts)}."
    )


def misses(found: list[Sum], market: Market) -> list[str]:
    """One sentence for every sum outside the model's range, the largest miss in value first."""
    off = [one for one in found if not one.within]
    off.sort(key=lambda one: -abs(one.happened - one.middle))
    return [
        f"{_named(one, market)}: {one.happened:.1f} bn happened, {one.low:.1f} to {one.high:.1f} bn in the "
        f"model, so {one.verdict}."
        for one in off
    ]


def _named(one: Sum, market: Market) -> str:
    if one.place != EVERY:
        return market.states[one.place]
    return {ALL: "All orders"}.get(one.part) or market.categories.get(one.part) or market.industries[one.part]


def report(one: View, record: pd.DataFrame, market: Market) -> dict[str, Any]:
    """Everything as plain data."""
    found = sums(one, record, market)
    return {
        "headline": headline(found),
        "definition": DEFINITION,
        "caution": HONEST,
        "sums": [each.record() for each in found],
        "suppliers": [each.record() for each in suppliers(one, record)],
        "misses": misses(found, market),
    }
