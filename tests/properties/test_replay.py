"""Replication k is the same whatever else runs: length, threads, blocks, and whenever it is run again."""

import numpy as np
import pytest

from sim import load_scenario, run
from sim.experiment.compare import compare
from sim.experiment.ensemble import BLOCK
from sim.policy.scenario import from_query
from tests.properties.runs import NAMES, assert_same_result, ensemble, named, same


def test_the_first_fifty_are_the_same_in_a_run_of_fifty_and_of_more():
    assert_same_result(ensemble("baseline", 50), ensemble("baseline", 120), first=50)


@pytest.mark.parametrize("replications", [1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 1])
def test_no_replication_is_lost_where_blocks_meet(replications):
    result = run(named("us_pause"), replications=replications, threads=2)
    assert result.replications == replications
    assert_same_result(result, ensemble("us_pause", 50), first=replications)


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_threads_change_nothing(threads):
    again = run(named("peninsula_contingency"), replications=50, threads=threads)
    assert_same_result(again, ensemble("peninsula_contingency", 50))


def test_a_run_in_between_changes_nothing():
    before = run(named("baseline"), replications=12, random_seed=7)
    run(named("no_korea").with_levers({"threat": 1.5}), replications=12, random_seed=8)
    assert_same_result(before, run(named("baseline"), replications=12, random_seed=7))


def test_another_random_seed_gives_other_replications():
    one = ensemble("baseline", 50)
    other = run(named("baseline"), replications=50, random_seed=2)
    cost, other_cost = one.values["cost_pv"][:, 0], other.values["cost_pv"][:, 0]
    assert not np.intersect1d(cost, other_cost).size
    assert len(np.unique(cost)) == 50


def test_the_largest_random_seed_runs():
    largest = run(named("baseline"), replications=1, random_seed=2**63 - 1)
    assert not same(largest.values["cost_pv"], ensemble("baseline", 50).values["cost_pv"][:1])


@pytest.mark.parametrize("name", NAMES)
def test_a_result_can_be_had_again_from_its_random_seed_and_scenario_file(name, tmp_path):
    file = tmp_path / f"{name}.toml"
    file.write_text(named(name).to_toml(), encoding="utf-8")
    assert_same_result(run(load_scenario(file), replications=3), ensemble(name, 50), first=3)


def test_a_result_can_be_had_again_from_its_link():
    scenario = named("us_pause").with_levers({"doctrine.POL.speed": 2.0, "joint_share": 0.4})
    again = from_query(scenario.to_query())
    assert_same_result(run(scenario, replications=3), run(again, replications=3))


def test_a_scenario_beside_itself_differs_in_nothing():
    base = ensemble("baseline", 50)
    again = run(named("baseline").with_levers({"threat": 1.0}), replications=50)
    comparison = compare(base, again)
    for place in base.places:
        for measure in base.values:
            found = comparison.difference(again, measure, place)
            assert found.mean in (0.0, None)
            assert (found.low, found.high) in ((0.0, 0.0), (None, None))
            assert found.share_better in (0.5, None)
