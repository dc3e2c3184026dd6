"""A story: a framework for a hundred more lies ready, and a state with a gap calls on it.

The line makes one a month. A call takes three to nine months and asks nobody else; what is called is
taken off the framework, and when nothing is left or its date has passed, a need is tendered again.
"""

import numpy as np
import pytest

from sim.model.lever_rows import FRAMEWORK_CONVERSION
from sim.model.randomness import stream
from sim.model.stages.decide import decide
from sim.model.stages.offer import offer
from sim.model.stages.sign import sign
from sim.model.stages.tender import call_due, launch, option_chance
from sim.model.state import NONE, OPTION
from tests.worlds import call_tender, fill, number, set_lever, small_state

FRAMEWORK = {"framework_line": 1, "framework_units": 100.0, "framework_until": 60, "framework_ease": 1.0}
CERTAIN = {"tender_base": 1e6, "tender_option_share": 1.0}


def world(rules=None, buyer=None, **pair):
    """Two lines; the second has the framework, and the first is cheaper. A gap of 40 asks for 20."""
    state = small_state(
        buyers=({**(buyer or {})},),
        lines=({"price_platform": 5.0, "authority": 0}, {"authority": 1}),
        rules={**CERTAIN, **(rules or {})},
    )
    usual = {"gap": 40.0, "requirement": 100.0}
    fill(state.pairs, 0, usual, FRAMEWORK, pair)
    state.buyers["wanting"] = 1
    return state


def called(state, months=10):
    """Launch, wait and decide; the month in which the call became a contract."""
    launch(0, state)
    for month in range(1, months):
        state.clock["month"] = month
        call_due(state)
        if state.clock["due"][0] == 1:
            for index in (0, 1):
                offer(index, state)
            decide(0, state)
            sign(0, state)
            return month
    return NONE


def test_a_call_asks_the_line_of_the_framework_alone_and_takes_three_to_nine_months():
    months = set()
    for replication in range(100):
        state = world()
        state.clock["stream"] = stream(1, replication)
        months.add(called(state))
        contract = state.contracts[0]
        assert (contract["line"], contract["route"], contract["quantity"]) == (1, OPTION, 20.0)
    assert months == {3, 4, 5, 6, 7, 8, 9}


def test_what_is_called_is_taken_off_the_framework():
    state = world()
    called(state)
    assert state.pairs["framework_units"][0] == 80.0
    assert state.pairs["framework_called"][0] == 20.0
    assert state.pairs["on_order"][0] == 20.0
    assert state.pairs["gap"][0] == 20.0  # until the next review


def test_no_more_is_called_than_the_framework_allows():
    state = world(framework_units=8.0)
    called(state)
    assert state.contracts["quantity"][0] == 8.0
    assert state.pairs["framework_units"][0] == 0.0


def test_a_call_is_as_quick_with_consent_as_a_family_in_service():
    # two months for an ally's goods become 1.2, and six of building are 7.2: month 8 from the contract
    state = world()
    state.authorities["member"] = 1
    signed = called(state)
    assert state.contracts["first_due"][0] - signed == 8
    assert state.contracts["months_process"][0] == pytest.approx(1.2)


@pytest.mark.parametrize(
    ("pair", "month", "lever", "chance"),
    [
        ({}, 0, 1.0, 0.5),
        ({"framework_ease": 1.6}, 0, 1.0, 0.8),
        ({"framework_ease": 1.6}, 0, 2.0, 1.0),  # never more than certain
        ({}, 0, 0.5, 0.25),
        ({}, 0, 0.0, 0.0),
        ({}, 59, 1.0, 0.5),
        ({}, 60, 1.0, 0.0),  # expired
        ({"framework_units": 0.5}, 0, 1.0, 0.0),  # nothing left
        ({"framework_line": NONE}, 0, 1.0, 0.0),
    ],
)
def test_the_chance_of_a_call(pair, month, lever, chance):
    state = world(rules={"tender_option_share": 0.5}, **pair)
    set_lever(state, FRAMEWORK_CONVERSION, lever)
    state.clock["month"] = month
    assert option_chance(0, state) == pytest.approx(chance)


def test_about_half_of_the_needs_are_met_from_a_framework_of_usual_ease():
    calls = []
    for replication in range(2000):
        state = world(rules={"tender_option_share": 0.5})
        state.clock["stream"] = stream(1, replication)
        launch(0, state)
        calls.append(int(state.pairs["route"][0]) == OPTION)
    assert np.mean(calls) == pytest.approx(0.5, abs=3.0 * 0.5 / 2000**0.5)


def test_a_line_that_may_not_sell_any_more_leaves_the_call_without_an_offer():
    state = world()
    state.refused[0, 1] = 1.0
    called(state)
    assert state.clock["contracts"][0] == 0
    assert (state.buyers["waited"][0], state.pairs["framework_units"][0]) == (1, 100.0)


def agreed(chance, quantity=10.0, price=13.0, **pair):
    """A direct order of ten at 13, 130 in all, and the framework it may bring; the threshold is 100."""
    state = world(rules={"tender_framework_chance": chance}, **{"framework_line": NONE, **pair})
    state.clock["month"] = 6
    call_tender(state, 0, quantity=quantity, chosen=0)
    for index in (0, 1):
        offer(index, state)
    state.offers["price"][0, 0] = price
    state.pairs["chosen"] = 0
    sign(0, state)
    return state


def test_a_large_order_may_bring_a_framework_for_twice_as_many_over_five_years():
    state = agreed(1.0)
    found = [number(state.pairs, 0, f"framework_{name}") for name in ("line", "units", "until", "new")]
    assert found == [0.0, 20.0, 66.0, 1.0]
    assert 0.0 < state.pairs["framework_ease"][0] < 2.0


def test_calls_on_a_new_framework_are_not_counted_as_those_of_the_start():
    state = agreed(1.0)
    call_tender(state, 0, quantity=5.0, chosen=0)
    sign(0, state)
    assert state.pairs["framework_units"][0] == 15.0
    assert state.pairs["framework_called"][0] == 0.0


@pytest.mark.parametrize(
    "case",
    [
        {"chance": 0.0},
        {"chance": 1.0, "price": 9.9},  # 99 in all
        {"chance": 1.0, "framework_line": 1},  # the other framework is still open
    ],
)
def test_no_framework_comes_without_luck_or_size_or_while_another_is_open(case):
    state = agreed(**case)
    assert state.clock["contracts"][0] == 1
    assert state.pairs["framework_line"][0] == case.get("framework_line", NONE)
    assert state.pairs["framework_new"][0] == 0


def test_a_framework_that_is_used_up_makes_room_for_the_next():
    state = agreed(1.0, framework_line=1, framework_units=0.0)
    assert (state.pairs["framework_line"][0], state.pairs["framework_units"][0]) == (0, 20.0)
