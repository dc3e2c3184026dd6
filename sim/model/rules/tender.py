"""Tender: when a state starts to buy, how much, by which route, and how long the procedure takes."""

from __future__ import annotations

import math

from sim.model.compiled import compiled
from sim.model.state import COMPETITION, DIRECT, URGENT


@compiled
def launch_chance(base: float, slope: float, urgency: float) -> float:
    """A tender is launched with a hazard that rises with urgency; chance within one month.

    base, slope = tenders a year per need. Source: contracts a year, PLAUSIBILITY (graded prior).
    """
    return 1.0 - math.exp(-(base + slope * urgency) / 12.0)


@compiled
def lot(gap: float, fraction: float, typical: float, affordable: float) -> float:
    """States buy in realistic lots: a share of the gap, at least the usual lot, within gap and money.

    All in units (whole). Source: lots of recent contracts, seeds/facts/categories.csv.
    """
    return math.floor(min(max(fraction * gap, typical), gap, affordable) + 1e-9)


@compiled
def smallest_lot(lot_min: float, requirement: float, part: float) -> float:
    """The smallest order worth a tender: the usual minimum, or a part of a small state's need; units."""
    return max(1.0, min(lot_min, math.ceil(requirement * part - 1e-9)))


@compiled
def route(urgency: float, urgent_slope: float, urgent_cap: float, direct_share: float, chance: float) -> int:
    """Urgent needs are bought without competition; of the rest a share is awarded directly.

    chance = uniform draw; urgent_cap = largest chance of an urgent purchase.
    Source: direct awards are 40-60 % by count (MODEL 1, pattern 14).
    """
    urgent = min(urgent_cap, urgent_slope * urgency)
    if chance < urgent:
        return URGENT
    if chance < urgent + (1.0 - urgent) * direct_share:
        return DIRECT
    return COMPETITION


@compiled
def procedure_months(low: float, high: float, factor: float, chance: float) -> int:
    """A procedure takes between its usual shortest and longest time; whole months, at least 1."""
    return max(1, round((low + (high - low) * chance) * factor))
