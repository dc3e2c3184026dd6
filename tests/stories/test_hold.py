"""A story: six units are due one a month from month 0, and something keeps the first from coming.

Every month of waiting after the promise has one cause: usual lateness, a plant that makes too little,
others served first, or an authority that withholds.
"""

import pytest

from sim.model.lever_rows import (
    EUROPEAN_LICENCE_RELEASE,
    KOREAN_DELIVERY_RELEASE,
    KOREAN_HOME_PRIORITY,
    OUTPUT_FIRST,
    US_DELIVERY_RELEASE,
    US_LICENCE_RELEASE,
)
from sim.model.randomness import HOLD, uniform
from tests.worlds import book_contract, run, set_lever, small_state

AMERICAN = {"american": 1}
LATER = ("months_residual", "months_supply", "months_priority", "months_licence")


def story(months, line=None, lever=None, until=0, value=0.0, slip=0, buyer=None, after=1.0):
    """Run some months; until month `until` a lever stands at `value`. Return the state and deliveries."""
    state = small_state(lines=(line or {},), buyers=(buyer or {},))
    book_contract(state, buyer=0, line=0, quantity=6.0, first_due=0, last_due=5, slip=slip)
    handed, before = [], 0.0
    for month in range(months):
        if lever is not None:
            set_lever(state, lever, value if month < until else after)
        for _ in run(state, month, month):
            handed.append(float(state.pairs["stock"][0]) - before)
            before = float(state.pairs["stock"][0])
    return state, handed


def causes(state):
    """Months of waiting of the contract put down to lateness, plant, others first, and hold."""
    return tuple(float(state.contracts[name][0]) for name in LATER)


def test_with_nothing_in_the_way_one_comes_each_month():
    state, handed = story(7)
    assert handed == [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0]
    assert causes(state) == (0.0, 0.0, 0.0, 0.0)


def test_withheld_deliveries_pile_up_and_come_at_once_when_the_hold_ends():
    # Months 0 to 3 withheld: four wait; month 4 brings them with the fifth.
    state, handed = story(7, AMERICAN, US_DELIVERY_RELEASE, until=4)
    assert handed == [0.0, 0.0, 0.0, 0.0, 5.0, 1.0, 0.0]
    assert causes(state) == (0.0, 0.0, 0.0, 4.0)
    assert state.contracts["first_month"][0] == 4


def test_while_deliveries_are_withheld_the_plant_goes_on_and_nothing_more_is_paid():
    state, _ = story(4, AMERICAN, US_DELIVERY_RELEASE, until=4)
    assert state.contracts["seen"][0] == pytest.approx(4.0)
    assert state.lines["produced"][0] == pytest.approx(4.0)
    assert state.contracts["delivered"][0] == 0.0
    assert state.lines["backlog"][0] == 6.0
    assert state.buyers["paid"][0] == 0.0


def test_washingtons_hold_on_deliveries_does_not_touch_other_makers():
    _, handed = story(3, {"european": 1}, US_DELIVERY_RELEASE, until=3)
    assert handed == [1.0, 1.0, 1.0]


def test_other_makers_with_us_parts_wait_for_the_licence():
    state, handed = story(4, {"korean": 1, "us_part": 1}, US_LICENCE_RELEASE, until=2)
    assert handed == [0.0, 0.0, 3.0, 1.0]
    assert causes(state) == (0.0, 0.0, 0.0, 2.0)


def test_makers_with_european_parts_wait_for_the_state_that_licenses_them():
    state, handed = story(4, {"korean": 1, "part_holder": 2}, EUROPEAN_LICENCE_RELEASE, until=2)
    assert handed == [0.0, 0.0, 3.0, 1.0]
    assert causes(state) == (0.0, 0.0, 0.0, 2.0)


def test_no_state_withholds_its_own_parts_from_itself():
    line = {"korean": 1, "part_holder": 2}
    _, handed = story(3, line, EUROPEAN_LICENCE_RELEASE, until=3, buyer={"authority": 2})
    assert handed == [1.0, 1.0, 1.0]


