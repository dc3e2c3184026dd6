"""A comparison as a few lines of Python that give the same numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

SPEED = "gap_years"
NOTHING: Mapping[str, float] = {}


@dataclass(frozen=True)
class Source:
    """Where a program finds a scenario: name or file, levers and facts on top, the year its gaps count to."""

    file: str
    changes: Mapping[str, float]
    horizon_year: int
    facts: Mapping[str, float] = field(default_factory=dict)


def python(
    base: Source, other: Source | None, place: str, until: int, replications: int, random_seed: int
) -> str:
    """A program that prints the paired difference in gap-years of a place; without another, their mean."""
    runs = {"base": base} | ({"other": other} if other else {})
    lines = [line for name, source in runs.items() for line in _load(name, source, until)]
    lines += [
        f"{name} = sim.run({name}, replications={replications}, random_seed={random_seed})" for name in runs
    ]
    if other:
        lines.append(f'print(sim.compare(base, other).difference(other, "{SPEED}", "{place}"))')
    else:
        lines.append(f'print(base.values["{SPEED}"][:, base.places.index("{place}")].mean())')
    dated = any(source.horizon_year != until for source in runs.values())
    head = ["from dataclasses import replace", ""] if dated else []
    return "\n".join([*head, "import sim", "", *lines])


def _load(name: str, source: Source, until: int) -> list[str]:
    """The lines that load a scenario and count its gaps until the chosen year."""
    lines = [f"{name} = {loading(source.file, source.changes, source.facts)}"]
    if source.horizon_year != until:
        lines.append(f"{name} = replace({name}, horizon_year={until})")
    return lines


def loading(file: str, changes: Mapping[str, float] = NOTHING, facts: Mapping[str, float] = NOTHING) -> str:
    """The call that loads a scenario by name or file with levers and facts set on top."""
    levers = f", set={dict(changes)!r}" if changes else ""
    held = f", facts={dict(facts)!r}" if facts else ""
    return f'sim.load_scenario("{file}"{levers}{held})'
