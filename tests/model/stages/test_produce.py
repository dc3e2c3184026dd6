"""Stage 8: lanes with clocks, month by month; whole stories stand in tests/stories."""

import pytest

from sim.model.lever_rows import KOREAN_HOME_PRIORITY, OUTPUT_FIRST
from sim.model.stages.produce import PRIORITY, SUPPLY, clock_of, fall_behind, produce, promise, work_off
from sim.model.state import EXPORT, HOME
from tests.worlds import book_contract, number, set_lever, small_state


def lane(state, name, which=EXPORT):
    """A number of the line's lane."""
    return number(state.lanes[0], which, name)


def test_a_lane_adds_up_what_it_has_promised():
    state = small_state()
    state.steps[0, 0, EXPORT], state.steps[2, 0, EXPORT] = 0.5, 1.0
    dues = []
    for month in range(4):
        state.clock["month"] = month
        dues.append(promise(0, EXPORT, state))
    assert dues == pytest.approx([0.5, 1.0, 2.5, 4.0])
    assert state.worked[:4, 0, EXPORT].tolist() == pytest.approx([0.5, 1.0, 2.5, 4.0])


def made(quantity, months=1, line=None, **levers):
    """A line after some months with an order of so many a month; output 1 unless given."""
    state = small_state(lines=(line or {},))
    for row, value in levers.items():
        set_lever(state, int(row[1:]), value)
    book_contract(state, buyer=0, line=0, quantity=quantity * 12, first_due=0, last_due=11)
    for month in range(months):
        state.clock["month"] = month
        produce(0, state)
    return state


def test_a_line_makes_what_is_due_and_no_more():
    state = made(0.25, months=3)
    assert lane(state, "produced") == state.lines["produced"][0] == pytest.approx(0.75)
    assert (lane(state, "behind"), clock_of(0, EXPORT, state)) == (0.0, 3.0)


def test_a_line_that_is_due_twice_its_output_has_worked_off_half_of_each_month():
    # Three made of the plan's two a month: one month and a half.
    state = made(2.0, months=3)
    assert lane(state, "produced") == pytest.approx(3.0)
    assert lane(state, "behind") == 1
    assert lane(state, "cause") == SUPPLY
    assert clock_of(0, EXPORT, state) == pytest.approx(1.5)
    assert clock_of(0, HOME, state) == 3.0  # nothing is due there


def test_an_army_that_holds_output_is_why_the_rest_waits():
    state = made(1.0, line={"korean": 1, "in_korea": 1}, **{f"_{KOREAN_HOME_PRIORITY}": 0.4})
    assert lane(state, "produced") == pytest.approx(0.6)
    assert lane(state, "cause") == PRIORITY


def test_a_line_that_has_caught_up_is_on_plan():
    state = made(1.0, months=2, **{f"_{OUTPUT_FIRST}": 0.5})
    assert clock_of(0, EXPORT, state) == pytest.approx(1.0)
    set_lever(state, OUTPUT_FIRST, 2.0)
    state.clock["month"] = 2
    produce(0, state)
    assert (lane(state, "behind"), clock_of(0, EXPORT, state)) == (0, 3.0)
    assert lane(state, "produced") == pytest.approx(3.0)


def test_a_lane_that_stands_still_keeps_its_clock():
    state = made(1.0, months=5, **{f"_{OUTPUT_FIRST}": 0.0})
    assert (lane(state, "produced"), clock_of(0, EXPORT, state)) == (0.0, 0.0)


def test_work_off_moves_the_clock_over_months_in_which_nothing_was_promised():
    # Promised: one by the end of month 0, no more in month 1, two by the end of month 2. 1.5 are made.
    state = small_state()
    state.worked[:3, 0, EXPORT] = (1.0, 1.0, 2.0)
    state.clock["month"] = 2
    state.lanes["promised"][0, EXPORT], state.lanes["behind"][0, EXPORT] = 2.0, 1
    work_off(0, EXPORT, 1.5, 2.0, SUPPLY, state)
    assert clock_of(0, EXPORT, state) == pytest.approx(2.5)
    assert lane(state, "at") == 2


def test_both_lanes_take_their_part_of_too_little():
    # one of four: a quarter of the 1 and of the 3
    state = small_state()
    state.lanes["promised"][0] = (1.0, 3.0)
    state.worked[0, 0] = (1.0, 3.0)
    fall_behind(0, 1.0, 1.0, 3.0, state)
    assert (lane(state, "produced", HOME), lane(state, "produced")) == pytest.approx((0.25, 0.75))
    assert state.lines["produced"][0] == pytest.approx(1.0)


def test_lent_slots_come_on_top_of_what_a_line_makes():
    state = small_state()
    book_contract(state, buyer=0, line=0, quantity=24.0, first_due=0, last_due=11, lent=12.0)
    produce(0, state)
    assert state.lines["extra"][0] == pytest.approx(1.0)
    assert lane(state, "produced") == pytest.approx(2.0)
    assert lane(state, "behind") == 0


def test_slots_given_back_are_not_there_for_others():
    # A debt of two is given back at half a unit a month, and 0.75 are due: half a unit is made.
    state = small_state()
    state.lines["owed"] = 2.0
    state.lending[0, 0] = -0.5
    book_contract(state, buyer=0, line=0, quantity=9.0, first_due=0, last_due=11)
    produce(0, state)
    assert state.lines["owed"][0] == 1.5
    assert lane(state, "produced") == pytest.approx(0.5)
