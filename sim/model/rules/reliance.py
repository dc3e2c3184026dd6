"""Reliance: counting who could withhold supply or support. Bits of a mask stand for authorities."""

from __future__ import annotations

from sim.model.compiled import compiled


@compiled
def count_bits(mask: int) -> int:
    """Number of authorities (or states) in a mask."""
    count = 0
    while mask != 0:
        mask &= mask - 1
        count += 1
    return count


@compiled
def foreign(mask: int, own: int) -> int:
    """The authorities in a mask that are not the buyer's own; own = row, -1 if it has none."""
    return mask & ~(1 << own) if own >= 0 else mask


@compiled
def availability(
    usual: float, extra_families: float, family_cut: float, korean: float, hubs: float, hub_gain: float
) -> float:
    """Share of equipment ready: usual, less for each extra family, more where hubs support it.

    korean = share of the fleet that Korean industry supports; hubs = share of the hub programme built.
    Source: PLAUSIBILITY "Availability".
    """
    return max(0.05, min(0.95, usual - family_cut * extra_families + hub_gain * hubs * korean))
