"""Stage 10: capacity by half-years follows plan and order book, reviewed each quarter."""

import pytest

from sim.model.lever_rows import (
    NEW_EUROPEAN_CAPACITY,
    OBSERVER_SEATS,
)
from sim.model.stages.invest import add_capacity, announced_growth, invest, localise, plan_capacity
from tests.worlds import fill, set_lever, small_state


def line(lever=None, **fields):
    """A line with levers set."""
    state = small_state(lines=(fields,))
    for row, value in (lever or {}).items():
        set_lever(state, row, value)
    return state


def path(state, count=6):
    """Capacity of the first half-years."""
    return state.path[0, :count].tolist()


def reviewed(months, lever=None, **fields):
    """Capacity by half-years after some months; the book stays as it is."""
    state = line(lever, **fields)
    for month in range(months):
        state.clock["month"] = month
        invest(0, state)
    return path(state)


@pytest.mark.parametrize(
    ("fields", "grows", "expected"),
    [
        ({}, 1.0, [12.0] * 6),
        # 12 to 24 over the 24 months to 2028: taken at months 3, 9, 15 and 21
        ({"rate_planned": 24.0, "rate_planned_year": 2028.0}, 1.0, [13.5, 16.5, 19.5, 22.5, 24.0, 24.0]),
        ({"european": 1, "rate_planned": 24.0, "rate_planned_year": 2028.0}, 0.0, [12.0] * 6),
        ({"opens": 2027.0}, 1.0, [0.0, 0.0, 12.0, 12.0, 12.0, 12.0]),
        ({"opens": 2027.0, "european": 1}, 0.0, [0.0] * 6),
        ({"surplus": 1, "rate_planned": 99.0}, 1.0, [12.0] * 6),
    ],
)
def test_the_plan_announced(fields, grows, expected):
    state = line({NEW_EUROPEAN_CAPACITY: grows}, **fields)
    plan_capacity(0, state)
    assert path(state) == pytest.approx(expected)


def test_a_full_line_adds_a_years_growth_a_year_later():
    # 40 are more than three years of 12: 10 % of 12, decided in month 2, there in month 14 (half-year 2)
    assert reviewed(3, backlog=40.0) == pytest.approx([12.0, 12.0, 13.2, 13.2, 13.2, 13.2])


def test_a_line_at_its_target_adds_nothing():
    assert reviewed(24, backlog=36.0) == pytest.approx([12.0] * 6)


def test_a_line_whose_book_stays_full_decides_once_a_year():
    # decided in months 2 and 14: 12 a year is by then 13.2, so 1.32 more from month 26 (half-year 4) on
    assert reviewed(24, backlog=400.0) == pytest.approx([12.0, 12.0, 13.2, 13.2, 14.52, 14.52])


# 12 to 24 a year by 2028: 13.5, 16.5, 19.5, 22.5 and then 24 by half-year
GROWING = {"rate_planned": 24.0, "rate_planned_year": 2028.0}


@pytest.mark.parametrize(
    ("month", "growth"),
    [
        (3, 0.0),  # the first half-year has nothing before it
        (8, 3.0),  # 16.5 - 13.5
        (14, 6.0),  # 19.5 - 13.5
        (23, 6.0),  # 22.5 - 16.5
        (26, 4.5),  # 24 - 19.5
        (32, 1.5),
        (38, 0.0),
        (99999, 0.0),  # beyond the calendar
    ],
)
def test_what_the_announced_plan_adds_in_the_year_up_to_a_month(month, growth):
    assert announced_growth(0, month, line(**GROWING)) == pytest.approx(growth)


def test_a_plan_that_shrinks_adds_nothing():
    assert announced_growth(0, 14, line(rate_planned=6.0, rate_planned_year=2028.0)) == 0.0


def test_while_the_announced_plan_grows_it_takes_what_labour_allows():
    # Labour allows 13.5 more in a year; the plan takes 6 of them in the year to month 14, so 7.5 are left.
    assert reviewed(3, backlog=400.0, growth_cap=1.0, **GROWING) == pytest.approx(
        [13.5, 16.5, 27.0, 30.0, 31.5, 31.5]
    )


def test_a_plan_that_takes_all_that_labour_allows_leaves_nothing_to_add():
    # A tenth of 13.5 to 19.5 is less than what is announced for the year after, until month 20: a tenth of
    # 22.5 is 2.25, of which the 1.5 of the year to month 32 are announced anyway.
    plan = [13.5, 16.5, 19.5, 22.5, 24.0, 24.0]
    assert reviewed(20, backlog=999.0, **GROWING) == pytest.approx(plan)
    assert reviewed(21, backlog=999.0, **GROWING) == pytest.approx([*plan[:5], 24.75])


def test_a_firm_that_builds_earlier_does_so():
    # Two years of orders are below the target of three, and above half of it.
    assert reviewed(3, korean=1, backlog=24.0)[2] == pytest.approx(12.0)
    assert reviewed(3, {OBSERVER_SEATS: 1.0}, korean=1, backlog=24.0)[2] == pytest.approx(13.2)


def test_without_new_plants_european_lines_stop_at_what_stands():
    state = line(european=1, rate_planned=24.0, rate_planned_year=2028.0, backlog=400.0)
    set_lever(state, NEW_EUROPEAN_CAPACITY, 0.0)
    state.clock["month"] = 8
    invest(0, state)
    assert path(state) == pytest.approx([13.5, 16.5, 16.5, 16.5, 16.5, 16.5])


def test_a_slack_line_loses_people_each_quarter_down_to_its_floor():
    # 12 % a year is 3 % a quarter: 12 to 11.64 in month 2, 11.2908 in month 5, after ten years the half
    seen = reviewed(6, rate_planned_year=2025.0)
    assert seen == pytest.approx([11.2908] * 6)
    state = line(rate_planned_year=2025.0)
    for month in range(120):
        state.clock["month"] = month
        invest(0, state)
    assert state.path[0, 19] == pytest.approx(6.0)


def test_a_store_of_used_equipment_neither_grows_nor_shrinks():
    assert reviewed(24, surplus=1, backlog=400.0) == [12.0] * 6
    assert reviewed(24, surplus=1) == [12.0] * 6


def test_a_plant_that_has_not_opened_neither_grows_nor_shrinks():
    assert reviewed(11, opens=2027.0, backlog=400.0) == pytest.approx([0.0, 0.0, 12.0, 12.0, 12.0, 12.0])


def test_prices_are_reviewed_with_the_book():
    state = line(backlog=54.0)
    state.lines["price_now"] = 10.0
    for month, price in ((0, 10.0), (1, 10.0), (2, 11.0)):
        state.clock["month"] = month
        invest(0, state)
        assert state.lines["price_now"][0] == pytest.approx(price)


def test_new_capacity_counts_from_its_half_year_on():
    state = line()
    add_capacity(0, 13, 3.0, state)
    assert path(state) == [12.0, 12.0, 15.0, 15.0, 15.0, 15.0]
    add_capacity(0, 999, 3.0, state)
    assert state.path[0, 47] == 15.0


def test_local_work_adds_its_share_of_the_contracts_pace_after_the_lag():
    # 24 in 24 months are 12 a year; a quarter of it is local: 3 more from month 30 (half-year 5) on
    state = line()
    fill(state.contracts, 0, {"quantity": 24.0, "start": 10, "finish": 33, "signed": 6, "local_share": 0.25})
    localise(0, state)
    assert path(state) == [12.0] * 5 + [15.0]
