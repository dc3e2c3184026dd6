"""Factors: what an analysis moves within its range - a fact, the facts of one kind together, or a lever."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any, Final

from sim.evidence.facts import Fact, nearest, quoted
from sim.evidence.seeds import Seeds
from sim.experiment.drawn import draws
from sim.model.randomness import triangular
from sim.policy.assumptions import EARLIER, LATER
from sim.policy.errors import ScenarioError
from sim.policy.levers import Lever
from sim.policy.scenario import Scenario

FACT: Final = "fact"
GROUP: Final = "group"
LEVER: Final = "lever"
ALONE: Final = "rule"  # the kind of subject whose facts have no fellows of the same meaning


@dataclass(frozen=True)
class Factor:
    """What is moved as one: names of facts (or one lever), and the ends and middle of each one's range.

    id: the name of the fact or lever, or `*.attribute` for all facts of one attribute. Levers have no middle
    of evidence: theirs is the setting at the start. grades: one letter per member.
    """

    id: str
    kind: str
    members: tuple[str, ...]
    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]
    unit: str
    grades: tuple[str, ...]
    switch: bool = False

    def at(self, chance: float) -> dict[str, float]:
        """Each member at this quantile (0 = lowest, 1 = highest) of the distribution a run draws it from.

        A lever is spread evenly over its range; a switch is on in the upper half.
        """
        if self.switch:
            return {self.members[0]: float(chance >= 0.5)}
        ranges = zip(self.members, self.low, self.middle, self.high, strict=True)
        if self.kind == LEVER:
            return {name: low + chance * (high - low) for name, low, _, high in ranges}
        return {name: float(triangular(low, middle, high, chance)) for name, low, middle, high in ranges}

    def towards(self, share: float) -> dict[str, float]:
        """Each member at this share of the way from its middle to an end of its range (-1 or 1)."""
        ranges = zip(self.members, self.low, self.middle, self.high, strict=True)
        return {
            name: middle + share * ((high - middle) if share >= 0 else (middle - low))
            for name, low, middle, high in ranges
        }

    def record(self) -> dict[str, Any]:
        """The factor as plain data."""
        ends = {"low": list(self.low), "middle": list(self.middle), "high": list(self.high)}
        if len(self.members) == 1:
            ends = {name: values[0] for name, values in ends.items()}  # type: ignore[misc]
        return {"id": self.id, "kind": self.kind, "members": list(self.members), "unit": self.unit,
                "grades": "".join(sorted(set(self.grades))), **ends}  # fmt: skip


def drawn_facts(scenario: Scenario, seeds: Seeds) -> list[Fact]:
    """The facts that each replication of a scenario draws anew: those with a range that it does not hold."""
    is_drawn, held = draws(seeds), dict(scenario.facts)
    return [fact for name, fact in seeds.named.items() if name not in held and is_drawn(fact)]


def singles(facts: Iterable[Fact], seeds: Seeds) -> list[Factor]:
    """A factor for each fact; the two dates of an order are one, so that they stay in order."""
    found = []
    for fact in facts:
        partner = seeds.facts.get((fact.subject, LATER))
        if fact.attribute == LATER and seeds.has(fact.subject, EARLIER):
            continue
        together = (fact, partner) if fact.attribute == EARLIER and partner else (fact,)
        found.append(_factor(f"{fact.subject}.{fact.attribute}", FACT, together))
    return found


def groups(facts: Iterable[Fact], seeds: Seeds) -> list[Factor]:
    """The facts of one attribute moved together (all `*.build_months`); a fact without fellows by itself."""
    by_attribute: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        alone = seeds.index.kind_of(fact.subject, fact.attribute) == ALONE
        attribute = EARLIER if fact.attribute == LATER else fact.attribute
        by_attribute.setdefault((fact.subject if alone else "*", attribute), []).append(fact)
    return [
        _factor(f"{subject}.{attribute}" if len(found) > 1 else _name(found[0]),
                GROUP if len(found) > 1 else FACT, found)
        for (subject, attribute), found in by_attribute.items()
    ]  # fmt: skip


def lever_factors(levers: Iterable[Lever]) -> list[Factor]:
    """A factor for each lever, over the range of its control."""
    return [
        Factor(one.id, LEVER, (one.id,), (one.low,), (one.default,), (one.high,), one.unit, (one.grade,),
               switch=one.kind == "switch")
        for one in levers
        if one.low < one.high
    ]  # fmt: skip


def matching(names: Iterable[str], patterns: Iterable[str], what: str) -> list[str]:
    """The names that a pattern such as `*.build_months` or `POL.*` fits; raises ScenarioError for none."""
    known = list(names)
    wanted: set[str] = set()
    for pattern in patterns:
        found = [name for name in known if fnmatchcase(name, pattern)]
        if not found:
            raise ScenarioError(f"no {what} fits {quoted(pattern)}; {nearest(pattern, known)}")
        wanted.update(found)
    return [name for name in known if name in wanted]


def moved(
    scenario: Scenario, values: Mapping[str, float], levers: Mapping[str, float] | None = None
) -> Scenario:
    """The scenario with facts held at these values and levers set; values lie within their ranges already."""
    changed = scenario.with_levers(levers) if levers else scenario
    if not values:
        return changed
    return replace(changed, facts=tuple(sorted((dict(changed.facts) | dict(values)).items())))


def placed(scenario: Scenario, factors: Sequence[Factor], values: Sequence[Mapping[str, float]]) -> Scenario:
    """The scenario with each factor's members at the values given beside it."""
    facts: dict[str, float] = {}
    levers: dict[str, float] = {}
    for factor, part in zip(factors, values, strict=True):
        (levers if factor.kind == LEVER else facts).update(part)
    return moved(scenario, facts, levers)


def _factor(name: str, kind: str, facts: Sequence[Fact]) -> Factor:
    return Factor(
        id=name,
        kind=kind,
        members=tuple(map(_name, facts)),
        low=tuple(one.low for one in facts),
        middle=tuple(one.value for one in facts),
        high=tuple(one.high for one in facts),
        unit=facts[0].unit,
        grades=tuple(one.grade for one in facts),
    )


def _name(fact: Fact) -> str:
    return f"{fact.subject}.{fact.attribute}"
