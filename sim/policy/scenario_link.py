"""Share links: a named scenario and what differs from it, as text that needs no escaping in an address.

Words separated by `~`: version, base, then groups of a letter and its words: `l` lever value, `h` year,
`n` (the base's schedule and cards do not apply), `s` lever month value, `c` card month months strength,
`t` the first month where no named scenario says it, `f` fact value (facts held at a value).
Example: `1~baseline~l~dialogue~0.8~h~2033`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sim.evidence.facts import nearest, quoted
from sim.evidence.index import number
from sim.evidence.seeds import Seeds
from sim.evidence.starts import BASE
from sim.policy.errors import ScenarioError
from sim.policy.scenario import DEFAULT_FOLDER, Scenario, list_scenarios, load_scenario, scenario_from_dict

VERSION = "1"
MAX_LENGTH = 4000
SAFE = re.compile(r"[A-Za-z0-9._~-]*")
GROUPS = {"l": 2, "h": 1, "n": 0, "s": 3, "c": 4, "t": 1, "f": 2}


def to_query(scenario: Scenario, seeds: Seeds | None = None, folder: Path | None = None) -> str:
    """The text of a link; raises ScenarioError when the scenario is too long for one (use a file)."""
    name, base = _base(scenario, seeds, folder or DEFAULT_FOLDER)
    words = [VERSION, name]
    if not name and scenario.start != BASE:
        words += ["t", scenario.start]
    before = base.levers
    for lever, value in sorted(scenario.settings):
        if before.get(lever) != value:
            words += ["l", lever, _number(value)]
    for fact, value in scenario.facts:
        if (fact, value) not in base.facts:
            words += ["f", fact, _number(value)]
    if scenario.horizon_year != base.horizon_year:
        words += ["h", str(scenario.horizon_year)]
    if (scenario.schedule, scenario.shocks) != (base.schedule, base.shocks):
        words.append("n")
        for entry in scenario.schedule:
            words += ["s", entry.lever, entry.at, _number(entry.value)]
        for card in scenario.shocks:
            words += ["c", card.card, card.at, str(card.months), _number(card.strength)]
    text = "~".join(words)
    if len(text) > MAX_LENGTH:
        raise ScenarioError(
            f"this scenario is too long for a link ({len(text)} of {MAX_LENGTH}); save it as a file"
        )
    return text


def from_query(text: str, seeds: Seeds | None = None, folder: Path | None = None) -> Scenario:
    """The scenario of a link, its parts checked like those of a file; raises ScenarioError."""
    if len(text) > MAX_LENGTH:
        raise ScenarioError(f"the link has {len(text)} characters; the limit is {MAX_LENGTH}")
    if not SAFE.fullmatch(text):
        raise ScenarioError("the link holds characters that no link of this program has")
    version, _, rest = text.partition("~")
    if version != VERSION:
        raise ScenarioError(f"the link has version {quoted(version)}; this program reads version {VERSION}")
    name, _, tail = rest.partition("~")
    folder = folder or DEFAULT_FOLDER
    data = _table(tail.split("~") if tail else [])
    keep, start = data.pop("keep"), data.pop("start", None)
    if name and start is not None:
        raise ScenarioError("link: a named scenario has its own start; remove the part 't'")
    base = (
        load_scenario(name, seeds=seeds, folder=folder)
        if name
        else _defaults(seeds, folder, str(start or BASE))
    )
    changes = scenario_from_dict({"title": base.title, "start": base.start, **data}, "link", seeds, folder)
    levers = base.levers | {lever: changes.levers[lever] for lever in _names(data)}
    scenario = replace(
        base,
        settings=tuple(levers.items()),
        facts=tuple(sorted((dict(base.facts) | dict(changes.facts)).items())),
        schedule=base.schedule if keep else changes.schedule,
        shocks=base.shocks if keep else changes.shocks,
        horizon_year=changes.horizon_year if "horizon_year" in data else base.horizon_year,
    )
    if scenario.fingerprint() == base.fingerprint():
        return base
    return replace(scenario, id=f"{base.id}-{scenario.fingerprint()[:6]}")


def _names(data: dict[str, object]) -> list[str]:
    levers = data["levers"]
    return list(levers) if isinstance(levers, dict) else []


def _base(scenario: Scenario, seeds: Seeds | None, folder: Path) -> tuple[str, Scenario]:
    """The named scenario if the folder has it, else the baseline, else the levers of the start (no name)."""
    known = list_scenarios(folder)
    for candidate in (scenario.base_id, "baseline"):
        if candidate in known:
            found = load_scenario(candidate, seeds=seeds, folder=folder)
            if found.start == scenario.start:
                return candidate, found
    return "", _defaults(seeds, folder, scenario.start)


def _defaults(seeds: Seeds | None, folder: Path, start: str) -> Scenario:
    title = "Today's levers" if start == BASE else f"Levers of {start}"
    return scenario_from_dict({"title": title, "start": start}, "custom", seeds, folder)


def _table(words: list[str]) -> dict[str, object]:
    """The groups of a link as the keys of a scenario file, plus `keep` (the base's dated entries apply)."""
    levers: dict[str, object] = {}
    facts: dict[str, object] = {}
    schedule: list[dict[str, object]] = []
    shocks: list[dict[str, object]] = []
    found: dict[str, object] = {"levers": levers, "facts": facts, "schedule": schedule, "shocks": shocks}
    found["keep"] = True
    for letter, group in _groups(words):
        if letter in ("l", "f"):
            what, table = ("lever", levers) if letter == "l" else ("fact", facts)
            if group[0] in table:
                raise ScenarioError(f"link: the {what} {quoted(group[0])} is set twice")
            table[group[0]] = _float(group[1])
        elif letter == "h":
            found["horizon_year"] = _int(group[0])
        elif letter == "n":
            found["keep"] = False
        elif letter == "t":
            found["start"] = group[0]
        elif letter == "s":
            schedule.append({"lever": group[0], "at": group[1], "value": _float(group[2])})
        else:
            card = {"card": group[0], "at": group[1], "months": _int(group[2]), "strength": _float(group[3])}
            shocks.append(card)
    if found["keep"] and (schedule or shocks):
        raise ScenarioError("link: dated entries without the letter 'n' before them")
    return found


def _groups(words: list[str]) -> Iterator[tuple[str, list[str]]]:
    place = 0
    while place < len(words):
        letter = words[place]
        if letter not in GROUPS:
            raise ScenarioError(f"link: unknown part {quoted(letter)}; {nearest(letter, GROUPS)}")
        group = words[place + 1 : place + 1 + GROUPS[letter]]
        if len(group) < GROUPS[letter]:
            raise ScenarioError(f"link: the part {quoted(letter)} is cut off")
        yield letter, group
        place += 1 + GROUPS[letter]


def _number(value: float) -> str:
    """The shortest text that reads back as the same number, without the `+` of large exponents."""
    text = repr(value)
    return text.removesuffix(".0").replace("e+", "e")


def _float(text: str) -> float:
    value = number(text)
    if value is None:
        raise ScenarioError(f"link: {quoted(text)} is not a number")
    return value


def _int(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,6}", text):
        raise ScenarioError(f"link: {quoted(text)} is not a whole number")
    return int(text)
