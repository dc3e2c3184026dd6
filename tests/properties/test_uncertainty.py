"""Facts with a range are drawn inside it, or stand at their middle value, each under its own name."""

import numpy as np
import pytest

from sim import run
from sim.experiment.ensemble import world_of
from sim.model.plan import plan_of
from sim.model.randomness import name_key
from sim.model.world import COPIED
from tests.properties.runs import named, opened, same

PLACED = ("us_pause", "peninsula_contingency", "baseline")


def numbers_at_spots(place):
    """The number that stands at each spot of a replication, in the order of its spots."""
    return np.array([place.state.numbers[spot["place"]] for spot in place.spots])


@pytest.mark.parametrize("name", PLACED)
def test_without_uncertainty_every_fact_stands_at_its_middle_value(name):
    place = opened(named(name), uncertain=False)
    assert same(numbers_at_spots(place), place.spots["value"])


@pytest.mark.parametrize("name", PLACED)
@pytest.mark.parametrize("replication", [0, 1, 7])
def test_every_drawn_fact_lies_within_its_range(name, replication):
    place = opened(named(name), replication)
    drawn, spots = numbers_at_spots(place), place.spots
    assert (spots["low"] <= drawn).all()
    assert (drawn <= spots["high"]).all()
    assert (drawn != spots["value"]).mean() > 0.99


def test_a_held_fact_is_not_drawn_and_all_others_are_drawn_as_before():
    free, held = named("baseline"), named("baseline").with_facts({"POL.main_battle_tank.requirement": 1500})
    before, after = opened(free, 3), opened(held, 3)
    keys = [name_key("POL.main_battle_tank.requirement")]
    others = ~np.isin(before.spots["key"], keys)
    assert others.sum() == len(after.spots) == len(before.spots) - 1
    assert same(numbers_at_spots(before)[others], numbers_at_spots(after))


def test_every_fact_is_drawn_afresh_in_each_replication():
    one, other = (
        numbers_at_spots(opened(named("baseline"), 1)),
        numbers_at_spots(opened(named("baseline"), 2)),
    )
    assert (one != other).all()


def test_every_fact_with_a_range_can_lie_on_either_side_of_its_middle():
    place = opened(named("baseline"))
    spots = place.spots
    drawn = np.array([numbers_at_spots(opened(named("baseline"), k)) for k in range(40)])
    with_both = (spots["low"] < spots["value"]) & (spots["value"] < spots["high"])
    both = (drawn < spots["value"]).any(0) & (drawn > spots["value"]).any(0)
    assert both[with_both].mean() > 0.95
    middle = (spots["low"] + spots["value"] + spots["high"]) / 3  # the mean of a triangular distribution
    width = spots["high"] - spots["low"]
    assert abs(((drawn.mean(0) - middle) / width).mean()) < 0.01


def test_facts_drawn_under_one_name_move_together():
    """A contract's dates carry its name: both high or both low, so the first never passes the last."""
    place = opened(named("baseline"), 3)
    contracts = place.state.contracts[: int(place.state.clock["existing"][0])]
    assert (contracts["first_year"] <= contracts["last_year"]).all()


def test_a_placed_card_works_with_the_same_drawn_effects_as_a_struck_one():
    world = world_of()
    plan = plan_of(named("us_pause"), world)
    place = opened(named("us_pause"), 5)
    effects, count = place.state.effects, len(world.template["effects"])
    assert len(effects) > count
    for number, card in enumerate(named("us_pause").shocks):
        row = world.cards.index(card.card)
        placed = effects[effects["card"] == len(world.cards) + number]
        struck = effects[:count][effects["card"][:count] == row]
        for field in ("lever", "operation", "amount"):
            assert same(placed[field], struck[field])
    assert {COPIED[table] for table in plan.spots["table"][len(world.spots) :]} == {"effects"}


def test_without_uncertainty_replications_differ_by_luck_alone():
    """Tenders, choices and lateness are still drawn: chance and ignorance are told apart."""
    sure = run(named("baseline"), replications=20, uncertainty="none").values["cost_pv"][:, 0]
    unsure = run(named("baseline"), replications=20).values["cost_pv"][:, 0]
    assert len(np.unique(sure)) == 20
    assert 0 < sure.std() < unsure.std()
