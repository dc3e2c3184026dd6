"""Levers: what somebody can choose, or what is assumed about the world; one record feeds every use of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sim.evidence.facts import nearest, quoted
from sim.evidence.index import number
from sim.evidence.records import LeverRow
from sim.evidence.seeds import Seeds
from sim.evidence.tables import expand
from sim.policy.errors import ScenarioError

SWITCH_WORDS = {"true": 1.0, "on": 1.0, "false": 0.0, "off": 0.0}


@dataclass(frozen=True, slots=True)
class Lever:
    """A setting with its range and today's value, in `unit`; `cost` says what moving it costs."""

    id: str
    group: str
    label: str
    unit: str
    low: float
    high: float
    default: float
    kind: str
    help: str
    cost: str
    sources: tuple[str, ...]
    grade: str
    note: str


def levers(seeds: Seeds) -> dict[str, Lever]:
    """Every lever by id; `doctrine.*` becomes one lever per state and `output.*` one per category.

    A fact for a concrete id (such as `doctrine.POL.speed`) takes precedence over that of its pattern.
    """
    names = {state.id: state.name for state in seeds.states()}
    names |= {category.id: category.label for category in seeds.categories()}
    states = tuple(state.id for state in seeds.states())
    categories = tuple(category.id for category in seeds.categories())
    found: dict[str, Lever] = {}
    for row in seeds.levers():
        for name in expand(row.id, states, categories):
            who = next((part for part in name.split(".")[1:] if part in names), "") if "*" in row.id else ""
            found[name] = _lever(seeds, row, name, names.get(who, ""))
    return found


def _lever(seeds: Seeds, row: LeverRow, name: str, who: str) -> Lever:
    fact = seeds.fact(name if seeds.has(name, "default") else row.id, "default")
    label = row.label.replace("*", who) if "*" in row.label or not who else f"{who}: {row.label}"
    return Lever(
        id=name,
        group=row.group,
        label=label,
        unit=fact.unit,
        low=fact.low,
        high=fact.high,
        default=fact.value,
        kind=row.kind,
        help=row.help.replace("*", who) if who else row.help,
        cost=row.cost,
        sources=fact.sources,
        grade=fact.grade,
        note=fact.note,
    )


def find_lever(name: str, known: Mapping[str, Lever]) -> Lever:
    """The lever of this id; raises ScenarioError naming the nearest."""
    if name not in known:
        raise ScenarioError(f"unknown lever {quoted(name)}; {nearest(name, known)}")
    return known[name]


def check_value(lever: Lever, raw: object) -> float:
    """The setting as a float within the lever's range; raises ScenarioError naming the range."""
    if isinstance(raw, bool) and lever.kind == "switch":
        return float(raw)
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise ScenarioError(f"{lever.id}: {quoted(raw)} is not a number")
    try:
        value = float(raw) + 0.0  # adding zero turns -0.0 into 0.0: equal settings, equal fingerprints
    except OverflowError:
        value = math.inf
    if not math.isfinite(value) or not lever.low <= value <= lever.high:
        raise ScenarioError(
            f"{lever.id}: {value:g} is outside its range {lever.low:g} to {lever.high:g} {lever.unit}"
        )
    if lever.kind == "switch" and value not in (0.0, 1.0):
        raise ScenarioError(f"{lever.id}: {value:g} is neither 0 (off) nor 1 (on)")
    return value


def parse_set(text: str, known: Mapping[str, Lever]) -> tuple[str, float]:
    """Reads "lever=value" from a command line; raises ScenarioError with one sentence."""
    name, equals, value = text.partition("=")
    if not equals:
        raise ScenarioError(f"{quoted(text)} is not of the form lever=value, such as dialogue=0.8")
    lever = find_lever(name.strip(), known)
    return lever.id, parse_value(lever, value)


def parse_value(lever: Lever, text: str) -> float:
    """A setting written as text (a number, or on/off for a switch); raises ScenarioError."""
    word = text.strip()
    if lever.kind == "switch" and word.lower() in SWITCH_WORDS:
        return SWITCH_WORDS[word.lower()]
    value = number(word)
    if value is None:
        raise ScenarioError(f"{lever.id}: {quoted(word)} is not a number")
    return check_value(lever, value)
