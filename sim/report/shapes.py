"""The shapes of states (TopoJSON in static/) for maps that are drawn here: only what a map can show.

A drawing keeps all other threads waiting, so a map of Europe is not asked to project the whole world.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
Window = tuple[float, float, float, float]  # west, south, east, north, in degrees
WORLD: Final[Window] = (-180.0, -90.0, 180.0, 90.0)


@cache
def served(path: str, window: Window = WORLD) -> dict[str, Any]:
    """A file under the root of the project, without the countries that lie outside a window."""
    return within(json.loads((ROOT / path).read_text(encoding="utf-8")), window)


def within(shapes: dict[str, Any], window: Window) -> dict[str, Any]:
    """The countries that may reach into the window, and their lines; other lines stay as empty places."""
    frames = [_frame(arc, shapes["transform"]) for arc in shapes["arcs"]]
    countries = shapes["objects"]["countries"]
    seen = [
        one
        for one in countries["geometries"]
        if _meet([frames[arc] for arc in _arcs(one.get("arcs", []))], window)
    ]
    used = {arc for one in seen for arc in _arcs(one["arcs"])}
    return {
        **shapes,
        "objects": {"countries": {**countries, "geometries": seen}},
        "arcs": [arc if number in used else [] for number, arc in enumerate(shapes["arcs"])],
    }


def _arcs(nested: Any) -> Iterator[int]:
    """The numbers of the lines of a country; one that is walked backwards is written as its complement."""
    if isinstance(nested, int):
        yield nested if nested >= 0 else ~nested
    else:
        for part in nested:
            yield from _arcs(part)


def _frame(arc: list[list[int]], transform: dict[str, Any]) -> Window:
    """The smallest window around a line, whose points are moves from the one before on a grid."""
    points = list(accumulate(arc, lambda one, move: [one[0] + move[0], one[1] + move[1]]))
    (wide, high), (west, south) = transform["scale"], transform["translate"]
    across, along = [x * wide + west for x, _y in points], [y * high + south for _x, y in points]
    return min(across), min(along), max(across), max(along)


def _meet(frames: list[Window], window: Window) -> bool:
    """Whether any of the frames touches the window."""
    west, south, east, north = window
    return any(
        left <= east and right >= west and low <= north and high >= south for left, low, right, high in frames
    )
