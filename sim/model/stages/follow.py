"""What people order in place of the rules: orders of the month are found and carried out (stages 2, 4, 10).

A person's choice among offers is followed in stage 6 (decide.py). Without orders nothing here does anything.
"""

from __future__ import annotations

import math

from sim.model.compiled import stage
from sim.model.lever_rows import NEW_EUROPEAN_CAPACITY
from sim.model.rules import tender
from sim.model.stages.invest import add_capacity, announced_growth
from sim.model.stages.output import capacity_now, refresh
from sim.model.stages.tender import begin_tender, has_framework, months_of_procedure, set_due
from sim.model.state import (
    EXPAND,
    FRAMEWORK,
    HOLD,
    JOINT,
    LAUNCH,
    MONTHS,
    NONE,
    OPTION,
    PRICE,
    PROMISE,
    SEAT,
    URGENT,
    YEAR,
    State,
)


@stage
def read_orders(state: State) -> None:
    """The orders of this month are found; those that set something are carried out at once.

    They are looked for from the first: a replication held still may have had fewer orders, or others.
    """
    clock, number = state.clock[0], 0
    while number < len(state.orders) and state.orders[number].month < clock.month:
        number += 1
    clock.first_order = number
    while number < len(state.orders) and state.orders[number].month == clock.month:
        carry_out(number, state)
        number += 1
    clock.last_order = number


@stage
def carry_out(number: int, state: State) -> None:
    """A person takes or leaves a state, holds back a need, agrees a framework, or sets prices or promises."""
    order = state.orders[number]
    if order.kind == SEAT:
        take_seat(order.row, int(order.amount), state)
    elif order.kind == HOLD:
        state.pairs[order.row].hold_until = state.clock[0].month + int(order.months)
    elif order.kind == FRAMEWORK:
        agree(number, state)
    elif order.kind == PRICE and order.amount > 0.0:
        state.lines[order.row].stance = order.amount
    elif order.kind == PROMISE and order.amount >= 0.0:
        state.lines[order.row].promise = order.amount


@stage
def take_seat(index: int, turn: int, state: State) -> None:
    """While a person decides for a state its tenders fall due at the beginning of a turn."""
    state.buyers[index].turn_months = turn
    if turn == 0:
        return
    categories, month = len(state.categories), state.clock[0].month
    for row in range(index * categories, (index + 1) * categories):
        pair = state.pairs[row]
        if pair.open == 1 and pair.due >= month:
            move_due(row, tender.in_turn(pair.due, month, turn), state)


@stage
def move_due(row: int, month: int, state: State) -> None:
    """A running tender is decided in another month."""
    pair = state.pairs[row]
    if pair.due < MONTHS:
        if state.falls_due[pair.due] == row:
            state.falls_due[pair.due] = pair.next_due
        else:
            before = state.falls_due[pair.due]
            while state.pairs[before].next_due != row:
                before = state.pairs[before].next_due
            state.pairs[before].next_due = pair.next_due
    set_due(row, month, state)


@stage
def agree(number: int, state: State) -> None:
    """A framework that both sides accepted takes the place of an older one for the same need."""
    order, clock = state.orders[number], state.clock[0]
    pair = state.pairs[order.row]
    if order.line == NONE or state.lines[order.line].category != pair.category:
        return
    pair.framework_line, pair.framework_units, pair.framework_new = order.line, order.amount, 1
    pair.framework_until, pair.framework_ease = clock.month + int(order.months), 1.0


@stage
def launch_ordered(state: State) -> None:
    """Tenders that people ordered are opened before any that a ministry opens by itself."""
    for number in range(state.clock[0].first_order, state.clock[0].last_order):
        if state.orders[number].kind == LAUNCH:
            launch_one(number, state)


@stage
def launch_one(number: int, state: State) -> None:
    """A tender by the route ordered, if the ministry has room for it; urgent ones may name the supplier."""
    order, clock = state.orders[number], state.clock[0]
    row = order.row
    pair = state.pairs[row]
    buyer = state.buyers[pair.buyer]
    if pair.open == 1 or pair.needed == 0 or buyer.open_tenders >= buyer.procurement_capacity:
        return
    quantity = math.floor(order.amount + 1e-9)
    if quantity < 1.0 or not is_allowed(order.route, row, state):
        return
    upper = 1 if pair.accepts_lower == 0 or (pair.accepts_upper == 1 and order.upper == 1) else 0
    begin_tender(row, order.route, quantity, upper, order.line, state)
    due, turn = clock.month + months_of_procedure(row, state), int(buyer.turn_months)
    if turn > 0 and order.route != URGENT and order.route != OPTION and order.line == NONE:
        following = (clock.month // turn + 1) * turn  # whoever opens a contest decides it
        due = tender.in_turn(max(due, following), following, turn)
    set_due(row, due, state)


@stage
def is_allowed(route: int, row: int, state: State) -> bool:
    """Whether a route is open to a need: nothing joint where only home plants serve, no empty option."""
    if route == JOINT and state.pairs[row].home_only == 1:
        return False
    return route != OPTION or has_framework(row, state)


@stage
def expand_ordered(state: State) -> None:
    """People decide how far their lines grow."""
    for number in range(state.clock[0].first_order, state.clock[0].last_order):
        if state.orders[number].kind == EXPAND:
            expand(state.orders[number].row, state.orders[number].amount, state)


@stage
def expand(index: int, share: float, state: State) -> None:
    """A line grows by a share of its capacity, as labour allows; its rule then waits a year.

    Labour allows each month a twelfth of a year's growth, what was announced for that time included, and
    no more than a year's. Used equipment is not made, and a plant grows once it is open.
    """
    refresh(index, state)
    line, month = state.lines[index], state.clock[0].month
    barred = line.european == 1 and state.levers[NEW_EUROPEAN_CAPACITY] < 0.5
    if line.surplus == 1 or month < line.opening or barred:
        return
    arrives, capacity = month + int(state.rules[0].invest_lag_months), capacity_now(index, state)
    labour = line.growth * capacity - announced_growth(index, arrives, state)
    added = min(share * capacity, labour * min(1.0, (month - line.decided) / YEAR))
    if added > 0.0:
        add_capacity(index, arrives, added, state)
    line.decided = month
