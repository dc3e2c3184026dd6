"""Charts of the exam as Vega-Lite specifications: pure functions of colours; the data come in as tables.

Each is read beside its numbers as a table; colours differ in lightness as well as in hue.
"""

from __future__ import annotations

from typing import Any, Final

from sim.report import charts
from sim.report.charts import Palette, Spec
from sim.report.language import _

ROW: Final = 30  # height of a row
FRAME: Final = 70  # height of an axis with its title
LABELS: Final = {"labelLimit": 200, "ticks": False, "domain": False}
MARGINS: Final = {"left": 0, "right": 12, "top": 4, "bottom": 0}
TOP: Final = {"orient": "top", "columns": 1, "symbolSize": 120}


def _rows(field: str) -> dict[str, Any]:
    return {"field": field, "type": "nominal", "sort": None, "title": None, "axis": LABELS}


def _zero(colours: Palette) -> Spec:
    return {"mark": charts.dashed("rule", colours), "encoding": {"x": {"datum": 0, "type": "quantitative"}}}


def _tips(what: str, format_: str = "+.3f") -> list[Spec]:
    ends = (("mean", _("Mean")), ("low", _("5 % end")), ("high", _("95 % end")))
    return [
        {"field": "what", "type": "nominal", "title": what},
        *({"field": one, "type": "quantitative", "title": title, "format": format_} for one, title in ends),
    ]


def spans(count: int, colours: Palette, what: str, axis: str) -> Spec:
    """A dot with its 90 % interval per row of what, mean, low, high; the dashed line marks zero."""
    x = {"type": "quantitative", "title": axis, "axis": {"tickCount": 5, "grid": False}}
    y = _rows("what")
    line = {"type": "rule", "aria": False, "strokeWidth": 3, "color": colours.scenario, "opacity": 0.6}
    dot = {"type": "point", "filled": True, "size": 110, "opacity": 1, "color": colours.scenario}
    return {
        "height": ROW * count + FRAME,
        "padding": MARGINS,
        "layer": [
            _zero(colours),
            {"mark": line, "encoding": {"y": y, "x": {"field": "low", **x}, "x2": {"field": "high"}}},
            {"mark": dot, "encoding": {"y": y, "x": {"field": "mean", **x}, "tooltip": _tips(what)}},
        ],
    }


def before_after(count: int, colours: Palette) -> Spec:
    """Each weight before (grey, above) and after (coloured, below) with 90 % intervals, in points."""
    x = {"type": "quantitative", "title": _("Points"), "axis": {"tickCount": 5, "grid": False}}
    y = _rows("what")
    scale = {"domain": [_("Before"), _("After")], "range": [colours.baseline, colours.scenario]}
    who = {"field": "when", "type": "nominal", "title": None, "scale": scale, "legend": TOP}
    shapes = {"domain": scale["domain"], "range": ["square", "circle"]}
    offset = {"field": "when", "type": "nominal", "sort": None, "scale": {"domain": scale["domain"]}}
    place = {"y": y, "yOffset": offset, "color": who}
    line = {"type": "rule", "aria": False, "strokeWidth": 3, "opacity": 0.6}
    dot = {"type": "point", "filled": True, "size": 70, "opacity": 1}
    tips = [*_tips(_("Weight"), "+.2f"), {"field": "when", "type": "nominal", "title": _("When")}]
    shape = {"field": "when", "type": "nominal", "title": None, "scale": shapes, "legend": TOP}
    return {
        "height": ROW * count + FRAME,
        "padding": MARGINS,
        "layer": [
            _zero(colours),
            {"mark": line, "encoding": {**place, "x": {"field": "low", **x}, "x2": {"field": "high"}}},
            {
                "mark": dot,
                "encoding": {**place, "x": {"field": "mean", **x}, "shape": shape, "tooltip": tips},
            },
        ],
    }


def reliability(colours: Palette) -> Spec:
    """Stated chance against what happened, per cent; the dashed line is where both are alike."""
    scale = {"domain": [0, 100]}
    x = {"type": "quantitative", "title": _("Chance stated, %"), "scale": scale, "axis": {"tickCount": 5}}
    y = {"type": "quantitative", "title": _("Chosen, %"), "scale": scale, "axis": {"tickCount": 5}}
    dot = {"type": "point", "filled": True, "opacity": 1, "color": colours.scenario, "size": 110}
    number = {"type": "text", "aria": False, "dy": -14, "color": colours.ink}
    place = {"x": {"field": "stated", **x}, "y": {"field": "happened", **y}}
    count = {"field": "offers", "type": "quantitative", "title": _("Offers")}
    tips = [
        {"field": "stated", "type": "quantitative", "title": _("Chance stated, %"), "format": ".0f"},
        {"field": "happened", "type": "quantitative", "title": _("Chosen, %"), "format": ".0f"},
        count,
    ]
    return {
        "height": 320,
        "padding": {"left": 0, "right": 12, "top": 8, "bottom": 0},
        "layer": [
            {
                "data": {"values": [{"at": 0}, {"at": 100}]},
                "mark": charts.dashed("line", colours),
                "encoding": {"x": {"field": "at", **x}, "y": {"field": "at", **y}},
            },
            {"mark": dot, "encoding": {**place, "tooltip": tips}},
            {"mark": number, "encoding": {**place, "text": count}},
        ],
    }


def offers(count: int, colours: Palette) -> Spec:
    """A bar of chance per offer, its number at its end; the chosen one is coloured, the others grey."""
    said = [_("Chosen"), _("Not chosen")]
    scale = {"domain": said, "range": [colours.scenario, colours.baseline]}
    x = {
        "field": "percent", "type": "quantitative", "title": _("Chance in the model, %"),
        "scale": {"domain": [0, 100]}, "axis": {"tickCount": 5, "grid": False},
    }  # fmt: skip
    who = {"field": "outcome", "type": "nominal", "title": None, "scale": scale, "legend": TOP}
    number = {"type": "text", "aria": False, "align": "left", "dx": 5, "color": colours.ink}
    return {
        "height": ROW * (count + 2) + FRAME,
        "padding": MARGINS,
        "encoding": {"y": _rows("offer"), "x": x},
        "layer": [
            {"mark": {"type": "bar", "cornerRadiusEnd": 3}, "encoding": {"color": who}},
            {
                "mark": number,
                "encoding": {"text": {"field": "percent", "type": "quantitative", "format": ".0f"}},
            },
        ],
    }
