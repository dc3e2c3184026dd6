"""Which difference did it: the change from one scenario to another split over what differs, exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

import numpy as np

from sim.experiment.analyse.mixtures import Change, changes, mixed, side
from sim.experiment.analyse.shapley import Array, exact, interactions, orders, sampled, sets_of
from sim.experiment.compare import LEVEL
from sim.experiment.points import Outcome, Work, evaluate
from sim.model.version import MODEL_VERSION
from sim.policy.errors import ScenarioError
from sim.policy.scenario import Scenario

EXACT = 8  # differences up to which all sets are run: 256 scenarios
PERMUTATIONS = 40  # orders drawn where there are more
MOST_PERMUTATIONS = 10_000
Record = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Attribution:
    """The change of every outcome from `base` to `other`, and the part of each difference in it.

    totals has shape (replications, outcomes), parts (changes, replications, outcomes): in each replication
    the parts add up to the total; nan in replications in which some set of differences has no figure.
    pairs (changes, changes, replications, outcomes): interactions, of exact values only, else None.
    sampling (changes, outcomes): the standard error of the mean part from the drawn orders, 0 if exact.
    permutations: how many orders were drawn, 0 if exact; scenarios: how many were run.
    """

    base: Scenario
    other: Scenario
    changes: tuple[Change, ...]
    outcomes: tuple[Outcome, ...]
    work: Work
    totals: Array
    parts: Array
    pairs: Array | None
    sampling: Array
    permutations: int
    scenarios: int

    def record(self) -> Record:
        """The result as plain data, as `sim analyse attribution --json` prints it."""
        return {
            "method": "attribution",
            "base": {"id": self.base.id, "fingerprint": self.base.fingerprint()},
            "other": {"id": self.other.id, "fingerprint": self.other.fingerprint()},
            "model_version": MODEL_VERSION,
            "random_seed": self.work.random_seed,
            "replications": self.work.replications,
            "uncertainty": self.work.uncertainty,
            "level": LEVEL,
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
        """Total, parts and interactions of an outcome, over the replications with a figure throughout."""
        known = ~np.isnan(self.parts[:, :, at]).any(axis=0)
        total = described(self.totals[known, at])
        return {
            "replications": int(known.sum()),
            "total": total["mean"],
            "total_low": total["low"],
            "total_high": total["high"],
            "parts": {
                change.id: described(self.parts[number, known, at], float(self.sampling[number, at]))
                for number, change in enumerate(self.changes)
            },
            "interactions": [] if self.pairs is None else self._interactions(self.pairs[:, :, known, at]),
        }

    def _interactions(self, pairs: Array) -> list[Record]:
        """Every pair; the intervals hold for all pairs of the outcome together (Bonferroni)."""
        count = len(self.changes)
        level = 1.0 - (1.0 - LEVEL) / max(1, count * (count - 1) // 2)
        return [
            {"between": [self.changes[one].id, self.changes[two].id],
             **described(pairs[one, two], level=level)}
            for one in range(count) for two in range(one + 1, count)
        ]  # fmt: skip


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
        totals=values[-1] - values[0],
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


def described(column: Array, sampling: float = 0.0, level: float = LEVEL) -> Record:
    """Mean with its interval, and the range that holds 90 % of replications; None where there is no figure.

    low, high: of the mean, with the error of sampled orders in it; spread_low, spread_high: of single
    replications.
    """
    size = column.size
    if size == 0:
        return dict.fromkeys(("mean", "low", "high", "spread_low", "spread_high"))
    mean = float(column.mean())
    low, high = (float(end) for end in np.quantile(column, [(1 - LEVEL) / 2, (1 + LEVEL) / 2]))
    found: Record = {"mean": mean, "low": None, "high": None, "spread_low": low, "spread_high": high}
    if size > 1 and not np.isnan(sampling):
        error = (float(column.var(ddof=1)) / size + sampling**2) ** 0.5
        reach = NormalDist().inv_cdf((1 + level) / 2) * error
        found |= {"low": mean - reach, "high": mean + reach}
    if sampling > 0.0:
        found["sampling_error"] = sampling
    return found


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
