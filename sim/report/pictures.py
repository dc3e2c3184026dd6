"""Charts as SVG that stands in a page by itself: Vega-Lite specifications drawn without a browser or network.

Colours that follow light or dark are variables of the page (templates/report.html.jinja has their values).
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import pandas as pd
import vl_convert

from sim.report import shapes
from sim.report.charts import LIGHT, Palette, Spec

SERVED: Final = "app/"  # where the app serves the folder static/
VERSION: Final = "6.1"  # of Vega-Lite
COLOURS: Final = Palette(
    scenario="var(--scenario)", baseline="var(--baseline)", ink="currentColor", beside=LIGHT.beside
)
LINES: Final = "var(--lines)"
LOOK: Final[Spec] = {
    "background": None,
    "font": "sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": "currentColor",
        "titleColor": "currentColor",
        "labelFontSize": 11,
        "domainColor": LINES,
        "tickColor": LINES,
        "gridColor": LINES,
    },
    "legend": {"labelColor": "currentColor", "labelFontSize": 11},
}
FINEST: Final = 0.7  # pixels between two points of an outline
LONG_PATH: Final = 500  # characters; shorter ones are not worth it
OUTLINE: Final = re.compile(r"[MLZ\d.,-]+")
STEP: Final = re.compile(r"([MLZ])(?:(-?[\d.]+),(-?[\d.]+))?")
LONG_NUMBER: Final = re.compile(r"\d+\.\d{2,}")
PATH: Final = re.compile(r'(?<= d=")[^"]+')
NAMES: Final = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
FRAME: Final = re.compile(r'<svg [^>]*?width="([\d.]+)" height="([\d.]+)"[^>]*>')


@dataclass(frozen=True)
class Picture:
    """An SVG for a page, `width` pixels wide; a map shows countries within its `window` of degrees.

    `key` tells the clips of this picture from those of the others on the page.
    """

    spec: Spec
    alt: str
    key: str
    width: int
    data: pd.DataFrame | None = None
    window: shapes.Window = shapes.WORLD

    def __html__(self) -> str:
        """The picture as part of a page, in the way templates ask for what needs no escaping."""
        return svg(self)


def svg(picture: Picture) -> str:
    """The picture drawn: one `svg` element with its alternative text, that loads nothing."""
    drawn = vl_convert.vegalite_to_svg(json.dumps(_complete(picture)), vl_version=VERSION)
    drawn = PATH.sub(lambda path: thinned(path[0]), drawn)
    drawn = NAMES.sub("", drawn)  # the whole picture has one alternative text
    drawn = re.sub(r"(id=\"|url\(#)(\w*clip)", rf"\1{picture.key}-\2", drawn)
    return FRAME.sub(lambda found: _frame(float(found[1]), float(found[2]), picture.alt), drawn, count=1)


def _frame(width: float, height: float, alt: str) -> str:
    return (
        f'<svg role="img" aria-label="{escape(alt)}" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}">'
    )


def _complete(picture: Picture) -> Spec:
    """The specification with its width, its data, the shapes of a map and the look of a report."""
    spec: Spec = _with_shapes(picture.spec, picture.window)
    whole: Spec = {**spec, "width": picture.width, "autosize": {"type": "fit", "contains": "padding"}}
    whole["config"] = {**spec.get("config", {}), **LOOK}
    if "projection" in spec:  # what lies outside the frame is cut off, not only hidden
        frame = [[0, 0], [picture.width, spec["height"]]]
        whole["projection"] = {**spec["projection"], "clipExtent": frame}
    if picture.data is not None:
        rows = json.loads(picture.data.to_json(orient="records", date_format="iso"))
        whole["data"] = {"values": rows}
    return whole


def _with_shapes(part: Any, window: shapes.Window) -> Any:
    """The specification with what the app serves put into it."""
    if isinstance(part, dict):
        if str(part.get("url", "")).startswith(SERVED):
            rest = {name: value for name, value in part.items() if name != "url"}
            return {"values": shapes.served(part["url"].removeprefix(SERVED), window), **rest}
        return {name: _with_shapes(value, window) for name, value in part.items()}
    return [_with_shapes(one, window) for one in part] if isinstance(part, list) else part


def thinned(path: str) -> str:
    """The outline of a state in whole tenths of a pixel, without what is finer than anybody sees.

    Other paths only get their numbers rounded.
    """
    if len(path) < LONG_PATH or not OUTLINE.fullmatch(path):
        return LONG_NUMBER.sub(lambda one: f"{float(one[0]):.1f}", path)
    kept: list[str] = []
    last = (math.inf, math.inf)
    for sign, x, y in STEP.findall(path):
        here = (float(x or 0), float(y or 0))
        if sign == "L" and math.dist(here, last) < FINEST:
            continue
        kept.append(f"{sign}{here[0]:.1f},{here[1]:.1f}" if x else sign)
        last = here
    return "".join(kept)