def test_seoul_in_a_crisis_can_withhold_what_is_finished():
    state, handed = story(4, {"korean": 1}, KOREAN_DELIVERY_RELEASE, until=2)
    assert handed == [0.0, 0.0, 3.0, 1.0]
    assert causes(state) == (0.0, 0.0, 0.0, 2.0)


def test_washington_does_not_withhold_from_its_own_forces():
    _, handed = story(3, {"american": 1, "home": 1}, US_DELIVERY_RELEASE, until=3)
    assert handed == [1.0, 1.0, 1.0]


def place_in_line(line):
    """Where the order of the story stands among all orders: with less than this let go, it is held."""
    state = small_state(lines=(line,), buyers=({},))
    book_contract(state, buyer=0, line=0, quantity=6.0, first_due=0, last_due=5)
    names = (state.buyers["key"][0], state.lines["key"][0])
    return uniform(state.clock["stream"][0], HOLD, *names, int(state.contracts["signed"][0]))


def test_where_a_part_is_released_an_order_leaves_whole_or_waits_whole():
    place = place_in_line(AMERICAN)
    assert 0.0 < place < 1.0
    _, handed = story(3, AMERICAN, US_DELIVERY_RELEASE, until=9, value=place + 0.001)
    assert handed == [1.0, 1.0, 1.0]
    state, handed = story(4, AMERICAN, US_DELIVERY_RELEASE, until=9, value=place - 0.001)
    assert handed == [0.0, 0.0, 0.0, 0.0]
    assert causes(state) == (0.0, 0.0, 0.0, 4.0)


def test_what_an_earlier_hold_kept_comes_when_a_milder_one_lets_the_order_go():
    place = place_in_line(AMERICAN)
    _, handed = story(4, AMERICAN, US_DELIVERY_RELEASE, until=2, value=0.0, after=place + 0.001)
    assert handed == [0.0, 0.0, 3.0, 1.0]


def test_the_least_that_is_released_counts_where_two_could_withhold():
    line = {"korean": 1, "us_part": 1}
    place = place_in_line(line)
    state, handed = story(1, line, US_LICENCE_RELEASE, until=9, value=place + 0.001)
    assert handed == [1.0]
    set_lever(state, KOREAN_DELIVERY_RELEASE, place - 0.001)
    for _ in run(state, 1, 2):
        assert state.contracts["delivered"][0] == 1.0


def test_usual_lateness_moves_the_whole_plan():
    state, handed = story(9, slip=2)
    assert handed == [0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0]
    assert causes(state) == (2.0, 0.0, 0.0, 0.0)


def test_a_plant_that_stands_still_is_the_cause_of_its_months():
    # Nothing is made in months 0 to 2; then one a month: the rest of the plan stays three months behind.
    state, handed = story(10, lever=OUTPUT_FIRST, until=3)
    assert handed == [0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0]
    assert causes(state) == (0.0, 3.0, 0.0, 0.0)


def test_a_plant_that_serves_its_army_first_makes_others_wait_for_that_reason():
    # All slots are held for the home army in months 0 to 2.
    line = {"korean": 1, "in_korea": 1}
    state, handed = story(10, line, KOREAN_HOME_PRIORITY, until=3, value=1.0, after=0.0)
    assert handed == [0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0]
    assert causes(state) == (0.0, 0.0, 3.0, 0.0)


def test_causes_add_up_to_the_months_late():
    # Late by two months as usual; then still withheld for two: month 4 is the first.
    state, handed = story(8, AMERICAN, US_DELIVERY_RELEASE, until=4, slip=2)
    assert causes(state) == (2.0, 0.0, 0.0, 2.0)
    assert state.contracts["first_month"][0] - state.contracts["first_due"][0] == sum(causes(state))
    assert handed == [0.0, 0.0, 0.0, 0.0, 3.0, 1.0, 1.0, 1.0]


def test_after_the_first_delivery_no_month_is_counted():
    state = small_state(lines=(AMERICAN,))
    book_contract(state, buyer=0, line=0, quantity=6.0, first_due=0, last_due=5)
    for month in range(4):
        set_lever(state, US_DELIVERY_RELEASE, 1.0 if month == 0 else 0.0)
        for _ in run(state, month, month):
            pass
    assert causes(state) == (0.0, 0.0, 0.0, 0.0)
    assert state.pairs["stock"][0] == 1.0
