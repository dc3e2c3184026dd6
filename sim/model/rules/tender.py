"""Tender: when a state starts to buy, how much, by which route, and how long the procedure takes."""

from __future__ import annotations

import math

from sim.model.compiled import inlined
from sim.model.state import COMPETITION, GOVERNMENT, JOINT, OPTION, URGENT


@inlined
def launched(base: float, slope: float, urgency: float, chance: float) -> bool:
    """A tender is launched with a hazard that rises with urgency; whether in this month.

    base, slope = tenders a year per need; chance = uniform draw. Source: contracts a year, PLAUSIBILITY
    (graded prior).
    """
    rate = (base + slope * urgency) / 12.0
    # 1 - exp(-rate) is below rate: the first test spares the exponential.
    return chance < rate and chance < 1.0 - math.exp(-rate)


@inlined
def lot(gap: float, fraction: float, typical: float, affordable: float) -> float:
    """States buy in realistic lots: a share of the gap, at least the usual lot, within gap and money.

    All in units (whole). Source: lots of recent contracts, seeds/facts/categories.csv.
    """
    return math.floor(min(max(fraction * gap, typical), gap, affordable) + 1e-9)


@inlined
def smallest_lot(lot_min: float, requirement: float, part: float) -> float:
    """The smallest order worth a tender: the usual minimum, or a part of a small state's need; units."""
    return max(1.0, min(lot_min, math.ceil(requirement * part - 1e-9)))


@inlined
def route(
    urgency: float,
    urgent_slope: float,
    urgent_cap: float,
    option: float,
    direct_share: float,
    joint_share: float,
    chance: float,
) -> int:
    """Urgent needs are bought without competition; then open frameworks, direct awards, joint buys.

    option = chance that an open framework is used (0 without one); joint_share of competitions are run
    with other states; chance = uniform draw; urgent_cap = largest chance of an urgent purchase.
    Source: direct awards are 40-60 % by count (MODEL 1, pattern 14).
    """
    left = chance
    for kind, part in (
        (URGENT, min(urgent_cap, urgent_slope * urgency)),
        (OPTION, option),
        (GOVERNMENT, direct_share),
        (JOINT, joint_share),
    ):
        if left < part:
            return kind
        left = (left - part) / (1.0 - part)  # what is left of the draw is uniform again
    return COMPETITION


@inlined
def procedure_months(low: float, high: float, factor: float, chance: float) -> int:
    """A procedure takes between its usual shortest and longest time; whole months, at least 1."""
    return max(1, round((low + (high - low) * chance) * factor))


@inlined
def in_turn(due: int, earliest: int, turn: int) -> int:
    """A person decides at the beginning of a turn: a tender falls due at the nearest one still to come.

    due, earliest = months from the start; turn = months of a turn. A tender whose nearest turn has begun
    already is decided when it is due, by the state's rules. Source: the game, docs/game.md.
    """
    nearest = turn * ((2 * due + turn) // (2 * turn))
    return nearest if nearest >= earliest else due


@inlined
def affordable(quantity: float, price: float, money: float) -> float:
    """Where money binds fewer units are bought; whole units.

    price in musd a unit, money in musd. Source: volume falls about 1 % per 1 % of price
    (Smith & Tasiran 2005).
    """
    return min(quantity, math.floor(max(0.0, money) / price + 1e-9))


@inlined
def first_part(quantity: float, share: float) -> float:
    """Of a tender split over two suppliers the better offer gets the larger part; whole units."""
    return max(1.0, min(quantity - 1.0, math.floor(quantity * share + 0.5)))
