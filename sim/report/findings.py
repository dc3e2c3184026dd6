"""Paired differences in words: one sentence, one cell, or a table for reading."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sim.report import numbers, words
from sim.report.language import _
from sim.report.measures import DIALS, EVERY, MEASURES
from sim.report.tables import Paired


def sentence(row: Paired) -> str:
    """The difference and what it means, such as `0.4 years longer than the baseline: worse`."""
    if row.is_still:
        return words.dial_change(row)
    return _("{change}: {reading}").format(
        change=words.dial_change(row), reading=words.reading(row, MEASURES[row.measure].better)
    )


def dial_table(rows: Sequence[Paired]) -> pd.DataFrame:
    """Paired differences as a table for reading, with few columns: it must fit a phone."""
    return pd.DataFrame(
        {
            _("Measure"): [_(DIALS.get(row.measure, MEASURES[row.measure].label)) for row in rows],
            _("Baseline"): [words.level(row.measure, row.base) for row in rows],
            _("Scenario"): [words.level(row.measure, row.other) for row in rows],
            _("Difference (90 % interval)"): [difference(row) for row in rows],
        }
    )


def difference(row: Paired, reach: float | None = None) -> str:
    """A difference in one cell, such as `+5.2 months (3.9 to 6.7 months): worse`.

    `reach` is the largest value that stands beside it, so that all come in the same unit; else its own.
    """
    measure = EVERY[row.measure]
    reach = row.reach if reach is None else reach
    reading = words.reading(row, measure.better)
    if row.is_still:
        return reading
    return _("{change} ({interval}): {reading}").format(
        change=words.signed(row, reach),
        interval=numbers.bounds(measure.kind, row.low, row.high, reach),
        reading=reading,
    )
