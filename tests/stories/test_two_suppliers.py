"""A story: a tender for ten is split; the better offer gets six, the best of another government four.

Three lines make the same: two under one government, the third under another, and dearer.
"""

import pytest

from sim.model.lever_rows import TWO_SUPPLIERS
from sim.model.stages.decide import decide
from sim.model.stages.offer import offer
from sim.model.stages.sign import sign
from sim.model.state import COMPETITION, NONE, URGENT
from tests.worlds import call_tender, fill, run, set_lever, small_state

NEVER_WAIT = {"choice_wait": -1e9, "choice_dissimilarity": 0.001}  # the dearer one never wins by chance
LINES = ({"authority": 0}, {"authority": 0, "price_platform": 11.0}, {"authority": 1, "price_platform": 17.0})


def world(split=1.0, quantity=10.0, lines=LINES, rules=None, category=None, **pair):
    """The tender decided and signed."""
    state = small_state(
        lines=lines,
        rules=NEVER_WAIT | (rules or {}),
        categories=(category or {"lot_min": 5.0},),
    )
    set_lever(state, TWO_SUPPLIERS, split)
    call_tender(state, 0, **{"quantity": quantity, "route": COMPETITION, **pair})
    for index in range(len(lines)):
        offer(index, state)
    decide(0, state)
    sign(0, state)
    return state


def orders(state):
    """(line, units) of the contracts signed."""
    rows = state.contracts[: int(state.clock["contracts"][0])]
    return [(int(line), float(units)) for line, units in zip(rows["line"], rows["quantity"], strict=True)]


def test_ten_are_split_six_to_four_under_two_governments():
    state = world()
    assert orders(state) == [(0, 6.0), (2, 4.0)]
    assert state.pairs["on_order"][0] == 10.0
    assert state.buyers["contracts"][0] == 2
    assert (state.buyers["tenders"][0], state.buyers["open_tenders"][0]) == (1, 0)


def test_each_part_is_paid_at_its_own_price():
    # 6 x 13 + 4 x 20
    assert world().buyers["orders_value"][0] == pytest.approx(158.0)


def test_without_the_doctrine_one_supplier_gets_all():
    assert orders(world(split=0.0)) == [(0, 10.0)]


def test_an_order_whose_smaller_part_is_below_the_smallest_lot_is_not_split():
    # four tenths of ten are four
    assert orders(world(smallest=4.1)) == [(0, 10.0)]
    assert orders(world(smallest=4.0)) == [(0, 6.0), (2, 4.0)]


def test_without_a_second_government_one_supplier_gets_all():
    assert orders(world(lines=LINES[:2])) == [(0, 10.0)]


def test_both_parts_come_as_promised_and_each_at_the_pace_of_the_whole():
    # Six and four at one a month from month 8: months 8 to 13, and 8 to 11.
    state = world()
    assert state.contracts["first_due"][:2].tolist() == [12, 12]  # six months of consent for non-members
    assert state.contracts["last_due"][:2].tolist() == [17, 15]
    for _ in run(state, 0, 17):
        pass
    assert state.contracts["last_month"][:2].tolist() == [17, 15]
    assert state.pairs["stock"][0] == 10.0


def test_an_urgent_buyer_splits_what_one_maker_would_take_too_long_for():
    # Ten at one a month: the last 21 months from now. Above a limit of 20 it is split without any doctrine.
    short, long = {"tender_split_months": 20.0}, {"tender_split_months": 21.0}
    assert len(orders(world(split=0.0, route=URGENT, rules=short))) == 2
    assert len(orders(world(split=0.0, route=URGENT, rules=long))) == 1
    assert len(orders(world(split=0.0, route=COMPETITION, rules=short))) == 1


def test_how_many_are_split_follows_the_doctrine():
    assert world(split=1.0).pairs["second"][0] == 2
    assert world(split=0.0).pairs["second"][0] == NONE


def test_where_the_first_cannot_sign_nobody_does():
    # Used stock that an earlier buyer of the month took: the tender ends without a contract.
    lines = ({"authority": 0, "surplus": 1, "surplus_left": 20.0}, LINES[2])
    state = small_state(lines=lines)
    call_tender(state, 0, quantity=10.0)
    for index in (0, 1):
        offer(index, state)
    fill(state.pairs, 0, {"chosen": 0, "second": 1})
    state.lines["surplus_left"][0] = 3.0
    sign(0, state)
    assert orders(state) == []
    assert state.buyers["collapsed"][0] == 1
