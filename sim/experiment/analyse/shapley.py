"""Shapley values: what each player of a game adds, averaged over all orders in which players can join.

Pure arithmetic: arrays of outcomes in, arrays of contributions out. A set of players is a whole number whose
bit i says whether player i is in it. The value for player i is the mean, over all orders, of what the
outcome gains when i joins those before (Shapley 1953); so the values add up to what all together change, a
player that never changes anything gets 0, and players that are interchangeable get the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb

import numpy as np
import numpy.typing as npt

from sim.model.randomness import PERMUTATION, name_key, stream, uniform

Array = npt.NDArray[np.float64]
Orders = npt.NDArray[np.int64]
DUST = 1e-12  # of the largest outcome: a smaller interaction is what rounding leaves


def exact(values: Array) -> Array:
    """The Shapley value of every player: (players, ...).

    values: the outcomes of all sets, (2^players, ...), in the order of their numbers; any further axes (such
    as replications and outcomes) are games of their own. What is nan in any set is nan for every player.
    """
    count = players_of(values)
    sizes = _sizes(count)
    found = np.zeros((count, *values.shape[1:]))
    for player in range(count):
        without = _without(count, 1 << player)
        for size in range(count):
            of_size = without[sizes[without] == size]
            gained = values[of_size | 1 << player] - values[of_size]
            found[player] += gained.sum(axis=0) / (count * comb(count - 1, size))
    return found


def interactions(values: Array) -> Array:
    """The Shapley interaction index of every pair: (players, players, ...), symmetric, 0 on the diagonal.

    How much more two players change together than each alone, averaged over what else is there: above zero
    they add to each other, below zero one does part of the other's work (Grabisch and Roubens 1999).
    values: as in `exact`.
    """
    count = players_of(values)
    sizes = _sizes(count)
    found = np.zeros((count, count, *values.shape[1:]))
    for one in range(count):
        for two in range(one):
            first, second = 1 << one, 1 << two
            without = _without(count, first | second)
            for size in range(count - 1):
                of_size = without[sizes[without] == size]
                more = values[of_size | first | second] - values[of_size | first]
                more -= values[of_size | second] - values[of_size]
                found[one, two] += more.sum(axis=0) / ((count - 1) * comb(count - 2, size))
            found[two, one] = found[one, two]
    return np.where(np.abs(found) <= DUST * np.abs(values).max(axis=0), 0.0, found)


def orders(count: int, pairs: int, random_seed: int) -> Orders:
    """Orders in which players join, (2 * pairs, count): each drawn one is followed by its reverse.

    A player that comes early in one comes late in the other, which takes out much of the chance of the
    draw. The draws are keyed by pair and place, so that the first orders stay the same with more pairs.
    """
    players = [name_key(f"player {number}") for number in range(count)]
    found = np.empty((2 * pairs, count), np.int64)
    for pair in range(pairs):
        with np.errstate(over="ignore"):  # hashing overflows on purpose
            key = np.uint64(stream(random_seed, pair))
            turns = [uniform(key, PERMUTATION, player, player, 0) for player in players]
        found[2 * pair] = np.argsort(turns, kind="stable")
        found[2 * pair + 1] = found[2 * pair][::-1]
    return found


def sets_of(found: Orders) -> list[list[int]]:
    """The sets that each order passes through, from nobody to all: (orders, players + 1)."""
    paths = []
    for order in found:
        path = [0]
        for player in order:
            path.append(path[-1] | 1 << int(player))  # Python's whole numbers: any number of players
        paths.append(path)
    return paths


def sampled(values: Array, rows: Sequence[Sequence[int]], found: Orders) -> tuple[Array, Array]:
    """The mean contribution of every player over these orders, and its standard error from the sampling.

    values: the outcomes of the sets that were run, (sets, replications, ...); rows: which of them each order
    passes through. In each replication the contributions add up to what all together change, whatever the
    orders. The standard error, (players, ...), is that of the mean over replications, from the spread over
    pairs of an order and its reverse. There are two pairs at least.
    Replications with nan are left out.
    """
    pairs, count = len(found) // 2, found.shape[1]
    total, means = np.zeros((count, *values.shape[1:])), np.zeros((pairs, count, *values.shape[2:]))
    for number, (path, order) in enumerate(zip(rows, found, strict=True)):
        gained = np.diff(values[list(path)], axis=0)
        total[order] += gained
        means[number // 2, order] += mean_of_defined(gained, 1) / 2.0
    return total / len(found), means.std(axis=0, ddof=1) / pairs**0.5


def mean_of_defined(values: Array, axis: int) -> Array:
    """The mean along an axis of what is not nan; nan where there is nothing."""
    known = ~np.isnan(values)
    count = known.sum(axis=axis)
    total = np.where(known, values, 0.0).sum(axis=axis)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def players_of(values: Array) -> int:
    """How many players the outcomes of all sets have; raises ValueError where some set is missing."""
    count = len(values).bit_length() - 1
    if len(values) != 1 << count:
        raise ValueError(f"{len(values)} sets are not all the sets of some players")
    return count


def _sizes(count: int) -> npt.NDArray[np.int64]:
    """How many players each set has."""
    return np.array([number.bit_count() for number in range(1 << count)])


def _without(count: int, bits: int) -> npt.NDArray[np.int64]:
    """The sets with none of these players."""
    return np.array([number for number in range(1 << count) if number & bits == 0])
