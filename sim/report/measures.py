"""How each measure and each series is shown: label, unit, decimals, and which way is better.

Identifiers and directions are those of the model; a test holds the two lists together.
"""

from __future__ import annotations

from dataclasses import dataclass

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
    """One monthly series; a `flow` is shown as the sum of the last twelve months, others as they stand."""

    id: str
    label: str
    kind: str
    flow: bool
    meaning: str


MEASURES = {
    row.id: row
    for row in (
        Measure(
            "gap_years",
            mark("Speed: years of open gaps"),
            "years",
            "less",
            mark("How long needed equipment is missing before the chosen date, averaged by value."),
        ),
        Measure(
            "usable_gap_years",
            mark("Years of gaps in usable equipment"),
            "years",
            "less",
            mark("The same, but equipment counts only once crews can use it and it is available."),
        ),
        Measure(
            "months_to_delivery",
            mark("Months from contract to delivery"),
            "months",
            "less",
            mark("From signature to the first unit handed over."),
        ),
        Measure(
            "months_to_usable",
            mark("Months from need to usable"),
            "months",
            "less",
            mark("From the opened need to equipment that crews can use."),
        ),
        Measure(
            "on_time_share",
            mark("Deliveries on time"),
            "share",
            "more",
            mark("Share of deliveries that arrive by the promised month."),
        ),
        Measure(
            "cost_pv",
            mark("Cost: all payments, present value"),
            "musd",
            "less",
            mark("All payments over the ten years in today's value, in US dollars of 2025."),
        ),
        Measure(
            "price_over_base",
            mark("Price paid over base price"),
            "share",
            "less",
            mark("How much more than the base price is paid for the same units."),
        ),
        Measure(
            "cost_per_usable",
            mark("Cost per usable unit of value"),
            "musd",
            "less",
            mark("Cost divided by the usable equipment it brings."),
        ),
        Measure(
            "reliance_orders",
            mark("New orders a foreign government could withhold"),
            "share",
            "less",
            mark("Share of the value of new orders that at least one foreign government could withhold."),
        ),
        Measure(
            "reliance_fleet",
            mark("Fleet that a foreign government could stop supporting"),
            "share",
            "less",
            mark("Share of the fleet's value whose support at least one foreign government could withhold."),
        ),
        Measure(
            "worst_authority_share",
            mark("Reliance: share one foreign government could withhold"),
            "share",
            "less",
            mark("The largest share of new orders, by value, that one foreign government could withhold."),
        ),
        Measure(
            "vetoes_per_item",
            mark("Foreign permissions per item"),
            "number",
            "less",
            mark("How many foreign governments could withhold something for the average item."),
        ),
        Measure(
            "effective_authorities",
            mark("Effective number of foreign governments relied on"),
            "number",
            "more",
            mark("Many small dependences count as more, one large dependence as one."),
        ),
        Measure(
            "european_content",
            mark("European content of new orders"),
            "share",
            "more",
            mark("Share of the value of new orders that is made in Europe."),
        ),
        Measure(
            "availability",
            mark("Fleet available for use"),
            "share",
            "more",
            mark("Share of equipment that works on a given day."),
        ),
        Measure(
            "families",
            mark("Equipment families in service"),
            "number",
            "less",
            mark("Types kept side by side; each adds cost of training and spares."),
        ),
    )
}

DIALS = ("gap_years", "cost_pv", "worst_authority_share")

INDUSTRY_MEASURES = {
    row.id: row
    for row in (
        Measure(
            "share_orders",
            mark("Share of orders"),
            "share",
            "",
            mark("Share of the value of all orders by NATO buyers."),
        ),
        Measure(
            "orders_value",
            mark("Orders won"),
            "musd",
            "",
            mark("Value of orders from NATO buyers over the ten years."),
        ),
        Measure(
            "backlog",
            mark("Orders still to deliver at the end"),
            "musd",
            "",
            mark("Ordered and not yet delivered."),
        ),
        Measure(
            "capacity",
            mark("Yearly capacity at the end"),
            "musd",
            "",
            mark("What the lines can make in a year."),
        ),
    )
}

SERIES = {
    row.id: row
    for row in (
        Series(
            "gap_share",
            mark("Equipment still missing"),
            "share",
            False,
            mark("Share of needed equipment, by value, not yet delivered."),
        ),
        Series(
            "usable_gap_share",
            mark("Usable equipment still missing"),
            "share",
            False,
            mark("Share of needed equipment, by value, that is not yet delivered, crewed and available."),
        ),
        Series(
            "spending", mark("Spending a year"), "musd", True, mark("Payments over the last twelve months.")
        ),
        Series(
            "reliance_fleet",
            mark("Fleet that a foreign government could stop supporting"),
            "share",
            False,
            mark("Share of the fleet, by value, whose support a foreign government could withhold."),
        ),
    )
}

INDUSTRY_SERIES = {
    row.id: row
    for row in (
        Series(
            "backlog", mark("Orders still to deliver"), "musd", False, mark("Ordered and not yet delivered.")
        ),
        Series(
            "orders_value", mark("New orders a year"), "musd", True, mark("Orders of the last twelve months.")
        ),
        Series(
            "deliveries_value",
            mark("Deliveries a year"),
            "musd",
            True,
            mark("Deliveries of the last twelve months."),
        ),
    )
}
