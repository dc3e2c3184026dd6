"""Reliance: counting who could withhold supply or support. Bits of a mask stand for authorities."""

from __future__ import annotations

from sim.model.compiled import inlined


@inlined
def foreign(mask: int, own: int) -> int:
    """The authorities in a mask that are not the buyer's own; own = row, -1 if it has none."""
    return mask & ~(1 << int(own)) if own >= 0 else mask


@inlined
def exposure(share: float, least: float, distrust: float) -> float:
    """What a buyer minds about one foreign authority behind an offer; 0-1.

    share = part of its fleet that this authority could stop; least = what counts even where that is nothing.
    """
    return (least + (1.0 - least) * share) * distrust


@inlined
def availability(
    usual: float, extra_families: float, family_cut: float, korean: float, hubs: float, hub_gain: float
) -> float:
    """Share of equipment ready: usual, less for each extra family, more where hubs support it.

    korean = share of the fleet that Korean industry supports; hubs = share of the hub programme built.
    Source: PLAUSIBILITY "Availability".
    """
    return max(0.05, min(0.95, usual - family_cut * extra_families + hub_gain * hubs * korean))


@inlined
def ready_units(units: float, months_in_service: float, new_months: float, new_ready: float) -> float:
    """A new family works at a part of the usual rate at first; units that count as settled.

    new_ready = that part, for the first new_months. Source: PLAUSIBILITY "Availability".
    """
    return units * new_ready if months_in_service < new_months else units


@inlined
def months_of_support(share: float, spares: float, most: float) -> float:
    """Months until half of a fleet stands still if one authority stops all support; at most `most`.

    share = part of the fleet it supports, which wears down evenly over the months that spares last.
    """
    return spares * 0.5 / share if share * most > 0.5 * spares else most
