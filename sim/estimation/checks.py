"""A check: what was asked of the model, what was measured, and whether it holds."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Kind = Literal["pattern", "plausibility"]
FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Found:
    """What was measured. `low`, `high` and `target` replace those of the list where the record sets them.

    `holds` says whether the check holds where that is more than a number within its range.
    """

    value: float
    note: str = ""
    low: float | None = None
    high: float | None = None
    target: str = ""
    holds: bool | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One row of a list of checks: its words, and its range where that does not come from the record."""

    name: str
    about: str
    title: str
    target: str
    low: float | None
    high: float | None
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class Check:
    """One check with its outcome; `about` is the number of a pattern or the subject of a range."""

    name: str
    kind: Kind
    about: str
    title: str
    source: str
    target: str
    low: float | None
    high: float | None
    unit: str
    measured: float
    passed: bool
    note: str

    def record(self) -> dict[str, Any]:
        """The check as plain data; a bound that does not exist, or a value not measured, is null."""
        return {
            "name": self.name, "kind": self.kind, "about": self.about, "title": self.title,
            "source": self.source, "target": self.target, "tolerance": [self.low, self.high],
            "unit": self.unit, "measured": self.measured, "pass": self.passed, "note": self.note,
        }  # fmt: skip


def read_list(file: str, folder: Path = FOLDER) -> tuple[Asked, ...]:
    """The checks asked for in a file beside this module, in its order."""
    with (folder / file).open(encoding="utf-8", newline="") as text:
        return tuple(
            Asked(
                row["name"], row["about"], row["title"], row["target"],
                _bound(row["low"]), _bound(row["high"]), row["unit"], row["source"],
            )
            for row in csv.DictReader(text)
        )  # fmt: skip


def _bound(cell: str) -> float | None:
    return float(cell) if cell else None


def judge(kind: Kind, asked: Asked, found: Found) -> Check:
    """A check from what was asked and what was found; a value that is not a number does not hold."""
    low = asked.low if found.low is None else found.low
    high = asked.high if found.high is None else found.high
    holds = within(found.value, low, high) if found.holds is None else found.holds
    note = found.note if math.isfinite(found.value) else found.note or "nothing to measure in this run"
    return Check(
        asked.name, kind, asked.about, asked.title, asked.source, found.target or asked.target,
        low, high, asked.unit, found.value, holds and math.isfinite(found.value), note,
    )  # fmt: skip


def judge_all(kind: Kind, asked: Sequence[Asked], found: Mapping[str, Found]) -> list[Check]:
    """All checks of a list; raises ValueError where a check has no measurement or a measurement no check."""
    names = {one.name for one in asked}
    if names != set(found):
        raise ValueError(f"checks and measurements differ: {sorted(names ^ set(found))}")
    return [judge(kind, one, found[one.name]) for one in asked]


def within(value: float, low: float | None, high: float | None) -> bool:
    """Whether a number lies between two bounds, both included, of which either may be missing."""
    return (low is None or value >= low) and (high is None or value <= high)


def tally(checks: Iterable[Check]) -> dict[Kind, list[bool]]:
    """Whether each pattern holds (where all of its checks do) and whether each range does."""
    patterns: dict[str, bool] = {}
    ranges: list[bool] = []
    for check in checks:
        if check.kind == "pattern":
            patterns[check.about] = patterns.get(check.about, True) and check.passed
        else:
            ranges.append(check.passed)
    return {"pattern": list(patterns.values()), "plausibility": ranges}


def headline(checks: Iterable[Check]) -> str:
    """How many patterns hold and how many ranges."""
    patterns, ranges = tally(checks).values()
    return f"{sum(patterns)} of {len(patterns)} patterns, {sum(ranges)} of {len(ranges)} ranges hold"
