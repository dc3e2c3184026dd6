"""Edge cases of the stages that once went wrong: slack lines, empty lines, shared loans, rosters."""

import pytest

from sim.model.stages.decide import sign
from sim.model.stages.deliver import deliver, produce
from sim.model.stages.learn import learn
from sim.model.stages.need import launch
from sim.model.stages.offer import offer
from sim.model.state import DIRECT
from tests.model.stages.test_invest import capacities
from tests.model.stages.test_offer import answer
from tests.worlds import book_contract, call_tender, fill, small_state


def test_a_slack_line_loses_people_down_to_its_floor():
    # 12 % a year of 12 is 0.12 in the first month; the floor is 6.
    seen = capacities(120, rate_planned_year=2025.0)
    assert seen[0] == pytest.approx(11.88)
    assert seen[1] == pytest.approx(11.88 * 0.99)
    assert seen[-1] == pytest.approx(6.0)


def test_an_order_that_cannot_be_finished_within_the_calendar_is_not_offered():
    assert answer(line={"capacity": 0.1, "rate_planned": 0.1}, pair={"quantity": 60.0})["valid"] == 0


def test_a_quoted_last_month_can_be_met_by_an_empty_line():
    # One a month, ready in month 6: six units come in months 6 to 11.
    found = answer(line={"country_buyer": 0})
    assert (found["months"], found["last"]) == (6.0, 11.0)


def test_an_empty_line_keeps_what_it_quotes():
    state = small_state(lines=({"country_buyer": 0},))
    call_tender(state, 0, quantity=6.0, route=DIRECT)
    offer(0, state)
    state.pairs["chosen"][0] = 0
    sign(0, state)
    assert state.calendar.max() <= 1.0 + 1e-9  # never more than the line makes in a month
    for month in range(14):
        state.clock["month"] = month
        produce(0, state)
        deliver(0, state)
    assert state.contracts["last_month"][0] <= state.contracts["last_due"][0]


def test_a_single_large_unit_is_ready_when_promised():
    # Six a year, half of it for others: three a year for the 32 states, four months a unit.
    line = {"country_buyer": 0, "capacity": 6.0, "rate_planned": 6.0, "outside_share": 0.5}
    state = small_state(lines=(line,))
    call_tender(state, 0, quantity=1.0, route=DIRECT)
    offer(0, state)
    state.pairs["chosen"][0] = 0
    sign(0, state)
    for month in range(14):
        state.clock["month"] = month
        produce(0, state)
        deliver(0, state)
    assert state.contracts["first_month"][0] == state.contracts["first_due"][0]


def test_two_orders_of_one_month_do_not_draw_more_than_the_eu_loan():
    state = small_state(
        buyers=({"credit_left": 100.0},),
        categories=({}, {}),
        lines=({"category": 0, "content_europe": 1.0}, {"category": 1, "content_europe": 1.0}),
    )
    fill(state.pairs, slice(None), {"open": 1, "quantity": 6.0})
    state.due[:2], state.clock["due"] = (0, 1), 2
    for index in (0, 1):
        offer(index, state)
    state.pairs["chosen"][:] = (0, 1)
    for row in (0, 1):
        sign(row, state)
    assert state.clock["safe_used"][0] <= 100.0 + 1e-9


def test_two_orders_of_one_month_do_not_draw_more_than_the_korean_ceiling():
    state = small_state(buyers=({}, {}), lines=({"korean": 1},), levers={"korean_credit": 0.05})
    fill(state.pairs, slice(None), {"open": 1, "quantity": 6.0, "chosen": 0})
    state.due[:2], state.clock["due"] = (0, 1), 2
    offer(0, state)
    for row in (0, 1):
        sign(row, state)
    assert state.clock["korean_credit"][0] <= 50.0 + 1e-9


def trust_world(order):
    """A victim, another state, and the maker's own, in some order of the roster."""
    kinds = {"victim": {}, "other": {}, "maker": {"authority": 1}}
    state = small_state(buyers=tuple(kinds[name] for name in order), lines=({"authority": 1},))
    state.distrust[order.index("maker"), 1] = 0.0
    book_contract(state, buyer=order.index("victim"), line=0, quantity=2.0, first_due=0, last_due=1)
    state.clock["month"] = 3
    for buyer in range(3):
        learn(buyer, state)
    return {name: float(state.distrust[row, 1]) for row, name in enumerate(order)}


def test_a_state_never_distrusts_its_own_government():
    assert trust_world(("victim", "other", "maker"))["maker"] == 0.0


def test_what_is_remembered_does_not_depend_on_the_roster():
    first, last = trust_world(("victim", "other", "maker")), trust_world(("other", "maker", "victim"))
    assert first["other"] == pytest.approx(last["other"])


def test_a_need_that_no_line_can_serve_is_not_tendered_and_stops_nothing():
    state = small_state(buyers=({"cash": 1e6},), rules={"tender_base": 1e6})
    fill(state.pairs, 0, {"gap": 20.0, "requirement": 100.0, "price_upper": 0.0, "price_lower": 0.0})
    launch(0, state)
    assert state.pairs["open"][0] == 0
