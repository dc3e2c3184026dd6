"""What people order in place of the rules: seats, frameworks, prices and their plants."""

import pytest

from sim.model.lever_rows import KOREAN_GROWTH, NEW_EUROPEAN_CAPACITY
from sim.model.stages.follow import expand_ordered, launch_ordered, read_orders
from sim.model.stages.invest import invest
from sim.model.stages.offer import offer
from sim.model.stages.tender import call_due, enter_due, has_framework
from sim.model.state import (
    EXPAND,
    FRAMEWORK,
    NONE,
    PRICE,
    PROMISE,
    SEAT,
)
from tests.worlds import call_tender, fill, set_lever, small_state


def told(*orders, month=0, **parts):
    """A small state in a month whose orders have been read."""
    state = small_state(orders=orders, **parts)
    read_in(state, month)
    return state


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


# --- the table


def test_orders_are_carried_out_in_their_month_in_whatever_order_they_stand():
    orders = [{"month": month, "kind": PRICE, "row": 0, "amount": month / 10.0} for month in (20, 5, 11)]
    state = small_state(orders=orders)
    found = []
    for month in range(24):
        read_in(state, month)
        found.append(of(state, "stance", table="lines"))
    assert found == [1.0] * 5 + [0.5] * 6 + [1.1] * 9 + [2.0] * 4


def test_of_two_orders_of_a_month_the_last_holds():
    orders = [{"month": 3, "kind": PRICE, "row": 0, "amount": amount} for amount in (1.2, 1.5, 1.1)]
    assert of(told(*orders, month=3), "stance", table="lines") == 1.1


def test_orders_of_months_that_are_over_are_not_made_up_for():
    state = told({"month": 3, "kind": PRICE, "row": 0, "amount": 1.5}, month=4)
    assert of(state, "stance", table="lines") == 1.0
    assert state.clock["first_order"][0] == state.clock["last_order"][0]


# --- seats


def seated(turn, *dues, month=0):
    """Two states with two needs each, a tender of each running; a person takes the first state."""
    state = small_state(
        buyers=({}, {}),
        categories=({}, {}),
        lines=({}, {"category": 1}),
        orders=({"month": month, "kind": SEAT, "row": 0, "amount": turn},),
    )
    for row, due in dues:
        enter_due(row, due, state)
    read_in(state, month)
    return state


def test_tenders_of_a_state_that_a_person_takes_fall_due_at_the_nearest_turn():
    # All four in one list, 3 - 1 - 2 - 0: the second and the last of it leave.
    state = seated(12, (0, 8), (2, 8), (1, 8), (3, 8))
    assert listed(state, 8) == [3, 2]
    assert sorted(listed(state, 12)) == [0, 1]
    assert state.pairs["due"].tolist() == [12, 12, 8, 8]


def test_the_first_and_all_of_a_list_can_move():
    state = seated(12, (2, 8), (0, 8), (1, 20))
    assert (listed(state, 8), listed(state, 12), listed(state, 20), listed(state, 24)) == ([2], [0], [], [1])


def test_a_tender_that_is_moved_is_called_once():
    state = seated(12, (0, 8), (2, 8), (1, 8), (3, 8))
    called = []
    for month in range(24):
        state.clock["month"] = month
        call_due(state)
        called += [(month, int(row)) for row in state.due[: int(state.clock["due"][0])]]
    assert sorted(called) == [(8, 2), (8, 3), (12, 0), (12, 1)]


@pytest.mark.parametrize(
    ("turn", "due", "month", "moved"),
    [
        (12, 119, 0, 120),  # the turn after the last month: not decided in this run
        (12, 113, 0, 108),
        (12, 130, 0, 132),  # beyond the run before and after
        (50, 121, 0, 100),  # from beyond the run into it
        (12, 12, 12, 12),  # decided this very month
        (12, 13, 12, 12),
        (12, 13, 13, 13),  # that turn has begun
        (12, 12, 13, 12),  # decided already
    ],
)
def test_where_a_running_tender_goes(turn, due, month, moved):
    state = seated(turn, (0, due), month=month)
    assert of(state, "due") == moved
    assert [at for at in range(120) if listed(state, at)] == ([moved] if moved < 120 else [])


def test_a_state_given_back_goes_by_its_rules_again():
    state = seated(12, (0, 8))
    enter_due(1, 20, state)
    assert state.pairs["due"][:2].tolist() == [12, 24]
    state.orders["amount"] = 0.0
    read_in(state, 0)
    assert of(state, "turn_months", table="buyers") == 0
    enter_due(1, 21, state)
    assert state.pairs["due"][:2].tolist() == [12, 21]


def test_a_tender_that_is_not_running_is_not_moved():
    state = small_state(orders=({"kind": SEAT, "row": 0, "amount": 12.0},))
    enter_due(0, 8, state)
    fill(state.pairs, 0, {"open": 0})
    read_in(state, 0)
    assert (of(state, "due"), of(state, "open")) == (8, 0)


# --- frameworks


def test_a_framework_agreed_takes_the_place_of_an_older_one():
    order = {"month": 7, "kind": FRAMEWORK, "row": 1, "line": 2, "amount": 40.0, "months": 12}
    state = small_state(categories=({}, {}), lines=({}, {"category": 1}, {"category": 1}), orders=(order,))
    fill(state.pairs, 1, {"framework_line": 1, "framework_units": 3.0, "framework_until": 9,
                          "framework_ease": 0.3})  # fmt: skip
    read_in(state, 7)
    assert [of(state, f"framework_{name}", 1) for name in ("line", "units", "until", "ease", "new")] == [
        2, 40.0, 19, 1.0, 1
    ]  # fmt: skip
    for month, there in ((7, True), (18, True), (19, False)):
        state.clock["month"] = month
        assert has_framework(1, state) == there
    assert not has_framework(0, state)


