"""Naive rules on three decisions: what they name, their hit rates, and chances, all by hand."""

import numpy as np
import pytest

from sim.estimation.choice.naive import RULES, chances, hit_rate, picks
from tests.estimation.choice.made_up import a_table

NAMES = ("months", "price", "family")
# months and price as worth at a weight of one: a larger number is a longer wait, a dearer offer
THREE = a_table(
    [
        [[2.0, 0.5, 1.0], [1.0, -0.5, 0.0], [3.0, 0.0, 0.0]],
        [[1.0, 0.2, 0.0], [1.0, -0.2, 0.0]],
        [[2.0, -0.1, 1.0], [1.0, 0.1, 1.0], [4.0, 0.3, 0.0]],
    ],
    chosen=[0, 1, 2],
    nest=[[0, 1, 0], [0, 1], [0, 0, 1]],
    names=NAMES,
)


def test_the_incumbent_is_every_family_in_service():
    assert picks("incumbent", THREE).tolist() == [
        [True, False, False], [False, False, False], [True, True, False],
    ]  # fmt: skip


def test_the_cheapest_and_the_fastest_are_those_with_the_lowest_number():
    assert picks("cheapest", THREE).tolist() == [
        [False, True, False], [False, True, False], [True, False, False],
    ]  # fmt: skip
    # the second decision has two as fast: both are named
    assert picks("fastest", THREE).tolist() == [
        [False, True, False], [True, True, False], [False, True, False],
    ]  # fmt: skip


def test_hit_rates_count_decisions_where_some_but_not_all_are_named():
    # incumbent: right in the first, wrong in the third, names nobody in the second: (1 + 1) / (2 + 2)
    assert hit_rate("incumbent", THREE) == 0.5
    # cheapest: wrong, right, wrong: (1 + 1) / (3 + 2)
    assert hit_rate("cheapest", THREE) == 0.4
    # fastest: wrong, names all, wrong: (0 + 1) / (2 + 2)
    assert hit_rate("fastest", THREE) == 0.25


def test_without_known_decisions_a_rule_is_right_half_the_time():
    assert hit_rate("cheapest", THREE.take([])) == 0.5


def test_what_is_named_shares_the_hit_rate_and_the_rest_what_is_left():
    assert chances("incumbent", THREE, THREE).tolist() == [
        pytest.approx([0.5, 0.25, 0.25]),
        pytest.approx([0.5, 0.5, 0.0]),  # nothing named: even
        pytest.approx([0.25, 0.25, 0.5]),  # two named
    ]
    assert chances("cheapest", THREE, THREE)[0].tolist() == pytest.approx([0.3, 0.4, 0.3])
    assert chances("fastest", THREE, THREE)[1].tolist() == pytest.approx([0.5, 0.5, 0.0])  # all named


def test_every_offer_alike():
    assert chances("uniform", THREE, THREE).tolist() == [
        pytest.approx([1 / 3, 1 / 3, 1 / 3]), pytest.approx([0.5, 0.5, 0.0]),
        pytest.approx([1 / 3, 1 / 3, 1 / 3]),
    ]  # fmt: skip


def test_industries_by_their_share_of_past_winners():
    # Winners: industry 0, 1, 1; with half a winner each added: 1.5 and 2.5.
    found = chances("industry_shares", THREE, THREE)
    # first: 0.75, 2.5, 0.75 of 4; second: 1.5, 2.5 of 4; third: 0.75, 0.75, 2.5 of 4
    assert found.tolist() == [
        pytest.approx([0.1875, 0.625, 0.1875]), pytest.approx([0.375, 0.625, 0.0]),
        pytest.approx([0.1875, 0.1875, 0.625]),
    ]  # fmt: skip


def test_an_industry_that_never_won_still_has_half_a_winner():
    new = a_table([[[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]], [0], [[1, 2]], NAMES)
    # 2.5 against 0.5
    assert chances("industry_shares", new, THREE)[0].tolist() == pytest.approx([2.5 / 3.0, 0.5 / 3.0])


@pytest.mark.parametrize("rule", RULES)
def test_chances_of_every_rule_add_up_to_one(rule):
    found = chances(rule, THREE, THREE.take([0]))
    assert found.sum(axis=1).tolist() == pytest.approx([1.0, 1.0, 1.0])
    assert found[1, 2] == 0.0


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_does_not_look_at_the_winner_of_what_it_judges(rule):
    other = THREE.won_by(np.array([2, 0, 1]))
    assert chances(rule, THREE, THREE).tolist() == chances(rule, other, THREE).tolist()
