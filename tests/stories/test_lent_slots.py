"""A story: a Korean line makes 12 a year, half of them for its own army, and an ally needs six at once.

For the 32 states the plant makes half a unit a month. The army can lend its own half: six in a year. They
are given back over the three years after the order. Six months of building become three.
"""

import pytest

from sim.model.lever_rows import KOREAN_CONSENSUS, KOREAN_HOME_PRIORITY, SLOT_LENDING
from sim.model.stages.offer import offer
from sim.model.stages.policy import move_world
from sim.model.stages.sign import sign
from sim.model.state import GOVERNMENT, URGENT
from tests.worlds import call_tender, number, run, set_lever, small_state

LINE = {"korean": 1, "in_korea": 1, "outside_share": 0.5, "country_buyer": 0}


def signed(lending=1.0, quantity=6.0, route=URGENT, line=LINE, priority=0.0, seoul=1.0):
    """The order in the books of month 0; return the state and the offer behind it."""
    state = small_state(lines=(line,))
    set_lever(state, SLOT_LENDING, lending)
    set_lever(state, KOREAN_HOME_PRIORITY, priority)
    set_lever(state, KOREAN_CONSENSUS, 0.5 * seoul)
    move_world(state)
    call_tender(state, 0, quantity=quantity, route=route)
    offer(0, state)
    state.pairs["chosen"][0] = 0
    sign(0, state)
    answer = state.offers[0, 0]
    return state, {name: answer[name].item() for name in ("months", "last", "lent", "build")}


def test_a_years_slots_deliver_six_within_a_year_and_sooner():
    # 12 months for the six, from month 3 on: with half a unit a month lent, the last is due in month 15.
    _, answer = signed()
    assert answer == {"months": 3.0, "last": 15.0, "lent": 6.0, "build": 3.0}


def test_without_lending_the_first_takes_the_usual_six_months():
    # Half a unit a month of the line's own: the first whole unit in month 6, six in month 16.
    _, answer = signed(lending=0.0)
    assert (answer["months"], answer["lent"], answer["build"]) == (6.0, 0.0, 6.0)


def test_what_was_promised_comes_and_other_customers_lose_nothing():
    # The six are made in lent slots: nothing is taken from what the plan holds for others.
    state, _ = signed()
    assert state.booked[0, :, :2].sum() == pytest.approx(0.0)
    for _ in run(state, 0, 15):
        pass
    contract = state.contracts[0]
    assert (contract["first_month"], contract["last_month"]) == (3, 15)
    assert contract["delivered"] == 6.0
    assert sum(number(state.contracts, 0, f"months_{c}") for c in ("supply", "priority")) == 0.0


def test_what_is_lent_is_owed_and_given_back_over_three_years():
    # The order ends with month 15; from month 16 a sixth of a unit a month goes back for 36 months.
    state, _ = signed()
    owed = [number(state.lines, 0, "owed") for _ in run(state, 0, 60)]
    assert owed[:16] == pytest.approx([6.0] * 16)
    assert owed[16] == pytest.approx(6.0 - 1.0 / 6.0)
    assert owed[33] == pytest.approx(3.0)
    assert owed[51] == pytest.approx(0.0, abs=1e-9)
    assert state.lines["extra"][0] == pytest.approx(0.0, abs=1e-9)


def test_what_is_given_back_stands_in_the_way_of_later_orders():
    # Six are booked evenly over months 16 to 51: of the half-year 18 to 23 a full unit.
    state, _ = signed()
    assert state.booked[0].sum() == pytest.approx(6.0)
    assert state.booked[0, :, 3].sum() == pytest.approx(1.0)


def test_half_the_slots_are_three():
    state, answer = signed(lending=0.5)
    assert (answer["lent"], answer["months"]) == (3.0, 3.0)
    assert state.lines["owed"][0] == 3.0


def test_no_more_than_a_years_slots_are_ever_owed():
    state, answer = signed(quantity=40.0)
    assert answer["lent"] == 6.0
    call_tender(state, 0, quantity=6.0, route=URGENT)
    offer(0, state)
    assert state.offers["lent"][0, 0] == 0.0


def test_an_order_that_is_not_urgent_gets_no_slots():
    assert signed(route=GOVERNMENT)[1]["lent"] == 0.0


def test_only_korean_lines_in_korea_have_an_army_that_lends():
    assert signed(line={**LINE, "korean": 0})[1]["lent"] == 0.0
    assert signed(line={**LINE, "in_korea": 0})[1]["lent"] == 0.0


def test_an_army_that_needs_its_slots_lends_none():
    assert signed(priority=1.0)[1]["lent"] == 0.0


@pytest.mark.parametrize(("seoul", "lent"), [(0.5, 3.0), (1.0, 6.0), (1.5, 6.0)])
def test_seoul_lends_as_its_parties_agree_and_never_more_than_there_is(seoul, lent):
    assert signed(seoul=seoul)[1]["lent"] == lent
