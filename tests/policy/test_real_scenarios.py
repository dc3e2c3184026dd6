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


def test_each_state_has_an_agreement_lever_and_poland_sets_the_one():
    found = levers(load_seeds())
    agreements = {name: lever for name, lever in found.items() if name.startswith("agreement.")}
    assert len(agreements) == len(load_seeds().states())
    assert max(agreements.values(), key=lambda lever: lever.default).id == "agreement.POL"
    # A setting above zero rests on a paper that somebody signed, not on a guess.
    assert all(set(one.sources) - {"judgement"} for one in agreements.values() if one.default > 0)


def test_both_documents_are_asked_alike():
    baseline = load_scenario("baseline")
    asked = [load_scenario(name) for name in ("strategic_enabler", "commercial_exporter")]
    assert len({len(one.expect) for one in asked}) == 1
    assert all(one.shocks == baseline.shocks for one in asked)
    not_a_trait = {"korean_home_priority", "korean_delivery_release", "korean_consensus", "korean_supply"}
    for one in asked:
        moved = set(one.deviations) | {entry.lever for entry in one.schedule}
        assert not moved & not_a_trait
