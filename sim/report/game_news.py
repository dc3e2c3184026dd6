"""What happened in a turn of a game, and all seats side by side, never sorted by how they do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from sim.game.changes import Change
from sim.game.overview import CategoryGap, SeatDials
from sim.game.seats import ALLIANCE, INDUSTRY, find_seat
from sim.report import game_changes, numbers, words
from sim.report.charts import Palette, Spec
from sim.report.game_words import category_name
from sim.report.language import _

ROW: Final = 34  # pixels of a row
DIALS: Final = ("speed", "cost", "reliance")


def story(found: Sequence[Change]) -> list[str]:
    """What happened, a sentence each; one sentence where nothing did."""
    if not found:
        return [_("Nothing has been signed or delivered for the seats at this table yet.")]
    return [game_changes.sentence(one) for one in found]


def seat_name(name: str) -> str:
    """A seat in words; an industry is told from the state of its name."""
    seat = find_seat(name)
    if seat.kind == INDUSTRY:
        return _("Industry: {name}").format(name=_(seat.name))
    if seat.kind == ALLIANCE:
        return _("Alliance and Brussels")
    return words.listed([_(part) for part in seat.name.split(", ")])


def cost_text(cost: float | None) -> str:
    """A price index of orders: 1.08 is 8 % above the usual price; a dash before the first order."""
    return "–" if cost is None else f"{cost:.2f}"


def dials_table(rows: Sequence[SeatDials]) -> pd.DataFrame:
    """The dials of all buying seats, in the order in which they sit."""
    return pd.DataFrame(
        {
            _("Seat"): [seat_name(one.seat) for one in rows],
            _("Usable"): [numbers.percent(one.speed) for one in rows],
            _("Price index"): [cost_text(one.cost) for one in rows],
            _("Largest hold"): [numbers.percent(one.reliance) for one in rows],
        }
    )


def dial_frame(rows: Sequence[SeatDials]) -> pd.DataFrame:
    """Numbers for `dial_chart`, a row for each seat."""
    return pd.DataFrame(
        {
            "seat": [seat_name(one.seat) for one in rows],
            "speed": [one.speed for one in rows],
            "cost": [one.cost for one in rows],
            "reliance": [one.reliance for one in rows],
        }
    )


def dial_chart(rows: Sequence[SeatDials], measure: str, colours: Palette, big: bool = False) -> Spec:
    """One dial of all seats side by side, in the order in which they sit."""
    order = [seat_name(one.seat) for one in rows]
    size = 16 if big else 12
    domain = [0.0, 1.0]
    if measure == "cost":
        known = [one.cost for one in rows if one.cost is not None]
        domain = [0.0, max(1.5, *known)] if known else [0.0, 1.5]
    text = "format(datum.value, '.1f')" if measure == "cost" else "format(100 * datum.value, '.0f') + ' %'"
    label = text.replace(".value", f".{measure}").replace("'.1f'", "'.2f'")
    y = {
        "field": "seat", "type": "nominal", "sort": order, "title": None,
        "axis": {"labelLimit": 220, "labelFontSize": size, "domain": False, "ticks": False},
    }  # fmt: skip
    x = {
        "field": measure, "type": "quantitative", "title": None, "scale": {"domain": domain},
        "axis": {"tickCount": 3, "labelExpr": text, "labelFontSize": size - 2, "grid": True},
    }  # fmt: skip
    bar = {"mark": {"type": "bar", "color": colours.scenario, "height": {"band": 0.55}}, "encoding": {"x": x}}
    said = {
        "transform": [{"filter": f"isValid(datum.{measure})"}, {"calculate": label, "as": "said"}],
        "mark": {
            "type": "text", "align": "left", "dx": 4, "fontSize": size, "color": colours.ink, "aria": False,
        },
        "encoding": {"x": x, "text": {"field": "said"}},
    }  # fmt: skip
    margins = {"left": 0, "right": 44, "top": 0, "bottom": 0}
    height = (ROW - (4 if big else 8)) * len(rows) + 30
    return {"height": height, "padding": margins, "encoding": {"y": y}, "layer": [bar, said]}


def dial_title(measure: str) -> str:
    """What a dial shows, in a line."""
    return {
        "speed": _("Usable of what it needs"),
        "cost": _("Price over the usual price"),
        "reliance": _("Largest hold of one foreign government"),
    }[measure]


def dial_alt(rows: Sequence[SeatDials], measure: str) -> str:
    """One dial of all seats in a sentence."""
    said = [
        _("{seat} {value}").format(
            seat=seat_name(one.seat),
            value=cost_text(one.cost) if measure == "cost" else numbers.percent(getattr(one, measure)),
        )
        for one in rows
    ]
    return _("{dial}: {values}.").format(dial=dial_title(measure), values=words.listed(said))


def gap_frame(rows: Sequence[CategoryGap]) -> pd.DataFrame:
    """Numbers for `gap_chart`."""
    return pd.DataFrame(
        {
            "category": [words.started(category_name(one.category)) for one in rows],
            "start": [one.start for one in rows],
            "now": [one.now for one in rows],
        }
    )


def gap_chart(rows: Sequence[CategoryGap], colours: Palette, big: bool = False) -> Spec:
    """The gap of every category of Europe and Canada now (bar) and at the start of the game (tick)."""
    size = 16 if big else 12
    order = [words.started(category_name(one.category)) for one in rows]
    y = {
        "field": "category", "type": "nominal", "sort": order, "title": None,
        "axis": {"labelLimit": 260, "labelFontSize": size, "domain": False, "ticks": False},
    }  # fmt: skip
    axis = {"tickCount": 5, "labelExpr": "format(100 * datum.value, '.0f') + ' %'", "labelFontSize": size - 2}
    x = {"type": "quantitative", "title": None, "axis": axis, "scale": {"zero": True}}
    tips = [
        {"field": "category", "type": "nominal", "title": _("Category")},
        {"field": "now", "type": "quantitative", "title": _("Now"), "format": ".0%"},
        {"field": "start", "type": "quantitative", "title": _("At the start"), "format": ".0%"},
    ]
    bar = {
        "mark": {"type": "bar", "color": colours.scenario, "height": {"band": 0.55}},
        "encoding": {"x": {"field": "now", **x}, "tooltip": tips},
    }
    tick = {
        "mark": {"type": "tick", "color": colours.ink, "thickness": 3, "aria": False},
        "encoding": {"x": {"field": "start", **x}},
    }
    height = (ROW - 8 + (6 if big else 0)) * len(rows) + 30
    return {"height": height, "encoding": {"y": y}, "layer": [bar, tick]}


def gap_table(rows: Sequence[CategoryGap]) -> pd.DataFrame:
    """The gaps as a table."""
    return pd.DataFrame(
        {
            _("Category"): [words.started(category_name(one.category)) for one in rows],
            _("At the start"): [numbers.percent(one.start) for one in rows],
            _("Now"): [numbers.percent(one.now) for one in rows],
        }
    )


def gap_alt(rows: Sequence[CategoryGap]) -> str:
    """The chart of gaps in a sentence."""
    said = [
        _("{category} {now} (at the start {start})").format(
            category=category_name(one.category),
            now=numbers.percent(one.now),
            start=numbers.percent(one.start),
        )
        for one in rows
    ]
    return _("Missing of what Europe and Canada need: {values}.").format(values=words.listed(said))
