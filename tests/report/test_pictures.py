"""Charts as SVG: they load nothing, take their colours from the page, and say what they show."""

import json
import re
import xml.etree.ElementTree as ET

import pandas as pd
import pytest

from sim.report import charts, maps, pictures, shapes, tables
from sim.report.measures import MEASURES
from sim.report.pictures import COLOURS, Picture
from tests.report import fake


def drawn(spec: charts.Spec, alt: str = "A chart", data: pd.DataFrame | None = None) -> str:
    return pictures.svg(Picture(spec, alt, "s0-one", 300, data))


def fan() -> str:
    before = fake.result([1.0, 2.0], [1.0, 1.0], [1.0, 1.0])
    series = tables.place_series(before, "gap_share", "POL")
    table = tables.fans(series, series, ("Baseline", "This scenario"))
    return drawn(charts.fan(("Baseline", "This scenario"), "share", COLOURS), data=table)


@pytest.fixture(scope="module")
def europe() -> str:
    before = fake.result([1.0] * 3, [1.0] * 3, [1.0] * 3)
    after = fake.result([2.0] * 3, [1.0] * 3, [1.0] * 3)
    names, numeric = {"NOR": "Norway", "POL": "Poland"}, {"NOR": "578", "POL": "616"}
    gap = MEASURES["gap_years"]
    rows = maps.rows(tables.places_table(before, after, ("gap_years",)), gap, numeric, names, False)
    return drawn(maps.panel(rows, gap, "europe", False, COLOURS))


def test_a_fan_is_one_picture_with_its_labels() -> None:
    text = fan()
    root = ET.fromstring(text)
    assert (root.get("role"), root.get("aria-label")) == ("img", "A chart")
    assert float(root.get("width") or 0) <= 300
    assert text.count("role=") == 1
    said = {one.text for one in root.iter("text")}
    assert {"Baseline", "This scenario", "2030"} <= said


def test_its_colours_are_those_of_the_page() -> None:
    text = fan()
    assert "var(--scenario)" in text
    assert "var(--baseline)" in text
    assert "currentColor" in text


def test_a_map_has_its_shapes_inside_and_loads_nothing(europe: str) -> None:
    ET.fromstring(europe)
    assert "countries-50m" not in europe
    assert not re.search(r'href="(?!#)|src=', europe)
    assert "#D55E00" in europe or "rgb(213, 94, 0)" in europe  # Poland is worse off
    assert 50_000 < len(europe) < 400_000


def test_clips_carry_the_name_of_their_picture(europe: str) -> None:
    made = set(re.findall(r'id="([^"]+)"', europe))
    used = set(re.findall(r"url\(#([^)]+)\)", europe))
    assert used
    assert used <= made
    assert all(name.startswith("s0-one-") for name in made)


def test_an_alternative_text_cannot_break_out() -> None:
    hostile = '"><script>alert(1)</script>'
    text = drawn(
        charts.interval(1.0, COLOURS), hostile, pd.DataFrame({"low": [0], "change": [1], "high": [1]})
    )
    assert "<script" not in text
    assert ET.fromstring(text).get("aria-label") == hostile


def test_an_outline_loses_only_what_nobody_sees() -> None:
    coast = "M0.04,0" + "".join(f"L{step / 10},0.123" for step in range(1, 1000)) + "L100,50.55Z"
    thin = pictures.thinned(coast)
    assert thin.startswith("M0.0,0.0L0.8,0.1L1.5,0.1")
    assert thin.endswith(("L100.0,50.5Z", "L100.0,50.6Z"))
    assert 100 <= thin.count("L") <= 145


def test_other_paths_are_only_rounded() -> None:
    assert pictures.thinned("M1.234,5L1.25,5.04C1.26,7.777,8,9,10,11Z") == "M1.2,5L1.2,5.0C1.3,7.8,8,9,10,11Z"


def test_a_map_gets_only_the_countries_that_it_can_show() -> None:
    path = "static/countries-50m.json"
    whole, europe = shapes.served(path), shapes.served(path, (-35.0, 25.0, 55.0, 80.0))
    found = {one["properties"]["name"] for one in europe["objects"]["countries"]["geometries"]}
    assert {"Poland", "Norway", "Portugal", "Turkey", "Iceland"} <= found
    assert not {"Australia", "Argentina", "Japan"} & found
    assert len(europe["arcs"]) == len(whole["arcs"])
    assert len(json.dumps(europe)) < 0.7 * len(json.dumps(whole))
