"""A scenario: what differs from today, as one frozen record that describes a run and is not one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from sim.evidence.seeds import Seeds
from sim.evidence.starts import BASE
from sim.policy.dates import month_index
from sim.policy.errors import ScenarioError
from sim.policy.levers import Lever, check_value, find_lever

__all__ = [
    "Card",
    "Expectation",
    "Scenario",
    "ScenarioError",
    "Scheduled",
    "from_query",
    "list_scenarios",
    "load_scenario",
    "scenario_from_dict",
    "scenario_from_toml",
]

DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "scenarios"
DEFAULT_HORIZON = 2030


@dataclass(frozen=True, slots=True)
class Scheduled:
    """From month `at` ("2028-01") on, a lever stands at `value`."""

    lever: str
    at: str
    value: float
    start: str = BASE

    @property
    def month(self) -> int:
        """The month as the model counts it, 0 = the start of the scenario."""
        return month_index(self.at, start=self.start)


@dataclass(frozen=True, slots=True)
class Card:
    """A shock placed by hand: card id, first month, duration in months, strength (1 = as in the seeds)."""

    card: str
    at: str
    months: int
    strength: float
    start: str = BASE

    @property
    def month(self) -> int:
        """The first month as the model counts it, 0 = the start of the scenario."""
        return month_index(self.at, start=self.start)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the author expected before the first run: a measure at a place becomes more or less."""

    measure: str
    place: str
    direction: str
    why: str


