"""Stage 8: short output is shared, the oldest first."""

import pytest

from sim.model.lever_rows import (
    KOREAN_HOME_PRIORITY,
    NEW_EUROPEAN_CAPACITY,
    OUTPUT_FIRST,
    REST_OF_WORLD_DEMAND,
    US_HOME_BUILD_UP,
)
from sim.model.stages.deliver import produce
from sim.model.state import DIRECT
from tests.worlds import book_contract, small_state


def made(oldest_first, capacity=24.0):
    """What two customers get who are due two each a month."""
    state = small_state(
        buyers=({}, {}), lines=({"capacity": capacity, "rate_planned": capacity},),
        rules={"produce_oldest_first": oldest_first},
    )  # fmt: skip
    for buyer in (0, 1):
        book_contract(state, buyer=buyer, line=0, quantity=20.0, first_due=0, last_due=9, route=DIRECT)
    produce(0, state)
    return state.contracts["made"][:2].tolist()


def test_a_plant_that_makes_what_is_due_serves_all():
    assert made(oldest_first=1.0, capacity=48.0) == pytest.approx([2.0, 2.0])
    assert made(oldest_first=0.0, capacity=48.0) == pytest.approx([2.0, 2.0])


def test_half_of_what_is_due_goes_to_the_oldest_order_where_the_oldest_comes_first():
    assert made(oldest_first=1.0) == pytest.approx([2.0, 0.0])


def test_half_of_what_is_due_is_shared_where_all_are_kept_going():
    assert made(oldest_first=0.0) == pytest.approx([1.0, 1.0])


def test_between_the_two_a_part_is_shared_and_the_rest_goes_to_the_oldest():
    # Of two, one is shared: a half each. The other goes to the oldest: 1.5 and a half.
    assert made(oldest_first=0.5) == pytest.approx([1.5, 0.5])


def test_what_is_made_is_never_more_than_the_plant_can():
    for oldest_first in (0.0, 0.3, 1.0):
        assert sum(made(oldest_first)) == pytest.approx(2.0)


def output(line=None, lever=None, month=0):
    """What a line makes in a month when it is due far more."""
    state = small_state(lines=({"rate_planned_year": 2020.0, **(line or {})},))
    for row, value in (lever or {}).items():
        state.levers[row] = value
    state.clock["month"] = month
    book_contract(state, buyer=0, line=0, quantity=1000.0, first_due=0, last_due=0, route=DIRECT)
    produce(0, state)
    return float(state.lines["produced"][0])


@pytest.mark.parametrize(
    ("line", "lever", "units"),
    [
        ({}, {}, 1.0),
        ({"output_share": 0.75}, {}, 0.75),
        ({"outside_share": 0.25}, {}, 0.75),
        ({"outside_share": 0.25}, {REST_OF_WORLD_DEMAND: 2.0}, 0.5),
        ({}, {OUTPUT_FIRST: 0.5}, 0.5),
        ({"korean": 1, "in_korea": 1}, {KOREAN_HOME_PRIORITY: 0.4}, 0.6),
        ({"korean": 1}, {KOREAN_HOME_PRIORITY: 0.4}, 1.0),  # a Korean product made abroad
        ({"american": 1}, {US_HOME_BUILD_UP: 0.3}, 0.7),
        ({"european": 1}, {US_HOME_BUILD_UP: 0.3}, 1.0),
        ({"surplus": 1, "capacity": 0.0, "rate_now": 36.0}, {OUTPUT_FIRST: 0.5}, 3.0),  # from store
        ({"opens": 2027.0}, {}, 0.0),
        ({"rate_planned": 24.0}, {}, 1.0),  # the plan's year has passed: what stands is what counts
        ({"rate_planned": 24.0, "european": 1}, {NEW_EUROPEAN_CAPACITY: 0.0}, 1.0),
    ],
)
def test_output_of_a_month(line, lever, units):
    assert output(line, lever) == pytest.approx(units)


def test_a_plant_makes_nothing_until_the_month_it_opens():
    assert output({"opens": 2027.0}, month=11) == 0.0
    assert output({"opens": 2027.0}, month=12) == pytest.approx(1.0)


def test_no_contract_runs_ahead_of_its_plan():
    state = small_state(lines=({"capacity": 120.0, "rate_planned": 120.0},))
    book_contract(state, buyer=0, line=0, quantity=12.0, first_due=2, last_due=5, route=DIRECT)
    seen = []
    for month in range(7):
        state.clock["month"] = month
        produce(0, state)
        seen.append(float(state.contracts["made"][0]))
    assert seen == pytest.approx([0.0, 0.0, 3.0, 6.0, 9.0, 12.0, 12.0])
