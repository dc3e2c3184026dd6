"""Stage 9: deliveries arrive."""

from __future__ import annotations

import math

from sim.model import bits
from sim.model.compiled import stage
from sim.model.lever_rows import (
    EUROPEAN_LICENCE_RELEASE,
    KOREAN_DELIVERY_RELEASE,
    MUNITIONS_OUTPUT,
    TRAINING_EXCHANGE,
    US_DELIVERY_RELEASE,
    US_LICENCE_RELEASE,
)
from sim.model.randomness import HOLD, uniform
from sim.model.rules import production
from sim.model.stages.book import enter_event, planned_month
from sim.model.stages.offer import hub_share
from sim.model.stages.produce import PRIORITY, clock_of
from sim.model.state import EXPORT, HOME, MONTHS, NONE, QUARTER, State


@stage
def deliver(index: int, state: State) -> None:
    """A state takes over what is finished and released, pays for it and starts training on it."""
    month = state.clock[0].month
    number = state.events[month, index]
    while number != NONE:
        following = state.contracts[number].next_event
        look_at(number, state)
        number = following
    if state.crews[month, index] != 0:
        crew(index, state)


@stage
def look_at(number: int, state: State) -> None:
    """What a contract has got by now, what it waits for, and when to look at it again."""
    contract, month = state.contracts[number], state.clock[0].month
    release(number, state)
    handed = math.floor(contract.allowed + 1e-6) - contract.delivered
    if contract.delivered == 0.0:
        note_waiting(number, month if handed > 0.0 else month + 1, state)
    if handed > 0.0:
        hand_over(number, handed, state)
    elif contract.delivered == 0.0:
        note_lateness(number, state)
    elif contract.allowed < contract.seen - 0.999:
        note_delay(number, 1.0, state)
    contract.looked = month
    if contract.delivered < contract.quantity:
        enter_event(number, next_look(number, state), state)


@stage
def release(number: int, state: State) -> None:
    """All that is finished is let go, or nothing while an authority holds this order."""
    contract = state.contracts[number]
    clock = clock_of(contract.line, contract.lane, state)
    contract.seen = production.work_done(
        contract.quantity, float(contract.start), float(contract.finish), clock
    )
    if not is_held(number, state):
        contract.allowed = contract.seen


@stage
def is_held(number: int, state: State) -> bool:
    """Whether an order is among those that wait; where a hold tightens, others join it and none leaves."""
    share = released_share(number, state)
    if share >= 1.0 or share <= 0.0:
        return share <= 0.0
    contract, clock = state.contracts[number], state.clock[0]
    buyer, line = state.buyers[contract.buyer], state.lines[contract.line]
    return uniform(clock.stream, HOLD, buyer.key, line.key, contract.signed) >= share


@stage
def released_share(number: int, state: State) -> float:
    """Orders that governments let go: of their makers, and with parts of theirs; the least share counts."""
    contract, levers = state.contracts[number], state.levers
    line, buyer = state.lines[contract.line], state.buyers[contract.buyer]
    if contract.lane == HOME:
        return 1.0
    share = 1.0
    if line.american == 1:
        share = levers[US_DELIVERY_RELEASE]
    elif line.korean == 1:
        share = levers[KOREAN_DELIVERY_RELEASE]
    if line.us_part == 1:
        share = min(share, levers[US_LICENCE_RELEASE])
    if line.part_holder != NONE and line.part_holder != buyer.authority:
        share = min(share, levers[EUROPEAN_LICENCE_RELEASE])
    return share


@stage
def withheld(number: int, state: State) -> bool:
    """Whether an authority keeps back anything that the plant has finished."""
    contract = state.contracts[number]
    return contract.allowed < contract.seen - 1e-6


@stage
def holder(number: int, state: State) -> int:
    """The authority that withholds a contract's goods at present, or whose plant is late."""
    contract, levers = state.contracts[number], state.levers
    line = state.lines[contract.line]
    if not withheld(number, state):
        return line.authority
    if line.us_part == 1 and levers[US_LICENCE_RELEASE] < 1.0:
        return state.clock[0].usa
    if line.part_holder != NONE and levers[EUROPEAN_LICENCE_RELEASE] < 1.0:
        return line.part_holder
    return line.authority


@stage
def hand_over(number: int, units: float, state: State) -> None:
    """Units change hands: stock, payment, crews, and the books of both sides."""
    contract, clock = state.contracts[number], state.clock[0]
    buyer, line, pair = state.buyers[contract.buyer], state.lines[contract.line], state.pairs[contract.pair]
    if contract.first_month == NONE:
        contract.first_month = clock.month
    contract.last_month = clock.month
    contract.delivered += units
    line.backlog -= units
    line.delivered += units
    pair.on_order -= units
    pair.stock += units
    if state.stock[contract.buyer, line.family] < 1.0:
        state.since[contract.buyer, line.family] = clock.month
    state.stock[contract.buyer, line.family] += units
    if state.stock[contract.buyer, line.family] >= 1.0:
        state.families[line.family].users |= buyer.self_mask
    pay_rest(number, units, state)
    if buyer.in_total == 1:
        value = units * contract.unit_price
        state.flows[line.industry, 1] += value
        if contract.lane == EXPORT:
            state.flows[line.industry, 2] += value
    train(number, units, state)


