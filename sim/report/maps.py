"""Maps of the states as Vega-Lite specifications: how a measure stands, or differs from the baseline.

The shapes are in static/ (static/PROVENANCE.md): the browser fetches them from where the page came from. The
colours, blue and orange, differ for colour-blind readers too; the table beside a map says the same.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.report import numbers, words
from sim.report.charts import Palette, Spec
from sim.report.language import _
from sim.report.measures import Measure

SHAPES = {"url": "app/static/countries-50m.json", "format": {"type": "topojson", "feature": "countries"}}
BETTER, UNCLEAR, WORSE = "#0072B2", "#c9c9c9", "#D55E00"
LEAST, MOST = "#dbe9f6", "#08519c"
# What each panel looks at: centre (degrees), pixels a radian by its width and height, height in pixels.
PANELS: Mapping[str, Mapping[str, Any]] = {
    "europe": {"rotate": [-11.0, -54.0, 0.0], "scale": "min(1.1 * width, 1.5 * height)", "height": 380},
    "america": {"rotate": [96.0, -52.0, 0.0], "scale": "min(0.75 * width, 0.75 * height)", "height": 380},
}


def rows(
    table: pd.DataFrame, measure: Measure, numeric: Mapping[str, str], names: Mapping[str, str], base: bool
) -> pd.DataFrame:
    """One row per state with a figure: its ISO number, name, what colours it, and what a pointer shows.

    table: rows of `tables.places_table` for one measure; numeric, names: ISO 3166 number and name by state;
    base: the scenario is the baseline itself, so the level is shown and not a difference.
    """
    known = table[table["place"].isin(list(numeric)) & table["scenario"].map(math.isfinite)]
    clear = known["verdict"].isin(("up", "down", "mostly_up", "mostly_down"))
    return pd.DataFrame(
        {
            "numeric": [numeric[place] for place in known["place"]],
            "name": [_(names[place]) for place in known["place"]],
            "shade": known["scenario"] if base else known["difference"].where(clear),
            "level": [numbers.amount(measure.kind, value) for value in known["scenario"]],
            "reading": [words.verdict_word(verdict, measure.better) for verdict in known["verdict"]],
        }
    )


def panel(found: pd.DataFrame, measure: Measure, where: str, base: bool, colours: Palette) -> Spec:
    """The map of a panel (a key of PANELS) for `rows`: states with a figure coloured, others in outline."""
    view = PANELS[where]
    projection = {
        "type": "azimuthalEqualArea",
        "rotate": view["rotate"],
        "scale": {"expr": view["scale"]},
    }
    outline = {"type": "geoshape", "clip": True, "fill": "transparent", "stroke": colours.baseline}
    land = {"data": SHAPES, "mark": {**outline, "strokeWidth": 0.4, "aria": False}}
    shades = [value if math.isfinite(value) else None for value in found["shade"]]
    states = {
        "data": {"values": found.assign(shade=pd.Series(shades, found.index, object)).to_dict("records")},
        "transform": [{"lookup": "numeric", "from": {"data": SHAPES, "key": "id"}, "as": "geo"}],
        # Without `invalid` a state that has no clear difference would not be drawn at all.
        "mark": {
            "type": "geoshape",
            "clip": True,
            "stroke": colours.ink,
            "strokeWidth": 0.5,
            "invalid": None,
        },
        "encoding": {
            "shape": {"field": "geo", "type": "geojson"},
            "color": shading(found["shade"], measure, base),
            "tooltip": [
                {"field": "name", "type": "nominal", "title": _("State")},
                {"field": "level", "type": "nominal", "title": _("Level")},
                *(
                    []
                    if base
                    else [{"field": "reading", "type": "nominal", "title": _("Against the baseline")}]
                ),
            ],
        },
    }
    return {
        "height": view["height"],
        "padding": {"left": 0, "right": 0, "top": 0, "bottom": 0},
        "projection": projection,
        "layer": [land, states],
        "config": {"view": {"stroke": None}},
    }


def shading(shade: pd.Series[float], measure: Measure, base: bool) -> Spec:
    """The colours of the states: one hue by level, or blue for better, orange for worse, grey if unclear."""
    sizes = [abs(value) for value in shade if value is not None and math.isfinite(value)]
    reach = max(sizes, default=0.0) or 1.0
    if base:
        scale: Spec = {"domain": [0.0, reach], "range": [LEAST, MOST]}
    else:
        ends = [WORSE, UNCLEAR, BETTER] if measure.better == "more" else [BETTER, UNCLEAR, WORSE]
        scale = {"domain": [-reach, 0.0, reach], "range": ends}
    coloured = {"field": "shade", "type": "quantitative", "title": None, "scale": scale, "legend": None}
    return {"condition": {"test": "isValid(datum.shade)", **coloured}, "value": UNCLEAR}


def alt(found: pd.DataFrame, measure: Measure, base: bool) -> str:
    """The map in sentences: who stands highest, or for whom it is better and worse."""
    label = _(measure.label)
    if found.empty:
        return _("{label}: no state has a figure.").format(label=label)
    if base:
        top = found.nlargest(3, "shade")
        highest = words.listed([f"{row.name} ({row.level})" for row in top.itertuples()])
        return _("{label}, highest in {states}.").format(label=label, states=highest)
    groups = [
        _("{reading}: {states}").format(reading=reading, states=words.listed(sorted(mine["name"])))
        for reading, mine in found.groupby("reading", sort=True)
    ]
    return _("{label}, against the baseline. {groups}.").format(label=label, groups="; ".join(groups))


def legend(base: bool) -> str:
    """How to read the colours, and whose borders they are."""
    colours = (
        _("The darker, the higher. Not filled: no figure.")
        if base
        else _("Blue: better. Orange: worse. Grey: no clear difference. Not filled: no figure.")
    )
    return " ".join((colours, _("Borders are the de facto borders of Natural Earth.")))