@pytest.mark.parametrize("line", [NONE, 1])
def test_no_framework_is_agreed_with_a_line_that_makes_something_else(line):
    order = {"kind": FRAMEWORK, "row": 0, "line": line, "amount": 40.0, "months": 12}
    state = told(order, categories=({}, {}), lines=({}, {"category": 1}))
    assert of(state, "framework_line") == NONE
    assert not has_framework(0, state)


# --- prices


def test_a_person_may_ask_for_more_or_less_than_the_rule():
    amounts = (1.0, 1.1, 0.9, 1.0, 0.0, -1.0)  # nothing is not a price
    orders = [{"month": at, "kind": PRICE, "row": 0, "amount": amount} for at, amount in enumerate(amounts)]
    state = small_state(orders=orders)
    asked = []
    for month in range(6):
        read_in(state, month)
        call_tender(state, 0, quantity=6.0)
        offer(0, state)
        asked.append(float(state.offers["price"][0, 0]))
    assert asked == pytest.approx([13.0, 14.3, 11.7, 13.0, 13.0, 13.0])


def test_a_promise_of_less_than_no_time_is_none():
    orders = [{"month": month, "kind": PROMISE, "row": 0, "amount": amount}
              for month, amount in ((1, 0.5), (2, -0.5))]  # fmt: skip
    state = small_state(orders=orders)
    read_in(state, 1)
    read_in(state, 2)
    assert of(state, "promise", table="lines") == 0.5


# --- plants


def grown(*orders, months=1, lever=None, **line):
    """Capacity of the first half-years of a line whose person decides, its book full for years."""
    state = small_state(
        lines=({"backlog": 400.0, **line},),
        orders=[{"kind": EXPAND, "row": 0, "month": month, "amount": amount} for month, amount in orders],
    )
    for row, value in (lever or {}).items():
        set_lever(state, row, value)
    for month in range(months):
        read_in(state, month)
        expand_ordered(state)
        invest(0, state)
    return state.path[0, :6].tolist()


@pytest.mark.parametrize(
    ("orders", "path"),
    [
        ([(0, 0.05)], [12.0, 12.0, 12.6, 12.6, 12.6, 12.6]),  # ordered in month 0, there in month 12
        ([(0, 0.5)], [12.0, 12.0, 13.2, 13.2, 13.2, 13.2]),  # labour allows a tenth
        ([(0, 0.0)], [12.0] * 6),
        ([(0, -0.5)], [12.0] * 6),
        ([(0, 0.5), (0, 0.5)], [12.0, 12.0, 13.2, 13.2, 13.2, 13.2]),  # once is all
        ([(0, 0.5), (6, 0.5)], [12.0, 12.0, 13.2, 13.8, 13.8, 13.8]),  # half a year later half a year's
        ([(0, 0.02), (11, 0.0)], [12.0, 12.0, 12.24, 12.24, 12.24, 12.24]),
    ],
)
def test_a_line_grows_as_ordered_and_as_labour_allows(orders, path):
    assert grown(*orders, months=12) == pytest.approx(path)


def test_the_rule_waits_a_year_after_what_a_person_decided():
    # without an order the rule decides in months 2 and 14, else in month 14, for months 14 and 26
    assert grown(months=15)[2:5] == pytest.approx([13.2, 13.2, 14.52])
    assert grown((0, 0.0), months=14)[2:5] == pytest.approx([12.0, 12.0, 12.0])
    assert grown((0, 0.0), months=15)[2:5] == pytest.approx([12.0, 12.0, 13.2])
    assert grown((0, 0.0), (12, 0.0), months=24)[2:5] == pytest.approx([12.0, 12.0, 12.0])


@pytest.mark.parametrize(
    ("line", "lever"),
    [
        ({"surplus": 1}, {}),
        ({"opens": 2028.0}, {}),
        ({"european": 1}, {NEW_EUROPEAN_CAPACITY: 0.0}),
    ],
)
def test_what_cannot_grow_does_not(line, lever):
    assert grown((0, 0.1), lever=lever, **line) == grown(lever=lever, **line)


def test_a_plant_that_is_not_open_has_decided_nothing():
    state = small_state(lines=({"opens": 2028.0},), orders=({"kind": EXPAND, "row": 0, "amount": 0.1},))
    read_in(state, 0)
    expand_ordered(state)
    assert of(state, "decided", table="lines") == -12


def test_what_is_announced_takes_part_of_what_labour_allows():
    # labour allows 13.5 more; the announced plan takes 19.5 - 13.5 of them in the year to month 12
    plan = {"rate_planned": 24.0, "rate_planned_year": 2028.0, "growth_cap": 1.0}
    assert grown((0, 1.0), **plan) == pytest.approx([13.5, 16.5, 27.0, 30.0, 31.5, 31.5])


def test_a_lever_moved_this_month_counts_for_what_labour_allows():
    state = small_state(lines=({"korean": 1},), orders=({"kind": EXPAND, "row": 0, "amount": 0.5},))
    set_lever(state, KOREAN_GROWTH, 0.05)  # half of the usual
    read_in(state, 0)
    expand_ordered(state)
    assert state.path[0, 2] == pytest.approx(12.6)


# --- nothing ordered


def test_without_orders_nothing_is_done():
    state = small_state(rules={"tender_base": 1e6})
    before = state.whole.copy()
    read_orders(state)
    launch_ordered(state)
    expand_ordered(state)
    assert (state.whole == before).all()
