"""Regret by hand: who stays behind whom, where at worst, and who is practically as good."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sim.experiment.analyse.regret import interval, least_worst, losses, regrets, summary

# Three plans in three futures, two replications each, equal so that intervals are nil: less is better.
#          future 1  2  3      regret 1  2  3
PLANS = [
    [1.0, 5.0, 9.0],  #          0  2  4
    [2.0, 3.0, 7.0],  #          1  0  2
    [4.0, 4.0, 5.0],
]  # fmt: skip   3  1  0
BY_HAND = [[0.0, 2.0, 4.0], [1.0, 0.0, 2.0], [3.0, 1.0, 0.0]]
LOSS = np.repeat(np.array(PLANS)[:, :, None], 2, axis=2)


def test_regret_is_how_far_a_plan_stays_behind_the_best():
    found, best = regrets(LOSS)
    assert found.tolist() == BY_HAND
    assert best.tolist() == [0, 1, 2]


def test_the_summary_by_hand():
    found = summary(LOSS)
    assert [one.worst for one in found] == [4.0, 2.0, 3.0]
    assert [one.worst_in for one in found] == [2, 2, 0]
    assert [one.mean for one in found] == pytest.approx([2.0, 1.0, 4 / 3])
    assert [one.best_in for one in found] == pytest.approx([1 / 3] * 3)
    assert least_worst(found) == (1, ())


def test_more_can_be_better():
    found, best = regrets(losses(LOSS, "more"))
    assert best.tolist() == [2, 0, 0]
    assert found[0].tolist() == [3.0, 0.0, 0.0]


def test_a_future_in_which_a_plan_has_no_figure_does_not_count():
    loss = LOSS.copy()
    loss[0, 2] = np.nan
    found = summary(loss)
    assert [one.worst for one in found] == [2.0, 1.0, 3.0]
    assert np.isnan(regrets(loss)[0][:, 2]).all()
    assert least_worst(summary(np.full((2, 2, 3), np.nan))) == (-1, ())


def test_plans_within_the_interval_are_practically_as_good():
    loss = np.zeros((2, 1, 4))
    loss[1, 0] = [1.0, -1.0, 1.5, -1.0]  # a tenth behind on average, but who knows
    first, as_good = least_worst(summary(loss))
    assert (first, as_good) == (0, (1,))
    loss[1, 0] = [1.0, 1.1, 1.0, 1.1]
    assert least_worst(summary(loss)) == (0, ())


def test_the_interval_is_that_of_the_mean():
    mean, low, high = interval(np.array([1.0, 3.0, np.nan]))
    assert (mean, low, high) == (2.0, pytest.approx(2.0 - 1.645), pytest.approx(2.0 + 1.645))
    assert interval(np.array([5.0])) == (5.0, 5.0, 5.0)


@given(arrays(float, (3, 4, 2), elements=st.floats(-100, 100)))
def test_no_regret_is_negative_and_somebody_has_none(loss):
    found, best = regrets(loss)
    assert (found >= 0.0).all()
    assert (found.min(axis=0) == 0.0).all()
    assert (best >= 0).all()
    summed = summary(loss)
    assert all(one.mean <= one.worst + 1e-9 for one in summed)


@given(arrays(float, (3, 4, 2), elements=st.floats(-100, 100)))
def test_a_plan_that_is_never_best_changes_nobodys_regret(loss):
    worse = loss.max(axis=0, keepdims=True) + 1.0
    assert np.array_equal(regrets(np.concatenate([loss, worse]))[0][:3], regrets(loss)[0])
