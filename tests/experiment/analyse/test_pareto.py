"""Fronts by hand, a known front found by the search, and points that cannot change it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.experiment.analyse.pareto import (
    average,
    children,
    clearly_beaten,
    coarse_front,
    front,
    knee,
    ranks,
    search,
    spread,
)

# Five points of two goals: (1, 5), (2, 2) and (5, 1) beat the others; (2, 2) stands twice.
BY_HAND = np.array([[1.0, 5.0], [2.0, 2.0], [5.0, 1.0], [3.0, 3.0], [2.0, 2.0], [4.0, 5.0]])


def test_the_front_by_hand():
    assert front(BY_HAND).tolist() == [True, True, True, False, True, False]
    assert ranks(BY_HAND).tolist() == [0, 0, 0, 1, 0, 2]
    assert knee(BY_HAND, front(BY_HAND)) == 1


def test_points_without_a_figure_are_nowhere():
    losses = np.vstack([BY_HAND, [np.nan, 0.0]])
    assert front(losses).tolist() == [*front(BY_HAND).tolist(), False]
    assert ranks(losses)[-1] == -1


@given(arrays(float, (12, 3), elements=st.floats(-10, 10)))
def test_none_of_the_front_is_beaten_and_all_others_are(losses):
    found = front(losses)
    assert found.any()
    for row, on in enumerate(found):
        beats = (losses <= losses[row]).all(axis=1) & (losses < losses[row]).any(axis=1)
        assert on == (not beats.any())
    assert np.array_equal(ranks(losses) == 0, found)


@given(arrays(float, (10, 2), elements=st.floats(-10, 10)), st.integers(0, 9))
def test_adding_a_beaten_point_changes_nothing(losses, row):
    more = np.vstack([losses, losses[row] + 1.0])
    assert np.array_equal(front(more)[:10], front(losses))
    assert not front(more)[10]
    assert knee(more, front(more)) == knee(losses, front(losses))


def test_differences_within_a_step_count_as_none():
    losses = np.array([[1.0, 5.0], [1.001, 4.9], [2.0, 2.0], [2.0005, 2.0], [1.9995, 3.9]])
    assert front(losses).sum() == 4
    found = coarse_front(losses, np.array([0.5, 0.5]))
    assert np.flatnonzero(found).tolist() == [1, 2, 4]
    assert coarse_front(losses, np.array([10.0, 10.0])).sum() == 1


def test_some_points_stand_for_the_front():
    across = np.linspace(0.0, 1.0, 101)
    losses = np.column_stack([across, (1.0 - across) ** 2])
    shown = spread(losses, front(losses), 6)
    assert len(shown) == 6
    assert {0, 100, knee(losses, front(losses))} <= set(shown)
    assert min(np.diff(sorted(shown))) >= 8
    assert spread(np.ones((3, 2)), front(np.ones((3, 2))), 6) == [0]


def test_what_the_replications_cannot_tell_apart_is_practically_on_the_front():
    losses = np.zeros((3, 4, 2))
    losses[1, :, 0] = [1.0, -0.9, 1.0, -0.9]  # worse on average, but who knows
    losses[2, :, 0] = [1.0, 1.1, 1.0, 1.1]
    of = front(average(losses))
    assert of.tolist() == [True, False, False]
    assert clearly_beaten(losses, of).tolist() == [False, False, True]
    losses[2, :, 1] = -5.0  # better in the other goal: not beaten, on the front itself
    assert front(average(losses)).tolist() == [True, False, True]


def test_children_stay_within_and_near_their_parents():
    parents = np.array([[0.2, 0.8], [0.6, 0.4]])
    found = children(parents, 64, 0.1, 0)
    assert found.shape == (64, 2)
    assert (np.abs(found[:, :, None] - parents.T[None]).min(axis=2) <= 0.1).all()
    edge = children(np.array([[0.0, 1.0], [0.0, 1.0]]), 64, 0.5, 0)
    assert edge.min() == 0.0
    assert edge.max() == 1.0


def zdt1(points):
    """ZDT1 (Zitzler, Deb and Thiele 2000): its front is f2 = 1 - sqrt(f1), all other levers at 0."""
    first = points[:, 0]
    rest = 1.0 + 9.0 * points[:, 1:].mean(axis=1)
    return np.stack([first, rest * (1.0 - np.sqrt(first / rest))], axis=-1)[:, None, :]


def test_the_search_finds_a_known_front():
    start = np.full((1, 5), 0.5)
    points, losses = search(zdt1, start, 64, rounds=6)
    assert len(points) == 1 + 64 + 6 * 32
    assert np.array_equal(points[:1], start)
    means = average(losses)
    of = front(means)
    beyond = means[of, 1] - (1.0 - np.sqrt(means[of, 0]))
    assert beyond.min() >= -1e-12
    assert np.median(beyond) < 0.1
    spread_only = average(zdt1(points[1:65]))
    before = spread_only[front(spread_only)]
    assert np.median(before[:, 1] - (1.0 - np.sqrt(before[:, 0]))) > 10 * np.median(beyond)
    assert means[of, 0].max() - means[of, 0].min() > 0.6


def test_the_search_is_the_same_each_time():
    one, two = (search(zdt1, np.full((1, 3), 0.5), 16, rounds=2) for _ in range(2))
    assert np.array_equal(one[0], two[0])
    assert np.array_equal(one[1], two[1])
