"""What people order in place of the rules: orders of the month are found and carried out (stages 2, 4, 10).

A person's choice among offers is followed in stage 6 (decide.py). Without orders nothing here does anything.
"""

from __future__ import annotations

from sim.model.compiled import stage
from sim.model.rules import tender
from sim.model.stages.invest import add_capacity
from sim.model.stages.output import capacity_now
from sim.model.stages.tender import begin_tender, has_framework, months_of_procedure, set_due
from sim.model.state import (
    EXPAND,
    FRAMEWORK,
    HOLD,
    LAUNCH,
    MONTHS,
    NONE,
    OPTION,
    PRICE,
    PROMISE,
    SEAT,
    URGENT,
    State,
)


@stage
def read_orders(state: State) -> None:
    """The orders of this month are found; those that set something are carried out at once."""
    clock = state.clock[0]
    clock.first_order = clock.last_order
    while clock.last_order < len(state.orders) and state.orders[clock.last_order].month <= clock.month:
        carry_out(clock.last_order, state)
        clock.last_order += 1


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
    elif order.kind == PRICE:
        state.lines[order.row].stance = order.amount
    elif order.kind == PROMISE:
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
    if order.route == OPTION and not has_framework(row, state):
        return
    begin_tender(row, order.route, order.amount, order.upper, order.line, state)
    due, turn = clock.month + months_of_procedure(row, state), int(buyer.turn_months)
    if turn > 0 and order.route != URGENT and order.route != OPTION and order.line == NONE:
        following = (clock.month // turn + 1) * turn  # whoever opens a contest decides it
        due = tender.in_turn(max(due, following), following, turn)
    set_due(row, due, state)


@stage
def expand_ordered(state: State) -> None:
    """A person decides how far a line grows this year, as labour allows; its rule then waits a year."""
    month, rules = state.clock[0].month, state.rules[0]
    for number in range(state.clock[0].first_order, state.clock[0].last_order):
        order = state.orders[number]
        if order.kind == EXPAND:
            line = state.lines[order.row]
            added = min(order.amount, line.growth) * capacity_now(order.row, state)
            if added > 0.0:
                add_capacity(order.row, month + int(rules.invest_lag_months), added, state)
            line.decided = month
