"""What the documents of the project hold: published checks, reasons of those that fail, prose by heading.

The documents lie beside `sim`, as seeds and scenarios do. Where they are missing, there is nothing to show.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sim.estimation.checks import Check
from sim.report.language import _

DOCS = Path(__file__).resolve().parents[2] / "docs"
REASON = re.compile(r"^- `([^`]+)`: (.+(?:\n  .+)*)", flags=re.MULTILINE)
PATTERN = re.compile(r"^\| (\d+) ([^|]+?) \|", flags=re.MULTILINE)
LINK = re.compile(r"\[[^\]]+\]\((?!\w+:)([^)#]+)(?:#[^)]*)?\)")


@cache
def checks(folder: Path = DOCS) -> tuple[Check, ...]:
    """The published results of `sim patterns`, in their order; none where the file is not there."""
    file = folder / "patterns.json"
    return tuple(map(_check, json.loads(file.read_text(encoding="utf-8")))) if file.is_file() else ()


@cache
def measured_with(folder: Path = DOCS) -> str:
    """The model version the published results were measured with; empty for none or several."""
    file = folder / "patterns.json"
    rows = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []
    named = {row.get("model_version", "") for row in rows}
    return named.pop() if len(named) == 1 else ""


@cache
def record(name: str, folder: Path = DOCS) -> Mapping[str, Any]:
    """The published record of an exam or a fit (docs/NAME.json); empty where the file is not there."""
    file = folder / f"{name}.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def _check(row: dict[str, Any]) -> Check:
    """A check from its record (see `Check.record`); what was not measured is not a number."""
    kept = {key: value for key, value in row.items() if key not in ("tolerance", "pass", "model_version")}
    low, high = row["tolerance"]
    measured = math.nan if row["measured"] is None else row["measured"]
    return Check(**{**kept, "low": low, "high": high, "measured": measured, "passed": row["pass"]})


def reasons(folder: Path = DOCS) -> dict[str, str]:
    """Why each failing check fails, as docs/patterns.md has it, by the name of the check."""
    return {name: " ".join(why.split()) for name, why in REASON.findall(_text("patterns.md", folder))}


def pattern_titles(folder: Path = DOCS) -> dict[str, str]:
    """The titles of the patterns by their number, from the table in docs/patterns.md."""
    return dict(PATTERN.findall(_text("patterns.md", folder)))


def chapters(file: str, folder: Path = DOCS) -> dict[str, str]:
    """The text under each heading of level two, without the number of the heading; links become paths."""
    pieces = re.split(
        r"^## (?:\d+\. )?(.+)$", LINK.sub(r"`docs/\1`", _text(file, folder)), flags=re.MULTILINE
    )
    return {title: text.strip() for title, text in zip(pieces[1::2], pieces[2::2], strict=True)}


def _text(file: str, folder: Path) -> str:
    path = folder / file
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def number(value: float | None) -> str:
    """A number as a person reads it: three figures or all before the point, years in full."""
    if value is None or not math.isfinite(value):
        return "–"
    if 1900 <= value < 2100:
        return f"{value:.1f}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def span(check: Check) -> str:
    """The range of a check."""
    if check.low is None and check.high is None:
        return check.target
    if check.low is None:
        return _("to {high}").format(high=number(check.high))
    if check.high is None:
        return _("from {low}").format(low=number(check.low))
    return _("{low} to {high}").format(low=number(check.low), high=number(check.high))
