"""Tender: when a state starts to buy, how much, by which route, and for how long."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.rules.tender import (
    affordable,
    first_part,
    in_turn,
    launched,
    lot,
    procedure_months,
    route,
    smallest_lot,
)
from sim.model.state import COMPETITION, GOVERNMENT, JOINT, OPTION, URGENT


def test_two_tenders_a_year_is_a_chance_of_15_per_cent_a_month():
    # 0.4 + 2 x 0.8 = 2 a year; 1 - exp(-2 / 12) = 1 - 0.84648 = 0.15352
    assert launched(0.4, 2.0, 0.8, 0.1535)
    assert not launched(0.4, 2.0, 0.8, 0.1536)
    assert not launched(0.4, 2.0, 0.8, 0.16)  # below the rate of 0.1667 and above the chance


def test_without_base_and_urgency_no_tender_is_launched():
    assert not launched(0.0, 2.0, 0.0, 1e-15)


def test_a_more_urgent_need_is_tendered_where_a_less_urgent_one_is_not():
    hits = [launched(0.4, 2.0, step / 10.0, 0.12) for step in range(16)]
    assert hits == sorted(hits)
    assert (hits[0], hits[-1]) == (False, True)


def test_twelve_months_of_chances_make_the_yearly_hazard():
    draws = [(k + 0.5) / 10_000.0 for k in range(10_000)]
    chance = sum(launched(0.4, 2.0, 0.8, draw) for draw in draws) / 10_000.0
    assert (1.0 - chance) ** 12 == pytest.approx(math.exp(-2.0), abs=1e-3)


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
        (0.41, OPTION),
        (0.54, OPTION),  # of the other 0.6 a quarter: up to 0.55
        (0.56, GOVERNMENT),
        (0.77, GOVERNMENT),  # of the other 0.45 a half: up to 0.775
        (0.78, JOINT),
        (0.81, JOINT),  # of the other 0.225 a fifth: up to 0.82
        (0.83, COMPETITION),
        (0.99, COMPETITION),
    ],
)
def test_a_draw_is_shared_among_the_routes_one_after_the_other(chance, kind):
    assert route(0.5, 0.8, 0.9, 0.25, 0.5, 0.2, chance) == kind


def test_without_urgency_framework_and_partners_only_direct_awards_and_competitions_are_left():
    found = {route(0.0, 0.8, 0.9, 0.0, 0.5, 0.0, (k + 0.5) / 1000.0) for k in range(1000)}
    assert found == {GOVERNMENT, COMPETITION}


def test_a_framework_that_is_always_called_leaves_nothing_but_urgent_buying():
    found = {route(0.5, 0.8, 0.9, 1.0, 0.5, 0.5, (k + 0.5) / 1000.0) for k in range(1000)}
    assert found == {URGENT, OPTION}


def test_even_the_most_urgent_need_is_tendered_otherwise_one_time_in_ten():
    assert route(1.5, 2.0, 0.9, 0.0, 1.0, 0.0, 0.89) == URGENT
    assert route(1.5, 2.0, 0.9, 0.0, 1.0, 0.0, 0.91) == GOVERNMENT


def test_a_procedure_takes_from_its_shortest_to_its_longest_time():
    assert procedure_months(18.0, 42.0, 1.0, 0.0) == 18
    assert procedure_months(18.0, 42.0, 1.0, 0.25) == 24
    assert procedure_months(18.0, 42.0, 1.0, 1.0) == 42


def test_a_category_with_long_tenders_stretches_the_procedure():
    assert procedure_months(18.0, 42.0, 2.0, 0.25) == 48


def test_no_procedure_takes_less_than_a_month():
    assert procedure_months(0.0, 1.0, 1.0, 0.1) == 1


@pytest.mark.parametrize(
    ("money", "units"), [(1000.0, 12.0), (156.0, 12.0), (155.9, 11.0), (12.9, 0.0), (-50.0, 0.0)]
)
def test_of_twelve_at_13_million_as_many_are_bought_as_there_is_money_for(money, units):
    assert affordable(12.0, 13.0, money) == units


@pytest.mark.parametrize(("quantity", "units"), [(10.0, 6.0), (5.0, 3.0), (2.0, 1.0), (7.0, 4.0)])
def test_of_a_split_order_six_tenths_go_to_the_better_offer_and_one_at_least_to_the_other(quantity, units):
    assert first_part(quantity, 0.6) == units


def test_neither_supplier_of_a_split_order_goes_without():
    assert first_part(4.0, 0.99) == 3.0
    assert first_part(4.0, 0.01) == 1.0


@pytest.mark.parametrize(
    ("due", "earliest", "turn", "decided"),
    [
        (10, 1, 12, 12),
        (17, 1, 12, 12),
        (18, 1, 12, 24),  # as far from both: the later
        (24, 1, 12, 24),
        (13, 13, 12, 13),  # month 12 is over: as it would be without a person
        (19, 13, 12, 24),
        (5, 1, 12, 5),  # nearest is month 0, which is over
        (7, 1, 3, 6),
        (8, 1, 3, 9),
        (119, 1, 12, 120),
        (9, 1, 1, 9),
    ],
)
def test_a_person_decides_at_the_nearest_turn_to_come(due, earliest, turn, decided):
    assert in_turn(due, earliest, turn) == decided


@given(due=st.integers(0, 200), wait=st.integers(0, 100), turn=st.integers(1, 24))
def test_no_tender_is_decided_before_it_can_be_nor_at_a_turn_further_than_another(due, wait, turn):
    earliest = max(0, due - wait)
    decided = in_turn(due, earliest, turn)
    assert decided >= earliest
    assert 2 * abs(decided - due) <= turn
    nearest = min(range(0, due + 2 * turn, turn), key=lambda month: (abs(month - due), -month))
    assert decided == (nearest if nearest >= earliest else due)
