"""Stage 7: a chosen offer becomes a contract in four books: line, buyer, calendar, ledger."""

import numpy as np
import pytest

from sim.model.randomness import stream
from sim.model.stages.decide import sign
from sim.model.state import MAX_CONTRACTS, NONE
from tests.worlds import call_tender, fill, small_state

OFFER = {"valid": 1, "months": 10.0, "process": 2.0, "queue": 3.0, "build": 5.0, "last": 21.0, "price": 14.0,
         "local_share": 0.1, "content": 0.4}  # fmt: skip


def signed(offer=None, line=None, buyer=None, rules=None, month=3, quantity=12.0, chosen=0):
    """A state in which one tender for twelve has just been signed."""
    levers = {"korean_credit": 1.0}
    state = small_state(lines=(line or {},), buyers=(buyer or {},), rules=rules, levers=levers)
    state.clock["month"] = month
    call_tender(state, 0, quantity=quantity, chosen=chosen, opened=1, route=2)
    fill(state.offers, (0, 0), OFFER, offer or {})
    sign(0, state)
    return state


def test_the_contract_says_what_was_offered():
    contract = signed().contracts[0]
    assert (contract["signed"], contract["opened"], contract["route"]) == (3, 1, 2)
    assert (contract["first_due"], contract["last_due"]) == (13, 24)
    assert (contract["quantity"], contract["unit_price"], contract["base_price"]) == (12.0, 14.0, 13.0)
    assert (contract["months_process"], contract["months_queue"], contract["months_build"]) == (2.0, 3.0, 5.0)
    assert (contract["local_share"], contract["content"], contract["paid_share"]) == (0.1, 0.4, 0.25)
    assert (contract["made"], contract["delivered"], contract["first_month"]) == (0.0, 0.0, NONE)


def test_the_calendar_of_the_line_holds_what_was_promised():
    # eleven months for the eleven units after the first: one a month from month 13
    state = signed()
    assert state.contracts["start"][0] == 13
    assert state.calendar[0, 13:25].tolist() == pytest.approx([1.0] * 12)
    assert state.calendar[0].sum() == pytest.approx(12.0)


def test_work_on_large_units_begins_before_the_first_is_due():
    # Two units, months 13 and 24: eleven months each, so work begins in month 13 + 1 - 11 = 3.
    state = signed(quantity=2.0)
    assert state.contracts["start"][0] == 3
    assert state.calendar[0, 3:25].tolist() == pytest.approx([1.0 / 11.0] * 22)


def test_line_and_buyer_count_the_order():
    state = signed()
    assert state.lines["backlog"][0] == 12.0
    assert state.pairs["on_order"][0] == 12.0
    assert (state.lines["first_contract"][0], state.lines["last_contract"][0]) == (0, 0)
    assert state.first_of_buyer[0] == 0
    assert state.pairs["open"][0] == 0
    assert state.buyers["open_tenders"][0] == 0
    assert state.buyers["contracts"][0] == 1


def test_the_advance_is_paid_and_the_rest_committed():
    # 12 x 14 = 168: 42 paid, 126 committed
    buyer = signed().buyers[0]
    assert (buyer["paid"], buyer["cash"], buyer["committed"]) == (42.0, -42.0, 126.0)


def test_an_eu_loan_takes_its_share_of_advance_and_rest():
    # half of 168 is lent: 84 in cash, a quarter of it now; a quarter of the loan is drawn
    state = signed({"credit": 0.5}, buyer={"credit_left": 100.0})
    buyer = state.buyers[0]
    assert (buyer["paid"], buyer["committed"], buyer["debt"]) == (21.0, 63.0, 21.0)
    assert buyer["credit_left"] == 16.0
    assert state.clock["safe_used"][0] == 84.0


def test_korean_credit_is_counted_for_all_buyers_together():
    state = signed({"credit": 0.5, "korean_loan": 1}, buyer={"credit_left": 100.0})
    assert state.clock["korean_credit"][0] == 84.0
    assert state.buyers["credit_left"][0] == 100.0


