"""Where each lever stands in the vector `state.levers`: names for rows, so that stages read well.

The levers themselves (label, range, default, source) are in seeds/levers.csv and sim/policy.
"""

from __future__ import annotations

from typing import Final

GENERAL: Final = (
    "dialogue",
    "observer_seats",
    "mro_hubs",
    "spending_delivery",
    "joint_share",
    "safe_envelope",
    "content_threshold",
    "union_preference",
    "european_growth",
    "new_european_capacity",
    "us_delivery_release",
    "us_licence_release",
    "us_home_build_up",
    "fms_reform",
    "us_supply",
    "korean_growth",
    "slot_lending",
    "korean_credit",
    "korean_home_priority",
    "korean_supply",
    "threat",
    "rest_of_world_demand",
    "price_inflation",
    "shock_chance",
    "standards",
    "training_exchange",
    "codevelopment",
    "stopgap_loans",
    "two_suppliers",
    "framework_conversion",
    "european_investment",
    "european_home_priority",
    "european_licence_release",
    "us_support_release",
    "korean_delivery_release",
    "korean_consensus",
    "chinese_pressure",
    "budget_squeeze",
    "munitions_output",
)
(
    DIALOGUE,
    OBSERVER_SEATS,
    MRO_HUBS,
    SPENDING_DELIVERY,
    JOINT_SHARE,
    SAFE_ENVELOPE,
    CONTENT_THRESHOLD,
    UNION_PREFERENCE,
    EUROPEAN_GROWTH,
    NEW_EUROPEAN_CAPACITY,
    US_DELIVERY_RELEASE,
    US_LICENCE_RELEASE,
    US_HOME_BUILD_UP,
    FMS_REFORM,
    US_SUPPLY,
    KOREAN_GROWTH,
    SLOT_LENDING,
    KOREAN_CREDIT,
    KOREAN_HOME_PRIORITY,
    KOREAN_SUPPLY,
    THREAT,
    REST_OF_WORLD_DEMAND,
    PRICE_INFLATION,
    SHOCK_CHANCE,
    STANDARDS,
    TRAINING_EXCHANGE,
    CODEVELOPMENT,
    STOPGAP_LOANS,
    TWO_SUPPLIERS,
    FRAMEWORK_CONVERSION,
    EUROPEAN_INVESTMENT,
    EUROPEAN_HOME_PRIORITY,
    EUROPEAN_LICENCE_RELEASE,
    US_SUPPORT_RELEASE,
    KOREAN_DELIVERY_RELEASE,
    KOREAN_CONSENSUS,
    CHINESE_PRESSURE,
    BUDGET_SQUEEZE,
    MUNITIONS_OUTPUT,
) = range(len(GENERAL))
OUTPUT_FIRST: Final = len(GENERAL)  # then one `output.<category>` per category
DOCTRINE: Final = (
    "speed",
    "cost",
    "reliance",
)  # three per buyer, then one `agreement.<state>` each


def lever_rows(categories: tuple[str, ...], buyers: tuple[str, ...]) -> tuple[str, ...]:
    """Return all lever ids in the order of `state.levers`."""
    outputs = tuple(f"output.{category}" for category in categories)
    doctrines = tuple(f"doctrine.{buyer}.{part}" for buyer in buyers for part in DOCTRINE)
    agreements = tuple(f"agreement.{buyer}" for buyer in buyers)
    return GENERAL + outputs + doctrines + agreements
