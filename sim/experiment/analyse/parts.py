"""The parts of a change as plain data: means with intervals that add up, and pairs that act together."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.experiment.compare import LEVEL

Array = npt.NDArray[np.float64]
Record = dict[str, Any]


def parts_record(
    names: Sequence[str],
    before: Array,
    after: Array,
    parts: Array,
    sampling: Array | None = None,
    pairs: Array | None = None,
) -> Record:
    """Total, parts and interactions of one outcome, over the replications that have a figure throughout.

    before, after: the outcome without and with all of it, (replications); parts: (names, replications);
    sampling: standard error of each mean part from drawn orders, (names); pairs: interactions, (names, names,
    replications), of exact parts only.
    """
    known = ~np.isnan(parts).any(axis=0)
    total = described(after[known] - before[known])
    errors = np.zeros(len(names)) if sampling is None else sampling
    return {
        "replications": int(known.sum()),
        "before": mean_of(before[known]),
        "after": mean_of(after[known]),
        "total": total.pop("mean"),
        **{f"total_{key}": value for key, value in total.items()},
        "parts": {
            name: described(part[known], float(error))
            for name, part, error in zip(names, parts, errors, strict=True)
        },
        "interactions": [] if pairs is None else _interactions(names, pairs[:, :, known]),
    }


def described(column: Array, sampling: float = 0.0, level: float = LEVEL) -> Record:
    """Mean with its interval, and the range that holds 90 % of replications; None where there is no figure.

    low, high: of the mean, the error of drawn orders included; spread_low, spread_high: of single
    replications.
    """
    size = column.size
    if size == 0:
        return dict.fromkeys(("mean", "low", "high", "spread_low", "spread_high"))
    mean = float(column.mean())
    low, high = (float(end) for end in np.quantile(column, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]))
    found: Record = {"mean": mean, "low": None, "high": None, "spread_low": low, "spread_high": high}
    if size > 1:
        error = (float(column.var(ddof=1)) / size + sampling**2) ** 0.5
        reach = NormalDist().inv_cdf((1 + level) / 2) * error
        found |= {"low": mean - reach, "high": mean + reach}
    if sampling > 0.0:
        found["sampling_error"] = sampling
    return found


def mean_of(column: Array) -> float | None:
    """The mean of what is not nan; None where there is nothing."""
    known = column[~np.isnan(column)]
    return float(known.mean()) if known.size else None


def _interactions(names: Sequence[str], pairs: Array) -> list[Record]:
    """Every pair; the intervals hold for all pairs of the outcome together (Bonferroni)."""
    count = len(names)
    level = 1.0 - (1.0 - LEVEL) / max(1, count * (count - 1) // 2)
    return [
        {"between": [names[one], names[two]], **described(pairs[one, two], level=level)}
        for one in range(count)
        for two in range(one + 1, count)
    ]
