"""A story: ten million a month, six units at 13, and a ledger that closes every month.

GDP of 60,000 x 2 % x 30 % equipment x a third = 120 a year: 10 a month. The line is busy with another
order in months 0 to 5, so the six come in months 6 to 11. A quarter is paid at signing.
"""

import pytest

from sim.model.lever_rows import PRICE_INFLATION
from sim.model.stages.books import check_buyer
from sim.model.stages.need import assess
from sim.model.stages.offer import offer
from sim.model.stages.policy import apply_policies
from sim.model.stages.sign import sign
from tests.worlds import book_contract, call_tender, run, small_state

BUYER = {"gdp": 60_000.0, "defence_share": 0.02, "equipment_share": 0.3, "modelled_share": 1.0 / 3.0,
         "pledge_year": 2035.0, "cash": 0.0, "received": 0.0}  # fmt: skip
LINE = {"build_months": 2.0, "country_buyer": 0, "support_rate": 0.12}
STILL = {"spending_delivery": 0.0}


def story(months, rules=None, credit=0.0, squeeze=None):
    """Run the first months; the order is signed in month 0."""
    state = small_state(buyers=(BUYER, {}), lines=(LINE,), rules=rules, levers=STILL)
    book_contract(state, buyer=1, line=0, quantity=6.0, first_due=0, last_due=5)
    if squeeze is not None:
        state.buyers["squeezed_until"][0] = squeeze
    for month in range(months):
        state.clock["month"] = month
        apply_policies(state)
        assess(0, state)
        if month == 0:
            call_tender(state, 0, quantity=6.0)
            offer(0, state)
            state.pairs["chosen"][0] = 0
            state.offers["credit"][0, 0] = credit
            state.buyers["credit_left"][0] = 1000.0
            sign(0, state)
        for _ in run(state, month, month):
            check_buyer(0, state)
    return state


def purse(state):
    """The buyer's money: cash, paid, committed."""
    return tuple(float(state.buyers[name][0]) for name in ("cash", "paid", "committed"))


def test_the_advance_is_paid_at_signing():
    # 6 x 13 = 78; a quarter is 19.5; 10 came in: 9.5 short
    assert purse(story(1)) == pytest.approx((-9.5, 19.5, 58.5))


def test_money_gathers_until_the_first_delivery():
    assert purse(story(6)) == pytest.approx((40.5, 19.5, 58.5))


def test_each_unit_is_paid_when_it_is_handed_over():
    # month 6: the first unit, 13 less its quarter = 9.75
    assert purse(story(7)) == pytest.approx((40.75, 29.25, 48.75))


def test_after_the_last_unit_nothing_is_committed_and_78_are_paid():
    state = story(12)
    assert purse(state) == pytest.approx((42.0, 78.0, 0.0))
    assert state.pairs["stock"][0] == 6.0
    assert state.pairs["on_order"][0] == 0.0


def test_the_ledger_closes_every_month():
    state = story(12)
    assert state.buyers["received"][0] == pytest.approx(120.0)
    assert state.clock["money_error"][0] < 1e-12


def test_a_squeezed_state_gets_three_quarters_until_the_squeeze_ends():
    # Six months at 7.5, six at 10: 15 less than usual.
    state = story(12, squeeze=6)
    assert purse(state) == pytest.approx((27.0, 78.0, 0.0))
    assert state.clock["money_error"][0] < 1e-12


def test_support_is_paid_from_another_budget():
    # 12 % of 13 a year is 0.13 a month and unit. Months 6 to 11 hold 1, 2, 3, 4, 5, 6 units: 21 unit-months.
    state = story(12)
    assert state.buyers["upkeep_month"][0] == pytest.approx(6.0 * 0.13)
    assert state.buyers["cost"][0] == pytest.approx(78.0 + 21.0 * 0.13)
    assert state.buyers["cash"][0] == pytest.approx(42.0)


def test_a_later_payment_costs_less_in_present_value():
    # At 3 % a year a payment of 9.75 in month m counts 9.75 / 1.03^(m / 12).
    state = story(12, rules={"money_discount": 0.03})
    paid = 19.5 + sum(9.75 / 1.03 ** (month / 12.0) for month in range(6, 12))
    support = sum((month - 5) * 0.13 / 1.03 ** (month / 12.0) for month in range(6, 12))
    assert state.buyers["cost"][0] == pytest.approx(paid + support)


def test_a_loan_for_half_of_it_halves_what_is_paid_in_cash_and_is_owed():
    state = story(12, credit=0.5)
    assert purse(state) == pytest.approx((81.0, 39.0, 0.0))
    assert state.buyers["debt"][0] == pytest.approx(39.0)
    assert state.clock["safe_used"][0] == pytest.approx(39.0)
    assert state.clock["money_error"][0] < 1e-12


def test_a_loan_bears_interest_from_the_month_after_it_is_drawn():
    # 12 % a year, 1 % a month. 9.75 are drawn with the advance of month 0: 0.0975 in month 1, and 1 % of
    # 9.8475 = 0.098475 in month 2.
    state = story(3, credit=0.5, rules={"money_loan_interest": 0.12})
    assert state.buyers["debt"][0] == pytest.approx(9.75)
    assert state.buyers["interest"][0] == pytest.approx(0.0975 + 0.098475)


def test_money_that_piles_up_beyond_its_limit_lapses():
    # Two months of inflow may be carried over. Without an order: 10, 20, 30, then 10 of 30 lapse.
    state = small_state(buyers=(BUYER,), rules={"money_carry_months": 2.0}, levers=STILL)
    seen = []
    for month in range(5):
        state.clock["month"] = month
        assess(0, state)
        check_buyer(0, state)
        seen.append((float(state.buyers["cash"][0]), float(state.buyers["lapsed"][0])))
    expected = ((10.0, 0.0), (20.0, 0.0), (30.0, 0.0), (30.0, 10.0), (30.0, 20.0))
    assert seen == [pytest.approx(pair) for pair in expected]
    assert state.clock["money_error"][0] < 1e-12


def test_prices_that_rise_make_the_same_six_dearer():
    # After a year at 12 % a unit of 13 costs 14.56.
    state = small_state(buyers=(BUYER | {"cash": 1e6, "received": 1e6},), lines=(LINE,), levers=STILL)
    state.plan[:, PRICE_INFLATION] = 0.12
    for month in range(12):
        state.clock["month"] = month
        apply_policies(state)
    call_tender(state, 0, quantity=6.0)
    offer(0, state)
    state.pairs["chosen"][0] = 0
    sign(0, state)
    assert state.contracts["unit_price"][0] == pytest.approx(14.56)
    assert state.buyers["orders_value"][0] == pytest.approx(87.36)
    assert state.buyers["orders_base"][0] == pytest.approx(78.0)
