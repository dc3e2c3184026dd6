"""Sobol indices: which share of the variance of an outcome each factor explains, alone and with the others.

Saltelli's scheme (Saltelli et al. 2010) with Jansen's estimator of totals, on unscrambled Sobol points. Where
a model has chance in it, products are taken across different replications, so that chance alone adds nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sim.experiment.compare import LEVEL
from sim.experiment.points import Array
from sim.model.randomness import BOOTSTRAP, exponential, name_key, stream, uniform

REPEATS: Final = 200  # of the bootstrap
NAME: Final = name_key("sobol")


@dataclass(frozen=True, eq=False)
class Indices:
    """Shares of variance by factor: first (alone) and total (with all others), with 90 % intervals.

    first, total: (factors,); first_ends, total_ends: (2, factors). variance: of the mean outcome between
    points, chance taken out. chance: the part of the variance of the computed means that is chance, 0 to 1.
    explained: the part of the variance of single runs that moving these factors explains. All are nan where
    nothing varies.
    """

    first: Array
    total: Array
    first_ends: Array
    total_ends: Array
    variance: float
    chance: float
    explained: float

    @property
    def is_clear(self) -> bool:
        """Whether the factors move the outcome at all beyond chance."""
        return bool(np.isfinite(self.total_ends).all() and self.total_ends[0].max() > 0.0)


def least_points(factors: int) -> int:
    """The fewest points that tell so many factors apart: with fewer, columns of the sequence are too alike.

    Sixteen points a factor, as a power of two; a sum of factors then has totals within 15 % of the truth.
    """
    return 1 << (16 * max(2, factors) - 1).bit_length()


def design(factors: int, points: int) -> Array:
    """The points to run, (factors + 2, points, factors) in (0, 1): A, B, then A with one column of B.

    points: a power of two. A and B are the halves of one unscrambled Sobol sequence of twice the dimensions,
    moved by half a step so that no point lies on the edge.
    """
    from scipy.stats import qmc

    power = points.bit_length() - 1
    if points != 1 << power:
        raise ValueError(f"the number of points must be a power of two; got {points}")
    both = qmc.Sobol(2 * factors, scramble=False).random_base2(power) + 0.5 / points
    first, second = both[:, :factors], both[:, factors:]
    mixed = [first.copy() for _ in range(factors)]
    for column, one in enumerate(mixed):
        one[:, column] = second[:, column]
    return np.stack([first, second, *mixed])


def indices(values: Array, random_seed: int = 1, repeats: int = REPEATS) -> Indices:
    """The indices from the outcomes at the points of `design`: (factors + 2, points, replications).

    Replication k has the same draws at every point. Intervals: bootstrap over points and replications, with
    weights instead of resampling (Rubin 1981). Replications in which some point has no figure are left out.
    """
    known = values[:, :, ~np.isnan(values).any(axis=(0, 1))]
    factors, points, replications = known.shape[0] - 2, known.shape[1], known.shape[2]
    if replications == 0:
        return _nothing(factors)
    level = known - known.mean()
    over_points, over_runs = np.full(points, 1.0 / points), np.full(replications, 1.0 / replications)
    first, total, variance = shares(level, over_points, over_runs)
    if not variance > 0.0:
        return _nothing(factors)
    drawn = np.array([
        np.concatenate(shares(level, _weights(points, random_seed, again, 0),
                              _weights(replications, random_seed, again, 1))[:2])
        for again in range(repeats)
    ])  # fmt: skip
    ends = np.nanquantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    means = level[:2].mean(axis=2)
    return Indices(
        first=first,
        total=total,
        first_ends=ends[:, :factors],
        total_ends=ends[:, factors:],
        variance=variance,
        chance=max(0.0, 1.0 - variance / float(means.var())),
        explained=min(1.0, variance / float(level[:2].var())),
    )


def shares(values: Array, over_points: Array, over_runs: Array) -> tuple[Array, Array, float]:
    """First-order and total shares and the variance, with weights of points and replications (sums 1).

    values: (factors + 2, points, replications).
    """
    centred = values - np.einsum("apr,p->r", values[:2], over_points) / 2.0
    base, other, mixed = centred[0], centred[1], centred[2:]
    variance = 0.5 * sum(float(over_points @ across(one, one, over_runs)) for one in (base, other))
    alone = np.array([over_points @ across(other, one - base, over_runs) for one in mixed])
    jointly = np.array([0.5 * (over_points @ across(one - base, one - base, over_runs)) for one in mixed])
    if not variance > 0.0:
        return np.full(len(mixed), np.nan), np.full(len(mixed), np.nan), 0.0
    return alone / variance, jointly / variance, variance


def across(one: Array, two: Array, weights: Array) -> Array:
    """At each point the product of two means over replications, freed of the chance that both share.

    One is taken in one replication and two in another; with a single replication it is the plain product.
    one, two: (points, replications); weights sum to 1.
    """
    product = (one @ weights) * (two @ weights)
    same = float(weights @ weights)
    if len(weights) == 1:
        return product
    return (product - (one * two) @ weights**2) / (1.0 - same)


def _weights(count: int, random_seed: int, again: int, of: int) -> Array:
    """Weights of one repeat of the bootstrap: exponential draws that sum to 1, keyed by repeat and number."""
    key = np.uint64(stream(random_seed, again))
    drawn = np.array([
        exponential(1.0, uniform(key, BOOTSTRAP, NAME, np.uint64(number), of)) for number in range(count)
    ])  # fmt: skip
    found: Array = drawn / drawn.sum()
    return found


def _nothing(factors: int) -> Indices:
    """Where nothing varies there are no shares."""
    one, two = np.full(factors, np.nan), np.full((2, factors), np.nan)
    return Indices(one, one.copy(), two, two.copy(), 0.0, float("nan"), float("nan"))
