"""Worlds of scenarios: built once per set of seeds; a held fact is put in its place, where it has one.

Building a world takes a tenth of a second, as long as dozens of replications. Most facts do nothing but stand
in the template and be drawn at their spot, so holding one is to write its value there and to drop the draw.
Which facts these are is watched while the world is built: the builder wrote the fact, and nothing else asked
the seeds for it, nor read it back, nor wrote over it. Every other fact has the world built anew.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import numpy as np

from sim.evidence.facts import Fact
from sim.evidence.seeds import Seeds, load_seeds
from sim.evidence.starts import BASE
from sim.model.builder import Builder
from sim.model.records import Array
from sim.model.world import World, words_of
from sim.policy.assumptions import find_fact, with_facts

Name = tuple[str, str]  # subject and attribute
Cell = tuple[str, int | None, str | None]  # table, row, field; None = all of them
Held = tuple[tuple[str, float], ...]

_building = threading.Lock()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact stands: a cell of the template, and the row among the spots where it is drawn."""

    cell: tuple[str, int, str]
    spot: int | None


@dataclass(frozen=True, eq=False)
class Built:
    """A world, and the places of the facts that do nothing but stand there."""

    world: World
    places: Mapping[Name, tuple[Place, ...]]


def world_of(seeds: Seeds | None = None, start: str = BASE, facts: Held = ()) -> World:
    """The world of the given seeds, or of the project's own at a start such as "2022-02" (kept once built).

    facts: those a scenario holds at a value of its own (`Scenario.facts`).
    """
    known = seeds or load_seeds(start=start)
    with _building:  # or several threads would build the same world
        return _world(known, facts) if facts else _built(known, ()).world


@lru_cache(maxsize=64)
def _world(seeds: Seeds, facts: Held) -> World:
    """The world of seeds with facts held: as few as possible are built in, the others put in their places."""
    built_in: Held = ()
    while True:
        built = _built(seeds, built_in)
        named = {name: _name_of(name, seeds) for name, _ in facts}
        done = {name for name, _ in built_in}
        more = [name for name, of in named.items() if name not in done and of not in built.places]
        if not more:
            break
        built_in = tuple(one for one in facts if one[0] in done or one[0] in more)
    return holding(built, {named[name]: value for name, value in facts if name not in done})


def _name_of(name: str, seeds: Seeds) -> Name:
    fact = find_fact(name, seeds)
    return fact.subject, fact.attribute


@lru_cache(maxsize=12)
def _built(seeds: Seeds, facts: Held) -> Built:
    return watched_build(with_facts(seeds, dict(facts)))


def holding(built: Built, values: Mapping[Name, float]) -> World:
    """The world with these facts at a value and never drawn; every fact must have its places."""
    template, dropped = dict(built.world.template), []
    for name, value in values.items():
        for place in built.places[name]:
            table, row, column = place.cell
            if template[table] is built.world.template[table]:
                template[table] = _copied(template[table])
            template[table][column][row] = value
            dropped += [place.spot] if place.spot is not None else []
    return replace(built.world, template=template, spots=np.delete(built.world.spots, dropped))


def _copied(table: Array) -> Array:
    """A copy with what lies between its fields, which numpy's own leaves to chance."""
    copy = np.zeros_like(table)
    words_of(copy)[:] = words_of(table)
    return copy


def watched_build(seeds: Seeds) -> Built:
    """Build the world of seeds, and note the facts that are only written: to cells of their own, never read.

    A fact that nobody asked for has no places: holding it changes nothing.
    """
    builder = _Watching(seeds)
    world = builder.build()
    log = builder.log
    written = Counter(place.cell for places in log.places.values() for place in places)

    def alone(place: Place) -> bool:
        table, row, column = place.cell
        touched = {(table, row, column), (table, None, column), (table, None, None)}
        return written[place.cell] == 1 and not touched & log.touched

    found = {name: tuple(log.places.get(name, ())) for name in seeds.facts if name not in log.asked}
    places = {name: where for name, where in found.items() if all(map(alone, where))}
    return Built(replace(world, template=dict(world.template.items())), places)


@dataclass
class _Log:
    """What was seen of a building: facts asked for otherwise than to write them, cells touched otherwise."""

    places: dict[Name, list[Place]] = field(default_factory=dict)
    asked: set[Name] = field(default_factory=set)
    touched: set[Cell] = field(default_factory=set)
    writing: bool = False  # the builder is writing a fact: what it asks for and touches now is that fact


class _Watching(Builder):
    """A builder that keeps a log."""

    def __init__(self, seeds: Seeds) -> None:
        self.log = _Log()
        super().__init__(replace(seeds, facts=_Facts(seeds.facts, self.log)))
        self.tables = _Tables(self.log)

    def fact(self, table: str, row: int, field: str, subject: str, attribute: str, key: str = "") -> None:
        """Write a fact as any builder does, and note where."""
        before = len(self.spots)
        self.log.writing = True
        super().fact(table, row, field, subject, attribute, key)
        self.log.writing = False
        place = Place((table, int(row), field), before if len(self.spots) > before else None)
        self.log.places.setdefault((subject, attribute), []).append(place)


class _Facts(Mapping[Name, Fact]):
    """Facts that note who is asked for; whether there is one, and which there are, anybody may ask."""

    def __init__(self, facts: Mapping[Name, Fact], log: _Log) -> None:
        self._facts, self._log = facts, log

    def __getitem__(self, name: Name) -> Fact:
        if not self._log.writing:
            self._log.asked.add(name)
        return self._facts[name]

    def __contains__(self, name: object) -> bool:
        return name in self._facts

    def __iter__(self) -> Iterator[Name]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)


class _Tables(dict[str, Any]):
    """The tables of a builder; whoever takes one that is not to write a fact gets it with a watch on it."""

    def __init__(self, log: _Log) -> None:
        super().__init__()
        self._log = log

    def __getitem__(self, name: str) -> Any:
        table = super().__getitem__(name)
        return table if self._log.writing else _Table(name, table, self._log)


class _Table:
    """A table that notes what is read of it and written to it."""

    def __init__(self, name: str, table: Array, log: _Log) -> None:
        self._name, self._table, self._log = name, table, log

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, int | np.integer):
            return _Row(self._name, int(key) % len(self._table), self._table, self._log)
        self._log.touched.add((self._name, None, key if isinstance(key, str) else None))
        return self._table[key]

    def __setitem__(self, key: Any, value: Any) -> None:
        self._log.touched.add((self._name, None, key if isinstance(key, str) else None))
        self._table[key] = value

    def __len__(self) -> int:
        return len(self._table)

    def __getattr__(self, name: str) -> Any:
        if name != "reshape":
            self._log.touched.add((self._name, None, None))
        return getattr(self._table, name)


class _Row:
    """A row of a table that notes what is read of it and written to it."""

    def __init__(self, name: str, row: int, table: Array, log: _Log) -> None:
        self._name, self._row, self._table, self._log = name, row, table, log

    def __getitem__(self, column: str) -> Any:
        self._log.touched.add((self._name, self._row, column))
        return self._table[self._row][column]

    def __setitem__(self, column: str, value: Any) -> None:
        self._log.touched.add((self._name, self._row, column))
        self._table[self._row][column] = value
