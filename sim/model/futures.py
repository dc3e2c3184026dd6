"""From a replication held still: many futures of it, each with its own chance from there on.

A game asks for them: what may come of a choice, what a state could field on a day not yet known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.model.compiled import compiled
from sim.model.randomness import stream
from sim.model.records import Array
from sim.model.replication import Workspace
from sim.model.schedule import run_month
from sim.model.stages.strength import fielded
from sim.model.state import MONTHS, NEVER, NONE, State

ACCOUNTS: Final = ("cash", "debt", "committed", "inflow")  # musd; inflow: usual equipment money of a month


@dataclass(frozen=True, eq=False)
class Futures:
    """What was noted in each future.

    strength: (futures, marks, R, A) share of requirements that each state asked for could field at the end
    of each marked month while each authority asked for withholds (strength.fielded).
    accounts: (futures, R, 4) at the end, as in ACCOUNTS. firsts, lasts, usables: (futures, contracts)
    month of the first and last delivery and of the first usable units of each contract in the books at the
    end, NEVER where it has not come; signed: (futures, contracts) whether contract n was made at all.
    """

    strength: Array
    accounts: Array
    firsts: Array
    lasts: Array
    usables: Array
    signed: Array


def advance(place: Workspace, first: int, last: int) -> None:
    """Run the months first to last - 1 of the replication in a workspace."""
    run_span(place.state, first, last)


def held_still(place: Workspace) -> Array:
    """A copy of a replication as it stands; `released` puts it into a workspace of the same world."""
    return place.state.whole.copy()


def released(place: Workspace, held: Array) -> None:
    """Put a replication held still into a workspace; levers and orders to come are those of its plan."""
    place.state.whole[:] = held


def keys_of(random_seed: int, count: int) -> Array:
    """The keys of the chances of `count` futures; (count,)."""
    return np.array([stream(random_seed, number) for number in range(count)], np.uint64)


def run_futures(
    place: Workspace,
    held: Array,
    keys: Array,
    month: int,
    marks: Array,
    rows: Array,
    authorities: Array,
    left: float,
    contracts: int,
) -> Futures:
    """Futures of a replication held still before `month`, one for each key; see Futures.

    marks: (M,) months in rising order; a future ends with the last. rows: (R,) the states asked for.
    authorities: (A,) those asked for, NONE for nobody. left: part of the equipment that still works when
    its supporter withholds. contracts: how many contracts to note at most.
    """
    state, count = place.state, len(keys)
    if len(held) != len(state.whole):
        raise ValueError("this replication was held still in another world, or under other cards")
    shape = (count, contracts)
    found = Futures(
        np.empty((count, len(marks), len(rows), len(authorities))),
        np.empty((count, len(rows), len(ACCOUNTS))),
        np.full(shape, NEVER),
        np.full(shape, NEVER),
        np.full(shape, NEVER),
        np.zeros(shape, np.bool_),
    )
    run_block_of_futures(
        state, held, keys, month, marks, rows, authorities, left,
        found.strength, found.accounts, found.firsts, found.lasts, found.usables, found.signed,
    )  # fmt: skip
    return found


@compiled
def run_span(state: State, first: int, last: int) -> None:
    """Run some months."""
    for month in range(first, last):
        run_month(state, month)


@compiled
def run_block_of_futures(
    state: State,
    held: Array,
    keys: Array,
    month: int,
    marks: Array,
    rows: Array,
    authorities: Array,
    left: float,
    strength: Array,
    accounts: Array,
    firsts: Array,
    lasts: Array,
    usables: Array,
    signed: Array,
) -> None:
    """Run each future and fill its rows of the results."""
    for future in range(len(keys)):
        for at in range(len(held)):
            state.whole[at] = held[at]
        state.clock[0].stream = keys[future]
        now = month
        for mark in range(len(marks)):
            while now <= marks[mark] and now < MONTHS:
                run_month(state, now)
                now += 1
            note_strength(state, rows, authorities, left, strength[future, mark])
        note_accounts(state, rows, future, accounts)
        note_contracts(state, future, firsts, lasts, usables, signed)


@compiled
def note_strength(state: State, rows: Array, authorities: Array, left: float, strength: Array) -> None:
    """What each state could field now, under each authority that may withhold; strength: (R, A)."""
    for at in range(len(rows)):
        for place in range(len(authorities)):
            strength[at, place] = fielded(rows[at], authorities[place], left, state)


@compiled
def note_accounts(state: State, rows: Array, future: int, accounts: Array) -> None:
    """Money of each state at the end."""
    for at in range(len(rows)):
        buyer = state.buyers[rows[at]]
        accounts[future, at, 0] = buyer.cash
        accounts[future, at, 1] = buyer.debt + buyer.interest
        accounts[future, at, 2] = buyer.committed
        accounts[future, at, 3] = buyer.usual_inflow


@compiled
def note_contracts(
    state: State, future: int, firsts: Array, lasts: Array, usables: Array, signed: Array
) -> None:
    """When the contracts arrived; those still to come stay as they are."""
    for number in range(min(firsts.shape[1], state.clock[0].contracts)):
        contract = state.contracts[number]
        signed[future, number] = True
        if contract.first_month != NONE:
            firsts[future, number] = contract.first_month
        if contract.delivered >= contract.quantity:
            lasts[future, number] = contract.last_month
        if contract.usable_month != NONE:
            usables[future, number] = contract.usable_month
