"""Money: what comes in, what can be promised, and what a payment is worth today."""

from __future__ import annotations

from sim.model.compiled import inlined


@inlined
def spending_share(
    now: float, pledge: float, delivered: float, month: float, months_to_pledge: float
) -> float:
    """Core spending climbs on a line to the pledge, as far as the promise is kept.

    now, pledge = shares of GDP; delivered = share of the rise that comes (1 = all of it).
    States above the pledge stay where they are. Source: The Hague declaration, June 2025.
    """
    rise = max(0.0, pledge - now) * delivered
    return now + rise * min(1.0, month / max(1.0, months_to_pledge))


@inlined
def equipment_part(now: float, share: float, equipment: float, marginal: float) -> float:
    """Equipment money as a share of GDP: of a rise in spending more goes to equipment than before.

    now, share = core spending over GDP at the start and today; equipment = part for equipment at the start;
    marginal = part of the rise. Source: the part rose with spending after 2014 (NATO, Defence Expenditure).
    """
    return min(now, share) * equipment + max(0.0, share - now) * max(equipment, marginal)


@inlined
def monthly_inflow(gdp: float, equipment: float, modelled: float) -> float:
    """Equipment money of a month for the eight categories, musd: GDP x shares / 12."""
    return gdp * equipment * modelled / 12.0


@inlined
def squeezed(inflow: float, month: float, until: float, depth: float) -> float:
    """A state in a budget squeeze has less equipment money for a time; musd a month.

    depth = share cut. Source: Bulgaria 2026, seeds/policies.csv; MODEL 4 "Money".
    """
    return inflow * (1.0 - depth) if month < until else inflow


@inlined
def room(cash: float, inflow: float, horizon: float, committed: float, credit: float) -> float:
    """What a state can still promise: money in hand, some years of inflow and open credit, less commitments.

    cash, committed, credit in musd; inflow in musd a month; horizon in months; returns musd.
    """
    return cash + inflow * horizon + credit - committed


@inlined
def lapse(cash: float, inflow: float, carry_months: float) -> float:
    """Budgets cannot be hoarded: money beyond some months of inflow goes elsewhere; musd lost."""
    return max(0.0, cash - carry_months * inflow)


@inlined
def annuity(rate: float, years: float) -> float:
    """Present value of one musd a year for some years, musd."""
    return years if rate <= 0.0 else (1.0 - (1.0 + rate) ** (-years)) / rate


@inlined
def present_value(payment: float, rate: float, month: float) -> float:
    """A later payment counts less: payment / (1 + rate)^(years); musd of January 2026."""
    return payment / (1.0 + rate) ** (month / 12.0)
