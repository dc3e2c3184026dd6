"""Scores, with numbers worked out by hand."""

import math

import numpy as np
import pytest

from sim.estimation.delivery_naive import spread
from sim.estimation.delivery_scores import difference, interval, log_score, means, quantiles, score
from tests.estimation.deliveries import case


def test_a_single_month_is_off_by_its_distance():
    assert score(spread(np.array([6.0])), case("a", "hot", 9)) == (3.0, 3.0, 0.0)
    assert score(spread(np.array([9.0])), case("a", "hot", 9)) == (0.0, 0.0, 1.0)


def test_two_months_equally_likely():
    said = spread(np.array([4.0, 8.0]))
    assert quantiles(said) == [4.0, 4.0, 8.0]
    assert score(said, case("a", "hot", 6)) == (pytest.approx(1.0), 2.0, 1.0)  # four months, a quarter each
    assert log_score(said, case("a", "hot", 4)) == pytest.approx(math.log(2.0))
    assert log_score(said, case("a", "hot", 5, math.inf)) == pytest.approx(math.log(2.0))
    assert log_score(said, case("a", "hot", 1, math.inf)) == pytest.approx(0.0)


def test_intervals_hold_the_mean_and_shrink_with_cases():
    few, many = [f"c{n}" for n in range(8)], [f"c{n}" for n in range(80)]
    low, high = interval(few, [0.0, 1.0] * 4)
    assert 0.0 < low < 0.5 < high < 1.0
    narrow = interval(many, [0.0, 1.0] * 40)
    assert narrow[1] - narrow[0] < 0.5 * (high - low)
    assert interval(few, [2.0] * 8) == pytest.approx([2.0, 2.0])
    assert math.isnan(interval([], [])[0])
    assert interval(few, [0.0, 1.0] * 4) == [low, high]


def test_differences_are_paired():
    rule, exam = {"a": 3.0, "b": 5.0, "c": 9.0}, {"a": 2.0, "b": 4.0, "d": 0.0}
    found = difference(rule, exam)
    assert (found["n"], found["rule"], found["exam"], found["difference"]) == (2, 4.0, 3.0, 1.0)
    assert found["interval"] == pytest.approx([1.0, 1.0])


def test_means_of_scores():
    found = means({"mae": {"a": 1.0, "b": 3.0}, "crps": {}})
    assert (found["n"], found["mae"]) == (2, 2.0)
    assert math.isnan(found["crps"])
