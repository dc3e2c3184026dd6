"""The measures: what is counted at the end of a replication, for each state, the total and each industry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sim.model.compiled import compiled, stage
from sim.model.records import Array
from sim.model.rules import money, reliance
from sim.model.stages.books import (
    BACKLOG,
    CAPACITY,
    GAP,
    INDUSTRY_SERIES,
    REQUIRED,
    SERIES,
    USABLE_GAP,
)
from sim.model.state import EVERY, MONTHS, NONE, QUARTER, QUARTERS, State


@dataclass(frozen=True, slots=True)
class Measure:
    """An outcome: its id, label, unit, whether less or more is better (or neither), and what it says."""

    id: str
    label: str
    unit: str
    better: str | None
    definition: str


MEASURES: Final = (
    Measure(
        "gap_years",
        "Gap-years, delivered",
        "years",
        "less",
        "Years of full gap until the chosen date: the missing share of requirements, weighted by requirement "
        "times base price, added up quarter by quarter. Requirements themselves grow with delivered spending "
        "and with threat, so more money can mean a longer gap at first.",
    ),
    Measure(
        "usable_gap_years",
        "Gap-years, usable",
        "years",
        "less",
        "The same with only crewed and integrated equipment counted as there.",
    ),
    Measure(
        "date_90",
        "Nine tenths usable",
        "years",
        "less",
        "Years from the start until nine tenths of what is required, by value, is usable and stays so; the "
        "length of the run where that never comes.",
    ),
    Measure(
        "months_from_need",
        "Need to first delivery",
        "months",
        "less",
        "Mean months from the opening of a tender to the first delivery of its contract.",
    ),
    Measure(
        "months_to_delivery",
        "Contract to first delivery",
        "months",
        "less",
        "Mean months from contract to first delivery of contracts signed since the start; those waiting "
        "still at the end count with their promise and the lateness so far.",
    ),
    Measure(
        "months_to_usable",
        "Contract to usable",
        "months",
        "less",
        "Mean months from contract until the first units are crewed and integrated.",
    ),
    Measure(
        "on_time_share",
        "Delivered on time",
        "share",
        "more",
        "Share of contracts due within the run whose first unit came within three months of the promise.",
    ),
    Measure(
        "cost_pv",
        "Cost",
        "musd",
        "less",
        "Present value at 3 % real of cash payments, support of new equipment, extra families and debt left.",
    ),
    Measure(
        "price_over_base",
        "Price paid over base",
        "share",
        "less",
        "Price paid on new contracts over the base price of the same units.",
    ),
    Measure(
        "cost_per_usable",
        "Cost per usable",
        "ratio",
        "less",
        "Present-value cost per million dollars (at base prices) of equipment made usable.",
    ),
    Measure(
        "reliance_orders",
        "New orders a foreign government could withhold",
        "share",
        "less",
        "Share of the value of new orders whose delivery at least one foreign authority could withhold.",
    ),
    Measure(
        "reliance_support",
        "New orders a foreign government could stop supporting",
        "share",
        "less",
        "Share of the value of new orders whose support at least one foreign authority could withhold.",
    ),
    Measure(
        "reliance_retransfer",
        "New orders a foreign government could bar from passing on",
        "share",
        "less",
        "Share of the value of new orders that could not be given to others without a foreign authority.",
    ),
    Measure(
        "months_of_support",
        "Months without the largest supporter",
        "months",
        "more",
        "Months until half of the fleet stands still if the foreign authority with the largest hold stops "
        "all support and spares run down evenly; at most ten years.",
    ),
    Measure(
        "reliance_fleet",
        "Fleet a foreign government could stop supporting",
        "share",
        "less",
        "Share of the fleet's value whose support at least one foreign authority could withhold, at the end.",
    ),
    Measure(
        "worst_authority_share",
        "Largest foreign hold on the fleet",
        "share",
        "less",
        "Share of the fleet's value that the foreign authority with the largest hold could stop supporting.",
    ),
    Measure(
        "vetoes_per_item",
        "Vetoes per item",
        "number",
        "less",
        "Mean number of foreign authorities that could withhold a new order, by value.",
    ),
    Measure(
        "effective_authorities",
        "Effective number of foreign authorities",
        "number",
        "more",
        "How evenly the hold over the fleet is spread: inverse sum of squared shares scaled to one.",
    ),
    Measure(
        "european_content",
        "European content of new orders",
        "share",
        "more",
        "Share of the value of new orders that is European content.",
    ),
    Measure(
        "availability",
        "Availability",
        "share",
        "more",
        "Part of the fleet by value that is ready, from usual availability, families and support hubs.",
    ),
    Measure(
        "families",
        "Families in service",
        "number",
        "less",
        "Families in service over the eight categories at the end; for the total, the mean of the states.",
    ),
)
INDUSTRY_MEASURES: Final = (
    Measure(
        "share_orders",
        "Share of new orders",
        "share",
        None,
        "Share of the value of new orders of Europe and Canada.",
    ),
    Measure(
        "share_imports",
        "Share of imports",
        "share",
        None,
        "Share of what Europe and Canada took over from other states' plants, home-made equipment left out "
        "(the way SIPRI counts, by price instead of its index).",
    ),
    Measure(
        "orders_value", "New orders", "musd", None, "Value of new orders of Europe and Canada over the run."
    ),
    Measure(
        "backlog",
        "Order book",
        "musd",
        None,
        "Value at base prices of what the 32 states have ordered and not received at the chosen date.",
    ),
    Measure(
        "capacity",
        "Capacity",
        "musd_per_year",
        None,
        "Real yearly output at base prices at the end of the run, all customers.",
    ),
)
(GAP_YEARS, USABLE_GAP_YEARS, DATE_90, FROM_NEED, TO_DELIVERY, TO_USABLE, ON_TIME, COST, OVER_BASE,
 PER_USABLE, REL_ORDERS, REL_SUPPORT, REL_RETRANSFER, SUPPORT_MONTHS, REL_FLEET, WORST, VETOES, EFFECTIVE,
 CONTENT, READY, FAMILIES) = range(len(MEASURES))  # fmt: skip
SHARE_ORDERS, SHARE_IMPORTS, ORDERS_VALUE, END_BACKLOG, END_CAPACITY = range(len(INDUSTRY_MEASURES))
__all__ = ["INDUSTRY_MEASURES", "INDUSTRY_SERIES", "MEASURES", "SERIES", "Measure", "measure"]

GRACE = 3  # months after the promise that still count as on time


@compiled
def measure(state: State, horizon: int, top: Array, bottom: Array, industry: Array) -> None:
    """Fill numerators and denominators by measure and place (0 = Europe and Canada), and industry measures.

    top, bottom have shape (measures, buyers + 1); a measure is top / bottom, undefined where bottom is 0.
    industry has shape (industry measures, industries).
    """
    top[:, :] = 0.0
    bottom[:, :] = 0.0
    for number in range(state.clock[0].contracts):
        measure_contract(number, state, top, bottom)
    for index in range(len(state.buyers)):
        measure_buyer(index, state, top, bottom)
        if state.buyers[index].in_total == 1:
            for row in range(DATE_90, len(top)):
                top[row, EVERY] += top[row, index + 1]
                bottom[row, EVERY] += bottom[row, index + 1]
    bottom[COST, EVERY] = 1.0  # costs add up over the states
    for place in range(len(state.buyers) + 1):
        measure_gaps(place, horizon, state, top, bottom)
    measure_total_hold(state, top, bottom)
    measure_industries(horizon, state, industry)


@stage
def measure_contract(number: int, state: State, top: Array, bottom: Array) -> None:
    """Months and punctuality of one contract."""
    contract = state.contracts[number]
    place = contract.buyer + 1
    if contract.first_due + GRACE < MONTHS:
        bottom[ON_TIME, place] += 1.0
        if contract.first_month != NONE and contract.first_month <= contract.first_due + GRACE:
            top[ON_TIME, place] += 1.0
    if contract.existing == 1:
        return
    first = contract.first_month
    if first == NONE:
        first = max(MONTHS, contract.first_due + int(contract.slip))
    bottom[FROM_NEED, place] += 1.0
    top[FROM_NEED, place] += first - contract.opened
    bottom[TO_DELIVERY, place] += 1.0
    top[TO_DELIVERY, place] += first - contract.signed
    usable = contract.usable_month
    if usable == NONE:
        category = state.categories[state.lines[contract.line].category]
        crews = category.crew_months_new if contract.new_family == 1 else category.crew_months_known
        usable = first + int(crews)
    bottom[TO_USABLE, place] += 1.0
    top[TO_USABLE, place] += usable - contract.signed


@stage
def measure_buyer(index: int, state: State, top: Array, bottom: Array) -> None:
    """Cost and reliance of one state."""
    buyer, rules, place = state.buyers[index], state.rules[0], index + 1
    cost = buyer.cost + money.present_value(buyer.debt + buyer.interest, rules.money_discount, float(MONTHS))
    top[COST, place], bottom[COST, place] = cost, 1.0
    top[OVER_BASE, place] = buyer.orders_value - buyer.orders_base
    bottom[OVER_BASE, place] = buyer.orders_base
    top[PER_USABLE, place], bottom[PER_USABLE, place] = cost, buyer.usable_base
    top[REL_ORDERS, place], bottom[REL_ORDERS, place] = buyer.orders_vetoed, buyer.orders_value
    top[REL_SUPPORT, place], bottom[REL_SUPPORT, place] = buyer.orders_support, buyer.orders_value
    top[REL_RETRANSFER, place], bottom[REL_RETRANSFER, place] = buyer.orders_retransfer, buyer.orders_value
    required = 1.0 if state.series[REQUIRED, place, QUARTERS] > 0.0 else 0.0
    top[DATE_90, place], bottom[DATE_90, place] = (buyer.reached + 1.0) / 12.0, required
    months = reliance.months_of_support(buyer.worst_share, rules.usable_spares_months, float(MONTHS))
    top[SUPPORT_MONTHS, place] = months * buyer.fleet_value
    bottom[SUPPORT_MONTHS, place] = buyer.fleet_value
    top[REL_FLEET, place] = buyer.fleet_vetoed * buyer.fleet_value
    bottom[REL_FLEET, place] = buyer.fleet_value
    top[WORST, place] = buyer.worst_share * buyer.fleet_value
    bottom[WORST, place] = buyer.fleet_value
    top[VETOES, place], bottom[VETOES, place] = buyer.orders_vetoes, buyer.orders_value
    top[EFFECTIVE, place], bottom[EFFECTIVE, place] = buyer.effective, 1.0 if buyer.fleet_value > 0.0 else 0.0
    top[CONTENT, place], bottom[CONTENT, place] = buyer.orders_content, buyer.orders_value
    top[READY, place], bottom[READY, place] = buyer.ready_value, buyer.fleet_value
    top[FAMILIES, place], bottom[FAMILIES, place] = float(buyer.families), 1.0


@stage
def measure_gaps(place: int, horizon: int, state: State, top: Array, bottom: Array) -> None:
    """Gap-years to the horizon: the missing share of the requirement, quarter by quarter."""
    for at in range(1, horizon // QUARTER + 1):
        required = state.series[REQUIRED, place, at]
        if required > 0.0:
            top[GAP_YEARS, place] += state.series[GAP, place, at] / required * QUARTER / 12.0
            top[USABLE_GAP_YEARS, place] += state.series[USABLE_GAP, place, at] / required * QUARTER / 12.0
            bottom[GAP_YEARS, place], bottom[USABLE_GAP_YEARS, place] = 1.0, 1.0


@stage
def measure_total_hold(state: State, top: Array, bottom: Array) -> None:
    """For Europe and Canada together: the largest hold of one authority, and how evenly holds are spread."""
    clock = state.clock[0]
    top[WORST, EVERY] = clock.worst_share * bottom[WORST, EVERY]
    top[EFFECTIVE, EVERY] = clock.effective
    bottom[EFFECTIVE, EVERY] = 1.0 if clock.effective > 0.0 else 0.0


@stage
def measure_industries(horizon: int, state: State, industry: Array) -> None:
    """Orders, order book and capacity of each industry."""
    total, imports = 0.0, 0.0
    for kind in range(industry.shape[1]):
        total += state.flows[kind, 0]
        imports += state.flows[kind, 2]
    for kind in range(industry.shape[1]):
        orders = state.flows[kind, 0]
        industry[SHARE_ORDERS, kind] = orders / total if total > 0.0 else 0.0
        industry[SHARE_IMPORTS, kind] = state.flows[kind, 2] / imports if imports > 0.0 else 0.0
        industry[ORDERS_VALUE, kind] = orders
        industry[END_BACKLOG, kind] = state.industry_series[BACKLOG, kind, horizon // QUARTER]
        industry[END_CAPACITY, kind] = state.industry_series[CAPACITY, kind, QUARTERS]
