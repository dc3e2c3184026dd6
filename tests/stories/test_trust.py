"""A story: a first delivery is overdue; its buyer remembers most, the others a little, and all forget slowly.

Distrust starts at 0.2 everywhere. Two months late are nobody's business; each further month takes from
the victim a tenth of the trust that is left and from all, the victim too, half a tenth.
"""

import pytest

from sim.model.lever_rows import EUROPEAN_LICENCE_RELEASE, OUTPUT_FIRST, US_LICENCE_RELEASE
from sim.model.schedule import reputations_fade, states_forgive, states_learn
from sim.model.stages.worth import distrust
from tests.worlds import book_contract, run, set_lever, small_state

VICTIM, OTHER, MAKER = 0, 1, 2  # the maker's own state is the last, and its government is authority 1


def world(recovery=0.0, line=None, roster=({}, {}, {"authority": 1}), victim=VICTIM):
    """Three states; the victim was promised the first unit in month 0, and the plant stands still."""
    state = small_state(
        buyers=roster, lines=({"authority": 1, **(line or {})},), rules={"trust_recovery": recovery}
    )
    set_lever(state, OUTPUT_FIRST, 0.0)
    book_contract(state, buyer=victim, line=0, quantity=2.0, first_due=0, last_due=1)
    return state


def live(state, first, last):
    """Plants, deliveries and memories, month by month."""
    for _ in run(state, first, last):
        reputations_fade(state)
        states_forgive(state)
        states_learn(state)


def hear(state):
    """What happened last month is heard by all."""
    state.clock["month"] += 1
    reputations_fade(state)


def felt(state, buyer, authority=1):
    """The distrust of a state towards a government."""
    return float(distrust(buyer, authority, state))


def test_two_months_late_are_not_held_against_anyone():
    state = world()
    live(state, 0, 2)
    assert [felt(state, buyer) for buyer in (VICTIM, OTHER)] == pytest.approx([0.2, 0.2])


def test_the_third_month_moves_the_victim_three_times_as_far_as_the_other():
    # Trust of 0.8: the other keeps 0.95 of it, the victim 0.9 of that as well.
    state = world()
    live(state, 0, 3)
    assert felt(state, OTHER) == pytest.approx(0.2)
    assert felt(state, VICTIM) == pytest.approx(0.28)  # 1 - 0.8 x 0.9, before the others have heard
    hear(state)
    assert felt(state, OTHER) == pytest.approx(0.24)  # 1 - 0.8 x 0.95
    assert felt(state, VICTIM) == pytest.approx(0.316)  # 1 - 0.8 x 0.95 x 0.9


def test_a_fourth_month_adds_to_what_is_remembered():
    state = world()
    live(state, 0, 4)
    hear(state)
    assert felt(state, OTHER) == pytest.approx(0.278)  # 1 - 0.8 x 0.95^2
    assert felt(state, VICTIM) == pytest.approx(0.41518)  # 1 - 0.722 x 0.9^2


def test_other_authorities_are_not_blamed():
    state = world()
    live(state, 0, 12)
    for authority in (0, 2):
        assert felt(state, VICTIM, authority) == pytest.approx(0.2)


def test_after_the_first_delivery_trust_returns_a_quarter_of_the_way_a_month_quarter_by_quarter():
    state = world()
    live(state, 0, 3)
    set_lever(state, OUTPUT_FIRST, 1.0)
    state.rules["trust_recovery"] = 0.25
    live(state, 4, 5)
    assert felt(state, OTHER) == pytest.approx(0.24)
    live(state, 6, 6)
    # After three months 0.75^3 = 0.421875 of what was lost is still lost: of 0.05 and of 0.1.
    assert felt(state, OTHER) == pytest.approx(1.0 - 0.8 * 0.97890625)
    assert felt(state, VICTIM) == pytest.approx(1.0 - 0.8 * 0.97890625 * 0.9578125)


def test_in_the_end_all_is_as_at_the_start():
    state = world()
    live(state, 0, 9)
    assert felt(state, VICTIM) > 0.5
    set_lever(state, OUTPUT_FIRST, 1.0)
    state.rules["trust_recovery"] = 0.25
    live(state, 10, 80)
    assert felt(state, VICTIM) == pytest.approx(0.2, abs=1e-6)


def test_a_state_does_not_hold_its_own_governments_delay_against_it():
    state = world(roster=({"authority": 1}, {}, {}))
    live(state, 0, 12)
    assert felt(state, 0) == 0.0
    assert felt(state, 1) == pytest.approx(0.2)


def test_what_is_remembered_does_not_depend_on_the_roster():
    first = world()
    last = world(roster=({}, {"authority": 1}, {}), victim=2)
    for state in (first, last):
        live(state, 0, 6)
    assert felt(first, OTHER) == felt(last, 0)
    assert felt(first, VICTIM) == felt(last, 2)
    assert felt(first, MAKER) == felt(last, 1) == 0.0


def held(line, lever):
    """A plant that works, and a licence withheld from month 0 on."""
    state = world(line=line)
    state.clock["usa"] = 0
    set_lever(state, OUTPUT_FIRST, 1.0)
    set_lever(state, lever, 0.0)
    live(state, 0, 3)
    hear(state)
    return [felt(state, VICTIM, authority) for authority in range(3)]


def test_who_withholds_a_licence_is_blamed_and_not_the_maker():
    assert held({"us_part": 1}, US_LICENCE_RELEASE) == pytest.approx([0.316, 0.2, 0.2])
    assert held({"part_holder": 2}, EUROPEAN_LICENCE_RELEASE) == pytest.approx([0.2, 0.2, 0.316])


def test_a_plant_that_falls_behind_later_is_not_remembered_once_it_delivers():
    state = world()
    set_lever(state, OUTPUT_FIRST, 1.0)
    live(state, 0, 0)
    set_lever(state, OUTPUT_FIRST, 0.0)
    live(state, 1, 9)
    assert felt(state, VICTIM) == pytest.approx(0.2)
