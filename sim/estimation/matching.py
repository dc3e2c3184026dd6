"""Calibration by history matching, and what is left weighed by how near it comes to what was observed.

A setting of a model is a point of the unit cube. At each point of a space-filling design the model is run
some times. A point is *implausible* where the model's mean lies further from an observation than chance, the
error of the observation and the error of the model itself (discrepancy) let expect:

    I = |mean - observed| / sqrt(error^2 + discrepancy^2 + variance + variance / replications)

(Craig et al. 1997; Vernon, Goldstein and Bower 2010; where a model has chance, history is one draw of it, so
that the variance between replications counts whole: Andrianakis et al. 2015). A point is ruled out where the
second largest I is above three, so that one observation alone decides nothing; three is the three-sigma rule
of Pukelsheim (1994). Between the points of the design a quadratic regression stands for the model (a response
surface, Box and Draper 1987); what it leaves unexplained adds to the variance.

What is not ruled out is weighed by the density of the observations around a run, with those errors as its
width: approximate Bayesian computation, exact where the errors are (Wilkinson 2013). Here the observations
count together, with the covariance of replications and with the errors that they share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Simulator = Callable[[Array], Array]  # a point (D,) of the unit cube to outputs (replications, K)
Each = Callable[[Simulator, Array], Iterable[tuple[int, Array]]]  # outputs of points with their numbers
Progress = Callable[[int, int], None]
CUT = 3.0  # standard deviations; Pukelsheim 1994
SECOND = 2  # the second largest implausibility decides; Vernon, Goldstein and Bower 2010
EMULATED = 8192  # points at which the regression stands for the model
AGAIN = 4  # one point is run again, where the weights are, for every so many points of the design
GOLDEN = (5**0.5 - 1) / 2
MARGIN = 1.2  # points of a design over terms of the regression, at least


@dataclass(frozen=True)
class Targets:
    """What was observed, each (K,): values, and whether they are matched or held out.

    Standard deviations: `error` of the observations, `discrepancy` of the model, `common` the part of both
    that those aggregates share that have one.
    """

    observed: Array
    error: Array
    discrepancy: Array
    common: Array
    matched: Flags


@dataclass(frozen=True)
class Wave:
    """Runs at some points (P, D); `samples` (P, replications, K) are nan where nothing was measured."""

    points: Array
    samples: Array

    @property
    def mean(self) -> Array:
        """The mean over replications, (P, K)."""
        return _over_replications(self.samples, np.mean)

    @property
    def variance(self) -> Array:
        """The variance between replications, (P, K)."""
        return _over_replications(self.samples, np.var)

    @property
    def covariance(self) -> Array:
        """The covariance between replications of the same point, over all points, (K, K)."""
        apart = self.samples - self.mean[:, None, :]
        rows = np.where(np.isfinite(apart), apart, 0.0).reshape(-1, self.samples.shape[2])
        return np.asarray(rows.T @ rows / max(1, len(rows) - len(self.points)))

    @property
    def chance(self) -> float:
        """How often the variance between replications counts: for history, and for the error of a mean."""
        return 1.0 + 1.0 / float(self.samples.shape[1])

    def at(self, kept: Flags) -> Wave:
        """Only some of the points."""
        return Wave(self.points[kept], self.samples[kept])


def _over_replications(samples: Array, statistic: Callable[..., Array]) -> Array:
    """A mean or variance of what was measured; nan where no replication measured anything."""
    known = np.isfinite(samples)
    measured = np.asarray(known.any(axis=1, keepdims=True))
    found = statistic(samples, axis=1, where=known | ~measured)
    return np.where(measured[:, 0], found, np.nan)


def design(points: int, dimensions: int, after: int = 0) -> Array:
    """Points (P, D) of the Sobol sequence, not scrambled, without its first (the corner), `after` skipped."""
    return np.asarray(qmc.Sobol(dimensions, scramble=False).fast_forward(1 + after).random(points))


def implausibility(mean: Array, variance: Array, targets: Targets) -> Array:
    """Distance of means (P, K) from what was observed in standard deviations; infinite where not measured."""
    width = np.sqrt(variance + targets.error**2 + targets.discrepancy**2)
    distance = np.abs(mean - targets.observed)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.where(distance == 0.0, 0.0, distance / width)
    return np.where(np.isfinite(mean), found, np.inf)


def deciding(found: Array, targets: Targets) -> Array:
    """The second largest implausibility (P,) among the observations used; the largest where there is one."""
    used = np.sort(found[:, targets.matched], axis=1)
    return np.asarray(used[:, -min(SECOND, used.shape[1])])


def implausible(wave: Wave, targets: Targets) -> Array:
    """Implausibility of points at which the model was run, (P, K)."""
    return implausibility(wave.mean, wave.variance * wave.chance, targets)


def terms(points: Array) -> Array:
    """The terms of a quadratic regression at points (P, D): one, each fact, each product, (P, T)."""
    centred = 2.0 * points - 1.0
    first, second = np.triu_indices(points.shape[1])
    return np.hstack([np.ones((len(points), 1)), centred, centred[:, first] * centred[:, second]])


def fewest(dimensions: int) -> int:
    """The fewest points of a design to which the regression can be fitted with some left to judge it."""
    return round(MARGIN * (dimensions + 1) * (dimensions + 2) / 2)


@dataclass(frozen=True)
class Emulator:
    """A quadratic regression of the model's means on its facts, one per output.

    `weights` (T, K); `spread` (T, T) is the inverse of the cross products; `residual` (K,) is the variance
    the regression leaves; `noise` (K, K) the covariance between replications with the error of a mean;
    `explained` (K,) is the share of the variance of means that the regression explains.
    """

    weights: Array
    spread: Array
    residual: Array
    noise: Array
    explained: Array

    def mean(self, points: Array) -> Array:
        """What the model's means are thought to be, (P, K)."""
        return np.asarray(terms(points) @ self.weights)

    def variance(self, points: Array) -> Array:
        """How far a mean may lie from that, (P, K): the residual variance and the error of the weights."""
        every = terms(points)
        leverage = np.einsum("pt,ts,ps->p", every, self.spread, every)
        return np.asarray((1.0 + leverage)[:, None] * self.residual)

    def slopes(self, dimensions: int) -> Array:
        """By how much an output changes from the low to the high end of a fact, the others midway, (D, K)."""
        return np.asarray(2.0 * self.weights[1 : 1 + dimensions])


