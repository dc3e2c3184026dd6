"""Investment: how a firm's capacity follows its order book."""

from __future__ import annotations

from sim.model.compiled import inlined


@inlined
def expansion(capacity: float, growth: float, cover: float, target: float) -> float:
    """A firm whose orders cover more years than its target adds a year's growth; units a year.

    growth = share a year that labour allows; cover, target in years of output.
    """
    return capacity * growth if cover > target else 0.0


@inlined
def shrink(capacity: float, floor: float, cover: float, low: float, rate: float) -> float:
    """A line without orders loses people: capacity falls slowly to a floor; units a year lost this month."""
    if cover >= low or capacity <= floor:
        return 0.0
    return min(capacity - floor, capacity * rate / 12.0)
