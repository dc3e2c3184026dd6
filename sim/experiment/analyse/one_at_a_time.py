"""One at a time: each factor at either end of its range, all others as they were; what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, Final

import numpy as np

from sim.experiment.analyse.factors import Factor, placed
from sim.experiment.compare import LEVEL, Difference, paired
from sim.experiment.points import Array, Outcome, Work, evaluate
from sim.policy.scenario import Scenario

# How many times as wide as that of one mean an interval is if the three means of an effect are looked at.
WIDER: Final = NormalDist().inv_cdf(1.0 - (1.0 - LEVEL) / 6.0) / NormalDist().inv_cdf((1.0 + LEVEL) / 2.0)


@dataclass(frozen=True)
class Effect:
    """What one factor does to one outcome, as paired differences of the mean over replications.

    low, high: with the factor at the lowest or highest of its range, against the scenario as it is.
    swing: highest against lowest.
    """

    low: Difference
    high: Difference
    swing: Difference

    @property
    def size(self) -> float:
        """The largest mean difference, without sign; nan where nothing compares."""
        means = [abs(one.mean) for one in (self.low, self.high, self.swing) if one.mean is not None]
        return max(means, default=float("nan"))

    @property
    def is_clear(self) -> bool:
        """Whether one of the three means differs from zero; by chance alone one factor in ten seems to."""
        return any(least(one) > 0.0 for one in (self.low, self.high, self.swing))

    @property
    def least(self) -> float:
        """The largest difference that is beyond doubt: 0 where the intervals hold zero (see `least`)."""
        return max(least(one) for one in (self.low, self.high, self.swing))

    def record(self) -> dict[str, Any]:
        """The effect as plain data: mean with the ends of the 90 % interval of the mean."""
        parts = {"low": self.low, "high": self.high, "swing": self.swing}
        return {
            name: {"mean": one.mean, "low": one.mean_low, "high": one.mean_high}
            for name, one in parts.items()
        } | {"least": self.least, "size": None if np.isnan(self.size) else self.size, "clear": self.is_clear}


@dataclass(frozen=True)
class Move:
    """A factor and its effect on each outcome, in the order of the outcomes."""

    factor: Factor
    effects: tuple[Effect, ...]


def least(found: Difference) -> float:
    """How far a mean stays from zero at least; 0 where its interval holds zero or there is none.

    The interval is as much wider than 90 % as makes the three of an effect hold together (Bonferroni).
    """
    if found.mean is None or found.mean_high is None:
        return 0.0
    return max(0.0, abs(found.mean) - WIDER * (found.mean_high - found.mean))


def effect(base: Array, low: Array, high: Array) -> Effect:
    """The effect of a factor from three columns of replications under the same draws."""
    return Effect(paired(base, low, None), paired(base, high, None), paired(low, high, None))


def effects(base: Array, ends: Array) -> list[tuple[Effect, ...]]:
    """The effects of factors: base (replications, outcomes), ends (factors, 2, replications, outcomes)."""
    return [
        tuple(effect(base[:, at], low[:, at], high[:, at]) for at in range(base.shape[1]))
        for low, high in ends
    ]


def end_points(scenario: Scenario, factors: Sequence[Factor]) -> list[Scenario]:
    """The scenario with each factor at its lowest, then at its highest, one after the other."""
    return [placed(scenario, [factor], [factor.at(end)]) for factor in factors for end in (0.0, 1.0)]


def move(
    scenario: Scenario, factors: Sequence[Factor], outcomes: Sequence[Outcome], work: Work, base: Array
) -> list[Move]:
    """Run each factor at both ends of its range; base: the scenario's own (replications, outcomes)."""
    found = evaluate(end_points(scenario, factors), outcomes, work)
    ends = found.reshape(len(factors), 2, work.replications, len(outcomes))
    return [Move(*one) for one in zip(factors, effects(base, ends), strict=True)]


def ranked(moves: Sequence[Move], outcome: int) -> list[Move]:
    """The moves by the size of their effect on one outcome, the largest first, those without one last."""
    return sorted(moves, key=lambda one: -np.nan_to_num(one.effects[outcome].size, nan=-1.0))
