"""Assumptions: facts of the seeds that a scenario holds at another value, instead of drawing them.

A fact is named by its subject and attribute with a dot between, as on the Evidence page:
`POL.main_battle_tank.requirement`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from sim.evidence.facts import Fact, nearest, quoted
from sim.evidence.index import generic, number
from sim.evidence.seeds import Seeds
from sim.policy.errors import ScenarioError

UNREAD = {
    "lever": "is the setting of a lever; set the lever instead",
    "observed": "is a published figure that results are held against; no run reads it",
    "policy": "describes an instrument on which levers rest; no run reads it",
}
BEYOND = 10.0  # times the largest value in the seeds: as far as a fact without limits may go
EARLIER, LATER = "first_due", "last_due"  # of an order: the first unit never comes after the last


def find_fact(name: str, seeds: Seeds) -> Fact:
    """The fact of this name, if a run reads it; raises ScenarioError naming the nearest, or why not."""
    known = seeds.named
    if name not in known:
        same = [one for one in known if one.split(".")[0] == name.split(".")[0]] or known
        raise ScenarioError(f"unknown fact {quoted(name)}; {nearest(name, same)}")
    fact = known[name]
    kind = seeds.index.kind_of(fact.subject, fact.attribute)
    if kind in UNREAD:
        raise ScenarioError(f"{name} {UNREAD[kind]}")
    return fact


def limits(fact: Fact, seeds: Seeds) -> tuple[float, float]:
    """The smallest and largest value a fact may be held at, in its unit: those of the data dictionary.

    Where the dictionary is silent: ten times the largest size that any subject has of the attribute.
    """
    kind = seeds.index.kind_of(fact.subject, fact.attribute)
    found = seeds.attributes[kind, generic(fact.attribute)]
    same = (one for (_, attribute), one in seeds.facts.items() if attribute == fact.attribute)
    size = BEYOND * max(abs(end) for one in same for end in (one.low, one.high))
    low = -size if found.minimum is None else found.minimum
    high = size if found.maximum is None else found.maximum
    return low, high


def check_fact(name: str, raw: object, seeds: Seeds) -> float:
    """A value for a fact within the limits of the data dictionary; raises ScenarioError naming them."""
    fact = find_fact(name, seeds)
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not math.isfinite(raw):
        raise ScenarioError(f"{name}: {quoted(raw)} is not a number")
    value = float(raw) + 0.0  # turns -0.0 into 0.0: equal settings, equal fingerprints
    if fact.low <= value <= fact.high:  # the range of the evidence lies within the limits
        return value
    low, high = limits(fact, seeds)
    if not low <= value <= high:
        raise ScenarioError(f"{name}: {value:g} is outside {low:g} to {high:g} {fact.unit}")
    return value


def check_facts(values: Mapping[str, object], seeds: Seeds) -> dict[str, float]:
    """Values for several facts, each within its limits and an order's dates in order; raises ScenarioError.

    A value equal to that of the seeds is kept: the fact is then no longer drawn from its range.
    """
    found = {name: check_fact(name, value, seeds) for name, value in values.items()}
    for name in found:
        order, _, attribute = name.rpartition(".")
        if attribute in (EARLIER, LATER):
            first, last = (found.get(f"{order}.{one}", seeds.value(order, one)) for one in (EARLIER, LATER))
            if first > last:
                raise ScenarioError(f"{order}: {EARLIER} {first:g} is after {LATER} {last:g}; set both")
    return found


def parse_facts(texts: Iterable[str], seeds: Seeds) -> dict[str, float]:
    """Reads "fact=value" from a command line, each fact once; raises ScenarioError with one sentence."""
    found: dict[str, object] = {}
    for text in texts:
        name, equals, word = (part.strip() for part in text.partition("="))
        if not equals:
            example = "POL.main_battle_tank.requirement=900"
            raise ScenarioError(f"{quoted(text)} is not of the form fact=value, such as {example}")
        if name in found:
            raise ScenarioError(f"the fact {quoted(name)} is set twice")
        find_fact(name, seeds)
        value = number(word)
        if value is None:
            raise ScenarioError(f"{name}: {quoted(word)} is not a number")
        found[name] = value
    return check_facts(found, seeds)


def with_facts(seeds: Seeds, values: Mapping[str, float]) -> Seeds:
    """The seeds with these facts held at a value, without a range, so that no replication draws them."""
    return seeds.holding({_parts(name, seeds): value for name, value in values.items()}) if values else seeds


def _parts(name: str, seeds: Seeds) -> tuple[str, str]:
    fact = find_fact(name, seeds)
    return fact.subject, fact.attribute
