"""Months as people write them ("2027-01") and as the model counts them (0 = January 2026)."""

from __future__ import annotations

import re

from sim.evidence.facts import quoted
from sim.policy.errors import ScenarioError

FIRST_YEAR = 2026
LAST_YEAR = 2035
MONTHS = 12 * (LAST_YEAR - FIRST_YEAR + 1)
_FORM = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


def month_index(text: str, field: str = "at") -> int:
    """The number of a month, 0 for "2026-01" to 119 for "2035-12"; raises ScenarioError naming `field`."""
    found = _FORM.fullmatch(text)
    if found is None:
        raise ScenarioError(f"{field}: {quoted(text)} is not a month like '2027-01'")
    index = 12 * (int(found[1]) - FIRST_YEAR) + int(found[2]) - 1
    if not 0 <= index < MONTHS:
        raise ScenarioError(f"{field}: {quoted(text)} is outside {FIRST_YEAR}-01 to {LAST_YEAR}-12")
    return index


def month_text(index: int) -> str:
    """The month as text, "2026-01" for 0; the index may lie past the end of the horizon."""
    return f"{FIRST_YEAR + index // 12}-{index % 12 + 1:02d}"
