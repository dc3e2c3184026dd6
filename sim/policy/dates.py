"""Months as people write them ("2027-01") and as the model counts them (0 = the month of the start)."""

from __future__ import annotations

import re

from sim.evidence.facts import quoted
from sim.evidence.starts import BASE
from sim.policy.errors import ScenarioError

MONTHS = 120
_FORM = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


def month_index(text: str, field: str = "at", start: str = BASE) -> int:
    """The number of a month, 0 for the start itself to 119; raises ScenarioError naming `field`."""
    if _FORM.fullmatch(text) is None:
        raise ScenarioError(f"{field}: {quoted(text)} is not a month like '2027-01'")
    index = month_count(text) - month_count(start)
    if not 0 <= index < MONTHS:
        raise ScenarioError(f"{field}: {quoted(text)} is outside {start} to {month_text(MONTHS - 1, start)}")
    return index


def month_text(index: int, start: str = BASE) -> str:
    """The month as text, the start itself for 0; the index may lie past the end of the run."""
    year, month = divmod(month_count(start) + index, 12)
    return f"{year}-{month + 1:02d}"


def january_index(year: int, start: str = BASE) -> int:
    """The number of the January of a year; it may lie outside the run."""
    return 12 * year - month_count(start)


def years_within(start: str = BASE) -> tuple[int, int]:
    """The first and last year whose January ends at least one and at most all months of a run."""
    first, last = divmod(month_count(start), 12)[0] + 1, (month_count(start) + MONTHS) // 12
    return first, last


def month_count(text: str) -> int:
    """Months since the year 0 of a month that is well-formed."""
    return 12 * int(text[:4]) + int(text[5:]) - 1
