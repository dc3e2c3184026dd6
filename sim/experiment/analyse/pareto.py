"""Fronts: what no other point beats in every goal at once; arrays in, arrays out, less is better throughout.

The search is a simple one: points spread evenly (Sobol), then rounds in which each new point takes every
lever from one of two points of the front so far and moves it a little, less in each round (crossover and
mutation as in NSGA-II, Deb et al. 2002, with Sobol points for chance).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from sim.experiment.analyse.futures import sequence

Array = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

ROUNDS = 3
REACH = 0.5  # of a range: how far a lever moves at most in the first round; half of it in each round after
Z = 1.645  # half of a 90 % interval in standard errors


def front(losses: Array) -> Bools:
    """Which points (points, goals) no other beats; equal points stay, those with nan are left out."""
    known = ~np.isnan(losses).any(axis=1)
    found = np.zeros(len(losses), np.bool_)
    other = losses[known]
    for row in np.flatnonzero(known):
        beaten = (other <= losses[row]).all(axis=1) & (other < losses[row]).any(axis=1)
        found[row] = not bool(beaten.any())
    return found


def coarse_front(losses: Array, steps: Array) -> Bools:
    """The front where differences within a step of a goal count as none (Laumanns et al. 2002), one a cell.

    steps (goals,): above zero. Of points in the same cell stands the one that is best in sum, by steps.
    """
    cells = np.floor(losses / steps)
    on = np.flatnonzero(front(cells))
    found = np.zeros(len(losses), np.bool_)
    best: dict[tuple[float, ...], int] = {}
    for row in on:
        cell = tuple(float(one) for one in cells[row])
        first = best.get(cell)
        if first is None or (losses[row] / steps).sum() < (losses[first] / steps).sum():
            best[cell] = int(row)
    found[list(best.values())] = True
    return found


def ranks(losses: Array) -> npt.NDArray[np.int64]:
    """Non-dominated sorting: 0 for the front, 1 for the front without it, and so on; -1 where nan."""
    found = np.full(len(losses), -1)
    left = ~np.isnan(losses).any(axis=1)
    rank = 0
    while left.any():
        here = front(np.where(left.reshape(-1, 1), losses, np.nan))
        found[here] = rank
        left &= ~here
        rank += 1
    return found


def scaled(losses: Array, of: Bools) -> Array:
    """Losses as parts of the range of some of the points: 0 the best of these in a goal, 1 the worst."""
    low, high = losses[of].min(axis=0), losses[of].max(axis=0)
    found: Array = (losses - low) / np.where(high > low, high - low, 1.0)
    return found


def knee(losses: Array, of: Bools) -> int:
    """The point of a front nearest to the best of every goal, distances as parts of the front's ranges."""
    rows = np.flatnonzero(of)
    distance = np.sqrt((scaled(losses, of)[rows] ** 2).sum(axis=1))
    return int(rows[distance.argmin()])


def spread(losses: Array, of: Bools, most: int) -> list[int]:
    """Some points of a front: the best in each goal, the knee, then those farthest from the chosen."""
    rows = np.flatnonzero(of)
    places = scaled(losses, of)
    chosen = list(dict.fromkeys([*(int(rows[losses[rows, goal].argmin()]) for goal in range(losses.shape[1])),
                                 knee(losses, of)]))  # fmt: skip
    while len(chosen) < min(most, len(rows)):
        away = np.sqrt(((places[rows, None] - places[chosen]) ** 2).sum(axis=2)).min(axis=1)
        if away.max() <= 0.0:
            break
        chosen.append(int(rows[away.argmax()]))
    return chosen[:most]


def clearly_beaten(losses: Array, of: Bools) -> Bools:
    """Which points a point of the front beats clearly; losses (points, replications, goals), paired.

    Clearly: on average in no goal worse, and in one the 90 % interval of the mean difference holds no zero.
    What is not clearly beaten is practically on the front.
    """
    found = np.zeros(len(losses), bool)
    for row in np.flatnonzero(of):
        mean, error = _paired(losses - losses[row])
        worse = (mean >= 0.0).all(axis=1) & (mean - error > 0.0).any(axis=1)
        found |= worse
    return found & ~of


def children(parents: Array, count: int, reach: float, skip: int) -> Array:
    """New points (count, levers) in 0 to 1 from those of a front; `skip` points of the sequence were used.

    Point i mixes parents i and i + 1 in turn; a move is the cube of a number from -1 to 1, so most are small.
    """
    width = parents.shape[1]
    draws = sequence(2 * width, skip + count)[skip:]
    order = np.arange(skip, skip + count)
    first = parents[order % len(parents)]
    second = parents[(order + 1 + order // len(parents)) % len(parents)]
    mixed = np.where(draws[:, :width] < 0.5, first, second)
    moved: Array = np.clip(mixed + reach * (2.0 * draws[:, width:] - 1.0) ** 3, 0.0, 1.0)
    return moved


def search(
    losses_of: Callable[[Array], Array], start: Array, count: int, rounds: int = ROUNDS
) -> tuple[Array, Array]:
    """Points (points, levers) from 0 to 1 and their losses (points, replications, goals).

    First `start` and `count` evenly spread points, then `rounds` rounds of half as many around the front.
    """
    points = np.concatenate([start, sequence(start.shape[1], count)])
    losses = losses_of(points)
    for turn in range(rounds):
        parents = points[front(average(losses))]
        size = count // 2
        new = children(parents, size, REACH / 2.0**turn, turn * size)
        points = np.concatenate([points, new])
        losses = np.concatenate([losses, losses_of(new)])
    return points, losses


def average(losses: Array) -> Array:
    """Means over replications (points, goals); nan where a replication has no figure."""
    found: Array = losses.mean(axis=1)
    return found


def _paired(change: Array) -> tuple[Array, Array]:
    """Mean (points, goals) of paired differences and half of its 90 % interval."""
    count = change.shape[1]
    mean = change.mean(axis=1)
    error = Z * change.std(axis=1, ddof=1) / count**0.5 if count > 1 else np.zeros_like(mean)
    return mean, error
