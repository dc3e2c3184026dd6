"""Scores of stated chances: two decisions by hand, and intervals."""

import math

import numpy as np
import pytest

from sim.estimation.choice.scores import Span, as_record, score, span

# Offers with chances 0.5, 0.3, 0.2 of which the second won; 0.6, 0.4 of which the first won.
CHANCES = np.array([[0.5, 0.3, 0.2], [0.6, 0.4, 0.0]])
THERE = np.array([[True, True, True], [True, True, False]])
WON = np.array([1, 0])


def test_two_decisions_by_hand():
    found = score(CHANCES, THERE, WON)
    # -ln 0.3 = 1.203973; -ln 0.6 = 0.510826
    assert found.log.tolist() == pytest.approx([1.203973, 0.510826], abs=1e-6)
    # 0.25 + 0.49 + 0.04 = 0.78; 0.16 + 0.16 = 0.32
    assert found.brier.tolist() == pytest.approx([0.78, 0.32])
    assert found.hit.tolist() == [0.0, 1.0]
    spans = found.spans()
    assert spans["log_score"].mean == pytest.approx(0.8573995, abs=1e-6)
    assert spans["brier"].mean == pytest.approx(0.55)
    assert spans["top1"].mean == 0.5


def test_of_offers_as_likely_each_is_a_part_of_a_hit():
    third = np.full((1, 3), 1.0 / 3.0)
    assert score(third, np.ones((1, 3), bool), np.array([2])).hit[0] == pytest.approx(1.0 / 3.0)
    tied = np.array([[0.4, 0.4, 0.2]])
    assert score(tied, np.ones((1, 3), bool), np.array([1])).hit[0] == 0.5
    assert score(tied, np.ones((1, 3), bool), np.array([2])).hit[0] == 0.0


def test_a_chance_of_nothing_costs_much_but_not_everything():
    found = score(np.array([[1.0, 0.0]]), np.ones((1, 2), bool), np.array([1]))
    assert found.log[0] == pytest.approx(-math.log(1e-9))
    assert found.brier[0] == 2.0


def test_chances_that_do_not_add_up_to_one_are_refused():
    with pytest.raises(ValueError, match="must add up to one"):
        score(np.array([[0.5, 0.4]]), np.ones((1, 2), bool), np.array([0]))


def test_the_truth_scores_better_on_average_than_anything_else():
    # If the first wins with chance 0.7, no stated chance has a lower expected score than 0.7.
    def expected(stated, which):
        both = np.array([[stated, 1.0 - stated]] * 2)
        found = getattr(score(both, np.ones((2, 2), bool), np.array([0, 1])), which)
        return 0.7 * found[0] + 0.3 * found[1]

    for which in ("log", "brier"):
        by_stated = {stated: expected(stated, which) for stated in (0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9)}
        assert min(by_stated, key=by_stated.get) == 0.7


def test_an_interval_contains_its_mean_and_narrows_with_more_decisions():
    values = np.array([0.2, 0.5, 1.1, 1.9, 0.7, 0.4])
    few, many = span(values), span(np.tile(values, 8))
    assert few.low < few.mean < few.high
    assert few.mean == pytest.approx(0.8)
    assert many.mean == pytest.approx(0.8)
    assert many.high - many.low < 0.6 * (few.high - few.low)


def test_equal_scores_leave_no_doubt_and_none_leave_no_score():
    assert span(np.full(5, 0.4)) == Span(0.4, pytest.approx(0.4), pytest.approx(0.4))
    assert all(math.isnan(x) for x in (span(np.array([])).mean, span(np.array([])).low))


def test_the_gain_over_another_rule_is_taken_decision_by_decision():
    better, worse = score(CHANCES, THERE, WON), score(CHANCES[:, [2, 1, 0]] + 0.0, THERE[:, [2, 1, 0]], WON)
    # second decision, offers turned round: the winner in the first place had no chance at all
    with pytest.raises(AssertionError):
        np.testing.assert_allclose(better.log, worse.log)
    gain = better.gain(worse)
    assert gain.mean == pytest.approx((worse.log - better.log).mean())
    assert better.gain(better) == Span(0.0, 0.0, 0.0)


def test_a_record_holds_means_and_beside_them_their_ends():
    record = as_record({"log_score": Span(1.0, 0.5, 1.5), "top1": Span(0.4, 0.3, 0.5)})
    assert record == {
        "log_score": 1.0, "top1": 0.4, "intervals": {"log_score": [0.5, 1.5], "top1": [0.3, 0.5]},
    }  # fmt: skip
