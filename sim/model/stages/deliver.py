"""Stages 8 and 9: lines produce, deliveries arrive."""

from __future__ import annotations

import math

from sim.model.compiled import stage
from sim.model.lever_rows import (
    KOREAN_HOME_PRIORITY,
    SLOT_LENDING,
    US_DELIVERY_RELEASE,
    US_LICENCE_RELEASE,
)
from sim.model.rules import money, production
from sim.model.stages.offer import hub_share
from sim.model.stages.output import monthly_output, output_per_capacity
from sim.model.state import ARRIVALS, NONE, URGENT, State


@stage
def produce(index: int, state: State) -> None:
    """A line works off its order book, no contract faster than its plan.

    Slots were promised first come, first served (the calendar). Where the plant makes less than it
    promised, part of its output goes to the oldest orders and the rest keeps every due customer going.
    """
    line, month = state.lines[index], state.clock[0].month
    line.promised += state.calendar[index, month]
    output = monthly_output(index, 0, output_per_capacity(index, state), state)
    wanted = wanted_now(index, state)
    shared = min(1.0, output * (1.0 - state.rules[0].produce_oldest_first) / wanted) if wanted > 0.0 else 1.0
    left = max(0.0, output - wanted * shared)
    number, before = line.first_contract, NONE
    while number != NONE:
        contract = state.contracts[number]
        due = max(0.0, due_now(number, state) - contract.made)
        oldest = min(left, due * (1.0 - shared))
        left -= oldest
        make(number, due * shared + oldest, due, state)
        following = contract.next_of_line
        if contract.made >= contract.quantity - 1e-9:
            contract.made = contract.quantity
            drop_from_line(index, number, before, state)
        else:
            before = number
        number = following
    repay_slots(index, left, state)


@stage
def make(number: int, units: float, due: float, state: State) -> None:
    """Add units to a contract; an urgent one that gets less than it is due may use lent slots."""
    contract = state.contracts[number]
    if units < due and contract.route == URGENT:
        units += borrow_slots(contract.line, due - units, state)
    contract.made += units
    state.lines[contract.line].produced += units


@stage
def wanted_now(index: int, state: State) -> float:
    """Units all customers of a line are due this month and have not got."""
    number, total = state.lines[index].first_contract, 0.0
    while number != NONE:
        total += max(0.0, due_now(number, state) - state.contracts[number].made)
        number = state.contracts[number].next_of_line
    return total


@stage
def due_now(number: int, state: State) -> float:
    """Units of a contract the plant should have finished by now, usual lateness counted."""
    contract = state.contracts[number]
    return production.due_so_far(
        contract.quantity,
        contract.start + contract.slip,
        contract.last_due + contract.slip,
        float(state.clock[0].month),
    )


@stage
def borrow_slots(index: int, wanted: float, state: State) -> float:
    """A Korean line may give urgent buyers slots of its own army, up to a year's worth; units."""
    line = state.lines[index]
    lending = state.levers[SLOT_LENDING]
    if line.korean == 0 or line.surplus == 1 or lending <= 0.0:
        return 0.0
    home_year = line.capacity * line.output_share * line.outside_share
    room = lending * home_year - line.owed
    lent = max(0.0, min(wanted, room, lending * home_year / 12.0))
    lent *= 1.0 - state.levers[KOREAN_HOME_PRIORITY] if line.in_korea == 1 else 1.0
    line.owed += lent
    return lent


@stage
def repay_slots(index: int, unused: float, state: State) -> None:
    """Output that nobody is due goes to the home army until lent slots are given back."""
    line = state.lines[index]
    line.owed -= min(line.owed, unused)


@stage
def drop_from_line(index: int, number: int, before: int, state: State) -> None:
    """A finished contract leaves the line's queue."""
    line, following = state.lines[index], state.contracts[number].next_of_line
    if before == NONE:
        line.first_contract = following
    else:
        state.contracts[before].next_of_line = following
    if line.last_contract == number:
        line.last_contract = before


