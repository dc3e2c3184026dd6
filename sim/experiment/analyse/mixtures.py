"""What differs between two scenarios, and the scenarios in between that have only some of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from sim.policy.assumptions import EARLIER, LATER
from sim.policy.errors import ScenarioError
from sim.policy.scenario import Scenario

Kind = Literal["lever", "card", "fact"]
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two scenarios: a lever with its dated changes, a shock card, or a held fact.

    names: the lever, the card or the facts; the dates of one order, of which the first may never come after
    the last, change together.
    """

    kind: Kind
    names: tuple[str, ...]

    @property
    def id(self) -> str:
        """The lever, card or fact; of the two dates of an order both, with a plus between."""
        return "+".join(self.names)


def changes(base: Scenario, other: Scenario) -> tuple[Change, ...]:
    """Every difference that can change a run, levers first, then cards and facts.

    A card that is placed at another month, or in another strength, is one difference. Raises ScenarioError
    where start or horizon differ, and where nothing else does.
    """
    for what in ("start", "horizon_year"):
        here, there = getattr(base, what), getattr(other, what)
        if here != there:
            raise ScenarioError(
                f"{base.id} has {what} {here} and {other.id} has {there}; only scenarios with the same "
                f"{what} can be taken apart"
            )
    levers = [name for name in base.levers if lever_of(base, name) != lever_of(other, name)]
    cards = dict.fromkeys(card.card for card in (*base.shocks, *other.shocks))
    differing = [name for name in cards if cards_of(base, name) != cards_of(other, name)]
    one, two = dict(base.facts), dict(other.facts)
    facts = sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))
    found = [Change("lever", (name,)) for name in levers]
    found += [Change("card", (name,)) for name in differing]
    found += [Change("fact", names) for names in _dates_together(facts)]
    if not found:
        raise ScenarioError(f"{base.id} and {other.id} are alike: nothing differs that could change a run")
    return tuple(found)


def mixed(base: Scenario, other: Scenario, chosen: Collection[Change]) -> Scenario:
    """The base with the chosen differences as they are in the other scenario."""
    levers, cards, facts = (
        {name for change in chosen if change.kind == kind for name in change.names}
        for kind in ("lever", "card", "fact")
    )
    theirs, held, values = other.levers, dict(other.facts), dict(base.facts)
    kept = {name: value for name, value in values.items() if name not in facts}
    kept |= {name: held[name] for name in facts if name in held}
    found = replace(
        base,
        settings=tuple((name, theirs[name] if name in levers else own) for name, own in base.settings),
        schedule=_merged(base.schedule, other.schedule, levers, "lever"),
        shocks=_merged(base.shocks, other.shocks, cards, "card"),
        facts=tuple(sorted(kept.items())),
        expect=(),
    )
    return replace(found, id=f"{base.base_id}-{found.fingerprint()[:6]}")


def lever_of(scenario: Scenario, name: str) -> tuple[float, tuple[tuple[str, float], ...]]:
    """A lever's setting at the start, and its dated changes as months and values."""
    return scenario.levers[name], tuple((e.at, e.value) for e in scenario.schedule if e.lever == name)


def cards_of(scenario: Scenario, name: str) -> tuple[tuple[str, int, float], ...]:
    """The placements of a shock card: month, duration in months and strength."""
    return tuple(sorted((c.at, c.months, c.strength) for c in scenario.shocks if c.card == name))


def side(scenario: Scenario, change: Change) -> dict[str, Any]:
    """How a difference stands in one of the two scenarios, as plain data."""
    if change.kind == "lever":
        value, dated = lever_of(scenario, change.names[0])
        return {"value": value, "dated": [{"at": at, "value": then} for at, then in dated]}
    if change.kind == "card":
        placed = cards_of(scenario, change.names[0])
        return {"placed": [{"at": at, "months": n, "strength": size} for at, n, size in placed]}
    held = dict(scenario.facts)
    return {"held": {name: held[name] for name in change.names if name in held}}


def _merged(ours: Sequence[Item], theirs: Sequence[Item], chosen: set[str], field: str) -> tuple[Item, ...]:
    """Entries of the base, those of the chosen names as in the other; by date, as files are read."""
    found = [one for one in ours if getattr(one, field) not in chosen]
    found += [one for one in theirs if getattr(one, field) in chosen]
    return tuple(sorted(found, key=lambda one: (one.at, getattr(one, field))))  # type: ignore[attr-defined]


def _dates_together(facts: list[str]) -> list[tuple[str, ...]]:
    """The facts one by one, but the first and the last date of an order as one."""
    pairs = {name.rpartition(".")[0]: name for name in facts if name.endswith(f".{LATER}")}
    found: list[tuple[str, ...]] = []
    for name in facts:
        order, _, attribute = name.rpartition(".")
        if attribute == EARLIER and order in pairs:
            found.append((name, pairs[order]))
        elif not (attribute == LATER and f"{order}.{EARLIER}" in facts):
            found.append((name,))
    return found
