"""When does a plan fail: scenario discovery over futures, with a box found in some and tried on others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.evidence.seeds import Seeds
from sim.experiment.analyse import prim
from sim.experiment.analyse.conditions import Condition, condition
from sim.experiment.analyse.futures import (
    FUTURES,
    Array,
    Dimension,
    Futures,
    around,
    at,
    check_count,
    sequence,
)
from sim.experiment.analyse.futures import dimensions as dimensions_of
from sim.experiment.analyse.heads import about
from sim.experiment.analyse.prim import Box
from sim.experiment.compare import LEVEL
from sim.experiment.points import Work, evaluate
from sim.model.version import MODEL_VERSION
from sim.policy.errors import ScenarioError
from sim.policy.scenario import Scenario
from sim.policy.scenario_build import seeds_at

Bools = npt.NDArray[np.bool_]
FEWEST = 10  # misses, and futures that do not miss, below which no box is looked for
TRIED = 2  # one fresh future for so many in which the box was found


@dataclass(frozen=True)
class Limit:
    """One restricted dimension of the box, in its unit; None where it has no limit on that side.

    places: the limits as parts of the range from 0 to 1; middle: where the middle of the box lies there.
    """

    dimension: Dimension
    low: float | None
    high: float | None
    places: tuple[float, float]
    quasi_p: float

    @property
    def middle(self) -> float:
        """The middle of the box, as a part of the range."""
        return sum(self.places) / 2.0


@dataclass(frozen=True, eq=False)
class Discovery:
    """What was found; `box` is None where nothing can be said, and `reason` then says why.

    means (futures + fresh,): the mean of the outcome over replications, nan where there is none; as_is: of
    the plan as it is. The box was found in the first `found_in` futures and tried on the others. boxes: the
    trajectory. fresh: the box on the others. unsure: futures whose 90 % interval of the mean holds the limit.
    reason: few_misses, few_hits, no_structure, not_confirmed or empty.
    """

    scenario: Scenario
    condition: Condition
    futures: Futures
    left_out: tuple[str, ...]
    found_in: int
    means: Array
    as_is: float
    unsure: int
    boxes: tuple[Box, ...]
    box: Box | None
    fresh: Box | None
    limits: tuple[Limit, ...]
    reason: str
    work: Work

    @property
    def misses(self) -> Bools:
        """Which futures miss, the fresh ones too."""
        return self.condition.holds(self.means)

    @property
    def in_the_middle(self) -> Scenario | None:
        """The plan with levers and facts of the restricted dimensions at the middle of the box."""
        if self.box is None:
            return None
        return at(self.scenario, [one.dimension for one in self.limits], [one.middle for one in self.limits])

    def record(self) -> dict[str, Any]:
        """The result as plain data, as `sim analyse discovery --json` prints it."""
        known = self.means[~np.isnan(self.means)]
        spread = np.quantile(known, [0.0, 0.1, 0.5, 0.9, 1.0]) if known.size else [None] * 5
        first = self.misses[: self.found_in]
        return {
            "method": "discovery",
            "scenario": {"id": self.scenario.id, "fingerprint": self.scenario.fingerprint()},
            **about(self.work),
            "fails": self.condition.text,
            "dimensions": [one.record() for one in self.futures.dimensions],
            "left_out": list(self.left_out),
            "futures": self.found_in,
            "fresh_futures": len(self.means) - self.found_in,
            "no_figure": int(np.isnan(self.means).sum()),
            "misses": int(first.sum()),
            "misses_interval": share_interval(int(first.sum()), self.found_in),
            "unsure": self.unsure,
            "means": [None if np.isnan(one) else float(one) for one in self.means],
            "outcome": {
                "as_is": None if np.isnan(self.as_is) else self.as_is,
                **dict(zip(("least", "p10", "p50", "p90", "most"), map(_plain, spread), strict=True)),
            },
            "trajectory": [box_record(box) for box in self.boxes],
            "reason": self.reason,
            "box": self._box(),
        }

    def _box(self) -> dict[str, Any] | None:
        if self.box is None or self.fresh is None:
            return None
        middle = self.in_the_middle
        assert middle is not None
        return {
            **box_record(self.box),
            "limits": [
                {"id": one.dimension.id, "label": one.dimension.label, "unit": one.dimension.unit,
                 "low": one.low, "high": one.high, "quasi_p": one.quasi_p}
                for one in self.limits
            ],
            "fresh": box_record(self.fresh),
            "middle": settings_record(middle, self.scenario),
        }  # fmt: skip


def discover(
    scenario: Scenario,
    fails: Condition,
    work: Work,
    count: int = FUTURES,
    dimensions: Sequence[Dimension] = (),
) -> Discovery:
    """Find the box of futures in which the plan misses, and try it on fresh ones.

    A future misses where the mean of the outcome over its replications meets `fails`. dimensions: what
    moves; the usual ones, without levers that the plan sets itself, if left out.
    Raises ScenarioError, Cancelled.
    """
    check_count(count)
    moved, left_out = (tuple(dimensions), ()) if dimensions else around(scenario, work.seeds)
    if not moved:
        raise ScenarioError("no dimension is left to move; name some")
    futures = Futures(moved, sequence(len(moved), count + fresh_of(count)))
    values = evaluate([scenario, *futures.scenarios(scenario)], [fails.outcome], work)[:, :, 0]
    (as_is, *_), _ = means_of(values[:1])
    means, errors = means_of(values[1:])
    unsure = int((np.abs(means - fails.limit) <= errors)[:count].sum())
    return _found(scenario, fails, futures, left_out, count, means, float(as_is), unsure, work)


def restored(record: Mapping[str, Any], scenario: Scenario, seeds: Seeds | None = None) -> Discovery:
    """The result of which this is the record, without any run: everything follows from the means."""
    known = seeds_at(scenario.start, seeds)
    moved = dimensions_of([one["id"] for one in record["dimensions"]], known, scenario.start)
    count = int(record["futures"])
    futures = Futures(moved, sequence(len(moved), count + fresh_of(count)))
    means = np.array([np.nan if one is None else one for one in record["means"]])
    as_is = record["outcome"]["as_is"]
    work = Work(record["replications"], record["random_seed"], record["uncertainty"], seeds=seeds)
    fails = condition(record["fails"], known)
    left_out, unsure = tuple(record["left_out"]), int(record["unsure"])
    as_is = np.nan if as_is is None else float(as_is)
    return _found(scenario, fails, futures, left_out, count, means, as_is, unsure, work)


def _found(
    scenario: Scenario,
    fails: Condition,
    futures: Futures,
    left_out: tuple[str, ...],
    count: int,
    means: Array,
    as_is: float,
    unsure: int,
    work: Work,
) -> Discovery:
    """The box in these means, if there is one."""
    box, fresh, boxes, reason = box_in(futures.points, fails.holds(means), ~np.isnan(means), count)
    limits = () if box is None else _limits(box, futures, fails.holds(means), ~np.isnan(means), count)
    return Discovery(scenario, fails, futures, left_out, count, means, as_is, unsure,
                     tuple(boxes), box, fresh, limits, reason, work)  # fmt: skip


def runs(work: Work, count: int = FUTURES) -> int:
    """How many replications `discover` will need; raises ScenarioError for a count out of range."""
    check_count(count)
    return work.replications * (1 + count + fresh_of(count))


def fresh_of(count: int) -> int:
    """How many fresh futures a box found in `count` of them is tried on."""
    return count // TRIED


def box_in(
    points: Array, misses: Bools, known: Bools, count: int
) -> tuple[Box | None, Box | None, list[Box], str]:
    """The box found in the first `count` points, the same on the others, the trajectory, why there is none.

    points (cases, dimensions); known: cases with a figure. The box is confirmed where misses are denser in
    it than in all fresh cases, by a one-sided binomial test at 5 %.
    """
    from scipy.stats import binomtest

    x, y = points[:count][known[:count]], misses[:count][known[:count]]
    hits = int(y.sum())
    if hits < FEWEST:
        return None, None, [], "few_misses"
    if len(y) - hits < FEWEST:
        return None, None, [], "few_hits"
    boxes = prim.trajectory(x, y)
    box = prim.chosen(boxes, x, y)
    if box is None:
        return None, None, boxes, "no_structure"
    others = known[count:]
    fresh = prim.box_of(box.lower, box.upper, points[count:][others], misses[count:][others])
    share = fresh.all_hits / fresh.all_cases if fresh.all_cases else 1.0
    if not fresh.cases or (
        binomtest(fresh.hits, fresh.cases, share, alternative="greater").pvalue > prim.SIGNIFICANT
    ):
        return None, None, boxes, "not_confirmed"
    return box, fresh, boxes, ""


def means_of(values: Array) -> tuple[Array, Array]:
    """Means over replications (cases, replications) and half of their 90 % intervals, nan if none."""
    count = (~np.isnan(values)).sum(axis=1)
    filled = np.where(np.isnan(values), 0.0, values)
    with np.errstate(invalid="ignore", divide="ignore"):
        means = filled.sum(axis=1) / np.where(count, count, np.nan)
        squares = np.where(np.isnan(values), 0.0, (values - means[:, None]) ** 2).sum(axis=1)
        errors = np.sqrt(squares / np.where(count > 1, count - 1, np.nan) / count)
    return means, 1.645 * np.nan_to_num(errors)


def share_interval(hits: int, cases: int) -> dict[str, float | None]:
    """A share of cases with its 90 % interval (Wilson 1927); None where there is no case."""
    if not cases:
        return {"share": None, "low": None, "high": None}
    from scipy.stats import binomtest

    found = binomtest(hits, cases).proportion_ci(LEVEL, "wilson")
    return {"share": hits / cases, "low": float(found.low), "high": float(found.high)}


def box_record(box: Box) -> dict[str, Any]:
    """A box as plain data."""
    return {
        "cases": box.cases,
        "hits": box.hits,
        "all_cases": box.all_cases,
        "all_hits": box.all_hits,
        "mass": box.mass,
        "coverage": share_interval(box.hits, box.all_hits),
        "density": share_interval(box.hits, box.cases),
        "restricted": len(box.restricted),
    }


def settings_record(scenario: Scenario, base: Scenario) -> dict[str, Any]:
    """A scenario as plain data: what differs from the base, its link (None where too long) and its file."""
    before, facts = base.levers, dict(base.facts)
    try:
        query = scenario.to_query()
    except ScenarioError:
        query = None
    return {
        "id": scenario.id,
        "fingerprint": scenario.fingerprint(),
        "levers": {name: value for name, value in scenario.settings if before[name] != value},
        "facts": {name: value for name, value in scenario.facts if facts.get(name) != value},
        "query": query,
        "toml": scenario.to_toml(MODEL_VERSION),
    }


def _limits(box: Box, futures: Futures, misses: Bools, known: Bools, count: int) -> tuple[Limit, ...]:
    cases = known[:count]
    chances = prim.quasi_p(box, futures.points[:count][cases], misses[:count][cases])
    found = []
    for column in box.restricted:
        dimension = futures.dimensions[column]
        low, high = float(box.lower[column]), float(box.upper[column])
        low_value = dimension.value(low) if np.isfinite(low) else None
        high_value = dimension.value(high) if np.isfinite(high) else None
        places = (max(0.0, low), min(1.0, high))
        found.append(Limit(dimension, low_value, high_value, places, chances[column]))
    return tuple(sorted(found, key=lambda one: one.quasi_p))


def _plain(value: Any) -> float | None:
    return None if value is None else float(value)
