"""Production: real output, other customers, a contract's plan, whom a short plant serves, and crews."""

import pytest

from sim.model.rules.production import (
    home_part,
    month_of_unit,
    months_a_unit,
    outside_share,
    real_output,
    slots_to_lend,
    usable_months,
    work_done,
)


def test_of_90_claimed_a_year_six_come_each_month():
    # 90 x 0.8 real = 72 a year
    assert real_output(90.0, 0.8, 1.0) == pytest.approx(6.0)


def test_a_shock_to_output_scales_it():
    assert real_output(90.0, 0.8, 0.5) == pytest.approx(3.0)
    assert real_output(90.0, 0.8, 0.0) == 0.0


def test_other_customers_take_their_usual_share():
    assert outside_share(0.4, 1.0, 0.0, 0.0, 0.95) == pytest.approx(0.4)


def test_other_customers_take_more_when_they_demand_more_up_to_a_limit():
    assert outside_share(0.4, 1.5, 0.0, 0.0, 0.95) == pytest.approx(0.6)
    assert outside_share(0.4, 3.0, 0.0, 0.0, 0.95) == pytest.approx(0.95)


def test_other_customers_who_demand_half_take_half():
    assert outside_share(0.4, 0.5, 0.0, 0.0, 0.95) == pytest.approx(0.2)


def test_a_build_up_at_home_comes_on_top():
    assert outside_share(0.4, 1.0, 0.0, 0.2, 0.95) == pytest.approx(0.6)


def test_a_home_priority_takes_its_share_of_what_is_left_for_export():
    # 60 % is left; half of it is kept: 30 % goes out
    assert outside_share(0.4, 1.0, 0.5, 0.0, 0.95) == pytest.approx(0.7)
    assert outside_share(0.4, 1.0, 1.0, 0.0, 0.95) == pytest.approx(1.0)


def test_a_line_that_serves_more_than_the_limit_already_keeps_doing_so():
    assert outside_share(0.97, 1.0, 0.0, 0.0, 0.95) == pytest.approx(0.97)


def test_a_dozen_units_over_a_year_take_a_month_each():
    # the first is ready in month 10, the last in month 21: eleven months for eleven more
    assert months_a_unit(12.0, 10.0, 21.0, 99.0) == pytest.approx(1.0)


def test_four_boats_over_six_years_take_two_years_each():
    assert months_a_unit(4.0, 40.0, 112.0, 99.0) == pytest.approx(24.0)


def test_a_single_unit_takes_the_lines_pace():
    assert months_a_unit(1.0, 40.0, 40.0, 2.0) == pytest.approx(6.0)
    assert months_a_unit(1.0, 40.0, 40.0, 0.1) == pytest.approx(24.0)  # no longer than two years


def test_units_that_come_faster_than_monthly_take_a_month():
    assert months_a_unit(100.0, 0.0, 9.0, 99.0) == 1.0
    assert months_a_unit(1.0, 5.0, 5.0, 600.0) == 1.0


@pytest.mark.parametrize(
    ("clock", "units"),
    [(9.0, 0.0), (10.0, 0.0), (11.0, 2.0), (12.5, 5.0), (16.0, 12.0), (80.0, 12.0)],
)
def test_twelve_units_in_months_10_to_15_are_made_two_a_month(clock, units):
    # at the end of month 10 eleven months are worked off
    assert work_done(12.0, 10.0, 15.0, clock) == pytest.approx(units)


def test_a_contract_of_one_month_is_made_at_its_end():
    assert work_done(12.0, 10.0, 10.0, 10.0) == 0.0
    assert work_done(12.0, 10.0, 10.0, 11.0) == 12.0


def test_work_begun_before_the_start_is_in_progress():
    # one boat, work from month -12 to month 11: half done at the beginning of month 0
    assert work_done(1.0, -12.0, 11.0, 0.0) == pytest.approx(0.5)


@pytest.mark.parametrize(("unit", "month"), [(1.0, 10), (2.0, 10), (3.0, 11), (4.0, 11), (12.0, 15)])
def test_of_twelve_units_in_months_10_to_15_two_are_ready_at_the_end_of_each(unit, month):
    assert month_of_unit(12.0, 10.0, 15.0, unit) == month


def test_four_boats_of_two_years_each_are_ready_at_the_end_of_their_years():
    assert [month_of_unit(4.0, 0.0, 95.0, float(unit)) for unit in (1, 2, 3, 4)] == [23, 47, 71, 95]


@pytest.mark.parametrize("quantity", [1.0, 3.0, 7.0, 12.0, 250.0])
def test_the_month_of_a_unit_is_the_first_in_which_it_is_done(quantity):
    for unit in (1.0, quantity):
        month = month_of_unit(quantity, 5.0, 34.0, unit)
        assert work_done(quantity, 5.0, 34.0, month + 1.0) >= unit - 1e-6
        assert work_done(quantity, 5.0, 34.0, float(month)) < unit


def test_a_plant_that_makes_half_of_what_is_due_gives_everyone_half():
    # six of twelve: three of the home army's six
    assert home_part(6.0, 6.0, 6.0, 0.0) == pytest.approx(3.0)
    assert home_part(6.0, 3.0, 9.0, 0.0) == pytest.approx(1.5)


def test_with_full_priority_the_home_army_is_served_first():
    assert home_part(6.0, 4.0, 8.0, 1.0) == pytest.approx(4.0)
    assert home_part(6.0, 9.0, 3.0, 1.0) == pytest.approx(6.0)


def test_half_a_priority_lies_between():
    # fairly 2 of the 4, with priority 4
    assert home_part(6.0, 4.0, 8.0, 0.5) == pytest.approx(3.0)


def test_a_plant_that_makes_enough_serves_all():
    assert home_part(12.0, 4.0, 8.0, 0.0) == 4.0
    assert home_part(13.0, 4.0, 8.0, 1.0) == 4.0


def test_a_home_army_lends_part_of_a_years_slots_less_what_it_holds_back_and_is_owed():
    # 0.8 x (1 - 0.25) x 20 - 4
    assert slots_to_lend(0.8, 0.25, 20.0, 4.0) == 8.0


def test_only_whole_slots_are_lent_and_never_fewer_than_none():
    assert slots_to_lend(0.5, 0.0, 7.0, 0.0) == 3.0
    assert slots_to_lend(0.5, 0.0, 6.0, 9.0) == 0.0
    assert slots_to_lend(1.0, 1.0, 6.0, 0.0) == 0.0


def test_crews_take_longer_for_a_new_family():
    assert usable_months(6.0, 18.0, False, 0.0, 0.0) == 6
    assert usable_months(6.0, 18.0, True, 0.0, 0.0) == 18


def test_what_cuts_crewing_counts_to_the_nearest_month():
    assert usable_months(6.0, 18.0, True, 0.3, 0.0) == 13  # 12.6
    assert usable_months(6.0, 18.0, False, 0.3, 0.0) == 4  # 4.2
    assert usable_months(5.0, 18.0, False, 0.5, 0.0) == 3  # 2.5 and halves go up


def test_the_later_of_crews_and_munitions_counts():
    assert usable_months(6.0, 18.0, False, 0.0, 9.0) == 9
    assert usable_months(6.0, 18.0, True, 0.0, 9.0) == 18
    assert usable_months(6.0, 18.0, False, 0.5, -30.0) == 3  # munitions came long ago


def test_nothing_takes_less_than_no_time():
    assert usable_months(0.0, 0.0, True, 0.0, 0.0) == 0
    assert usable_months(6.0, 18.0, True, 1.2, -4.0) == 0