@stage
def deliver(index: int, state: State) -> None:
    """A state takes over what is finished and released, pays for it and starts training on it."""
    number = state.first_of_buyer[index]
    while number != NONE:
        contract = state.contracts[number]
        release(number, state)
        handed = math.floor(contract.allowed + 1e-6) - contract.delivered
        if handed > 0.0:
            hand_over(number, handed, state)
        elif contract.delivered == 0.0:
            note_waiting(number, state)
        number = contract.next_of_buyer
    crew(index, state)


@stage
def release(number: int, state: State) -> None:
    """An authority lets go a share of what is newly finished; what it holds waits until the hold ends."""
    contract = state.contracts[number]
    share = released_share(number, state)
    if share >= 1.0:
        contract.allowed = contract.made
    else:
        contract.allowed += share * (contract.made - contract.seen)
    contract.seen = contract.made


@stage
def released_share(number: int, state: State) -> float:
    """Washington's two levers apply to US goods for others, and to other makers' goods with US parts."""
    contract = state.contracts[number]
    line, buyer = state.lines[contract.line], state.buyers[contract.buyer]
    if line.american == 1:
        return 1.0 if (line.home & buyer.self_mask) != 0 else state.levers[US_DELIVERY_RELEASE]
    return state.levers[US_LICENCE_RELEASE] if line.us_part == 1 else 1.0


@stage
def hand_over(number: int, units: float, state: State) -> None:
    """Units change hands: stock, payment, crews, and the books of both sides."""
    contract, clock, rules = state.contracts[number], state.clock[0], state.rules[0]
    buyer, line, pair = state.buyers[contract.buyer], state.lines[contract.line], state.pairs[contract.pair]
    if contract.first_month == NONE:
        contract.first_month = clock.month
    contract.last_month = clock.month
    contract.delivered += units
    line.backlog -= units
    pair.on_order -= units
    pair.stock += units
    state.stock[contract.buyer, line.family] += units
    if state.stock[contract.buyer, line.family] >= 1.0:
        state.families[line.family].users |= buyer.self_mask
    rest = units * contract.unit_price * (1.0 - contract.paid_share)
    cash = rest * (1.0 - contract.credit)
    buyer.cash -= cash
    buyer.paid += cash
    buyer.committed -= cash
    buyer.debt += rest * contract.credit
    buyer.cost += money.present_value(cash, rules.money_discount, float(clock.month))
    buyer.upkeep_month += units * contract.unit_price * line.support_rate / 12.0
    train(number, units, state)


@stage
def train(number: int, units: float, state: State) -> None:
    """Delivered units become usable after crewing and integration."""
    contract, clock, rules = state.contracts[number], state.clock[0], state.rules[0]
    line, pair = state.lines[contract.line], state.pairs[contract.pair]
    category = state.categories[pair.category]
    cut = rules.usable_hub_cut * hub_share(state) if line.korean == 1 else 0.0
    wait = production.crew_months(
        category.crew_months_known, category.crew_months_new, contract.new_family == 1, cut
    )
    month = min(ARRIVALS - 1, clock.month + wait)
    state.arriving[contract.pair, month] += units
    if contract.usable_month == NONE:
        contract.usable_month = clock.month + wait


@stage
def crew(index: int, state: State) -> None:
    """Units whose crews are ready become usable."""
    month, categories = state.clock[0].month, len(state.categories)
    for c in range(categories):
        row = index * categories + c
        units = state.arriving[row, month]
        if units > 0.0:
            pair = state.pairs[row]
            pair.usable = min(pair.stock, pair.usable + units)
            state.buyers[index].usable_base += units * pair.base_price


@stage
def note_waiting(number: int, state: State) -> None:
    """Past its promised month, each month a contract waits is put down to a cause."""
    contract, month = state.contracts[number], state.clock[0].month
    if month < contract.first_due:
        return
    if contract.made >= 1.0:
        contract.months_hold += 1.0
    elif month < contract.first_due + contract.slip:
        contract.months_slip += 1.0
    else:
        contract.months_capacity += 1.0
