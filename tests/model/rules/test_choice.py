"""Choice: the parts of an offer's worth, and the worth of an industry's offers together."""

import math

import pytest

from sim.model.rules.choice import (
    nest_value,
    value_of_dealings,
    value_of_price,
    value_of_time,
    value_of_users,
)


def test_a_year_of_waiting_costs_weight_times_floor_plus_urgency():
    # -0.5 x (0.3 + 0.5) x 12 / 12
    assert value_of_time(-0.5, 0.3, 0.5, 12.0) == pytest.approx(-0.4)
    assert value_of_time(-0.5, 0.3, 0.5, 30.0) == pytest.approx(-1.0)


def test_waiting_costs_a_little_even_without_urgency():
    assert value_of_time(-0.5, 0.3, 0.0, 12.0) == pytest.approx(-0.15)


def test_an_offer_from_stock_costs_no_waiting():
    assert value_of_time(-0.5, 0.3, 1.5, 0.0) == 0.0


def test_longer_and_more_urgent_waiting_is_worth_less():
    by_months = [value_of_time(-0.5, 0.3, 0.5, float(month)) for month in (0, 6, 12, 60)]
    by_urgency = [value_of_time(-0.5, 0.3, step, 12.0) for step in (0.0, 0.5, 1.0, 1.5)]
    for values in (by_months, by_urgency):
        assert values == sorted(values, reverse=True)
        assert values[0] > values[-1]


def test_the_usual_price_is_worth_nothing_either_way():
    assert value_of_price(-1.6, 13.0, 13.0) == 0.0


def test_twice_the_price_loses_what_half_the_price_gains():
    assert value_of_price(-1.6, 26.0, 13.0) == pytest.approx(-1.6 * math.log(2.0))
    assert value_of_price(-1.6, 6.5, 13.0) == pytest.approx(1.6 * math.log(2.0))


def test_three_recent_buyers_one_of_them_a_neighbour_count_by_logarithms():
    # 0.3 x ln 4 + 0.2 x ln 2 = 0.41589 + 0.13863
    assert value_of_users(0.3, 0.2, 3, 1, True, 0.5) == pytest.approx(0.55452, abs=1e-5)


def test_users_count_half_for_a_repeat_order():
    assert value_of_users(0.3, 0.2, 3, 1, False, 0.5) == pytest.approx(0.27726, abs=1e-5)


def test_a_product_nobody_uses_gains_nothing():
    assert value_of_users(0.3, 0.2, 0, 0, True, 0.5) == 0.0


def test_four_earlier_purchases_count_by_their_logarithm():
    # 0.3 x ln 5 = 0.3 x 1.60944
    assert value_of_dealings(0.3, 4.0) == pytest.approx(0.48283, abs=1e-5)


def test_without_earlier_purchases_there_is_no_relation():
    assert value_of_dealings(0.3, 0.0) == 0.0


def test_the_second_purchase_adds_less_than_the_first():
    first, second = (value_of_dealings(0.3, count) for count in (1.0, 2.0))
    assert 0.0 < second - first < first


def test_an_industry_with_one_offer_is_worth_that_offer():
    # 0.6 x ln exp(1.2 / 0.6) = 1.2
    assert nest_value(math.exp(1.2 / 0.6), 0.6) == pytest.approx(1.2)


def test_a_second_equal_offer_adds_less_to_an_industry_the_more_alike_its_offers_are():
    def gain(dissimilarity):
        return nest_value(2.0 * math.exp(1.2 / dissimilarity), dissimilarity) - 1.2

    assert gain(1.0) == pytest.approx(math.log(2.0))  # a plain logit
    assert gain(0.5) == pytest.approx(0.5 * math.log(2.0))
    assert gain(0.1) == pytest.approx(0.1 * math.log(2.0))
