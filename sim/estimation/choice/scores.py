"""How good stated chances are: log score, Brier score and hits, each with an interval over decisions."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from sim.model.randomness import BOOTSTRAP, exponential, name_key, stream, uniform

Array = npt.NDArray[np.float64]
RESAMPLES: Final = 1000
WIDTH: Final = 0.90
FLOOR: Final = 1e-9  # a chance of nothing would cost an endless log score
TIE: Final = 1e-12


@dataclass(frozen=True)
class Span:
    """A mean with its 90 % interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Scores:
    """Of each decision: minus the winner's log chance, the Brier score, and whether it was the likeliest.

    Arrays of shape (decisions,). log, brier: less is better; hit: 1 or, where several were as likely, a part.
    Source: proper scores, Gneiting & Raftery 2007.
    """

    log: Array
    brier: Array
    hit: Array

    def spans(self) -> dict[str, Span]:
        """Each score with its interval, under the names of the exam."""
        return {"log_score": span(self.log), "brier": span(self.brier), "top1": span(self.hit)}

    def gain(self, other: Scores) -> Span:
        """How much lower the log score is than another rule's, decision by decision."""
        return span(other.log - self.log)


def score(chances: Array, there: npt.NDArray[np.bool_], chosen: npt.NDArray[np.int64]) -> Scores:
    """Score chances (decisions, places); raises ValueError where they do not add up to one."""
    if len(chances) and not np.allclose(np.where(there, chances, 0.0).sum(axis=1), 1.0, atol=1e-6):
        raise ValueError("the chances of a decision must add up to one")
    rows = np.arange(len(chosen))
    won = np.zeros(chances.shape)
    won[rows, chosen] = 1.0
    best = np.where(there, chances, -1.0)
    likeliest = best >= best.max(axis=1, keepdims=True) - TIE if len(chances) else won > 1
    return Scores(
        log=-np.log(np.maximum(chances[rows, chosen], FLOOR)),
        brier=np.where(there, (chances - won) ** 2, 0.0).sum(axis=1),
        hit=likeliest[rows, chosen] / np.maximum(1, likeliest.sum(axis=1)),
    )


def span(values: Array) -> Span:
    """The mean over decisions with its 90 % interval by the Bayesian bootstrap (Rubin 1981)."""
    if len(values) == 0:
        return Span(math.nan, math.nan, math.nan)
    weights = _weights(len(values))
    low, high = np.quantile(weights @ values, [(1 - WIDTH) / 2, (1 + WIDTH) / 2])
    return Span(float(values.mean()), float(low), float(high))


@cache
def _weights(count: int) -> Array:
    """(RESAMPLES, count) weights that add up to one: the same for all scores of as many decisions."""
    key, name = np.uint64(stream(1, count)), name_key("decision")
    names = [name_key(str(at)) for at in range(count)]
    drawn = [
        [exponential(1.0, uniform(key, BOOTSTRAP, name, one, again)) for one in names]
        for again in range(RESAMPLES)
    ]
    found = np.array(drawn)
    return np.asarray(found / found.sum(axis=1, keepdims=True))


def as_record(spans: Mapping[str, Span]) -> dict[str, object]:
    """Means under their names and, under `intervals`, their ends: as the exam prints them."""
    found: dict[str, object] = {name: one.mean for name, one in spans.items()}
    found["intervals"] = {name: [one.low, one.high] for name, one in spans.items()}
    return found
