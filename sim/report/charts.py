"""Charts as Vega-Lite specifications: pure functions of colours and labels; the data come in as tables.

Plain dicts, because a chart object built anew for each move of a lever costs ten times the rest of the page.
Colours are from the Okabe-Ito set and differ in lightness as well as in hue; the baseline is dashed.
"""

from __future__ import annotations

from collections.abc import Mapping
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
    beside: tuple[str, str, str]  # for those kept beside the scenario


LIGHT = Palette(
    scenario="#0072B2", baseline="#6b6b6b", ink="#31333f", beside=("#D55E00", "#009E73", "#CC79A7")
)
DARK = Palette(
    scenario="#56B4E9", baseline="#b0b0b0", ink="#fafafa", beside=("#E69F00", "#009E73", "#CC79A7")
)

INDUSTRY_COLOURS = {"korea": "#0072B2", "europe": "#009E73", "united_states": "#D55E00", "other": "#CC79A7"}


def palette(dark: bool) -> Palette:
    """The colours for a dark or a light page."""
    return DARK if dark else LIGHT


def of_industry(names: Mapping[str, str], symbol: str) -> Spec:
    """The colour of the field `industry`, with a legend of the industries given (id to name) as `symbol`."""
    known = [one for one in INDUSTRY_COLOURS if one in names]
    scale = {"domain": [names[one] for one in known], "range": [INDUSTRY_COLOURS[one] for one in known]}
    legend = {"orient": "top", "columns": 2, "symbolType": symbol, "symbolSize": 200, "symbolStrokeWidth": 4}
    return {"field": "industry", "type": "nominal", "title": None, "scale": scale, "legend": legend}


def fan(labels: tuple[str, ...], kind: str, colours: Palette) -> Spec:
    """A fan chart of `tables.fans`: 10 to 90 % band, 50 % line; the first label is the baseline, dashed."""
    legend = {"orient": "top", "offset": 4, "symbolType": "stroke", "symbolSize": 400, "labelLimit": 260}
    hues = dict(zip(labels, (colours.baseline, colours.scenario), strict=False))
    scale = {"domain": list(hues), "range": list(hues.values())}
    who = {"field": "who", "type": "nominal", "title": None, "scale": scale, "legend": legend}
    date = {
        "field": "date",
        "type": "temporal",
        "title": None,
        "axis": {"format": "%Y", "tickCount": 5, "grid": False},
    }
    value = axis(kind)
    dashes = {"domain": list(labels), "range": [[5, 4], [1, 0]][: len(labels)]}
    dash = {"field": "who", "type": "nominal", "title": None, "scale": dashes, "legend": legend}
    tips = [
        {"field": "who", "type": "nominal", "title": _("Line")},
        {"field": "date", "type": "temporal", "title": _("Month"), "format": "%B %Y"},
        {"field": "middle", "type": "quantitative", "title": _("Middle"), "format": tip_format(kind)},
        {"field": "low", "type": "quantitative", "title": _("10 % below"), "format": tip_format(kind)},
        {"field": "high", "type": "quantitative", "title": _("10 % above"), "format": tip_format(kind)},
    ]
    # Bands have fixed colours: with a scale of their own they would wash out the legend of the lines.
    bands = [
        {
            "transform": [{"filter": {"field": "who", "equal": label}}],
            "mark": {"type": "area", "opacity": 0.2, "color": hue},
            "encoding": {"y": {"field": "low", **value}, "y2": {"field": "high"}},
        }
        for label, hue in hues.items()
    ]
    ends = {"y": {"field": "middle", **value}, "color": who, "strokeDash": dash}
    line = {"mark": {"type": "line", "strokeWidth": 2.5}, "encoding": {**ends, "tooltip": tips}}
    margins = {"left": 0, "right": 8, "top": 0, "bottom": 0}
    return {"height": 270, "padding": margins, "encoding": {"x": date}, "layer": [*bands, line]}


def dashed(kind: str, colours: Palette) -> dict[str, Any]:
    """The mark of a line of reference, such as zero: dashed, and silent for screen readers."""
    return {
        "type": kind, "aria": False, "strokeDash": [5, 4], "strokeWidth": 1.5, "color": colours.baseline
    }  # fmt: skip


def interval(reach: float, colours: Palette) -> Spec:
    """A dial's paired difference: bar over the 90 % interval, dot at the mean, dashes at no difference.

    Data: one row with low, change, high; `reach` is how far the axis goes, so that zero
    stays in the middle (`tables.scale`).
    """
    edge = 1.1 * reach if reach > 0 else 1.0
    x = {"type": "quantitative", "axis": None, "scale": {"domain": [-edge, edge], "nice": False}}
    # The marks are hidden from screen readers: the chart's alternative text says the same in a sentence.
    zero = dashed("rule", colours)
    bar = {
        "type": "bar",
        "aria": False,
        "height": 8,
        "cornerRadius": 4,
        "opacity": 0.4,
        "color": colours.scenario,
    }
    dot = {
        "type": "point",
        "aria": False,
        "filled": True,
        "size": 110,
        "opacity": 1,
        "color": colours.scenario,
    }
    return {
        "height": 34,
        "padding": {"left": 2, "right": 2, "top": 2, "bottom": 2},
        "layer": [
            {"mark": zero, "encoding": {"x": {"datum": 0, **x}}},
            {"mark": bar, "encoding": {"x": {"field": "low", **x}, "x2": {"field": "high"}}},
            {"mark": dot, "encoding": {"x": {"field": "change", **x}}},
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
