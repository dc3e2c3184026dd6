"""A story: a first delivery is overdue; its buyer remembers most, the others a little, and all forget slowly.

Distrust starts at 0.2 everywhere. Two months late are nobody's business; each further month takes the
victim a tenth of the way to 1 and the others half a tenth.
"""

import pytest

from sim.model.stages.learn import forgive, learn
from tests.worlds import book_contract, small_state

VICTIM, OTHER, MAKER = 0, 1, 2  # the maker's own state is the last, and its government is authority 1


def world(recovery=0.0):
    """Three states; the victim was promised the first unit in month 0."""
    state = small_state(
        buyers=({}, {}, {"authority": 1}),
        lines=({"authority": 1},),
        rules={"trust_recovery": recovery},
    )
    book_contract(state, buyer=VICTIM, line=0, quantity=2.0, first_due=0, last_due=1)
    return state


def live(state, first, last):
    """All states learn, month by month."""
    for month in range(first, last + 1):
        state.clock["month"] = month
        for buyer in range(3):
            forgive(buyer, state)
        for buyer in range(3):
            learn(buyer, state)


def test_two_months_late_are_not_held_against_anyone():
    state = world()
    live(state, 0, 2)
    assert state.distrust.tolist() == [[0.2] * 3] * 3


def test_the_third_month_moves_the_victim_twice_as_far_as_the_other():
    state = world()
    live(state, 0, 3)
    assert state.distrust[VICTIM, 1] == pytest.approx(0.28)  # 0.2 + 0.1 x 0.8
    assert state.distrust[OTHER, 1] == pytest.approx(0.24)  # 0.2 + 0.05 x 0.8


def test_a_fourth_month_adds_to_what_is_remembered():
    state = world()
    live(state, 0, 4)
    assert state.distrust[VICTIM, 1] == pytest.approx(0.352)  # 0.28 + 0.1 x 0.72
    assert state.distrust[OTHER, 1] == pytest.approx(0.278)  # 0.24 + 0.05 x 0.76


def test_other_authorities_are_not_blamed():
    state = world()
    live(state, 0, 12)
    assert state.distrust[:, 0].tolist() == [0.2] * 3
    assert state.distrust[:, 2].tolist() == [0.2] * 3


def test_after_the_first_delivery_distrust_fades_a_quarter_of_the_way_each_month():
    state = world()
    live(state, 0, 3)
    state.contracts["first_month"][0] = 4
    state.rules["trust_recovery"] = 0.25
    live(state, 4, 5)
    assert state.distrust[VICTIM, 1] == pytest.approx(0.245)  # 0.2 + 0.08 x 0.75^2
    assert state.distrust[OTHER, 1] == pytest.approx(0.2225)  # 0.2 + 0.04 x 0.75^2


def test_in_the_end_all_is_as_at_the_start():
    state = world()
    live(state, 0, 9)
    assert state.distrust[VICTIM, 1] > 0.5
    state.contracts["first_month"][0] = 10
    state.rules["trust_recovery"] = 0.25
    live(state, 10, 60)
    assert state.distrust[VICTIM, 1] == pytest.approx(0.2, abs=1e-6)


def test_a_state_does_not_hold_its_own_governments_delay_against_it():
    state = small_state(buyers=({"authority": 1}, {}), lines=({"authority": 1},))
    book_contract(state, buyer=0, line=0, quantity=2.0, first_due=0, last_due=1)
    state.distrust[0, 1] = 0.0
    for month in range(12):
        state.clock["month"] = month
        forgive(0, state)
        learn(0, state)
    assert state.distrust[0, 1] == 0.0


def test_a_contract_that_is_done_leaves_the_buyers_list():
    state = small_state()
    for first in (0, 10, 20):
        book_contract(state, buyer=0, line=0, quantity=2.0, first_due=first, last_due=first + 1)
    state.contracts["delivered"][1] = 2.0
    state.contracts["first_month"][1] = 10
    forgive(0, state)
    learn(0, state)
    assert state.first_of_buyer[0] == 2
    assert state.contracts["next_of_buyer"][2] == 0
    assert state.contracts["next_of_buyer"][0] == -1
