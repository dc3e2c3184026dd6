"""The front of speed, cost and reliance over levers that somebody can choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.evidence.facts import quoted
from sim.evidence.seeds import Seeds
from sim.experiment.analyse import pareto
from sim.experiment.analyse.discovery import settings_record
from sim.experiment.analyse.futures import rounded
from sim.experiment.analyse.heads import about
from sim.experiment.analyse.pareto import Array, Bools
from sim.experiment.analyse.regret import interval, losses
from sim.experiment.analyse.robustness import BETTER
from sim.experiment.points import USUAL, Outcome, Work, evaluate, part_of
from sim.policy.errors import ScenarioError
from sim.policy.levers import Lever, find_lever
from sim.policy.scenario import Scenario
from sim.policy.scenario_build import seeds_at

POINTS, LEAST, MOST = 64, 8, 5000
LEVERS = 8  # how many are moved, unless they are named
SHOWN = 12  # points of the front that are numbered
ASSUMED = "assumption about the world"  # what a lever costs that nobody can choose
STEP = 0.005  # of the plan's own level: differences within it count as none
WHOLE = ("hubs",)  # units that come whole


@dataclass(frozen=True, eq=False)
class Tradeoff:
    """Combinations of levers: points (points, levers) from 0 to 1, the first is the plan itself.

    values (points, replications, goals); on_front, practically (points,); numbered: rows that are shown, by
    the first goal; best_balanced: the row of the knee.
    """

    scenario: Scenario
    levers: tuple[Lever, ...]
    screened: int
    goals: tuple[Outcome, ...]
    points: Array
    values: Array
    on_front: Bools
    practically: Bools
    numbered: tuple[int, ...]
    best_balanced: int
    work: Work

    @property
    def means(self) -> Array:
        """Means over replications: (points, goals)."""
        return pareto.average(self.values)

    @property
    def beats_plan(self) -> tuple[int, ...]:
        """Rows of the front that are on average nowhere worse than the plan itself, and somewhere better."""
        mine = _turned(self.means, self.goals)
        better = (mine <= mine[0]).all(axis=1) & (mine < mine[0]).any(axis=1)
        return tuple(int(row) for row in np.flatnonzero(better & self.on_front))

    def setting(self, row: int) -> Scenario:
        """The plan with the levers of a point."""
        return self.scenario if row == 0 else at_point(self.scenario, self.levers, self.points[row])

    def difference(self, row: int, goal: int) -> tuple[float, float, float]:
        """The paired difference of a point to the plan: mean and its 90 % interval."""
        return interval(self.values[row, :, goal] - self.values[0, :, goal])

    def rows(self) -> list[dict[str, Any]]:
        """Every combination that was tried, as a row: its levers, the goals, and where it stands."""
        means = self.means
        return [
            {
                "point": self.numbered.index(row) + 1 if row in self.numbered else "",
                "on_front": bool(self.on_front[row]),
                "practically_on_front": bool(self.practically[row] or self.on_front[row]),
                **{one.id: self.setting(row).levers[one.id] for one in self.levers},
                **{one.id: float(means[row, at]) for at, one in enumerate(self.goals)},
            }
            for row in range(len(self.points))
        ]

    def record(self) -> dict[str, Any]:
        """The result as plain data, as `sim analyse tradeoff --json` prints it."""
        return {
            "method": "tradeoff",
            "scenario": {"id": self.scenario.id, "fingerprint": self.scenario.fingerprint()},
            **about(self.work),
            "goals": {one.id: BETTER[one.measure] for one in self.goals},
            "levers": {one.id: {"low": one.low, "high": one.high, "unit": one.unit} for one in self.levers},
            "levers_screened": self.screened,
            "tried": len(self.points),
            "on_front": int(self.on_front.sum()),
            "practically_on_front": int(self.practically.sum()),
            "plan": {
                "on_front": bool(self.on_front[0]),
                "practically_on_front": bool(self.on_front[0] or self.practically[0]),
                "beaten_by": len(self.beats_plan),
                "measures": {one.id: float(self.means[0, at]) for at, one in enumerate(self.goals)},
            },
            "front": [self._point(number, row) for number, row in enumerate(self.numbered, 1)],
        }

    def _point(self, number: int, row: int) -> dict[str, Any]:
        there = self.setting(row)
        return {
            "number": number,
            "best_balanced": row == self.best_balanced,
            "beats_plan": row in self.beats_plan,
            "levers": {one.id: there.levers[one.id] for one in self.levers},
            "setting": settings_record(there, self.scenario),
            "measures": {
                one.id: {
                    "mean": float(self.means[row, at]),
                    "difference": dict(zip(("mean", "low", "high"), self.difference(row, at), strict=True)),
                }
                for at, one in enumerate(self.goals)
            },
        }


def trade_off(
    scenario: Scenario,
    work: Work,
    levers: Sequence[str] = (),
    most: int = LEVERS,
    count: int = POINTS,
    goals: Sequence[Outcome] = USUAL,
) -> Tradeoff:
    """Search the front of the goals over levers; raises ScenarioError, Cancelled.

    levers: those to move; if left out, the `most` of all that somebody can choose which alone move a goal
    furthest. Dated changes of a lever that is moved fall away.
    """
    offered = _check(scenario, levers, most, count, goals)
    told = _Told(work, runs(scenario, work, levers, most, count))
    alone = _alone(scenario, offered)
    first = told.evaluate([one for _, one in alone], goals)
    kept = offered if levers else _moving(alone, first, offered, goals, most)
    start = np.array([_place_of(scenario, kept), *_ends(scenario, kept)])

    def losses_of(points: Array) -> Array:
        found = told.evaluate([at_point(scenario, kept, row) for row in points], goals)
        return _turned(found, goals)

    points, found = pareto.search(losses_of, start, count)
    # The plan itself, and not the nearest setting to it:
    found[0] = _turned(first[:1], goals)[0]
    means = pareto.average(found)
    steps = np.abs(means[0]) * STEP
    on_front = pareto.coarse_front(means, np.where(steps > 0.0, steps, STEP))
    known = ~np.isnan(means).any(axis=1)
    if not on_front.any():
        raise ScenarioError("no combination has a figure in every goal; choose other goals")
    practically = known & ~on_front & ~pareto.clearly_beaten(found, on_front)
    shown = sorted(pareto.spread(means, on_front, SHOWN), key=lambda row: (means[row, 0], row))
    return Tradeoff(scenario, tuple(kept), len(offered), tuple(goals), points, _turned(found, goals),
                    on_front, practically, tuple(shown), pareto.knee(means, on_front), work)  # fmt: skip


def runs(
    scenario: Scenario, work: Work, levers: Sequence[str] = (), most: int = LEVERS, count: int = POINTS
) -> int:
    """How many replications `trade_off` will need at most; raises ScenarioError as it does."""
    offered = _check(scenario, levers, most, count, USUAL)
    kept = len(offered) if levers else min(most, len(offered))
    return work.replications * (1 + 2 * len(offered) + 1 + 2 * kept + count + pareto.ROUNDS * (count // 2))


def choosable(scenario: Scenario, seeds: Seeds | None = None) -> tuple[Lever, ...]:
    """The levers with a range that somebody can choose, without those of single states."""
    rows = {row.id for row in seeds_at(scenario.start, seeds).levers() if row.cost != ASSUMED}
    return tuple(one for one in scenario.catalogue if one.id in rows and one.kind != "switch")


def at_point(scenario: Scenario, levers: Sequence[Lever], point: Array) -> Scenario:
    """The scenario with levers at places from 0 to 1 of their ranges."""
    return scenario.with_levers(
        {one.id: _value(one, float(place)) for one, place in zip(levers, point, strict=True)}
    )


def _value(lever: Lever, place: float) -> float:
    value = lever.low + place * (lever.high - lever.low)
    return float(round(value)) if lever.unit in WHOLE else rounded(value, lever.low, lever.high)


def _check(
    scenario: Scenario, names: Sequence[str], most: int, count: int, goals: Sequence[Outcome]
) -> tuple[Lever, ...]:
    """The levers on offer; raises ScenarioError for what cannot be searched."""
    if not LEAST <= count <= MOST:
        raise ScenarioError(f"points must lie between {LEAST} and {MOST}; got {count}")
    if not 2 <= most <= 40:
        raise ScenarioError(f"levers must lie between 2 and 40; got {most}")
    if not 2 <= len(goals) <= 3:
        raise ScenarioError(f"a trade-off has two or three goals; got {len(goals)}")
    for one in goals:
        if one.measure not in BETTER:
            raise ScenarioError(f"{one.measure} is neither better nor worse, so it is no goal")
    known = {one.id: one for one in scenario.catalogue}
    for name in names:
        if find_lever(name, known).kind == "switch":
            raise ScenarioError(f"{name} is a switch, on or off; name a lever with a range")
        if list(names).count(name) > 1:
            raise ScenarioError(f"the lever {quoted(name)} is named twice")
    if len(names) == 1:
        raise ScenarioError("a trade-off needs two levers or more")
    return tuple(known[name] for name in names) or choosable(scenario)


def _alone(scenario: Scenario, levers: Sequence[Lever]) -> list[tuple[str, Scenario]]:
    """The plan itself, and each lever alone at its lowest and highest."""
    found = [("", scenario)]
    for one in levers:
        found += [(one.id, scenario.with_levers({one.id: end})) for end in (one.low, one.high)]
    return found


def _moving(
    alone: Sequence[tuple[str, Scenario]], values: Array, levers: Sequence[Lever],
    goals: Sequence[Outcome], most: int,
) -> tuple[Lever, ...]:  # fmt: skip
    """The levers that alone move some goal furthest, against the largest move of that goal by any."""
    moves = np.abs(np.nan_to_num(pareto.average(values) - pareto.average(values)[0]))
    largest = moves.max(axis=0)
    parts = (moves / np.where(largest > 0.0, largest, 1.0)).max(axis=1)
    reach = {
        one.id: max(parts[row] for row, (name, _) in enumerate(alone) if name == one.id) for one in levers
    }
    kept = sorted(levers, key=lambda one: -reach[one.id])[:most]
    return tuple(one for one in levers if one in kept)


def _place_of(scenario: Scenario, levers: Sequence[Lever]) -> list[float]:
    values = scenario.levers
    return [(values[one.id] - one.low) / (one.high - one.low) for one in levers]


def _ends(scenario: Scenario, levers: Sequence[Lever]) -> list[list[float]]:
    """Each lever alone at its ends, as places."""
    here = _place_of(scenario, levers)
    return [[*here[:at], end, *here[at + 1 :]] for at in range(len(levers)) for end in (0.0, 1.0)]


def _turned(values: Array, goals: Sequence[Outcome]) -> Array:
    """Values as losses, or losses as values."""
    return np.stack([losses(values[..., at], BETTER[one.measure] or "") for at, one in enumerate(goals)], -1)


class _Told:
    """Runs in several calls, of which the progress is told as one."""

    def __init__(self, work: Work, total: int) -> None:
        """total: replications of all calls together."""
        self.work, self.total, self.done = work, total, 0

    def evaluate(self, scenarios: Sequence[Scenario], goals: Sequence[Outcome]) -> Array:
        """The values of the scenarios: (scenarios, replications, goals)."""
        found = evaluate(scenarios, goals, part_of(self.work, self.done, self.total))
        self.done += len(scenarios) * self.work.replications
        return found
