"""Quote: prices of full and long-running lines, local work, consent, planned capacity, loans."""

import pytest

from sim.model.rules.quote import (
    credit_share,
    localised,
    planned_capacity,
    platform_price,
    process_months,
    repriced,
)


def price(cover=0.0, scale=1.0, kappa=0.2, learning=0.0):
    """The price of a platform of 10 on a line that aims at two years of orders."""
    return platform_price(10.0, kappa, cover, 2.0, scale, learning, 0.8, 1.6)


@pytest.mark.parametrize(
    ("cover", "asked"),
    [
        (0.0, 10.0),
        (2.0, 10.0),  # at its target
        (3.0, 11.0),  # half a target too many: half of 20 %
        (4.0, 12.0),
        (40.0, 12.0),  # no more than kappa
    ],
)
def test_a_line_asks_up_to_20_per_cent_more_as_its_book_grows_to_twice_the_target(cover, asked):
    assert price(cover=cover) == pytest.approx(asked)


def test_a_doubled_run_costs_less_by_the_learning_exponent():
    # 4^-0.5 would be a half, so 0.8 is the floor; 2^-0.1 = 0.9330
    assert price(scale=2.0, learning=0.1) == pytest.approx(9.330, abs=1e-3)


def test_a_price_never_falls_below_four_fifths_of_its_base():
    assert price(scale=4.0, learning=0.5) == 8.0


def test_a_price_never_rises_above_eight_fifths_of_its_base():
    assert price(cover=9.0, kappa=0.9) == pytest.approx(16.0)


def test_prices_rise_with_cover_and_fall_with_scale():
    covers = [price(cover=step) for step in (2.0, 2.5, 3.0, 3.5)]
    scales = [price(scale=step, learning=0.05) for step in (3.0, 2.0, 1.0)]
    for prices in (covers, scales):
        assert prices == sorted(prices)
        assert prices[0] < prices[-1]


def test_work_counts_as_local_only_as_far_as_it_is_done_after_the_lag():
    # Deliveries from month 18 to 42, a local line after 24 months: 18 of 24 months of work are local.
    assert localised(0.4, 18.0, 42.0, 24.0) == pytest.approx(0.3)


def test_an_order_that_is_done_before_the_local_line_stands_has_no_local_work():
    assert localised(0.4, 6.0, 24.0, 24.0) == 0.0


def test_an_order_that_begins_after_the_lag_has_all_of_the_local_work():
    assert localised(0.4, 30.0, 60.0, 24.0) == pytest.approx(0.4)
    assert localised(0.4, 30.0, 30.0, 24.0) == pytest.approx(0.4)


def test_a_price_moves_by_its_change_between_selection_and_contract():
    assert repriced(20.0, 0.15) == pytest.approx(23.0)
    assert repriced(20.0, -0.05) == pytest.approx(19.0)
    assert repriced(20.0, 0.0) == 20.0


def months(*, state=False, union=False, american=False, member=False, known=False, reform=0.0, dialogue=0.0):
    """Months of consent: two for an ally, eight for US government sales, six for a non-member."""
    return process_months(state, union, american, member, known, 2.0, 8.0, 6.0, reform, dialogue, 0.5, 0.6)


def test_a_states_own_plant_needs_no_consent():
    assert months(state=True, american=True) == 0.0


def test_an_ally_takes_two_months_and_half_of_that_within_the_union():
    assert months(member=True) == 2.0
    assert months(member=True, union=True) == 1.0


def test_us_government_sales_take_eight_months_and_less_after_reform():
    assert months(american=True, member=True) == 8.0
    assert months(american=True, member=True, reform=3.0) == 5.0


def test_no_reform_brings_us_sales_below_a_month():
    assert months(american=True, member=True, reform=12.0) == 1.0


def test_a_non_member_takes_six_months_and_less_with_a_dialogue():
    assert months() == 6.0
    assert months(dialogue=0.5) == 3.0


def test_a_dialogue_changes_nothing_for_members():
    assert months(member=True, dialogue=0.9) == 2.0
    assert months(american=True, member=True, dialogue=0.9) == 8.0


def test_a_family_in_service_takes_three_fifths_of_the_months():
    assert months(known=True) == pytest.approx(3.6)
    assert months(known=True, member=True) == pytest.approx(1.2)


def test_an_announced_rate_is_reached_on_a_straight_line():
    # 20 a year to 50 in 30 months: one more each month
    assert planned_capacity(20.0, 50.0, 30.0, 0.0) == 20.0
    assert planned_capacity(20.0, 50.0, 30.0, 12.0) == pytest.approx(32.0)
    assert planned_capacity(20.0, 50.0, 30.0, 30.0) == 50.0
    assert planned_capacity(20.0, 50.0, 30.0, 99.0) == 50.0


def test_an_announced_rate_whose_year_has_passed_is_there():
    assert planned_capacity(20.0, 50.0, 0.0, 0.0) == 50.0
    assert planned_capacity(20.0, 50.0, -6.0, 0.0) == 50.0


def test_a_loan_covers_what_credit_is_left():
    assert credit_share(0.7, 0.65, 300.0, 1000.0) == pytest.approx(0.3)
    assert credit_share(0.7, 0.65, 5000.0, 1000.0) == 1.0


def test_content_just_at_the_threshold_is_enough_and_below_it_is_not():
    assert credit_share(0.65, 0.65, 300.0, 1000.0) == pytest.approx(0.3)
    assert credit_share(0.64, 0.65, 300.0, 1000.0) == 0.0


def test_no_credit_no_loan():
    assert credit_share(0.9, 0.65, 0.0, 1000.0) == 0.0
    assert credit_share(0.9, 0.65, -50.0, 1000.0) == 0.0
    assert credit_share(0.9, 0.65, 300.0, 0.0) == 0.0
