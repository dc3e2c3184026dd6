"""Stages 1 and 2: shocks strike, policies apply."""

from __future__ import annotations

import math

from sim.model.compiled import stage
from sim.model.lever_rows import (
    CHINESE_PRESSURE,
    CODEVELOPMENT,
    EUROPEAN_GROWTH,
    EUROPEAN_INVESTMENT,
    KOREAN_CONSENSUS,
    KOREAN_GROWTH,
    KOREAN_HOME_PRIORITY,
    OBSERVER_SEATS,
    OUTPUT_FIRST,
    PRICE_INFLATION,
    REST_OF_WORLD_DEMAND,
    SHOCK_CHANCE,
    US_HOME_BUILD_UP,
    US_SUPPORT_RELEASE,
)
from sim.model.randomness import CARD, uniform
from sim.model.rules import money, partners
from sim.model.state import HALF, State


@stage
def strike(index: int, state: State) -> None:
    """A card strikes when the scenario places it, or by chance at its yearly probability."""
    card, clock = state.cards[index], state.clock[0]
    month = clock.month
    if card.placed == month:
        lay(index, int(card.placed_months), card.placed_strength, state)
    elif month >= card.until and card.probability > 0.0:
        rate = card.probability * state.plan[month, SHOCK_CHANCE] / 12.0
        chance = uniform(clock.stream, CARD, card.key, card.key, month)
        if chance >= rate * max(1.0, state.rules[0].shock_together):
            return  # spares the look at partners, and the exponential
        if partner_active(index, state):
            rate *= state.rules[0].shock_together
        if chance < 1.0 - math.exp(-rate):
            lay(index, math.ceil(card.months), 1.0, state)


@stage
def lay(index: int, months: int, strength: float, state: State) -> None:
    """A card takes effect from this month on."""
    card, month = state.cards[index], state.clock[0].month
    card.since, card.until = month, month + months
    card.strength = strength
    card.struck += 1


@stage
def partner_active(index: int, state: State) -> bool:
    """Whether a card it goes with struck in an earlier month and still holds: no order of cards counts."""
    partners, month = state.cards[index].partners, state.clock[0].month
    if partners == 0:
        return False
    for other in range(len(state.cards)):
        partner = state.cards[other]
        if (partners >> other) & 1 == 1 and partner.since < month and month < partner.until:
            return True
    return False


@stage
def apply_policies(state: State) -> None:
    """The levers take the scenario's values; active cards move them for a while, within range."""
    clock, month = state.clock[0], state.clock[0].month
    before = max(0, month - 1)
    moved, struck = month % HALF == 0, False  # plants plan by half-year
    for row in range(len(state.levers)):
        moved |= state.plan[month, row] != state.plan[before, row]
    for row in range(len(state.levers)):
        state.levers[row] = state.plan[month, row]
    for row in range(len(state.effects)):
        effect = state.effects[row]
        card = state.cards[effect.card]
        if (month == card.until or month == card.since) and moves_plants(effect.lever, state):
            moved = True
        if month < card.until:
            struck = True
            now = state.levers[effect.lever]
            if effect.operation == 0:
                target = effect.amount
            elif effect.operation == 1:
                target = now + effect.amount
            else:
                target = now * effect.amount
            state.levers[effect.lever] = now + card.strength * (target - now)
    for row in range(len(state.effects) if struck else 0):
        lever = state.effects[row].lever
        low, high = state.lever_range[lever, 0], state.lever_range[lever, 1]
        state.levers[lever] = min(high, max(low, state.levers[lever]))
    if moved:
        clock.version += 1
    move_world(state)


@stage
def moves_plants(lever: int, state: State) -> bool:
    """Whether what a line makes, or how it plans, follows from a lever (output.refresh)."""
    if lever >= OUTPUT_FIRST:
        return lever < OUTPUT_FIRST + len(state.categories)
    return lever in (
        REST_OF_WORLD_DEMAND,
        KOREAN_HOME_PRIORITY,
        US_HOME_BUILD_UP,
        EUROPEAN_GROWTH,
        KOREAN_GROWTH,
        EUROPEAN_INVESTMENT,
        OBSERVER_SEATS,
    )


@stage
def move_world(state: State) -> None:
    """What follows from the levers for everybody: prices, growth, Seoul's freedom, joint work, spares."""
    clock, rules, levers = state.clock[0], state.rules[0], state.levers
    clock.prices *= (1.0 + levers[PRICE_INFLATION]) ** (1.0 / 12.0)
    clock.growth = (1.0 + rules.money_growth) ** (clock.month / 12.0)
    clock.discount = money.present_value(1.0, rules.money_discount, float(clock.month))
    clock.seoul = partners.freedom(
        levers[KOREAN_CONSENSUS],
        state.lever_default[KOREAN_CONSENSUS],
        levers[CHINESE_PRESSURE],
        state.lever_default[CHINESE_PRESSURE],
        rules.partners_pressure_effect,
    )
    clock.codeveloped = partners.joint_output(
        clock.codeveloped, levers[CODEVELOPMENT], rules.partners_development_months
    )
    clock.us_spares = partners.spares_left(
        clock.us_spares, levers[US_SUPPORT_RELEASE], rules.usable_spares_months
    )
