"""Choice sets and tables made by hand, and the project's own, read and fitted once."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from sim.estimation.choice.attributes import Attributes, Table
from sim.estimation.choice.estimate import Estimate, estimate, fitted
from sim.estimation.choice.exam import Record
from sim.estimation.choice.logit import Priors
from sim.estimation.choice.priors import priors
from sim.estimation.choice.sets import ChoiceSet, Offer
from sim.evidence.seeds import Seeds, load_seeds


@cache
def seeds() -> Seeds:
    """The project's seeds."""
    return load_seeds()


@cache
def attributes() -> Attributes:
    """What the project knows of offers."""
    return Attributes(seeds())


@cache
def own() -> Estimate:
    """The estimate from the project's own decisions."""
    return estimate(seeds())


def small_own(rivals: int = 8, direct: int = 4, draws: int = 4) -> Estimate:
    """The same from a few decisions and draws only."""
    known = own().known
    rows = [*range(rivals), *range(known.rivals, known.rivals + direct)]
    table = fewer_draws(known.table.take(rows), draws)
    small = Record(tuple(known.sets[row] for row in rows), table, rivals)
    return fitted(small, priors(seeds()))


def fewer_draws(table: Table, draws: int) -> Table:
    """The same table with the first draws of what is uncertain."""
    return replace(table, values=table.values[:, :draws])


def an_offer(system: str = "a", **fields: Any) -> Offer:
    """An offer of which nothing is known but its name."""
    return replace(Offer(system, "DEU", "europe", None, None, False), **fields)


def a_set(name: str, date: float = 2020.0, offers: int = 2, chosen: int = 0, **fields: Any) -> ChoiceSet:
    """A choice set of offers a, b, c..."""
    made = tuple(an_offer("abcdefgh"[at]) for at in range(offers))
    return replace(ChoiceSet(name, "POL", date, "main_battle_tank", made, chosen), **fields)


def a_table(
    values: Sequence[Sequence[Sequence[float]]],
    chosen: Sequence[int],
    nest: Sequence[Sequence[int]] | None = None,
    names: tuple[str, ...] = ("x",),
) -> Table:
    """A table of one draw: values by set, offer and attribute; every offer its own nest unless given.

    What the catalogue lists are the values of months and price themselves.
    """
    places = max(len(one) for one in values)
    found = np.zeros((len(values), 1, places, len(names)))
    there = np.zeros((len(values), places), dtype=bool)
    nests = np.zeros((len(values), places), dtype=np.int64)
    for row, one in enumerate(values):
        found[row, 0, : len(one)] = one
        there[row, : len(one)] = True
        nests[row, : len(one)] = range(len(one)) if nest is None else nest[row]
    listed = np.zeros((len(values), places, 2))
    for at, name in enumerate(("months", "price")):
        if name in names:
            listed[..., at] = found[:, 0, :, names.index(name)]
    return Table(found, there, nests, np.array(chosen, dtype=np.int64), listed, names)


def plain_priors(names: tuple[str, ...], sd: float = 1.0, negative: Sequence[str] = ()) -> Priors:
    """Priors around nothing, and of the dissimilarity around a half."""
    all_names = (*names, "dissimilarity_logit")
    size = len(all_names)
    return Priors(
        all_names, np.zeros(size), np.full(size, sd), np.array([name in negative for name in all_names])
    )


def made_record(sets: int, names: tuple[str, ...] = ("x", "y"), offers: int = 3) -> Record:
    """Decisions among offers whose attributes lie evenly in a square, two of three offers in one nest."""
    at = np.arange(sets * offers, dtype=float)
    steps = np.array([0.754877666, 0.569840291, 0.3247179])[: len(names)]
    spread = 4.0 * np.modf(np.outer(at + 1.0, steps))[0] - 2.0
    values = spread.reshape(sets, offers, len(names))
    nest = [[min(place, 1) for place in range(offers)]] * sets
    table = a_table(values.tolist(), [0] * sets, nest, names)
    every = tuple(a_set(f"D{row}", 2000.0 + row / 4.0, offers) for row in range(sets))
    return Record(every, table, sets)
