"""Policies of a seat in words: what they stand at, how far they can move, what a move costs."""

from __future__ import annotations

import math

import numpy as np

from sim.game.view_others import PlantSeen, PolicySeen
from sim.report import numbers, words
from sim.report.language import _

STEPS = 10  # settings between the ends of a policy's range


def value(policy: PolicySeen, at: float) -> str:
    """A setting, and whether it is the one that stands."""
    said = words.lever_value(at, policy.unit, policy.kind)
    if at == policy.now:
        return _("{value} (as it stands)").format(value=said)
    if policy.cost <= 0.0:
        return said
    points = policy.cost * abs(at - policy.now) / (policy.high - policy.low)
    return _("{value} (takes {points} points)").format(value=said, points=f"{points:.1f}")


def choice(policy: PolicySeen) -> str:
    """A policy in a list with its setting."""
    return _("{policy}: {value}").format(
        policy=_(policy.label), value=words.lever_value(policy.now, policy.unit, policy.kind)
    )


def values(policy: PolicySeen) -> list[float]:
    """Settings to choose from: the one that stands, and even steps of the range that this turn allows."""
    if policy.kind == "switch":
        found = {policy.now, *(one for one in (0.0, 1.0) if policy.lowest <= one <= policy.highest)}
        return sorted(found)
    steps = np.linspace(policy.low, policy.high, STEPS + 1)
    within = {round(float(one), 6) for one in steps if policy.lowest <= one <= policy.highest}
    within = {one for one in within if abs(one - policy.now) > 1e-6}
    return sorted({policy.now, *within})


def limits(policy: PolicySeen) -> str:
    """How far a policy can move in this turn, what that costs, and what it costs outside the game."""
    text = _("This turn between {low} and {high}.")
    low, high = (words.lever_value(one, policy.unit, policy.kind) for one in (policy.lowest, policy.highest))
    said = [text.format(low=low, high=high)]
    if policy.cost > 0.0:
        more = _("The whole range costs {points} points of political capital.")
        said.append(more.format(points=f"{policy.cost:g}"))
    if policy.price:
        said.append(_(policy.price))
    return " ".join(said)


def capital(spent: float, all_of_it: float) -> str:
    """Political capital that is left, in a sentence."""
    return _("{left} of {all} points of political capital are left this turn.").format(
        left=f"{max(0.0, all_of_it - spent):.1f}", all=f"{all_of_it:g}"
    )


def plant(one: PlantSeen) -> str:
    """What an industry makes in a category, in a sentence."""
    text = _(
        "{capacity} {unit} a year for all customers; {backlog} ordered by these states and not delivered, "
        "{cover} of work. Base price {price} each; contracts behind their promise: {late}."
    )
    return text.format(
        capacity=f"{one.capacity:,.0f}", unit=_(one.unit), backlog=f"{one.backlog:,.0f}",
        cover=numbers.amount("years", years_of_work(one)), price=numbers.money(one.price), late=one.late,
    )  # fmt: skip


def years_of_work(one: PlantSeen) -> float:
    """Years in which all lines together make what these states have ordered; not a number without a plant."""
    return one.backlog / one.capacity if one.capacity > 0.0 else math.nan


def price_factor(factor: float) -> str:
    """An industry's price beside its rule's."""
    if abs(factor - 1.0) < 1e-9:
        return _("as the rule asks")
    text = _("{number} % more") if factor > 1.0 else _("{number} % less")
    return text.format(number=f"{100 * abs(factor - 1.0):.0f}")


def promise_factor(factor: float) -> str:
    """An industry's promised months beside its plan's."""
    if abs(factor - 1.0) < 1e-9:
        return _("as the plant plans")
    return _("{number} % sooner than planned").format(number=f"{100 * (1.0 - factor):.0f}")


def growth(share: float) -> str:
    """How much an industry adds to its capacity in a year; below 0 for what the rule decides."""
    if share < 0.0:
        return _("as the rule decides")
    return _("not at all") if share == 0.0 else _("by {number} %").format(number=f"{100 * share:.0f}")
