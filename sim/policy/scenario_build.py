"""Turns scenario files into scenarios: follows `extends`, merges, and checks every name against the seeds."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from sim.evidence.facts import nearest, quoted
from sim.evidence.seeds import DEFAULT_FOLDER as DEFAULT_SEEDS
from sim.evidence.seeds import Seeds, load_seeds
from sim.evidence.starts import BASE, STARTS
from sim.policy.assumptions import check_facts
from sim.policy.dates import month_index, years_within
from sim.policy.errors import ScenarioError
from sim.policy.levers import Lever, check_value, find_lever, levers
from sim.policy.measures import ALLIANCE, MEASURES
from sim.policy.scenario import DEFAULT_HORIZON, Card, Expectation, Scenario, Scheduled
from sim.policy.scenario_file import (
    NAME,
    ExpectPart,
    ScenarioFile,
    SchedulePart,
    ShockPart,
    find_file,
    flat,
    read_file,
)
from sim.policy.shocks import Shock, shocks

LONGEST_CHAIN = 10
Key = TypeVar("Key")
Item = TypeVar("Item")


def load_chain(name_or_path: str | Path, seeds: Seeds | None, folder: Path) -> Scenario:
    """A scenario by name or by path of a .toml file; raises ScenarioError."""
    if isinstance(name_or_path, Path) or name_or_path.endswith(".toml"):
        path = Path(name_or_path)
        if not NAME.fullmatch(path.stem):
            message = "needs a file name of lower-case letters, digits and underscores"
            raise ScenarioError(f"the scenario file {quoted(path.name)} {message}")
        folders: tuple[Path, ...] = (path.parent, folder)
    else:
        path, folders = find_file(name_or_path, (folder,)), (folder,)
    return build_scenario(read_file(path), path.stem, seeds, folders)


def build_scenario(
    file: ScenarioFile, id: str, seeds: Seeds | None, folders: tuple[Path, ...], chain: tuple[str, ...] = ()
) -> Scenario:
    """A parsed file merged onto the scenario it extends; raises ScenarioError.

    A lever set here drops the dated changes it would inherit; an entry of the schedule or a card at the same
    month replaces the inherited one. Words, expectations and sources are not inherited.
    """
    parent = _parent(file, id, seeds, folders, chain)
    start = _start(file, id, parent)
    seeds = seeds_at(start, seeds)
    known = levers(seeds)
    values = parent.levers if parent else {lever.id: lever.default for lever in known.values()}
    inherited = parent.schedule if parent else ()
    try:
        own = {
            name: check_value(find_lever(name, known), value)
            for name, value in flat(file.levers, "lever", id).items()
        }
        facts = check_facts({**dict(parent.facts if parent else ()), **flat(file.facts, "fact", id)}, seeds)
        schedule = {(e.lever, e.at): e for e in inherited if e.lever not in own}
        schedule |= _unique(((e.lever, e.at), e) for e in _schedule(file.schedule, known, start))
        cards = {(c.card, c.at): c for c in (parent.shocks if parent else ())}
        cards |= _unique(((c.card, c.at), c) for c in _cards(file.shocks, shocks(seeds), start))
        expect = tuple(_expectation(part, seeds) for part in file.expect)
        _check_sources(file.sources, seeds)
        horizon = file.horizon_year or (parent.horizon_year if parent else DEFAULT_HORIZON)
        _check_horizon(horizon, start)
    except ScenarioError as error:
        raise ScenarioError(f"{id}: {error}") from None
    return Scenario(
        id=id,
        title=file.title,
        question=file.question,
        extends=file.extends,
        settings=tuple((values | own).items()),
        schedule=tuple(sorted(schedule.values(), key=lambda e: (e.at, e.lever))),
        shocks=tuple(sorted(cards.values(), key=lambda c: (c.at, c.card))),
        expect=expect,
        sources=tuple(file.sources),
        horizon_year=horizon,
        start=start,
        facts=tuple(sorted(facts.items())),
        catalogue=tuple(known.values()),
    )


def seeds_at(start: str, seeds: Seeds | None = None) -> Seeds:
    """The seeds of a start, from the folder of the given ones."""
    if seeds is None or (seeds.start != start and seeds.folder == DEFAULT_SEEDS):
        return load_seeds(start=start)
    return seeds if seeds.start == start else load_seeds(seeds.folder, start)


def _start(file: ScenarioFile, id: str, parent: Scenario | None) -> str:
    start = file.start or (parent.start if parent else BASE)
    if start not in STARTS:
        known = " and ".join(STARTS)
        raise ScenarioError(f"{id}: start: unknown start {quoted(start)}; the known starts are {known}")
    if parent and start != parent.start:
        raise ScenarioError(f"{id}: start: {start} differs from {parent.start}, the start of {parent.id}")
    return start


def _check_horizon(year: int, start: str) -> None:
    first, last = years_within(start)
    if not first <= year <= last:
        raise ScenarioError(f"horizon_year: {year} is outside {first} to {last}")


def _parent(
    file: ScenarioFile, id: str, seeds: Seeds | None, folders: tuple[Path, ...], chain: tuple[str, ...]
) -> Scenario | None:
    if file.extends is None:
        return None
    if file.extends in (*chain, id):
        raise ScenarioError(f"{id}: extends runs in a circle: {' -> '.join((*chain, id, file.extends))}")
    if len(chain) >= LONGEST_CHAIN:
        raise ScenarioError(f"{id}: extends a chain of more than {LONGEST_CHAIN} scenarios")
    try:
        path = find_file(file.extends, folders)
    except ScenarioError as error:
        raise ScenarioError(f"{id}: extends: {error}") from None
    return build_scenario(read_file(path), path.stem, seeds, folders, (*chain, id))


def _unique(pairs: Iterable[tuple[Key, Item]]) -> dict[Key, Item]:
    found: dict[Key, Item] = {}
    for key, item in pairs:
        if key in found:
            raise ScenarioError(f"{quoted(key)} is given twice")
        found[key] = item
    return found


def _schedule(parts: list[SchedulePart], known: dict[str, Lever], start: str) -> list[Scheduled]:
    found = []
    for place, part in enumerate(parts, 1):
        month_index(part.at, f"schedule[{place}].at", start)
        try:
            value = check_value(find_lever(part.lever, known), part.value)
        except ScenarioError as error:
            raise ScenarioError(f"schedule[{place}]: {error}") from None
        found.append(Scheduled(part.lever, part.at, value, start))
    return found


def _cards(parts: list[ShockPart], known: dict[str, Shock], start: str) -> list[Card]:
    found = []
    for place, part in enumerate(parts, 1):
        month_index(part.at, f"shocks[{place}].at", start)
        if part.card not in known:
            raise ScenarioError(
                f"shocks[{place}]: unknown card {quoted(part.card)}; {nearest(part.card, known)}"
            )
        months = part.months if part.months is not None else min(120, known[part.card].months)
        found.append(Card(part.card, part.at, months, part.strength + 0.0, start))
    return found


def _expectation(part: ExpectPart, seeds: Seeds) -> Expectation:
    if part.measure not in MEASURES:
        raise ScenarioError(
            f"expect: unknown measure {quoted(part.measure)}; {nearest(part.measure, MEASURES)}"
        )
    if MEASURES[part.measure].scope == "industry":
        places = [industry.id for industry in seeds.industries()]
    else:
        places = [ALLIANCE, *(state.id for state in seeds.states())]
    if part.place not in places:
        raise ScenarioError(f"expect: unknown place {quoted(part.place)}; {nearest(part.place, places)}")
    return Expectation(part.measure, part.place, part.direction, part.why)


def _check_sources(names: list[str], seeds: Seeds) -> None:
    for name in names:
        if name not in seeds.sources:
            raise ScenarioError(f"sources: unknown source {quoted(name)}; {nearest(name, seeds.sources)}")
