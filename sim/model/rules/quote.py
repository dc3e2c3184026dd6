"""Quote: the price a line asks and the months until it can deliver."""

from __future__ import annotations

from sim.model.compiled import inlined


@inlined
def platform_price(
    base: float,
    kappa: float,
    cover: float,
    target: float,
    scale: float,
    learning: float,
    floor: float,
    cap: float,
) -> float:
    """A full line asks more, a long run costs less; musd.

    P = P0 x (1 + kappa min(1, max(0, cover/target - 1))) x scale^-learning, kept within floor and cap
    times P0. cover, target in years of output; scale = total output over output before the start.
    Source: MODEL 4 "Offer"; learning curve after Wright 1936.
    """
    scarcity = 1.0 + kappa * min(1.0, max(0.0, cover / target - 1.0))
    return base * min(cap, max(floor, scarcity * scale ** (-learning)))


@inlined
def localised(share: float, first: float, last: float, lag: float) -> float:
    """Work counts as local only as far as it is really done there: after the lag; share.

    share = what the maker offers to place; first, last = months to the first and last delivery.
    Source: a local line starts 24-36 months after the contract (MODEL 4 "Invest").
    """
    if last <= lag:
        return 0.0
    return share * min(1.0, (last - lag) / max(1.0, last - first))


@inlined
def repriced(price: float, change: float) -> float:
    """Between selection and contract the price moves, mostly up; change as a share."""
    return price * (1.0 + change)


@inlined
def process_months(
    same_state: bool,
    same_union: bool,
    american: bool,
    member: bool,
    known: bool,
    ally: float,
    government: float,
    partner: float,
    reform: float,
    dialogue: float,
    union_share: float,
    known_share: float,
) -> float:
    """Government consent takes longest for goods from outside the Alliance, and less for known families.

    ally, government, partner = months for another ally, for US government sales, for a non-member;
    reform = months cut from US sales; dialogue = share cut from a non-member's months;
    union_share, known_share = part of the months left within a Union and for a known family. Returns months.
    """
    if same_state:
        return 0.0
    if american:
        months = max(1.0, government - reform)
    elif member:
        months = union_share * ally if same_union else ally
    else:
        months = partner * (1.0 - dialogue)
    return known_share * months if known else months


@inlined
def planned_capacity(now: float, planned: float, months_to_plan: float, ahead: float) -> float:
    """Planned output climbs on a line from today's to the announced rate; units a year, months ahead."""
    if months_to_plan <= 0.0 or ahead >= months_to_plan:
        return planned
    return now + (planned - now) * ahead / months_to_plan


@inlined
def credit_share(content: float, threshold: float, open_credit: float, value: float) -> float:
    """An EU loan finances goods whose European content reaches the threshold, as far as it goes; share."""
    if content < threshold or value <= 0.0:
        return 0.0
    return min(1.0, max(0.0, open_credit / value))
