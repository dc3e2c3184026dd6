"""Who ordered which family when: allies that did so lately, earlier purchases (stages 7 and 11)."""

from __future__ import annotations

from sim.model.compiled import stage
from sim.model.state import NEVER, NONE, YEAR, State


@stage
def look_at_orders(state: State) -> None:
    """Once a year all look at what was ordered: by whom lately, by anyone ever, under whom."""
    rules, month = state.rules[0], state.clock[0].month
    state.clock[0].looked = month
    recent, related = YEAR * rules.choice_adopter_years, YEAR * rules.choice_previous_years
    for buyer in range(len(state.buyers)):
        for authority in range(len(state.authorities)):
            state.dealings[buyer, authority] = 0.0
    for family in range(len(state.families)):
        kind = state.families[family]
        kind.adopters, kind.ordered = 0, 0
        for buyer in range(len(state.buyers)):
            since = month - state.adopted[buyer, family]
            if state.adopted[buyer, family] == NEVER:
                continue
            kind.ordered |= state.buyers[buyer].self_mask
            if since < recent:
                kind.adopters |= state.buyers[buyer].self_mask
            if YEAR <= since < related and kind.maker != NONE:
                state.dealings[buyer, kind.maker] += 1.0


@stage
def note_first_order(buyer: int, family: int, state: State) -> None:
    """A state orders a family for the first time: all see it."""
    if state.adopted[buyer, family] != NEVER:
        return
    state.adopted[buyer, family] = state.clock[0].month
    kind = state.families[family]
    kind.ordered |= state.buyers[buyer].self_mask
    kind.adopters |= state.buyers[buyer].self_mask


@stage
def is_known(buyer: int, family: int, state: State) -> bool:
    """Whether a state has a family: in service, or ordered a year ago or earlier."""
    since = state.clock[0].month - state.adopted[buyer, family]
    return state.stock[buyer, family] >= 1.0 or since >= YEAR


@stage
def earlier_purchases(buyer: int, family: int, authority: int, state: State) -> float:
    """Families, but for one, that a state first ordered under a government in the years that count.

    As of the last yearly look; a state's own order counts from a year on, so that none explains itself.
    """
    known = state.dealings[buyer, authority]
    since = state.clock[0].looked - state.adopted[buyer, family]
    counted = YEAR <= since < YEAR * state.rules[0].choice_previous_years
    return known - 1.0 if counted and state.families[family].maker == authority else known
