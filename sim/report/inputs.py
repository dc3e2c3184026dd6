"""The numbers that weigh most behind a place: its money, needs and orders, and the largest lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sim.evidence.seeds import Seeds
from sim.policy.measures import ALLIANCE

MOST: Final = 5  # orders and lines that stand for the largest inputs
MONEY: Final = ("gdp", "defence_share", "equipment_share", "modelled_share")
NEED: Final = ("requirement", "stock")


def largest(seeds: Seeds, place: str) -> list[str]:
    """The facts with most money in them for a place: equipment money, orders and lines, as `ledger` keys.

    Equipment money is that of the state, or of the three that have most; orders by value are of the same
    place; lines, by a year's output at base prices, are of the world.
    """
    europe = [state.id for state in seeds.states() if state.europe_canada]
    states = europe if place == ALLIANCE else [place]
    orders = [one.id for one in seeds.contracts() if one.buyer in states]
    return [
        *_keys(seeds, states, MONEY, 3),
        *_keys(seeds, orders, ("quantity", "unit_price"), MOST),
        *_keys(seeds, [one.id for one in seeds.lines()], ("rate_now", "price_platform"), MOST),
    ]


def _keys(seeds: Seeds, subjects: Iterable[str], attributes: Sequence[str], most: int) -> list[str]:
    """The facts of those subjects whose attributes have the largest product, largest first."""
    sizes = {}
    for subject in subjects:
        sizes[subject] = 1.0
        for attribute in attributes:
            sizes[subject] *= seeds.value(subject, attribute)
    first = sorted(sizes, key=lambda one: -sizes[one])[:most]
    return [f"{subject}.{attribute}" for subject in first for attribute in attributes]


def needs(seeds: Seeds, place: str) -> list[str]:
    """What a state requires and has in each category, as `ledger` keys; nothing for a group of states."""
    return [f"{place}.{one.category}.{attribute}" for one in seeds.needs() if one.state == place
            for attribute in NEED]  # fmt: skip
