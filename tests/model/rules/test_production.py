"""Production: real output, other customers, a contract's plan, and crews."""

import pytest

from sim.model.rules.production import crew_months, due_so_far, months_a_unit, outside_share, real_output


def test_of_100_claimed_a_year_five_come_each_month():
    # 100 x 0.8 real x (1 - 0.25 to others) = 60 a year
    assert real_output(100.0, 0.8, 0.25, 1.0) == pytest.approx(5.0)


def test_a_shock_to_output_scales_it():
    assert real_output(100.0, 0.8, 0.25, 0.5) == pytest.approx(2.5)
    assert real_output(100.0, 0.8, 0.25, 0.0) == 0.0


def test_other_customers_can_take_all_but_not_more():
    assert real_output(100.0, 0.8, 1.0, 1.0) == 0.0
    assert real_output(100.0, 0.8, 1.3, 1.0) == 0.0


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
    ("month", "units"),
    [(9.0, 0.0), (10.0, 2.0), (12.0, 6.0), (15.0, 12.0), (80.0, 12.0)],
)
def test_twelve_units_over_months_10_to_15_are_due_two_a_month(month, units):
    assert due_so_far(12.0, 10.0, 15.0, month) == pytest.approx(units)


def test_a_contract_of_one_month_is_due_at_its_end():
    assert due_so_far(12.0, 10.0, 10.0, 9.0) == 0.0
    assert due_so_far(12.0, 10.0, 10.0, 10.0) == 12.0


def test_work_begun_before_the_start_is_in_progress():
    # one boat, work from month -12 to month 11: half done by the end of month -1
    assert due_so_far(1.0, -12.0, 11.0, -1.0) == pytest.approx(0.5)


def test_crews_take_longer_for_a_new_family():
    assert crew_months(6.0, 18.0, False, 0.0) == 6
    assert crew_months(6.0, 18.0, True, 0.0) == 18


def test_hubs_cut_crewing_to_the_nearest_month():
    assert crew_months(6.0, 18.0, True, 0.3) == 13  # 12.6
    assert crew_months(6.0, 18.0, False, 0.3) == 4  # 4.2
    assert crew_months(5.0, 18.0, False, 0.5) == 3  # 2.5 and halves go up


def test_crewing_never_takes_less_than_no_time():
    assert crew_months(0.0, 0.0, True, 0.0) == 0
    assert crew_months(6.0, 18.0, True, 1.2) == 0
