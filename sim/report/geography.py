"""Where countries lie on a map of Europe, and where an arc from beyond its edge begins.

A country lies at the centre of its largest piece of land, worked out from the same shapes that the browser
draws (static/PROVENANCE.md). The plane is that of the map: Lambert's azimuthal equal-area projection (Snyder
1987, pages 182 to 190), in which directions from the middle of the map are true.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]

SHAPES = Path(__file__).resolve().parents[2] / "static" / "countries-50m.json"
OUTSIDE: Mapping[str, str] = {"CHE": "756", "ISR": "376", "KOR": "410"}  # ISO 3166, for makers outside NATO
CENTRE = (13.0, 53.5)  # degrees east and north: the middle of the map
EDGE = (0.43, 0.345)  # what is shown at least, east and north of the middle, in radians


@lru_cache(maxsize=1)
def _shapes() -> tuple[dict[str, Any], list[list[Point]]]:
    """The countries of the map by ISO number, and its arcs in degrees."""
    atlas = json.loads(SHAPES.read_text(encoding="utf-8"))
    (east, north), (west, south) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = []
    for steps in atlas["arcs"]:
        x = y = 0
        arc = []
        for across, up in steps:  # each point is written as its distance from the one before
            x, y = x + across, y + up
            arc.append((x * east + west, y * north + south))
        arcs.append(arc)
    return {one["id"]: one for one in atlas["objects"]["countries"]["geometries"] if "id" in one}, arcs


@lru_cache(maxsize=64)
def centre(numeric: str) -> Point:
    """Degrees east and north of the centre of a country's largest piece of land, by its ISO number."""
    countries, arcs = _shapes()
    shape = countries[numeric]
    pieces = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    rings = [[point for at in piece[0] for point in _arc(arcs, at)] for piece in pieces]
    _area, east, north = max(_area_and_centre(ring) for ring in rings)
    return east, north


def _arc(arcs: list[list[Point]], at: int) -> list[Point]:
    """An arc by its number; ~number stands for the same arc backwards."""
    return arcs[at] if at >= 0 else arcs[~at][::-1]


def _area_and_centre(ring: Sequence[Point]) -> tuple[float, float, float]:
    """Size (any unit) and centre in degrees of a ring, on a plane that is true at its mean latitude."""
    narrow = math.cos(math.radians(sum(north for _, north in ring) / len(ring)))
    area = east = north = 0.0
    for (x, y), (next_x, next_y) in pairwise(ring):
        part = x * next_y - next_x * y
        area, east, north = area + part, east + part * (x + next_x), north + part * (y + next_y)
    if area == 0.0:
        return 0.0, *ring[0]
    return abs(area) * narrow, east / (3.0 * area), north / (3.0 * area)


def to_plane(point: Point) -> Point:
    """From degrees to radians east and north of the middle of the map."""
    east, north = math.radians(point[0] - CENTRE[0]), math.radians(point[1])
    middle = math.radians(CENTRE[1])
    cosine = math.sin(middle) * math.sin(north) + math.cos(middle) * math.cos(north) * math.cos(east)
    stretch = math.sqrt(2.0 / (1.0 + cosine))
    up = math.cos(middle) * math.sin(north) - math.sin(middle) * math.cos(north) * math.cos(east)
    return stretch * math.cos(north) * math.sin(east), stretch * up


def from_plane(place: Point) -> Point:
    """From radians east and north of the middle of the map to degrees."""
    x, y = place
    far = math.hypot(x, y)
    if far == 0.0:
        return CENTRE
    angle, middle = 2.0 * math.asin(min(1.0, far / 2.0)), math.radians(CENTRE[1])
    north = math.asin(math.cos(angle) * math.sin(middle) + y * math.sin(angle) * math.cos(middle) / far)
    across = far * math.cos(middle) * math.cos(angle) - y * math.sin(middle) * math.sin(angle)
    return CENTRE[0] + math.degrees(math.atan2(x * math.sin(angle), across)), math.degrees(north)


def within(place: Point) -> Point:
    """The place itself, or where the straight line to it from the middle leaves the map."""
    beyond = max(abs(place[0]) / EDGE[0], abs(place[1]) / EDGE[1])
    return place if beyond <= 1.0 else (place[0] / beyond, place[1] / beyond)


def is_within(place: Point) -> bool:
    """Whether a place of the plane lies on the map."""
    return within(place) == place


def arc(start: Point, end: Point, bend: float = 0.15, points: int = 16) -> list[Point]:
    """A bent line between two places of the plane, always to the same side, so that two ways lie apart.

    bend: how far its middle lies beside the straight line, as a part of its length.
    """
    (x, y), (to_x, to_y) = start, end
    aside = (x + to_x) / 2 - 2 * bend * (to_y - y), (y + to_y) / 2 + 2 * bend * (to_x - x)
    found = []
    for at in range(points + 1):
        done = at / points
        here, pull, there = (1 - done) ** 2, 2 * done * (1 - done), done**2
        found.append((here * x + pull * aside[0] + there * to_x, here * y + pull * aside[1] + there * to_y))
    return found
