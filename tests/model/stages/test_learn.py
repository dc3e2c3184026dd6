"""Stage 11: what is remembered, by whom, and how it is forgotten by the quarter."""

import pytest

from sim.model.stages.learn import fade, forgive, learn
from tests.worlds import small_state


def test_what_everybody_heard_fades_each_quarter():
    # 0.6 lost; after three months at a quarter a month 0.75^3 of it is left: 0.253125
    state = small_state()
    state.standing[1] = 0.4
    for month in (1, 2):
        state.clock["month"] = month
        fade(state)
        assert state.standing[1] == 0.4
    state.clock["month"] = 3
    fade(state)
    assert state.standing.tolist() == pytest.approx([1.0, 0.746875, 1.0])


def test_a_state_forgives_for_itself_alone():
    state = small_state(buyers=({}, {}))
    state.memory[:, 2] = 0.4
    forgive(1, state)
    assert state.memory[:, 2].tolist() == pytest.approx([0.4, 0.746875])


def test_two_months_of_delay_are_remembered_by_the_victim_and_a_little_by_all():
    # 0.9^2 for the victim; half the step, 0.95^2, for everybody's standing
    state = small_state(buyers=({}, {}))
    state.late[0, 1], state.buyers["late"][0] = 2.0, 1
    state.clock["month"] = 1
    learn(0, state)
    learn(1, state)
    assert state.memory[:, 1].tolist() == pytest.approx([0.81, 1.0])
    assert state.standing.tolist() == [1.0, 1.0, 1.0]
    fade(state)  # a month later everybody has heard
    assert state.standing.tolist() == pytest.approx([1.0, 0.9025, 1.0])
    fade(state)
    assert state.standing[1] == pytest.approx(0.9025)


def test_however_many_were_let_down_others_hear_of_the_longest_delay_once():
    state = small_state(buyers=({}, {}))
    state.late[:, 1], state.buyers["late"] = (1.0, 2.0), 1
    state.clock["month"] = 1
    for buyer in (0, 1):
        learn(buyer, state)
    fade(state)
    assert state.memory[:, 1].tolist() == pytest.approx([0.9, 0.81])
    assert state.standing[1] == pytest.approx(0.9025)


def test_what_is_remembered_once_is_not_remembered_again():
    state = small_state()
    state.late[0, 1], state.buyers["late"][0] = 1.0, 1
    learn(0, state)
    learn(0, state)
    assert state.memory[0, 1] == pytest.approx(0.9)
    assert (state.late[0, 1], state.buyers["late"][0]) == (0.0, 0)
