"""Facts that a scenario holds at a value: which, within which limits, and where they end up."""

import pytest

from sim.evidence.seeds import load_seeds
from sim.experiment.ensemble import world_of
from sim.policy.assumptions import check_facts, find_fact, limits, parse_facts, with_facts
from sim.policy.errors import ScenarioError
from sim.policy.scenario import from_query, load_scenario, scenario_from_dict, scenario_from_toml
from tests.toy import TOY

SEEDS = load_seeds(TOY)
TANKS = "POL.main_battle_tank.requirement"


def test_a_held_fact_is_certain_and_the_others_stay():
    held = with_facts(SEEDS, {TANKS: 900.0})
    fact = held.fact("POL.main_battle_tank", "requirement")
    assert (fact.value, fact.low, fact.high) == (900.0, 900.0, 900.0)
    assert SEEDS.value("POL.main_battle_tank", "requirement") == 800.0
    others = [name for name in SEEDS.facts if name != ("POL.main_battle_tank", "requirement")]
    assert all(held.facts[name] is SEEDS.facts[name] for name in others)
    assert with_facts(SEEDS, {}) is SEEDS


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"POL.main_battle_tank.requirment": 1}, "the nearest is 'POL.main_battle_tank.requirement'"),
        ({TANKS: -1}, "outside 0 to"),
        ({TANKS: "many"}, "is not a number"),
        ({TANKS: True}, "is not a number"),
        ({TANKS: float("nan")}, "is not a number"),
        ({"dialogue.default": 0.5}, "set the lever instead"),
        ({"POL-k2-2025.first_due": 2031}, "first_due 2031 is after last_due 2030.5; set both"),
    ],
)
def test_what_cannot_be_held_is_refused_in_a_sentence(values, told):
    with pytest.raises(ScenarioError, match=r".") as caught:
        check_facts(values, SEEDS)
    assert told in str(caught.value)


def test_the_dates_of_an_order_can_be_moved_together():
    both = {"POL-k2-2025.first_due": 2031, "POL-k2-2025.last_due": 2033}
    assert check_facts(both, SEEDS) == {"POL-k2-2025.first_due": 2031.0, "POL-k2-2025.last_due": 2033.0}


def test_limits_are_those_of_the_dictionary_or_ten_times_the_largest():
    seeds = load_seeds()
    assert limits(seeds.fact("need", "renewal"), seeds) == (0.0, 1.0)
    largest = max(one.high for (_, name), one in seeds.facts.items() if name == "requirement")
    assert limits(seeds.fact("POL.main_battle_tank", "requirement"), seeds) == (0.0, 10 * largest)


def test_a_number_that_several_kinds_have_is_told_by_its_subject():
    seeds = load_seeds()
    assert seeds.index.kind_of("choice", "us_tie") == "rule"
    assert seeds.index.kind_of("POL", "us_tie") == "state"
    assert limits(seeds.fact("choice", "us_tie"), seeds) == (-5.0, 5.0)
    assert limits(seeds.fact("POL", "us_tie"), seeds) == (0.0, 1.0)


def test_no_run_reads_what_is_only_checked_against():
    seeds = load_seeds()
    with pytest.raises(ScenarioError, match="no run reads it"):
        find_fact("sipri_us_2020_24.value_observed", seeds)


def test_a_command_line_names_each_fact_once():
    assert parse_facts([f"{TANKS} = 900"], SEEDS) == {TANKS: 900.0}
    for texts, told in (([TANKS], "not of the form"), ([f"{TANKS}=1", f"{TANKS}=2"], "set twice"),
                        ([f"{TANKS}=x"], "is not a number")):  # fmt: skip
        with pytest.raises(ScenarioError, match=told):
            parse_facts(texts, SEEDS)


def test_a_file_a_link_and_a_child_keep_held_facts(tmp_path):
    parent = scenario_from_dict({"title": "More", "facts": {TANKS: 900}}, "more", SEEDS, tmp_path)
    assert parent.facts == ((TANKS, 900.0),)
    assert scenario_from_toml(parent.to_toml(), seeds=SEEDS, folder=tmp_path).fingerprint() == (
        parent.fingerprint()
    )
    text = parent.to_query(SEEDS, tmp_path)
    assert text == f"1~~f~{TANKS}~900"
    assert from_query(text, SEEDS, tmp_path).fingerprint() == parent.fingerprint()
    (tmp_path / "more.toml").write_text(parent.to_toml())
    (tmp_path / "child.toml").write_text(
        'title = "Child"\nextends = "more"\n[facts]\n"main_battle_tank.availability" = 0.5\n'
    )
    child = load_scenario("child", seeds=SEEDS, folder=tmp_path)
    assert dict(child.facts) == {TANKS: 900.0, "main_battle_tank.availability": 0.5}
    assert from_query(child.to_query(SEEDS, tmp_path), SEEDS, tmp_path).fingerprint() == child.fingerprint()


def test_facts_as_tables_within_tables_are_read_as_one_name(tmp_path):
    text = 'title = "A"\n[facts]\nPOL.main_battle_tank.requirement = 900\n'
    assert scenario_from_toml(text, seeds=SEEDS, folder=tmp_path).facts == ((TANKS, 900.0),)


def test_holding_a_fact_makes_another_scenario_and_none_changes_nothing():
    baseline = load_scenario("baseline")
    held = baseline.with_facts({TANKS: 900})
    assert held.fingerprint() != baseline.fingerprint()
    assert held.id == f"baseline-{held.fingerprint()[:6]}"
    assert baseline.with_facts({}) is baseline
    assert dict(held.with_facts({"need.renewal": 0.5}).facts) == {TANKS: 900.0, "need.renewal": 0.5}


def test_the_world_of_a_scenario_holds_its_facts_and_is_built_once():
    facts = ((TANKS, 1234.0),)
    world = world_of(facts=facts)
    row = world.buyers.index("POL") * len(world.categories) + world.categories.index("main_battle_tank")
    assert world.template["pairs"]["announced"][row] == 1234.0
    assert world_of(facts=facts) is world
    assert len(world.spots) == len(world_of().spots) - 1
    others = [name for name in world_of().template if name != "pairs"]
    assert all((world.template[name] == world_of().template[name]).all() for name in others)
