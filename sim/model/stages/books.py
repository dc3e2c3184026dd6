"""Stage 12: books are checked and measures noted."""

from __future__ import annotations

from sim.model.compiled import stage
from sim.model.stages.fleet import look_at_all_fleets, look_at_fleet
from sim.model.stages.output import capacity_now, package
from sim.model.state import EVERY, QUARTER, State

# Rows of state.series and state.industry_series; record.py turns them into measures.
SERIES = ("required", "gap", "usable_gap", "spending", "reliance_fleet")
REQUIRED, GAP, USABLE_GAP, SPENDING, WORST = range(len(SERIES))
INDUSTRY_SERIES = ("backlog", "orders_value", "deliveries_value", "capacity")
BACKLOG, ORDERS, DELIVERIES, CAPACITY = range(len(INDUSTRY_SERIES))
REACHED = 0.9  # of requirements usable


@stage
def check_buyer(index: int, state: State) -> None:
    """A state's ledger must close; its gaps, spending and upkeep are noted."""
    buyer, clock = state.buyers[index], state.clock[0]
    error = abs(buyer.received - buyer.lapsed - buyer.paid - buyer.cash)
    if error > clock.money_error * max(1.0, buyer.received):
        clock.money_error = error / max(1.0, buyer.received)
    pay_upkeep(index, state)
    if (clock.month + 1) % 12 == 0:
        look_at_fleet(index, state)
    if (clock.month + 1) % QUARTER == 0:
        note_buyer(index, (clock.month + 1) // QUARTER, state)


@stage
def pay_upkeep(index: int, state: State) -> None:
    """Support of new equipment, extra families and rents are paid from other budgets but count in cost."""
    buyer = state.buyers[index]
    upkeep = buyer.upkeep_month + buyer.extra_month + buyer.rent_month
    buyer.cost += upkeep * state.clock[0].discount


@stage
def note_buyer(index: int, at: int, state: State) -> None:
    """Requirements, gaps, spending and reliance of a state at the end of a quarter."""
    buyer, categories, place = state.buyers[index], len(state.categories), index + 1
    required, gap, usable_gap = 0.0, 0.0, 0.0
    for row in range(index * categories, (index + 1) * categories):
        pair = state.pairs[row]
        if pair.needed == 1:
            needed, price = pair.requirement, pair.base_price
            required += needed * price
            gap += max(0.0, needed - pair.stock) * price
            usable_gap += max(0.0, needed - min(pair.stock, pair.usable) - pair.lent) * price
    if usable_gap > (1.0 - REACHED + 1e-9) * required:
        buyer.reached = state.clock[0].month
    noted = (required, gap, usable_gap, buyer.paid + buyer.debt, buyer.worst_share)
    for kind in range(len(noted)):
        state.series[kind, place, at] = noted[kind]
        if buyer.in_total == 1 and kind <= SPENDING:
            state.series[kind, EVERY, at] += noted[kind]


@stage
def check_line(index: int, state: State) -> None:
    """Each quarter a line's order book and capacity are noted for its industry."""
    month = state.clock[0].month + 1
    if month % QUARTER != 0:
        return
    line, at = state.lines[index], month // QUARTER
    price = package(index, state)
    state.industry_series[BACKLOG, line.industry, at] += line.backlog * price
    if line.surplus == 0:
        made = capacity_now(index, state) * line.output_share
        state.industry_series[CAPACITY, line.industry, at] += made * price


@stage
def check_alliance(state: State) -> None:
    """Units are conserved between lines and buyers; orders and deliveries of each industry are summed."""
    clock = state.clock[0]
    if (clock.month + 1) % QUARTER != 0:
        return
    count_units(state)
    at = (clock.month + 1) // QUARTER
    if (clock.month + 1) % 12 == 0:
        look_at_all_fleets(state)
    state.series[WORST, EVERY, at] = clock.worst_share
    for industry in range(len(state.flows)):
        state.industry_series[ORDERS, industry, at] = state.flows[industry, 0]
        state.industry_series[DELIVERIES, industry, at] = state.flows[industry, 1]


@stage
def count_units(state: State) -> None:
    """What buyers have on order is what lines have in their books, ordered less handed over."""
    clock, ordered, booked = state.clock[0], 0.0, 0.0
    for row in range(len(state.pairs)):
        ordered += state.pairs[row].on_order
    for index in range(len(state.lines)):
        line = state.lines[index]
        booked += line.backlog
        clock.units_error = max(clock.units_error, abs(line.ordered - line.delivered - line.backlog))
    clock.units_error = max(clock.units_error, abs(ordered - booked))