def emulator(wave: Wave) -> Emulator:
    """The regression fitted to a wave by least squares; raises ValueError for too few points."""
    every = terms(wave.points)
    if len(every) <= every.shape[1]:
        raise ValueError(f"{len(every)} points are too few for a regression of {every.shape[1]} terms")
    means = wave.mean
    means = np.where(np.isfinite(means), means, np.nanmean(means, axis=0))
    weights = np.asarray(np.linalg.lstsq(every, means, rcond=None)[0], dtype=float)
    left = ((means - every @ weights) ** 2).sum(axis=0)
    total = ((means - means.mean(axis=0)) ** 2).sum(axis=0)
    return Emulator(
        weights=weights,
        spread=np.asarray(np.linalg.pinv(every.T @ every), dtype=float),
        residual=left / (len(every) - every.shape[1]),
        noise=wave.covariance * wave.chance,
        explained=1.0 - left / np.where(total > 0.0, total, np.inf),
    )


def emulated(points: Array, known: Emulator, targets: Targets) -> Array:
    """Implausibility of points at which the regression stands for the model, (P, K)."""
    return implausibility(known.mean(points), known.variance(points) + np.diag(known.noise), targets)


def misfit(mean: Array, known: Emulator, targets: Targets) -> Array:
    """Squared distance (P,) of means (P, K) from the matched observations together, in standard deviations.

    About as large as the number of observations where model and errors are right. What the observations share
    (`common`) and the covariance of replications are counted.
    """
    used = targets.matched
    own = targets.error**2 + targets.discrepancy**2 - targets.common**2 + known.residual
    wide = known.noise + np.diag(own) + np.outer(targets.common, targets.common)
    apart = (mean - targets.observed)[:, used]
    inverse = np.linalg.pinv(wide[np.ix_(used, used)], hermitian=True)
    return np.asarray(np.einsum("pk,kl,pl->p", apart, inverse, apart))


