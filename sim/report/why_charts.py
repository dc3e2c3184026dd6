"""Charts of decisions as Vega-Lite specifications, and the tables they draw (pure functions of tables).

The eight colours are the Okabe-Ito set; each chart has its numbers as a table beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from sim.experiment.decision_tables import Waiting
from sim.experiment.offers import PARTS, Offer
from sim.report import numbers
from sim.report.charts import INDUSTRY_COLOURS, Palette, Spec
from sim.report.language import _
from sim.report.why_words import CAUSES, Names
from sim.report.why_words import PARTS as PART_LABELS

ROW: Final = 34  # height of a bar with its gap
FRAME: Final = 50  # height of an axis with its title; what a chart holds must fit into its height
LEGEND_ROW: Final = 20
LABELS: Final = {"labelLimit": 180, "ticks": False, "domain": False}
MARGINS: Final = {"left": 0, "right": 12, "top": 4, "bottom": 0}
BY_LINE: Final = {"field": "line", "type": "nominal", "sort": None, "title": None, "axis": LABELS}
BELOW: Final = {"orient": "bottom", "columns": 1, "labelLimit": 300}
PART_COLOURS: Final = dict(zip(
    PARTS,
    ("#0072B2", "#E69F00", "#882255", "#009E73", "#D55E00", "#56B4E9", "#F0E442", "#CC79A7", "#7F7F7F"),
    strict=True,
))  # fmt: skip


def wins_data(won: pd.DataFrame, names: Names) -> pd.DataFrame:
    """The rows of `decision_tables.winners` with names, the share of all contracts in per cent."""
    return pd.DataFrame({
        "line": [names.line(line) for line in won["line"]],
        "industry": [names.industry(one) for one in won["industry"]],
        "percent": 100.0 * won["share"].astype(float),
        "contracts": won["contracts"],
        "runs": won["runs"],
    })  # fmt: skip


def wins(won: pd.DataFrame, names: Names) -> Spec:
    """A bar per line: its share of all contracts, coloured by industry."""
    found = list(dict.fromkeys(won["industry"]))
    scale = {
        "domain": [names.industry(one) for one in found],
        "range": [INDUSTRY_COLOURS.get(one, "#7F7F7F") for one in found],
    }
    return {
        "height": ROW * len(won) + FRAME + LEGEND_ROW * len(found),
        "padding": MARGINS,
        "mark": {"type": "bar", "cornerRadiusEnd": 3},
        "encoding": {
            "y": BY_LINE,
            "x": {"field": "percent", "type": "quantitative", "title": _("% of contracts signed"),
                  "axis": {"tickCount": 4}},
            "color": {"field": "industry", "type": "nominal", "title": None, "scale": scale,
                      "legend": BELOW},
            "tooltip": [
                {"field": "line", "type": "nominal", "title": _("Line")},
                {"field": "contracts", "type": "quantitative", "title": _("Contracts")},
                {"field": "runs", "type": "quantitative", "title": _("Runs with one or more")},
            ],
        },
    }  # fmt: skip


def wins_table(won: pd.DataFrame, names: Names) -> pd.DataFrame:
    """The same as text for reading."""
    return pd.DataFrame({
        _("Line"): [names.line(line) for line in won["line"]],
        _("Industry"): [names.industry(one) for one in won["industry"]],
        _("Runs with a contract"): [str(number) for number in won["runs"]],
        _("Contracts in all runs"): [str(number) for number in won["contracts"]],
        _("Of all contracts"): [numbers.percent(share) for share in won["share"]],
    })  # fmt: skip


def parts_data(worths: Mapping[str, Mapping[str, float]], names: Names) -> pd.DataFrame:
    """Points by line and part, as rows of line, part and points. worths: parts of worth by line."""
    rows = [
        (names.line(line), _(PART_LABELS[part]), float(parts[part]))
        for line, parts in worths.items()
        for part in PARTS
    ]
    return pd.DataFrame(rows, columns=["line", "part", "points"])


def parts(count: int) -> Spec:
    """A stacked bar per offer: parts that speak for it to the right of nil, those against it to the left."""
    scale = {"domain": [_(PART_LABELS[part]) for part in PARTS], "range": list(PART_COLOURS.values())}
    return {
        "height": ROW * count + FRAME + LEGEND_ROW * len(PARTS),
        "padding": MARGINS,
        "mark": {"type": "bar"},
        "encoding": {
            "y": BY_LINE,
            "x": {"field": "points", "type": "quantitative", "stack": "zero", "title": _("Points of worth"),
                  "axis": {"tickCount": 5}},
            "color": {"field": "part", "type": "nominal", "title": None, "scale": scale,
                      "legend": BELOW},
            "tooltip": [
                {"field": "line", "type": "nominal", "title": _("Line")},
                {"field": "part", "type": "nominal", "title": _("Part")},
                {"field": "points", "type": "quantitative", "title": _("Points"), "format": "+.2f"},
            ],
        },
    }  # fmt: skip


def parts_table(worths: Mapping[str, Mapping[str, float]], names: Names) -> pd.DataFrame:
    """The same as text for reading: a row per part, a column per line, the sum last."""
    shown = {_("Part"): [*(_(PART_LABELS[part]) for part in PARTS), _("All together")]}
    for line, by_part in worths.items():
        points = [by_part[part] for part in PARTS]
        shown[names.line(line)] = [numbers.signed(value) for value in [*points, float(np.sum(points))]]
    return pd.DataFrame(shown)


def worths_of(offers: Sequence[Offer]) -> dict[str, Mapping[str, float]]:
    """The parts of worth of some offers by line, the best first."""
    return {one.line: one.parts for one in sorted(offers, key=lambda one: -one.worth)}


def mean_worths(table: pd.DataFrame) -> dict[str, Mapping[str, float]]:
    """The same from the means of `decision_tables.offers`; lines that never offered are left out."""
    made = table[table["offers"] > 0]
    columns = {part: made[f"worth_{part}"].tolist() for part in PARTS}
    return {
        line: {part: columns[part][at] for part in PARTS} for at, line in enumerate(made["line"].tolist())
    }


def waterfall_data(waited: Waiting) -> pd.DataFrame:
    """A row per cause that counts, in their order, and the total: where its bar starts and ends, months."""
    rows, start = [], 0.0
    for cause, months in waited.months.items():
        if months > 0.0:
            rows.append((_(CAUSES[cause]), start, start + months, months, False))
            start += months
    rows.append((_("Signature to first delivery"), 0.0, waited.total, waited.total, True))
    return pd.DataFrame(rows, columns=["cause", "start", "end", "months", "total"])


def waterfall(rows: int, colours: Palette) -> Spec:
    """Waiting month on month: each cause begins where the one before it ends; the last bar is the sum."""
    return {
        "height": ROW * rows + FRAME,
        "padding": MARGINS,
        "mark": {"type": "bar"},
        "encoding": {
            "y": {"field": "cause", "type": "nominal", "sort": None, "title": None, "axis": LABELS},
            "x": {"field": "start", "type": "quantitative", "title": _("Months"), "axis": {"tickCount": 5}},
            "x2": {"field": "end"},
            "color": {
                "condition": {"test": "datum.total", "value": colours.baseline},
                "value": colours.scenario,
            },
            "tooltip": [
                {"field": "cause", "type": "nominal", "title": _("Cause")},
                {"field": "months", "type": "quantitative", "title": _("Months"), "format": ".1f"},
            ],
        },
    }


def waterfall_table(waited: Waiting) -> pd.DataFrame:
    """The same as text for reading: every cause, their sum, and what was promised."""
    rows = [(_(CAUSES[cause]), months) for cause, months in waited.months.items()]
    rows += [
        (_("Signature to first delivery"), waited.total),
        (_("Promised at signature"), waited.promised),
    ]
    return pd.DataFrame({
        _("Cause"): [label for label, _months in rows],
        _("Months on average"): [f"{months:.1f}" for _label, months in rows],
    })  # fmt: skip
