"""Small statistics for the checks: intervals of paired differences, shrinkage, spreads. Nothing is drawn."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from sim.estimation.checks import Found

WIDTH = 0.95  # of intervals of differences
RECORD_WIDTH = 0.90  # of intervals around small records


@dataclass(frozen=True, slots=True)
class Span:
    """A middle with an interval around it."""

    middle: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.middle:.3g} ({self.low:.3g} to {self.high:.3g})"


NOTHING = Span(math.nan, math.nan, math.nan)


def mean_span(values: Sequence[float] | pd.Series) -> Span:
    """The mean with its 95 % interval (Student's t); values that are not numbers are left out."""
    numbers = np.asarray(values, dtype=float)
    numbers = numbers[np.isfinite(numbers)]
    if len(numbers) < 2:
        return NOTHING
    middle = float(numbers.mean())
    reach = float(stats.t.ppf(0.5 + WIDTH / 2, len(numbers) - 1) * stats.sem(numbers))
    return Span(middle, middle - reach, middle + reach)


def paired(base: pd.Series, other: pd.Series) -> Span:
    """The mean of other - base, replication by replication, with its 95 % interval."""
    return mean_span((other - base).dropna())


def share_span(count: int, total: int) -> Span:
    """A share counted in a small record with its 90 % interval (Wilson)."""
    if total == 0:
        return NOTHING
    z = float(stats.norm.ppf(0.5 + RECORD_WIDTH / 2))
    share = count / total
    centre = (share + z * z / (2 * total)) / (1 + z * z / total)
    reach = z / (1 + z * z / total) * math.sqrt(share * (1 - share) / total + z * z / (4 * total**2))
    return Span(share, centre - reach, centre + reach)


def spread_span(values: Sequence[float]) -> Span:
    """The standard deviation in a small record with its 90 % interval (chi-squared)."""
    if len(values) < 3:
        return NOTHING
    deviation, free = float(np.std(values, ddof=1)), len(values) - 1
    tail = (1 - RECORD_WIDTH) / 2
    low, high = (math.sqrt(free / float(stats.chi2.ppf(p, free))) for p in (1 - tail, tail))
    return Span(deviation, deviation * low, deviation * high)


def shrunk(groups: Mapping[str, Sequence[float]]) -> dict[str, Span]:
    """The mean of every group drawn towards the mean of all, with a 90 % interval.

    How far a group is drawn depends on how few values it has and on how much the groups differ beyond
    chance (DerSimonian and Laird 1986, with one variance within all groups). Groups of one value count.
    """
    filled = {name: np.asarray(values, dtype=float) for name, values in groups.items() if len(values)}
    free = sum(len(values) - 1 for values in filled.values())
    if len(filled) < 2 or free < 1:
        return {}
    inner = sum(float(((v - v.mean()) ** 2).sum()) for v in filled.values()) / free
    errors = {name: max(inner / len(values), 1e-9) for name, values in filled.items()}
    means = {name: float(values.mean()) for name, values in filled.items()}
    between = _between(means, errors)
    weights = {name: 1 / (between + error) for name, error in errors.items()}
    total = sum(weights.values())
    centre = sum(weights[name] * means[name] for name in means) / total
    reach = float(stats.norm.ppf(0.5 + RECORD_WIDTH / 2))
    found = {}
    for name, mean in means.items():
        own = between / (between + errors[name])
        middle = own * mean + (1 - own) * centre
        wide = reach * math.sqrt(own * errors[name] + (1 - own) ** 2 / total)
        found[name] = Span(middle, middle - wide, middle + wide)
    return found


def _between(means: Mapping[str, float], errors: Mapping[str, float]) -> float:
    """The variance between groups beyond what chance within them gives."""
    fixed = {name: 1 / error for name, error in errors.items()}
    total = sum(fixed.values())
    centre = sum(fixed[name] * means[name] for name in means) / total
    excess = sum(fixed[name] * (means[name] - centre) ** 2 for name in means) - (len(means) - 1)
    scale = total - sum(weight**2 for weight in fixed.values()) / total
    return max(0.0, excess / scale) if scale > 0 else 0.0


def exponential(span: Span) -> Span:
    """A span of logarithms as a span of numbers."""
    return Span(math.exp(span.middle), math.exp(span.low), math.exp(span.high))


def ratio(top: float, bottom: float) -> float:
    """One number over another; not a number where the second is nothing."""
    return float(top) / float(bottom) if bottom else math.nan


def log_ratio(top: float, bottom: float) -> float:
    """The logarithm of one number over another; not a number unless both are positive."""
    return math.log(top / bottom) if top > 0 and bottom > 0 else math.nan


def directed(span: Span, sign: int, words: str = "") -> Found:
    """A difference that must be above (sign 1) or below (-1) zero with its whole 95 % interval."""
    end = span.low if sign > 0 else -span.high
    note = f"95 % interval {span.low:.3g} to {span.high:.3g}"
    note = f"{note}; {words}" if words else note
    if sign > 0:
        return Found(span.middle, note, low=0.0, holds=end > 0)
    return Found(span.middle, note, high=0.0, holds=end > 0)
