"""What people order in place of the rules: tenders that they open, and needs that they hold back."""

import pytest

from sim.model.stages.follow import launch_ordered, read_orders
from sim.model.stages.tender import launch, note_wanting
from sim.model.state import (
    COMPETITION,
    GOVERNMENT,
    HOLD,
    JOINT,
    LAUNCH,
    NONE,
    OPTION,
    URGENT,
)
from tests.worlds import fill, small_state


def read_in(state, month):
    """Read the orders of a month."""
    state.clock["month"] = month
    read_orders(state)


def listed(state, month):
    """The needs whose tender is decided in a month, in the order of the list."""
    found, row = [], int(state.falls_due[month])
    while row != NONE:
        found.append(row)
        row = int(state.pairs["next_due"][row])
    return found


def of(state, name, row=0, table="pairs"):
    """A number of a record."""
    return float(getattr(state, table)[name][row])


# --- tenders that people open

FIXED = {"tender_direct_low": 10.0, "tender_direct_high": 10.0, "tender_competition_low": 30.0,
         "tender_competition_high": 30.0, "tender_joint_low": 7.0, "tender_joint_high": 7.0,
         "tender_option_low": 4.0, "tender_option_high": 4.0, "tender_urgent_low": 2.0,
         "tender_urgent_high": 2.0}  # fmt: skip
OPEN_FRAMEWORK = {"framework_line": 0, "framework_units": 5.0, "framework_until": 99}


def launched(*orders, month=0, turn=0, buyer=None, rules=None, **pair):
    """One state whose person orders tenders of its two needs; 20 units are missing of each."""
    state = small_state(
        buyers=({"turn_months": turn, **(buyer or {})},),
        categories=({}, {}),
        lines=({}, {"category": 1}),
        rules=FIXED | (rules or {}),
        orders=[{"month": month, "kind": LAUNCH, "amount": 6.0, **order} for order in orders],
    )
    for row in range(2):
        fill(state.pairs, row, {"gap": 20.0, "requirement": 100.0}, pair)
        note_wanting(row, state)
    read_in(state, month)
    launch_ordered(state)
    return state


@pytest.mark.parametrize(
    ("order", "due", "turn"),
    [
        ({"route": GOVERNMENT}, 10, 12),
        ({"route": COMPETITION}, 30, 36),
        ({"route": JOINT}, 37, 36),
        ({"route": URGENT}, 2, 2),  # urgent: as soon as it can be
        ({"route": URGENT, "line": 0}, 2, 2),
        ({"route": OPTION}, 4, 4),
        ({"route": GOVERNMENT, "line": 0}, 10, 10),  # the supplier is named: nothing is left to decide
    ],
)
def test_each_route_takes_its_months_and_a_contest_is_decided_at_a_turn(order, due, turn):
    for months, expected in ((0, due), (12, turn)):
        state = launched(order, turn=months, **OPEN_FRAMEWORK)
        assert (of(state, "open"), of(state, "route"), of(state, "opened")) == (1, order["route"], 0)
        assert of(state, "due") == expected
        assert listed(state, expected) == [0]
        assert of(state, "open_tenders", table="buyers") == 1


@pytest.mark.parametrize("month", range(26))
@pytest.mark.parametrize("months", [1.0, 5.0, 14.0])
def test_whoever_opens_a_contest_decides_it_at_a_later_turn(month, months):
    rules = {"tender_direct_low": months, "tender_direct_high": months}
    due = of(launched({"route": GOVERNMENT}, month=month, turn=12, rules=rules), "due")
    assert due % 12 == 0
    assert due > month
    assert abs(due - (month + months)) <= 12


def test_a_tender_is_for_what_was_ordered():
    state = launched({"amount": 7.9, "upper": 1, "line": 0, "route": URGENT})
    assert (of(state, "quantity"), of(state, "tier"), of(state, "known_line")) == (7.0, 1, 0)
    assert of(state, "funded") == 0  # what there is no money for is not signed


@pytest.mark.parametrize(
    ("upper", "pair", "tier"),
    [
        (1, {"accepts_lower": 1}, 1),
        (0, {"accepts_lower": 1}, 0),
        (0, {}, 1),  # only the upper tier fits
        (1, {"accepts_lower": 1, "accepts_upper": 0}, 0),
    ],
)
def test_a_tender_asks_for_the_tier_ordered_if_it_fits_the_need(upper, pair, tier):
    state = launched({"upper": upper}, **pair)
    assert (of(state, "open"), of(state, "tier")) == (1, tier)


