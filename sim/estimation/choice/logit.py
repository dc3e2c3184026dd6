"""A nested logit with priors: its mode, its posterior by a checked Laplace approximation, its chances.

Source: nested logit by industry, Train 2009 ch. 4; Laplace's approximation, Gelman et al. 2013 ch. 4 and 13;
its check by importance weights, Vehtari et al. 2024.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import optimize, stats
from scipy.stats import qmc

from sim.estimation.choice.attributes import Table

Array = npt.NDArray[np.float64]
FAR: Final = 8.0  # prior standard deviations that no weight is looked for beyond
STEP: Final = 1e-5  # of the finite differences of the gradient
POSTERIOR_DRAWS: Final = 256
FEW: Final = 64
LEAP: Final = 409  # of the Halton sequence: with many weights its neighbouring points are a ramp


@dataclass(frozen=True)
class Priors:
    """Normal priors of what is estimated of each weight; last, of the logit of a nest's dissimilarity.

    What is estimated is the weight in points or, where it can only be negative (sooner and cheaper are never
    worse), the logarithm of its size: `negative`.
    """

    names: tuple[str, ...]
    mean: Array
    sd: Array
    negative: npt.NDArray[np.bool_]

    def only(self, names: tuple[str, ...]) -> Priors:
        """The same for some of the weights; the dissimilarity stays."""
        at = [self.names.index(name) for name in names] + [len(self.names) - 1]
        kept = tuple(self.names[i] for i in at)
        return Priors(kept, self.mean[at], self.sd[at], self.negative[at])

    def as_posterior(self) -> Posterior:
        """The prior in the form of a posterior that has seen nothing."""
        return Posterior(self.names, self.mean, np.diag(self.sd**2), self.negative)


@dataclass(frozen=True)
class Posterior:
    """Mode and covariance of what is estimated, in the order of the priors."""

    names: tuple[str, ...]
    mean: Array
    covariance: Array
    negative: npt.NDArray[np.bool_]

    def draws(self, count: int = POSTERIOR_DRAWS) -> Array:
        """(count, weights) spread evenly over the posterior: `even_points` through its normal form."""
        points = stats.norm.ppf(even_points(len(self.mean), count))
        drawn = self.mean + points @ np.linalg.cholesky(self.covariance).T
        return weights_of(drawn, self.negative)


@cache
def even_points(dimensions: int, count: int) -> Array:
    """(count, dimensions) points of the unit cube, no two dimensions alike.

    The leaped Halton sequence (Kocis & Whiten 1997); of few points, where it still has ramps, Sobol's, moved
    by half a step off the corner.
    """
    if count <= FEW:
        power = (count - 1).bit_length()
        return np.asarray(qmc.Sobol(dimensions, scramble=False).random_base2(power)[:count] + 0.5**power / 2)
    return np.asarray(qmc.Halton(dimensions, scramble=False).random(LEAP * count + 1)[LEAP::LEAP])


def weights_of(estimated: Array, negative: npt.NDArray[np.bool_]) -> Array:
    """The weights in points behind what is estimated; any shape that ends in the weights."""
    return np.asarray(np.where(negative, -np.exp(np.where(negative, estimated, 0.0)), estimated))


def dissimilarity(logit: float | Array) -> Array:
    """From the line of all numbers to (0, 1)."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.asarray(logit))))


def chances(table: Table, weights: Array) -> Array:
    """The chance of each offer, mean over the draws of attributes; (sets, places), 0 where there is none."""
    return np.asarray(_parts(table, weights)[0].mean(axis=1))


def _parts(table: Table, weights: Array) -> tuple[Array, Array, Array, Array]:
    """Chances by draw, and what their derivatives need: utilities, logs of nest sums, chances in the nest."""
    scale = float(dissimilarity(weights[-1]))
    there = table.there[:, None, :]
    utility = np.where(there, table.values @ weights[:-1], -np.inf)  # (sets, draws, places)
    scaled = utility / scale
    nests = range(int(table.nest.max(initial=0)) + 1)
    members = [(table.nest == nest)[:, None, :] & there for nest in nests]
    logs = np.stack([_log_sum(np.where(inside, scaled, -np.inf)) for inside in members], axis=2)
    values = np.exp(scale * (logs - logs.max(axis=2, keepdims=True)))  # (sets, draws, nests)
    nest_chance = values / values.sum(axis=2, keepdims=True)
    place = np.broadcast_to(table.nest[:, None, :], scaled.shape)
    own = np.where(there, np.take_along_axis(logs, place, axis=2), 0.0)
    within = np.where(there, np.exp(scaled - own), 0.0)
    return within * np.take_along_axis(nest_chance, place, axis=2), utility, logs, within


def _log_sum(values: Array) -> Array:
    """The log of the sum of exponentials over the last axis; minus infinity where there is nothing."""
    top = values.max(axis=2)
    known = np.isfinite(top)
    sums = np.exp(values - np.where(known, top, 0.0)[..., None]).sum(axis=2)
    return np.asarray(
        np.where(known, np.log(np.where(known, sums, 1.0)) + np.where(known, top, 0.0), -np.inf)
    )


