"""Money: the way to the pledge, what arrives, what can be promised and what it is worth today."""

from itertools import pairwise

import pytest

from sim.model.rules.money import (
    annuity,
    equipment_part,
    lapse,
    monthly_inflow,
    present_value,
    room,
    spending_share,
    squeezed,
)


@pytest.mark.parametrize(
    ("month", "share"),
    [
        (0.0, 0.024),
        (60.0, 0.02785),  # 70 % of the 1.1 points is 0.77; half way to the year: 0.385
        (120.0, 0.0317),
        (180.0, 0.0317),  # nothing more is promised after the year
    ],
)
def test_spending_climbs_from_2_4_per_cent_as_far_as_70_per_cent_of_the_promise(month, share):
    assert spending_share(0.024, 0.035, 0.7, month, 120.0) == pytest.approx(share)


def test_a_promise_kept_in_full_reaches_the_pledge_in_its_year():
    assert spending_share(0.02, 0.035, 1.0, 48.0, 48.0) == pytest.approx(0.035)


def test_more_than_the_promise_may_come():
    # 1.4 x 1.5 points = 2.1 points
    assert spending_share(0.02, 0.035, 1.4, 120.0, 120.0) == pytest.approx(0.041)


def test_a_state_above_the_pledge_stays_where_it_is():
    assert spending_share(0.045, 0.035, 1.0, 60.0, 120.0) == 0.045


def test_a_broken_promise_leaves_spending_where_it_was():
    assert spending_share(0.024, 0.035, 0.0, 120.0, 120.0) == 0.024


def test_a_pledge_year_that_has_passed_is_reached_within_a_month():
    assert spending_share(0.02, 0.035, 1.0, 1.0, -12.0) == pytest.approx(0.035)


@pytest.mark.parametrize(
    ("share", "equipment", "marginal", "part"),
    [
        (0.02, 0.25, 0.4, 0.005),  # nothing more is spent: a quarter of 2 %
        (0.03, 0.25, 0.4, 0.009),  # a quarter of 2 % and four tenths of one point
        (0.03, 0.25, 1.0, 0.015),  # all of the rise
        (0.03, 0.5, 0.4, 0.015),  # a state that buys more equipment than that goes on doing so
        (0.01, 0.25, 0.4, 0.0025),  # of less spending the usual part
        (0.0, 0.25, 0.4, 0.0),
    ],
)
def test_of_a_rise_in_spending_more_goes_to_equipment(share, equipment, marginal, part):
    assert equipment_part(0.02, share, equipment, marginal) == pytest.approx(part)


def test_equipment_money_rises_with_spending_without_a_jump():
    parts = [equipment_part(0.02, share / 1000.0, 0.25, 0.4) for share in range(10, 41)]
    assert parts == sorted(parts)
    steps = [more - less for less, more in pairwise(parts)]
    assert steps[:10] == pytest.approx([0.00025] * 10)  # a quarter of a tenth of a point up to 2 %
    assert steps[10:] == pytest.approx([0.0004] * 20)


def test_a_months_inflow_is_a_twelfth_of_gdp_times_the_shares():
    # 2 % with 30 % for equipment: 600,000 x 0.6 % = 3,600; a third modelled = 1,200; / 12
    assert monthly_inflow(600_000.0, 0.02 * 0.3, 1.0 / 3.0) == pytest.approx(100.0)


def test_no_spending_no_inflow():
    assert monthly_inflow(600_000.0, 0.0, 0.3) == 0.0


@pytest.mark.parametrize(("month", "money"), [(11.0, 75.0), (17.0, 75.0), (18.0, 100.0), (30.0, 100.0)])
def test_a_squeeze_of_a_quarter_leaves_three_quarters_until_its_end(month, money):
    assert squeezed(100.0, month, 18.0, 0.25) == money


def test_a_state_that_was_never_squeezed_keeps_all():
    assert squeezed(100.0, 0.0, -1.0, 0.25) == 100.0


def test_room_is_cash_and_coming_money_and_credit_less_commitments():
    # 50 + 10 x 24 + 30 - 200
    assert room(50.0, 10.0, 24.0, 200.0, 30.0) == 120.0


def test_a_state_may_have_promised_more_than_it_will_have():
    assert room(0.0, 10.0, 12.0, 150.0, 0.0) == -30.0


def test_room_grows_with_all_but_commitments():
    usual = (50.0, 10.0, 24.0, 200.0, 30.0)
    for place, sign in enumerate((1, 1, 1, -1, 1)):
        more = list(usual)
        more[place] += 1.0
        assert (room(*more) - room(*usual)) * sign > 0.0


def test_money_beyond_some_months_of_inflow_lapses():
    assert lapse(150.0, 10.0, 12.0) == 30.0
    assert lapse(120.0, 10.0, 12.0) == 0.0


def test_arrears_do_not_lapse():
    assert lapse(-40.0, 10.0, 12.0) == 0.0


def test_a_payment_in_two_years_counts_less_at_5_per_cent():
    # 110.25 / 1.05^2
    assert present_value(110.25, 0.05, 24.0) == pytest.approx(100.0)


def test_a_payment_today_counts_in_full():
    assert present_value(80.0, 0.05, 0.0) == 80.0
    assert present_value(80.0, 0.0, 60.0) == 80.0


def test_a_million_a_year_for_two_years_is_worth_1_736_at_10_per_cent():
    # 1 / 1.1 + 1 / 1.21 = 0.90909 + 0.82645
    assert annuity(0.1, 2.0) == pytest.approx(1.73554, abs=1e-5)


def test_without_interest_the_years_are_counted():
    assert annuity(0.0, 15.0) == 15.0


def test_no_years_are_worth_nothing():
    assert annuity(0.05, 0.0) == pytest.approx(0.0)
