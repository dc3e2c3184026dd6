"""The patient rule induction method (PRIM): boxes of few limits in which most cases are misses.

Friedman & Fisher (1999), "Bump hunting in high-dimensional data"; for scenarios Bryant & Lempert (2010),
"Thinking inside the box". Peeling cuts a small share of the box off one side of one dimension, that with
the largest gain in density for each case lost, until nothing is gained; pasting then gives back what adds to
density. Quantiles and the score of a cut are those of the EMA Workbench (Kwakkel 2017, "lenient 1"), so that
the trajectories agree. Pure arithmetic: points of any units in, boxes out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

ALPHA = 0.05  # share of the box that a cut takes off or gives back
LEAST_MASS = 0.05  # of all cases: smaller boxes are not looked for
SIGNIFICANT = 0.05  # largest quasi-p of a dimension that is kept
MOST_RESTRICTED = 4  # dimensions that one sentence can name


@dataclass(frozen=True, eq=False)
class Box:
    """Limits (dimensions,), both inclusive, infinite where there is none, and what lies within.

    cases: how many points; hits: how many of them are misses; all_cases, all_hits: outside too.
    """

    lower: Array
    upper: Array
    cases: int
    hits: int
    all_cases: int
    all_hits: int

    @property
    def coverage(self) -> float:
        """Share of all misses that lie in the box."""
        return self.hits / self.all_hits if self.all_hits else 0.0

    @property
    def density(self) -> float:
        """Share of the box's cases that are misses."""
        return self.hits / self.cases if self.cases else 0.0

    @property
    def mass(self) -> float:
        """Share of all cases that lie in the box."""
        return self.cases / self.all_cases

    @property
    def phi(self) -> float:
        """How far lying in the box and missing go together, by which a box is chosen (Yule 1912): -1 to 1."""
        outside, kept = self.all_cases - self.cases, self.all_cases - self.all_hits
        size = math.sqrt(self.cases * outside * self.all_hits * kept)
        return (self.hits * self.all_cases - self.cases * self.all_hits) / size if size else 0.0

    @property
    def restricted(self) -> tuple[int, ...]:
        """The dimensions that have a limit."""
        limited = np.isfinite(self.lower) | np.isfinite(self.upper)
        return tuple(int(column) for column in np.flatnonzero(limited))

    def holds(self, x: Array) -> Bools:
        """Which points (cases, dimensions) lie in the box."""
        return np.asarray(((x >= self.lower) & (x <= self.upper)).all(axis=1))

    def without(self, column: int) -> tuple[Array, Array]:
        """The limits with those of one dimension taken away."""
        lower, upper = self.lower.copy(), self.upper.copy()
        lower[column], upper[column] = -np.inf, np.inf
        return lower, upper


def box_of(lower: Array, upper: Array, x: Array, y: Bools) -> Box:
    """The box of these limits on points x (cases, dimensions) that are misses where y is true."""
    empty = Box(lower, upper, 0, 0, len(y), int(y.sum()))
    inside = empty.holds(x)
    return replace(empty, cases=int(inside.sum()), hits=int(y[inside].sum()))


def trajectory(
    x: Array,
    y: Bools,
    alpha: float = ALPHA,
    least_mass: float = LEAST_MASS,
    columns: Sequence[int] | None = None,
) -> list[Box]:
    """Every box from all cases on: peeling, then pasting; x (cases, dimensions), y (cases,).

    columns: the dimensions that may be restricted; all if left out.
    """
    width = x.shape[1]
    free = range(width) if columns is None else columns
    boxes = [box_of(np.full(width, -np.inf), np.full(width, np.inf), x, y)]
    while (smaller := _best(boxes[-1], _peels(boxes[-1], x, alpha, free), x, y)) is not None:
        if smaller.mass < least_mass or smaller.cases == boxes[-1].cases:
            break
        boxes.append(smaller)
    while (larger := _best(boxes[-1], _pastes(boxes[-1], x, alpha), x, y)) is not None:
        if larger.cases <= boxes[-1].cases:
            break
        boxes.append(larger)
    return boxes


