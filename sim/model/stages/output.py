"""What a line will make: shared by quoting (stage 5), production (8) and investment (10)."""

from __future__ import annotations

from sim.model.compiled import stage
from sim.model.lever_rows import (
    EUROPEAN_GROWTH,
    EUROPEAN_HOME_PRIORITY,
    EUROPEAN_INVESTMENT,
    KOREAN_GROWTH,
    KOREAN_HOME_PRIORITY,
    NEW_EUROPEAN_CAPACITY,
    OBSERVER_SEATS,
    REST_OF_WORLD_DEMAND,
    US_HOME_BUILD_UP,
)
from sim.model.rules import production, quote
from sim.model.state import HALF, YEAR, State


@stage
def package(index: int, state: State) -> float:
    """Base price of a line's unit with support and munitions, musd."""
    line = state.lines[index]
    return line.price_platform + line.price_support + line.price_munitions


@stage
def serves_home(index: int, buyer: int, state: State) -> bool:
    """Whether a line is a domestic maker for a state."""
    return (state.lines[index].home & state.buyers[buyer].self_mask) != 0


@stage
def army_slots(index: int, state: State) -> float:
    """Slots a year that a line usually keeps for customers outside the 32 states, its own army above all."""
    line = state.lines[index]
    return most_planned(index, state) * line.output_share * line.outside_share


@stage
def outside_now(index: int, state: State) -> float:
    """Share of the line's real output that customers outside the 32 states take this month."""
    return outside_at(index, state.levers[REST_OF_WORLD_DEMAND], state)


@stage
def outside_at(index: int, demand: float, state: State) -> float:
    """The same at some demand of the rest of the world; at 1 only the home army claims more than usual."""
    line, levers = state.lines[index], state.levers
    hold = levers[KOREAN_HOME_PRIORITY] if line.in_korea == 1 else 0.0
    build_up = levers[US_HOME_BUILD_UP] if line.american == 1 else 0.0
    most = state.rules[0].produce_outside_most
    return production.outside_share(line.outside_share, demand, hold, build_up, most)


@stage
def refresh(index: int, state: State) -> None:
    """Work out again what a line makes a month, where levers or plans have changed since."""
    line, clock = state.lines[index], state.clock[0]
    if line.checked == clock.version:
        return
    line.checked = clock.version
    if line.surplus == 1:
        line.per_capacity, line.outside, line.claimed = 1.0 / 12.0, 0.0, 0.0
    else:
        lever = state.levers[state.categories[line.category].output_lever]
        line.per_capacity = production.real_output(1.0, line.output_share, lever)
        line.outside = outside_now(index, state)
        claims = outside_at(index, 1.0, state) - line.outside_share
        line.claimed = max(0.0, claims) / max(1e-6, 1.0 - line.outside_share)
    slot = clock.month // HALF
    line.output = output_in(index, slot, state.path[index, slot], state)
    line.made_a_year = made_a_year(index, state)
    line.best_year = best_year(index, state)
    line.growth, line.target = growth_of(index, state), cover_target(index, state)


@stage
def output_in(index: int, slot: int, capacity: float, state: State) -> float:
    """What a line makes a month for the 32 states in a half-year from some capacity.

    Other customers get no slots that were promised before the start; only the home army may claim them.
    """
    line = state.lines[index]
    usual = units_a_month(index, capacity, state.announced[index, slot], state)
    if state.reserved[index, slot] <= usual:
        return usual
    return max(usual, min(state.reserved[index, slot], capacity * line.per_capacity * (1.0 - line.claimed)))


@stage
def units_a_month(index: int, capacity: float, announced: float, state: State) -> float:
    """What a line makes for the 32 states from some capacity; what was added for them serves them alone."""
    line = state.lines[index]
    return max(0.0, capacity - line.outside * min(announced, capacity)) * line.per_capacity


@stage
def best_year(index: int, state: State) -> float:
    """Units a year for the 32 states once the announced capacity is there."""
    capacity = most_planned(index, state)
    return 12.0 * units_a_month(index, capacity, min(capacity, state.lines[index].rate_planned), state)


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
    refresh(index, state)
    line = state.lines[index]
    outside = line.outside_backlog * state.levers[REST_OF_WORLD_DEMAND]
    return (line.backlog + outside) / max(1e-6, line.made_a_year)


@stage
def made_a_year(index: int, state: State) -> float:
    """Real output a year that serves the order book of all customers; of a plant not open yet, as planned."""
    line = state.lines[index]
    lever = state.levers[state.categories[line.category].output_lever]
    capacity = capacity_now(index, state)
    if capacity <= 0.0:
        capacity = line.rate_planned
    # What the home army takes on top of its usual share serves nobody else's orders.
    left = (1.0 - outside_now(index, state)) / max(1e-6, 1.0 - line.outside_share)
    a_year = 12.0 * production.real_output(capacity, line.output_share, max(0.2, lever))
    return a_year * min(1.0, left)


@stage
def reprice(index: int, cover: float, state: State) -> None:
    """A line reviews its price: fuller books ask more, longer runs cost less; cover in years of output."""
    line, rules = state.lines[index], state.rules[0]
    before = max(1.0, rules.quote_scale_years * line.rate_now)
    line.price_now = quote.platform_price(
        line.price_platform,
        rules.quote_scarcity,
        cover,
        rules.invest_cover_target,
        (before + line.produced) / before,
        rules.quote_learning,
        rules.quote_price_floor,
        rules.quote_price_cap,
    )


@stage
def cover_target(index: int, state: State) -> float:
    """Years of orders above which a firm expands: fewer with visible demand or public money."""
    line, rules = state.lines[index], state.rules[0]
    target = rules.invest_cover_target
    if line.korean == 1:
        return target * (1.0 - rules.invest_observer_cut * state.levers[OBSERVER_SEATS])
    return target / state.levers[EUROPEAN_INVESTMENT] if line.european == 1 else target


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
def growth_in_sight(index: int, units: float, state: State) -> tuple[float, float]:
    """Capacity that a line would add each year if it won an order of some units, and the most of it.

    A firm quotes with the expansion that so large a book would bring, until the book is back at its target.
    Both in units a year.
    """
    line = state.lines[index]
    if line.surplus == 1 or (line.european == 1 and state.levers[NEW_EUROPEAN_CAPACITY] < 0.5):
        return 0.0, 0.0
    now = max(capacity_now(index, state), 1e-6)
    cover = years_of_cover(index, state) + units / (now * line.output_share)
    years = max(0.0, cover - line.target)
    growth = now * line.growth
    return growth, growth * years


@stage
def next_arrival(index: int, state: State) -> int:
    """The month in which capacity decided next would arrive."""
    line, month = state.lines[index], state.clock[0].month
    lag = int(state.rules[0].invest_lag_months)
    # While the announced plan still grows it takes what labour allows.
    growing = line.plan_month if line.rate_planned > 1.1 * line.rate_now else 0
    return max(max(month, line.decided + YEAR, line.opening) + lag, growing)
