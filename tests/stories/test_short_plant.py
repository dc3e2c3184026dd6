"""A story: a plant makes half of what its plan asks for, and everything behind it moves.

The home army and an ally are each due one a month in months 0 to 5, a third state one a month in months 6
to 11. The plant is built for two a month; its output is halved.
"""

import pytest

from sim.model.lever_rows import EUROPEAN_HOME_PRIORITY, OUTPUT_FIRST, US_HOME_BUILD_UP
from sim.model.state import EXPORT, HOME
from tests.worlds import book_contract, number, run, set_lever, small_state

ARMY, ALLY, THIRD = 0, 1, 2
LATER = ("months_supply", "months_priority")


def story(last, priority=0.0, output=0.5, line=None, lever=EUROPEAN_HOME_PRIORITY, until=99):
    """Stocks of the three at the end of each month."""
    plant = {"rate_now": 24.0, "rate_planned": 24.0, "european": 1, "home": 0b001, **(line or {})}
    state = small_state(buyers=({}, {}, {}), lines=(plant,))
    set_lever(state, lever, priority)
    for buyer, first in ((ARMY, 0), (ALLY, 0), (THIRD, 6)):
        book_contract(state, buyer=buyer, line=0, quantity=6.0, first_due=first, last_due=first + 5)
    seen = []
    for month in range(last + 1):
        set_lever(state, OUTPUT_FIRST, output if month < until else 1.0)
        for _ in run(state, month, month):
            seen.append(tuple(state.pairs["stock"].tolist()))
    return state, seen


def causes(state, contract):
    """Months of waiting after the promise: plant, others first."""
    return tuple(number(state.contracts, contract, name) for name in LATER)


def test_with_full_output_all_come_as_promised():
    _, seen = story(11, output=1.0)
    assert seen[5] == (6.0, 6.0, 0.0)
    assert seen[11] == (6.0, 6.0, 6.0)


def test_without_priority_both_lanes_get_half():
    # One a month for two that are due: half a unit each.
    _, seen = story(5)
    assert [stocks[ARMY] for stocks in seen] == [0.0, 1.0, 1.0, 2.0, 2.0, 3.0]
    assert [stocks[ALLY] for stocks in seen] == [0.0, 1.0, 1.0, 2.0, 2.0, 3.0]


def test_the_third_waits_though_its_own_slots_would_be_free():
    # By month 5 each lane lacks three. From month 6 on home is due nothing new and export one a month, and
    # the plant makes one, shared by what is due: home 3, export 4, so 3/7 and 4/7; and so on. The export
    # lane has promised twelve by month 11; the third's first unit is the seventh.
    state, seen = story(30)
    assert state.lanes["promised"][0].tolist() == pytest.approx([6.0, 12.0])
    first = int(state.contracts["first_month"][2])
    assert first == next(month for month, stocks in enumerate(seen) if stocks[THIRD] >= 1.0)
    assert first == 11  # 3 + 4/7 + ... = 7 units of the export lane; worked out month by month below
    assert causes(state, THIRD) == (first - 6.0, 0.0)
    assert seen[17] == (6.0, 6.0, 6.0)  # 18 units at one a month


def test_the_lanes_of_the_third_months_are_shared_by_what_is_due():
    # 3 and 4 are due in month 6: 3/7 and 4/7 of one are made; 18/7 and 31/7 are due in month 7, and so on.
    state, _ = story(5)
    home, export, made = 3.0, 3.0, 3.0
    for month in range(6, 12):
        export += 1.0
        part = export / (home + export)
        home, export, made = home - (1.0 - part), export - part, made + part
        for _ in run(state, month, month):
            assert number(state.lanes[0], EXPORT, "produced") == pytest.approx(made)
            assert number(state.lanes[0], HOME, "produced") == pytest.approx(6.0 - home)
    assert made >= 7.0 > made - part


def test_a_plant_behind_its_plan_moves_every_contract_of_the_lane():
    # All three are abroad, on one lane. Nothing is made in months 0 to 2, then two a month: what was due
    # until month 5 is made until month 8. The third's six follow two a month, in months 9, 10 and 11: its
    # own slots, one a month from month 6 on, were lost to those before it, though it was late by no fault.
    state, seen = story(11, output=0.0, until=3, line={"home": 0})
    assert state.contracts["first_month"][:3].tolist() == [3, 3, 9]
    assert state.contracts["last_month"][:3].tolist() == [8, 8, 11]
    assert [stocks[THIRD] for stocks in seen[8:]] == [0.0, 2.0, 4.0, 6.0]
    assert [causes(state, contract) for contract in range(3)] == [(3.0, 0.0)] * 3


def test_a_plant_that_makes_up_for_lost_time_is_on_plan_again():
    # Nothing in months 0 and 1; four a month afterwards: what is late is made within two months.
    state, seen = story(5, output=0.0, until=2, line={"rate_now": 48.0, "rate_planned": 48.0})
    assert seen[2] == (2.0, 2.0, 0.0)
    assert seen[3] == (4.0, 4.0, 0.0)
    assert seen[5] == (6.0, 6.0, 0.0)
    assert state.lanes["behind"][0].tolist() == [0, 0]


def test_with_full_priority_the_army_is_served_first():
    # The army's one a month takes all that is made; the ally gets nothing until month 6.
    state, seen = story(18, priority=1.0)
    assert seen[5] == (6.0, 0.0, 0.0)
    assert seen[11] == (6.0, 6.0, 0.0)
    assert seen[17] == (6.0, 6.0, 6.0)
    assert causes(state, ARMY) == (0.0, 0.0)


def test_who_comes_second_waits_for_that_reason_while_the_army_is_due():
    # First unit in month 6: months 0 to 5 are put down to others being served first.
    state, _ = story(18, priority=1.0)
    assert state.contracts["first_month"][ALLY] == 6
    assert sum(causes(state, ALLY)) == 6.0
    assert causes(state, ALLY)[1] >= 5.0


def test_half_a_priority_lies_half_way_between_fair_and_first():
    # Month 0: one of two due; fairly 0.5, first 1: 0.75. Month 1: 1.25 and 1.75 are due; fairly 5/12,
    # first 1: 17/24.
    state, _ = story(0, priority=0.5)
    assert number(state.lanes[0], HOME, "produced") == pytest.approx(0.75)
    assert number(state.lanes[0], EXPORT, "produced") == pytest.approx(0.25)
    for _ in run(state, 1, 1):
        assert number(state.lanes[0], HOME, "produced") == pytest.approx(0.75 + 17.0 / 24.0)


def test_washingtons_build_up_serves_us_forces_first():
    # A full build-up at home also takes up to the limit of 95 % of output: a tenth of a unit a month is
    # left for the 32 states, and all of it goes to US forces.
    line = {"european": 0, "american": 1}
    state, _ = story(5, priority=1.0, output=1.0, line=line, lever=US_HOME_BUILD_UP)
    assert number(state.lanes[0], HOME, "produced") == pytest.approx(0.6)
    assert number(state.lanes[0], EXPORT, "produced") == 0.0
