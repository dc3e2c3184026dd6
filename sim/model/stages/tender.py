"""Stage 4: states launch tenders, and those due this month are called in an order drawn afresh."""

from __future__ import annotations

import math

from sim.model import bits
from sim.model.compiled import stage
from sim.model.lever_rows import FRAMEWORK_CONVERSION, JOINT_SHARE
from sim.model.randomness import (
    CATEGORY_TURN,
    TENDER_DELAY,
    TENDER_LAUNCH,
    TENDER_MONTHS,
    TENDER_ROUTE,
    TENDER_TIER,
    TENDER_TURN,
    uniform,
)
from sim.model.rules import money, tender
from sim.model.state import COMPETITION, JOINT, MONTHS, NONE, OPTION, URGENT, State


@stage
def launch(index: int, state: State) -> None:
    """A state opens tenders for its gaps, as many as its ministry can run, in an order drawn each month."""
    buyer, clock = state.buyers[index], state.clock[0]
    if buyer.open_tenders >= buyer.procurement_capacity:
        return
    if buyer.wanting == 0:
        return
    categories = len(state.categories)
    turn = uniform(clock.stream, CATEGORY_TURN, buyer.key, buyer.key, clock.month)
    first = int(turn * categories)
    # From the first on, those before it after the last: twice the same bits, seen through a shifted window.
    left = ((buyer.wanting | buyer.wanting << categories) >> first) & ((1 << categories) - 1)
    while left != 0:
        at = first + bits.lowest(left)
        left &= left - 1
        consider_tender(index * categories + (at if at < categories else at - categories), state)
        if buyer.open_tenders >= buyer.procurement_capacity:
            return


@stage
def note_wanting(row: int, state: State) -> None:
    """Whether a need is worth a tender now: its gap reaches the smallest lot and no tender runs."""
    pair = state.pairs[row]
    buyer, bit = state.buyers[pair.buyer], 1 << pair.category
    if pair.open == 0 and pair.gap >= pair.smallest:
        buyer.wanting |= bit
    else:
        buyer.wanting &= ~bit


@stage
def consider_tender(row: int, state: State) -> None:
    """A gap of at least the smallest lot may become a tender this month, if there is money for it."""
    pair, clock, rules = state.pairs[row], state.clock[0], state.rules[0]
    buyer, category = state.buyers[pair.buyer], state.categories[pair.category]
    if 0 <= clock.month < pair.hold_until:
        return  # a person wants to wait
    clock.draws += 1
    chance = uniform(clock.stream, TENDER_LAUNCH, buyer.key, pair.key, clock.month)
    if not tender.launched(rules.tender_base, rules.tender_slope, pair.urgency, chance):
        return
    draw = uniform(clock.stream, TENDER_TIER, buyer.key, pair.key, clock.month)
    upper = 1 if pair.accepts_lower == 0 or (pair.accepts_upper == 1 and draw < pair.upper_share) else 0
    price = clock.prices * (pair.price_upper if upper == 1 else pair.price_lower)
    if price <= 0.0:
        return  # no line of that tier is open to this state
    quantity = tender.lot(
        pair.gap, category.lot_fraction, category.lot_typical, money_open(pair.buyer, state) / price
    )
    if quantity >= pair.smallest:
        open_tender(row, quantity, upper, state)


@stage
def money_open(index: int, state: State) -> float:
    """What a state can still promise, musd: money in hand, some years of inflow, credit, less commitments."""
    buyer = state.buyers[index]
    return money.room(
        buyer.cash,
        buyer.usual_inflow,
        state.rules[0].money_horizon_months,
        buyer.committed,
        buyer.credit_left,
    )


@stage
def open_tender(row: int, quantity: float, upper: int, state: State) -> None:
    """A tender opens: its route, and the month in which it will be decided."""
    pair, clock, rules = state.pairs[row], state.clock[0], state.rules[0]
    buyer = state.buyers[pair.buyer]
    route = tender.route(
        pair.urgency,
        rules.tender_urgent_slope,
        rules.tender_urgent_cap,
        option_chance(row, state),
        rules.tender_home_direct if pair.home_maker == 1 else rules.tender_direct_share,
        0.0 if pair.home_only == 1 else state.levers[JOINT_SHARE],
        uniform(clock.stream, TENDER_ROUTE, buyer.key, pair.key, clock.month),
    )
    begin_tender(row, route, quantity, upper, NONE, state)
    enter_due(row, clock.month + months_of_procedure(row, state), state)
    clock.draws += 3


