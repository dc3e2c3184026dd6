"""What a line will make, how full it is and what it asks."""

import pytest

from sim.model.lever_rows import (
    EUROPEAN_GROWTH,
    EUROPEAN_HOME_PRIORITY,
    EUROPEAN_INVESTMENT,
    KOREAN_GROWTH,
    KOREAN_HOME_PRIORITY,
    NEW_EUROPEAN_CAPACITY,
    OBSERVER_SEATS,
    OUTPUT_FIRST,
    REST_OF_WORLD_DEMAND,
    US_HOME_BUILD_UP,
)
from sim.model.stages.output import (
    best_year,
    capacity_now,
    cover_target,
    growth_in_sight,
    growth_of,
    home_priority,
    most_planned,
    next_arrival,
    output_in,
    outside_now,
    refresh,
    reprice,
    units_a_month,
    years_of_cover,
)
from tests.worlds import set_lever, small_state


def line(lever=None, rules=None, **fields):
    """A state of one line with levers set."""
    state = small_state(lines=(fields,), rules=rules)
    for row, value in (lever or {}).items():
        set_lever(state, row, value)
    return state


@pytest.mark.parametrize(
    ("fields", "lever", "share"),
    [
        ({"outside_share": 0.25}, {}, 0.25),
        ({"outside_share": 0.25}, {REST_OF_WORLD_DEMAND: 2.0}, 0.5),
        ({"outside_share": 0.25}, {REST_OF_WORLD_DEMAND: 9.0}, 0.95),
        ({"outside_share": 0.5, "in_korea": 1}, {KOREAN_HOME_PRIORITY: 0.4}, 0.7),  # 0.5 x 0.6 is left
        ({"outside_share": 0.5, "korean": 1}, {KOREAN_HOME_PRIORITY: 0.4}, 0.5),  # made abroad
        ({"outside_share": 0.1, "american": 1}, {US_HOME_BUILD_UP: 0.3}, 0.4),
        ({"outside_share": 0.1, "european": 1}, {US_HOME_BUILD_UP: 0.3}, 0.1),
    ],
)
def test_what_others_take(fields, lever, share):
    assert outside_now(0, line(lever, **fields)) == pytest.approx(share)


@pytest.mark.parametrize(
    ("fields", "lever", "units"),
    [
        ({}, {}, 1.0),
        ({"output_share": 0.75}, {}, 0.75),
        ({"outside_share": 0.25}, {}, 0.75),
        ({}, {OUTPUT_FIRST: 0.5}, 0.5),
        ({"surplus": 1, "rate_now": 36.0, "output_share": 0.5}, {OUTPUT_FIRST: 0.5}, 3.0),  # from store
        ({"opens": 2027.0}, {}, 0.0),
        ({"rate_planned": 24.0}, {}, 2.0),  # the plan's year has come
    ],
)
def test_units_a_month_for_the_32_states(fields, lever, units):
    state = line(lever, **fields)
    refresh(0, state)
    assert state.lines["output"][0] == pytest.approx(units)


def test_a_line_is_worked_out_again_only_after_a_change():
    state = line()
    state.path[0, :] = 24.0
    state.clock["version"] = 7
    refresh(0, state)
    assert state.lines["output"][0] == pytest.approx(2.0)
    state.path[0, :] = 36.0
    refresh(0, state)
    assert state.lines["output"][0] == pytest.approx(2.0)
    state.clock["version"] = 8
    refresh(0, state)
    assert state.lines["output"][0] == pytest.approx(3.0)


@pytest.mark.parametrize(
    ("fields", "lever", "share"),
    [
        ({"european": 1}, {EUROPEAN_HOME_PRIORITY: 0.6}, 0.6),
        ({"european": 1}, {US_HOME_BUILD_UP: 0.6}, 0.0),
        ({"american": 1}, {US_HOME_BUILD_UP: 0.6}, 0.6),
        ({"korean": 1}, {EUROPEAN_HOME_PRIORITY: 0.6, US_HOME_BUILD_UP: 0.6}, 0.0),
    ],
)
def test_whose_army_comes_first(fields, lever, share):
    assert home_priority(0, line(lever, **fields)) == share


def test_the_larger_of_todays_and_the_planned_capacity():
    grows = line(rate_now=12.0, rate_planned=30.0, rate_planned_year=2030.0)
    assert most_planned(0, grows) == 30.0
    grows.path[0, 0] = 40.0
    assert most_planned(0, grows) == 40.0


