"""A small made-up result with the attributes of a real one, for tests of tables, words and charts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

PLACES = ("europe_canada", "NOR", "POL")
INDUSTRIES = ("korea", "europe", "united_states", "other")
POINTS = 41  # the start and forty quarters


@dataclass(frozen=True)
class FakeResult:
    """Arrays by (replication, place or industry[, quarter]), as `sim.run` gives them."""

    values: dict[str, Any]
    industry_values: dict[str, Any] = field(default_factory=dict)
    series: dict[str, Any] = field(default_factory=dict)
    industry_series: dict[str, Any] = field(default_factory=dict)
    places: tuple[str, ...] = PLACES
    industries: tuple[str, ...] = INDUSTRIES
    start: str = "2026-01"


def result(gap: list[float], cost: list[float], reliance: list[float], place: str = "POL") -> FakeResult:
    """A result whose replications of three dials in one place are typed by hand; other places hold ones."""
    column = PLACES.index(place)
    values = {}
    for measure, numbers in (("gap_years", gap), ("cost_pv", cost), ("worst_authority_share", reliance)):
        table = np.ones((len(numbers), len(PLACES)))
        table[:, column] = numbers
        values[measure] = table
    quarters = np.tile(np.arange(POINTS, dtype=np.float32), (len(gap), len(PLACES), 1))
    industry = np.tile(np.arange(POINTS, dtype=np.float32), (len(gap), len(INDUSTRIES), 1))
    return FakeResult(
        values=values,
        industry_values={"orders_value": np.tile(np.array([1.0, 2.0, 3.0, 4.0]), (len(gap), 1))},
        series=dict.fromkeys(("gap_share", "usable_gap_share", "spending", "reliance_fleet"), quarters),
        industry_series=dict.fromkeys(("backlog", "orders_value", "deliveries_value"), industry),
    )
