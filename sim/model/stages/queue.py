"""The queue of a line: when its planned output is not yet promised to others (part of stage 5)."""

from __future__ import annotations

import math

from sim.model.compiled import stage
from sim.model.stages.output import (
    army_slots,
    growth_in_sight,
    home_priority,
    next_arrival,
    output_in,
    serves_home,
)
from sim.model.state import CALENDAR, EXPORT, HALF, HALVES, HOME, NONE, State


@stage
def find_slots(row: int, index: int, state: State) -> None:
    """Fill in the months of an offer: consent, finance, a plant not open yet, queue and build.

    The queue solves: planned output, half-year by half-year, less what is promised and what is behind.
    """
    pair, line, clock, rules = state.pairs[row], state.lines[index], state.clock[0], state.rules[0]
    answer = state.offers[pair.slot, index]
    build = build_months(row, index, state)
    consent = answer.process + answer.finance
    opening = max(0.0, line.opening - clock.month)
    # A plant that has not opened can prepare while it waits: the later of the two counts.
    alone = consent + build
    ready = clock.month + math.ceil(max(alone, opening + (1.0 - rules.quote_prepared) * build))
    first, last = ready, ready
    if answer.lent < pair.quantity:
        first, last = slots_from(row, index, ready, build, state)
    if answer.lent >= 1.0:
        first = ready
    answer.months = float(first - clock.month)
    answer.last = float(max(first, last, ready + least_spread(answer.lent, index, state)) - clock.month)
    ramp = max(0.0, ready - clock.month - math.ceil(alone)) if opening > 0.0 else 0.0
    split_months(row, index, build, ramp, state)


@stage
def build_months(row: int, index: int, state: State) -> float:
    """Months to build the first unit with an empty queue; less where slots of a home army are lent."""
    cut = state.rules[0].quote_slot_cut if state.offers[state.pairs[row].slot, index].lent >= 1.0 else 0.0
    return state.lines[index].build_months * (1.0 - cut)


@stage
def least_spread(lent: float, index: int, state: State) -> int:
    """Months over which lent slots deliver: a year's slots take a year; whole months."""
    if lent < 1.0:
        return 0
    yearly = army_slots(index, state)
    return math.floor(12.0 * lent / yearly) if yearly > 0.0 else 0


@stage
def split_months(row: int, index: int, build: float, ramp: float, state: State) -> None:
    """Put down the months to the first delivery to their causes, so that they add up exactly."""
    answer = state.offers[state.pairs[row].slot, index]
    left = answer.months
    answer.process = min(answer.process, left)
    left -= answer.process
    answer.finance = min(answer.finance, left)
    left -= answer.finance
    answer.build = min(build, left)
    left -= answer.build
    answer.ramp = min(ramp, left)
    answer.queue = left - answer.ramp


@stage
def slots_from(row: int, index: int, ready: int, build: float, state: State) -> tuple[int, int]:
    """First and last month in which free slots make the units that are not lent; CALENDAR if never."""
    pair, line, clock, rules = state.pairs[row], state.lines[index], state.clock[0], state.rules[0]
    wanted = pair.quantity - state.offers[pair.slot, index].lent
    yields = home_priority(index, state) if serves_home(index, pair.buyer, state) else 0.0
    # Work on a large unit (a submarine) takes slots long before it is delivered.
    unit_months = math.floor(min(build, max(1.0, 12.0 / max(0.5, line.best_year))))
    begin = max(clock.month, ready + 1 - unit_months)
    behind = late_units(index, state)
    growth, most = growth_in_sight(index, pair.quantity, state)
    growth, arrives = growth / 12.0, float(next_arrival(index, state))
    got, first, slot = 0.0, NONE, clock.month // HALF
    start = clock.month
    months = (slot + 1.0) * HALF - start
    part = months / HALF  # of the half-year in progress
    while slot < HALVES:
        capacity = state.path[index, slot] + min(most, growth * max(0.0, start - arrives))
        making = output_in(index, slot, capacity, state)
        promised = state.booked[index, HOME, slot] + (1.0 - yields) * state.booked[index, EXPORT, slot]
        free = making * months - part * promised - behind
        behind = max(0.0, -free)
        if free > rules.quote_free_slot * making * months and slot * HALF + HALF > begin:
            from_month = max(start, begin)
            rate = free / months
            made = rate * (months - float(from_month - start))
            if first == NONE and got + made >= min(1.0, wanted):
                first = from_month + math.ceil((min(1.0, wanted) - got) / rate - 1e-9) - 1
            if got + made >= wanted:
                last = from_month + math.ceil((wanted - got) / rate - 1e-9) - 1
                return max(ready, first), max(ready, last)
            got += made
        slot += 1
        start, months, part = slot * HALF, float(HALF), 1.0
    return (max(ready, first) if first != NONE else CALENDAR), CALENDAR


@stage
def late_units(index: int, state: State) -> float:
    """Units promised by now and not made."""
    home, export = state.lanes[index, HOME], state.lanes[index, EXPORT]
    return max(0.0, home.promised - home.produced + export.promised - export.produced)