@stage
def begin_tender(row: int, route: int, quantity: float, upper: int, line: int, state: State) -> None:
    """A ministry has one more tender running; a framework allows only what is left of it."""
    pair = state.pairs[row]
    pair.quantity, pair.tier, pair.known_line, pair.funded = quantity, upper, line, 0
    pair.route, pair.opened = route, state.clock[0].month
    if route == OPTION:
        pair.known_line = pair.framework_line
        pair.quantity = math.floor(min(quantity, pair.framework_units) + 1e-9)
    state.buyers[pair.buyer].open_tenders += 1


@stage
def option_chance(row: int, state: State) -> float:
    """The chance that a need is met from its framework; 0 without one that is still open."""
    pair = state.pairs[row]
    if not has_framework(row, state):
        return 0.0
    ease = pair.framework_ease * state.rules[0].tender_option_share
    return min(1.0, ease * state.levers[FRAMEWORK_CONVERSION])


@stage
def has_framework(row: int, state: State) -> bool:
    """Whether a framework for a need is in force and allows more."""
    pair = state.pairs[row]
    if pair.framework_line == NONE or pair.framework_units < 1.0:
        return False
    return state.clock[0].month < pair.framework_until


@stage
def months_of_procedure(row: int, state: State) -> int:
    """How long the procedure takes by its route; joint buys take longer than a competition."""
    pair, clock, rules = state.pairs[row], state.clock[0], state.rules[0]
    buyer, factor = state.buyers[pair.buyer], state.categories[pair.category].tender_factor
    low, high = rules.tender_direct_low, rules.tender_direct_high
    if pair.route == URGENT:
        low, high = rules.tender_urgent_low, rules.tender_urgent_high
    elif pair.route == OPTION:
        low, high, factor = rules.tender_option_low, rules.tender_option_high, 1.0
    elif pair.route == COMPETITION or pair.route == JOINT:
        low, high = rules.tender_competition_low, rules.tender_competition_high
    chance = uniform(clock.stream, TENDER_MONTHS, buyer.key, pair.key, clock.month)
    months = tender.procedure_months(low, high, factor, chance)
    if pair.route == JOINT:
        delay = uniform(clock.stream, TENDER_DELAY, buyer.key, pair.key, clock.month)
        months += tender.procedure_months(rules.tender_joint_low, rules.tender_joint_high, 1.0, delay)
    return months


@stage
def enter_due(row: int, month: int, state: State) -> None:
    """A tender runs until it is decided in some month; it is found again by that month."""
    turn = int(state.buyers[state.pairs[row].buyer].turn_months)
    if turn > 0:
        month = tender.in_turn(month, state.clock[0].month + 1, turn)
    set_due(row, month, state)


@stage
def set_due(row: int, month: int, state: State) -> None:
    """The need stands in the list of the month in which its tender is decided."""
    pair = state.pairs[row]
    pair.open, pair.due = 1, month
    note_wanting(row, state)
    if 0 <= month < MONTHS:
        pair.next_due = state.falls_due[month]
        state.falls_due[month] = row


@stage
def call_due(state: State) -> None:
    """Tenders that are due this month are put in an order drawn afresh, never that of the roster."""
    clock = state.clock[0]
    clock.due, clock.due_categories = 0, 0
    row = state.falls_due[clock.month]
    while row != NONE:
        turn = turn_of(row, state)
        place = clock.due
        while place > 0 and turn_of(state.due[place - 1], state) > turn:
            state.due[place] = state.due[place - 1]
            place -= 1
        state.due[place] = row
        clock.due += 1
        clock.due_categories |= 1 << state.pairs[row].category
        row = state.pairs[row].next_due
    for place in range(clock.due):
        state.pairs[state.due[place]].slot = place


@stage
def turn_of(row: int, state: State) -> float:
    """The draw that orders the tenders of a month."""
    pair, clock = state.pairs[row], state.clock[0]
    return uniform(clock.stream, TENDER_TURN, state.buyers[pair.buyer].key, pair.key, clock.month)
