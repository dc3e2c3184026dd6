"""Production: what a line makes for the 32 states, and when a delivered unit can be used."""

from __future__ import annotations

import math

from sim.model.compiled import compiled


@compiled
def real_output(capacity: float, realised: float, outside: float, output_lever: float) -> float:
    """Units a month for the 32 states: claimed capacity, less what never comes, less other customers.

    capacity in units a year; realised, outside = shares; output_lever 1 = as usual.
    Source: deliveries are 0.6-0.85 of claimed capacity (PLAUSIBILITY).
    """
    return capacity * realised * max(0.0, 1.0 - outside) * output_lever / 12.0


@compiled
def outside_share(usual: float, demand: float, home_hold: float, home_build_up: float, limit: float) -> float:
    """Customers outside the 32 states take their usual share, more when they or the home army demand more.

    usual = share today; demand = multiplier of the rest of the world; home_hold = share of the
    remaining export output kept for home needs; home_build_up = share of all output taken
    extra at home; limit = most that outside customers can take. Returns a share.
    """
    outside = min(limit, usual * demand + home_build_up)
    outside = max(usual, outside) if demand >= 1.0 else outside
    return 1.0 - (1.0 - outside) * (1.0 - home_hold)


@compiled
def months_a_unit(quantity: float, first: float, last: float, yearly: float) -> float:
    """Months of work on one unit: the contract's own pace, or the line's where only one unit is ordered.

    first, last = promised months of the first and last unit; yearly = units a year the line makes.
    """
    if quantity > 1.0:
        return max(1.0, (last - first) / (quantity - 1.0))
    return max(1.0, 12.0 / max(0.5, yearly))


@compiled
def due_so_far(quantity: float, start: float, last: float, month: float) -> float:
    """Units of a contract, parts of units too, due by the end of a month on a steady plan.

    Work goes on from month `start` to month `last`, so that the first whole unit is ready when promised.
    """
    if month < start:
        return 0.0
    return min(quantity, quantity * (month - start + 1.0) / max(1.0, last - start + 1.0))


@compiled
def crew_months(known: float, new: float, new_family: bool, hub_cut: float) -> int:
    """Delivered is not usable: crews and integration take longer for a new family; hubs shorten it."""
    months = new if new_family else known
    return max(0, math.floor(months * (1.0 - hub_cut) + 0.5))
