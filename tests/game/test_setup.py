"""What a game is played on, and what cannot be played."""

import pytest

from sim.game.errors import GameError
from sim.game.setup import Setup, check_version, new_setup, scenario_of
from sim.model.version import MODEL_VERSION
from sim.policy.scenario import load_scenario


def test_what_is_not_said_has_its_usual_value():
    setup = new_setup(random_seed=1)
    assert (setup.scenario, setup.turn_months, setup.turns, setup.last_month) == ("baseline", 12, 7, 84)
    assert setup.model_version == MODEL_VERSION


def test_a_random_seed_is_drawn_where_none_is_given():
    drawn = {new_setup().random_seed for _ in range(4)}
    assert len(drawn) > 1
    assert all(0 <= seed < 2**31 for seed in drawn)


def test_a_set_up_survives_the_way_through_json():
    setup = new_setup(random_seed=5, turns=4, turn_months=6, seats=("POL", "korea"), title="Tuesday")
    assert Setup.model_validate_json(setup.model_dump_json()) == setup
    assert new_setup(**setup.model_dump(mode="json")) == setup


def test_a_share_link_is_a_scenario():
    link = load_scenario("no_korea").to_query()
    setup = new_setup(random_seed=1, scenario=link)
    assert scenario_of(setup).levers == load_scenario("no_korea").levers


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"turns": 0}, "turns: "),
        ({"turns": 11}, "11 turns of 12 months are longer than the model's 120 months"),
        ({"scenario": "basline"}, "there is no scenario 'basline'; .*'baseline'"),
        ({"scenario": "../secret.toml"}, "there is no scenario"),
        ({"scenario": "/etc/passwd"}, "there is no scenario"),
        ({"seats": ("POL", "XYZ")}, "there is no seat 'XYZ'"),
        ({"first_crisis": 2026}, "the day of the crisis must lie between 2027 and 2035"),
        ({"first_crisis": 2031, "last_crisis": 2030}, "the day of the crisis must lie"),
        ({"colour": "blue"}, "colour: extra"),
        ({"random_seed": -1}, "random_seed: "),
    ],
)
def test_what_cannot_be_played_gets_one_sentence(given, sentence):
    with pytest.raises(GameError, match=sentence) as refused:
        new_setup(**{"random_seed": 1, **given})
    assert "\n" not in str(refused.value)


def test_a_game_of_other_rules_is_not_replayed_as_if_it_were_ours():
    old = new_setup(random_seed=1, model_version="0.1")
    with pytest.raises(GameError, match=r"begun with model 0\.1"):
        check_version(old)
    check_version(new_setup(random_seed=1))
