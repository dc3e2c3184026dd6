"""Need: how much a state requires, what is missing, and how urgent that is."""

from __future__ import annotations

from sim.model.compiled import inlined


@inlined
def announced_path(start: float, target: float, months_to_target: float, month: float) -> float:
    """A requirement rises (or falls) on a straight line to its year and then stays.

    start, target in units; months from January 2026; returns units.
    Source: MODEL 4 "Need"; announced plans, seeds/facts/fleets.csv.
    """
    if months_to_target <= 0.0 or month >= months_to_target:
        return target
    return start + (target - start) * month / months_to_target


@inlined
def force_goal(planned: float, growth: float, month: float, horizon: float) -> float:
    """Alliance force goals agreed in June 2025 ask for about 30 % more by 2035, whatever money comes.

    planned = units of the national plan at that time; growth = share by the end; returns units.
    Source: NATO capability targets of June 2025.
    """
    return planned * (1.0 + growth * min(1.0, month / horizon))


@inlined
def required(announced: float, goal: float, elasticity: float, exposure: float, threat: float) -> float:
    """A state needs the larger of its plan and its force goal, more where a threat has grown.

    threat = index relative to the start (1 = as at the start); returns units.
    """
    return max(announced, goal) * max(0.0, 1.0 + elasticity * exposure * (threat - 1.0))


@inlined
def retirement_pace(due: float, stock: float, months: float, life: float, renewal: float) -> float:
    """What is due leaves steadily until the end of 2035; of the rest a part wears out with age.

    due, stock in units; months = length of the run; life in years; renewal = part of the renewal by
    age (stock / life a year) that comes on top of what is counted as due. Returns units a month.
    """
    return due / months + renewal * max(0.0, stock - due) / (12.0 * life)


@inlined
def gap(requirement: float, stock: float, retiring: float, on_order: float) -> float:
    """The gap is what will be required less what will be there, all orders counted; units."""
    return max(0.0, requirement - stock + retiring - on_order)


@inlined
def urgency(gap_ratio: float, threat: float, exposure: float, cap: float) -> float:
    """A gap presses more on a state that is more exposed to a greater threat; 0 to cap."""
    return min(cap, gap_ratio * threat * exposure)
