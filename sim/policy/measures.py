"""What a run is judged by: the ids of the measures, their units, and which direction is better."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """An outcome: `scope` is place (a state or `europe_canada`) or industry; `better` less, more or blank."""

    id: str
    unit: str
    better: str
    scope: str = "place"


ALLIANCE = "europe_canada"

MEASURES = {
    measure.id: measure
    for measure in (
        Measure("gap_years", "years", "less"),
        Measure("usable_gap_years", "years", "less"),
        Measure("date_90", "years", "less"),
        Measure("months_from_need", "months", "less"),
        Measure("months_to_delivery", "months", "less"),
        Measure("months_to_usable", "months", "less"),
        Measure("on_time_share", "share", "more"),
        Measure("cost_pv", "musd", "less"),
        Measure("price_over_base", "share", "less"),
        Measure("cost_per_usable", "ratio", "less"),
        Measure("reliance_orders", "share", "less"),
        Measure("reliance_support", "share", "less"),
        Measure("reliance_retransfer", "share", "less"),
        Measure("months_of_support", "months", "more"),
        Measure("reliance_fleet", "share", "less"),
        Measure("worst_authority_share", "share", "less"),
        Measure("vetoes_per_item", "number", "less"),
        Measure("effective_authorities", "number", "more"),
        Measure("european_content", "share", "more"),
        Measure("availability", "share", "more"),
        Measure("families", "number", "less"),
        Measure("share_orders", "share", "", "industry"),
        Measure("share_imports", "share", "", "industry"),
        Measure("orders_value", "musd", "", "industry"),
        Measure("backlog", "musd", "", "industry"),
        Measure("capacity", "musd_per_year", "", "industry"),
    )
}
