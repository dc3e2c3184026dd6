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

# Of a contract: row of its need; month signed; musd; first and last delivery; first use.
BOOKS: Final = ("need", "signed", "value", "first", "last", "usable")
ACCOUNTS: Final = ("cash", "debt", "committed", "inflow")  # musd; inflow: usual equipment money of a month


@dataclass(frozen=True, eq=False)
class Futures:
    """What was noted in each future.

    strength: (futures, marks, R, A) share of requirements that each state asked for could field at the end
    of each marked month while each authority asked for withholds (strength.fielded).
    accounts: (futures, R, 4) at the end, as in ACCOUNTS. books: (futures, contracts, 6) of each contract in
    the books at the end, as in BOOKS; NEVER where a month has not come, and where no contract is.
    """

    strength: Array
    accounts: Array
    books: Array

    def of_books(self, name: str) -> Array:
        """One column of the books; (futures, contracts)."""
        return np.asarray(self.books[:, :, BOOKS.index(name)])


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
    found = Futures(
        np.empty((count, len(marks), len(rows), len(authorities))),
        np.empty((count, len(rows), len(ACCOUNTS))),
        np.full((count, contracts, len(BOOKS)), NEVER),
    )
    run_block_of_futures(
        state, held, keys, month, marks, rows, authorities, left,
        found.strength, found.accounts, found.books,
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
    books: Array,
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
        note_contracts(state, books[future])


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
def note_contracts(state: State, books: Array) -> None:
    """When the contracts arrived; what is still to come stays as it is. books: (contracts, 6)."""
    for number in range(min(books.shape[0], state.clock[0].contracts)):
        contract = state.contracts[number]
        books[number, 0], books[number, 1] = contract.pair, contract.signed
        books[number, 2] = contract.quantity * contract.unit_price
        if contract.first_month != NONE:
            books[number, 3] = contract.first_month
        if contract.delivered >= contract.quantity:
            books[number, 4] = contract.last_month
        if contract.usable_month != NONE:
            books[number, 5] = contract.usable_month
