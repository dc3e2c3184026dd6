"""Plans of a session: they fill their minutes, and suggest seats for every size of class."""

import pytest

from sim.game.errors import GameError
from sim.game.plans import PLANS, capacity_for, find_plan, next_phase, seats_for
from sim.game.seats import CLASS_OF_THIRTY, check_seats
from sim.game.setup import new_setup
from sim.report.game_prompts import PROMPTS, TITLES


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_fills_its_minutes_and_can_be_played(name):
    plan = find_plan(name)
    assert float(name) - 5 <= plan.minutes <= float(name)
    setup = new_setup(random_seed=1, plan=name, turns=plan.turns, turn_months=plan.turn_months)
    assert setup.last_month <= 120
    assert plan.is_long is (name != "45")


@pytest.mark.parametrize("name", PLANS)
def test_every_phase_has_prompts_and_every_prompt_has_words(name):
    plan = find_plan(name)
    turns = [plan.prompts("play", turn) for turn in range(1, plan.turns + 1)]
    assert turns[0] == ("first_turn",)
    assert turns[-1] == ("last_turn",)
    for prompts in (plan.prompts("brief", 0), *turns, plan.prompts("debrief", plan.turns)):
        assert prompts
        assert set(prompts) <= set(PROMPTS)
    assert name in TITLES


def test_every_plan_speaks_of_roles_real_states_law_and_not_buying():
    for plan in PLANS.values():
        said = {
            *plan.brief_prompts,
            *plan.debrief_prompts,
            *(one for some in plan.turn_prompts for one in some),
        }
        assert {"roles", "real_states", "law", "not_buying", "nobody_wins", "limits", "real_cases"} <= said


def test_every_prompt_belongs_to_a_plan():
    used = {
        one
        for plan in PLANS.values()
        for some in (plan.brief_prompts, *plan.turn_prompts, plan.debrief_prompts)
        for one in some
    }
    assert used == set(PROMPTS)


def test_an_unknown_plan_is_refused():
    with pytest.raises(GameError, match="choose one of 45, 90, 180"):
        find_plan("60")


@pytest.mark.parametrize("people", [1, 2, 4, 12, 13, 30, 31, 60, 99])
def test_everybody_finds_a_place_in_the_seats_suggested(people):
    seats = seats_for(people)
    assert check_seats(seats) == seats
    capacity = capacity_for(people, len(seats))
    assert len(seats) * (capacity - 1) >= people
    assert len(seats) <= max(4, people)


def test_thirty_people_play_the_class_of_thirty():
    assert set(seats_for(30)) == set(CLASS_OF_THIRTY)
    with pytest.raises(GameError, match="at least one person"):
        seats_for(0)


def test_the_next_phase_is_the_one_of_the_plan():
    setup = new_setup(random_seed=1, plan="45", turns=4)
    assert next_phase(setup, 0) == ("play", 360.0)
    assert next_phase(setup, 3) == ("play", 360.0)
    assert next_phase(setup, 4) == ("debrief", 720.0)
    assert next_phase(new_setup(random_seed=1, plan="alone", turns=2), 1) == ("play", None)
