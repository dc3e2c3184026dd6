"""Partial pooling on grids: every kind has a number of its own, drawn from what all kinds have in common.

x_k ~ Normal(centre, between) for kind k; one further number is shared by all kinds. Nothing is drawn at
random: all numbers lie on grids and all sums are exact on them. So any likelihood will do, of values known
only within an interval too.
Source: Gelman et al. 2013, Bayesian Data Analysis, ch. 5.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from sim.evidence.facts import Fact

Array = npt.NDArray[np.float64]
NINE_TENTHS = float(
    stats.norm.ppf(0.95)
)  # standard deviations from the middle to the ends of a prior's range
CENTRES, BETWEENS, FAR = 41, 10, 1e-3  # points of the centre and of between; tail beyond the centre's


@dataclass(frozen=True)
class Pool:
    """Grids: `x` of the kinds' numbers, `shared` of the shared one, of points of equal weight.

    given: (points of centre and between, x) the chance of x there; prior: the log weight of those points.
    """

    x: Array
    shared: Array
    given: Array
    prior: Array

    def weights(self, logs: Mapping[str, Array], kinds: Iterable[str]) -> dict[str, Array]:
        """The posterior of (shared, x) for each of `kinds`, each adding up to 1; (shared, x).

        logs: log likelihood of each kind's cases on (shared, x); a kind without cases follows the others.
        """
        likely, parts = {}, {}
        for name, log in logs.items():
            tops = log.max(axis=1, keepdims=True)  # by value of the shared number, so that nothing is lost
            likely[name] = np.exp(log - log.max())
            parts[name] = np.log(np.maximum(np.exp(log - tops) @ self.given.T, 1e-300)) + tops
        found = {}
        nothing = np.broadcast_to(self.prior, (len(self.shared), len(self.given)))
        for name in kinds:
            others = sum((part for other, part in parts.items() if other != name), nothing)
            own = likely.get(name, np.ones((len(self.shared), len(self.x))))
            weight = own * (np.exp(others - others.max()) @ self.given)
            found[name] = weight / weight.sum()
        return found


def pool(x: Array, shared: Array, centre: stats.rv_continuous, between: float) -> Pool:
    """A pool with the prior `centre` (a frozen distribution) and a half-normal of scale `between`."""
    middles = np.linspace(centre.ppf(FAR), centre.ppf(1.0 - FAR), CENTRES)
    spreads = stats.halfnorm(scale=between).ppf(points(BETWEENS))
    prior = np.repeat(centre.logpdf(middles), BETWEENS)
    where = (x - middles[:, None, None]) / spreads[:, None]  # (centres, betweens, x)
    logs = -0.5 * where.reshape(-1, len(x)) ** 2
    chances = np.exp(logs - logs.max(axis=1, keepdims=True))
    return Pool(x, shared, chances / chances.sum(axis=1, keepdims=True), prior)


def points(count: int) -> Array:
    """The middles of `count` equal parts of the interval from 0 to 1."""
    return np.asarray((np.arange(count) + 0.5) / count)


def log_normal(fact: Fact) -> stats.rv_continuous:
    """The normal prior of the logarithm of a fact whose range holds nine tenths of a log-normal one."""
    return stats.norm(math.log(fact.value), math.log(fact.high / fact.low) / (2 * NINE_TENTHS))


def logit_normal(fact: Fact) -> stats.rv_continuous:
    """The normal prior of the logit of a share whose range holds nine tenths of a logit-normal one."""
    wide = (_logit(fact.high) - _logit(fact.low)) / (2 * NINE_TENTHS)
    return stats.norm(_logit(fact.value), wide)


def _logit(share: float) -> float:
    return math.log(share / (1.0 - share))
