"""How a contract enters the books of its line and buyer (part of stage 7, and of the opening)."""

from __future__ import annotations

import math

from sim.model.compiled import stage
from sim.model.rules import production
from sim.model.stages.output import reprice, years_of_cover
from sim.model.state import CALENDAR, EXPORT, HALF, HALVES, MONTHS, NONE, State

REPAID_OVER = 36  # months in which lent slots are given back


@stage
def start_of_work(number: int, state: State) -> int:
    """The month in which work begins so that the first unit is ready when promised."""
    contract, month = state.contracts[number], state.clock[0].month
    yearly = state.lines[contract.line].best_year
    pace = production.months_a_unit(
        contract.quantity, float(contract.first_due), float(contract.last_due), yearly
    )
    start = contract.first_due + 1 - math.ceil(pace)
    return start if contract.existing == 1 else max(month, start)


@stage
def enter_book(number: int, state: State) -> None:
    """A contract takes its slots on the line, and its first event is noted with the buyer."""
    contract = state.contracts[number]
    line, pair = state.lines[contract.line], state.pairs[contract.pair]
    length = contract.finish - contract.start + 1
    lane, start, finish = contract.lane, contract.start, contract.finish
    change_rate(contract.line, lane, start, finish, contract.quantity / length, state)
    book_slots(contract.line, lane, start, finish, contract.quantity - contract.lent, state)
    if contract.lent > 0.0:
        lend_slots(number, state)
    line.backlog += contract.quantity
    line.ordered += contract.quantity
    if line.surplus == 1:
        line.surplus_left -= contract.quantity
    pair.on_order += contract.quantity
    reprice(contract.line, years_of_cover(contract.line, state), state)
    enter_event(number, first_look(number, state), state)


@stage
def change_rate(index: int, lane: int, start: int, finish: int, rate: float, state: State) -> None:
    """The rate promised on a lane rises by so many units a month from `start` to the end of `finish`."""
    if start < MONTHS:
        state.steps[max(0, start), index, lane] += rate
    if finish + 1 < MONTHS:
        state.steps[max(0, finish + 1), index, lane] -= rate


@stage
def book_slots(index: int, lane: int, start: int, finish: int, units: float, state: State) -> None:
    """Spread units evenly over the half-years of a plan."""
    first, last = max(0, start), min(CALENDAR - 1, finish)
    rate = units / (finish - start + 1)
    slot = first // HALF
    while slot < HALVES and slot * HALF <= last:
        months = min(last, slot * HALF + HALF - 1) - max(first, slot * HALF) + 1
        state.booked[index, lane, slot] += rate * months
        slot += 1


@stage
def lend_slots(number: int, state: State) -> None:
    """Slots of a home army serve an order from its start, and are given back after its end."""
    contract = state.contracts[number]
    index, line = contract.line, state.lines[contract.line]
    months = min(12, contract.finish - contract.start + 1)
    shift_lending(index, contract.start, contract.start + months, contract.lent / months, state)
    back = contract.finish + 1
    shift_lending(index, back, back + REPAID_OVER, -contract.lent / REPAID_OVER, state)
    book_slots(index, EXPORT, back, back + REPAID_OVER - 1, contract.lent, state)
    line.owed += contract.lent


@stage
def shift_lending(index: int, start: int, end: int, rate: float, state: State) -> None:
    """From one month to another a line makes more (or less) for its customers."""
    if start < MONTHS:
        state.lending[start, index] += rate
    if end < MONTHS:
        state.lending[end, index] -= rate


@stage
def first_look(number: int, state: State) -> int:
    """When to look at a contract first: a little after its promise, or when its first unit is planned."""
    contract = state.contracts[number]
    planned = planned_month(number, 1.0, state)
    grace = contract.first_due + int(state.rules[0].trust_grace_months) + 1
    return min(planned, grace)


@stage
def planned_month(number: int, unit: float, state: State) -> int:
    """The month at whose end so many units of a contract are planned to be ready."""
    contract = state.contracts[number]
    return production.month_of_unit(contract.quantity, float(contract.start), float(contract.finish), unit)


@stage
def enter_event(number: int, month: int, state: State) -> None:
    """A contract is looked at again in a month; those after the end of the run never."""
    contract = state.contracts[number]
    contract.next_event = NONE
    if month < MONTHS:
        contract.next_event = state.events[month, contract.buyer]
        state.events[month, contract.buyer] = number
