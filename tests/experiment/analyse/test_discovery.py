"""Scenario discovery: a box is claimed where one is planted and fresh futures agree, and else nothing."""

import numpy as np
import pytest

from sim.evidence.seeds import load_seeds
from sim.experiment.analyse.conditions import condition
from sim.experiment.analyse.discovery import FEWEST, box_in, discover, means_of, runs, share_interval
from sim.experiment.analyse.futures import dimensions, sequence
from sim.experiment.points import Outcome, Work, evaluate
from sim.policy.errors import ScenarioError
from sim.policy.scenario import from_query, load_scenario
from tests.experiment.analyse.planted import box_in_noise, noise

FEW = Work(replications=2)
MOVED = ("threat", "price_inflation", "shock_chance")


def test_a_planted_box_holds_in_fresh_futures():
    x, y = box_in_noise(384, 6)
    box, fresh, boxes, reason = box_in(x, y, np.ones(384, bool), 256)
    assert reason == ""
    assert box.restricted == (0, 1)
    assert (box.all_cases, fresh.all_cases, fresh.all_hits) == (256, 128, int(y[256:].sum()))
    assert fresh.density == pytest.approx(box.density, abs=0.15)
    assert len(boxes) > 10


def test_noise_gives_no_box():
    x = sequence(8, 384)
    for share in (0.1, 0.2, 0.3, 0.5):
        y = noise(384) < share
        box, fresh, _, reason = box_in(x, y, np.ones(384, bool), 256)
        assert (box, fresh) == (None, None), share
        assert reason in ("no_structure", "not_confirmed")


@pytest.mark.parametrize(("hits", "reason"), [(FEWEST - 1, "few_misses"), (100 - FEWEST + 1, "few_hits")])
def test_too_few_of_either_kind_give_no_box(hits, reason):
    x = sequence(2, 150)
    y = np.arange(150) < hits
    assert box_in(x, y, np.ones(150, bool), 100) == (None, None, [], reason)


def test_futures_without_a_figure_do_not_count():
    x, y = box_in_noise(384, 4)
    known = np.ones(384, bool)
    known[::5] = False
    box, fresh, _, _ = box_in(x, y & known, known, 256)
    assert (box.all_cases, fresh.all_cases) == (int(known[:256].sum()), int(known[256:].sum()))


def test_means_and_their_intervals():
    means, errors = means_of(np.array([[1.0, 3.0, np.nan], [np.nan] * 3, [2.0, np.nan, np.nan]]))
    assert means[[0, 2]] == pytest.approx([2.0, 2.0])
    assert np.isnan(means[1])
    assert errors == pytest.approx([1.645 * 2**0.5 / 2**0.5, 0.0, 0.0])


def test_an_interval_of_a_share_is_that_of_wilson():
    found = share_interval(35, 41)
    z, n, p = 1.6448536269514722, 41, 35 / 41
    middle, reach = (p + z * z / (2 * n)), z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    expected = [(middle + sign * reach) / (1 + z * z / n) for sign in (-1, 1)]
    assert [found["low"], found["high"]] == pytest.approx(expected)
    assert share_interval(0, 0)["share"] is None


@pytest.fixture(scope="module")
def found():
    plan = load_scenario("baseline")
    miss = condition("usable_gap_years.POL > 0.7", load_seeds())
    return discover(plan, miss, FEW, 48, dimensions(MOVED))


def test_the_model_misses_where_threat_is_high(found):
    assert found.limits[0].dimension.id == "threat"
    assert found.limits[0].low > 0.8
    assert found.limits[0].high is None
    record = found.record()
    assert record["misses"] == int(found.misses[:48].sum()) == record["box"]["all_hits"]
    inside = found.futures.values()[:48, 0] >= found.limits[0].low
    if len(found.limits) == 1:
        assert record["box"]["cases"] == int(inside.sum())
        assert record["box"]["hits"] == int((inside & found.misses[:48]).sum())
    assert (record["futures"], record["fresh_futures"], len(found.means)) == (48, 24, 72)
    assert runs(FEW, 48) == (1 + 72) * 2


def test_each_future_is_a_run_of_its_scenario(found):
    alone = evaluate([found.futures.scenario(found.scenario, 5)], [Outcome("usable_gap_years", "POL")], FEW)
    assert found.means[5] == alone.mean()
    as_is = evaluate([found.scenario], [Outcome("usable_gap_years", "POL")], FEW).mean()
    assert found.record()["outcome"]["as_is"] == as_is


def test_the_middle_of_the_box_can_be_set_and_linked(found):
    middle = found.record()["box"]["middle"]
    there = from_query(middle["query"])
    assert there.fingerprint() == middle["fingerprint"] == found.in_the_middle.fingerprint()
    assert there.levers["threat"] > found.limits[0].low
    assert set(middle["levers"]) == {one.dimension.id for one in found.limits}


def test_few_misses_are_said_and_not_boxed():
    miss = condition("usable_gap_years.POL > 9", load_seeds())
    found = discover(load_scenario("baseline"), miss, Work(replications=1), 16, dimensions(MOVED))
    record = found.record()
    assert (record["reason"], record["box"], record["misses"], record["trajectory"]) == (
        "few_misses",
        None,
        0,
        [],
    )
    assert record["outcome"]["most"] < 9


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("usable_gap_years.POL", "is not of the form"),
        ("usable_gap_years.POL > many", "is not of the form"),
        ("usable_gap.POL > 1", "there is no measure 'usable_gap'"),
        ("usable_gap_years.PLO > 1", "there is no place 'PLO'"),
    ],
)
def test_a_bad_condition_is_refused(text, sentence):
    with pytest.raises(ScenarioError, match=sentence):
        condition(text, load_seeds())


def test_a_condition_reads_per_cent_and_knows_no_figure():
    found = condition("reliance_fleet <= 40 %", load_seeds())
    assert (found.outcome.id, found.sign, found.limit, found.text) == (
        "reliance_fleet", "<=", 0.4, "reliance_fleet <= 0.4",
    )  # fmt: skip
    assert found.holds(np.array([0.3, 0.4, 0.5, np.nan])).tolist() == [True, True, False, False]
