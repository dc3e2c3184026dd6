"""Stages 10 and 11: suppliers invest and localise, states and suppliers learn."""

from __future__ import annotations

from sim.model.compiled import stage
from sim.model.lever_rows import EUROPEAN_GROWTH, KOREAN_GROWTH, NEW_EUROPEAN_CAPACITY, OBSERVER_SEATS
from sim.model.rules import investment, trust
from sim.model.stages.output import capacity_at, years_of_cover
from sim.model.state import NONE, State

START_YEAR = 2026.0


@stage
def invest(index: int, state: State) -> None:
    """A line follows its plan, adds capacity when full for years ahead, and shrinks when slack."""
    line, month, rules = state.lines[index], state.clock[0].month, state.rules[0]
    if line.surplus == 1:
        return
    year = START_YEAR + (month + 1) / 12.0
    if line.opens > START_YEAR and year < line.opens:
        return
    line.capacity = capacity_at(index, 1, state)
    if line.arriving > 0.0 and month + 1 >= line.arrival:
        line.arriving = 0.0
    if line.european == 1 and state.levers[NEW_EUROPEAN_CAPACITY] < 0.5:
        return
    cover = years_of_cover(index, state)
    if line.arriving == 0.0:
        target = rules.invest_cover_target
        if line.korean == 1:
            target *= 1.0 - rules.invest_observer_cut * state.levers[OBSERVER_SEATS]
        added = investment.expansion(line.capacity, growth_of(index, state), cover, target)
        if added > 0.0:
            line.arriving = added
            line.arrival = month + int(rules.invest_lag_months)
    if year > line.rate_planned_year:
        floor = rules.invest_floor * line.rate_now
        line.capacity -= investment.shrink(
            line.capacity, floor, cover, rules.invest_cover_low, rules.invest_shrink
        )


@stage
def growth_of(index: int, state: State) -> float:
    """Yearly growth of capacity that labour allows, moved by the lever of the line's region."""
    line = state.lines[index]
    growth = line.growth_cap
    if line.european == 1:
        growth *= state.levers[EUROPEAN_GROWTH] / state.lever_default[EUROPEAN_GROWTH]
    elif line.korean == 1:
        growth *= state.levers[KOREAN_GROWTH] / state.lever_default[KOREAN_GROWTH]
    return growth


@stage
def forgive(index: int, state: State) -> None:
    """Distrust fades slowly; for all states before any remembers, so that no order of states counts."""
    rules, own = state.rules[0], state.buyers[index].authority
    for authority in range(len(state.authorities)):
        if authority != own:
            state.distrust[index, authority] = trust.recover(
                state.distrust[index, authority], rules.trust_start, rules.trust_recovery
            )


@stage
def learn(index: int, state: State) -> None:
    """A state and, a little, all others remember its late deliveries; closed contracts are filed."""
    rules, clock = state.rules[0], state.clock[0]
    number, before = state.first_of_buyer[index], NONE
    while number != NONE:
        contract = state.contracts[number]
        following = contract.next_of_buyer
        late = clock.month - contract.first_due
        if contract.allowed < contract.made - 0.999:
            remember_delay(index, holder(contract.line, state), state)
        elif contract.first_month == NONE and late > rules.trust_grace_months:
            remember_delay(index, state.lines[contract.line].authority, state)
        if contract.delivered >= contract.quantity:
            if before == NONE:
                state.first_of_buyer[index] = following
            else:
                state.contracts[before].next_of_buyer = following
        else:
            before = number
        number = following


@stage
def holder(index: int, state: State) -> int:
    """The authority that withholds a line's goods: its own, or Washington for its parts."""
    line = state.lines[index]
    return state.clock[0].usa if line.us_part == 1 else line.authority


@stage
def remember_delay(victim: int, authority: int, state: State) -> None:
    """One more month late or withheld: the victim remembers most, every other buyer a little."""
    rules, own = state.rules[0], state.buyers[victim].authority
    if authority == own:
        return
    for index in range(len(state.buyers)):
        if state.buyers[index].authority != authority:
            step = rules.trust_step if index == victim else rules.trust_step * rules.trust_spill
            state.distrust[index, authority] = trust.remember(state.distrust[index, authority], step)
