"""Scores: points by hand, the rules' own play as the measure, and what must not pay."""

import numpy as np
import pytest

from sim.game.orders import Expand, Promise
from sim.game.replay import standing
from sim.game.score import (
    buyer_points,
    counted_margin,
    expected_strength,
    growth_cost,
    many,
    of_states,
    owed_years,
    prices_then,
    scores,
    weights_of,
    without_people,
)
from sim.game.seats import find_seat
from tests.game.played import after, given, new

FEW = 8


def test_points_are_what_can_be_fielded_less_what_is_owed_beyond_the_rules():
    strength, owed = np.array([[0.8], [0.8], [0.5]]), np.array([[3.0], [1.0], [2.5]])
    rules = np.full((3, 1), 2.0)
    assert buyer_points(strength, owed, rules)[:, 0].tolist() == [70.0, 80.0, 45.0]  # ten a year, none back


def test_what_the_rules_would_often_owe_costs_nothing():
    rules = np.linspace(0.0, 10.0, 11)[:, None]  # nine of ten futures stay under nine years
    points = buyer_points(np.ones((2, 1)), np.array([[9.0], [9.5]]), rules)
    assert points[:, 0].tolist() == [100.0, 95.0]


def test_no_more_than_the_usual_margin_counts():
    price, cost = np.array([0.8, 1.0, 1.2]), np.array([0.9, 0.9, 0.9])
    assert counted_margin(price, cost, 0.1).tolist() == pytest.approx([-0.1, 0.09, 0.09])


def test_owed_years_count_arrears_debt_and_what_is_signed():
    accounts = np.array(
        [[100.0, 60.0, 60.0, 10.0], [-60.0, 30.0, 30.0, 10.0]]
    )  # cash, debt, committed, a month
    assert owed_years(accounts).tolist() == [1.0, 1.0]


def test_the_expectation_weighs_cases_by_their_chance_and_days_evenly():
    game = after(new("POL"), 1)
    seen = of_states(many(game, 2), ("POL",))
    from sim.game.crisis import cases

    by_hand = sum(
        chance * (0.8 * seen.strength[:, :, 0, at].mean(axis=1) + 0.2 * seen.after[:, 0, at])
        for at, (_, chance) in enumerate(cases(game))
    )
    assert expected_strength(game, seen)[:, 0] == pytest.approx(by_hand)


def test_a_seat_that_leaves_all_to_its_rules_scores_as_they_do():
    found = scores(after(new(), 2), FEW)
    for name in ("POL", "NOR"):
        assert found[name].better == 0.0
        assert found[name].expected == found[name].rules
    assert found["korea"].points == found["korea"].rules
    assert found["alliance"].worst == found["alliance"].rules
    assert found["alliance"].capital == 20.0


def test_never_buying_does_not_pay():
    game = after(new("POL", turns=4), 4, {"POL": "wait"})
    assert scores(game, FEW)["POL"].better < -1.0


def test_a_splurge_in_the_last_turn_does_not_pay():
    calm, mad = (after(new("NOR", turns=4), 4, {"NOR": script}) for script in ("doctrine", "splurge"))
    assert scores(mad, FEW)["NOR"].better < scores(calm, FEW)["NOR"].better - 1.0


def test_a_joint_seat_weighs_its_states_by_what_they_require():
    weights = weights_of(new("BALTIC"), ("EST", "LVA", "LTU"))
    assert weights.sum() == pytest.approx(1.0)
    assert (weights > 0.1).all()


def test_broken_promises_cost_an_industry_damages():
    plain = after(new("korea", "POL", turns=5), 5, {"korea": "rule"})
    cheap = after(new("korea", "POL", turns=5), 5, {"korea": "cheap_promises"})
    ours, theirs = (scores(game, 2)["korea"] for game in (cheap, plain))
    assert any(isinstance(order, Promise) for order in cheap.turns[0].of("korea"))
    assert ours.damages / ours.margin > theirs.damages / theirs.margin


def test_growth_that_was_ordered_is_paid_for():
    game = new("korea")
    for share, sign in ((0.1, 1.0), (0.0, 0.0)):
        grown = given(game, "korea", Expand(category="main_battle_tank", share=share))
        assert np.sign(growth_cost(grown, find_seat("korea"))) == sign


def test_prices_rise_with_the_inflation_of_the_scenario():
    stand = standing(new("POL"))
    level = prices_then(stand, np.array([0, 11, 119]))
    rate = stand.plan.levers[0, stand.world.levers.index("price_inflation")]
    assert level == pytest.approx([(1 + rate) ** (1 / 12), 1 + rate, (1 + rate) ** 10])


def test_the_game_without_people_keeps_the_cards():
    from sim.game.turn import Inject, Turn

    game = new("POL").resolve(Turn(injects=(Inject("us_war_elsewhere", 12),), people=frozenset({"POL"})))
    plain = without_people(game)
    assert plain.turns[0].injects == game.turns[0].injects
    assert not plain.turns[0].people
