"""Dates as people write them: the months they may mean, and what a count of deliveries says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DATE = re.compile(
    r"(?:\b(?P<word>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+)?"
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:-(?P<month>0[1-9]|1[0-2])(?!\d))?(?!\d)",
    re.IGNORECASE,
)
COUNT = re.compile(r"\b(none|no|\d+)\b", re.IGNORECASE)
NOT_DELIVERED = re.compile(
    r"\b(plan\w*|due|expected|ordered|produced|rolled|flown|shown|built)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Months:
    """A span of months, both ends included, counted since year 0: one month, or the twelve of a year."""

    first: int
    last: int


def read_date(text: str) -> Months | None:
    """The first year, with its month if it has one, in a text such as `~2021 (trials)`; or None."""
    match = DATE.search(text)
    return _months(match) if match else None


def _months(match: re.Match[str]) -> Months:
    january = 12 * int(match["year"])
    if match["month"]:
        month = january + int(match["month"]) - 1
    elif match["word"]:
        month = january + NAMES.index(match["word"].lower())
    else:
        return Months(january, january + 11)
    return Months(month, month)


def read_counts(text: str) -> tuple[Months | None, Months | None]:
    """What `0 by 2024-03; 6 by 2025` says: the last date with none delivered, the first with some.

    Parts about plans, or about units made and not delivered, say nothing; where both contradict each other,
    the units delivered count.
    """
    none, some = None, None
    for count, date in _counts(text):
        if count == 0:
            none = date if none is None or date.last > none.last else none
        elif some is None or date.last < some.last:
            some = date
    if none is not None and some is not None and none.first >= some.last:
        none = None
    return none, some


def _counts(text: str) -> Iterator[tuple[int, Months]]:
    for part in text.split(";"):
        match, date = COUNT.search(part), read_date(part)
        if match is None or date is None or NOT_DELIVERED.search(part):
            continue
        if DATE.search(match[0]):
            continue  # the number is the year itself
        yield (int(match[0]) if match[0].isdigit() else 0), date
