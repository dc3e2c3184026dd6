"""Levers and cards: their numbers come from the seeds, and a bad setting is answered in one sentence."""

import pytest

from sim.evidence.seeds import load_seeds
from sim.policy.errors import ScenarioError
from sim.policy.levers import check_value, levers, parse_set
from sim.policy.shocks import Effect, shocks
from tests.toy import TOY, add, change, copy_of_toy

LEVERS = levers(load_seeds(TOY))


def test_a_lever_has_its_range_default_unit_cost_and_source():
    lever = LEVERS["dialogue"]
    assert (lever.low, lever.high, lever.default, lever.unit) == (0, 1, 0.3, "index")
    assert (lever.group, lever.kind, lever.sources, lever.grade) == (
        "alliance",
        "number",
        ("judgement",),
        "D",
    )
    assert lever.cost


def test_patterns_become_one_lever_per_state_and_category():
    assert [name for name in LEVERS if name.startswith("doctrine.POL.")] == [
        "doctrine.POL.speed",
        "doctrine.POL.cost",
        "doctrine.POL.reliance",
    ]
    assert [name for name in LEVERS if name.startswith("output.")] == [
        "output.main_battle_tank",
        "output.self_propelled_howitzer",
    ]
    assert LEVERS["output.main_battle_tank"].label == "Tanks: Output"
    assert not any("*" in name for name in LEVERS)


def test_a_star_in_a_label_is_where_the_name_goes(tmp_path):
    seeds = copy_of_toy(tmp_path)
    change(seeds, "levers.csv", "buyer,Doctrine speed,", "buyer,How much * cares for speed,")
    assert levers(load_seeds(seeds))["doctrine.NOR.speed"].label == "How much Norway cares for speed"


def test_a_number_for_one_state_takes_precedence_over_the_pattern(tmp_path):
    seeds = copy_of_toy(tmp_path)
    add(seeds, "facts/levers.csv", "doctrine.POL.speed,default,1.5,0,3,multiplier,2025-12,judgement,D,urgent")
    found = levers(load_seeds(seeds))
    assert (found["doctrine.POL.speed"].default, found["doctrine.NOR.speed"].default) == (1.5, 1)


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ("dialogue=0.8", ("dialogue", 0.8)),
        (" dialogue = 1 ", ("dialogue", 1.0)),
        ("korean_supply=off", ("korean_supply", 0.0)),
        ("korean_supply=1", ("korean_supply", 1.0)),
        ("doctrine.POL.speed=2", ("doctrine.POL.speed", 2.0)),
    ],
)
def test_a_setting_on_the_command_line(text, setting):
    assert parse_set(text, LEVERS) == setting


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("dialogue", "'dialogue' is not of the form lever=value"),
        ("dialog=1", "unknown lever 'dialog'; the nearest is 'dialogue'"),
        ("dialogue=much", "dialogue: 'much' is not a number"),
        ("dialogue=nan", "dialogue: 'nan' is not a number"),
        ("dialogue=1e999", "dialogue: '1e999' is not a number"),
        ("dialogue=2", "dialogue: 2 is outside its range 0 to 1 index"),
        ("dialogue=on", "dialogue: 'on' is not a number"),
        ("korean_supply=0.5", "korean_supply: 0.5 is neither 0"),
    ],
)
def test_a_bad_setting_is_answered_in_one_sentence(text, told):
    with pytest.raises(ScenarioError) as error:
        parse_set(text, LEVERS)
    assert told in str(error.value)


def test_a_whole_number_too_large_for_a_float_is_outside_the_range():
    with pytest.raises(ScenarioError, match="outside its range"):
        check_value(LEVERS["dialogue"], 10**400)


def test_minus_zero_is_zero():
    assert str(check_value(LEVERS["dialogue"], -0.0)) == "0.0"


def test_a_card_has_its_chance_duration_and_effects():
    card = shocks(load_seeds(TOY))["threat_rises"]
    assert (card.probability, card.months, card.correlated_with) == (0.1, 24, ("us_stock_protection",))
    assert card.effects == (Effect("threat", "multiply", 1.3), Effect("rest_of_world_demand", "add", 0.2))


def test_an_effect_on_a_pattern_reaches_every_lever_of_it(tmp_path):
    seeds = copy_of_toy(tmp_path)
    add(seeds, "shock_effects.csv", "threat_rises,output.*,multiply")
    row = "threat_rises,effect.output.*,0.8,0.7,0.9,multiplier,2025-12,judgement,D,assumed"
    add(seeds, "facts/shocks.csv", row)
    effects = shocks(load_seeds(seeds))["threat_rises"].effects
    assert Effect("output.main_battle_tank", "multiply", 0.8) in effects
    assert Effect("output.self_propelled_howitzer", "multiply", 0.8) in effects
