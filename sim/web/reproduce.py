"""The comparison on screen as a few lines of Python that give the same numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sim.evidence.starts import BASE
from sim.web import engine
from sim.web.catalogue import Catalogue
from sim.web.choice import Choice

SPEED = "gap_years"


def python(now: Choice, book: Catalogue, replications: int) -> str:
    """A program that runs what is on screen and prints the speed dial: the mean, or the paired difference.

    Where the command line reads a scenario from a file, so does the program; the page saves that file.
    """
    base = book.baselines[now.preset.start]
    lines = _load("base", base.id if base.start == BASE else f"{base.id}.toml", {}, base.horizon_year, now)
    if now.scenario.fingerprint() == replace(base, horizon_year=now.until).fingerprint():
        lines.append(_run("base", replications))
        lines += [
            f'values = base.values["{SPEED}"][:, base.places.index("{now.place}")]',
            "print(values.mean())",
        ]
    else:
        changes, year = ({}, now.until) if now.needs_file else (now.changes, now.preset.horizon_year)
        lines += _load("other", now.arguments[0], changes, year, now)
        lines += [_run("base", replications), _run("other", replications)]
        lines.append(f'print(sim.compare(base, other).difference(other, "{SPEED}", "{now.place}"))')
    head = ["from dataclasses import replace", ""] if any("replace(" in line for line in lines) else []
    return "\n".join([*head, "import sim", "", *lines])


def _load(name: str, file: str, changes: Mapping[str, float], year: int, now: Choice) -> list[str]:
    """The lines that load a scenario and count its gaps until the chosen year."""
    levers = f", set={dict(changes)!r}" if changes else ""
    lines = [f'{name} = sim.load_scenario("{file}"{levers})']
    return lines if year == now.until else [*lines, f"{name} = replace({name}, horizon_year={now.until})"]


def _run(name: str, replications: int) -> str:
    """The line that runs a scenario with the random seed of the page."""
    return f"{name} = sim.run({name}, replications={replications}, random_seed={engine.RANDOM_SEED})"
