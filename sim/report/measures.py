"""How measures and series are shown; names, units and meanings of measures are those of the model."""

from __future__ import annotations

from dataclasses import dataclass

from sim.model import record
from sim.report.language import mark


@dataclass(frozen=True)
class Measure:
    """One outcome as the reader sees it: `kind` of unit (see numbers.py); `better` less, more or empty."""

    id: str
    label: str
    kind: str
    better: str
    meaning: str


@dataclass(frozen=True)
class Series:
    """One series by quarter; a `flow` is kept as a running total and shown as the sum of twelve months.

    A `yearly` level is counted at the end of each year, so there is none in the first.
    """

    id: str
    label: str
    kind: str
    flow: bool
    meaning: str
    yearly: bool = False


KINDS = {"ratio": "number", "musd_per_year": "musd"}


def _shown(measures: tuple[record.Measure, ...]) -> dict[str, Measure]:
    return {
        one.id: Measure(one.id, one.label, KINDS.get(one.unit, one.unit), one.better or "", one.definition)
        for one in measures
    }


MEASURES = _shown(record.MEASURES)
INDUSTRY_MEASURES = _shown(record.INDUSTRY_MEASURES)
EVERY = INDUSTRY_MEASURES | MEASURES

DIALS = {
    "gap_years": mark("Speed: years without what is needed"),
    "cost_pv": mark("Cost: everything paid, in today’s money"),
    "worst_authority_share": mark("Reliance: largest foreign hold on the fleet"),
}

SERIES = {
    row.id: row
    for row in (
        Series(
            "gap_share",
            mark("Equipment still missing"),
            "share",
            False,
            mark("Share of what is required, by value, that is not yet delivered."),
        ),
        Series(
            "usable_gap_share",
            mark("Usable equipment still missing"),
            "share",
            False,
            mark("Share of what is required, by value, that has no trained crew or is not yet integrated."),
        ),
        Series(
            "spending",
            mark("Paid in a year"),
            "musd",
            True,
            mark("Payments for equipment and debt taken up over the last twelve months."),
        ),
        Series(
            "reliance_fleet",
            mark("Largest foreign hold on the fleet"),
            "share",
            False,
            mark("Share of the fleet, by value, that one foreign government could stop supporting."),
            yearly=True,
        ),
    )
}

INDUSTRY_SERIES = {
    row.id: row
    for row in (
        Series(
            "backlog",
            mark("Order book"),
            "musd",
            False,
            mark("What the 32 states have ordered and not yet received, at base prices."),
        ),
        Series(
            "orders_value",
            mark("New orders in a year"),
            "musd",
            True,
            mark("New orders of Europe and Canada over the last twelve months."),
        ),
        Series(
            "deliveries_value",
            mark("Deliveries in a year"),
            "musd",
            True,
            mark("Deliveries to Europe and Canada over the last twelve months."),
        ),
    )
}
