"""What differs between two scenarios, and the scenarios in between."""

from dataclasses import replace

import pytest

from sim.experiment.analyse.mixtures import Change, changes, mixed, side
from sim.policy.errors import ScenarioError
from sim.policy.scenario import Card, Scheduled, load_scenario

BASE = load_scenario("baseline")
THREAT, DIALOGUE = Change("lever", ("threat",)), Change("lever", ("dialogue",))
WAR = Change("card", ("korea_war",))
NEED = Change("fact", ("POL.main_battle_tank.requirement",))


def changed(**settings):
    return BASE.with_levers(settings)


def test_levers_cards_and_facts_are_each_a_difference():
    other = (
        changed(threat=1.2)
        .with_schedule([Scheduled("dialogue", "2028-01", 0.8)])
        .with_cards([Card("korea_war", "2029-01", 12, 1.0)])
        .with_facts({"POL.main_battle_tank.requirement": 900.0})
    )
    assert changes(BASE, other) == (DIALOGUE, THREAT, WAR, NEED)


def test_a_lever_is_one_difference_with_all_its_dates():
    other = changed(threat=1.2).with_schedule(
        [Scheduled("threat", "2028-01", 1.0), Scheduled("threat", "2030-01", 1.1)]
    )
    assert changes(BASE, other) == (THREAT,)
    assert side(other, THREAT) == {
        "value": 1.2,
        "dated": [{"at": "2028-01", "value": 1.0}, {"at": "2030-01", "value": 1.1}],
    }
    assert mixed(BASE, other, [THREAT]).fingerprint() == other.fingerprint()


@pytest.mark.parametrize("moved", [("2030-01", 12, 1.0), ("2029-01", 6, 1.0), ("2029-01", 12, 0.5)])
def test_a_card_that_is_moved_is_one_difference(moved):
    before = BASE.with_cards([Card("korea_war", "2029-01", 12, 1.0)])
    after = BASE.with_cards([Card("korea_war", *moved)])
    assert changes(before, after) == (WAR,)
    assert mixed(before, after, [WAR]).fingerprint() == after.fingerprint()
    assert mixed(before, after, []).fingerprint() == before.fingerprint()


def test_a_fact_may_be_held_on_either_side():
    held = BASE.with_facts({"POL.main_battle_tank.requirement": 900.0})
    assert changes(held, BASE) == (NEED,)
    assert mixed(held, BASE, [NEED]).facts == ()
    assert side(held, NEED) == {"held": {"POL.main_battle_tank.requirement": 900.0}}
    assert side(BASE, NEED) == {"held": {}}


def test_the_dates_of_an_order_go_together():
    order = next(name.rpartition(".")[0] for name in _seeds().named if name.endswith(".last_due"))
    held = BASE.with_facts({f"{order}.first_due": 2034.0, f"{order}.last_due": 2035.0})
    assert [one.id for one in changes(BASE, held)] == [f"{order}.first_due+{order}.last_due"]
    only_last = BASE.with_facts({f"{order}.last_due": 2035.0})
    assert [one.id for one in changes(BASE, only_last)] == [f"{order}.last_due"]


def test_a_mixture_has_what_is_chosen_and_nothing_else():
    other = (
        changed(threat=1.2, dialogue=0.9)
        .with_schedule([Scheduled("dialogue", "2028-01", 0.1), Scheduled("mro_hubs", "2029-01", 3.0)])
        .with_cards([Card("korea_war", "2029-01", 12, 1.0)])
    )
    found = mixed(BASE, other, [DIALOGUE, WAR])
    assert (found.levers["dialogue"], found.levers["threat"]) == (0.9, BASE.levers["threat"])
    assert [(one.lever, one.at) for one in found.schedule] == [("dialogue", "2028-01")]
    assert found.shocks == other.shocks
    assert found.id.startswith("baseline-")
    assert mixed(BASE, other, []).fingerprint() == BASE.fingerprint()
    assert mixed(BASE, other, changes(BASE, other)).fingerprint() == other.fingerprint()


def test_scenarios_that_cannot_be_taken_apart():
    with pytest.raises(ScenarioError, match="baseline and baseline are alike"):
        changes(BASE, BASE)
    with pytest.raises(ScenarioError, match="baseline has horizon_year 2030"):
        changes(BASE, replace(BASE, horizon_year=2032))
    with pytest.raises(ScenarioError, match="has start 2026-01 and february_2022 has 2022-02"):
        changes(BASE, load_scenario("february_2022"))


def test_no_card_has_the_name_of_a_lever():
    """Differences are named by lever, card or fact alone."""
    assert {one.id for one in _seeds().shocks()}.isdisjoint(BASE.levers)


def _seeds():
    from sim.evidence.seeds import load_seeds

    return load_seeds()
