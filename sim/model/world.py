"""A world: the seeds as arrays, and the state that one replication of it works in.

`World` holds a template that is never changed; a replication works on a copy. Every uncertain
fact has a *spot*: where its number stands in the template, and its low, middle and high value.
sim/model/builder.py fills a world from the seeds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.model.records import Array, in_blocks, records
from sim.model.stages.books import INDUSTRY_SERIES, SERIES
from sim.model.state import HALVES, LANES, MAX_CONTRACTS, MONTHS, NEVER, QUARTERS, State

# Tables copied from the template into each replication, in the order of their number in a spot. They stand
# one after the other in memory; contracts come last, since more of them are written than the seeds hold.
COPIED: Final = (
    "buyers",
    "categories",
    "pairs",
    "lines",
    "lanes",
    "families",
    "fleets",
    "cards",
    "effects",
    "clock",
    "rules",
    "contracts",
)
# Tables that no month changes.
KEPT: Final = ("authorities", "gifts", "lever_default", "lever_range", "refused", "first_orders")
PAGE: Final = 2**21  # bytes of a large page: numpy asks the system for such pages for long arrays
SPOT: Final = np.dtype(
    [("table", "i8"), ("place", "i8"), ("low", "f8"), ("value", "f8"), ("high", "f8"), ("key", "u8")]
)


@dataclass(frozen=True, eq=False)
class World:
    """The seeds as a template of arrays, the ids of their rows, and the spots of uncertain facts."""

    template: dict[str, Array]
    spots: Array
    buyers: tuple[str, ...]
    categories: tuple[str, ...]
    lines: tuple[str, ...]
    families: tuple[str, ...]
    authorities: tuple[str, ...]
    industries: tuple[str, ...]
    cards: tuple[str, ...]
    levers: tuple[str, ...]
    contracts: tuple[str, ...]
    frameworks: tuple[tuple[str, int], ...]
    start: str


def empty_state(
    world: World, plan: Array, cards: Array, effects: Array, orders: Array | None = None
) -> State:
    """Allocate the arrays of one replication for a world, a plan of levers, cards placed, orders of seats.

    plan has shape (MONTHS, levers). Tables that a replication changes are copies of the template.
    """
    template = {**world.template, "cards": cards, "effects": effects}
    buyers, lines, industries = len(world.buyers), len(world.lines), len(world.industries)
    pairs = buyers * len(world.categories)
    copied = {name: template[name] for name in COPIED} | {"contracts": records("contracts", MAX_CONTRACTS)}
    others = {
        "levers": np.zeros(len(world.levers)),
        "stock": np.zeros((buyers, len(world.families))),
        "adopted": np.full((buyers, len(world.families)), NEVER),
        "dealings": np.zeros((buyers, len(world.authorities))),
        "since": np.zeros((buyers, len(world.families))),
        "memory": np.zeros((buyers, len(world.authorities))),
        "standing": np.zeros(len(world.authorities)),
        "heard": np.zeros(len(world.authorities)),
        "late": np.zeros((buyers, len(world.authorities))),
        "holds": np.zeros((buyers, len(world.authorities))),
        "announced": np.zeros((lines, HALVES)),
        "path": np.zeros((lines, HALVES)),
        "reserved": np.zeros((lines, HALVES)),
        "booked": np.zeros((lines, len(LANES), HALVES)),
        "steps": np.zeros((MONTHS, lines, len(LANES))),
        "worked": np.zeros((MONTHS, lines, len(LANES))),
        "lending": np.zeros((MONTHS, lines)),
        "arriving": np.zeros((MONTHS, pairs), np.float32),
        "crews": np.zeros((MONTHS, buyers), np.int32),
        "events": np.zeros((MONTHS, buyers), np.int32),
        "falls_due": np.zeros(MONTHS, np.int64),
        "due": np.zeros(pairs, np.int64),
        "nests": np.zeros((industries, 3)),
        "flows": np.zeros((industries, 3)),
        "series": np.zeros((len(SERIES), buyers + 1, QUARTERS + 1)),
        "industry_series": np.zeros((len(INDUSTRY_SERIES), industries, QUARTERS + 1)),
    }
    kept = {name: template[name] for name in KEPT}
    given = records("orders", 0) if orders is None else orders
    kept |= {"plan": plan, "orders": given[np.argsort(given["month"], kind="stable")]}
    kept |= {"offers": records("offers", pairs, lines)}  # the longest, of which a month needs a few rows
    return State(**side_by_side(copied, others, kept))


def side_by_side(
    copied: dict[str, Array], others: dict[str, Array], kept: dict[str, Array]
) -> dict[str, Array]:
    """Copies of all arrays in one stretch of memory, so that a processor finds its few pages at once.

    Each begins where a block begins. The copied tables come first, and are seen as one run as well: as
    `words` of 64 bits, and as `numbers`. Last come those that the months leave as they are, and the offers,
    which are made anew for each decision; all before them is the `whole`.
    """
    tables = copied | others | kept
    memory = np.zeros(sum(in_blocks(table.nbytes) for table in tables.values()) + PAGE, np.uint8)
    at = first = -memory.ctypes.data % PAGE
    found: dict[str, Array] = {}
    for name, table in tables.items():
        place = memory[at : at + table.nbytes].view(table.dtype).reshape(table.shape)
        place[...] = table
        found[name] = place.view(type(table))
        at += in_blocks(table.nbytes)
    run = memory[first : first + 8 * copied_starts(copied)[-1]]
    whole = memory[first : first + sum(in_blocks(table.nbytes) for table in (copied | others).values())]
    return {
        "words": run.view(np.int64),
        "numbers": run.view(np.float64),
        "whole": whole.view(np.int64),
        **found,
    }


def copied_starts(tables: dict[str, Array]) -> list[int]:
    """Where each copied table starts in the run, in words, and where the run ends; each fills blocks."""
    starts = [0]
    for name in COPIED:
        starts.append(starts[-1] + in_blocks(tables[name].nbytes) // 8)
    return starts


def words_of(table: Array) -> Array:
    """A table of records as 64-bit words, the same memory."""
    return table.view(np.ndarray).reshape(-1).view(np.int64)


def template_run(tables: dict[str, Array]) -> Array:
    """A copy of the copied tables as one run of words, laid out as in a state."""
    starts = copied_starts(tables)
    run = np.zeros(starts[-1], np.int64)
    for name, start in zip(COPIED, starts, strict=False):
        words = words_of(tables[name])
        run[start : start + len(words)] = words
    return run
