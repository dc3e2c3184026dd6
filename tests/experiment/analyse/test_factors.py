"""Factors: every fact that a run draws is moved within its range, alone or with its fellows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from sim.evidence.seeds import load_seeds
from sim.experiment.analyse.factors import (
    FACT,
    Factor,
    drawn_facts,
    groups,
    lever_factors,
    matching,
    placed,
    singles,
)
from sim.experiment.worlds import world_of
from sim.model.randomness import triangular
from sim.policy.errors import ScenarioError
from sim.policy.levers import levers
from sim.policy.scenario import load_scenario

SEEDS = load_seeds()
BASE = load_scenario("baseline")
DRAWN = drawn_facts(BASE, SEEDS)


@given(some.floats(0.0, 1.0), some.floats(0.0, 1.0))
def test_a_quantile_is_where_the_model_would_draw(turn, chance):
    low, high = -2.0, 6.0
    middle = low + turn * (high - low)
    one = Factor("x", FACT, ("x",), (low,), (middle,), (high,), "", ("D",))
    assert one.at(chance)["x"] == pytest.approx(triangular(low, middle, high, chance))


def test_every_drawn_fact_is_in_one_group_and_one_single():
    names = sorted(f"{fact.subject}.{fact.attribute}" for fact in DRAWN)
    assert len(names) > 3000
    for factors in (groups(DRAWN, SEEDS), singles(DRAWN, SEEDS)):
        assert sorted(name for one in factors for name in one.members) == names
        assert len({one.id for one in factors}) == len(factors)
    assert len({SEEDS.named[name].subject for one in groups(DRAWN, SEEDS) for name in one.members
                if one.id == "*.build_months"}) == 83  # fmt: skip


def test_every_spot_of_the_world_belongs_to_a_drawn_fact():
    held = {name: fact.value for one in groups(DRAWN, SEEDS) for name in one.members
            for fact in (SEEDS.named[name],)}  # fmt: skip
    scenario = placed(BASE, groups(DRAWN, SEEDS), [one.towards(0.0) for one in groups(DRAWN, SEEDS)])
    assert dict(scenario.facts) == held
    assert len(world_of(facts=scenario.facts).spots) == 0


@pytest.mark.parametrize("chance", [0.0, 0.4, 1.0])
def test_the_dates_of_an_order_stay_in_order_and_all_values_can_be_held(chance):
    values = {}
    for one in singles(DRAWN, SEEDS):
        at = one.at(chance)
        values |= at
        if one.id.endswith(".first_due") and len(at) == 2:
            first, last = at.values()
            assert first <= last, one.id
    assert dict(BASE.with_facts(values).facts) == values  # refuses what lies outside limits or order


def test_a_factor_goes_from_end_to_end():
    one = Factor("a.b", "fact", ("a.b",), (2.0,), (3.0,), (7.0,), "months", ("C",))
    assert [one.at(end)["a.b"] for end in (0.0, 1.0)] == [2.0, 7.0]
    assert [one.towards(share)["a.b"] for share in (-1.0, -0.5, 0.0, 0.5, 1.0)] == [2.0, 2.5, 3.0, 5.0, 7.0]
    assert one.record()["high"] == 7.0


def test_levers_are_spread_over_their_control_and_switches_are_on_or_off():
    known = levers(SEEDS)
    threat, supply = lever_factors([known["threat"], known["korean_supply"]])
    assert threat.at(0.25)["threat"] == pytest.approx(threat.low[0] + 0.25 * (threat.high[0] - threat.low[0]))
    assert [supply.at(chance)["korean_supply"] for chance in (0.1, 0.9)] == [0.0, 1.0]
    fact = singles([SEEDS.fact("choice", "us_tie")], SEEDS)[0]
    both = placed(BASE, [threat, fact], [threat.at(1.0), fact.at(0.0)])
    assert both.levers["threat"] == threat.high[0]
    assert dict(both.facts) == {"choice.us_tie": fact.low[0]}


def test_what_a_scenario_holds_is_not_moved():
    held = BASE.with_facts({"choice.us_tie": 0.5})
    assert len(drawn_facts(held, SEEDS)) == len(DRAWN) - 1


def test_patterns_choose_and_name_the_nearest():
    names = [f"{fact.subject}.{fact.attribute}" for fact in DRAWN]
    found = matching(names, ["POL.*.requirement", "choice.us_tie"], "fact")
    assert "POL.main_battle_tank.requirement" in found
    assert "choice.us_tie" in found
    assert len(found) == 1 + sum(name.startswith("POL.") and name.endswith(".requirement") for name in names)
    with pytest.raises(ScenarioError, match=r"'choice\.us_ti'; the nearest is 'choice\.us_tie'"):
        matching(names, ["choice.us_ti"], "fact")


def test_a_group_moves_all_its_members_by_the_same_share():
    one = next(one for one in groups(DRAWN, SEEDS) if one.id == "*.rate_now")
    half = one.towards(0.5)
    shares = [(half[name] - middle) / (high - middle) for name, middle, high
              in zip(one.members, one.middle, one.high, strict=True) if high > middle]  # fmt: skip
    assert np.allclose(shares, 0.5)
