"""Several scenarios beside each other: who does best by rule, tables, and charts (pure functions of runs).

All runs share start, random seed and number of replications, so that any two of them are paired.
A letter, a colour, a shape and a dash belong together in every chart and table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any, Final

import numpy as np
import pandas as pd

from sim.report import findings, numbers, tables, words
from sim.report.charts import Palette, Spec, axis, tip_format
from sim.report.language import _, plural
from sim.report.measures import DIALS, MEASURES, Series
from sim.report.tables import Outcome, Paired

LETTERS: Final = ("A", "B", "C", "D")
SHAPES: Final = dict(zip(LETTERS, ("circle", "square", "triangle-up", "diamond"), strict=True))
SIGNS: Final = dict(zip(LETTERS, "●■▲◆", strict=True))  # the same shapes in text
DASHES: Final = dict(zip(LETTERS, ([1, 0], [9, 3], [2, 2], [9, 3, 2, 3]), strict=True))
ROW: Final = 50  # height of a scenario in a chart of dots
FRAME: Final = 60  # height of the axis and its title
LINES: Final = 290  # height of a chart over the years
LABEL: Final = 17  # least distance between two labels at the ends of lines
MARGINS: Final = {"left": 4, "right": 8, "top": 2, "bottom": 6}


@dataclass(frozen=True)
class Side:
    """One scenario of several: its letter, its name and its run."""

    letter: str
    name: str
    run: Outcome


def paired(base: Outcome, sides: Sequence[Side], measure: str, place: str) -> list[Paired]:
    """The paired difference of each scenario from the baseline."""
    return [tables.compare_place(base, side.run, measure, place) for side in sides]


def headline(base: Outcome, sides: Sequence[Side], place: str, name: str) -> str:
    """Who is fastest, cheapest and least reliant, each only where the paired differences carry it."""
    runs = {"": base} | {side.letter: side.run for side in sides}
    clauses, vague, small = [], [], False
    for measure in DIALS:
        ranked = rank(runs, measure, place)
        rows = {
            (one, other): tables.compare_place(runs[other], runs[one], measure, place)
            for one, other in combinations(ranked, 2)
        }
        if any(_is_ahead(row) for row in rows.values()):
            clauses.append(_lead(ranked, rows, measure))
        elif ranked:
            vague.append(words.short_name(measure))
            small = small or any(row.is_clear or row.verdict == "tiny" for row in rows.values())
    if vague:
        rest = _("little or no clear difference in {names}") if small else _("no clear difference in {names}")
        clauses.append(rest.format(names=words.listed(vague)))
    if not clauses:
        return _("In this model, there is no figure for {place}: nothing is bought there.").format(place=name)
    return _("In this model, for {place}: {clauses}.").format(place=name, clauses="; ".join(clauses))


def rank(runs: Mapping[str, Outcome], measure: str, place: str) -> list[str]:
    """The runs that have a figure, the one with the least mean first (less is better on every dial)."""
    means = {}
    for one, run in runs.items():
        column = run.values[measure][:, run.places.index(place)]
        if np.isfinite(column).any():
            means[one] = float(column[np.isfinite(column)].mean())
    return sorted(means, key=lambda one: means[one])


def _lead(ranked: Sequence[str], rows: Mapping[tuple[str, str], Paired], measure: str) -> str:
    """A clause on who leads: one alone, several clearly ahead of all others, or that it is not clear.

    `rows` holds each pair in the order of `ranked`: the first of a pair less the second.
    """
    best = ranked[0]
    tied = [best, *(one for one in ranked[1:] if not _is_ahead(rows[best, one]))]
    behind = [one for one in ranked if one not in tied]
    if len(tied) == 1:
        clause = _first(best, behind[0], rows[best, behind[0]])
        sure = all(not rows[best, one].verdict.startswith("mostly") for one in behind)
        return clause if sure else _("on average {clause}").format(clause=clause)
    if behind and all(
        (one, other) in rows and _is_ahead(rows[one, other]) for one in tied for other in behind
    ):
        return _leaders(tied, measure) if len(tied) <= len(behind) else _behind(behind, measure)
    return {
        "gap_years": _("it is not clear which closes gaps soonest"),
        "cost_pv": _("it is not clear which costs least"),
        "worst_authority_share": _("it is not clear which has the least reliance on one foreign government"),
    }[measure]


def _leaders(tied: Sequence[str], measure: str) -> str:
    """The clause on several that lead together."""
    template = {
        "gap_years": _("{names} close gaps soonest, with little or no clear difference between them"),
        "cost_pv": _("{names} cost least, with little or no clear difference between them"),
        "worst_authority_share": _(
            "{names} have the least reliance on one foreign government, with little or no clear difference "
            "between them"
        ),
    }[measure]
    return template.format(names=words.listed([_called(one) for one in sorted(tied)]))


def _behind(behind: Sequence[str], measure: str) -> str:
    """The clause on the few that are behind, where most lead together."""
    number = len(behind)
    template = {
        "gap_years": plural(
            "{names} closes gaps later than the others, with little or no clear difference between those",
            "{names} close gaps later than the others, with little or no clear difference between those",
            number,
        ),
        "cost_pv": plural(
            "{names} costs more than the others, with little or no clear difference between those",
            "{names} cost more than the others, with little or no clear difference between those",
            number,
        ),
        "worst_authority_share": plural(
            "{names} has more reliance on one foreign government than the others, with little or no clear "
            "difference between those",
            "{names} have more reliance on one foreign government than the others, with little or no clear "
            "difference between those",
            number,
        ),
    }[measure]
    return template.format(names=words.listed([_called(one) for one in sorted(behind)]))


def _is_ahead(row: Paired) -> bool:
    """Whether the first of a pair is lower, clearly and by more than is too small for a headline."""
    return row.verdict in ("down", "mostly_down") and not row.is_small


def _first(first: str, second: str, row: Paired) -> str:
    """The clause on one leader, with its distance from the next and the interval of that."""
    templates = {
        "gap_years": _("{first} closes gaps soonest, {size} before {second} ({interval})"),
        "cost_pv": _("{first} costs least, {size} less than {second} ({interval})"),
        "worst_authority_share": _(
            "{first} has the least reliance on one foreign government, {size} less than {second} ({interval})"
        ),
    }
    kind = MEASURES[row.measure].kind
    if row.verdict.startswith("mostly"):
        spread = numbers.spread(kind, row.low, row.high, row.reach)
        interval = _("90 % of runs: {spread}").format(spread=spread)
    else:
        low, high = words.sized(row)
        interval = _("90 % interval {span}").format(span=numbers.bounds(kind, low, high, row.reach))
    return templates[row.measure].format(
        first=_called(first),
        second=_called(second),
        size=numbers.difference(kind, row.change, row.reach),
        interval=interval,
    )


def _called(letter: str) -> str:
    return letter or _("the baseline")


def table(base: Outcome, sides: Sequence[Side], measures: Sequence[str], place: str) -> pd.DataFrame:
    """Measures as rows, scenarios as columns: paired difference, 90 % interval and reading, as text."""
    columns: dict[str, list[str]] = {_("Measure"): [], _("Baseline"): []}
    columns |= {side.letter: [] for side in sides}
    for measure in measures:
        rows = paired(base, sides, measure, place)
        shown = MEASURES[measure]
        columns[_("Measure")].append(_(DIALS.get(measure, shown.label)))
        alone = base.values[measure][:, base.places.index(place)]
        known = alone[np.isfinite(alone)]
        level = float(known.mean()) if known.size else float("nan")
        columns[_("Baseline")].append(words.level(measure, level))
        for side, row in zip(sides, rows, strict=True):
            columns[side.letter].append(findings.difference(row))
    return pd.DataFrame(columns)


def dots_data(rows: Sequence[Paired], letters: Sequence[str]) -> pd.DataFrame:
    """The rows of one dial in the unit of its axis: letter, low, change, high, and the label in words."""
    reach = reach_of(rows)
    factor, _unit = unit(rows[0].measure, reach)
    return pd.DataFrame(
        {
            "letter": list(letters),
            "low": [factor * row.low for row in rows],
            "change": [factor * row.change for row in rows],
            "high": [factor * row.high for row in rows],
            "label": [label(row, letter, reach) for row, letter in zip(rows, letters, strict=True)],
        }
    )


def label(row: Paired, letter: str, reach: float) -> str:
    """The words at a dot, such as `A: +4.8 months, worse`."""
    reading = words.reading(row, MEASURES[row.measure].better)
    if row.is_still:
        return _("{letter}: {reading}").format(letter=letter, reading=reading)
    return _("{letter}: {change}, {reading}").format(
        letter=letter, change=words.signed(row, reach), reading=reading
    )


def reach_of(rows: Sequence[Paired]) -> float:
    """The largest of all differences and bounds, without sign; 0 where there is no figure."""
    return max((row.reach for row in rows if np.isfinite(row.reach)), default=0.0)


def unit(measure: str, reach: float) -> tuple[float, str]:
    """The factor and the name of the unit in which differences of a dial are drawn."""
    kind = MEASURES[measure].kind
    if kind == "share":
        return 100.0, _("percentage points")
    if kind == "musd":
        return (0.001, _("$ bn")) if reach >= 999.5 else (1.0, _("$ m"))
    factor = numbers.time_unit(reach)[0]
    return factor, {1.0: _("years"), 12.0: _("months")}.get(factor, _("days"))


def dots(rows: Sequence[Paired], letters: Sequence[str], colours: Palette) -> Spec:
    """One dial for all scenarios on one axis: bar over 90 % of the paired differences, dot at the mean.

    Data: `dots_data`. The upright line is the baseline.
    """
    factor, name = unit(rows[0].measure, reach_of(rows))
    ends = [0.0, *(factor * end for row in rows for end in (row.low, row.high) if np.isfinite(end))]
    room = 0.08 * (max(ends) - min(ends)) or 1.0
    title = _("{unit} more or less than the baseline").format(unit=name)
    x: Spec = {
        "type": "quantitative",
        "scale": {"domain": [min(ends) - room, max(ends) + room], "nice": False},
        "axis": {"title": title, "tickCount": 4, "grid": False, "titleFontWeight": "normal"},
    }
    whose = {"field": "letter", "type": "nominal", "legend": None}
    colour = {**whose, "scale": _scale(letters, hues(colours))}
    shape = {**whose, "scale": _scale(letters, SHAPES)}
    y = {"field": "letter", "type": "nominal", "axis": None, "scale": {"domain": list(letters)}}
    zero = {"type": "tick", "aria": False, "orient": "vertical", "size": 18, "thickness": 2, "yOffset": 10}
    bar = {"type": "bar", "aria": False, "height": 8, "cornerRadius": 4, "opacity": 0.4, "yOffset": 10}
    dot = {"type": "point", "aria": False, "filled": True, "size": 130, "opacity": 1, "yOffset": 10}
    said = {"type": "text", "aria": False, "align": "left", "dy": -10, "fontSize": 13, "color": colours.ink}
    return {
        "height": ROW * len(letters) + FRAME,
        "padding": MARGINS,
        "encoding": {"y": y},
        "layer": [
            {"mark": {**zero, "color": colours.baseline}, "encoding": {"x": {"datum": 0, **x}}},
            {"mark": bar, "encoding": {"x": {"field": "low", **x}, "x2": {"field": "high"}, "color": colour}},
            {"mark": dot, "encoding": {"x": {"field": "change", **x}, "color": colour, "shape": shape}},
            {"mark": said, "encoding": {"x": {"value": 0}, "text": {"field": "label"}}},
        ],
    }


def dots_alt(rows: Sequence[Paired], sides: Sequence[Side], name: str) -> str:
    """The alternative text of `dots`: each scenario with its difference and interval."""
    reach = reach_of(rows)
    parts = [
        _("{letter}, {name}: {change}").format(
            letter=side.letter, name=side.name, change=findings.difference(row, reach)
        )
        for side, row in zip(sides, rows, strict=True)
    ]
    return _("{label}, {place}, compared with the baseline. {parts}.").format(
        label=_(DIALS[rows[0].measure]), place=name, parts="; ".join(parts)
    )


def hues(colours: Palette) -> dict[str, str]:
    """The colour of each letter; the present scenario, A, has that of the rest of the page."""
    return dict(zip(LETTERS, (colours.scenario, *colours.beside), strict=True))


def _scale(letters: Sequence[str], values: Mapping[str, Any]) -> Spec:
    return {"domain": list(letters), "range": [values[letter] for letter in letters]}


def lines_data(base: Outcome, sides: Sequence[Side], series: str, place: str) -> pd.DataFrame:
    """Quantiles over the runs by quarter, baseline first, in one long table with a `who` column.

    At the end of each line, `at` is where its label stands, such that no two overlap.
    """
    found = {_("Baseline"): base} | {side.letter: side.run for side in sides}
    parts = [tables.fan(tables.place_series(run, series, place), base.start) for run in found.values()]
    sizes = [part["date"].size for part in parts]
    if not all(sizes):
        return pd.DataFrame()  # nothing is bought at this place
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    columns["date"] = columns["date"].astype("datetime64[ms]")
    ends = np.cumsum(sizes) - 1
    top = float(columns["middle"].max())
    at = np.full(columns["middle"].size, np.nan)
    at[ends] = spread(columns["middle"][ends].tolist(), top, LABEL / LINES * (top or 1.0))
    return pd.DataFrame({**columns, "who": np.repeat(list(found), sizes).astype(object), "at": at})


def spread(values: Sequence[float], top: float, least: float) -> list[float]:
    """The values moved apart to at least `least`, their order kept, below `top` where there is room."""
    order = sorted(range(len(values)), key=lambda place: values[place])
    moved = list(values)
    for before, after in pairwise(order):
        moved[after] = max(moved[after], moved[before] + least)
    ceiling = max(top, least * (len(values) - 1))
    for place in reversed(order):
        moved[place] = min(moved[place], ceiling)
        ceiling = moved[place] - least
    return moved


def lines(letters: Sequence[str], series: Series, colours: Palette) -> Spec:
    """The middle of all runs, one line per scenario with its letter at the end; the baseline dashed grey.

    Data: `lines_data`.
    """
    whose = [_("Baseline"), *letters]
    shades, dashes = {**hues(colours), whose[0]: colours.baseline}, {**DASHES, whose[0]: [5, 4]}
    shapes = {**SHAPES, whose[0]: "circle"}
    who = {"field": "who", "type": "nominal", "legend": None}
    value = axis(series.kind)
    years = {"format": "%Y", "tickCount": 5, "grid": False}
    date = {"field": "date", "type": "temporal", "title": None, "axis": years}
    tips = [
        {"field": "who", "type": "nominal", "title": _("Line")},
        {"field": "date", "type": "temporal", "title": _("Month"), "format": "%B %Y"},
        {"field": "middle", "type": "quantitative", "title": _("Middle"), "format": tip_format(series.kind)},
    ]
    colour = {**who, "scale": _scale(whose, shades)}
    y = {"field": "middle", **value}
    drawn = {
        "y": y,
        "color": colour,
        "strokeDash": {**who, "scale": _scale(whose, dashes)},
        "tooltip": tips,
    }
    last = [{"filter": "isValid(datum.at)"}]
    mark = {"y": y, "color": colour, "shape": {**who, "scale": _scale(whose, shapes)}}
    said = {"type": "text", "align": "left", "dx": 9, "fontSize": 13, "fontWeight": "bold"}
    return {
        "height": LINES,
        "padding": {"left": 0, "right": 8, "top": 8, "bottom": 0},
        "encoding": {"x": date},
        "layer": [
            {"mark": {"type": "line", "strokeWidth": 2.5}, "encoding": drawn},
            {"transform": last, "mark": {"type": "point", "filled": True, "size": 80}, "encoding": mark},
            {
                "transform": last,
                "mark": {**said, "color": colours.ink},
                "encoding": {"y": {"field": "at", **value}, "text": {"field": "who"}},
            },
        ],
    }
