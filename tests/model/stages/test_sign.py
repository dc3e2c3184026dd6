"""Stage 7: a chosen offer becomes a contract in four books: line, buyer, plan, ledger."""

import numpy as np
import pytest

from sim.model.randomness import stream
from sim.model.stages.sign import credit_now, route_of, sign
from sim.model.state import (
    COMPETITION,
    EXPORT,
    FMS,
    GOVERNMENT,
    HOME,
    MAX_CONTRACTS,
    NONE,
    STOCK,
    URGENT,
)
from tests.worlds import call_tender, call_tenders, fill, small_state

OFFER = {"valid": 1, "months": 11.0, "process": 2.0, "finance": 0.5, "queue": 3.0, "ramp": 0.5, "build": 5.0,
         "last": 22.0, "price": 14.0, "local_share": 0.1, "content": 0.4}  # fmt: skip


def signed(offer=None, line=None, buyer=None, rules=None, month=3, quantity=12.0, chosen=0):
    """A state in which one tender for twelve has just been signed."""
    levers = {"korean_credit": 1.0}
    state = small_state(lines=(line or {},), buyers=(buyer or {},), rules=rules, levers=levers)
    state.clock["month"] = month
    call_tender(state, 0, quantity=quantity, opened=1, route=COMPETITION)
    fill(state.pairs, 0, {"chosen": chosen})
    fill(state.offers, (0, 0), OFFER, offer or {})
    sign(0, state)
    return state


def test_the_contract_says_what_was_offered():
    contract = signed().contracts[0]
    assert (contract["signed"], contract["opened"], contract["route"]) == (3, 1, COMPETITION)
    assert (contract["first_due"], contract["last_due"]) == (14, 25)
    assert (contract["quantity"], contract["unit_price"], contract["base_price"]) == (12.0, 14.0, 13.0)
    waits = ("process", "finance", "queue", "ramp", "build", "residual", "supply", "priority", "licence")
    assert [contract[f"months_{wait}"] for wait in waits] == [2.0, 0.5, 3.0, 0.5, 5.0, 0.0, 0.0, 0.0, 0.0]
    assert (contract["quoted_price"], contract["new_family"], contract["existing"]) == (14.0, 1, 0)
    assert (contract["local_share"], contract["content"], contract["paid_share"]) == (0.1, 0.4, 0.25)
    assert (contract["seen"], contract["delivered"], contract["first_month"]) == (0.0, 0.0, NONE)


def test_the_plan_of_the_line_holds_what_was_promised():
    # eleven months for the eleven units after the first: one a month from month 14 to 25
    state = signed()
    assert (state.contracts["start"][0], state.contracts["finish"][0]) == (14, 25)
    assert state.booked[0, EXPORT, 2:5].tolist() == pytest.approx([4.0, 6.0, 2.0])
    assert (state.steps[14, 0, EXPORT], state.steps[26, 0, EXPORT]) == (1.0, -1.0)


def test_work_on_large_units_begins_before_the_first_is_due():
    # Two units, months 14 and 25: eleven months each, so work begins in month 14 + 1 - 11 = 4.
    state = signed(quantity=2.0)
    assert (state.contracts["start"][0], state.contracts["finish"][0]) == (4, 25)
    assert state.steps[4, 0, EXPORT] == pytest.approx(1.0 / 11.0)


def test_a_home_customer_stands_in_the_lane_of_the_home_army():
    assert signed(line={"home": 1}).contracts["lane"][0] == HOME
    assert signed(line={"home": 2}).contracts["lane"][0] == EXPORT


@pytest.mark.parametrize(
    ("route", "line", "found"),
    [
        (COMPETITION, {"american": 1}, COMPETITION),
        (GOVERNMENT, {"american": 1}, FMS),
        (GOVERNMENT, {"american": 1, "home": 1}, GOVERNMENT),
        (GOVERNMENT, {"european": 1}, GOVERNMENT),
        (COMPETITION, {"surplus": 1}, STOCK),
        (URGENT, {"surplus": 1, "american": 1}, STOCK),
    ],
)
def test_the_route_as_it_turned_out(route, line, found):
    state = small_state(lines=(line,))
    call_tender(state, 0, route=route)
    assert route_of(0, 0, state) == found


