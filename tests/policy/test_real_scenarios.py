"""The scenarios of the project: each reads, asks a question and says beforehand what it expects."""

import pytest

from sim.evidence.seeds import load_seeds
from sim.policy.levers import levers
from sim.policy.scenario import from_query, list_scenarios, load_scenario

NAMES = list_scenarios()


def test_the_baseline_comes_first():
    assert NAMES[0] == "baseline"


@pytest.mark.parametrize("name", NAMES)
def test_each_scenario_reads_asks_and_expects(name):
    scenario = load_scenario(name)
    assert scenario.question.endswith("?")
    assert scenario.expect or name == "baseline"
    assert from_query(scenario.to_query()) == scenario


def test_each_scenario_differs_from_the_others():
    assert len({load_scenario(name).fingerprint() for name in NAMES}) == len(NAMES)


def test_every_lever_says_what_it_does_and_what_it_costs():
    found = levers(load_seeds())
    assert len(found) == 39 + (3 + 1) * 32 + 8
    assert all(lever.help and lever.cost and lever.sources for lever in found.values())
