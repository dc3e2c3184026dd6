"""Tables of results: paired differences, fans over time, one row per state and per industry, and the CSV.

Everything here is a pure function of one or two results; pairing is by replication, so both must share the
random seed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.evidence.starts import BASE
from sim.experiment.compare import paired
from sim.model.state import QUARTER
from sim.report import numbers
from sim.report.measures import EVERY, INDUSTRY_MEASURES, INDUSTRY_SERIES, MEASURES, SERIES

FloatArray = npt.NDArray[np.floating[Any]]

YEAR = 12 // QUARTER  # points of a series in a year
MOST = 2 / 3
SMALL = 0.02
FAN = (10.0, 50.0, 90.0)


class Outcome(Protocol):
    """What the tables need of a result: arrays by (replication, place or industry[, quarter])."""

    @property
    def start(self) -> str:
        """The first month of the run, such as "2026-01"."""
        ...

    @property
    def places(self) -> tuple[str, ...]:
        """`europe_canada`, then the states."""
        ...

    @property
    def industries(self) -> tuple[str, ...]:
        """The industries."""
        ...

    @property
    def values(self) -> Mapping[str, FloatArray]:
        """Measure to array (replication, place)."""
        ...

    @property
    def industry_values(self) -> Mapping[str, FloatArray]:
        """Measure to array (replication, industry)."""
        ...

    @property
    def series(self) -> Mapping[str, FloatArray]:
        """Series to array (replication, place, quarter)."""
        ...

    @property
    def industry_series(self) -> Mapping[str, FloatArray]:
        """Series to array (replication, industry, quarter)."""
        ...


@dataclass(frozen=True)
class Paired:
    """Scenario against baseline for one measure and place, in the measure's unit.

    `base` and `other` are means, `change` the mean difference; `low` to `high` holds 90 % of the paired
    differences, `mean_low` to `mean_high` is the 90 % interval of their mean; `share_up` and `share_down` are
    the shares of replications in which the measure rises and falls. All are NaN where nothing compares.
    """

    measure: str
    place: str
    base: float
    other: float
    change: float
    low: float
    high: float
    mean_low: float
    mean_high: float
    share_up: float
    share_down: float

    @property
    def verdict(self) -> str:
        """`up`, `down`: 90 % of runs agree; `mostly_`: their mean is clear and 2 in 3 agree; else why not.

        `tiny`: mean and interval are too small to be said (numbers.is_tiny).
        """
        if not np.isfinite(self.change):
            return "none"
        if self.share_up == 0 and self.share_down == 0:
            return "same"
        kind = EVERY[self.measure].kind if self.measure in EVERY else ""
        if numbers.is_tiny(kind, self.reach, self.base):
            return "tiny"
        if self.low > 0 or self.high < 0:
            return "up" if self.low > 0 else "down"
        agree = max(self.share_up, self.share_down) >= MOST
        if agree and (self.mean_low > 0 or self.mean_high < 0):
            return "mostly_up" if self.mean_low > 0 else "mostly_down"
        return "unclear"

    @property
    def is_clear(self) -> bool:
        """Whether the difference has a direction."""
        return self.verdict.endswith(("up", "down"))

    @property
    def is_still(self) -> bool:
        """Whether nothing moves: no figure, no difference, or one too small to be said."""
        return self.verdict in ("none", "same", "tiny")

    @property
    def is_small(self) -> bool:
        """Whether the difference is under two per cent of the baseline: too small for a headline."""
        return abs(self.change) < SMALL * abs(self.base)

    @property
    def reach(self) -> float:
        """The largest of the difference and its bounds, without sign."""
        return max(abs(self.change), abs(self.low), abs(self.high))


def scale(row: Paired) -> float:
    """How far the axis of a dial reaches: to what is drawn, and never less than what a headline mentions."""
    return max(row.reach, SMALL * abs(row.base))


def compare_columns(measure: str, place: str, base: FloatArray, other: FloatArray) -> Paired:
    """Compare two columns by replication, leaving out those without a figure on either side."""
    found = paired(base, other, None)
    if found.mean is None or found.low is None or found.high is None:
        return Paired(measure, place, _mean(base), _mean(other), *[float("nan")] * 7)
    both = np.isfinite(base) & np.isfinite(other)
    change = other[both] - base[both]
    return Paired(
        measure,
        place,
        _mean(base[both]),
        _mean(other[both]),
        found.mean,
        found.low,
        found.high,
        found.mean if found.mean_low is None else found.mean_low,
        found.mean if found.mean_high is None else found.mean_high,
        float((change > 0).mean()),
        float((change < 0).mean()),
    )


def _mean(column: FloatArray) -> float:
    known = column[np.isfinite(column)]
    return float(known.mean()) if known.size else float("nan")


def compare_place(base: Outcome, other: Outcome, measure: str, place: str) -> Paired:
    """The paired difference of one measure for one place (`europe_canada` or a state)."""
    column = base.places.index(place)
    return compare_columns(measure, place, base.values[measure][:, column], other.values[measure][:, column])


def compare_industry(base: Outcome, other: Outcome, measure: str, industry: str) -> Paired:
    """The paired difference of one measure for one industry."""
    column = base.industries.index(industry)
    return compare_columns(
        measure, industry, base.industry_values[measure][:, column], other.industry_values[measure][:, column]
    )


def dials(base: Outcome, other: Outcome, place: str, measures: Sequence[str]) -> list[Paired]:
    """The paired differences of several measures for one place, in the order asked."""
    return [compare_place(base, other, measure, place) for measure in measures]


def places_table(base: Outcome, other: Outcome, measures: Sequence[str]) -> pd.DataFrame:
    """One row per place and measure: baseline, scenario, difference, low, high, verdict; in raw units."""
    rows = [compare_place(base, other, measure, place) for place in base.places for measure in measures]
    return as_frame(rows)


def industries_table(base: Outcome, other: Outcome, measures: Sequence[str]) -> pd.DataFrame:
    """One row per industry and measure, as `places_table`."""
    rows = [
        compare_industry(base, other, measure, industry)
        for industry in base.industries
        for measure in measures
    ]
    return as_frame(rows)


def as_frame(rows: Sequence[Paired]) -> pd.DataFrame:
    """Paired differences as a long table in raw units."""
    return pd.DataFrame(
        {
            "place": [row.place for row in rows],
            "measure": [row.measure for row in rows],
            "baseline": [row.base for row in rows],
            "scenario": [row.other for row in rows],
            "difference": [row.change for row in rows],
            "low": [row.low for row in rows],
            "high": [row.high for row in rows],
            "verdict": [row.verdict for row in rows],
        }
    )


def place_series(result: Outcome, name: str, place: str) -> FloatArray:
    """One series of one place, (replication, quarter); flows as sums of the last twelve months."""
    shown = _shown(result.series[name][:, result.places.index(place), :], SERIES[name].flow)
    if SERIES[name].yearly and not np.nan_to_num(shown[:, 1:YEAR]).any():
        shown[:, :YEAR] = np.nan  # not counted yet, which is not the same as none
    return shown


def industry_series(result: Outcome, name: str, industry: str) -> FloatArray:
    """One series of one industry, (replication, quarter); flows as sums of the last twelve months."""
    return _shown(
        result.industry_series[name][:, result.industries.index(industry), :], INDUSTRY_SERIES[name].flow
    )


def _shown(quarters: FloatArray, flow: bool) -> FloatArray:
    """Levels from the first quarter on; of a flow (kept as a running total) the last twelve months.

    Place 0 holds no number, so levels have none there, and flows none before the end of the first year.
    """
    shown = np.full(quarters.shape, np.nan)
    if flow:
        total = quarters.astype(float)
        total[:, 0] = 0.0
        shown[:, YEAR:] = total[:, YEAR:] - total[:, :-YEAR]
    else:
        shown[:, 1:] = quarters[:, 1:]
    return shown


def fan(quarters: FloatArray, start: str = BASE) -> dict[str, npt.NDArray[Any]]:
    """Quantiles over replications by quarter: date, low (10 %), middle (50 %), high (90 %); no gaps.

    Quarter q is dated by its end: quarter 4 is the start of the second year.
    """
    known = np.flatnonzero(np.isfinite(quarters).any(axis=0))
    column = quarters[:, known]
    quantile = (
        np.percentile if np.isfinite(column).all() else np.nanpercentile
    )  # the second is 20 times slower
    low, middle, high = quantile(column, FAN, axis=0)
    date = np.datetime64(start, "M") + (known * QUARTER).astype("timedelta64[M]")
    return {"date": date, "low": low, "middle": middle, "high": high}


def fans(
    base: FloatArray, other: FloatArray | None, labels: tuple[str, str], start: str = BASE
) -> pd.DataFrame:
    """The fans of baseline and scenario (which may be absent) in one long table with a `who` column."""
    parts = [fan(quarters, start) for quarters in (base, other) if quarters is not None]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    columns["date"] = columns["date"].astype("datetime64[ms]")
    who = [label for label, part in zip(labels, parts, strict=False) for _row in part["date"]]
    return pd.DataFrame({**columns, "who": who})


def by_year(table: pd.DataFrame) -> pd.DataFrame:
    """The first row of a fan and those whole years after the start: the numbers shown beside the chart.

    Quarters fall on the same four months every year; the earliest of them is the month of the start.
    """
    month = table["date"].dt.month
    first = table["date"] == table["date"].min()
    yearly: pd.DataFrame = table.loc[(month == month.min()) | first].reset_index(drop=True)
    return yearly


def csv_text(about: Mapping[str, str], table: pd.DataFrame) -> str:
    """The table as CSV under comment lines (`# key: value`, one line each) that say where it comes from."""
    lines = [f"# {key}: {' '.join(str(value).split())}" for key, value in about.items()]
    return "\n".join(lines) + "\n" + table.to_csv(index=False, lineterminator="\n")


def all_measures(result: Outcome) -> list[str]:
    """The measures this result has and the page can show, in the page's order."""
    return [measure for measure in MEASURES if measure in result.values]


def all_industry_measures(result: Outcome) -> list[str]:
    """The industry measures this result has and the page can show, in the page's order."""
    return [measure for measure in INDUSTRY_MEASURES if measure in result.industry_values]