def test_line_and_buyer_count_the_order():
    state = signed()
    assert state.lines["backlog"][0] == 12.0
    assert state.pairs["on_order"][0] == 12.0
    assert state.lines["ordered"][0] == 12.0
    assert state.pairs["open"][0] == 0
    assert state.buyers["open_tenders"][0] == 0
    assert state.buyers["contracts"][0] == 1


def test_the_advance_is_paid_and_the_rest_committed():
    # 12 x 14 = 168: 42 paid, 126 committed
    buyer = signed(buyer={"cash": 500.0}).buyers[0]
    assert (buyer["paid"], buyer["cash"], buyer["committed"]) == (42.0, 458.0, 126.0)
    assert buyer["cost"] == 42.0


def test_the_advance_counts_at_its_present_value():
    state = small_state()
    state.clock["discount"] = 0.9
    call_tender(state, 0, quantity=12.0)
    fill(state.pairs, 0, {"chosen": 0})
    fill(state.offers, (0, 0), OFFER)
    sign(0, state)
    assert state.buyers["cost"][0] == pytest.approx(37.8)


def test_an_eu_loan_takes_its_share_of_advance_and_rest():
    # half of 168 is lent: 84 in cash, a quarter of it now; a quarter of the loan is drawn
    state = signed({"credit": 0.5}, buyer={"credit_left": 100.0})
    buyer = state.buyers[0]
    assert (buyer["paid"], buyer["committed"], buyer["debt"]) == (21.0, 63.0, 21.0)
    assert (buyer["credit_left"], buyer["drawn"]) == (16.0, 84.0)
    assert state.clock["safe_used"][0] == 84.0


def test_korean_credit_is_counted_for_all_buyers_together():
    state = signed({"credit": 0.5, "korean_loan": 1}, buyer={"credit_left": 100.0})
    assert state.clock["korean_credit"][0] == 84.0
    assert state.buyers["credit_left"][0] == 100.0


def test_a_loan_covers_no_more_than_others_have_left_of_it():
    # half of 168 is offered, 42 are left: a quarter
    state = signed({"credit": 0.5}, buyer={"credit_left": 42.0})
    assert state.contracts["credit"][0] == pytest.approx(0.25)
    assert state.buyers["credit_left"][0] == pytest.approx(0.0)
    assert credit_now(0, 0, 168.0, state) == 0.0


def test_two_orders_of_one_month_do_not_draw_more_than_the_korean_ceiling():
    state = small_state(buyers=({}, {}), levers={"korean_credit": 0.1})  # 100 million
    call_tenders(state, 0, 1, quantity=12.0)
    for row in (0, 1):
        fill(state.offers, (row, 0), {**OFFER, "credit": 0.5, "korean_loan": 1})
        fill(state.pairs, row, {"chosen": 0})
        sign(row, state)
    assert state.clock["korean_credit"][0] == pytest.approx(100.0)
    assert state.contracts["credit"][:2].tolist() == pytest.approx([0.5, 16.0 / 168.0])


def test_orders_are_counted_by_who_could_withhold_them():
    # Authorities 0 and 2 could; 0 is the buyer's own.
    buyer = signed(line={"delivery_mask": 0b101}, buyer={"authority": 0}).buyers[0]
    assert buyer["orders_value"] == buyer["orders_vetoed"] == buyer["orders_vetoes"] == 168.0
    assert buyer["orders_base"] == 156.0
    assert buyer["orders_content"] == pytest.approx(0.4 * 168.0)


