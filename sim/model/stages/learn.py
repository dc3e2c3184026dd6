"""Stage 11: states and suppliers learn."""

from __future__ import annotations

from sim.model.compiled import stage
from sim.model.rules import trust
from sim.model.state import QUARTER, State


@stage
def fade(state: State) -> None:
    """Each quarter what everybody heard of broken promises is forgotten a little."""
    if state.clock[0].month % QUARTER != 0:
        return
    rate = trust.over(state.rules[0].trust_recovery, float(QUARTER))
    for authority in range(len(state.standing)):
        state.standing[authority] = trust.recover(state.standing[authority], rate)


@stage
def forgive(index: int, state: State) -> None:
    """Each quarter what a state itself went through is forgotten a little too."""
    if state.clock[0].month % QUARTER != 0:
        return
    rate = trust.over(state.rules[0].trust_recovery, float(QUARTER))
    for authority in range(len(state.standing)):
        state.memory[index, authority] = trust.recover(state.memory[index, authority], rate)


@stage
def learn(index: int, state: State) -> None:
    """A state, and a little all others, remember the promises broken to it this month."""
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
            state.standing[authority] = trust.remember(
                state.standing[authority], rules.trust_step * rules.trust_spill, months
            )
