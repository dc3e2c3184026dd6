"""What a line will make: shared by quoting (stage 5), production (8) and investment (10)."""

from __future__ import annotations

from sim.model.compiled import stage
from sim.model.lever_rows import (
    KOREAN_HOME_PRIORITY,
    NEW_EUROPEAN_CAPACITY,
    REST_OF_WORLD_DEMAND,
    US_HOME_BUILD_UP,
)
from sim.model.rules import production, quote
from sim.model.state import State

START_YEAR = 2026.0


@stage
def outside_now(index: int, state: State) -> float:
    """Share of the line's real output that customers outside the 32 states take this month."""
    line, levers = state.lines[index], state.levers
    hold = levers[KOREAN_HOME_PRIORITY] if line.in_korea == 1 else 0.0
    build_up = levers[US_HOME_BUILD_UP] if line.american == 1 else 0.0
    most = state.rules[0].produce_outside_most
    return production.outside_share(line.outside_share, levers[REST_OF_WORLD_DEMAND], hold, build_up, most)


@stage
def output_per_capacity(index: int, state: State) -> float:
    """Units a month for the 32 states from one unit of claimed yearly capacity, under today's conditions."""
    line = state.lines[index]
    lever = state.levers[state.categories[line.category].output_lever]
    return production.real_output(1.0, line.output_share, outside_now(index, state), lever)


@stage
def yearly_output(index: int, state: State) -> float:
    """Units a year for the 32 states once planned capacity is there, under today's conditions."""
    line = state.lines[index]
    return 12.0 * max(line.capacity, line.rate_planned) * output_per_capacity(index, state)


@stage
def monthly_output(index: int, ahead: int, per_capacity: float, state: State) -> float:
    """Units a month the line plans to make for the 32 states, some months ahead of now."""
    line = state.lines[index]
    if line.surplus == 1:
        return line.rate_now / 12.0
    if START_YEAR + (state.clock[0].month + ahead) / 12.0 < line.opens:
        return 0.0
    return capacity_at(index, ahead, state) * per_capacity


@stage
def capacity_at(index: int, ahead: int, state: State) -> float:
    """Claimed capacity some months ahead: announced plans and decided expansions; units a year."""
    line, month = state.lines[index], state.clock[0].month
    if line.european == 1 and state.levers[NEW_EUROPEAN_CAPACITY] < 0.5:
        return line.capacity if line.opens <= START_YEAR else 0.0
    to_plan = (line.rate_planned_year - START_YEAR) * 12.0 - month
    to_open = (line.opens - START_YEAR) * 12.0 - month
    if line.capacity <= 0.0:  # not opened yet: from its first rate to its planned one
        planned = max(line.rate_planned, line.rate_now)
        return quote.planned_capacity(line.rate_now, planned, to_plan - to_open, ahead - to_open)
    planned = max(line.rate_planned, line.capacity) if to_plan > 0.0 else line.capacity
    capacity = quote.planned_capacity(line.capacity, planned, to_plan, float(ahead))
    if line.arriving > 0.0 and month + ahead >= line.arrival:
        capacity += line.arriving
    return capacity


@stage
def years_of_cover(index: int, state: State) -> float:
    """The order book of all customers in years of present real output."""
    line = state.lines[index]
    lever = state.levers[state.categories[line.category].output_lever]
    capacity = line.capacity if line.capacity > 0.0 else line.rate_planned
    a_year = 12.0 * production.real_output(capacity, line.output_share, 0.0, max(0.2, lever))
    return (line.backlog + line.outside_backlog) / max(1e-6, a_year)
