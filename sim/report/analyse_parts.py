"""Parts of a change in words, as rows and as bars: what the methods that split a change have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from sim.report import charts, numbers, words
from sim.report.charts import Palette, Spec
from sim.report.language import _
from sim.report.measures import EVERY, Measure

Record = Mapping[str, Any]
ROW: Final = 34  # height of a bar with its gap
FRAME: Final = 60  # height of an axis with its title
LABELS: Final = {"labelLimit": 170, "ticks": False, "domain": False}
MARGINS: Final = {"left": 0, "right": 12, "top": 4, "bottom": 0}
EVERYWHERE: Final = "europe_canada"


def measure_of(outcome: str) -> Measure:
    """The measure of an outcome such as `gap_years.POL`."""
    return EVERY[outcome.partition(".")[0]]


def place_of(outcome: str) -> str:
    """The place of an outcome; Europe and Canada where it names none."""
    return outcome.partition(".")[2] or EVERYWHERE


def outcome_name(outcome: str, names: Mapping[str, str]) -> str:
    """An outcome in words: `“Gap-years, usable” of Poland`; names: of states and industries by id."""
    return _("“{measure}” of {place}").format(
        measure=_(measure_of(outcome).label), place=words.place_within(place_of(outcome), names)
    )


def verdict(kind: str, part: Record, level: float | None = None) -> str:
    """What the 90 % interval of a mean says: `none`, `nil`, `tiny` (practically nothing), `unclear`, `clear`.

    level: of the outcome itself, beside which very small differences are not seen.
    """
    if part["mean"] is None:
        return "none"
    ends = [part["mean"] if part[end] is None else part[end] for end in ("low", "high")]
    reach = max(abs(part["mean"]), *(abs(end) for end in ends))
    if reach == 0.0:
        return "nil"
    if numbers.is_tiny(kind, reach, level or 0.0):
        return "tiny"
    return "clear" if part["low"] is not None and (ends[0] > 0.0 or ends[1] < 0.0) else "unclear"


def total_of(one: Record) -> dict[str, Any]:
    """The whole change of an outcome in the shape of a part."""
    return {"mean": one["total"], "low": one["total_low"], "high": one["total_high"],
            "spread_low": one["total_spread_low"], "spread_high": one["total_spread_high"]}  # fmt: skip


def reach_of(parts: Sequence[Record]) -> float:
    """The largest mean or end of an interval, so that all are said in the same unit."""
    return max((abs(one[key] or 0.0) for one in parts for key in ("mean", "low", "high")), default=0.0)


def signed(kind: str, value: float | None, reach: float = 0.0) -> str:
    """A change with its sign and unit: `−2.1 days`; a dash without a figure."""
    if value is None:
        return "–"
    size = numbers.difference(kind, value, reach)
    return size if numbers.is_nil(size) else f"{'+' if value > 0 else '−'}{size}"


def interval(kind: str, part: Record, reach: float = 0.0, ends: tuple[str, str] = ("low", "high")) -> str:
    """An interval with its unit: `−3 to −1 days`; a dash without one."""
    low, high = (part[end] for end in ends)
    return "–" if low is None or high is None else numbers.bounds(kind, low, high, reach)


def with_interval(kind: str, part: Record, reach: float = 0.0) -> str:
    """A change and the 90 % interval of its mean: `−2.1 days (90 % interval −3 to −1 days)`."""
    if part["low"] is None:
        return signed(kind, part["mean"], reach)
    return _("{change} (90 % interval {interval})").format(
        change=signed(kind, part["mean"], reach), interval=interval(kind, part, reach)
    )


def axis_unit(kind: str, reach: float) -> tuple[float, str]:
    """By what a change is multiplied on an axis, and the unit that the axis is titled with."""
    if kind == "share":
        return 100.0, _("percentage points")
    if kind == "musd":
        return (0.001, _("$ bn")) if reach >= 999.5 else (1.0, _("$ m"))
    if kind == "years":
        factor, _unit = numbers.time_unit(reach)
        return factor, {1.0: _("years"), 12.0: _("months")}.get(factor, _("days"))
    return 1.0, _("months") if kind == "months" else _("number")


def falling(rows: Sequence[tuple[str, Record]], total: tuple[str, Record], kind: str) -> pd.DataFrame:
    """The data of `waterfall`: each part begins where the one before it ends; the total comes last.

    Columns what, start, end, low, high (of the mean, where the bar ends), part, total; in `axis_unit`.
    """
    factor, _title = axis_unit(kind, reach_of([total[1], *(part for _what, part in rows)]))
    found, start = [], 0.0
    for what, part in (*rows, total):
        begin = 0.0 if what == total[0] else start
        low, high = (part["mean"] if part[end] is None else part[end] for end in ("low", "high"))
        start = begin + part["mean"]
        ends = (begin, start, begin + low, begin + high, part["mean"])
        found.append((what, *(factor * end for end in ends), what == total[0]))
    return pd.DataFrame(found, columns=["what", "start", "end", "low", "high", "part", "total"])


def waterfall(rows: int, kind: str, reach: float, colours: Palette) -> Spec:
    """Bars from part to part to the whole change, each with the 90 % interval of its mean as a line.

    More and less have two colours, the whole change a third; dashes mark no change.
    """
    unit = axis_unit(kind, reach)[1]
    x = {"type": "quantitative", "title": _("Change ({unit})").format(unit=unit),
         "axis": {"tickCount": 5, "grid": False}}  # fmt: skip
    y = {"field": "what", "type": "nominal", "sort": None, "title": None, "axis": LABELS}
    colour = {
        "condition": [
            {"test": "datum.total", "value": colours.baseline},
            {"test": "datum.part > 0", "value": colours.beside[0]},
        ],
        "value": colours.scenario,
    }
    tips = [
        {"field": "what", "type": "nominal", "title": _("What differs")},
        {"field": "part", "type": "quantitative", "title": unit, "format": "+.3~g"},
    ]
    bar = {"type": "bar", "opacity": 0.75, "height": 16}
    line = {"type": "rule", "aria": False, "strokeWidth": 2, "color": colours.ink}
    return {
        "height": ROW * rows + FRAME,
        "padding": MARGINS,
        "layer": [
            {
                "mark": bar,
                "encoding": {"y": y, "x": {"field": "start", **x}, "x2": {"field": "end"}, "color": colour,
                             "tooltip": tips},
            },
            {"mark": line, "encoding": {"y": y, "x": {"field": "low", **x}, "x2": {"field": "high"}}},
            {"mark": charts.dashed("rule", colours), "encoding": {"x": {"datum": 0, "type": "quantitative"}}},
        ],
    }  # fmt: skip
