"""A story: a line makes one a month and owes A two years of it; then B asks for six.

The plant makes 12 a year. A has 24 on order, one a month in months 0 to 23. B's offer needs two months
of consent and six of building, so an empty plant could begin to deliver in month 8.
"""

import pytest

from sim.model.lever_rows import OUTPUT_FIRST
from sim.model.stages.offer import offer
from sim.model.stages.sign import sign
from tests.worlds import book_contract, call_tender, run, set_lever, small_state

A, B = 0, 1


def world(**changes):
    """One line, two buyers; A's 24 are in the books."""
    state = small_state(
        buyers=({}, {}), authorities=({"member": 1},), lines=(changes.pop("line", {}),), **changes
    )
    book_contract(state, buyer=A, line=0, quantity=24.0, first_due=0, last_due=23)
    return state


def asked(state, quantity=6.0):
    """B's tender is answered; return the offer as a dict."""
    call_tender(state, B, quantity=quantity)
    offer(0, state)
    answer = state.offers[0, 0]
    return {name: answer[name].item() for name in answer.dtype.names}


def test_b_waits_until_a_is_served():
    # Months 0 to 23 are A's. The first free slot is month 24; six slots are months 24 to 29.
    answer = asked(world())
    assert answer["valid"] == 1
    assert (answer["months"], answer["last"]) == (24.0, 29.0)


def test_the_months_are_put_down_to_consent_queue_and_building():
    # 24 = 2 consent + 16 queue + 6 building
    answer = asked(world())
    assert (answer["process"], answer["finance"], answer["ramp"]) == (2.0, 0.0, 0.0)
    assert (answer["queue"], answer["build"]) == (16.0, 6.0)


def test_without_a_b_would_wait_for_consent_and_building_only():
    state = small_state(buyers=({}, {}), authorities=({"member": 1},))
    answer = asked(state)
    assert (answer["months"], answer["queue"]) == (8.0, 0.0)


def test_a_plant_twice_as_large_has_room_for_both_at_once():
    # Two a month, one of them A's: B's first comes as soon as it can be built.
    assert asked(world(line={"rate_now": 24.0, "rate_planned": 24.0}))["months"] == 8.0


def test_other_customers_push_b_further_back():
    # Half of the output goes elsewhere: half a unit a month. A's 24 fill 48 months of it: one a month is
    # promised until month 23, twelve of them not made by then, and it takes 24 more months to catch up.
    answer = asked(world(line={"outside_share": 0.5}))
    assert answer["months"] == 49.0  # months 48 and 49 make B's first whole unit
    assert answer["last"] == 59.0  # twelve months for six


def test_a_plant_that_is_behind_makes_up_for_it_before_it_serves_b():
    # It stood still for months 0 and 1: two of A's are late and take two of the six slots of months 24 to
    # 29. The other four are spread over that half-year, two thirds a month: B's first whole unit is ready
    # after two of them, in month 25; the last two are made in months 30 and 31. B asks in month 2.
    state = world()
    set_lever(state, OUTPUT_FIRST, 0.0)
    for _ in run(state, 0, 1):
        pass
    set_lever(state, OUTPUT_FIRST, 1.0)
    state.clock["month"] = 2
    answer = asked(state)
    assert (answer["months"], answer["last"]) == (23.0, 29.0)


def test_the_price_rises_with_the_book():
    # 24 on order are two years of output; the line aims at one and a half: a third too many.
    # 20 % x 1/3 on a platform of 10 is 0.667; support 2 and munitions 1 are not scarce.
    answer = asked(world(rules={"invest_cover_target": 1.5}))
    assert answer["price"] == pytest.approx(13.0 + 2.0 / 3.0)


def test_a_book_within_its_target_asks_the_base_price():
    assert asked(world(rules={"invest_cover_target": 2.0}))["price"] == pytest.approx(13.0)


def test_what_was_promised_is_what_comes():
    state = world()
    asked(state)
    state.pairs["chosen"][B] = 0
    sign(B, state)
    assert state.lines["backlog"][0] == 30.0
    handed = [tuple(state.pairs["stock"].tolist()) for _ in run(state, 0, 29)]
    assert handed[0] == (1.0, 0.0)
    assert handed[23] == (24.0, 0.0)
    assert handed[24] == (24.0, 1.0)
    assert handed[29] == (24.0, 6.0)
    contract = state.contracts[1]
    assert (contract["first_month"], contract["last_month"]) == (24, 29)
    assert state.lines["backlog"][0] == 0.0


def test_c_who_asks_after_b_waits_behind_both():
    state = small_state(buyers=({}, {}, {}), authorities=({"member": 1},))
    book_contract(state, buyer=A, line=0, quantity=24.0, first_due=0, last_due=23)
    book_contract(state, buyer=B, line=0, quantity=6.0, first_due=24, last_due=29)
    call_tender(state, 2, quantity=3.0)
    offer(0, state)
    assert (state.offers["months"][0, 0], state.offers["last"][0, 0]) == (30.0, 32.0)


def test_units_come_in_batches_of_a_quarters_work_after_the_first():
    # One a month from month 0: the first alone, then three at a time, the last two together.
    state = small_state(rules={"produce_batch_months": 3.0})
    book_contract(state, buyer=A, line=0, quantity=12.0, first_due=0, last_due=11)
    stock = [float(state.pairs["stock"][0]) for _ in run(state, 0, 11)]
    assert stock == [1.0, 1.0, 1.0, 4.0, 4.0, 4.0, 7.0, 7.0, 7.0, 10.0, 10.0, 12.0]
