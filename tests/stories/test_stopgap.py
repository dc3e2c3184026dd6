"""A story: an urgent buyer of ten faces a long wait; used equipment goes out on loan and comes back.

A store holds thirty used units at 5 million each. Half of the order, five, is lent until the first of the
buyer's own has come, or two years after it should have, for rent of 12 % a year.
"""

import pytest

from sim.model.lever_rows import STOPGAP_LOANS
from sim.model.stages.books import USABLE_GAP, check_buyer, pay_upkeep
from sim.model.stages.need import assess
from sim.model.stages.sign import consider_loan
from sim.model.state import NONE
from tests.worlds import book_contract, fill, number, set_lever, small_state

STORE = {"surplus": 1, "surplus_units": 30.0, "price_platform": 5.0, "rate_now": 30.0, "authority": 1}
LENT = {"lent": 5.0, "lent_line": 1, "lent_until": 44}


def asked(lending=1.0, urgency=0.8, first_due=20, quantity=10.0, change=None, store=None, **pair):
    """A contract for ten, signed in month 0, and whether it brought a loan."""
    state = small_state(lines=({}, STORE | (store or {})))
    set_lever(state, STOPGAP_LOANS, lending)
    fill(state.pairs, 0, {"urgency": urgency, "requirement": 20.0}, pair)
    contract = book_contract(
        state, buyer=0, line=0, quantity=quantity, first_due=first_due, last_due=first_due + 9
    )
    if change is not None:
        change(state)
    consider_loan(0, contract, state)
    return state


def lent(state):
    """What is on loan by the books of the buyer, and what the store has left."""
    return number(state.pairs, 0, "lent"), number(state.lines, 1, "surplus_left")


def test_half_the_order_is_lent_from_the_store():
    state = asked()
    assert lent(state) == (5.0, 25.0)
    assert {name: int(state.pairs[name][0]) for name in ("lent_line", "lent_until")} == {
        "lent_line": 1,
        "lent_until": 44,
    }
    assert state.buyers["loans"][0] == 1


def test_rent_is_paid_from_another_budget_while_it_lasts():
    # 12 % of 5 x 5 = 25 a year is 0.25 a month
    state = asked()
    assert state.buyers["rent_month"][0] == pytest.approx(0.25)
    cash = number(state.buyers, 0, "cash")
    for _ in range(4):
        pay_upkeep(0, state)
    assert state.buyers["cost"][0] == pytest.approx(1.0)
    assert number(state.buyers, 0, "cash") == cash


def test_what_is_on_loan_fills_the_gap_in_usable_equipment_and_no_other():
    # 20 required, none there: 20 x 13 are missing, and usable ones but the five on loan.
    state = asked()
    state.clock["month"] = 2
    check_buyer(0, state)
    assert state.series[USABLE_GAP, 1, 1] == pytest.approx(15.0 * 13.0)
    assert state.series[USABLE_GAP - 1, 1, 1] == pytest.approx(20.0 * 13.0)


def live(state, first, last, arrives=None):
    """Quarterly reviews, month by month; the first of the buyer's own comes in some month."""
    seen = []
    for month in range(first, last + 1):
        state.clock["month"] = month
        if month == arrives:
            state.contracts["first_month"][0] = month
        assess(0, state)
        seen.append(lent(state)[0])
    return seen


def test_the_loan_comes_back_in_the_first_quarter_after_the_buyers_own_has_come():
    state = asked()
    assert live(state, 0, 24, arrives=22) == [5.0] * 24 + [0.0]
    assert lent(state) == (0.0, 30.0)
    assert state.buyers["rent_month"][0] == pytest.approx(0.0)
    assert state.pairs["lent_line"][0] == NONE


def test_a_loan_outlasts_a_late_delivery_by_two_years_at_most():
    # promised for month 20: until month 44, looked at in month 45
    assert live(asked(), 0, 45) == [5.0] * 45 + [0.0]


def test_after_it_is_back_it_can_be_lent_again():
    state = asked()
    live(state, 0, 24, arrives=20)
    fill(state.pairs, 0, {"urgency": 0.8})
    contract = book_contract(state, buyer=0, line=0, quantity=10.0, first_due=60, last_due=69)
    consider_loan(0, contract, state)
    assert lent(state) == (5.0, 25.0)
    assert state.buyers["loans"][0] == 2


def bar(state):
    state.refused[0, 1] = 1.0


@pytest.mark.parametrize(
    "case",
    [
        {"lending": 0.0},
        {"urgency": 0.49},
        {"first_due": 17},
        {"quantity": 1.0},
        {"change": bar},
        {"home_only": 1},
        {"store": {"surplus": 0}},
        {"store": {"surplus_units": 0.0}},
        LENT,
    ],
    ids=["nobody lends", "not urgent", "a short wait", "half a unit", "sale barred", "bought at home only",
         "new equipment is not lent", "an empty store", "a loan runs already"],
)  # fmt: skip
def test_no_loan(case):
    before = case.get("lent", 0.0)
    state = asked(**case)
    assert state.pairs["lent"][0] == before
    assert state.buyers["loans"][0] == 0


def test_a_store_with_less_lends_what_it_has():
    assert lent(asked(store={"surplus_units": 3.0})) == (3.0, 0.0)


def test_just_urgent_enough_and_just_long_enough():
    assert lent(asked(urgency=0.5, first_due=18)) == (5.0, 25.0)
