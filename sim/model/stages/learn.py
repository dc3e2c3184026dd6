"""Stage 11: states and suppliers learn."""

from __future__ import annotations

from sim.model.compiled import stage
from sim.model.rules import trust
from sim.model.stages.orders import look_at_orders
from sim.model.state import QUARTER, YEAR, State


@stage
def fade(state: State) -> None:
    """What everybody heard of broken promises last month is remembered, and each quarter forgotten a little.

    However many were let down in a month, the others hear of it once. Once a year all look at who ordered
    what.
    """
    rules = state.rules[0]
    if state.clock[0].month % YEAR == 0:
        look_at_orders(state)
    for authority in range(len(state.standing)):
        if state.heard[authority] > 0.0:
            step = rules.trust_step * rules.trust_spill
            state.standing[authority] = trust.remember(
                state.standing[authority], step, state.heard[authority]
            )
            state.heard[authority] = 0.0
    if state.clock[0].month % QUARTER != 0:
        return
    rate = trust.over(rules.trust_recovery, QUARTER)
    for authority in range(len(state.standing)):
        state.standing[authority] = trust.recover(state.standing[authority], rate)


@stage
def forgive(index: int, state: State) -> None:
    """Each quarter what a state itself went through is forgotten a little too."""
    if state.clock[0].month % QUARTER != 0:
        return
    rate = trust.over(state.rules[0].trust_recovery, QUARTER)
    for authority in range(len(state.standing)):
        state.memory[index, authority] = trust.recover(state.memory[index, authority], rate)


@stage
def learn(index: int, state: State) -> None:
    """A state remembers the promises broken to it this month; all others will hear of them."""
    buyer, rules = state.buyers[index], state.rules[0]
    if buyer.late == 0:
        return
    buyer.late = 0
    for authority in range(len(state.standing)):
        months = state.late[index, authority]
        if months > 0.0:
            state.late[index, authority] = 0.0
            state.memory[index, authority] = trust.remember(
                state.memory[index, authority], rules.trust_step, months
            )
            state.heard[authority] = max(state.heard[authority], months)