def quasi_p(box: Box, x: Array, y: Bools) -> dict[int, float]:
    """For each restricted dimension the chance of so many misses in the box if its limits meant nothing.

    One-sided binomial test against the density of the box without them (Bryant & Lempert 2010). Quasi: the
    same cases chose the box, so it flatters; small values do not prove, large ones disprove.
    """
    from scipy.stats import binomtest

    found = {}
    for column in box.restricted:
        free = box_of(*box.without(column), x, y)
        found[column] = float(binomtest(box.hits, box.cases, free.density, alternative="greater").pvalue)
    return found


def by_use(box: Box, x: Array, y: Bools) -> list[int]:
    """The restricted dimensions of a box, the most useful first: the least missed are taken away first."""
    missed: list[int] = []
    while box.restricted:
        without = {column: box_of(*box.without(column), x, y) for column in box.restricted}
        least = max(without, key=lambda column: (without[column].phi, column))
        missed.append(least)
        box = without[least]
    return missed[::-1]


def chosen(boxes: list[Box], x: Array, y: Bools) -> Box | None:
    """The box that is said; None where no dimension of any is significant.

    The way is gone again over the one, two, three and four most useful dimensions of the box of the highest
    phi; of all boxes found there in which every dimension is significant, that of the highest phi is said, on
    ties that of fewer dimensions.
    """
    useful = by_use(max(boxes, key=lambda box: box.phi), x, y)[:MOST_RESTRICTED]
    found: list[Box] = []
    for count in range(1, len(useful) + 1):
        for box in trajectory(x, y, columns=useful[:count]):
            if box.restricted and max(quasi_p(box, x, y).values()) <= SIGNIFICANT:
                found.append(box)
    return max(found, key=lambda box: (box.phi, -len(box.restricted)), default=None)


def quantile(values: Array, share: float) -> float:
    """The quantile halfway between two different values, as the EMA Workbench and sdtoolkit take it."""
    ordered = np.sort(values)
    place = (len(ordered) - 1) * share
    low, high = math.floor(place), math.ceil(place)
    if share > 0.5:
        while ordered[low] == ordered[high] and low > 0:
            low -= 1
    else:
        while ordered[low] == ordered[high] and high < len(ordered) - 1:
            high += 1
    return float(ordered[low] + ordered[high]) / 2.0


def _best(box: Box, limits: Iterator[tuple[Array, Array]], x: Array, y: Bools) -> Box | None:
    """The box with the largest gain in density per case lost or won; None where there is no gain."""
    best, score = None, (0.0, 0)
    for lower, upper in limits:
        new = box_of(lower, upper, x, y)
        if new.cases in (0, box.cases):
            continue
        gain = (new.density - box.density) / abs(box.cases - new.cases)
        mine = (gain, -len(new.restricted))
        if gain > 0.0 and (best is None or mine > score):
            best, score = new, mine
    return best


def _peels(box: Box, x: Array, alpha: float, columns: Sequence[int]) -> Iterator[tuple[Array, Array]]:
    """The limits after a cut at the upper and the lower side of each dimension."""
    inside = x[box.holds(x)]
    for column in columns:
        upper, lower = box.upper.copy(), box.lower.copy()
        upper[column] = quantile(inside[:, column], 1.0 - alpha)
        yield box.lower, upper
        lower[column] = quantile(inside[:, column], alpha)
        yield lower, box.upper


def _pastes(box: Box, x: Array, alpha: float) -> Iterator[tuple[Array, Array]]:
    """The limits after giving back a strip beyond each limit of each restricted dimension."""
    for column in box.restricted:
        beyond = box_of(*box.without(column), x, np.zeros(len(x), bool)).holds(x)
        strip = x[beyond & (x[:, column] <= box.lower[column]), column]
        lower = box.lower.copy()
        lower[column] = quantile(strip, 1.0 - alpha) if strip.size else -np.inf
        yield lower, box.upper
        strip = x[beyond & (x[:, column] >= box.upper[column]), column]
        upper = box.upper.copy()
        upper[column] = quantile(strip, alpha) if strip.size else np.inf
        yield box.lower, upper
