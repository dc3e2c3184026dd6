"""Regret and satisficing: plans against each other in the same futures; arrays in, arrays out.

Regret of a plan in a future: how far its mean outcome stays behind that of the best plan there (Savage
1951); the least worst regret is the smallest of the plans' largest. Satisficing: the share of futures in
which a plan keeps its marks (Lempert & Collins 2007).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Z = 1.645  # half of a 90 % interval in standard errors


@dataclass(frozen=True, slots=True)
class Regret:
    """One plan in one measure, in its unit; intervals are 90 %, of the mean over replications.

    mean, worst: over futures; worst_in: the row of the future of the worst (-1 where no future counts);
    best_in: share of futures in which no plan does better.
    """

    mean: float
    mean_low: float
    mean_high: float
    worst: float
    worst_low: float
    worst_high: float
    worst_in: int
    best_in: float


NONE = float("nan")
NO_FIGURE = Regret(NONE, NONE, NONE, NONE, NONE, NONE, -1, NONE)


def losses(values: Array, better: str) -> Array:
    """Values turned so that less is better."""
    return values if better == "less" else -values


def regrets(loss: Array) -> tuple[Array, Array]:
    """Regret of each plan in each future, and the best plan there; loss (plans, futures, replications).

    regret (plans, futures), nan in futures in which some plan has no figure; best (futures,), -1 there.
    """
    means = average(loss, axis=2)
    known = ~np.isnan(means).any(axis=0)
    best = np.full(means.shape[1], -1)
    best[known] = means[:, known].argmin(axis=0)
    found = np.where(known, means - np.where(known, means.min(axis=0), 0.0), np.nan)
    return found, best


def summary(loss: Array) -> list[Regret]:
    """The regret of every plan over the futures; loss (plans, futures, replications)."""
    regret, best = regrets(loss)
    rows = np.flatnonzero(best >= 0)
    found = []
    for plan in range(len(loss)):
        if not rows.size:
            found.append(NO_FIGURE)
            continue
        behind = loss[plan, rows] - loss[best[rows], rows]  # (futures, replications), paired
        at = int(np.nanargmax(regret[plan, rows]))
        mean, low, high = interval(average(behind, axis=0))
        _, worst_low, worst_high = interval(behind[at])
        worst = float(regret[plan, rows[at]])
        share = float((regret[plan, rows] == 0.0).mean())
        found.append(Regret(mean, low, high, worst, worst_low, worst_high, int(rows[at]), share))
    return found


def least_worst(found: list[Regret]) -> tuple[int, tuple[int, ...]]:
    """The plan of the least worst regret (-1 if none), and the others that are practically as good.

    Practically: the interval of their worst regret reaches down into that of the least.
    """
    worst = np.array([one.worst for one in found])
    if np.isnan(worst).all():
        return -1, ()
    first = int(np.nanargmin(worst))
    reach = max(found[first].worst, found[first].worst_high)
    as_good = [
        row for row, one in enumerate(found) if row != first and min(one.worst, one.worst_low) <= reach
    ]
    return first, tuple(as_good)


def average(values: Array, axis: int) -> Array:
    """The mean along an axis over what is there; nan where nothing is."""
    count = (~np.isnan(values)).sum(axis=axis)
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Array = np.nansum(values, axis=axis) / np.where(count, count, np.nan)
    return found


def interval(column: Array) -> tuple[float, float, float]:
    """The mean of a column with its 90 % interval; the mean itself where there is one number only."""
    known = column[~np.isnan(column)]
    if not known.size:
        return float("nan"), float("nan"), float("nan")
    mean = float(known.mean())
    error = Z * float(known.std(ddof=1)) / known.size**0.5 if known.size > 1 else 0.0
    return mean, mean - error, mean + error
