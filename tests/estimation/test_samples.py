"""The small statistics, on numbers whose answers are known."""

import math

import pandas as pd
import pytest

from sim.estimation.samples import (
    directed,
    exponential,
    mean_span,
    paired,
    ratio,
    share_span,
    shrunk,
    spread_span,
)


def test_the_mean_of_numbers_and_its_interval():
    span = mean_span([1.0, 2.0, 3.0, math.nan])
    assert span.middle == 2.0
    assert span.low == pytest.approx(2.0 - 4.3027 / math.sqrt(3), abs=1e-3)
    assert math.isnan(mean_span([1.0]).middle)


def test_paired_differences_cancel_what_both_share():
    base = pd.Series([1.0, 100.0, 1000.0])
    span = paired(base, base + 2.0)
    assert (span.middle, span.low, span.high) == (2.0, 2.0, 2.0)


def test_a_recorded_share_has_a_wide_interval():
    span = share_span(3, 10)
    assert span.low < 0.3 < span.high
    assert span.high - span.low > 0.4
    assert math.isnan(share_span(0, 0).middle)


def test_a_recorded_spread_has_a_wide_interval():
    span = spread_span([1.0, 2.0, 3.0, 4.0])
    assert span.middle == pytest.approx(1.291, abs=1e-3)
    assert span.low == pytest.approx(1.291 * 0.6194, abs=1e-3)


def test_groups_are_drawn_towards_the_mean_the_more_the_smaller_they_are():
    large, lone = [0.0, 0.1, -0.1] * 10, [1.0]
    spans = shrunk({"large": large, "lone": lone, "other": [0.2, 0.3, 0.25]})
    assert abs(spans["large"].middle) < 0.02
    assert 0.2 < spans["lone"].middle < 1.0
    assert spans["lone"].high - spans["lone"].low > spans["large"].high - spans["large"].low


def test_groups_that_differ_by_chance_only_become_one():
    spans = shrunk({"a": [1.0, 3.0], "b": [1.1, 2.9]})
    assert spans["a"].middle == pytest.approx(spans["b"].middle)
    assert shrunk({"a": [1.0, 2.0]}) == {}


def test_logarithms_and_ratios():
    assert exponential(mean_span([0.0, 0.0])).middle == 1.0
    assert math.isnan(ratio(1.0, 0.0))


def test_a_direction_needs_its_whole_interval():
    assert directed(mean_span([1.0, 1.1, 0.9]), 1).holds
    assert not directed(mean_span([1.0, 1.1, 0.9]), -1).holds
    assert not directed(mean_span([1.0, -0.9, 0.1]), 1).holds
    assert directed(mean_span([-1.0, -1.1, -0.9]), -1).holds
