"""The order of a month: one tuple that drives ensemble, Mesa model, documents and pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sim.model import bits
from sim.model.compiled import compiled
from sim.model.stages.books import check_alliance, check_buyer, check_line
from sim.model.stages.decide import decide
from sim.model.stages.deliver import deliver
from sim.model.stages.follow import expand_ordered, launch_ordered, read_orders
from sim.model.stages.invest import invest
from sim.model.stages.learn import fade, forgive, learn
from sim.model.stages.need import assess
from sim.model.stages.offer import offer
from sim.model.stages.policy import apply_policies, strike
from sim.model.stages.produce import produce
from sim.model.stages.sign import sign
from sim.model.stages.tender import call_due, launch
from sim.model.state import MONTHS, State


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a month: its title and the steps, each a kind of entity and its compiled function."""

    number: int
    title: str
    steps: tuple[tuple[str, Callable[..., Any]], ...]


STAGES: Final = (
    Stage(1, "shocks strike", (("card", strike),)),
    Stage(2, "policies apply", (("alliance", apply_policies), ("alliance", read_orders))),
    Stage(3, "states assess need", (("buyer", assess),)),
    Stage(
        4, "states launch tenders", (("alliance", launch_ordered), ("buyer", launch), ("alliance", call_due))
    ),
    Stage(5, "suppliers offer", (("line", offer),)),
    Stage(6, "tenders are decided", (("tender", decide),)),
    Stage(7, "contracts are signed", (("tender", sign),)),
    Stage(8, "lines produce", (("line", produce),)),
    Stage(9, "deliveries arrive", (("buyer", deliver),)),
    Stage(10, "suppliers invest and localise", (("alliance", expand_ordered), ("line", invest))),
    Stage(11, "states and suppliers learn", (("alliance", fade), ("buyer", forgive), ("buyer", learn))),
    Stage(
        12,
        "books are checked and measures noted",
        (("buyer", check_buyer), ("line", check_line), ("alliance", check_alliance)),
    ),
)


# A loop per step, compiled apart: one function of the whole month would take minutes to compile.


@compiled
def shocks_strike(state: State) -> None:
    """Run `strike` for every shock card."""
    for index in range(len(state.cards)):
        strike(index, state)


@compiled
def states_assess(state: State) -> None:
    """Run `assess` for every state."""
    for index in range(len(state.buyers)):
        assess(index, state)


@compiled
def states_launch(state: State) -> None:
    """Run `launch` for every state."""
    for index in range(len(state.buyers)):
        launch(index, state)


@compiled
def suppliers_offer(state: State) -> None:
    """Run `offer` for every line of a category with a tender due: the others would do nothing."""
    left = state.clock[0].due_categories
    while left != 0:
        category = state.categories[bits.lowest(left)]
        left &= left - 1
        for index in range(category.first_line, category.last_line):
            offer(index, state)


@compiled
def tenders_decided(state: State) -> None:
    """Run `decide` for every tender due, in the order drawn."""
    for k in range(state.clock[0].due):
        decide(state.due[k], state)


@compiled
def contracts_signed(state: State) -> None:
    """Run `sign` for every tender due, in the order drawn."""
    for k in range(state.clock[0].due):
        sign(state.due[k], state)


@compiled
def lines_produce(state: State) -> None:
    """Run `produce` for every line."""
    for index in range(len(state.lines)):
        produce(index, state)


@compiled
def deliveries_arrive(state: State) -> None:
    """Run `deliver` for every state."""
    for index in range(len(state.buyers)):
        deliver(index, state)


@compiled
def suppliers_invest(state: State) -> None:
    """Run `invest` for every line."""
    for index in range(len(state.lines)):
        invest(index, state)


@compiled
def reputations_fade(state: State) -> None:
    """Run `fade` for the Alliance."""
    fade(state)


@compiled
def states_forgive(state: State) -> None:
    """Run `forgive` for every state."""
    for index in range(len(state.buyers)):
        forgive(index, state)


@compiled
def states_learn(state: State) -> None:
    """Run `learn` for every state."""
    for index in range(len(state.buyers)):
        learn(index, state)


@compiled
def buyers_checked(state: State) -> None:
    """Run `check_buyer` for every state."""
    for index in range(len(state.buyers)):
        check_buyer(index, state)


@compiled
def lines_checked(state: State) -> None:
    """Run `check_line` for every line."""
    for index in range(len(state.lines)):
        check_line(index, state)


@compiled
def policies_apply(state: State) -> None:
    """Run `apply_policies` for the Alliance."""
    apply_policies(state)


@compiled
def orders_read(state: State) -> None:
    """Run `read_orders` for the Alliance."""
    read_orders(state)


@compiled
def orders_launched(state: State) -> None:
    """Run `launch_ordered` for the Alliance."""
    launch_ordered(state)


@compiled
def orders_expanded(state: State) -> None:
    """Run `expand_ordered` for the Alliance."""
    expand_ordered(state)


@compiled
def tenders_fall_due(state: State) -> None:
    """Run `call_due` for the Alliance."""
    call_due(state)


@compiled
def alliance_checked(state: State) -> None:
    """Run `check_alliance` for the Alliance."""
    check_alliance(state)


@compiled
def run_month(state: State, month: int) -> None:
    """Run the twelve stages of a month (a test holds this order to STAGES)."""
    state.clock[0].month = month
    shocks_strike(state)
    policies_apply(state)
    orders_read(state)
    states_assess(state)
    orders_launched(state)
    states_launch(state)
    tenders_fall_due(state)
    suppliers_offer(state)
    tenders_decided(state)
    contracts_signed(state)
    lines_produce(state)
    deliveries_arrive(state)
    orders_expanded(state)
    suppliers_invest(state)
    reputations_fade(state)
    states_forgive(state)
    states_learn(state)
    buyers_checked(state)
    lines_checked(state)
    alliance_checked(state)


@compiled
def run_months(state: State) -> None:
    """Run all months of a replication."""
    for month in range(MONTHS):
        run_month(state, month)
