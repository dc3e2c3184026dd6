"""Production: what a line makes for the 32 states, and when a delivered unit can be used."""

from __future__ import annotations

import math

from sim.model.compiled import inlined


@inlined
def real_output(capacity: float, realised: float, output_lever: float) -> float:
    """Units a month that really come from claimed capacity, for all customers.

    capacity in units a year; realised = share; output_lever 1 = as usual.
    Source: deliveries are 0.6-0.85 of claimed capacity (PLAUSIBILITY).
    """
    return capacity * realised * output_lever / 12.0


@inlined
def outside_share(usual: float, demand: float, home_hold: float, home_build_up: float, limit: float) -> float:
    """Customers outside the 32 states take their usual share, more when they or the home army demand more.

    usual = share today; demand = multiplier of the rest of the world; home_hold = share of the
    remaining export output kept for home needs; home_build_up = share of all output taken
    extra at home; limit = most that outside customers can take. Returns a share.
    """
    outside = min(limit, usual * demand + home_build_up)
    outside = max(usual, outside) if demand >= 1.0 else outside
    return 1.0 - (1.0 - outside) * (1.0 - home_hold)


@inlined
def months_a_unit(quantity: float, first: float, last: float, yearly: float) -> float:
    """Months of work on one unit: the contract's own pace, or the line's where only one unit is ordered.

    first, last = promised months of the first and last unit; yearly = units a year the line makes.
    """
    if quantity > 1.0:
        return max(1.0, (last - first) / (quantity - 1.0))
    return max(1.0, 12.0 / max(0.5, yearly))


@inlined
def work_done(quantity: float, start: float, finish: float, clock: float) -> float:
    """Units of a contract, parts of units too, made when a plant has worked its plan off up to a point.

    Work goes on evenly from the beginning of month `start` to the end of month `finish`; clock = months
    of the plan worked off (m + 1 at the end of month m if nothing is late).
    """
    return quantity * min(1.0, max(0.0, (clock - start) / max(1.0, finish - start + 1.0)))


@inlined
def month_of_unit(quantity: float, start: float, finish: float, unit: float) -> int:
    """The month at whose end so many units are planned to be ready (the inverse of `work_done`)."""
    return math.ceil(start + unit / quantity * max(1.0, finish - start + 1.0) - 1e-9) - 1


@inlined
def home_part(output: float, home: float, export: float, priority: float) -> float:
    """What a plant makes for its home customers where it makes less than is due; units.

    home, export = units due to each. Without priority both get the same part of what is due to them; with
    full priority the home army is served first. Source: MODEL 4 "Produce".
    """
    if home + export <= output:
        return home
    fair = output * home / (home + export)
    return min(output, fair + priority * (min(home, output) - fair))


@inlined
def slots_to_lend(lending: float, hold: float, yearly: float, owed: float) -> float:
    """A home army may lend up to a year's slots, less what it holds back and is still owed; units.

    Source: Korean army slots for Poland, 2022 (seeds/policies.csv, korean_army_slots_2022).
    """
    return math.floor(max(0.0, lending * (1.0 - hold) * yearly - owed) + 1e-9)


@inlined
def usable_months(known: float, new: float, new_family: bool, cut: float, munitions: float) -> int:
    """Delivered is not usable: crews must be trained and a first load of munitions must be there.

    Crews take longer for a new family; hubs and training cut that; munitions = months since the order
    that a first load still needs. Whole months, the longer of the two.
    """
    crews = (new if new_family else known) * (1.0 - cut)
    return max(0, math.floor(max(crews, munitions) + 0.5))
