"""Held facts put in their places: the very world that building it with these facts gives."""

import random

import numpy as np
import pytest

from sim.evidence.seeds import load_seeds
from sim.experiment.executor import Asked, Threads, carry_out, deal
from sim.experiment.worlds import watched_build, world_of
from sim.model.builder import build_world
from sim.model.plan import plan_of
from sim.model.replication import result_arrays, run_replications, workspace
from sim.policy.assumptions import UNREAD, limits, with_facts
from sim.policy.scenario import Card, load_scenario

NAMES = ("buyers", "categories", "lines", "families", "authorities", "industries", "cards", "levers",
         "contracts", "frameworks", "start")  # fmt: skip
STARTS = ("2026-01", "2022-02")


def readable(seeds):
    """The facts a scenario may hold, by name, in their order."""
    kinds = {name: seeds.index.kind_of(fact.subject, fact.attribute) for name, fact in seeds.named.items()}
    return {name: fact for name, fact in seeds.named.items() if kinds[name] not in UNREAD}


def end(fact, seeds, upper):
    return limits(fact, seeds)[upper]


def same_world(one, other):
    """Whether two worlds hold the same bits."""
    assert list(one.template) == list(other.template)
    for name, table in one.template.items():
        assert table.dtype == other.template[name].dtype
        assert table.shape == other.template[name].shape
        if table.tobytes() != other.template[name].tobytes():
            return False
    names = all(getattr(one, name) == getattr(other, name) for name in NAMES)
    return names and one.spots.tobytes() == other.spots.tobytes()


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("upper", [0, 1])
def test_all_facts_with_a_place_at_an_end_give_the_world_built_so(start, upper):
    seeds = load_seeds(start=start)
    places = watched_build(seeds).places
    held = {
        name: end(fact, seeds, upper)
        for name, fact in readable(seeds).items()
        if (fact.subject, fact.attribute) in places
    }
    assert len(held) > 0.8 * len(readable(seeds))  # or holding facts has become slow
    found = world_of(start=start, facts=tuple(held.items()))
    assert same_world(found, build_world(with_facts(seeds, held)))


@pytest.mark.parametrize("upper", [0, 1])
def test_one_fact_of_every_attribute_gives_the_world_built_so(upper):
    """Also the facts from which more follows: stock by family, quantities, dates of open tenders."""
    seeds = load_seeds()
    chance = random.Random(5)
    by_attribute = {}
    for name, fact in readable(seeds).items():
        kind = seeds.index.kind_of(fact.subject, fact.attribute)
        by_attribute.setdefault((kind, fact.attribute), []).append(name)
    chosen = [chance.choice(names) for names in by_attribute.values()]
    chance.shuffle(chosen)
    for first in range(0, len(chosen), 12):
        held = {name: end(seeds.named[name], seeds, upper) for name in chosen[first : first + 12]}
        found = world_of(facts=tuple(held.items()))
        assert same_world(found, build_world(with_facts(seeds, held))), sorted(held)


def test_a_fact_from_which_more_follows_has_no_place():
    """A need's share of the upper tier decides for what an open tender asks; a stock is no draw."""
    seeds = load_seeds()
    places = watched_build(seeds).places
    shares = [name for name in seeds.facts if name[1] == "upper_share"]
    assert 0 < sum(name in places for name in shares) < len(shares)
    assert not any(name in places for name in seeds.facts if name[1] == "stock" and name[0].count(".") == 2)
    assert ("POL", "gdp") in places


def test_a_held_world_is_made_once_and_leaves_the_others_alone():
    plain = world_of()
    row, before = plain.buyers.index("POL"), plain.template["buyers"]["gdp"].copy()
    held = world_of(facts=(("POL.gdp", 123.0),))
    assert held is world_of(facts=(("POL.gdp", 123.0),))
    assert held.template["buyers"]["gdp"][row] == 123.0
    assert np.array_equal(plain.template["buyers"]["gdp"], before)
    assert len(held.spots) == len(plain.spots) - 1
    assert plain is world_of()


def alone(scenario, replications):
    """The run of a scenario in a world and a workspace of its own."""
    seeds = load_seeds(start=scenario.start)
    world = build_world(with_facts(seeds, dict(scenario.facts)))
    plan = plan_of(scenario, world)
    arrays = result_arrays(world, replications, replications)
    run_replications(workspace(world, plan), True, 7, 0, replications, plan.horizon, arrays)
    return arrays


def test_points_in_one_workspace_one_after_the_other_are_those_run_alone():
    base = load_scenario("baseline")
    card = Card("us_war_elsewhere", "2027-06", 18, 1.0)
    stock = next(name for name in readable(load_seeds()) if name.endswith(".stock") and name.count(".") == 3)
    points = [
        base.with_facts({"POL.main_battle_tank.requirement": 1500.0, "DEU.gdp": 2e6}),
        base.with_cards([card]),
        load_scenario("february_2022"),
        base.with_levers({"threat": 1.3}),
        base.with_facts({stock: 0.0, "POL.gdp": 3e5}),
        base,
        base.with_cards([card]).with_facts({"money.discount": 0.09, stock: 0.0}),
        load_scenario("february_2022").with_facts({"POL.gdp": 3e5}),
        base.with_facts({"POL.gdp": 3e5}),
    ]
    references = [alone(point, 2) for point in points]
    found = {}

    def take(piece, answer):
        found[piece.row] = answer

    carry_out(Threads(1), deal(points, 2, 6, Asked(7, "evidence", None, 2)), take, None, None)
    for row, reference in enumerate(references):
        for one, other in zip(found[row], reference, strict=True):
            assert one.tobytes() == other.tobytes(), points[row].id
    assert len({reference[0].tobytes() for reference in references}) == len(points)
