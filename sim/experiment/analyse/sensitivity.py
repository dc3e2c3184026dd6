"""Which assumption matters: one at a time over the ranges of the evidence, then Sobol indices.

First all facts of one attribute together, then the single facts of the groups that move most. A Sobol
analysis moves its factors all at once, so that it also sees what they do together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from sim.evidence.seeds import Seeds
from sim.experiment.analyse import one_at_a_time, sobol
from sim.experiment.analyse.conditions import industries, places
from sim.experiment.analyse.factors import (
    GROUP,
    LEVER,
    Factor,
    drawn_facts,
    groups,
    lever_factors,
    matching,
    placed,
    singles,
)
from sim.experiment.analyse.heads import about, named
from sim.experiment.analyse.one_at_a_time import Effect, Move
from sim.experiment.points import USUAL, Array, Outcome, Work, evaluate, outcome, part_of
from sim.policy.errors import ScenarioError
from sim.policy.levers import levers
from sim.policy.scenario import Scenario
from sim.policy.scenario_build import seeds_at

OUTCOMES: Final = tuple(one.id for one in USUAL)
OPENED: Final = 200  # single facts looked at within the groups that move most
RESEARCHED: Final = 20
MOST_POINTS: Final = 8192
# How much better evidence could be found for a fact of each grade: an order chosen by us, not a measurement.
ROOM: Final = {"A": 1, "B": 2, "C": 3, "D": 4}


@dataclass(frozen=True)
class Options:
    """What to move and how far to look.

    facts, levers: patterns of names, such as `*.build_months`; without facts, all are moved in groups first.
    sobol: whether indices are computed too, for the `top` factors that move most, on `points` base points (a
    power of two) with `per_point` replications each.
    """

    facts: tuple[str, ...] = ()
    levers: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = OUTCOMES
    sobol: bool = False
    points: int = 128
    per_point: int = 4
    top: int = 8


@dataclass(frozen=True, eq=False)
class Joint:
    """Sobol indices of some factors for each outcome, and how they were computed."""

    factors: tuple[Factor, ...]
    indices: tuple[sobol.Indices, ...]
    points: int
    replications: int


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """What moves the outcomes of a scenario; base: its own (replications, outcomes).

    moves: groups and single facts or levers, or those asked for; opened: the single facts of the groups that
    move most.
    """

    scenario: Scenario
    outcomes: tuple[Outcome, ...]
    base: Array
    moves: tuple[Move, ...]
    opened: tuple[Move, ...]
    joint: Joint | None
    work: Work

    @property
    def spread(self) -> Array:
        """The standard deviation of each outcome over the runs of the scenario as it is: (outcomes,)."""
        found: Array = np.nanstd(self.base, axis=0)
        return found

    def record(self) -> dict[str, Any]:
        """The result as plain data, as `sim analyse sensitivity --json` prints it."""
        means, spread = np.nanmean(self.base, axis=0), self.spread
        return {
            "method": "sensitivity",
            **about(self.work),
            "scenarios": [named(one) for one in (self.scenario,)],
            "outcomes": {
                one.id: {"mean": _known(means[at]), "spread": _known(spread[at])}
                for at, one in enumerate(self.outcomes)
            },
            "moves": [self._move(one) for one in self.moves],
            "opened": [self._move(one) for one in self.opened],
            "sobol": None if self.joint is None else _joint_record(self.joint, self.outcomes),
            "research": self.research(),
        }

    def _move(self, one: Move) -> dict[str, Any]:
        found = zip(self.outcomes, one.effects, strict=True)
        return one.factor.record() | {"effects": {place.id: effect.record() for place, effect in found}}

    def research(self) -> list[dict[str, Any]]:
        """What is most worth researching next: influence times room for better evidence, the largest first.

        influence: the mean over the outcomes of the least effect that the intervals leave no doubt about, in
        standard deviations of the outcome over runs; room: 1 (grade A) to 4 (grade D), the mean of a group.
        """
        rows = []
        for one in (*self.moves, *self.opened):
            influence = sure(one, self.spread)
            if one.factor.kind != LEVER and influence > 0.0:
                room = float(np.mean([ROOM[grade] for grade in one.factor.grades]))
                rows.append({"id": one.factor.id, "kind": one.factor.kind, "facts": len(one.factor.members),
                             "grades": one.factor.record()["grades"], "influence": influence, "room": room,
                             "priority": influence * room})  # fmt: skip
        return sorted(rows, key=lambda row: (-row["priority"], row["id"]))[:RESEARCHED]


def analyse(scenario: Scenario, options: Options, work: Work) -> Sensitivity:
    """Move what the options name and measure the outcomes; raises ScenarioError, Cancelled."""
    seeds, outcomes = _seeds(scenario, work), chosen_outcomes(scenario, options.outcomes, work)
    factors = chosen(scenario, options, work)
    _check(options, factors)
    ahead, done = runs(scenario, options, work), work.replications
    base = evaluate([scenario], outcomes, part_of(work, 0, ahead))[0]

    def moving(some: Sequence[Factor]) -> list[Move]:
        nonlocal done
        found = one_at_a_time.move(scenario, some, outcomes, part_of(work, done, ahead), base)
        done += 2 * len(some) * work.replications
        return found

    moves = moving(factors)
    spread = np.nanstd(base, axis=0)
    inside = [] if options.facts else _inside(by_weight(moves, spread), seeds)
    opened = moving(inside) if inside else []
    joint = None
    if options.sobol:
        top = [one.factor for one in by_weight(moves, spread)[: options.top]]
        joint = _jointly(scenario, top, outcomes, options, part_of(work, done, ahead))
    return Sensitivity(scenario, outcomes, base, tuple(moves), tuple(opened), joint, work)


def runs(scenario: Scenario, options: Options, work: Work) -> int:
    """How many replications `analyse` needs, at most: which groups are opened shows on the way."""
    factors = chosen(scenario, options, work)
    opened = (
        0 if options.facts else min(OPENED, sum(len(one.members) for one in factors if one.kind == GROUP))
    )
    count = work.replications * (1 + 2 * (len(factors) + opened))
    if options.sobol:
        count += options.points * (min(options.top, len(factors)) + 2) * options.per_point
    return count


def chosen(scenario: Scenario, options: Options, work: Work) -> list[Factor]:
    """The factors that the options name; raises ScenarioError for a pattern that fits nothing."""
    seeds = _seeds(scenario, work)
    drawn = drawn_facts(scenario, seeds)
    if options.facts:
        named = {f"{fact.subject}.{fact.attribute}": fact for fact in drawn}
        found = singles([named[name] for name in matching(named, options.facts, "drawn fact")], seeds)
    else:
        found = groups(drawn, seeds)
    if options.levers:
        known = levers(seeds)
        fitting = matching(known, options.levers, "lever")
        found += lever_factors(known[name] for name in fitting)
    return found


def chosen_outcomes(scenario: Scenario, texts: Iterable[str], work: Work) -> tuple[Outcome, ...]:
    """The outcomes as written, such as `gap_years.POL`; raises ScenarioError naming the nearest."""
    known = places_of(scenario, work.seeds)
    return tuple(dict.fromkeys(outcome(text, *known) for text in texts))


def places_of(scenario: Scenario, seeds: Seeds | None = None) -> tuple[Sequence[str], Sequence[str]]:
    """The places and the industries that outcomes of a scenario may name."""
    known = seeds_at(scenario.start, seeds)
    return places(known), industries(known)


def sure(one: Move, spread: Array) -> float:
    """The influence of a move: the mean over outcomes of its least effect in standard deviations of runs."""
    return _mean(one, spread, lambda found: found.least)


def by_weight(moves: Sequence[Move], spread: Array) -> list[Move]:
    """The moves by their influence over all outcomes, the largest first; by size where none is sure."""
    return sorted(moves, key=lambda one: (-sure(one, spread), -_mean(one, spread, lambda found: found.size)))


def _mean(one: Move, spread: Array, value: Callable[[Effect], float]) -> float:
    found = [value(effect) / size for effect, size in zip(one.effects, spread, strict=True) if size > 0.0]
    return float(np.mean(np.nan_to_num(found))) if found else 0.0


def _inside(moves: Sequence[Move], seeds: Seeds) -> list[Factor]:
    """The single facts of the groups that move most, as many whole groups as OPENED leaves room for."""
    found: list[Factor] = []
    for one in moves:
        if one.factor.kind == GROUP and any(effect.is_clear for effect in one.effects):
            within = singles([seeds.named[name] for name in one.factor.members], seeds)
            if len(found) + len(within) <= OPENED:
                found += within
    return found


def _jointly(
    scenario: Scenario, factors: Sequence[Factor], outcomes: Sequence[Outcome], options: Options, work: Work
) -> Joint:
    """Run the points of a Sobol design over these factors and compute the indices of each outcome."""
    where = sobol.design(len(factors), options.points)
    flat = where.reshape(-1, len(factors))
    points = [
        placed(scenario, factors, [one.at(at) for one, at in zip(factors, row, strict=True)]) for row in flat
    ]
    found = evaluate(points, outcomes, replace(work, replications=options.per_point))
    values = found.reshape(*where.shape[:2], options.per_point, len(outcomes))
    each = tuple(sobol.indices(values[..., at], work.random_seed) for at in range(len(outcomes)))
    return Joint(tuple(factors), each, options.points, options.per_point)


def _joint_record(joint: Joint, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    return {
        "points": joint.points,
        "replications": joint.replications,
        "factors": [one.record() for one in joint.factors],
        "outcomes": {
            place.id: {
                "variance": one.variance,
                "chance": _known(one.chance),
                "explained": _known(one.explained),
                "clear": one.is_clear,
                "indices": {
                    factor.id: {
                        "first": _with_ends(one.first, one.first_ends, at),
                        "total": _with_ends(one.total, one.total_ends, at),
                    }
                    for at, factor in enumerate(joint.factors)
                },
            }
            for place, one in zip(outcomes, joint.indices, strict=True)
        },
    }


def _with_ends(values: Array, ends: Array, at: int) -> dict[str, float | None]:
    return {"mean": _known(values[at]), "low": _known(ends[0, at]), "high": _known(ends[1, at])}


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def _seeds(scenario: Scenario, work: Work) -> Seeds:
    return seeds_at(scenario.start, work.seeds)


def _check(options: Options, factors: Sequence[Factor]) -> None:
    if not factors:
        raise ScenarioError("no fact is left to move: the scenario holds all that a run would draw")
    if not 2 <= options.top <= 50:
        raise ScenarioError(
            f"the number of factors for Sobol indices must lie between 2 and 50; got {options.top}"
        )
    least = sobol.least_points(min(options.top, len(factors)))
    if options.sobol and (
        options.points & (options.points - 1) or not least <= options.points <= MOST_POINTS
    ):
        raise ScenarioError(
            f"points must be a power of two between {least} (for so many factors) and {MOST_POINTS}; "
            f"got {options.points}"
        )
    if options.per_point < 1:
        raise ScenarioError(f"replications at each point must be at least 1; got {options.per_point}")
