"""Scores of predicted months, with intervals: how far off, how honest about it, how often inside the range.

Continuous ranked probability score and Brier score: Gneiting and Raftery 2007. Intervals: Bayesian bootstrap,
Rubin 1981, with draws keyed by the id of a case, so that two rules are weighed alike.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

from sim.estimation.delivery_cases import Case
from sim.estimation.delivery_model import LAST, MONTHS
from sim.model.randomness import BOOTSTRAP, name_key, stream, uniform

Array = npt.NDArray[np.float64]
REPLICATIONS, RANDOM_SEED = 500, 1
TAIL = 0.05  # of the 90 % intervals
RANGE = (0.1, 0.5, 0.9)  # the low, middle and high of a prediction


def quantiles(chances: Array, at: Sequence[float] = RANGE) -> list[float]:
    """The months by which a delivery has come with these chances; chances: (MONTHS,)."""
    below = np.cumsum(chances)
    return [float(min(int(np.searchsorted(below, one - 1e-9)) + 1, LAST)) for one in at]


def score(chances: Array, case: Case) -> tuple[float, float, float]:
    """Ranked score and absolute error in months, and the share inside the 80 % range, of a dated case."""
    below = np.cumsum(chances)
    low, middle, high = quantiles(chances)
    came = np.minimum(case.low, LAST)
    ranked = ((below - (came[:, None] <= MONTHS)) ** 2).sum(axis=1)
    inside = (came >= low) & (came <= high)
    return float(ranked.mean()), float(np.abs(middle - came).mean()), float(inside.mean())


def log_score(chances: Array, case: Case) -> float:
    """Minus the log of the chance given to what is known: the month, or a range of months; less is better."""
    at_least = np.append(np.cumsum(chances[::-1])[::-1], 0.0)  # [m]: the chance of more than m months
    first = np.minimum(case.low, LAST).astype(int) - 1
    last = np.minimum(case.high, LAST).astype(int)
    return -math.log(max(1e-300, float((at_least[first] - at_least[last]).mean())))


@cache
def _column(name: str) -> Array:
    """Exponential draws of one case, one a replication."""
    key, none = name_key(name), np.uint64(0)
    draws = [
        uniform(np.uint64(stream(RANDOM_SEED, at)), BOOTSTRAP, key, none, 0) for at in range(REPLICATIONS)
    ]
    return -np.log(draws)


def interval(names: Sequence[str], values: Sequence[float]) -> list[float]:
    """The 90 % interval of the mean of a value by case."""
    if not names:
        return [math.nan, math.nan]
    weights = np.stack([_column(name) for name in names])
    means = np.asarray(values, dtype=float) @ weights / weights.sum(axis=0)
    return [float(one) for one in np.quantile(means, (TAIL, 1.0 - TAIL))]


def means(values: dict[str, dict[str, float]]) -> dict[str, object]:
    """Means of some scores with their intervals; values: score -> case -> value."""
    found: dict[str, object] = {"n": max((len(one) for one in values.values()), default=0)}
    found |= {name: mean(list(one.values())) for name, one in values.items()}
    found["intervals"] = {name: interval(list(one), list(one.values())) for name, one in values.items()}
    return found


def mean(values: Sequence[float]) -> float:
    """The mean, not a number of nothing."""
    return float(np.mean(values)) if len(values) else math.nan


def difference(rule: dict[str, float], exam: dict[str, float]) -> dict[str, object]:
    """How much worse a rule scores than the exam in the cases of both: above zero the exam is better."""
    names = [name for name in rule if name in exam]
    gaps = [rule[name] - exam[name] for name in names]
    return {
        "n": len(names),
        "rule": mean([rule[name] for name in names]),
        "exam": mean([exam[name] for name in names]),
        "difference": mean(gaps),
        "interval": interval(names, gaps),
    }