@pytest.mark.parametrize("stage", ["support", "retransfer"])
def test_orders_whose_support_or_re_transfer_another_could_forbid_are_counted(stage):
    for mask, own, value in ((0b100, 0, 168.0), (0b001, 0, 0.0), (0b001, NONE, 168.0), (0, 0, 0.0)):
        buyer = signed(line={f"{stage}_mask": mask}, buyer={"authority": own}).buyers[0]
        assert buyer[f"orders_{stage}"] == value


def test_orders_of_an_industry_are_those_of_the_total():
    assert signed(line={"industry": 2}).flows[:, 0].tolist() == [0.0, 0.0, 168.0, 0.0]
    assert signed(line={"industry": 2}, buyer={"in_total": 0}).flows.sum() == 0.0


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
    call_tender(state, 0, quantity=12.0)
    fill(state.pairs, 0, {"chosen": 0})
    sign(0, state)
    assert state.clock["contracts"][0] == 1
    assert state.buyers["collapsed"][0] == 1
    assert state.lines["surplus_left"][0] == 8.0


def test_a_full_book_takes_no_more():
    state = small_state()
    state.clock["contracts"] = MAX_CONTRACTS
    call_tender(state, 0, quantity=12.0)
    fill(state.pairs, 0, {"chosen": 0})
    fill(state.offers, (0, 0), OFFER)
    sign(0, state)
    assert state.clock["contracts"][0] == MAX_CONTRACTS
    assert state.buyers["collapsed"][0] == 1


def test_a_family_in_service_is_not_new():
    assert signed().contracts["new_family"][0] == 1
    state = small_state()
    state.stock[0, 0] = 4.0
    call_tender(state, 0, quantity=12.0)
    fill(state.pairs, 0, {"chosen": 0})
    fill(state.offers, (0, 0), OFFER)
    sign(0, state)
    assert state.contracts["new_family"][0] == 0


def test_what_is_signed_is_no_longer_missing_until_the_next_review():
    state = small_state()
    call_tender(state, 0, quantity=12.0, gap=12.5)
    fill(state.pairs, 0, {"chosen": 0})
    fill(state.offers, (0, 0), OFFER)
    sign(0, state)
    assert state.pairs["gap"][0] == pytest.approx(0.5)
    assert state.buyers["wanting"][0] == 0  # half a unit is not worth a tender


def test_what_was_funded_before_the_start_is_signed_even_where_money_has_gone():
    state = small_state(buyers=({"cash": 0.0, "gdp": 0.0},))
    for funded, count in ((0, 0), (1, 1)):
        call_tender(state, 0, quantity=12.0)
        fill(state.pairs, 0, {"chosen": 0, "funded": funded})
        fill(state.offers, (0, 0), OFFER)
        sign(0, state)
        assert state.clock["contracts"][0] == count


def slips(on_time, mean, count=3000):
    """The slip of the same contract in many replications."""
    found = []
    state = small_state(rules={"slip_on_time": on_time, "slip_mean": mean})
    fill(state.offers, (0, 0), OFFER)
    for replication in range(count):
        state.clock["stream"], state.clock["contracts"] = stream(1, replication), 0
        call_tender(state, 0, quantity=12.0)
        fill(state.pairs, 0, {"chosen": 0})
        sign(0, state)
        assert state.contracts["finish"][0] - state.contracts["last_due"][0] == state.contracts["slip"][0]
        found.append(float(state.contracts["slip"][0]))
    return np.array(found)


def test_promises_that_always_hold_never_slip():
    assert slips(1.0, 0.5, count=50).max() == 0.0


def test_four_in_ten_are_on_time_and_the_others_late_by_half_of_eleven_months():
    # An exponential of mean 5.5, whole months downwards: 1 / (exp(1 / 5.5) - 1) = 5.0151, times 0.6 = 3.009.
    # 0 months is also drawn by late ones: 0.4 + 0.6 x (1 - exp(-1 / 5.5)) = 0.49976.
    late = slips(0.4, 0.5)
    assert late.mean() == pytest.approx(3.009, abs=3.0 * late.std() / len(late) ** 0.5)
    assert np.mean(late == 0.0) == pytest.approx(0.49976, abs=0.0274)
