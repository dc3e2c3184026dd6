"""Stage 10: suppliers invest and localise."""

from __future__ import annotations

from sim.model.compiled import stage
from sim.model.lever_rows import NEW_EUROPEAN_CAPACITY
from sim.model.rules import investment, quote
from sim.model.stages.output import capacity_now, reprice, years_of_cover
from sim.model.state import HALF, HALVES, NONE, QUARTER, YEAR, State


@stage
def invest(index: int, state: State) -> None:
    """Each quarter a line reviews its price, grows when full for years ahead, or shrinks when slack."""
    line, month, rules = state.lines[index], state.clock[0].month, state.rules[0]
    if month % QUARTER != QUARTER - 1 or line.surplus == 1:
        return
    cover = years_of_cover(index, state)
    reprice(index, cover, state)
    if month < line.opening:
        return
    if line.european == 1 and state.levers[NEW_EUROPEAN_CAPACITY] < 0.5:
        stop_plan(index, state)
    elif month >= line.decided + YEAR:
        added = investment.expansion(capacity_now(index, state), line.growth, cover, line.target)
        added -= announced_growth(index, month + int(rules.invest_lag_months), state)
        if added > 0.0:
            line.decided = month
            add_capacity(index, month + int(rules.invest_lag_months), added, state)
    if month >= line.plan_month:
        shrink(index, cover, state)


@stage
def announced_growth(index: int, month: int, state: State) -> float:
    """What the announced plan adds in the year up to a month anyway: it takes part of what labour allows."""
    slot = min(HALVES - 1, month // HALF)
    before = max(0, slot - YEAR // HALF)
    return max(0.0, state.announced[index, slot] - state.announced[index, before])


@stage
def add_capacity(index: int, month: int, added: float, state: State) -> None:
    """New capacity counts from the half-year in which it arrives."""
    for slot in range(month // HALF, HALVES):
        state.path[index, slot] += added
    state.lines[index].checked = NONE


@stage
def stop_plan(index: int, state: State) -> None:
    """Without new European plants capacity stays what it is."""
    now = state.clock[0].month // HALF
    for slot in range(now + 1, HALVES):
        state.path[index, slot] = min(state.path[index, slot], state.path[index, now])
    state.lines[index].checked = NONE


@stage
def shrink(index: int, cover: float, state: State) -> None:
    """A slack line loses people: what it can make falls slowly, down to a floor."""
    line, rules = state.lines[index], state.rules[0]
    now = capacity_now(index, state)
    lost = investment.shrink(
        now, rules.invest_floor * line.rate_now, cover, rules.invest_cover_low, QUARTER * rules.invest_shrink
    )
    if lost > 0.0:
        for slot in range(state.clock[0].month // HALF, HALVES):
            state.path[index, slot] = max(0.0, state.path[index, slot] - lost)
        line.checked = NONE


@stage
def localise(number: int, state: State) -> None:
    """A large contract with local work opens a line abroad: it adds capacity after its lag."""
    contract, rules = state.contracts[number], state.rules[0]
    if contract.local_share <= 0.0:
        return
    yearly = contract.quantity * 12.0 / (contract.finish - contract.start + 1)
    opens = contract.signed + int(rules.quote_local_lag)
    add_capacity(contract.line, opens, contract.local_share * yearly, state)


@stage
def plan_capacity(index: int, state: State) -> None:
    """The capacity announced at the start, half-year by half-year: from today's rate to the planned one."""
    line = state.lines[index]
    grows = line.european == 0 or state.levers[NEW_EUROPEAN_CAPACITY] >= 0.5
    opened = line.opening <= 0
    planned = line.rate_planned if opened else max(line.rate_planned, line.rate_now)
    for slot in range(HALVES):
        month = (slot + 0.5) * HALF
        if line.surplus == 1:
            capacity = line.rate_now
        elif not grows:
            capacity = line.rate_now if opened else 0.0
        elif month < line.opening:
            capacity = 0.0
        else:
            begin = max(0.0, float(line.opening))
            capacity = quote.planned_capacity(line.rate_now, planned, line.plan_month - begin, month - begin)
        state.announced[index, slot] = capacity
        state.path[index, slot] = capacity
