"""What a line will make: shared by quoting (stage 5), production (8) and investment (10)."""

from __future__ import annotations

from sim.model.compiled import stage
from sim.model.lever_rows import (
    EUROPEAN_HOME_PRIORITY,
    KOREAN_HOME_PRIORITY,
    REST_OF_WORLD_DEMAND,
    US_HOME_BUILD_UP,
)
from sim.model.rules import production, quote
from sim.model.state import HALF, State


@stage
def outside_now(index: int, state: State) -> float:
    """Share of the line's real output that customers outside the 32 states take this month."""
    line, levers = state.lines[index], state.levers
    hold = levers[KOREAN_HOME_PRIORITY] if line.in_korea == 1 else 0.0
    build_up = levers[US_HOME_BUILD_UP] if line.american == 1 else 0.0
    most = state.rules[0].produce_outside_most
    return production.outside_share(line.outside_share, levers[REST_OF_WORLD_DEMAND], hold, build_up, most)


@stage
def per_capacity(index: int, state: State) -> float:
    """Units a month for the 32 states from one unit of claimed yearly capacity, under today's conditions."""
    line = state.lines[index]
    if line.surplus == 1:
        return 1.0 / 12.0
    lever = state.levers[state.categories[line.category].output_lever]
    return production.real_output(1.0, line.output_share, outside_now(index, state), lever)


@stage
def refresh(index: int, state: State) -> None:
    """Work out again what a line makes a month, where levers or plans have changed since."""
    line, clock = state.lines[index], state.clock[0]
    if line.checked != clock.version:
        line.checked = clock.version
        line.per_capacity = per_capacity(index, state)
        line.output = capacity_now(index, state) * line.per_capacity


@stage
def home_priority(index: int, state: State) -> float:
    """How far the line's home army is served before others, 0-1."""
    line = state.lines[index]
    if line.european == 1:
        return state.levers[EUROPEAN_HOME_PRIORITY]
    return min(1.0, state.levers[US_HOME_BUILD_UP]) if line.american == 1 else 0.0


@stage
def capacity_now(index: int, state: State) -> float:
    """Claimed capacity this half-year; units a year."""
    return state.path[index, state.clock[0].month // HALF]


@stage
def most_planned(index: int, state: State) -> float:
    """The larger of today's and the announced claimed capacity; units a year."""
    return max(capacity_now(index, state), state.lines[index].rate_planned)


@stage
def years_of_cover(index: int, state: State) -> float:
    """The order book of all customers in years of present real output."""
    line = state.lines[index]
    lever = state.levers[state.categories[line.category].output_lever]
    capacity = capacity_now(index, state)
    if capacity <= 0.0:
        capacity = line.rate_planned
    a_year = 12.0 * production.real_output(capacity, line.output_share, 0.0, max(0.2, lever))
    outside = line.outside_backlog * state.levers[REST_OF_WORLD_DEMAND]
    return (line.backlog + outside) / max(1e-6, a_year)


@stage
def reprice(index: int, state: State) -> None:
    """A line reviews its price: fuller books ask more, longer runs cost less."""
    line, rules = state.lines[index], state.rules[0]
    before = max(1.0, rules.quote_scale_years * line.rate_now)
    line.price_now = quote.platform_price(
        line.price_platform,
        rules.quote_scarcity,
        years_of_cover(index, state),
        rules.invest_cover_target,
        (before + line.produced) / before,
        rules.quote_learning,
        rules.quote_price_floor,
        rules.quote_price_cap,
    )
