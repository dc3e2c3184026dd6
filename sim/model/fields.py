"""Which facts of the seeds fill which fields of the state's records."""

from __future__ import annotations

from typing import Final

# Facts whose name in the seeds differs from their field.
RENAMED: Final = {"stock_start": "stock", "announced": "requirement", "announced_year": "requirement_year",
                  "first_year": "first_due", "last_year": "last_due"}  # fmt: skip
BUYER_FACTS: Final = ("gdp", "defence_share", "equipment_share", "modelled_share", "pledge_year",
                      "threat_exposure", "procurement_capacity", "safe_allocation", "us_tie")  # fmt: skip
CATEGORY_FACTS: Final = ("service_life", "lot_min", "lot_typical", "lot_fraction", "planning_months",
                         "threat_elasticity", "crew_months_known", "crew_months_new", "munition_months",
                         "availability", "family_cost", "tender_factor")  # fmt: skip
PAIR_FACTS: Final = ("upper_share", "stock_start", "legacy_due", "announced", "announced_year")
LINE_FACTS: Final = ("price_platform", "price_support", "price_munitions", "rate_now", "rate_planned",
                     "rate_planned_year", "output_share", "outside_share", "outside_backlog", "build_months",
                     "content_europe", "local_share_max", "opens", "export_from", "growth_cap",
                     "support_rate")  # fmt: skip
CONTRACT_FACTS: Final = ("unit_price", "paid_share", "local_share", "first_year", "last_year")
RULE_SUBJECTS: Final = frozenset(
    (
        "need",
        "money",
        "tender",
        "quote",
        "slip",
        "usable",
        "invest",
        "trust",
        "choice",
        "fleet",
        "produce",
        "shock",
        "partners",
    )
)
