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
    ally_weight: float, neighbour_weight: float, allies: int, neighbours: int, first: bool, repeat: float
) -> float:
    """Allied users make a product safer to buy, above all for a first purchase; points.

    repeat = part of that worth that is left when the buyer has the family already.
    Source: Lebacher, Thurner & Kauermann 2021 (ties matter for the first deal more than for repeats).
    """
    value = ally_weight * math.log(1.0 + allies) + neighbour_weight * math.log(1.0 + neighbours)
    return value if first else repeat * value


@inlined
def nest_value(sum_of_exponentials: float, dissimilarity: float) -> float:
    """The worth of an industry's offers together: dissimilarity x log sum exp(V / dissimilarity).

    Source: nested logit, Train 2009 ch. 4; a plain logit would let each further European line
    take share from Korea.
    """
    return dissimilarity * math.log(sum_of_exponentials)
