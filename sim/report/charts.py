"""Charts as Vega-Lite specifications: pure functions of colours and labels; the data come in as tables.

Plain dicts, because a chart object built anew for each move of a lever costs ten times the rest of the page.
Colours are from the Okabe-Ito set and differ in lightness as well as in hue; the baseline is dashed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.report.language import _

Spec = dict[str, Any]


@dataclass(frozen=True)
class Palette:
    """Colours that are readable on a light or a dark page."""

    scenario: str
    baseline: str
    ink: str


LIGHT = Palette(scenario="#0072B2", baseline="#6b6b6b", ink="#31333f")
DARK = Palette(scenario="#56B4E9", baseline="#b0b0b0", ink="#fafafa")

INDUSTRY_COLOURS = {"korea": "#0072B2", "europe": "#009E73", "united_states": "#D55E00", "other": "#CC79A7"}


def palette(dark: bool) -> Palette:
    """The colours for a dark or a light page."""
    return DARK if dark else LIGHT


def fan(labels: tuple[str, ...], kind: str, colours: Palette, height: int = 240) -> Spec:
    """A fan chart of `tables.fans`: 10 to 90 % band, 50 % line; the first label is the baseline, dashed."""
    who = {
        "field": "who",
        "type": "nominal",
        "title": None,
        "scale": {"domain": list(labels), "range": [colours.baseline, colours.scenario][: len(labels)]},
        "legend": {"orient": "top", "symbolType": "stroke", "symbolStrokeWidth": 3, "labelLimit": 260},
    }
    date = {
        "field": "date",
        "type": "temporal",
        "title": None,
        "axis": {"format": "%Y", "tickCount": 5, "grid": False},
    }
    value = axis(kind)
    dash = {
        "field": "who",
        "type": "nominal",
        "scale": {"domain": list(labels), "range": [[5, 4], [1, 0]][: len(labels)]},
        "legend": None,
    }
    tips = [
        {"field": "who", "type": "nominal", "title": _("Line")},
        {"field": "date", "type": "temporal", "title": _("Month"), "format": "%B %Y"},
        {"field": "middle", "type": "quantitative", "title": _("Middle"), "format": tip_format(kind)},
        {"field": "low", "type": "quantitative", "title": _("10 % below"), "format": tip_format(kind)},
        {"field": "high", "type": "quantitative", "title": _("10 % above"), "format": tip_format(kind)},
    ]
    band = {
        "mark": {"type": "area", "opacity": 0.2},
        "encoding": {"y": {"field": "low", **value}, "y2": {"field": "high"}},
    }
    line = {
        "mark": {"type": "line", "strokeWidth": 2.5},
        "encoding": {"y": {"field": "middle", **value}, "strokeDash": dash, "tooltip": tips},
    }
    return {"height": height, "encoding": {"x": date, "color": who}, "layer": [band, line]}


def interval(colours: Palette) -> Spec:
    """A dial's paired difference: bar over the 90 % interval, dot at the mean, dashes at no difference.

    Data: one row with low, change, high; the axis is symmetric so that the zero line stays in the middle.
    """
    scale = {"domain": [{"expr": "-reach"}, {"expr": "reach"}], "nice": False, "zero": True}
    x = {"type": "quantitative", "axis": None, "scale": scale}
    return {
        "height": 34,
        "padding": {"left": 2, "right": 2, "top": 2, "bottom": 2},
        "layer": [
            {
                "mark": {"type": "rule", "strokeDash": [5, 4], "strokeWidth": 1.5, "color": colours.baseline},
                "encoding": {"x": {"datum": 0, **x}},
            },
            {
                "mark": {
                    "type": "bar",
                    "height": 8,
                    "cornerRadius": 4,
                    "opacity": 0.4,
                    "color": colours.scenario,
                },
                "encoding": {"x": {"field": "low", **x}, "x2": {"field": "high"}},
            },
            {
                "mark": {
                    "type": "point",
                    "filled": True,
                    "size": 110,
                    "opacity": 1,
                    "color": colours.scenario,
                },
                "encoding": {"x": {"field": "change", **x}},
            },
        ],
    }


def axis(kind: str) -> Spec:
    """The y axis of a kind of measure, starting at zero, with its unit in the labels."""
    labels = {
        "share": "format(100 * datum.value, ',.3~g') + ' %'",
        "musd": "'$' + format(datum.value / 1000, ',.3~g') + ' bn'",
    }
    settings: Spec = {"tickCount": 4}
    if kind in labels:
        settings["labelExpr"] = labels[kind]
    return {"type": "quantitative", "title": None, "axis": settings, "scale": {"zero": True}}


def tip_format(kind: str) -> str:
    """The number format of a tooltip."""
    return {"share": ".1%", "musd": ",.0f"}.get(kind, ".2f")
