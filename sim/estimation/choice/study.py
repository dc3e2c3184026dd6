"""What so few decisions could tell at all: planted weights, weights left out, winners drawn evenly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from sim.estimation.choice import exam
from sim.estimation.choice.estimate import Estimate, fitted
from sim.estimation.choice.logit import chances
from sim.estimation.choice.scores import Span
from sim.model.randomness import PLANTED, name_key, stream, uniform

Array = npt.NDArray[np.float64]
REPEATS: Final = 64
PERMUTATIONS: Final = 8
SURE: Final = 1.645  # posterior standard deviations each way: the middle nine tenths of the posterior


@dataclass(frozen=True)
class Power:
    """Of a weight planted at a size: how often the fit would be sure of its sign, and its mean error.

    found: share of repeats whose 90 % interval lies on the planted side of nothing; coverage: share in
    which it holds the planted weight.
    """

    name: str
    planted: float
    found: float
    coverage: float


@dataclass(frozen=True)
class Ablation:
    """What is lost when an attribute is left out: rise of the leave-one-out log score, with its interval."""

    name: str
    loss: Span


def planted(known: exam.Record, weights: Array, again: int) -> exam.Record:
    """The same offers with winners drawn from given weights (the scale last): what a truth would leave."""
    key, name = np.uint64(stream(2, again)), name_key("winner")
    table = chances(known.table, weights)
    drawn = []
    for row, one in enumerate(known.sets):
        chance = uniform(key, PLANTED, name, name_key(one.id), 0)
        drawn.append(int(np.searchsorted(np.cumsum(table[row]), chance * table[row].sum())))
    won = np.minimum(drawn, known.table.sizes() - 1)
    return exam.Record(known.sets, known.table.won_by(won.astype(np.int64)), known.rivals)


def power(found: Estimate, repeats: int = REPEATS, progress: exam.Progress | None = None) -> list[Power]:
    """Draw truths from the prior, fit each, and count how often the fit finds the sign it was given.

    Weights whose sign is assumed, and the dissimilarity, have no sign to be found.
    """
    truths = found.priors.as_posterior().draws(repeats)
    names = [one.name for one in found.weights[:-1]]
    signs = np.zeros((repeats, len(names)), dtype=bool)
    inside = np.zeros((repeats, len(names)), dtype=bool)
    for again in range(repeats):
        new, truth = fitted(planted(found.known, truths[again], again), found.priors), truths[again][:-1]
        low, high = (np.array([one.mean + s * SURE * one.sd for one in new.weights[:-1]]) for s in (-1, 1))
        inside[again] = (low <= truth) & (truth <= high)
        signs[again] = np.where(truth > 0, low > 0, high < 0)
        if progress:
            progress(again + 1, repeats)
    sizes = np.abs(truths).mean(axis=0)
    return [
        Power(name, float(sizes[at]), float(signs[:, at].mean()), float(inside[:, at].mean()))
        for at, name in enumerate(names)
        if not found.priors.negative[at]
    ]


def ablations(found: Estimate, progress: exam.Progress | None = None) -> list[Ablation]:
    """The exam again without each attribute."""
    base = exam.scores_of(found.known, exam.leave_one_out(found.known, found.priors).chances)
    lost = []
    names = found.known.table.attributes
    for at, name in enumerate(names):
        table = found.known.table.without(name)
        known = exam.Record(found.known.sets, table, found.known.rivals)
        kept = found.priors.only(table.attributes)
        lost.append(Ablation(name, base.gain(exam.scores_of(known, exam.leave_one_out(known, kept).chances))))
        if progress:
            progress(at + 1, len(names))
    return lost


def permutations(found: Estimate, repeats: int = PERMUTATIONS) -> tuple[float, float]:
    """Mean log scores of the model and of guessing when winners are drawn evenly, over some repeats."""
    scores, even = [], []
    for again in range(repeats):
        known = exam.permuted(found.known, again)
        scores.append(exam.scores_of(known, exam.leave_one_out(known, found.priors).chances).log.mean())
        even.append(exam.scores_of(known, exam.naive_chances("uniform", known, known.others)).log.mean())
    return float(np.mean(scores)), float(np.mean(even))