def log_likelihood(table: Table, weights: Array) -> Array:
    """The log chance of each set's winner, (sets,)."""
    found = chances(table, weights)
    return np.log(np.maximum(found[np.arange(len(found)), table.chosen], 1e-300))


def gradient(table: Table, weights: Array) -> Array:
    """The derivative of the summed log chance of the winners by the weights and the logit of the scale."""
    scale = float(dissimilarity(weights[-1]))
    joint, utility, logs, within = _parts(table, weights)
    rows = np.arange(len(table.chosen))
    won = joint[rows, :, table.chosen]  # (sets, draws)
    share = won / np.maximum(won.sum(axis=1, keepdims=True), 1e-300)  # how much each draw explains
    nests = logs.shape[2]
    of_nest = np.zeros(logs.shape)
    middle = np.zeros((*logs.shape, table.values.shape[3]))
    slope = np.zeros(logs.shape)  # of the log of a nest's sum by the scale
    finite = np.where(table.there[:, None, :], utility, 0.0)
    for nest in range(nests):
        inside = (table.nest == nest) & table.there
        of_nest[..., nest] = (joint * inside[:, None, :]).sum(axis=2)
        part = within * inside[:, None, :]
        middle[:, :, nest] = np.einsum("smj,smjk->smk", part, table.values)
        slope[..., nest] = -(part * finite).sum(axis=2) / scale**2
    own = table.nest[rows, table.chosen]
    mine = middle[rows, :, own]
    first = table.values[rows, :, table.chosen] / scale + (scale - 1.0) / scale * mine
    by_weight = first - np.einsum("smn,smnk->smk", of_nest, middle)
    known = np.where(np.isfinite(logs), logs, 0.0)
    by_scale = (
        -finite[rows, :, table.chosen] / scale**2
        + known[rows, :, own]
        + (scale - 1.0) * slope[rows, :, own]
        - (of_nest * (known + scale * slope)).sum(axis=2)
    )
    found = np.concatenate([by_weight, (by_scale * scale * (1.0 - scale))[..., None]], axis=2)
    return np.asarray(np.einsum("sm,smk->k", share, found))


def fit(table: Table, priors: Priors, near: Posterior | None = None) -> Posterior:
    """The posterior of the weights by Laplace's approximation; without sets it is the prior.

    near: a posterior from nearly the same sets, from which to look for this one.
    """

    def cost(off: Array) -> tuple[float, Array]:  # off = distance from the prior mean in its sd
        weights = weights_of(priors.mean + priors.sd * off, priors.negative)
        slope = gradient(table, weights) * np.where(priors.negative, weights, 1.0) * priors.sd
        return 0.5 * float(off @ off) - float(log_likelihood(table, weights).sum()), off - slope

    first = (near.mean - priors.mean) / priors.sd if near else np.zeros(len(priors.mean))
    found = optimize.minimize(cost, first, jac=True, method="L-BFGS-B", bounds=[(-FAR, FAR)] * len(first),
                              options={"gtol": 1e-5, "ftol": 1e-12})  # fmt: skip
    covariance = np.linalg.inv(_curvature(cost, found.x)) * np.outer(priors.sd, priors.sd)
    mean = priors.mean + priors.sd * found.x
    return Posterior(priors.names, mean, np.asarray(covariance, dtype=np.float64), priors.negative)


def _curvature(cost: Callable[[Array], tuple[float, Array]], at: Array) -> Array:
    """The second derivatives of the cost, from differences of its gradient."""
    here = cost(at)[1]
    found = np.array([(cost(at + step)[1] - here) / STEP for step in STEP * np.eye(len(at))])
    return np.asarray((found + found.T) / 2)


def predict(table: Table, posterior: Posterior, count: int = POSTERIOR_DRAWS) -> Array:
    """The chance of each offer, mean over the posterior: (sets, places)."""
    return np.asarray(np.mean([chances(table, weights) for weights in posterior.draws(count)], axis=0))


@dataclass(frozen=True)
class Check:
    """How far the approximation stands from the posterior itself.

    effective: size of an importance sample out of `count`; mean, sd: of the reweighted draws, by weight.
    """

    count: int
    effective: float
    mean: Array
    sd: Array


def check(table: Table, priors: Priors, posterior: Posterior, count: int = 2048) -> Check:
    """Weigh draws of the approximation (Student's t, 8 degrees) by the posterior that it stands for."""
    size, freedom = len(posterior.mean), 8.0
    points = even_points(size + 1, count)
    normal = stats.norm.ppf(points[:, :size])
    stretch = np.sqrt(freedom / stats.chi2.ppf(points[:, size:], freedom))
    draws = posterior.mean + (normal * stretch) @ np.linalg.cholesky(posterior.covariance).T
    shape = stats.multivariate_t(posterior.mean, posterior.covariance, df=freedom)
    prior = stats.norm.logpdf(draws, priors.mean, priors.sd).sum(axis=1)
    found = weights_of(draws, priors.negative)
    target = prior + np.array([log_likelihood(table, one).sum() for one in found])
    logs = target - shape.logpdf(draws)
    weights = np.exp(logs - logs.max())
    weights /= weights.sum()
    mean = weights @ draws
    return Check(count, float(1.0 / (weights**2).sum()), mean, np.sqrt(weights @ (draws - mean) ** 2))