@stage
def pay_rest(number: int, units: float, state: State) -> None:
    """The rest of the price falls due with the units, in cash or from a loan; support begins."""
    contract, clock = state.contracts[number], state.clock[0]
    buyer, line = state.buyers[contract.buyer], state.lines[contract.line]
    rest = units * contract.unit_price * (1.0 - contract.paid_share)
    cash = rest * (1.0 - contract.credit)
    buyer.cash -= cash
    buyer.paid += cash
    buyer.committed -= cash
    buyer.debt += rest * contract.credit
    buyer.cost += cash * clock.discount
    buyer.upkeep_month += units * contract.unit_price * line.support_rate / 12.0


@stage
def train(number: int, units: float, state: State) -> None:
    """Delivered units become usable when crews are trained and a first load of munitions is there."""
    contract, clock, rules = state.contracts[number], state.clock[0], state.rules[0]
    line, pair = state.lines[contract.line], state.pairs[contract.pair]
    category = state.categories[pair.category]
    cut = 0.0
    if line.korean == 1:
        cut = rules.usable_hub_cut * hub_share(state)
        cut += rules.usable_training_cut * state.levers[TRAINING_EXCHANGE]
    munitions = category.munition_months / state.levers[MUNITIONS_OUTPUT] - (clock.month - contract.signed)
    wait = production.usable_months(
        category.crew_months_known, category.crew_months_new, contract.new_family == 1, cut, munitions
    )
    month = clock.month + max(1, wait)
    if month < MONTHS:
        state.arriving[month, contract.pair] += units
        state.crews[month, contract.buyer] |= 1 << pair.category
    if contract.usable_month == NONE:
        contract.usable_month = month


@stage
def crew(index: int, state: State) -> None:
    """Units whose crews are ready become usable."""
    month, left = state.clock[0].month, state.crews[state.clock[0].month, index]
    while left != 0:
        row = index * len(state.categories) + bits.lowest(left)
        left &= left - 1
        pair, units = state.pairs[row], state.arriving[month, row]
        pair.usable = min(pair.stock, pair.usable + units)
        state.buyers[index].usable_base += units * pair.base_price


@stage
def note_waiting(number: int, until: int, state: State) -> None:
    """Past its promise and usual lateness, the months a contract waits are put down to a cause."""
    contract = state.contracts[number]
    planned = contract.first_due + int(contract.slip)
    waited = float(until - max(planned, contract.looked + 1))
    if waited <= 0.0:
        return
    if contract.seen >= 1.0 and withheld(number, state):
        contract.months_licence += waited
    elif state.lanes[contract.line, contract.lane].cause == PRIORITY:
        contract.months_priority += waited
    else:
        contract.months_supply += waited


@stage
def note_lateness(number: int, state: State) -> None:
    """A promise broken beyond the usual grace is noted against the government behind it."""
    contract, month = state.contracts[number], state.clock[0].month
    noticed = contract.first_due + int(state.rules[0].trust_grace_months)
    if month > noticed:
        note_delay(number, float(month - max(noticed, contract.looked)), state)


@stage
def note_delay(number: int, months: float, state: State) -> None:
    """A broken promise is noted against the government behind it, to be remembered in stage 11."""
    contract = state.contracts[number]
    authority = holder(number, state)
    if authority != state.buyers[contract.buyer].authority:
        state.late[contract.buyer, authority] += months
        state.buyers[contract.buyer].late = 1


@stage
def next_look(number: int, state: State) -> int:
    """The month of the next event: the next batch, each month while something is late, or each quarter."""
    contract, month = state.contracts[number], state.clock[0].month
    if withheld(number, state):
        return month + 1
    due = contract.delivered + batch(number, state)
    planned = planned_month(number, due, state)
    if planned <= month:
        return month + 1
    return min(planned, month + QUARTER) if contract.delivered == 0.0 else planned


@stage
def batch(number: int, state: State) -> float:
    """Units handed over together: about a quarter's work; the first one comes alone."""
    contract = state.contracts[number]
    if contract.delivered == 0.0:
        return 1.0
    a_month = contract.quantity / (contract.finish - contract.start + 1.0)
    left = contract.quantity - contract.delivered
    return min(left, max(1.0, math.floor(a_month * state.rules[0].produce_batch_months)))