def weighed(distance: Array, left: Flags) -> Array:
    """Weights (P,) that add to one, by squared distance; nothing where ruled out."""
    if not left.any():
        return np.zeros(len(distance))
    weight = np.where(left, np.exp(-(distance - distance[left].min()) / 2), 0.0)
    return np.asarray(weight / weight.sum())


def drawn(weights: Array, count: int) -> NDArray[np.int64]:
    """Positions of `count` points, as often as their weights say.

    Multiples of the golden ratio stand for chance (Weyl 1916): equal steps, as in systematic resampling,
    would fall in step with the points of a Sobol sequence.
    """
    chances = np.arange(1, count + 1) * GOLDEN % 1.0
    places = np.searchsorted(np.cumsum(weights), chances * weights.sum())
    return np.asarray(np.minimum(places, len(weights) - 1))


def effective(weights: Array) -> float:
    """The share of points that count for as much as these weights (Kish 1965): 1 where all weigh the same."""
    total = float((weights**2).sum())
    return float(weights.sum()) ** 2 / total / len(weights) if total > 0.0 else 0.0


@dataclass(frozen=True)
class Matching:
    """What is left of the space.

    `first` are the runs of the design and `first_left` those not ruled out; `cube` (Q, D) are further points,
    at which the regression stands for the model, with implausibility `found`, `left` and `weights`; `again`
    are runs at points drawn by weight, and `again_left` those that the model itself does not rule out either.
    """

    first: Wave
    first_left: Flags
    known: Emulator
    cube: Array
    found: Array
    left: Flags
    distance: Array
    weights: Array
    again: Wave
    again_left: Flags


def in_turn(simulator: Simulator, chosen: Array) -> Iterable[tuple[int, Array]]:
    """The outputs at some points, one after the other, with their numbers."""
    return enumerate(map(simulator, chosen))


def match(
    simulator: Simulator,
    targets: Targets,
    dimensions: int,
    points: int,
    *,
    emulated_points: int = EMULATED,
    each: Each = in_turn,
    progress: Progress | None = None,
) -> Matching:
    """Run the design, rule out what is implausible, weigh what is left, and run some of it again.

    each: who has the simulator run at points. progress(done, all) is called after each point.
    """
    again = points // AGAIN

    def runs(chosen: Array, done: int) -> list[Array]:
        samples: dict[int, Array] = {}
        for number, sample in each(simulator, chosen):
            samples[number] = sample
            if progress is not None:
                progress(done + len(samples), points + again)
        return [samples[number] for number in range(len(chosen))]

    cube = design(points, dimensions)
    first = Wave(cube, np.array(runs(cube, 0)))
    known = emulator(first)
    cube = design(emulated_points, dimensions, after=points)
    found, distance = emulated(cube, known, targets), misfit(known.mean(cube), known, targets)
    left = deciding(found, targets) <= CUT
    weights = weighed(distance, left)
    chosen = cube[drawn(weights, again if left.any() else 0)]
    second = Wave(chosen, np.array(runs(chosen, points)).reshape(len(chosen), *first.samples.shape[1:]))
    return Matching(
        first, deciding(implausible(first, targets), targets) <= CUT,
        known, cube, found, left, distance, weights,
        second, deciding(implausible(second, targets), targets) <= CUT,
    )  # fmt: skip