def test_orders_are_counted_by_who_could_withhold_them():
    # Authorities 0 and 2 could; 0 is the buyer's own.
    state = signed(line={"delivery_mask": 0b101}, buyer={"authority": 0})
    buyer = state.buyers[0]
    assert buyer["orders_value"] == buyer["orders_vetoed"] == buyer["orders_vetoes"] == 168.0
    assert buyer["orders_base"] == 156.0
    assert buyer["orders_content"] == pytest.approx(0.4 * 168.0)
    assert state.orders_by_authority[0].tolist() == [0.0, 0.0, 168.0]


def test_an_order_that_two_could_withhold_counts_twice_among_vetoes():
    buyer = signed(line={"delivery_mask": 0b101}).buyers[0]
    assert (buyer["orders_vetoed"], buyer["orders_vetoes"]) == (168.0, 336.0)


def test_an_order_nobody_else_could_withhold_has_no_veto():
    buyer = signed(line={"delivery_mask": 0b001}, buyer={"authority": 0}).buyers[0]
    assert (buyer["orders_vetoed"], buyer["orders_vetoes"]) == (0.0, 0.0)


def test_a_buyer_that_waits_has_no_contract_and_may_ask_again():
    state = signed(chosen=NONE)
    assert state.clock["contracts"][0] == 0
    assert (state.buyers["waited"][0], state.pairs["open"][0]) == (1, 0)


def test_stock_that_another_took_first_cannot_be_sold_twice():
    line = {"surplus": 1, "surplus_left": 20.0}
    state = signed(line=line)
    assert state.lines["surplus_left"][0] == 8.0
    call_tender(state, 0, quantity=12.0, chosen=0)
    sign(0, state)
    assert state.clock["contracts"][0] == 1
    assert state.buyers["waited"][0] == 1
    assert state.lines["surplus_left"][0] == 8.0


def test_a_full_book_takes_no_more():
    state = small_state()
    state.clock["contracts"] = MAX_CONTRACTS
    call_tender(state, 0, quantity=12.0, chosen=0)
    fill(state.offers, (0, 0), OFFER)
    sign(0, state)
    assert state.clock["contracts"][0] == MAX_CONTRACTS
    assert state.buyers["waited"][0] == 1


def test_a_family_in_service_is_not_new():
    assert signed().contracts["new_family"][0] == 1
    state = small_state()
    state.stock[0, 0] = 4.0
    call_tender(state, 0, quantity=12.0, chosen=0)
    fill(state.offers, (0, 0), OFFER)
    sign(0, state)
    assert state.contracts["new_family"][0] == 0


def test_two_orders_stand_in_the_lines_queue_one_after_the_other():
    state = small_state(buyers=({}, {}))
    for row in (0, 1):
        call_tender(state, row, quantity=12.0, chosen=0)
        fill(state.offers, (row, 0), OFFER)
        sign(row, state)
    assert (state.lines["first_contract"][0], state.lines["last_contract"][0]) == (0, 1)
    assert state.contracts["next_of_line"][:2].tolist() == [1, NONE]


def slips(on_time, mean, count=3000):
    """The slip of the same contract in many replications."""
    found = []
    state = small_state(rules={"slip_on_time": on_time, "slip_mean": mean})
    fill(state.offers, (0, 0), OFFER)
    for replication in range(count):
        state.clock["stream"], state.clock["contracts"] = stream(1, replication), 0
        call_tender(state, 0, quantity=12.0, chosen=0)
        sign(0, state)
        state.lines["first_contract"], state.lines["last_contract"] = NONE, NONE
        found.append(float(state.contracts["slip"][0]))
    return np.array(found)


def test_promises_that_always_hold_never_slip():
    assert slips(1.0, 0.5, count=50).max() == 0.0


def test_four_in_ten_are_on_time_and_the_others_late_by_half_of_ten_months():
    # An exponential of mean 5, whole months downwards: 1 / (exp(0.2) - 1) = 4.5167, times 0.6 = 2.710.
    # 0 months is also drawn by late ones: 0.4 + 0.6 x (1 - exp(-0.2)) = 0.50876.
    late = slips(0.4, 0.5)
    assert late.mean() == pytest.approx(2.710, abs=3.0 * late.std() / len(late) ** 0.5)
    assert np.mean(late == 0.0) == pytest.approx(0.50876, abs=0.0274)
