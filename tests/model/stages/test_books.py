"""Stage 12: gaps, fleets, holds and totals, counted by hand."""

import pytest

from sim.model.stages.books import (
    BACKLOG,
    CAPACITY,
    DELIVERIES,
    GAP,
    ORDERS,
    REQUIRED,
    SPENDING,
    USABLE_GAP,
    check_alliance,
    check_buyer,
    check_line,
    pay_upkeep,
)
from sim.model.state import EVERY, NONE
from tests.worlds import book_contract, fill, small_state


def noted(state, *buyers):
    """The books of a quarter's last month."""
    state.clock["month"] = 2
    for buyer in buyers or (0,):
        check_buyer(buyer, state)


def test_a_gap_is_the_missing_units_at_base_price():
    # 20 required at 13; 12 there, 9 of them usable
    state = small_state()
    fill(state.pairs, 0, {"requirement": 20.0, "stock": 12.0, "usable": 9.0})
    noted(state)
    for place in (EVERY, 1):
        found = [state.series[kind, place, 1] for kind in (REQUIRED, GAP, USABLE_GAP)]
        assert found == pytest.approx([260.0, 104.0, 143.0])


def test_more_than_required_is_no_negative_gap():
    state = small_state()
    fill(state.pairs, 0, {"requirement": 20.0, "stock": 30.0, "usable": 25.0})
    noted(state)
    assert state.series[GAP, 1, 1] == state.series[USABLE_GAP, 1, 1] == 0.0


def test_a_surplus_here_does_not_fill_a_gap_there():
    state = small_state(categories=({}, {}))
    fill(state.pairs, 0, {"requirement": 10.0, "stock": 99.0})
    fill(state.pairs, 1, {"requirement": 10.0, "stock": 4.0})
    noted(state)
    assert state.series[GAP, 1, 1] == pytest.approx(78.0)


def test_a_state_outside_the_total_is_not_in_it():
    state = small_state(buyers=({}, {"in_total": 0}))
    fill(state.pairs, slice(None), {"requirement": 10.0})
    noted(state, 0, 1)
    assert state.series[GAP, EVERY, 1] == pytest.approx(130.0)
    assert state.series[GAP, 2, 1] == pytest.approx(130.0)


def test_spending_is_cash_and_loans_drawn():
    state = small_state(buyers=({"paid": 30.0, "debt": 12.0, "received": 50.0, "cash": 20.0},))
    noted(state)
    assert state.series[SPENDING, 1, 1] == 42.0
    assert state.clock["money_error"][0] == 0.0


def test_a_ledger_that_does_not_close_is_seen():
    state = small_state(buyers=({"paid": 30.0, "received": 50.0, "cash": 15.0},))
    check_buyer(0, state)
    assert state.clock["money_error"][0] == pytest.approx(0.1)  # 5 of 50


def test_the_book_and_capacity_of_an_industry_are_at_base_price():
    lines = ({"industry": 2, "backlog": 3.0, "output_share": 0.5}, {"industry": 2, "backlog": 1.0})
    state = small_state(lines=lines)
    state.clock["month"] = 2
    for row in (0, 1):
        check_line(row, state)
    assert state.industry_series[BACKLOG, 2, 1] == pytest.approx(52.0)
    assert state.industry_series[CAPACITY, 2, 1] == pytest.approx(234.0)  # (6 + 12) x 13


def test_a_store_of_used_equipment_has_a_book_and_no_capacity():
    state = small_state(lines=({"surplus": 1, "backlog": 2.0},))
    state.clock["month"] = 2
    check_line(0, state)
    assert state.industry_series[BACKLOG, 0, 1] == pytest.approx(26.0)
    assert state.industry_series[CAPACITY, 0, 1] == 0.0


def test_books_are_noted_at_the_end_of_each_quarter():
    state = small_state(buyers=({"paid": 5.0, "received": 5.0, "cash": 0.0},), lines=({"backlog": 1.0},))
    state.flows[0, 0] = 7.0
    for month in range(5):
        state.clock["month"] = month
        check_buyer(0, state)
        check_line(0, state)
        check_alliance(state)
    assert state.series[SPENDING, 1, :3].tolist() == [0.0, 5.0, 0.0]
    assert state.industry_series[BACKLOG, 0, :3].tolist() == [0.0, 13.0, 0.0]
    assert state.industry_series[ORDERS, 0, :3].tolist() == [0.0, 7.0, 0.0]


def test_orders_and_deliveries_of_an_industry_are_what_has_flowed():
    state = small_state()
    state.flows[1] = (52.0, 39.0, 26.0)
    state.clock["month"] = 2
    check_alliance(state)
    assert state.industry_series[ORDERS, :, 1].tolist() == [0.0, 52.0, 0.0, 0.0]
    assert state.industry_series[DELIVERIES, :, 1].tolist() == [0.0, 39.0, 0.0, 0.0]


def test_equipment_on_loan_is_usable_and_not_there_for_good():
    state = small_state()
    fill(state.pairs, 0, {"requirement": 20.0, "stock": 12.0, "usable": 9.0, "lent": 5.0})
    noted(state)
    assert state.series[GAP, 1, 1] == pytest.approx(104.0)
    assert state.series[USABLE_GAP, 1, 1] == pytest.approx(78.0)


@pytest.mark.parametrize(("usable", "reached"), [(18.1, NONE), (17.9, 2)])
def test_the_last_quarter_below_nine_tenths_is_remembered(usable, reached):
    state = small_state()
    fill(state.pairs, 0, {"requirement": 20.0, "stock": 20.0, "usable": usable})
    noted(state)
    assert state.buyers["reached"][0] == reached


def test_the_support_of_a_month_counts_in_cost_and_not_in_cash():
    state = small_state(buyers=({"upkeep_month": 1.0, "extra_month": 2.0, "rent_month": 4.0},))
    state.clock["discount"] = 0.5
    pay_upkeep(0, state)
    assert (state.buyers["cost"][0], state.buyers["cash"][0]) == (3.5, 1e6)


def test_units_lost_between_lines_and_buyers_are_seen():
    state = small_state()
    book_contract(state, buyer=0, line=0, quantity=4.0, first_due=0, last_due=3)
    state.clock["month"] = 2
    check_alliance(state)
    assert state.clock["units_error"][0] == 0.0
    state.lines["backlog"] -= 1.0
    check_alliance(state)
    assert state.clock["units_error"][0] == 1.0
