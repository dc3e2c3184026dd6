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
    WORST,
    check_alliance,
    check_buyer,
    check_line,
)
from sim.model.state import EVERY
from tests.worlds import book_contract, fill, small_state


def test_a_gap_is_the_missing_units_at_base_price():
    # 20 required at 13; 12 there, 9 of them usable
    state = small_state()
    fill(state.pairs, 0, {"requirement": 20.0, "stock": 12.0, "usable": 9.0})
    check_buyer(0, state)
    for place in (EVERY, 1):
        found = [state.series[kind, place, 1] for kind in (REQUIRED, GAP, USABLE_GAP)]
        assert found == pytest.approx([260.0, 104.0, 143.0])


def test_more_than_required_is_no_negative_gap():
    state = small_state()
    fill(state.pairs, 0, {"requirement": 20.0, "stock": 30.0, "usable": 25.0})
    check_buyer(0, state)
    assert state.series[GAP, 1, 1] == state.series[USABLE_GAP, 1, 1] == 0.0


def test_a_surplus_here_does_not_fill_a_gap_there():
    state = small_state(categories=({}, {}))
    fill(state.pairs, 0, {"requirement": 10.0, "stock": 99.0})
    fill(state.pairs, 1, {"requirement": 10.0, "stock": 4.0})
    check_buyer(0, state)
    assert state.series[GAP, 1, 1] == pytest.approx(78.0)


def test_a_state_outside_the_total_is_not_in_it():
    state = small_state(buyers=({}, {"in_total": 0}))
    fill(state.pairs, slice(None), {"requirement": 10.0})
    for buyer in (0, 1):
        check_buyer(buyer, state)
    assert state.series[GAP, EVERY, 1] == pytest.approx(130.0)
    assert state.series[GAP, 2, 1] == pytest.approx(130.0)


def test_spending_is_cash_and_loans_drawn():
    state = small_state(buyers=({"paid": 30.0, "debt": 12.0, "received": 50.0, "cash": 20.0},))
    check_buyer(0, state)
    assert state.series[SPENDING, 1, 1] == 42.0
    assert state.clock["money_error"][0] == 0.0


def test_a_ledger_that_does_not_close_is_seen():
    state = small_state(buyers=({"paid": 30.0, "received": 50.0, "cash": 15.0},))
    check_buyer(0, state)
    assert state.clock["money_error"][0] == pytest.approx(0.1)  # 5 of 50


FAMILIES = ({"price": 10.0, "support_mask": 0b010}, {"price": 5.0, "support_mask": 0b110, "korean": 1},
            {"price": 20.0, "support_mask": 0b001})  # fmt: skip


def fleet(*units, **changes):
    """A state with some units of three families of one category, looked at in the first month."""
    state = small_state(
        buyers=({"authority": 0},), families=FAMILIES, categories=({"family_cost": 24.0},), **changes
    )
    state.stock[0] = units
    check_buyer(0, state)
    return {name: state.buyers[name][0].item() for name in state.buyers.dtype.names}, state


def test_a_fleet_of_two_families_costs_one_extra_and_loses_readiness():
    # 6 x 10 + 8 x 5 = 100; 0.8 usual less 0.05 for the second family
    buyer, _ = fleet(6.0, 8.0, 0.0)
    assert (buyer["families"], buyer["fleet_value"]) == (2, 100.0)
    assert buyer["ready_value"] == pytest.approx(75.0)
    assert buyer["extra_month"] == pytest.approx(2.0)  # 24 a year


def test_hubs_make_the_korean_part_of_the_fleet_readier():
    # 40 of 100 by value are Korean: 0.1 x 0.4 more, and with half the hubs half of that
    assert fleet(6.0, 8.0, 0.0, levers={"mro_hubs": 4.0})[0]["ready_value"] == pytest.approx(79.0)
    assert fleet(6.0, 8.0, 0.0, levers={"mro_hubs": 2.0})[0]["ready_value"] == pytest.approx(77.0)


def test_holds_over_the_fleet_are_counted_by_authority():
    # Authority 1 could stop both families (100 of 120), authority 2 one (40); the third is its own.
    buyer, state = fleet(6.0, 8.0, 1.0)
    assert state.holds[0].tolist() == [0.0, 100.0, 40.0]
    assert buyer["fleet_vetoed"] == pytest.approx(100.0 / 120.0)
    assert buyer["worst_share"] == pytest.approx(100.0 / 120.0)
    assert state.series[WORST, 1, 1] == pytest.approx(100.0 / 120.0)
    # (100 + 40)^2 / (100^2 + 40^2) = 19,600 / 11,600
    assert buyer["effective"] == pytest.approx(19_600.0 / 11_600.0)


def test_a_fleet_nobody_else_could_stop_has_no_foreign_authority():
    buyer, _ = fleet(0.0, 0.0, 3.0)
    assert (buyer["worst_share"], buyer["fleet_vetoed"], buyer["effective"]) == (0.0, 0.0, 0.0)


def test_a_state_without_a_fleet_can_be_counted():
    buyer, _ = fleet(0.0, 0.0, 0.0)
    assert (buyer["families"], buyer["fleet_value"], buyer["ready_value"]) == (0, 0.0, 0.0)


def test_fleets_are_counted_again_only_once_a_year():
    _, state = fleet(6.0, 8.0, 0.0)
    state.stock[0, 0] = 12.0
    state.clock["month"] = 5
    check_buyer(0, state)
    assert state.buyers["fleet_value"][0] == 100.0
    state.clock["month"] = 11
    check_buyer(0, state)
    assert state.buyers["fleet_value"][0] == 160.0


def test_the_book_and_capacity_of_an_industry_are_at_base_price():
    lines = ({"industry": 2, "backlog": 3.0, "output_share": 0.5}, {"industry": 2, "backlog": 1.0})
    state = small_state(lines=lines)
    for row in (0, 1):
        check_line(row, state)
    assert state.industry_series[BACKLOG, 2, 1] == pytest.approx(52.0)
    assert state.industry_series[CAPACITY, 2, 1] == pytest.approx(234.0)  # (6 + 12) x 13


def test_orders_and_deliveries_of_an_industry_count_buyers_of_the_total():
    state = small_state(buyers=({}, {"in_total": 0}), lines=({"industry": 1},))
    book_contract(state, buyer=0, line=0, quantity=4.0, first_due=0, last_due=3, delivered=1.0)
    book_contract(state, buyer=0, line=0, quantity=2.0, first_due=0, last_due=3, delivered=2.0, existing=1)
    book_contract(state, buyer=1, line=0, quantity=9.0, first_due=0, last_due=3, delivered=9.0)
    check_alliance(state)
    assert state.industry_series[ORDERS, 1, 1] == pytest.approx(52.0)  # not what was in the books before
    assert state.industry_series[DELIVERIES, 1, 1] == pytest.approx(39.0)


def test_units_lost_between_lines_and_buyers_are_seen():
    state = small_state()
    book_contract(state, buyer=0, line=0, quantity=4.0, first_due=0, last_due=3)
    check_alliance(state)
    assert state.clock["units_error"][0] == 0.0
    state.lines["backlog"] -= 1.0
    check_alliance(state)
    assert state.clock["units_error"][0] == 1.0
