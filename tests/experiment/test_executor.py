"""Tasks: every replication of every scenario once, in pieces that fit."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.experiment.executor import Asked, Threads, carry_out, deal
from sim.policy.scenario import load_scenario

ASKED = Asked(1, "evidence")


@given(scenarios=st.integers(0, 30), replications=st.integers(1, 60), size=st.integers(1, 25))
def test_every_replication_is_dealt_once_in_order_and_no_task_is_too_long(scenarios, replications, size):
    rows = list(range(scenarios))
    tasks = deal(rows, replications, size, ASKED)
    dealt = [
        (piece.scenario, at)
        for task in tasks
        for piece in task.pieces
        for at in range(piece.first, piece.last)
    ]
    assert dealt == [(row, at) for row in rows for at in range(replications)]
    assert all(0 < task.replications <= size for task in tasks)
    assert all(piece.row == piece.scenario for task in tasks for piece in task.pieces)
    assert sum(task.replications for task in tasks) == scenarios * replications


def test_short_scenarios_share_a_task_and_long_ones_are_cut():
    assert [task.replications for task in deal([0, 1, 2, 3, 4], 4, 10, ASKED)] == [8, 8, 4]
    assert [task.replications for task in deal([0], 25, 10, ASKED)] == [10, 10, 5]


@pytest.mark.parametrize("threads", [1, 2])
def test_after_an_error_of_the_caller_no_task_is_left_running(threads):
    tasks = deal([load_scenario("baseline")], 200, 10, ASKED)
    before = threading.active_count()

    def take(piece, answer):
        raise RuntimeError("enough")

    with pytest.raises(RuntimeError, match="enough"):
        carry_out(Threads(threads), tasks, take, None, None)
    assert threading.active_count() == before


def test_a_thread_count_may_be_given():
    assert Threads(3).threads == 3
    assert Threads().threads >= 1
