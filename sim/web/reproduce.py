"""The comparison on screen as a Python program."""

from __future__ import annotations

from dataclasses import replace

from sim.evidence.starts import BASE
from sim.report import program
from sim.report.program import Source
from sim.web import engine
from sim.web.catalogue import Catalogue
from sim.web.choice import Choice


def python(now: Choice, book: Catalogue, replications: int) -> str:
    """A program that runs what is on screen and prints the speed dial: the mean, or the paired difference.

    Where the command line reads a scenario from a file, so does the program; the page saves that file.
    """
    start = book.baselines[now.preset.start]
    base = Source(start.id if start.start == BASE else f"{start.id}.toml", {}, start.horizon_year)
    other: Source | None = Source(now.arguments[0], now.changes, now.preset.horizon_year, now.facts)
    if now.needs_file:
        other = Source(now.file_name, {}, now.until)
    if now.scenario.fingerprint() == replace(start, horizon_year=now.until).fingerprint():
        other = None
    return program.python(base, other, now.place, now.until, replications, engine.RANDOM_SEED)
