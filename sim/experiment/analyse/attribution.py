"""Which difference did it: the change from one scenario to another split over what differs, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.experiment.analyse.heads import about, named
from sim.experiment.analyse.mixtures import Change, changes, mixed, side
from sim.experiment.analyse.parts import Record, parts_record
from sim.experiment.analyse.shapley import Array, exact, interactions, orders, sampled, sets_of
from sim.experiment.points import Outcome, Work, evaluate
from sim.policy.errors import ScenarioError
from sim.policy.scenario import Scenario

EXACT = 8  # differences up to which all sets are run: 256 scenarios
PERMUTATIONS = 40  # orders drawn where there are more
MOST_PERMUTATIONS = 10_000


@dataclass(frozen=True, eq=False)
class Attribution:
    """The change of every outcome from `base` to `other`, and the part of each difference in it.

    before and after have shape (replications, outcomes), parts (changes, replications, outcomes): in each
    replication the parts add up to after less before; nan in replications in which some set of differences
    has no figure.
    pairs (changes, changes, replications, outcomes): interactions, of exact values only, else None.
    sampling (changes, outcomes): the standard error of the mean part from the drawn orders, 0 if exact.
    permutations: how many orders were drawn, 0 if exact; scenarios: how many were run.
    """

    base: Scenario
    other: Scenario
    changes: tuple[Change, ...]
    outcomes: tuple[Outcome, ...]
    work: Work
    before: Array
    after: Array
    parts: Array
    pairs: Array | None
    sampling: Array
    permutations: int
    scenarios: int

    def record(self) -> Record:
        """The result as plain data, as `sim analyse attribution --json` prints it."""
        return {
            "method": "attribution",
            "base": named(self.base),
            "other": named(self.other),
            **about(self.work),
            "start": self.base.start,
            "horizon_year": self.base.horizon_year,
            "exact": self.permutations == 0,
            "permutations": self.permutations,
            "scenarios": self.scenarios,
            "differences": {
                one.id: {"kind": one.kind, "base": side(self.base, one), "other": side(self.other, one)}
                for one in self.changes
            },
            "measures": {one.id: self._measure(at) for at, one in enumerate(self.outcomes)},
        }

    def _measure(self, at: int) -> Record:
        names = [one.id for one in self.changes]
        pairs = None if self.pairs is None else self.pairs[..., at]
        sampling = self.sampling[:, at]
        return parts_record(
            names, self.before[:, at], self.after[:, at], self.parts[..., at], sampling, pairs
        )


def attribute(
    base: Scenario,
    other: Scenario,
    outcomes: Sequence[Outcome],
    work: Work,
    permutations: int = PERMUTATIONS,
) -> Attribution:
    """Split the change from base to other over what differs, replication by replication (Shapley 1953).

    Exact for up to EXACT differences, with more from `permutations` orders drawn in pairs (an order and its
    reverse). Raises ScenarioError where start or horizon differ or nothing does, Cancelled.
    """
    differing = changes(base, other)
    _check(permutations)
    drawn, sets = _sets(len(differing), permutations, work.random_seed)
    points = [_point(base, other, differing, one) for one in sets]
    values = evaluate(points, outcomes, work)
    values[:, np.isnan(values).any(axis=0)] = np.nan  # a replication counts where every set has a figure
    pairs = None
    if drawn is None:
        parts, pairs = exact(values), interactions(values)
        sampling = np.zeros((len(differing), len(outcomes)))
    else:
        row = {one: at for at, one in enumerate(sets)}
        paths = [[row[one] for one in path] for path in sets_of(drawn)]
        parts, sampling = sampled(values, paths, drawn)
    return Attribution(
        base=base,
        other=other,
        changes=differing,
        outcomes=tuple(outcomes),
        work=work,
        before=values[0],
        after=values[-1],
        parts=parts,
        pairs=pairs,
        sampling=sampling,
        permutations=0 if drawn is None else len(drawn),
        scenarios=len(points),
    )


def runs(base: Scenario, other: Scenario, work: Work, permutations: int = PERMUTATIONS) -> int:
    """How many replications `attribute` will need; raises ScenarioError as it does."""
    _check(permutations)
    count = len(changes(base, other))
    return work.replications * len(_sets(count, permutations, work.random_seed)[1])


def _check(permutations: int) -> None:
    if not 4 <= permutations <= MOST_PERMUTATIONS or permutations % 2:
        raise ScenarioError(
            f"permutations must be an even number from 4 to {MOST_PERMUTATIONS}; got {permutations}"
        )


def _sets(count: int, permutations: int, random_seed: int) -> tuple[Any, list[int]]:
    """The drawn orders (None if exact), and the sets to run: nobody first, all together last."""
    if count <= EXACT:
        return None, list(range(1 << count))
    drawn = orders(count, permutations // 2, random_seed)
    return drawn, sorted({one for path in sets_of(drawn) for one in path})


def _point(base: Scenario, other: Scenario, differing: Sequence[Change], number: int) -> Scenario:
    """The scenario of a set; nobody and all are the two scenarios as they are."""
    chosen = [change for bit, change in enumerate(differing) if number >> bit & 1]
    if not chosen:
        return base
    return other if len(chosen) == len(differing) else mixed(base, other, chosen)
