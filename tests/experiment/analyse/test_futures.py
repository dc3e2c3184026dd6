"""Futures: even points over what nobody in the plan chooses, from the seeds alone."""

from dataclasses import replace

import numpy as np
import pytest

from sim.evidence.seeds import load_seeds
from sim.experiment.analyse.futures import DEFAULT, FAMILIES, WORLD, around, at, dimensions, futures, held
from sim.experiment.ensemble import run
from sim.policy.errors import ScenarioError
from sim.policy.levers import levers
from sim.policy.scenario import load_scenario


def test_what_moves_is_chosen_by_nobody():
    seeds = load_seeds()
    costs = {row.id: row.cost for row in seeds.levers()}
    assert {costs[name] for name in WORLD} == {"assumption about the world"}
    moved = {one.id: one for one in dimensions(seeds=seeds)}
    assert tuple(moved) == DEFAULT
    for name in FAMILIES:
        facts = moved[name].facts
        assert facts
        assert all(fact.low < fact.high for fact in facts)
        assert moved[name].low < 1.0 < moved[name].high
    ids = [f"{fact.subject}.{fact.attribute}" for one in moved.values() for fact in one.facts]
    assert len(ids) == len(set(ids))


def test_the_first_future_is_the_middle_and_each_half_of_a_range_gets_half():
    found = futures(dimensions(("threat", "prices", "lateness")), 64)
    assert np.array_equal(found.points[0], [0.5, 0.5, 0.5])
    assert found.points.min() > 0.0
    assert found.points.max() < 1.0
    assert abs((found.points < 0.5).mean(axis=0) - 0.5).max() <= 1 / 64
    assert np.array_equal(futures(found.dimensions, 16).points, found.points[:16])


def test_facts_of_a_family_move_together_by_quantile():
    (months,) = dimensions(("build_months",))
    low, high = months.settings(0.1)[1], months.settings(0.9)[1]
    for fact in months.facts:
        name = f"{fact.subject}.{fact.attribute}"
        assert fact.low <= low[name] < high[name] <= fact.high
    fact = next(one for one in months.facts if one.low < one.value < one.high)
    turn = (fact.value - fact.low) / (fact.high - fact.low)  # of the triangular distribution at its mode
    assert held(fact, turn) == pytest.approx(fact.value, rel=1e-3)
    assert (held(fact, 0.0), held(fact, 1.0)) == (fact.low, fact.high)


def test_a_future_sets_levers_and_facts_and_leaves_what_the_plan_holds():
    plan = load_scenario("baseline").with_facts({"k2_changwon.build_months": 20.0})
    moved = dimensions(("threat", "build_months"))
    there = at(plan, moved, (1.0, 0.0))
    assert there.levers["threat"] == 2.0
    facts = dict(there.facts)
    assert facts["k2_changwon.build_months"] == 20.0
    assert len(facts) == len(moved[1].facts)
    ran = run(there, replications=1)
    assert not np.array_equal(ran.values["gap_years"], run(plan, replications=1).values["gap_years"])


def test_what_a_plan_sets_itself_is_left_out():
    kept, left = around(load_scenario("eastern_flank_alarm"))
    dated = {entry.lever for entry in load_scenario("eastern_flank_alarm").schedule}
    assert set(left) == (dated | set(load_scenario("eastern_flank_alarm").deviations)) & set(WORLD)
    assert left
    assert {one.id for one in kept} == set(DEFAULT) - set(left)


def test_a_lever_or_a_single_fact_can_be_named():
    lever, fact = dimensions(("us_delivery_release", "quote.ally_months"))
    assert (lever.low, lever.high, lever.value(0.25)) == (0.0, 1.0, 0.25)
    assert (fact.low, fact.high, fact.unit) == (1.0, 4.0, "months")
    known = levers(load_seeds())["us_delivery_release"]
    assert lever.label == known.label


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (("thread",), "'thread'; the nearest is 'threat'"),
        (("threat", "threat"), "named twice"),
        (("us_supply",), "is a switch"),
        (("money.core_pledge",), "has no range"),
    ],
)
def test_names_that_cannot_move_are_refused(names, sentence):
    with pytest.raises(ScenarioError, match=sentence):
        dimensions(names)


def test_a_count_out_of_range_is_refused():
    with pytest.raises(ScenarioError, match="between 16 and 20000; got 3"):
        futures(dimensions(("threat",)), 3)
    assert len(futures(dimensions(("threat",)), 16)) == 16


def test_a_record_says_what_moves():
    record = replace(dimensions(("prices",))[0]).record()
    assert record["kind"] == "facts"
    assert record["facts"] > 200
