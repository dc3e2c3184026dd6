"""The order of a month: one tuple that drives ensemble, Mesa model, documents and pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sim.model.compiled import compiled
from sim.model.stages.books import check_alliance, check_buyer, check_line
from sim.model.stages.decide import decide, sign
from sim.model.stages.deliver import deliver, produce
from sim.model.stages.learn import invest, learn
from sim.model.stages.need import assess, call_due, launch
from sim.model.stages.offer import offer
from sim.model.stages.policy import apply_policies, strike
from sim.model.state import MONTHS, State


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a month: its title and the steps, each a kind of entity and its compiled function."""

    number: int
    title: str
    steps: tuple[tuple[str, Callable[..., Any]], ...]


STAGES: Final = (
    Stage(1, "shocks strike", (("card", strike),)),
    Stage(2, "policies apply", (("alliance", apply_policies),)),
    Stage(3, "states assess need", (("buyer", assess),)),
    Stage(4, "states launch tenders", (("buyer", launch), ("alliance", call_due))),
    Stage(5, "suppliers offer", (("line", offer),)),
    Stage(6, "tenders are decided", (("tender", decide),)),
    Stage(7, "contracts are signed", (("tender", sign),)),
    Stage(8, "lines produce", (("line", produce),)),
    Stage(9, "deliveries arrive", (("buyer", deliver),)),
    Stage(10, "suppliers invest and localise", (("line", invest),)),
    Stage(11, "states and suppliers learn", (("buyer", learn),)),
    Stage(
        12,
        "books are checked and measures noted",
        (("buyer", check_buyer), ("line", check_line), ("alliance", check_alliance)),
    ),
)


@compiled
def run_month(state: State, month: int) -> None:
    """Run the twelve stages of a month, each in a loop over its entities (a test holds this to STAGES)."""
    state.clock[0].month = month
    for index in range(len(state.cards)):
        strike(index, state)
    apply_policies(state)
    for index in range(len(state.buyers)):
        assess(index, state)
    for index in range(len(state.buyers)):
        launch(index, state)
    call_due(state)
    for index in range(len(state.lines)):
        offer(index, state)
    for k in range(state.clock[0].due):
        decide(state.due[k], state)
    for k in range(state.clock[0].due):
        sign(state.due[k], state)
    for index in range(len(state.lines)):
        produce(index, state)
    for index in range(len(state.buyers)):
        deliver(index, state)
    for index in range(len(state.lines)):
        invest(index, state)
    for index in range(len(state.buyers)):
        learn(index, state)
    for index in range(len(state.buyers)):
        check_buyer(index, state)
    for index in range(len(state.lines)):
        check_line(index, state)
    check_alliance(state)


@compiled
def run_months(state: State) -> None:
    """Run all months of a replication."""
    for month in range(MONTHS):
        run_month(state, month)