def test_an_option_takes_no_more_than_its_framework_allows():
    state = launched({"route": OPTION, "amount": 50.0}, **OPEN_FRAMEWORK)
    assert (of(state, "quantity"), of(state, "known_line")) == (5.0, 0)


@pytest.mark.parametrize(
    ("order", "pair", "buyer"),
    [
        ({}, {}, {"open_tenders": 2}),  # the ministry has no room
        ({}, {"needed": 0}, {}),
        ({"route": OPTION}, {}, {}),
        ({"route": OPTION}, {**OPEN_FRAMEWORK, "framework_units": 0.5}, {}),
        ({"route": OPTION}, {**OPEN_FRAMEWORK, "framework_until": 0}, {}),
        ({"route": JOINT}, {"home_only": 1}, {}),
        ({"amount": 0.9}, {}, {}),
        ({"amount": -5.0}, {}, {}),
    ],
)
def test_what_cannot_be_opened_is_not(order, pair, buyer):
    before = buyer.get("open_tenders", 0)
    state = launched(order, buyer=buyer, **pair)
    assert of(state, "open") == 0
    assert of(state, "open_tenders", table="buyers") == before
    assert (state.falls_due == NONE).all()


def test_a_need_that_is_tendered_already_is_not_tendered_again():
    state = launched({"amount": 6.0}, {"amount": 9.0, "route": URGENT})
    assert (of(state, "quantity"), of(state, "route")) == (6.0, GOVERNMENT)
    assert of(state, "open_tenders", table="buyers") == 1
    assert listed(state, 10) == [0]
    assert listed(state, 2) == []


def test_the_rules_open_no_more_than_the_ministry_has_room_for_besides():
    certain = {"tender_base": 1e6, "tender_direct_share": 1.0}
    state = launched({"row": 1}, rules=certain, buyer={"procurement_capacity": 1.0})
    launch(0, state)
    assert state.pairs["open"].tolist() == [0, 1]
    wide = launched({"row": 1}, rules=certain)
    launch(0, wide)
    assert wide.pairs["open"].tolist() == [1, 1]
    assert wide.pairs["quantity"].tolist() == [10.0, 6.0]


def test_orders_of_other_months_open_nothing():
    state = launched({"month": 5})
    assert of(state, "open") == 0
    read_in(state, 5)
    launch_ordered(state)
    assert of(state, "opened") == 5


# --- needs held back


def held(*orders, categories=2):
    """A state that opens a tender for every gap at once, if it may."""
    state = small_state(
        categories=({},) * categories,
        lines=tuple({"category": row} for row in range(categories)),
        rules={"tender_base": 1e6},
        orders=orders,
    )
    for row in range(categories):
        fill(state.pairs, row, {"gap": 20.0, "requirement": 100.0})
        note_wanting(row, state)
    return state


def opened_in(state, months):
    """The month in which each need was tendered, None if it was not."""
    for month in months:
        read_in(state, month)
        launch(0, state)
    return [int(pair["opened"]) if pair["open"] else None for pair in state.pairs]


def test_a_need_is_held_back_as_long_as_ordered_and_no_other():
    hold = {"month": 1, "kind": HOLD, "row": 0, "months": 3}
    assert opened_in(held(hold), range(1, 4)) == [None, 1]
    assert opened_in(held(hold), range(1, 5)) == [4, 1]


def test_holding_for_no_time_lets_go():
    first = {"month": 0, "kind": HOLD, "row": 0, "months": 24}
    assert opened_in(held(first, {"month": 2, "kind": HOLD, "row": 0, "months": 0}), range(4)) == [2, 0]


def test_in_the_months_before_the_start_nobody_holds_back_anything():
    state = held()
    fill(state.pairs, 0, {"hold_until": 5})
    state.clock["month"] = -3
    launch(0, state)
    assert state.pairs["opened"].tolist() == [-3, -3]


def test_who_holds_back_a_need_may_still_open_a_tender_for_it():
    orders = ({"kind": HOLD, "row": 0, "months": 9}, {"kind": LAUNCH, "row": 0, "amount": 6.0})
    state = held(*orders)
    read_in(state, 0)
    launch_ordered(state)
    assert of(state, "open") == 1
