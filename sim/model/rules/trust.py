"""Trust: how broken promises are remembered. Kept as distrust, 0 (none) to 1, equal at the start."""

from __future__ import annotations

from sim.model.compiled import compiled


@compiled
def remember(distrust: float, step: float) -> float:
    """A broken promise moves distrust a step of the way to 1. Source: Levine, Sen & Smith 1994."""
    return distrust + (1.0 - distrust) * step


@compiled
def recover(distrust: float, start: float, rate: float) -> float:
    """Distrust returns slowly to where it started; rate = share of the way a month."""
    return distrust + (start - distrust) * rate
