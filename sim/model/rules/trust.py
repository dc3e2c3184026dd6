"""Trust: how broken promises are remembered. Distrust runs from 0 (none) to 1 and starts equal."""

from __future__ import annotations

from sim.model.compiled import inlined


@inlined
def remember(part: float, step: float, months: float) -> float:
    """Each month of a broken promise takes a step of the trust that is left.

    part = trust left of what there was at the start; step = share lost a month.
    Source: Levine, Sen & Smith 1994.
    """
    return part * (1.0 - step) ** months


@inlined
def recover(part: float, rate: float) -> float:
    """Trust returns slowly to where it started; rate = share of the way."""
    return part + (1.0 - part) * rate


@inlined
def over(rate: float, months: int) -> float:
    """The share of the way in some months, from that of one month."""
    return 1.0 - (1.0 - rate) ** months


@inlined
def distrust(start: float, memory: float, standing: float) -> float:
    """Distrust of a government: what all have at the start, and what it has lost since; 0 to 1.

    memory, standing = trust left after promises broken to this buyer, and to anyone.
    """
    return 1.0 - (1.0 - start) * memory * standing
