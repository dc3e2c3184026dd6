"""What would turn a statement: the smallest move of the assumptions, within the evidence, that reverses it.

Each fact is moved from its middle value towards the end of its range: first one fact alone, then the facts of
one kind together, then the fewest that turn it together. What is found is run again with other draws.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from sim.experiment.analyse.factors import (
    FACT,
    GROUP,
    Factor,
    drawn_facts,
    groups,
    matching,
    placed,
    singles,
)
from sim.experiment.analyse.heads import about, named
from sim.experiment.analyse.statement import Statement
from sim.experiment.compare import Difference, paired
from sim.experiment.points import Array, Work, evaluate, part_of
from sim.policy.errors import ScenarioError
from sim.policy.scenario import Scenario
from sim.policy.scenario_build import seeds_at

OPENED: Final = 100  # single facts tried, from the groups that move the margin most
REFINED: Final = 4  # candidates of a kind whose smallest share is looked for
STEPS: Final = 8  # shares tried at once between two others
CHECKED: Final = 8  # what a confirmation costs at most: four shares, twice the replications
COMBINED: Final = 3  # combinations that are refined and run again, the fewest factors first
TOGETHER: Final = (2, 3, 4, 6, 8, 12, 20)  # how many factors are moved together
YES, UNSURE, NO = BETTER = "yes", "unsure", "no"
Margins = Callable[[Sequence["Settings"]], list[Difference]]


@dataclass(frozen=True)
class Pull:
    """A factor and the end of its range (-1 lowest, 1 highest) that weakens the statement more.

    drop: by how much the mean margin falls there; turns, clearly: whether the margin's mean, or its whole
    interval, lies below zero there.
    """

    factor: Factor
    end: float
    drop: float
    turns: bool
    clearly: bool


@dataclass(frozen=True)
class Settings:
    """Factors moved together towards their ends by one share of the way (0 to 1)."""

    pulls: tuple[Pull, ...]
    share: float

    def of(self, scenario: Scenario) -> Scenario:
        """The scenario under these assumptions."""
        moved = [one.factor.towards(self.share * one.end) for one in self.pulls]
        return placed(scenario, [one.factor for one in self.pulls], moved)


@dataclass(frozen=True)
class Flip:
    """What turns a statement. holds: True, False, or None where the interval of the margin holds zero.

    before, after: the margin as it is and under the moves (above zero: the statement holds). Where nothing
    turns it, moves is None and nearest says how far the margin fell at most. confirmed: yes, or unsure where
    under new draws the interval holds zero, or no where the mean did not turn.
    """

    base: Scenario
    other: Scenario
    statement: Statement
    holds: bool | None
    before: Difference
    moves: Settings | None
    after: Difference | None
    confirmed: str
    nearest: float
    tried: int
    work: Work
    check: Work

    def record(self) -> dict[str, Any]:
        """The result as plain data, as `sim analyse flip --json` prints it."""
        return {
            "method": "flip",
            **about(self.work),
            "scenarios": [named(one) for one in (self.base, self.other)],
            "statement": self.statement.text,
            "outcome": self.statement.outcome.id,
            "below": self.statement.below,
            "threshold": self.statement.threshold,
            "holds": self.holds,
            "before": _margin(self.before),
            "moves": [] if self.moves is None else [_move(one, self.moves.share) for one in self.moves.pulls],
            "after": None if self.after is None else _margin(self.after),
            "confirmed": self.confirmed if self.moves else None,
            "check": {"random_seed": self.check.random_seed, "replications": self.check.replications},
            "nearest": self.nearest,
            "tried": self.tried,
        }


def flip(
    base: Scenario, other: Scenario, statement: Statement, work: Work, patterns: Sequence[str] = ()
) -> Flip:
    """Look for the smallest move that reverses the statement; patterns choose the facts that may move.

    Raises ScenarioError where the scenarios cannot be compared or the outcome has no figure, Cancelled.
    """
    factors = _factors(base, other, work, patterns)
    asked = _Asked(base, other, statement, work, runs(base, other, statement, work, patterns))
    (before,) = asked.margins([Settings((), 0.0)])
    if before.mean is None:
        raise ScenarioError(
            f"{statement.outcome.id} has no figure in these scenarios, so nothing can turn it"
        )
    holds = _verdict(before)
    check = replace(work, replications=2 * work.replications, random_seed=(work.random_seed + 1) % 2**63)
    found = Flip(base, other, statement, holds, before, None, None, NO, before.mean, 0, work, check)
    if holds is None:
        return found
    asked.sign = 1.0 if holds else -1.0
    pulls = _pulled(factors, asked, abs(before.mean))
    if not patterns:
        pulls += _pulled(_inside(pulls, base, work), asked, abs(before.mean))
    found = replace(found, tried=len(pulls), nearest=asked.sign * (abs(before.mean) - _largest(pulls)))
    best: Flip | None = None
    for candidate in _candidates(pulls, asked):
        settings, after = _confirmed(candidate, asked, check)
        after = _signed(after, asked.sign)
        verdict = _confirmation(after, asked.sign)
        if best is None or BETTER.index(verdict) < BETTER.index(best.confirmed):
            best = replace(found, moves=settings, after=after, confirmed=verdict)
        if verdict == YES:
            break
    return best or found


def runs(
    base: Scenario, other: Scenario, statement: Statement, work: Work, patterns: Sequence[str] = ()
) -> int:
    """How many replications `flip` needs, at most."""
    factors = _factors(base, other, work, patterns)
    opened = 0 if patterns else OPENED
    alone = 2 * REFINED * (2 * STEPS + CHECKED)
    together = len(TOGETHER) + COMBINED * (2 * STEPS + CHECKED)
    points = 1 + 2 * (len(factors) + opened) + alone + together
    return points * work.replications * (1 if statement.threshold is not None else 2)


class _Asked:
    """The margins of the statement under moved assumptions, from real runs; counts what has been run."""

    def __init__(self, base: Scenario, other: Scenario, statement: Statement, work: Work, ahead: int) -> None:
        """sign: -1 where the statement is false, so that a margin below zero always means that it turned."""
        self.base, self.other, self.statement = base, other, statement
        self.work, self.ahead, self.done, self.sign = work, ahead, 0, 1.0

    def margins(self, tried: Sequence[Settings], work: Work | None = None) -> list[Difference]:
        """The paired mean margin, with its interval, under each of the settings."""
        work = work or self.work
        alone = self.statement.threshold is not None
        points = [one.of(scenario) for one in tried for scenario in ((self.other,) if alone else
                                                                     (self.base, self.other))]  # fmt: skip
        found = evaluate(points, [self.statement.outcome], part_of(work, self.done, self.ahead))[..., 0]
        self.done += len(points) * work.replications
        pairs = found.reshape(len(tried), -1, work.replications)
        return [self._difference(self.statement.margin(one[0], one[-1])) for one in pairs]

    def _difference(self, margin: Array) -> Difference:
        return paired(np.zeros_like(margin), self.sign * margin, None)


def _factors(base: Scenario, other: Scenario, work: Work, patterns: Sequence[str]) -> list[Factor]:
    """Facts that both scenarios draw: those fitting the patterns one by one, or all in groups."""
    if (base.start, base.horizon_year) != (other.start, other.horizon_year):
        raise ScenarioError(f"{base.id} and {other.id} differ in start or horizon; they cannot be compared")
    seeds = seeds_at(base.start, work.seeds)
    held = dict(other.facts)
    drawn = {f"{one.subject}.{one.attribute}": one for one in drawn_facts(base, seeds)}
    drawn = {name: one for name, one in drawn.items() if name not in held}
    if patterns:
        return singles([drawn[name] for name in matching(drawn, patterns, "drawn fact")], seeds)
    return groups(drawn.values(), seeds)


def _pulled(factors: Sequence[Factor], asked: _Asked, before: float) -> list[Pull]:
    """Each factor with the end of its range at which the margin is smaller."""
    ends = [Pull(one, end, 0.0, False, False) for one in factors for end in (-1.0, 1.0)]
    if not ends:
        return []
    found = asked.margins([Settings((one,), 1.0) for one in ends])
    weighed = [
        replace(one, drop=before - _mean(at), turns=_mean(at) < 0.0, clearly=_is_turned(at))
        for one, at in zip(ends, found, strict=True)
    ]
    return [max(pair, key=lambda one: one.drop) for pair in zip(weighed[::2], weighed[1::2], strict=True)]


def _inside(pulls: Sequence[Pull], base: Scenario, work: Work) -> list[Factor]:
    """The single facts of the groups that lower the margin most, as many as OPENED leaves room for."""
    seeds = seeds_at(base.start, work.seeds)
    found: list[Factor] = []
    for one in sorted(pulls, key=lambda one: -one.drop):
        if one.factor.kind == GROUP and one.drop > 0.0:
            within = singles([seeds.named[name] for name in one.factor.members], seeds)
            if len(found) + len(within) <= OPENED:
                found += within
    return found


def _candidates(pulls: Sequence[Pull], asked: _Asked) -> Iterator[Settings]:
    """Moves that turn the margin, the most telling kind first: one fact, one group, the fewest together."""
    for kind in (FACT, GROUP):
        turning = [one for one in pulls if one.turns and one.factor.kind == kind]
        turning.sort(key=lambda one: (not one.clearly, -one.drop))
        best = [Settings((one,), 1.0) for one in turning[:REFINED]]
        yield from sorted(_smallest(best, asked), key=lambda one: one.share)
    order = _apart(sorted(pulls, key=lambda one: -one.drop))
    many = [Settings(tuple(order[:count]), 1.0) for count in TOGETHER if count <= len(order)]
    if not many:
        return
    found = asked.margins(many)
    clear = [one for one, at in zip(many, found, strict=True) if _is_turned(at)]
    turned = clear or [one for one, at in zip(many, found, strict=True) if _mean(at) < 0.0]
    for one in turned[:COMBINED]:
        yield from _smallest([one], asked)


def _apart(pulls: Sequence[Pull]) -> list[Pull]:
    """Those that weaken the statement, without any that moves a fact which an earlier one moves too."""
    taken: set[str] = set()
    found = []
    for one in pulls:
        if one.drop > 0.0 and taken.isdisjoint(one.factor.members):
            taken.update(one.factor.members)
            found.append(one)
    return found


def _smallest(candidates: Sequence[Settings], asked: _Asked) -> list[Settings]:
    """Each with the smallest share of the way that turns the margin: in eighths, then within that eighth."""
    spans = [(0.0, 1.0)] * len(candidates)
    for _ in range(2 if candidates else 0):
        shares = [np.linspace(low, high, STEPS + 1)[1:] for low, high in spans]
        tried = [
            replace(one, share=float(s)) for one, row in zip(candidates, shares, strict=True) for s in row
        ]
        found = asked.margins(tried)
        spans = [
            _bracket(low, row, found[at * STEPS : (at + 1) * STEPS])
            for at, ((low, _high), row) in enumerate(zip(spans, shares, strict=True))
        ]
    return [replace(one, share=high) for one, (_low, high) in zip(candidates, spans, strict=True)]


def _bracket(low: float, shares: Array, found: Sequence[Difference]) -> tuple[float, float]:
    """The last share before, and the first from which on the margin has turned: clearly, if the last has."""
    turned = _is_turned if _is_turned(found[-1]) else lambda one: _mean(one) < 0.0
    at = len(found) - 1
    while at > 0 and turned(found[at - 1]):
        at -= 1
    return (float(shares[at - 1]) if at else low), float(shares[at])


def _confirmed(candidate: Settings, asked: _Asked, check: Work) -> tuple[Settings, Difference]:
    """The candidate under new draws: at its share, or as little further as makes it clear."""
    shares = sorted({min(1.0, candidate.share + further / STEPS) for further in (0, 1, 2)} | {1.0})
    tried = [replace(candidate, share=one) for one in shares]
    found = asked.margins(tried, check)
    for one, at in zip(tried, found, strict=True):
        if _is_turned(at):
            return one, at
    least = min(range(len(found)), key=lambda at: _mean(found[at]))
    return tried[least], found[least]


def _verdict(found: Difference) -> bool | None:
    low, high = found.mean_low, found.mean_high
    if low is None or high is None or low <= 0.0 <= high:
        return None
    return low > 0.0


def _confirmation(after: Difference, sign: float) -> str:
    turned = _verdict(after)
    if turned is not None and turned == (sign < 0.0):
        return YES
    return UNSURE if after.mean is not None and sign * after.mean < 0.0 else NO


def _is_turned(found: Difference) -> bool:
    return found.mean_high is not None and found.mean_high < 0.0


def _mean(found: Difference) -> float:
    return float("inf") if found.mean is None else found.mean


def _largest(pulls: Sequence[Pull]) -> float:
    return max((one.drop for one in pulls), default=0.0)


def _signed(found: Difference, sign: float) -> Difference:
    """The margin as the statement has it: above zero where it holds."""
    if sign > 0.0 or found.mean is None:
        return found
    low, high = found.mean_low, found.mean_high
    return replace(found, mean=-found.mean, mean_low=None if high is None else -high,
                   mean_high=None if low is None else -low)  # fmt: skip


def _margin(found: Difference) -> dict[str, float | None]:
    return {"mean": found.mean, "low": found.mean_low, "high": found.mean_high}


def _move(one: Pull, share: float) -> dict[str, Any]:
    """One move as plain data; a group has no single value, only its share of the way."""
    factor, to = one.factor, one.factor.towards(share * one.end)
    single = factor.kind == FACT
    return {
        "fact": factor.id,
        "kind": factor.kind,
        "facts": len(factor.members),
        "members": list(factor.members),
        "from": factor.middle[0] if single else None,
        "to": to[factor.members[0]] if single else None,
        "low": factor.low[0] if single else None,
        "high": factor.high[0] if single else None,
        "unit": factor.unit,
        "grades": "".join(sorted(set(factor.grades))),
        "end": "high" if one.end > 0.0 else "low",
        "share_of_range": share,
    }
