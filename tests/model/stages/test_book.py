"""Stage 7: how a contract takes its slots, when work begins, what is lent, and when it is looked at first."""

import pytest

from sim.model.stages.book import (
    book_slots,
    change_rate,
    enter_event,
    first_look,
    shift_lending,
    start_of_work,
)
from sim.model.state import EXPORT, HOME, NONE
from tests.worlds import book_contract, fill, small_state


def begun(quantity, first_due, last_due, existing=0, month=0, **line):
    """The month in which work on a contract begins."""
    state = small_state(lines=(line,))
    state.clock["month"] = month
    terms = {"quantity": quantity, "first_due": first_due, "last_due": last_due, "existing": existing}
    fill(state.contracts, 0, {"line": 0, **terms})
    return start_of_work(0, state)


def test_work_on_units_that_come_monthly_begins_in_the_month_of_the_first():
    assert begun(12.0, 10, 21) == 10


def test_work_on_large_units_begins_before_the_first_is_due():
    # Two units, months 13 and 24: eleven months each, so work begins in month 13 + 1 - 11 = 3.
    assert begun(2.0, 13, 24) == 3


def test_a_single_unit_takes_the_lines_pace():
    # Three a year: four months.
    assert begun(1.0, 10, 10, rate_now=3.0, rate_planned=3.0) == 7


def test_work_never_begins_before_the_contract_but_may_have_begun_before_the_books():
    assert begun(2.0, 5, 25, month=3) == 3
    assert begun(2.0, 5, 25, existing=1) == -14  # 5 + 1 - 20


def test_a_rate_holds_from_its_first_to_its_last_month():
    state = small_state()
    change_rate(0, EXPORT, 4, 9, 0.5, state)
    assert state.steps[4, 0].tolist() == [0.0, 0.5]
    assert state.steps[10, 0].tolist() == [0.0, -0.5]
    assert state.steps.sum() == 0.0


def test_a_rate_that_began_before_the_start_holds_from_the_start():
    state = small_state()
    change_rate(0, HOME, -6, 200, 0.5, state)
    assert state.steps[0, 0].tolist() == [0.5, 0.0]
    assert state.steps.sum() == 0.5  # and ends after the run


def test_a_rate_that_begins_after_the_run_changes_nothing():
    state = small_state()
    change_rate(0, HOME, 120, 130, 0.5, state)
    assert not state.steps.any()


def test_units_are_spread_over_the_half_years_of_a_plan():
    # Ten in months 4 to 13: two months of the first half-year, six of the second, two of the third.
    state = small_state()
    book_slots(0, EXPORT, 4, 13, 10.0, state)
    assert state.booked[0, EXPORT, :4].tolist() == pytest.approx([2.0, 6.0, 2.0, 0.0])
    assert state.booked[0, HOME].sum() == 0.0


def test_of_work_begun_before_the_start_only_the_rest_is_booked():
    # Ten in months -5 to 4: five months are left.
    state = small_state()
    book_slots(0, HOME, -5, 4, 10.0, state)
    assert state.booked[0, HOME, :2].tolist() == pytest.approx([5.0, 0.0])


def test_lending_moves_what_a_line_makes_for_a_time():
    state = small_state()
    shift_lending(0, 3, 15, 0.5, state)
    assert (state.lending[3, 0], state.lending[15, 0]) == (0.5, -0.5)
    shift_lending(0, 110, 122, 0.5, state)
    assert state.lending.sum() == 0.5  # the second one does not end within the run


def test_a_contract_with_lent_slots_takes_only_the_rest_from_the_plan():
    # Ten in months 2 to 11, four of them in lent slots: 0.4 a month for ten months; 4/36 a month go back
    # in months 12 to 47, and these are booked.
    state = small_state()
    book_contract(state, buyer=0, line=0, quantity=10.0, first_due=2, last_due=11, lent=4.0)
    assert state.booked[0, EXPORT, :2].tolist() == pytest.approx([0.6 * 4, 0.6 * 6])
    assert state.booked[0, EXPORT, 2:8].tolist() == pytest.approx([4.0 / 6.0] * 6)
    assert state.lending[2, 0] == pytest.approx(0.4)
    assert state.lending[12, 0] == pytest.approx(-0.4 - 4.0 / 36.0)
    assert state.lending[48, 0] == pytest.approx(4.0 / 36.0)
    assert state.lines["owed"][0] == 4.0


def test_line_and_buyer_count_an_order():
    state = small_state()
    book_contract(state, buyer=0, line=0, quantity=10.0, first_due=2, last_due=11)
    book_contract(state, buyer=0, line=0, quantity=5.0, first_due=2, last_due=11)
    assert (state.lines["backlog"][0], state.lines["ordered"][0]) == (15.0, 15.0)
    assert state.pairs["on_order"][0] == 15.0


def test_used_stock_is_taken_from_the_store():
    state = small_state(lines=({"surplus": 1, "surplus_units": 30.0},))
    book_contract(state, buyer=0, line=0, quantity=10.0, first_due=2, last_due=11)
    assert state.lines["surplus_left"][0] == 20.0


def test_a_fuller_book_asks_more_at_once():
    # 60 on order are five years of twelve; the target is three: two thirds too many, 20 % x 2/3 of 10.
    state = small_state()
    book_contract(state, buyer=0, line=0, quantity=60.0, first_due=2, last_due=61)
    assert state.lines["price_now"][0] == pytest.approx(10.0 + 2.0 * 2.0 / 3.0)


@pytest.mark.parametrize(
    ("first_due", "last_due", "slip", "month"),
    [
        (6, 11, 0, 6),  # one a month: the first is planned for month 6
        (6, 11, 2, 8),  # two months late as usual, still within the grace of two
        (6, 11, 9, 9),  # promised for 6: overdue beyond the grace in month 9, before it is planned
    ],
)
def test_a_contract_is_looked_at_first_when_planned_or_when_overdue(first_due, last_due, slip, month):
    state = small_state()
    book_contract(state, buyer=0, line=0, quantity=6.0, first_due=first_due, last_due=last_due, slip=slip)
    assert first_look(0, state) == month
    assert state.events[month, 0] == 0


def test_events_of_a_month_stand_in_a_chain():
    state = small_state()
    for number in (0, 1, 2):
        enter_event(number, 7, state)
    assert state.events[7, 0] == 2
    assert state.contracts["next_event"][:3].tolist() == [NONE, 0, 1]


def test_events_after_the_run_are_not_entered():
    state = small_state()
    enter_event(0, 120, state)
    assert (state.events == NONE).all()
