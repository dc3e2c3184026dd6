"""Stage 10: capacity follows the plan and the order book."""

import pytest

from sim.model.lever_rows import EUROPEAN_GROWTH, KOREAN_GROWTH, NEW_EUROPEAN_CAPACITY, OBSERVER_SEATS
from sim.model.stages.learn import invest
from tests.worlds import small_state


def capacities(months, backlog=0.0, lever=None, rules=None, **line):
    """Capacity at the end of each month; the book stays as it is."""
    state = small_state(lines=({"backlog": backlog, **line},), rules=rules)
    for row, value in (lever or {}).items():
        state.levers[row] = value
    seen = []
    for month in range(months):
        state.clock["month"] = month
        invest(0, state)
        seen.append(float(state.lines["capacity"][0]))
    return seen


def test_a_line_follows_its_announced_plan():
    # 12 to 24 a year in the twelve months of 2026: one more each month
    seen = capacities(14, backlog=30.0, rate_planned=24.0, rate_planned_year=2027.0)
    assert seen == pytest.approx([13.0 + month for month in range(12)] + [24.0, 24.0])


def test_a_full_line_adds_a_years_growth_a_year_later():
    # 40 are more than three years of 12: 10 % of 12, decided in month 0, there in month 12
    seen = capacities(13, backlog=40.0)
    assert seen[:11] == pytest.approx([12.0] * 11)
    assert seen[11:] == pytest.approx([13.2, 13.2])


def test_a_line_at_its_target_adds_nothing():
    assert capacities(24, backlog=36.0) == pytest.approx([12.0] * 24)


def test_a_line_whose_book_stays_full_adds_year_after_year():
    # decided in months 0, 11, 22: there at the ends of months 11, 22, 33
    seen = capacities(34, backlog=400.0)
    assert (seen[11], seen[22], seen[33]) == pytest.approx((13.2, 14.52, 15.972))


@pytest.mark.parametrize(
    ("line", "lever", "later"),
    [
        ({"european": 1}, {EUROPEAN_GROWTH: 0.2}, 14.4),
        ({"korean": 1}, {KOREAN_GROWTH: 0.2}, 14.4),
        ({"american": 1}, {EUROPEAN_GROWTH: 0.2, KOREAN_GROWTH: 0.2}, 13.2),
        ({"european": 1}, {NEW_EUROPEAN_CAPACITY: 0.0}, 12.0),
        ({"korean": 1}, {NEW_EUROPEAN_CAPACITY: 0.0}, 13.2),
    ],
)
def test_growth_is_moved_by_the_lever_of_the_region(line, lever, later):
    assert capacities(13, backlog=40.0, lever=lever, **line)[-1] == pytest.approx(later)


def test_observer_seats_let_korean_firms_build_earlier():
    # Two years of orders are below the target of three, and above half of it.
    line = {"backlog": 24.0, "korean": 1}
    assert capacities(13, **line)[-1] == pytest.approx(12.0)
    assert capacities(13, lever={OBSERVER_SEATS: 1.0}, **line)[-1] == pytest.approx(13.2)


def test_a_store_of_used_equipment_does_not_grow():
    assert capacities(13, backlog=400.0, surplus=1) == pytest.approx([12.0] * 13)


def test_a_plant_that_has_not_opened_neither_grows_nor_shrinks():
    seen = capacities(14, capacity=0.0, opens=2027.0, rate_planned_year=2027.0, backlog=12.0)
    assert seen[:11] == [0.0] * 11
    assert seen[12] == pytest.approx(12.0)
