"""Futures: many worlds in which the same plan is run, each a point over what nobody in the plan chooses.

The points are those of a Sobol sequence without scrambling (scipy.stats.qmc), its first point (all at the
lowest) left out, so that the first future is the middle of every range. They fill the ranges evenly: a count
of futures is no probability.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.evidence.facts import Fact, nearest, quoted
from sim.evidence.seeds import Seeds
from sim.evidence.starts import BASE
from sim.model.randomness import triangular
from sim.policy.assumptions import UNREAD, find_fact
from sim.policy.errors import ScenarioError
from sim.policy.levers import levers
from sim.policy.scenario import Scenario
from sim.policy.scenario_build import seeds_at

Array = npt.NDArray[np.float64]

FUTURES, LEAST, MOST = 128, 16, 20_000
# What moves unless somebody names other dimensions: levers about the world ...
WORLD = (
    "threat",
    "rest_of_world_demand",
    "price_inflation",
    "budget_squeeze",
    "shock_chance",
    "munitions_output",
    "us_home_build_up",
    "korean_home_priority",
)
# ... and facts that are uncertain together: name, label, and the facts: attributes (`*.x`) or single ones.
FAMILIES: dict[str, tuple[str, tuple[str, ...]]] = {
    "requirements": ("What states need", ("*.requirement",)),
    "build_months": ("Months to build one unit", ("*.build_months",)),
    "planned_output": ("Output that plants plan", ("*.rate_planned",)),
    "prices": ("Prices of makers", ("*.price_platform", "*.price_support", "*.price_munitions")),
    "consent_months": (
        "Months of consent for foreign offers",
        ("quote.ally_months", "quote.government_months", "quote.partner_months"),
    ),
    "lateness": ("Slip of promised deliveries", ("slip.mean",)),
}
DEFAULT = (*WORLD, *FAMILIES)
TIMES = "multiplier"  # unit of a family: its mean over the facts, each against its middle value
FIGURES = 4  # of a held value: links and files stay short


@dataclass(frozen=True)
class Dimension:
    """One uncertain thing: a lever, a single fact, or a family of facts that move together by quantile.

    `low` to `high` in `unit`; of a family in `multiplier`, the mean of its facts against their middle values.
    """

    id: str
    label: str
    unit: str
    low: float
    high: float
    lever: str = ""
    facts: tuple[Fact, ...] = ()

    def value(self, place: float) -> float:
        """The value at a place from 0 (lowest) to 1 (highest): a share of the range, of facts a quantile."""
        if self.lever:
            return self.low + place * (self.high - self.low)
        if self.unit != TIMES:
            return held(self.facts[0], place)
        return _times(self.facts, place)

    def settings(self, place: float) -> tuple[dict[str, float], dict[str, float]]:
        """The levers and facts to set at a place from 0 to 1."""
        if self.lever:
            return {self.lever: rounded(self.value(place), self.low, self.high)}, {}
        return {}, {f"{one.subject}.{one.attribute}": held(one, place) for one in self.facts}

    def record(self) -> dict[str, Any]:
        """The dimension as plain data."""
        kind = "lever" if self.lever else "fact" if self.unit != TIMES else "facts"
        return {"id": self.id, "label": self.label, "kind": kind, "unit": self.unit, "low": self.low,
                "high": self.high, "facts": len(self.facts)}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Futures:
    """N futures over some dimensions: points (N, dimensions) from 0 to 1."""

    dimensions: tuple[Dimension, ...]
    points: Array

    def __len__(self) -> int:
        """How many futures."""
        return len(self.points)

    def scenario(self, plan: Scenario, row: int) -> Scenario:
        """The plan in one future; raises ScenarioError where the future reaches beyond what may be set."""
        return at(plan, self.dimensions, self.points[row])

    def scenarios(self, plan: Scenario) -> list[Scenario]:
        """The plan in every future."""
        return [self.scenario(plan, row) for row in range(len(self))]

    def values(self) -> Array:
        """What the points are in the units of the dimensions: (N, dimensions)."""
        return np.array(
            [[one.value(float(place)) for one, place in zip(self.dimensions, row, strict=True)]
             for row in self.points]
        )  # fmt: skip


def futures(dimensions: Sequence[Dimension], count: int = FUTURES) -> Futures:
    """The first `count` futures of a Sobol sequence; raises ScenarioError for a count out of range."""
    check_count(count)
    return Futures(tuple(dimensions), sequence(len(dimensions), count))


def sequence(width: int, count: int) -> Array:
    """Points 1 to `count` of the Sobol sequence in `width` dimensions: (count, width), strictly in (0, 1)."""
    from scipy.stats import qmc

    points = qmc.Sobol(width, scramble=False)
    points.fast_forward(1)
    return np.asarray(points.random(count), float)


def check_count(count: int) -> None:
    """Raise ScenarioError where so many futures cannot be run."""
    if not LEAST <= count <= MOST:
        raise ScenarioError(f"futures must lie between {LEAST} and {MOST}; got {count}")


def dimensions(
    names: Iterable[str] = (), seeds: Seeds | None = None, start: str = BASE
) -> tuple[Dimension, ...]:
    """The dimensions of these names (levers, families of facts, single facts), or the usual ones.

    Raises ScenarioError for an unknown name, naming the nearest, and for one named twice.
    """
    seeds = seeds_at(start, seeds)
    wanted = tuple(names) or DEFAULT
    for name in wanted:
        if wanted.count(name) > 1:
            raise ScenarioError(f"the dimension {quoted(name)} is named twice")
    return tuple(_dimension(name, seeds) for name in wanted)


def around(plan: Scenario, seeds: Seeds | None = None) -> tuple[tuple[Dimension, ...], tuple[str, ...]]:
    """The usual dimensions without those that a plan sets itself, and the ids of these."""
    dated = {entry.lever for entry in plan.schedule} | set(plan.deviations)
    usual = dimensions(seeds=seeds, start=plan.start)
    kept = tuple(one for one in usual if one.lever not in dated)
    return kept, tuple(one.id for one in usual if one.lever in dated)


def at(plan: Scenario, dimensions: Sequence[Dimension], places: Iterable[float]) -> Scenario:
    """The plan with its uncertain things at places from 0 to 1; facts that it holds itself stay."""
    chosen: dict[str, float] = {}
    values: dict[str, float] = {}
    own = dict(plan.facts)
    for dimension, place in zip(dimensions, places, strict=True):
        of_levers, of_facts = dimension.settings(float(place))
        chosen |= of_levers
        values |= {name: value for name, value in of_facts.items() if name not in own}
    return plan.with_levers(chosen).with_facts(values)


def held(fact: Fact, quantile: float) -> float:
    """The value of a fact at a quantile of its triangular distribution, from which replications draw it."""
    return rounded(triangular(fact.low, fact.value, fact.high, quantile), fact.low, fact.high)


def rounded(value: float, low: float, high: float) -> float:
    """A value of few figures, not beyond its ends."""
    return min(high, max(low, float(f"{value:.{FIGURES}g}")))


def _dimension(name: str, seeds: Seeds) -> Dimension:
    known = levers(seeds)
    if name in known:
        lever = known[name]
        if lever.kind == "switch":
            raise ScenarioError(f"{name} is a switch, on or off; name a lever with a range")
        return Dimension(name, lever.label, lever.unit, lever.low, lever.high, lever=name)
    if name in FAMILIES:
        label, patterns = FAMILIES[name]
        facts = _members(patterns, seeds)
        return Dimension(name, label, TIMES, _times(facts, 0.0), _times(facts, 1.0), facts=facts)
    if name not in seeds.named:
        raise ScenarioError(
            f"there is no lever, fact or family of facts {quoted(name)}; "
            f"{nearest(name, (*known, *FAMILIES, *seeds.named))}"
        )
    fact = find_fact(name, seeds)
    if fact.low == fact.high:
        raise ScenarioError(f"{name} has no range in the evidence, so no future moves it")
    return Dimension(name, name, fact.unit, fact.low, fact.high, facts=(fact,))


def _members(patterns: Sequence[str], seeds: Seeds) -> tuple[Fact, ...]:
    """The facts of a family that a run reads and that have a range."""
    found = []
    for name, fact in seeds.named.items():
        if f"*.{fact.attribute}" in patterns or name in patterns:
            read = seeds.index.kind_of(fact.subject, fact.attribute) not in UNREAD
            if read and fact.low < fact.high:
                found.append(fact)
    return tuple(found)


def _times(facts: Sequence[Fact], quantile: float) -> float:
    ratios = [held(one, quantile) / one.value for one in facts if one.value]
    return float(np.mean(ratios)) if ratios else 1.0
