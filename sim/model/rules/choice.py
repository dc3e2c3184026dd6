"""Choice: what an offer is worth to a buyer, in parts that can be shown one by one."""

from __future__ import annotations

import math

from sim.model.compiled import inlined


@inlined
def value_of_time(weight: float, floor: float, urgency: float, months: float) -> float:
    """Waiting costs more the more urgent the need; points. weight per year, negative.

    months = later (or, negative, sooner) than the buyer planned for.
    """
    return weight * (floor + urgency) * months / 12.0


@inlined
def value_of_price(weight: float, price: float, usual: float) -> float:
    """A dearer offer than usual for the category is worth less; points. weight per log point."""
    return weight * math.log(price / usual)


@inlined
def value_of_users(
    adopter_weight: float, neighbour_weight: float, adopters: int, neighbours: int, first: bool, repeat: float
) -> float:
    """Allies that chose a product lately and neighbours that have it make it safer to buy; points.

    repeat = part of that worth that is left when the buyer has the family already.
    Source: Lebacher, Thurner & Kauermann 2021 (ties matter for the first deal more than for repeats).
    """
    value = adopter_weight * math.log(1.0 + adopters) + neighbour_weight * math.log(1.0 + neighbours)
    return value if first else repeat * value


@inlined
def value_of_dealings(weight: float, purchases: float) -> float:
    """Earlier purchases from a government make the next one easier; points. weight per log purchase.

    Source: Kinne 2016 (agreements beget deals); Lebacher, Thurner & Kauermann 2021 (repeated dyads).
    """
    return weight * math.log(1.0 + purchases)


@inlined
def nest_value(sum_of_exponentials: float, dissimilarity: float) -> float:
    """The worth of an industry's offers together: dissimilarity x log sum exp(V / dissimilarity).

    Source: nested logit, Train 2009 ch. 4; a plain logit would let each further European line
    take share from Korea.
    """
    return dissimilarity * math.log(sum_of_exponentials)
