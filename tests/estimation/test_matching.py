"""History matching on a simulator whose truth is known: what is kept, ruled out, regressed and weighed."""

import numpy as np
import pytest

from sim.estimation import matching
from sim.estimation.matching import Targets, Wave

TRUTH = np.array([0.3, 0.7])
CHANCE = 0.02 * np.array([-1.0, -0.5, 0.0, 0.5, 1.0])  # the same five draws at every point


def simulator(point):
    """Three quadratic outputs of two facts, each a little different in five replications."""
    one, two = point
    return np.column_stack([one + two**2 + CHANCE, one * two + CHANCE[::-1], 2 * one - two + CHANCE])


def targets(observed, error=0.03, discrepancy=0.02, common=0.0, matched=(True, True, True)):
    every = np.ones(len(observed))
    return Targets(
        np.asarray(observed, float), error * every, discrepancy * every, common * every, np.array(matched)
    )


@pytest.fixture(scope="module")
def found():
    return matching.match(simulator, targets(simulator(TRUTH).mean(axis=0)), 2, 32, emulated_points=1024)


def test_the_true_point_is_kept_and_far_points_are_ruled_out():
    aims = targets(simulator(TRUTH).mean(axis=0))
    points = np.array([TRUTH, [0.9, 0.1], [0.0, 0.0]])
    wave = Wave(points, np.array([simulator(one) for one in points]))
    assert matching.implausible(wave, aims)[0] == pytest.approx(0.0, abs=1e-9)
    assert list(matching.deciding(matching.implausible(wave, aims), aims) <= matching.CUT) == [
        True,
        False,
        False,
    ]


def test_what_is_left_lies_around_the_truth(found):
    inside = found.cube[found.left]
    assert 0 < found.left.mean() < 0.5
    assert (inside.min(axis=0) < TRUTH).all()
    assert (inside.max(axis=0) > TRUTH).all()
    assert found.weights @ found.cube == pytest.approx(TRUTH, abs=0.03)
    assert found.again_left.all()
    assert len(found.again.points) == 8
    assert matching.effective(found.weights) < found.left.mean()


def test_the_regression_is_exact_on_a_quadratic(found):
    assert found.known.residual == pytest.approx(np.zeros(3), abs=1e-20)
    assert found.known.explained == pytest.approx(np.ones(3))
    assert found.known.mean(TRUTH[None])[0] == pytest.approx(simulator(TRUTH).mean(axis=0))
    assert found.known.slopes(2)[:, 2] == pytest.approx([2.0, -1.0])


def test_the_regression_says_how_far_it_is_off_where_the_model_is_no_quadratic():
    points = matching.design(64, 1)
    wave = Wave(points, np.sin(9.0 * points)[:, None, :])
    known = matching.emulator(wave)
    off = wave.mean - known.mean(points)
    assert known.explained[0] < 0.9
    assert known.residual[0] == pytest.approx(float((off**2).sum()) / (64 - 3))
    assert (known.variance(points) > known.residual).all()


def test_a_wrong_observation_with_no_room_for_error_rules_out_everything():
    aims = targets([9.0, 9.0, 9.0], error=0.0, discrepancy=0.0)
    found = matching.match(simulator, aims, 2, 16, emulated_points=64)
    assert not found.left.any()
    assert not found.first_left.any()
    assert found.weights.sum() == 0.0
    assert matching.effective(found.weights) == 0.0
    assert found.again.points.shape == (0, 2)
    assert found.again.samples.shape == (0, 5, 3)


def test_without_chance_or_error_only_a_perfect_match_is_plausible():
    aims = targets([0.5], error=0.0, discrepancy=0.0, matched=(True,))
    off = matching.implausibility(np.array([[0.5], [0.6], [np.nan]]), np.zeros((3, 1)), aims)
    assert list(off[:, 0]) == [0.0, np.inf, np.inf]


def test_one_bad_aggregate_alone_decides_nothing_and_one_held_out_never():
    found = np.array([[9.0, 1.0, 2.0]])
    assert matching.deciding(found, targets([0, 0, 0])) == 2.0
    assert matching.deciding(found, targets([0, 0, 0], matched=(True, True, False))) == 1.0
    assert matching.deciding(found, targets([0, 0, 0], matched=(True, False, False))) == 9.0


def test_the_implausibility_of_a_point_on_paper():
    wave = Wave(np.zeros((1, 1)), np.array([[[1.0], [3.0]]]))  # mean 2, variance 1, two replications
    aims = targets([5.0], error=1.5, discrepancy=0.5, matched=(True,))
    assert matching.implausible(wave, aims)[0, 0] == pytest.approx(3 / np.sqrt(1.5 + 2.25 + 0.25))


def test_what_was_not_measured_is_left_out_of_means_and_covariance():
    wave = Wave(np.zeros((1, 1)), np.array([[[1.0, np.nan], [3.0, np.nan], [5.0, 7.0]]]))
    assert list(wave.mean[0]) == [3.0, 7.0]
    assert list(wave.variance[0]) == pytest.approx([8 / 3, 0.0])
    assert wave.covariance[0] == pytest.approx([4.0, 0.0])
    assert np.isnan(Wave(wave.points, np.full((1, 3, 1), np.nan)).mean[0, 0])


def test_errors_that_aggregates_share_count_once():
    known = matching.emulator(Wave(matching.design(16, 1), np.zeros((16, 2, 2))))
    mean = np.array([[1.0, 1.0]])  # both a standard deviation above
    matched = (True, True)
    apart = matching.misfit(mean, known, targets([0.0, 0.0], 1.0, 0.0, 0.0, matched))
    shared = matching.misfit(mean, known, targets([0.0, 0.0], 1.0, 0.0, 0.9, matched))
    assert apart[0] == pytest.approx(2.0)
    assert shared[0] == pytest.approx(2.0 / (1.0 + 0.81))


def test_points_are_drawn_as_often_as_they_weigh():
    assert sorted(matching.drawn(np.array([0.5, 0.0, 0.25, 0.25]), 8)) == [0, 0, 0, 0, 2, 2, 3, 3]
    points = matching.design(512, 1)
    drawn = points[matching.drawn(np.ones(512), 8)]
    assert drawn.mean() == pytest.approx(0.5, abs=0.15)  # equal steps would find only the same corner
    assert matching.effective(np.array([0.25, 0.25, 0.25, 0.25])) == 1.0
    assert matching.effective(np.array([1.0, 0.0, 0.0, 0.0])) == 0.25


def test_the_design_is_the_same_every_time_and_goes_on_where_it_ended():
    assert (matching.design(8, 3) == matching.design(8, 3)).all()
    assert (matching.design(4, 3, after=4) == matching.design(8, 3)[4:]).all()
    assert (matching.design(8, 3) > 0).all()


def test_too_few_points_for_a_regression_are_refused():
    with pytest.raises(ValueError, match="3 points are too few for a regression of 6 terms"):
        matching.emulator(Wave(matching.design(3, 2), np.zeros((3, 2, 1))))
    assert matching.fewest(2) > 6


def test_progress_counts_every_point_once():
    seen = []
    matching.match(
        simulator, targets(simulator(TRUTH).mean(axis=0)), 2, 8, emulated_points=64,
        progress=lambda done, total: seen.append((done, total)),
    )  # fmt: skip
    assert seen == [(number, 10) for number in range(1, 11)]
