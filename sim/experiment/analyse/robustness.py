"""What is robust: plans over the same futures; regret, least worst regret and satisficing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.experiment.analyse import regret
from sim.experiment.analyse.adaptive import Plan, as_of
from sim.experiment.analyse.conditions import Condition
from sim.experiment.analyse.discovery import settings_record, share_interval
from sim.experiment.analyse.futures import Array, Dimension, Futures, at, check_count, dimensions, futures
from sim.experiment.analyse.heads import about
from sim.experiment.analyse.regret import Regret
from sim.experiment.points import USUAL, Outcome, Work, evaluate
from sim.model.record import MEASURES
from sim.policy.errors import ScenarioError
from sim.policy.scenario import Scenario

COUNT = 64
MOST_PLANS = 12
BETTER = {one.id: one.better for one in MEASURES if one.better}


@dataclass(frozen=True, eq=False)
class Robustness:
    """Plans in futures: values (plans, 1 + futures, replications, outcomes), the first as the plan says.

    outcomes: first the `measured`, then what the marks look at. turned (plans, 1 + futures): share of
    replications in which an adaptive plan turned. marks: empty for the usual ones, which are the means of
    the first plan as it is.
    """

    plans: tuple[Plan, ...]
    futures: Futures
    measured: tuple[Outcome, ...]
    marks: tuple[Condition, ...]
    outcomes: tuple[Outcome, ...]
    values: Array
    turned: Array
    work: Work

    @property
    def means(self) -> Array:
        """Means over replications: (plans, 1 + futures, outcomes)."""
        return regret.average(self.values, axis=2)

    def regrets(self, at: int) -> list[Regret]:
        """The regret of every plan in one of the measured outcomes."""
        better = BETTER[self.measured[at].measure]
        return regret.summary(regret.losses(self.values[:, 1:, :, at], better))

    def least_worst(self, at: int) -> tuple[int, tuple[int, ...]]:
        """The plan of the least worst regret in an outcome, and those that are practically as good."""
        return regret.least_worst(self.regrets(at))

    def marks_of(self, at: int) -> tuple[Condition, ...]:
        """What a plan must keep: the marks asked for, or to be as good as the first plan as it is."""
        if self.marks:
            return self.marks
        one = self.measured[at]
        return (Condition(one, "<=" if BETTER[one.measure] == "less" else ">=", float(self.means[0, 0, at])),)

    def keeps(self, at: int) -> Array:
        """In which futures each plan keeps the marks of an outcome: (plans, futures), 0 or 1."""
        held = np.ones((len(self.plans), len(self.futures)), bool)
        for mark in self.marks_of(at):
            held &= mark.holds(self.means[:, 1:, self.outcomes.index(mark.outcome)])
        return held.astype(float)

    def overruled(self) -> dict[str, list[str]]:
        """What plans set themselves and the futures set instead, by plan."""
        moved = {one.lever for one in self.futures.dimensions if one.lever}
        found = {}
        for plan in self.plans:
            own = {name for one in (plan.scenario, plan.turned) if one is not None for name in _own(one)}
            if own & moved:
                found[plan.id] = sorted(own & moved)
        return found

    def record(self) -> dict[str, Any]:
        """The result as plain data, as `sim analyse robustness --json` prints it."""
        return {
            "method": "robustness",
            "plans": {plan.id: self._plan(row) for row, plan in enumerate(self.plans)},
            **about(self.work),
            "futures": len(self.futures),
            "dimensions": [one.record() for one in self.futures.dimensions],
            "overruled": self.overruled(),
            "measures": {one.id: self._measure(row) for row, one in enumerate(self.measured)},
        }

    def _plan(self, row: int) -> dict[str, Any]:
        plan = self.plans[row]
        found: dict[str, Any] = {
            "title": plan.title,
            "scenario": {"id": plan.scenario.id, "fingerprint": plan.scenario.fingerprint()},
            "adaptive": None,
        }
        if plan.trigger is not None and plan.turned is not None and plan.then is not None:
            found["adaptive"] = {
                "trigger": plan.trigger.text,
                "then": {"id": plan.then.id, "fingerprint": plan.then.fingerprint()},
                "turned": settings_record(plan.turned, plan.scenario),
                "share_turned": float(self.turned[row, 1:].mean()),
                "share_turned_as_is": float(self.turned[row, 0]),
            }
        return found

    def _measure(self, at: int) -> dict[str, Any]:
        found = self.regrets(at)
        first, as_good = self.least_worst(at)
        keeps = self.keeps(at)
        points = self.futures.values()
        plans = {}
        for row, (plan, one) in enumerate(zip(self.plans, found, strict=True)):
            where = points[one.worst_in] if one.worst_in >= 0 else []
            plans[plan.id] = {
                "as_is": float(self.means[row, 0, at]),
                "mean": float(regret.average(self.means[row, 1:, at], axis=0)),
                "mean_regret": {"mean": one.mean, "low": one.mean_low, "high": one.mean_high},
                "worst_regret": {
                    "mean": one.worst, "low": one.worst_low, "high": one.worst_high,
                    "future": one.worst_in + 1,
                    "where": {d.id: float(v) for d, v in zip(self.futures.dimensions, where, strict=False)},
                },
                "best_in": one.best_in,
                "keeps": share_interval(int(keeps[row].sum()), len(self.futures)),
            }  # fmt: skip
        return {
            "better": BETTER[self.measured[at].measure],
            "plans": plans,
            "least_worst": self.plans[first].id if first >= 0 else None,
            "practically_as_good": [self.plans[row].id for row in as_good],
            "marks": [mark.text for mark in self.marks_of(at)],
        }


def compare_plans(
    plans: Sequence[Plan],
    work: Work,
    count: int = COUNT,
    measured: Sequence[Outcome] = USUAL,
    marks: Sequence[Condition] = (),
    moved: Sequence[Dimension] = (),
) -> Robustness:
    """Run every plan in the same futures, under the same draws; raises ScenarioError, Cancelled.

    moved: the dimensions of the futures, the usual ones if left out; they overrule what a plan sets.
    """
    check_plans(plans, measured)
    found = futures(moved or dimensions(seeds=work.seeds, start=plans[0].scenario.start), count)
    outcomes = list(dict.fromkeys([*measured, *(mark.outcome for mark in marks)]))
    triggers = [plan.trigger.condition.outcome for plan in plans if plan.trigger]
    asked = list(dict.fromkeys([*outcomes, *triggers]))
    places = [_points(plan, found) for plan in plans]
    distinct = {one.fingerprint(): one for row in places for kinds in row for one in kinds}
    rows = {name: row for row, name in enumerate(distinct)}
    values = evaluate(list(distinct.values()), asked, work)
    shape = (len(plans), len(found) + 1, work.replications, len(outcomes))
    gathered, turned = np.empty(shape), np.zeros(shape[:2])
    for at_plan, plan in enumerate(plans):
        for at_future, kinds in enumerate(places[at_plan]):
            mine = [values[rows[one.fingerprint()]] for one in kinds]
            gathered[at_plan, at_future] = mine[0][:, : len(outcomes)]
            if plan.trigger is not None:
                fires = plan.trigger.condition.holds(mine[1][:, asked.index(plan.trigger.condition.outcome)])
                gathered[at_plan, at_future, fires] = mine[2][fires][:, : len(outcomes)]
                turned[at_plan, at_future] = fires.mean()
    return Robustness(tuple(plans), found, tuple(measured), tuple(marks), tuple(outcomes), gathered, turned,
                      work)  # fmt: skip


def runs(plans: Sequence[Plan], work: Work, count: int = COUNT) -> int:
    """How many replications `compare_plans` will need at most."""
    check_count(count)
    return work.replications * (count + 1) * sum(1 if plan.trigger is None else 3 for plan in plans)


def check_plans(plans: Sequence[Plan], measured: Sequence[Outcome]) -> None:
    """Raise ScenarioError where plans or measures cannot be set beside each other."""
    if not 2 <= len(plans) <= MOST_PLANS:
        raise ScenarioError(
            f"robustness needs 2 to {MOST_PLANS} plans to set beside each other; got {len(plans)}"
        )
    ids = [plan.id for plan in plans]
    for plan in plans:
        if ids.count(plan.id) > 1:
            raise ScenarioError(f"two plans have the id {plan.id!r}; name each once")
        if plan.scenario.start != plans[0].scenario.start:
            raise ScenarioError(f"{plans[0].id} and {plan.id} start in different months")
        if plan.scenario.horizon_year != plans[0].scenario.horizon_year:
            raise ScenarioError(f"{plans[0].id} and {plan.id} count their gaps up to different years")
    for one in measured:
        if one.measure not in BETTER:
            raise ScenarioError(f"{one.measure} is neither better nor worse, so no plan can regret it")


def _points(plan: Plan, found: Futures) -> list[list[Scenario]]:
    """Per future, the plan as it is first: its run; of an adaptive plan the look and the turned run too."""
    rows = [None, *found.points]
    kinds = [plan.scenario]
    if plan.trigger is not None and plan.turned is not None:
        kinds += [as_of(plan.scenario, plan.trigger.year), plan.turned]
    return [[one if row is None else at(one, found.dimensions, row) for one in kinds] for row in rows]


def _own(scenario: Scenario) -> set[str]:
    return {entry.lever for entry in scenario.schedule} | set(scenario.deviations)
