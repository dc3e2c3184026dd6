"""What a state could field while one foreign government withholds support: what a game is scored by."""

from __future__ import annotations

import math

from sim.model.compiled import stage
from sim.model.rules import reliance
from sim.model.state import NONE, State


@stage
def fielded(index: int, authority: int, left: float, state: State) -> float:
    """The share of what a state requires, by value, that it could field; 0 to 1, NaN without a need.

    authority = the government that withholds spares and other support, NONE for none; left = part of the
    equipment it supports that still works. What is there beyond the requirement counts for nothing, as in the
    gaps of the measures (books.note_buyer). Source: DESIGN 7, MODEL 5.
    """
    categories = len(state.categories)
    required, fielded_value = 0.0, 0.0
    for row in range(index * categories, (index + 1) * categories):
        pair = state.pairs[row]
        if pair.needed == 1:
            required += pair.requirement * pair.base_price
            part = 1.0 - (1.0 - left) * part_supported(row, authority, state)
            there = min(pair.stock, pair.usable) * part + pair.lent * part_lent(row, authority, left, state)
            fielded_value += min(pair.requirement, there) * pair.base_price
    return fielded_value / required if required > 0.0 else math.nan


@stage
def part_supported(row: int, authority: int, state: State) -> float:
    """The part of a state's units of a category that a foreign government could stop supporting; 0 to 1."""
    pair = state.pairs[row]
    if authority == NONE:
        return 0.0
    category, held, units = state.categories[pair.category], 0.0, 0.0
    for family in range(category.first_family, category.last_family):
        there = state.stock[pair.buyer, family]
        units += there
        if may_stop(pair.buyer, state.families[family].support_mask, authority, state):
            held += there
    return held / units if units > 0.0 else 0.0


@stage
def part_lent(row: int, authority: int, left: float, state: State) -> float:
    """What of the equipment on loan still works; 0 to 1."""
    pair = state.pairs[row]
    if authority == NONE or pair.lent_line == NONE:
        return 1.0
    mask = state.lines[pair.lent_line].support_mask
    return left if may_stop(pair.buyer, mask, authority, state) else 1.0


@stage
def may_stop(buyer: int, mask: int, authority: int, state: State) -> bool:
    """Whether a government is among the foreign ones of a mask."""
    return (reliance.foreign(mask, state.buyers[buyer].authority) >> authority) & 1 == 1
