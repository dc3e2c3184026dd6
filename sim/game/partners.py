"""With whom a seat can agree on what now: what a form for an offer between seats may list."""

from __future__ import annotations

import math
from collections.abc import Mapping

from sim.game.allowed import largest_launch, room_for_tenders, smallest_launch, suppliers
from sim.game.propose import FRAMEWORK_GAPS
from sim.game.replay import Standing
from sim.game.seats import seats
from sim.game.turn import lines_of, need_row
from sim.model.stages.tender import has_framework

Units = tuple[int, int]  # smallest and largest


def joint_units(stand: Standing, state: str, category: str) -> Units | None:
    """Units that a state could buy together with others now; None where it cannot."""
    row = need_row(stand.world, state, category)
    pair = stand.state.pairs[row]
    if pair["needed"] == 0 or pair["home_only"] == 1 or pair["open"] == 1:
        return None
    return (
        (smallest_launch(stand, row), largest_launch(stand, row)) if room_for_tenders(stand, state) else None
    )


def joint_partners(stand: Standing, state: str, category: str) -> Mapping[str, tuple[str, Units]]:
    """Who could buy a category together with a state: by state the seat to ask, and its units.

    States of the own seat are left out: nobody makes an offer to itself.
    """
    owners = {one: name for name in stand.game.setup.seats for one in seats()[name].states}
    found: dict[str, tuple[str, Units]] = {}
    for other in stand.world.buyers:
        asked = owners.get(other, other)
        units = joint_units(stand, other, category)
        if units is not None and asked != owners.get(state, state):
            found[other] = (asked, units)
    return found


def framework_lines(
    stand: Standing, state: str, category: str, industry: str | None = None
) -> Mapping[str, tuple[str, int]]:
    """Lines with which a state could agree on a framework: by line the industry's seat and the most units.

    industry: only its lines.
    """
    row = need_row(stand.world, state, category)
    if stand.state.pairs["needed"][row] == 0 or has_framework(row, stand.state):
        return {}
    most = math.floor(FRAMEWORK_GAPS * largest_launch(stand, row))
    able = set(suppliers(stand, row))
    sitting = [seats()[name] for name in stand.game.setup.seats]
    return {
        stand.world.lines[at]: (seat.id, most)
        for seat in sitting
        if seat.industry is not None and industry in (None, seat.industry)
        for at in lines_of(stand.world, seat.industry, category)
        if stand.world.lines[at] in able
    }