@dataclass(frozen=True)
class Scenario:
    """Levers, dated changes and cards of one question; compare two with `fingerprint`.

    `settings` holds the value of every lever; `catalogue` the levers themselves, to check changes.
    `start`: the first month of the run ("2026-01" or "2022-02"), at which its seeds stand.
    `facts`: assumptions, facts of the seeds held at a value of their own (sim/policy/assumptions.py).
    `horizon_year`: gap-years are counted up to 1 January of this year.
    """

    id: str
    title: str
    question: str
    extends: str | None
    settings: tuple[tuple[str, float], ...]
    schedule: tuple[Scheduled, ...]
    shocks: tuple[Card, ...]
    expect: tuple[Expectation, ...]
    sources: tuple[str, ...]
    horizon_year: int
    start: str
    facts: tuple[tuple[str, float], ...]
    catalogue: tuple[Lever, ...] = field(compare=False, repr=False)

    @property
    def levers(self) -> dict[str, float]:
        """The value of every lever at the start, by id (a copy: changing it changes nothing)."""
        return self._levers.copy()

    @cached_property
    def _levers(self) -> dict[str, float]:
        """Made once: building the plan of a run asks for it again with each lever."""
        return dict(self.settings)

    @property
    def deviations(self) -> dict[str, float]:
        """The levers that do not stand at today's value, by id."""
        today = {lever.id: lever.default for lever in self.catalogue}
        return {name: value for name, value in self.settings if value != today[name]}

    def with_levers(self, changes: Mapping[str, float]) -> Scenario:
        """A new scenario with these levers set for the whole run; their dated changes are dropped.

        Its id is that of the named scenario, a hyphen and six letters of its fingerprint.
        Raises ScenarioError.
        """
        if not changes:
            return self
        known = {lever.id: lever for lever in self.catalogue}
        values = {name: check_value(find_lever(name, known), value) for name, value in changes.items()}
        changed = replace(
            self,
            settings=tuple((self.levers | values).items()),
            schedule=tuple(entry for entry in self.schedule if entry.lever not in values),
        )
        if changed.fingerprint() == self.fingerprint():
            return self
        return changed._named_anew()

    def with_cards(self, cards: Sequence[Card]) -> Scenario:
        """A new scenario with these shock cards placed besides its own; its id as in `with_levers`.

        Raises ScenarioError for a month outside the run.
        """
        if not cards:
            return self
        for card in cards:
            month_index(card.at, start=self.start)
        changed = replace(self, shocks=(*self.shocks, *cards))
        return changed._named_anew()

    def with_schedule(self, entries: Sequence[Scheduled]) -> Scenario:
        """A new scenario with these dated changes too; they replace its own of the same lever and month.

        Its id as in `with_levers`. Raises ScenarioError for a month outside the run or a lever's range.
        """
        if not entries:
            return self
        known = {lever.id: lever for lever in self.catalogue}
        found = {(entry.lever, entry.at): entry for entry in self.schedule}
        for entry in entries:
            month_index(entry.at, start=self.start)
            value = check_value(find_lever(entry.lever, known), entry.value)
            found[entry.lever, entry.at] = replace(entry, value=value, start=self.start)
        changed = replace(
            self, schedule=tuple(sorted(found.values(), key=lambda entry: (entry.at, entry.lever)))
        )
        return changed._named_anew()

    def with_facts(self, values: Mapping[str, float], seeds: Seeds | None = None) -> Scenario:
        """A new scenario with these facts held at a value too; its id as in `with_levers`.

        Raises ScenarioError for a fact that is unknown or read by no run, and for a value outside its limits.
        """
        if not values:
            return self
        from sim.policy.assumptions import check_facts
        from sim.policy.scenario_build import seeds_at

        held = check_facts(dict(self.facts) | dict(values), seeds_at(self.start, seeds))
        changed = replace(self, facts=tuple(sorted(held.items())))
        return changed._named_anew()

    def _named_anew(self) -> Scenario:
        """This scenario under the id of a changed one."""
        return replace(self, id=f"{self.base_id}-{self.fingerprint()[:6]}")

    @property
    def file_name(self) -> str:
        """The name under which to save it; an id with a hyphen would not be read back as a name."""
        return f"{self.id.replace('-', '_')}.toml"

    @property
    def base_id(self) -> str:
        """The id of the named scenario this one was changed from."""
        return self.id.partition("-")[0]

    def fingerprint(self) -> str:
        """sha256 over all that can change a run: levers, dates, shocks, horizon, start, facts.

        The words are not in it. The usual start and the usual facts are left out, so that fingerprints from
        before there were others still hold.
        """
        content: dict[str, object] = {
            "levers": sorted(self.settings),
            "schedule": [(entry.at, entry.lever, entry.value) for entry in self.schedule],
            "shocks": [(card.at, card.card, card.months, card.strength) for card in self.shocks],
            "horizon_year": self.horizon_year,
        }
        if self.start != BASE:
            content["start"] = self.start
        if self.facts:
            content["facts"] = sorted(self.facts)
        text = json.dumps(content, sort_keys=True, allow_nan=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def to_toml(self, model_version: str = "") -> str:
        """The scenario as a file that stands alone: reading it gives the same fingerprint.

        The first line names the model version it was saved with, where there is one to name.
        """
        from sim.policy.scenario_text import scenario_toml

        return scenario_toml(self, model_version)

    def to_query(self, seeds: Seeds | None = None, folder: Path | None = None) -> str:
        """The scenario as a short text for a link: the named scenario it comes from and what differs."""
        from sim.policy.scenario_link import to_query

        return to_query(self, seeds, folder)


def load_scenario(
    name_or_path: str | Path,
    set: Mapping[str, float] | None = None,
    seeds: Seeds | None = None,
    folder: Path | None = None,
    facts: Mapping[str, float] | None = None,
) -> Scenario:
    """A named scenario of `scenarios/`, or a .toml file, with levers and facts set on top.

    Raises ScenarioError.

    Names in `extends` are looked up beside the file first, then in the folder. The seeds are those of the
    scenario's start, whichever start the given ones stand at.
    """
    from sim.policy.scenario_build import load_chain

    scenario = load_chain(name_or_path, seeds, folder or DEFAULT_FOLDER)
    return scenario.with_levers(set or {}).with_facts(facts or {}, seeds)


def list_scenarios(folder: Path | None = None) -> tuple[str, ...]:
    """The names of the scenarios in a folder (default: the repository's), the baseline first."""
    names = sorted(path.stem for path in (folder or DEFAULT_FOLDER).glob("*.toml"))
    return tuple(sorted(names, key=lambda name: name != "baseline"))


def scenario_from_dict(
    data: Mapping[str, object], id: str = "custom", seeds: Seeds | None = None, folder: Path | None = None
) -> Scenario:
    """A scenario from a mapping with the keys of a scenario file; raises ScenarioError."""
    from sim.policy.scenario_build import build_scenario
    from sim.policy.scenario_file import parse_dict

    return build_scenario(parse_dict(data, id), id, seeds, (folder or DEFAULT_FOLDER,))


def scenario_from_toml(
    content: str | bytes, id: str = "custom", seeds: Seeds | None = None, folder: Path | None = None
) -> Scenario:
    """A scenario from the text of a file, such as an upload; raises ScenarioError."""
    from sim.policy.scenario_build import build_scenario
    from sim.policy.scenario_file import parse_toml

    raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    return build_scenario(parse_toml(raw, id), id, seeds, (folder or DEFAULT_FOLDER,))


def from_query(text: str, seeds: Seeds | None = None, folder: Path | None = None) -> Scenario:
    """The scenario of a link made by `to_query`, checked like a file; raises ScenarioError."""
    from sim.policy.scenario_link import from_query as read

    return read(text, seeds, folder)
