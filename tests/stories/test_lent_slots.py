"""A story: a Korean line makes 12 a year, half of them for its own army, and an ally needs six at once.

For the 32 states the plant makes half a unit a month. An urgent order of six is due one a month. The army
can lend its own half a month, and gets it back when the order is done.
"""

import pytest

from sim.model.lever_rows import KOREAN_HOME_PRIORITY, SLOT_LENDING
from sim.model.stages.deliver import deliver, produce
from sim.model.state import DIRECT, URGENT
from tests.worlds import book_contract, set_lever, small_state

LINE = {"korean": 1, "in_korea": 1, "outside_share": 0.5}


def story(months, lending, route=URGENT, line=LINE, priority=0.0):
    """Return what was owed to the army and delivered to the ally at the end of each month."""
    state = small_state(lines=(line,))
    set_lever(state, SLOT_LENDING, lending)
    set_lever(state, KOREAN_HOME_PRIORITY, priority)
    book_contract(state, buyer=0, line=0, quantity=6.0, first_due=0, last_due=5, route=route)
    owed, handed = [], []
    for month in range(months):
        state.clock["month"] = month
        produce(0, state)
        deliver(0, state)
        owed.append(float(state.lines["owed"][0]))
        handed.append(float(state.pairs["stock"][0]))
    return owed, handed


def test_with_all_slots_lent_the_order_comes_as_due():
    _, handed = story(6, lending=1.0)
    assert handed == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]


def test_each_months_half_unit_is_owed_and_then_given_back():
    # Six months at a half: three owed. Then the whole output for export is free: a half back each month.
    owed, _ = story(13, lending=1.0)
    assert owed[:6] == pytest.approx([0.5, 1.0, 1.5, 2.0, 2.5, 3.0])
    assert owed[6:] == pytest.approx([2.5, 2.0, 1.5, 1.0, 0.5, 0.0, 0.0])


def test_without_lending_the_order_takes_twice_as_long():
    owed, handed = story(12, lending=0.0)
    assert handed == [0.0, 1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0, 5.0, 5.0, 6.0]
    assert owed == [0.0] * 12


def test_half_the_slots_lent_bring_three_quarters_of_a_unit_a_month():
    # A quarter is lent each month: 0.75, 1.5, 2.25, 3, 3.75, 4.5, 5.25, 6
    owed, handed = story(8, lending=0.5)
    assert handed == [0.0, 1.0, 2.0, 3.0, 3.0, 4.0, 5.0, 6.0]
    assert owed[-1] == pytest.approx(2.0)


def test_an_order_that_is_not_urgent_gets_no_slots():
    assert story(6, lending=1.0, route=DIRECT) == story(6, lending=0.0)


def test_only_korean_lines_have_an_army_that_lends():
    line = {**LINE, "korean": 0}
    assert story(6, lending=1.0, line=line) == story(6, lending=0.0)


def test_an_army_that_needs_its_slots_lends_none():
    owed, _ = story(6, lending=1.0, priority=1.0)
    assert owed == [0.0] * 6


def test_no_more_than_a_years_slots_are_ever_owed():
    # The army's year is six. An order of 40 due four a month wants all it can get: a half a month is lent
    # until six are owed after twelve months, and none is given back while the order takes all output.
    state = small_state(lines=(LINE,), levers={"slot_lending": 1.0})
    book_contract(state, buyer=0, line=0, quantity=40.0, first_due=0, last_due=9, route=URGENT)
    for month in range(20):
        state.clock["month"] = month
        produce(0, state)
    assert state.lines["owed"][0] == pytest.approx(6.0)
    assert state.lines["produced"][0] == pytest.approx(16.0)  # 20 halves and the six lent
