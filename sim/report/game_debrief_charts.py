"""Charts of a debrief: points over many futures and on the hidden day, and a contract in time."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sim.game.score import BuyerScore
from sim.game.trace import Traced
from sim.report.charts import Palette, Spec
from sim.report.game_news import seat_name
from sim.report.language import _
from sim.report.why_words import CAUSES

ROW = 38


def score_frame(rows: Sequence[BuyerScore]) -> pd.DataFrame:
    """Numbers for `score_chart`."""
    return pd.DataFrame(
        {
            "seat": [seat_name(one.seat) for one in rows],
            "low": [one.low for one in rows],
            "expected": [one.expected for one in rows],
            "high": [one.high for one in rows],
            "realised": [one.realised for one in rows],
            "rules": [one.rules for one in rows],
        }
    )


def score_chart(rows: Sequence[BuyerScore], colours: Palette) -> Spec:
    """Points of every buying seat, in the order of the table: dot expected, diamond on the hidden day."""
    order = [seat_name(one.seat) for one in rows]
    axis = {"labelLimit": 170, "domain": False, "ticks": False}
    y = {"field": "seat", "type": "nominal", "sort": order, "title": None, "axis": axis}
    x = {"type": "quantitative", "scale": {"domain": [0, 100]}, "axis": {"title": None, "tickCount": 5}}
    tips = [
        {"field": name, "type": "quantitative", "title": title, "format": ".1f"}
        for name, title in (
            ("expected", _("Expected")), ("realised", _("On the day")), ("rules", _("Rules alone")),
        )
    ]  # fmt: skip
    band = {
        "mark": {"type": "bar", "height": 10, "cornerRadius": 5, "opacity": 0.4, "color": colours.scenario},
        "encoding": {"x": {"field": "low", **x}, "x2": {"field": "high"}},
    }
    rules = {
        "mark": {"type": "tick", "thickness": 3, "size": 22, "color": colours.baseline, "aria": False},
        "encoding": {"x": {"field": "rules", **x}},
    }
    dot = {
        "mark": {"type": "point", "filled": True, "size": 130, "opacity": 1, "color": colours.scenario},
        "encoding": {"x": {"field": "expected", **x}, "tooltip": tips},
    }
    day = {
        "mark": {
            "type": "point", "shape": "diamond", "size": 150, "strokeWidth": 2.5, "color": colours.beside[0],
            "aria": False,
        },
        "encoding": {"x": {"field": "realised", **x}},
    }  # fmt: skip
    margins = {"left": 0, "right": 10, "top": 0, "bottom": 0}
    height = ROW * len(rows) + 20
    return {"height": height, "padding": margins, "encoding": {"y": y}, "layer": [band, rules, dot, day]}


def waits_frame(one: Traced) -> pd.DataFrame:
    """Months of waiting for the first unit by cause, those that took any."""
    return pd.DataFrame(
        [(_(CAUSES[name]), months) for name, months in one.waits if months >= 0.5],
        columns=["cause", "months"],
    )


def waits_chart(rows: pd.DataFrame, colours: Palette) -> Spec:
    """Months of waiting by cause, one bar each."""
    y = {
        "field": "cause", "type": "nominal", "sort": list(rows["cause"]), "title": None,
        "axis": {"labelLimit": 190, "domain": False, "ticks": False, "labelOverlap": False},
    }  # fmt: skip
    x = {"field": "months", "type": "quantitative", "axis": {"title": _("Months"), "tickCount": 5}}
    bar = {"type": "bar", "color": colours.scenario, "height": {"band": 0.6}}
    return {"height": {"step": 28}, "mark": bar, "encoding": {"y": y, "x": x}}