def test_capacity_is_that_of_the_half_year():
    state = line()
    state.path[0, :3] = (12.0, 18.0, 24.0)
    seen = []
    for month in (0, 5, 6, 11, 12):
        state.clock["month"] = month
        seen.append(float(capacity_now(0, state)))
    assert seen == [12.0, 12.0, 18.0, 18.0, 24.0]


def test_cover_counts_the_books_of_all_customers_in_years_of_all_output():
    # 30 and 6 over a real 9 a year
    found = line(backlog=30.0, outside_backlog=6.0, output_share=0.75, outside_share=0.25)
    assert years_of_cover(0, found) == pytest.approx(4.0)


def test_outside_demand_that_takes_more_lengthens_the_book_twice_over():
    # 30 and 12 over 9 a year, of which a half is left instead of three quarters: 42 / 6
    found = line(backlog=30.0, outside_backlog=6.0, output_share=0.75, outside_share=0.25)
    set_lever(found, REST_OF_WORLD_DEMAND, 2.0)
    assert years_of_cover(0, found) == pytest.approx(7.0)


def test_a_plant_that_is_not_open_is_measured_by_its_plan():
    assert years_of_cover(0, line(backlog=36.0, opens=2030.0)) == pytest.approx(3.0)


def test_a_shock_to_output_lengthens_the_book_up_to_five_times():
    assert years_of_cover(0, line({OUTPUT_FIRST: 0.5}, backlog=12.0)) == pytest.approx(2.0)
    assert years_of_cover(0, line({OUTPUT_FIRST: 0.0}, backlog=12.0)) == pytest.approx(5.0)


@pytest.mark.parametrize(
    ("fields", "rules", "price"),
    [
        ({"backlog": 36.0}, {}, 10.0),  # at its target of three years
        ({"backlog": 54.0}, {}, 11.0),  # half a target too many: half of 20 %
        ({"backlog": 999.0}, {}, 12.0),
        ({"produced": 60.0}, {"quote_learning": 0.1}, 9.330),  # five years of 12 behind, 60 more: 2^-0.1
        ({"produced": 1e9}, {"quote_learning": 0.1}, 8.0),  # the floor
    ],
)
def test_a_line_reviews_its_price(fields, rules, price):
    state = line(rules=rules, **fields)
    reprice(0, years_of_cover(0, state), state)
    assert state.lines["price_now"][0] == pytest.approx(price, abs=1e-3)


@pytest.mark.parametrize(
    ("fields", "lever", "growth"),
    [
        ({}, {EUROPEAN_GROWTH: 0.2, KOREAN_GROWTH: 0.2}, 0.1),
        ({"european": 1}, {EUROPEAN_GROWTH: 0.2}, 0.2),
        ({"korean": 1}, {KOREAN_GROWTH: 0.2}, 0.2),
        ({"american": 1}, {EUROPEAN_GROWTH: 0.2, KOREAN_GROWTH: 0.2}, 0.1),
    ],
)
def test_growth_is_moved_by_the_lever_of_the_region(fields, lever, growth):
    assert growth_of(0, line(lever, **fields)) == pytest.approx(growth)


@pytest.mark.parametrize(
    ("fields", "lever", "part"),
    [
        ({"korean": 1}, {OBSERVER_SEATS: 1.0}, 0.5),
        ({"korean": 1}, {EUROPEAN_INVESTMENT: 2.0}, 1.0),
        ({"european": 1}, {EUROPEAN_INVESTMENT: 2.0}, 0.5),
        ({"european": 1}, {EUROPEAN_INVESTMENT: 0.5}, 2.0),
        ({"american": 1}, {OBSERVER_SEATS: 1.0, EUROPEAN_INVESTMENT: 2.0}, 1.0),
    ],
)
def test_who_builds_at_a_smaller_book(fields, lever, part):
    assert cover_target(0, line(lever, **fields)) == pytest.approx(3.0 * part)


def test_what_was_added_for_the_32_states_serves_them_alone():
    # Half of the announced 12 goes elsewhere; of the 24 there are, 18 a year remain.
    state = line(outside_share=0.5)
    refresh(0, state)
    assert units_a_month(0, 24.0, 12.0, state) == pytest.approx(1.5)
    assert units_a_month(0, 6.0, 12.0, state) == pytest.approx(0.25)  # less than announced: half of it


