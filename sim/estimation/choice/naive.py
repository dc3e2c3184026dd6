"""Naive rules that a model of choices has to beat, each a stated hit rate with the rest spread evenly."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from sim.estimation.choice.attributes import Table

Array = npt.NDArray[np.float64]
RULES: Final = ("uniform", "incumbent", "cheapest", "fastest", "industry_shares")


def chances(rule: str, table: Table, known: Table) -> Array:
    """The chance of each offer of `table` by a rule whose hit rate was counted on `known`; (sets, places)."""
    even = table.there / np.maximum(1, table.sizes())[:, None]
    if rule == "uniform":
        return np.asarray(even)
    if rule == "industry_shares":
        return _by_industry(table, known)
    picked = picks(rule, table)
    rate = hit_rate(rule, known)
    counts = picked.sum(axis=1, keepdims=True)
    others = (table.there & ~picked).sum(axis=1, keepdims=True)
    named = picked * rate / np.maximum(1, counts)
    rest = (table.there & ~picked) * (1.0 - rate) / np.maximum(1, others)
    decides = (counts > 0) & (others > 0)
    return np.where(decides, named + rest, even)


def picks(rule: str, table: Table) -> npt.NDArray[np.bool_]:
    """The offers that a rule names: families in service, the lowest catalogue price, the fewest months."""
    if rule == "incumbent":
        return (_mean(table, "family") > 0.5) & table.there
    value = np.where(table.there, table.listed[..., 1 if rule == "cheapest" else 0], np.inf)
    least = value.min(axis=1, keepdims=True) if value.size else value
    return np.asarray(value <= least + 1e-12) & table.there


def hit_rate(rule: str, known: Table) -> float:
    """How often what a rule names won, among decisions where it names some but not all; a start of 1 in 2."""
    picked = picks(rule, known)
    counts = picked.sum(axis=1)
    counted = (counts > 0) & (counts < known.sizes())
    won = picked[np.arange(len(known.chosen)), known.chosen] & counted
    return float((won.sum() + 1.0) / (counted.sum() + 2.0))


def _by_industry(table: Table, known: Table) -> Array:
    """Each industry by its share of the known winners, spread evenly over its offers."""
    size = 1 + int(max(table.nest.max(initial=0), known.nest.max(initial=0)))
    won = known.nest[np.arange(len(known.chosen)), known.chosen]
    shares = np.bincount(won, minlength=size) + 0.5
    member = (table.nest[:, :, None] == np.arange(size)) & table.there[:, :, None]
    counts = member.sum(axis=1)  # (sets, industries)
    weight = (member * (shares / np.maximum(1, counts))[:, None, :]).sum(axis=2)
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


def _mean(table: Table, attribute: str) -> Array:
    return np.asarray(table.values[..., table.attributes.index(attribute)].mean(axis=1))
