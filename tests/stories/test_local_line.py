"""A story: a large order comes with a line in the buyer's country, which opens two years later.

The plant makes 12 a year. 120 units at 13 are above the threshold of 1,000; a quarter of the work is
offered. Local work starts 24 months after the contract.
"""

import pytest

from sim.model.stages.offer import offer
from sim.model.stages.sign import sign
from tests.worlds import call_tender, number, small_state

LINE = {"local_share_max": 0.25, "rate_now": 48.0, "rate_planned": 48.0}
FIRST, LAST = 8.0, 37.0  # two of consent and six of building, then 120 at four a month


def order(quantity=120.0, signs=True, **line):
    """The order signed in month 0; the state and the share of local work."""
    state = small_state(lines=({**LINE, **line},), authorities=({"member": 1},))
    state.clock["month"] = 0
    call_tender(state, 0, quantity=quantity)
    offer(0, state)
    if signs:
        state.pairs["chosen"][0] = 0
        sign(0, state)
    return state, number(state.offers[0], 0, "local_share")


def test_the_order_comes_over_thirty_months():
    state, _ = order(signs=False)
    assert (number(state.offers[0], 0, "months"), number(state.offers[0], 0, "last")) == (FIRST, LAST)


def test_only_the_work_after_the_lag_is_local():
    # 24 to 37 are 13 of 29 months; of these a quarter of the work
    assert order()[1] == pytest.approx(0.25 * 13.0 / 29.0)


def test_capacity_grows_when_the_local_line_opens_and_not_before():
    # 120 in 30 months are 48 a year; local 11.2 % of it: 5.38 a year more from month 24 (half-year 4) on.
    state, local = order()
    before, after = state.path[0, 3], state.path[0, 4]
    assert before == 48.0
    assert after - before == pytest.approx(48.0 * local)
    assert state.path[0, 47] == after


def test_an_order_without_local_work_opens_no_line():
    state, local = order(quantity=70.0)  # 70 x 10 = 700 for platforms, below the threshold
    assert local == 0.0
    assert (state.path[0] == 48.0).all()


def test_an_order_that_is_done_before_the_line_could_open_has_none():
    # A plant four times as large is done in month 15.
    state, local = order(rate_now=192.0, rate_planned=192.0)
    assert local == 0.0
    assert (state.path[0] == 192.0).all()


def test_later_buyers_find_the_larger_plant():
    # Behind the first order B's first slots are in month 38. Ten at four a month take until month 40; with
    # the local line, at 4.45 a month, too.
    state, local = order()
    state.clock["month"] = 30
    call_tender(state, 0, quantity=100.0)
    offer(0, state)
    free = 100.0 / (4.0 * (1.0 + local))
    assert number(state.offers[0], 0, "last") < 8.0 + 25.0
    assert number(state.offers[0], 0, "last") == pytest.approx(8.0 + free, abs=1.5)
