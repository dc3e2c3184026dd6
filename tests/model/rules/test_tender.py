"""Tender: when a state starts to buy, how much, by which route, and for how long."""

import math

import pytest

from sim.model.rules.tender import launch_chance, lot, procedure_months, route, smallest_lot
from sim.model.state import COMPETITION, DIRECT, URGENT


def test_two_tenders_a_year_is_a_chance_of_15_per_cent_a_month():
    # 1 - exp(-2 / 12) = 1 - 0.84648
    assert launch_chance(0.4, 2.0, 0.8) == pytest.approx(0.15352, abs=1e-5)


def test_without_base_and_urgency_no_tender_is_launched():
    assert launch_chance(0.0, 2.0, 0.0) == 0.0


def test_a_more_urgent_need_is_tendered_sooner():
    chances = [launch_chance(0.4, 2.0, step / 10.0) for step in range(16)]
    assert chances == sorted(chances)
    assert 0.0 < chances[0] < chances[-1] < 1.0


def test_twelve_months_of_chances_make_the_yearly_hazard():
    assert (1.0 - launch_chance(0.4, 2.0, 0.8)) ** 12 == pytest.approx(math.exp(-2.0))


@pytest.mark.parametrize(
    ("gap", "typical", "affordable", "units"),
    [
        (100.0, 24.0, 1000.0, 50.0),  # half of the gap
        (40.0, 24.0, 1000.0, 24.0),  # half would be 20, the usual lot is 24
        (10.0, 24.0, 1000.0, 10.0),  # never more than the gap
        (100.0, 24.0, 30.7, 30.0),  # never more than the money, and whole units
        (100.0, 24.0, 0.0, 0.0),
    ],
)
def test_a_lot_is_half_the_gap_at_least_the_usual_lot_within_gap_and_money(gap, typical, affordable, units):
    assert lot(gap, 0.5, typical, affordable) == units


def test_a_state_without_room_cannot_place_a_lot():
    assert lot(100.0, 0.5, 24.0, -3.0) < 0.0  # below any smallest lot


def test_a_lot_that_is_whole_but_for_rounding_is_not_cut_by_one():
    assert lot(12.0, 0.5, 1.0, 2.9999999999) == 3.0


def test_the_smallest_lot_is_the_usual_minimum():
    assert smallest_lot(12.0, 200.0, 1.0 / 3.0) == 12.0


def test_a_small_state_may_order_a_third_of_its_need():
    assert smallest_lot(12.0, 18.0, 1.0 / 3.0) == 6.0
    assert smallest_lot(12.0, 16.0, 1.0 / 3.0) == 6.0  # 5.33 rounded up


def test_the_smallest_lot_is_at_least_one():
    assert smallest_lot(0.0, 200.0, 1.0 / 3.0) == 1.0
    assert smallest_lot(12.0, 0.0, 1.0 / 3.0) == 1.0


@pytest.mark.parametrize(
    ("chance", "kind"),
    [
        (0.39, URGENT),  # 0.8 x 0.5 = 0.4
        (0.41, DIRECT),
        (0.69, DIRECT),  # of the other 0.6 a half: up to 0.7
        (0.71, COMPETITION),
    ],
)
def test_at_urgency_a_half_four_tenths_are_urgent_and_the_rest_are_shared(chance, kind):
    assert route(0.5, 0.8, 0.9, 0.5, chance) == kind


def test_without_urgency_nothing_is_bought_urgently():
    assert route(0.0, 0.8, 0.9, 0.5, 1e-12) == DIRECT


def test_even_the_most_urgent_need_is_tendered_otherwise_one_time_in_ten():
    assert route(1.5, 2.0, 0.9, 1.0, 0.89) == URGENT
    assert route(1.5, 2.0, 0.9, 1.0, 0.91) == DIRECT


def test_a_procedure_takes_from_its_shortest_to_its_longest_time():
    assert procedure_months(18.0, 42.0, 1.0, 0.0) == 18
    assert procedure_months(18.0, 42.0, 1.0, 0.25) == 24
    assert procedure_months(18.0, 42.0, 1.0, 1.0) == 42


def test_a_category_with_long_tenders_stretches_the_procedure():
    assert procedure_months(18.0, 42.0, 2.0, 0.25) == 48


def test_no_procedure_takes_less_than_a_month():
    assert procedure_months(0.0, 1.0, 1.0, 0.1) == 1
