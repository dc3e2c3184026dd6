"""What a calibration says, on a toy whose truth is known, and the published result."""

import json
from dataclasses import replace

import numpy as np
import pytest

from sim import MODEL_VERSION
from sim.cli.say import json_text
from sim.estimation.aggregates import Aggregate, Observed, read_aggregates, targets
from sim.estimation.calibration import FACTS, Calibration, Fact
from sim.estimation.fit import headline, report, weighted_points
from sim.estimation.matching import Wave, match
from tests.structure.tree import ROOT

PUBLISHED = ROOT / "docs" / "calibration.json"  # made by `sim calibrate --json`
PEOPLE = (Fact("rule.one", "share", 0.0, 0.5, 2.0), Fact("rule.two", "months", 10.0, 20.0, 30.0))
TRUTH = np.array([0.8, 0.5])


def simulator(point):
    """Two outputs that follow the first fact, one held out; the second fact does nothing."""
    chance = 0.05 * np.array([-1.0, -0.5, 0.0, 0.5, 1.0])
    return np.column_stack([point[0] + chance, 2 * point[0] + chance[::-1], 1 - point[0] - chance])


def toy(seen=(0.8, 1.6, 0.2), error=0.05, discrepancy=0.0):
    listed = tuple(
        Aggregate(f"a{at}", use, "plain", f"Number {at}", "share", error, discrepancy, 0.0, "toy", "toy")
        for at, use in enumerate(("matched", "matched", "held_out"))
    )
    known = {one.name: Observed(value) for one, value in zip(listed, seen, strict=True)}
    aims = targets(listed, known)
    middle = np.array([one.place for one in PEOPLE])
    seed_run = Wave(middle[None], simulator(middle)[None])
    return Calibration(
        PEOPLE, listed, known, aims, seed_run, match(simulator, aims, 2, 32, emulated_points=512)
    )


@pytest.fixture(scope="module")
def found():
    return report(toy())


def test_the_fact_that_matters_moves_to_the_truth_and_the_other_stays(found):
    one, two = found["facts"]
    assert one["verdict"] == "higher"
    assert two["verdict"] == "as before"
    low, middle, high = one["weighed"]
    assert low < 1.6 < high
    assert middle == pytest.approx(1.6, abs=0.1)
    assert one["not_ruled_out"][0] > 0.5
    assert two["not_ruled_out"] == pytest.approx([10, 30], abs=0.5)
    assert one["moves_most"]["aggregate"] == "a1"
    assert one["moves_most"]["deviations"] > 10
    assert abs(two["moves_most"]["deviations"]) < 0.01


def test_the_fit_comes_nearer_also_where_it_was_held_out(found):
    rows = {one["name"]: one for one in found["aggregates"]}
    assert rows["a2"]["use"] == "held_out"
    assert rows["a2"]["verdict"] == "within, nearer"
    assert abs(rows["a2"]["miss_weighed"]) < 0.5 < abs(rows["a2"]["miss_before"])
    assert rows["a2"]["weighed"][1] == pytest.approx(0.2, abs=0.05)
    assert rows["a0"]["explained"] == pytest.approx(1.0)


def test_a_held_out_observation_takes_no_part():
    other = report(toy(seen=(0.8, 1.6, -99.0)))
    assert [one["weighed"] for one in other["facts"]] == [one["weighed"] for one in report(toy())["facts"]]
    assert other["aggregates"][2]["verdict"] == "outside, nearer"


def test_the_headline_says_what_is_left_and_what_moves(found):
    assert found["headline"] == headline(toy())
    assert "% of the space is not ruled out" in found["headline"]
    assert "the record moves rule.one;" in found["headline"]


def test_observations_that_say_nothing_move_nothing():
    said = headline(toy(error=50.0))
    assert said.startswith("Nothing within the ranges is ruled out.")
    assert "the record moves no fact clearly" in said


def test_where_all_is_ruled_out_it_says_so_and_names_the_cause():
    found = report(toy(seen=(9.0, 9.0, 9.0), error=0.0))
    assert found["headline"] == (
        "All of the space is ruled out: nowhere within the ranges does the model come near what was observed "
        "of a0, a1."
    )
    assert {one["verdict"] for one in found["facts"]} == {"ruled out"}
    assert {one["verdict"] for one in found["aggregates"]} == {"nothing is left to compare"}
    assert found["left"]["of_those_run_again"] is None
    assert [row["left"] for row in found["stricter"]] == [0.0, 0.0, 0.0]
    json.loads(json_text(found))


def test_less_room_for_the_error_of_the_model_leaves_less():
    rows = report(toy(discrepancy=0.3))["stricter"]
    assert [row["part_of_discrepancy"] for row in rows] == [1.0, 0.5, 0.0]
    assert rows[0]["left"] > rows[1]["left"] > rows[2]["left"] > 0
    assert rows[2]["moved"] == {"rule.one": "higher"}


def test_the_distance_of_the_seeds_is_beside_what_chance_gives(found):
    together = found["together"]
    assert together["best"] < together["expected"] == 2.0 < together["seeds"]
    assert together["seeds_second_largest"] > 3


def test_points_by_weight_on_paper():
    values, weights = np.array([3.0, 1.0, 2.0]), np.array([0.02, 0.9, 0.08])
    assert weighted_points(values, weights) == [1.0, 1.0, 2.0]


def test_the_report_is_plain_data(found):
    assert json.loads(json_text(found))["model_version"] == MODEL_VERSION
    known = toy()
    assert replace(known, facts=PEOPLE).facts == known.facts


def test_the_published_calibration_is_of_this_model():
    published = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    hint = "run `sim calibrate --json > docs/calibration.json` and look at what moved"
    assert published["model_version"] == MODEL_VERSION, hint
    assert [one["fact"] for one in published["facts"]] == list(FACTS)
    assert [one["name"] for one in published["aggregates"]] == [one.name for one in read_aggregates()]
