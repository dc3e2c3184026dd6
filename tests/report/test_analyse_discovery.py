"""The sentence of a discovery says the figures of its record, and says why there is no box."""

import re
from dataclasses import replace

import numpy as np
import pytest

from sim.evidence.seeds import load_seeds
from sim.experiment.analyse import prim
from sim.experiment.analyse.conditions import condition
from sim.experiment.analyse.discovery import Discovery, _limits, box_in
from sim.experiment.analyse.futures import Futures, dimensions
from sim.experiment.points import Work
from sim.policy.scenario import load_scenario
from sim.report import analyse_discovery as shown
from sim.report.analyse_futures import dimensions_table, limits_of
from sim.report.charts import DARK, LIGHT
from tests.experiment.analyse.planted import box_in_noise

NAMES = {"POL": "Poland"}


def made_up(reason: str = "") -> Discovery:
    """A discovery of a planted box over four dimensions, or one without a box for a reason."""
    x, y = box_in_noise(384, 4)
    moved = dimensions(("threat", "build_months", "shock_chance", "quote.ally_months"))
    futures = Futures(moved, x)
    means = np.where(y, 1.5, 0.5)
    miss = condition("usable_gap_years.POL > 0.9", load_seeds())
    box, fresh, boxes, _ = box_in(x, y, np.ones(384, bool), 256)
    limits = _limits(box, futures, y, np.ones(384, bool), 256)
    plan = load_scenario("baseline")
    found = Discovery(
        plan, miss, futures, (), 256, means, 0.45, 3, tuple(boxes), box, fresh, limits, "", Work()
    )
    return found if not reason else replace(found, box=None, fresh=None, limits=(), reason=reason)


def test_the_headline_says_the_figures_of_the_record():
    found = made_up()
    said, record = shown.headline(found, NAMES), found.record()
    box = record["box"]
    assert "“Gap-years, usable” of Poland above 0.90 years" in said
    assert f"{box['hits']} of {record['misses']} misses lie in this box" in said
    coverage = box["coverage"]
    assert (
        f"a coverage of {100 * coverage['share']:.0f} % (90 % interval {100 * coverage['low']:.0f} to" in said
    )
    assert f"{100 * box['density']['share']:.0f} % (90 % interval" in said
    assert f"of the {box['cases']} futures in it" in said
    assert said.endswith(f"against {100 * box['all_hits'] / 256:.0f} % of all 256.")
    for one in found.limits:
        assert limits_of(one.dimension, one.low, one.high) in said
    assert re.search(r"“Felt threat” is above 1\.3\d", said)
    assert re.search(r"“Months to build one unit” is below 1\.0\d times the estimate", said)


def test_what_follows_says_the_fresh_futures():
    found = made_up()
    fresh = found.record()["box"]["fresh"]
    first, *rest = shown.sentences(found, NAMES)
    assert first.startswith("In 128 fresh futures, which did not choose the box,")
    assert f"it holds {fresh['hits']} of {fresh['all_hits']} misses" in first
    assert rest[0].endswith(
        "0.50 years in the middle, and 0.50 years to 1.5 years in eight of ten; "
        "as things are, it is 0.45 years."
    )
    assert any(one.startswith("3 futures lie so near") for one in rest)
    assert rest[-1].startswith("Futures fill the ranges evenly;")


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("few_misses", "too few to say when, for which 10 are needed"),
        ("few_hits", "too many to say when it does not"),
        ("no_structure", "no limits on what moves set these apart"),
        ("not_confirmed", "did not hold in 128 fresh ones"),
    ],
)
def test_without_a_box_the_reason_is_said(reason, words):
    said = shown.headline(made_up(reason), NAMES)
    assert words in said
    assert "above all where" not in said
    assert shown.limits_table(made_up(reason)).empty


def test_tables_and_charts_hold_every_limit_and_step():
    found = made_up()
    assert list(shown.limits_table(found).iloc[:, 0]) == ["Felt threat", "Months to build one unit"]
    assert len(shown.trajectory_table(found)) == len(found.boxes)
    rows = shown.trajectory_rows(found)
    assert list(rows["which"])[-1] == "Chosen"
    assert rows["density"].iloc[-1] == found.box.density
    bars = shown.box_rows(found)
    assert bars["low"].iloc[0] == found.limits[0].places[0]
    assert bars["high"].iloc[0] == 1.0
    for colours in (LIGHT, DARK):
        assert shown.box_chart(colours)["layer"][1]["mark"]["color"] == colours.scenario
        assert shown.trajectory_chart(colours)["encoding"]["x"]["field"] == "coverage"
    assert "“Felt threat” is above" in shown.box_alt(found)
    assert f"of {len(found.boxes)} boxes" in shown.trajectory_alt(found)
    assert shown.misses_said(found).startswith(f"{found.record()['misses']} of 256 futures miss")
    assert len(dimensions_table(found.futures.dimensions)) == 4
    assert max(one.quasi_p for one in found.limits) <= prim.SIGNIFICANT