def test_the_best_year_is_that_of_the_announced_capacity():
    state = line(outside_share=0.5, rate_planned=24.0, rate_planned_year=2030.0)
    refresh(0, state)
    assert best_year(0, state) == pytest.approx(12.0)


@pytest.mark.parametrize(
    ("fields", "lever", "units", "most"),
    [
        ({}, {}, 36.0, 0.0),  # three years of 12 are the target
        ({}, {}, 48.0, 1.2),  # one year more: as much growth as one year brings
        ({"backlog": 30.0}, {}, 30.0, 2.4),  # five years
        ({"surplus": 1}, {}, 99.0, 0.0),
        ({"european": 1}, {NEW_EUROPEAN_CAPACITY: 0.0}, 99.0, 0.0),
    ],
)
def test_a_firm_quotes_with_the_expansion_that_a_book_would_bring(fields, lever, units, most):
    growth, found = growth_in_sight(0, units, line(lever, **fields))
    assert found == pytest.approx(most)
    assert growth == (pytest.approx(1.2) if "surplus" not in fields and not lever else 0.0)


@pytest.mark.parametrize(
    ("month", "decided", "fields", "arrival"),
    [
        (0, -12, {}, 12),
        (5, 2, {}, 26),  # not before a year after the last decision
        (5, -12, {"opens": 2028.0}, 36),  # not before it opens
        (5, -12, {"rate_planned": 24.0, "rate_planned_year": 2029.0}, 36),  # nor while the plan still grows
        (30, -12, {"rate_planned": 24.0, "rate_planned_year": 2029.0}, 42),
        (5, -12, {"rate_planned": 13.0, "rate_planned_year": 2029.0}, 17),  # by less than a tenth: no matter
    ],
)
def test_when_capacity_decided_next_arrives(month, decided, fields, arrival):
    state = line(**fields)
    state.clock["month"], state.lines["decided"] = month, decided
    assert next_arrival(0, state) == arrival


def reserved(units, lever=None, capacity=12.0, **fields):
    """What a line of 12 a year, half of them for other customers, makes with so many a month reserved."""
    state = line(lever, outside_share=0.5, **fields)
    refresh(0, state)
    state.reserved[0, 1] = units
    return output_in(0, 1, capacity, state)


@pytest.mark.parametrize(
    ("units", "output"),
    [
        (0.0, 0.5),
        (0.4, 0.5),  # what is promised is less than the usual half
        (0.8, 0.8),
        (1.5, 1.0),  # more than the plant makes was promised
    ],
)
def test_other_customers_give_way_to_slots_promised_before_the_start(units, output):
    assert reserved(units) == pytest.approx(output)


def test_slots_are_reserved_in_their_half_year_only():
    state = line(outside_share=0.5)
    state.reserved[0, 1] = 0.8
    assert [output_in(0, slot, 12.0, state) for slot in range(3)] == pytest.approx([0.5, 0.8, 0.5])


def test_reserved_slots_go_with_the_output_that_there_is():
    assert reserved(0.8, {OUTPUT_FIRST: 0.6}) == pytest.approx(0.6)  # 12 x 0.6 / 12
    assert reserved(0.8, output_share=0.7) == pytest.approx(0.7)
    assert reserved(0.8, capacity=6.0) == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("fields", "lever", "output"),
    [
        ({"in_korea": 1}, {KOREAN_HOME_PRIORITY: 0.4}, 0.6),  # four tenths of all that is left
        ({"in_korea": 1}, {KOREAN_HOME_PRIORITY: 1.0}, 0.0),
        ({"in_korea": 1}, {KOREAN_HOME_PRIORITY: 0.1}, 0.8),  # nine tenths are enough for what is promised
        ({"american": 1}, {US_HOME_BUILD_UP: 0.25}, 0.5),  # a quarter of all: half of the other half
        ({"european": 1}, {US_HOME_BUILD_UP: 0.25}, 0.8),  # another's home army
    ],
)
def test_the_home_army_may_claim_reserved_slots(fields, lever, output):
    assert reserved(0.8, lever, **fields) == pytest.approx(output)


@pytest.mark.parametrize("demand", [0.5, 1.0, 1.5, 2.0])
def test_however_much_other_customers_want_they_get_no_reserved_slots(demand):
    usual = max(0.05, 1.0 - 0.5 * demand)
    assert reserved(0.8, {REST_OF_WORLD_DEMAND: demand}) == pytest.approx(max(usual, 0.8))
