"""What chance decides when a tender opens or a contract is signed, counted over many draws and taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from sim.experiment.probe_table import copied, rows_due
from sim.model.randomness import stream
from sim.model.stages.decide import decide
from sim.model.stages.need import return_loan
from sim.model.stages.sign import consider_loan, write_contract
from sim.model.stages.tender import open_tender, option_chance
from sim.model.state import JOINT, NONE, State

DRAWS = 4  # streams of chance over which each decision is taken


def streams(state: State) -> Iterator[None]:
    """Hand the state one stream of chance after the other."""
    for draw in range(DRAWS):
        state.clock["stream"][0] = stream(1, draw)
        yield


def at_opening(table: State) -> dict[str, float]:
    """How many tenders of a draw are joint, and the mean chance that an open framework is used."""
    state, joint = copied(table), 0
    rows = np.flatnonzero(state.pairs["needed"] == 1).tolist()
    for _ in streams(state):
        for row in rows:
            open_tender(row, float(state.pairs["quantity"][row]), int(state.pairs["tier"][row]), state)
        joint += int((state.pairs["route"][rows] == JOINT).sum())
    held = [row for row in rows if state.pairs["framework_line"][row] != NONE]
    chances = [option_chance(row, state) for row in held]
    return {
        "joint_tenders": joint / DRAWS,
        "framework_chance": float(np.mean(chances)) if chances else float("nan"),
    }


def at_signing(tables: Sequence[State]) -> dict[str, float]:
    """How many tenders of a draw are split over two suppliers, and what is then taken on loan."""
    split, lent = 0, 0.0
    for table in tables:
        state = copied(table)
        rows = rows_due(state)
        for _ in streams(state):
            for row in rows:
                decide(row, state)
            chosen = state.pairs["chosen"][rows]
            split += int((state.pairs["second"][rows] != NONE).sum())
            lent += sum(borrowed(row, state) for row, line in zip(rows, chosen, strict=True) if line != NONE)
    return {"split_tenders": split / DRAWS, "stopgap_units": lent / DRAWS}


def borrowed(row: int, state: State) -> float:
    """Base price of what a buyer would take on loan on signing with its choice; it goes back at once."""
    number, chosen = int(state.clock["contracts"][0]), int(state.pairs["chosen"][row])
    price = float(state.offers["price"][state.pairs["slot"][row], chosen])
    write_contract(row, chosen, number, float(state.pairs["quantity"][row]), price, state)
    consider_loan(row, number, state)
    value = float(state.pairs["lent"][row] * state.pairs["base_price"][row])
    state.pairs["lent_until"][row] = state.clock["month"][0]
    return_loan(row, state)
    return value
