"""PRIM: a planted box is found again, noise is left alone, and the numbers are those of the EMA Workbench."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.experiment.analyse.futures import sequence
from sim.experiment.analyse.prim import box_of, by_use, chosen, quantile, quasi_p, trajectory
from tests.experiment.analyse.planted import box_in_noise, noise

# Cases and misses of every box on the way of ema_workbench 2.5.3 (Prim with peel_alpha = paste_alpha =
# mass_min = 0.05, otherwise as it comes) on box_in_noise(256, 5), worked out with Python 3.11, numpy 2.4.
PEER = (
    (256, 65), (243, 65), (230, 64), (218, 63), (207, 62), (196, 61), (186, 60), (176, 60), (167,
    60), (158, 60), (150, 60), (142, 60), (134, 59), (127, 58), (120, 58), (114, 57), (108, 57),
    (102, 57), (96, 56), (91, 55), (86, 54), (81, 52), (76, 52), (72, 52), (68, 51), (64, 50), (60,
    48), (57, 47), (54, 46), (51, 45), (48, 44), (45, 42), (46, 43),
)  # fmt: skip
PEER_QUASI_P = {0: 1.99517680975527e-13, 1: 2.6054374752167475e-09, 3: 0.44212807747369287}


def test_every_step_is_that_of_the_ema_workbench():
    x, y = box_in_noise(256, 5)
    boxes = trajectory(x, y)
    assert tuple((box.cases, box.hits) for box in boxes) == PEER
    assert (boxes[-1].all_cases, boxes[-1].all_hits) == (256, 65)
    assert boxes[-1].lower[0] == pytest.approx(0.615234, abs=1e-6)
    assert quasi_p(boxes[-1], x, y) == pytest.approx(PEER_QUASI_P, rel=1e-9)


@pytest.mark.parametrize(("count", "width"), [(256, 5), (400, 8), (512, 14)])
def test_a_planted_box_is_found_again(count, width):
    x, y = box_in_noise(count, width)
    box = chosen(trajectory(x, y), x, y)
    assert box is not None
    assert box.restricted == (0, 1)
    assert box.lower[0] == pytest.approx(0.6, abs=0.06)
    assert box.upper[1] == pytest.approx(0.5, abs=0.06)
    assert (box.upper[0], box.lower[1]) == (np.inf, -np.inf)
    planted = box_of(*_limits(width, (0, 0.6, np.inf), (1, -np.inf, 0.5)), x, y)
    assert box.coverage == pytest.approx(planted.coverage, abs=0.1)
    assert box.density == pytest.approx(planted.density, abs=0.1)
    assert max(quasi_p(box, x, y).values()) < 1e-6


def test_a_small_example_by_hand():
    """Ten points on a line, the four highest miss: cuts of one point at the low end until all miss."""
    x = np.arange(10.0)[:, None]
    y = np.arange(10) >= 6
    boxes = trajectory(x, y, alpha=0.1, least_mass=0.1)
    assert [box.cases for box in boxes] == [10, 9, 8, 7, 6, 5, 4]
    assert [box.density for box in boxes] == pytest.approx([4 / cases for cases in (10, 9, 8, 7, 6, 5, 4)])
    last = boxes[-1]
    assert (last.coverage, last.density, last.mass, last.phi) == (1.0, 1.0, 0.4, 1.0)
    assert (last.lower[0], last.upper[0]) == (5.5, np.inf)
    assert quasi_p(last, x, y) == {0: pytest.approx(0.4**4)}  # four of four, each with a chance of 4 in 10
    assert chosen(boxes, x, y).lower[0] == 5.5


def test_the_most_useful_dimensions_are_the_planted_ones():
    x, y = box_in_noise(512, 14)
    boxes = trajectory(x, y)
    assert set(by_use(max(boxes, key=lambda box: box.phi), x, y)[:2]) == {0, 1}
    only = trajectory(x, y, columns=[3, 5])
    assert set(only[-1].restricted) <= {3, 5}


def test_many_weak_dimensions_are_said_by_the_few_that_matter_most():
    """Misses where a sum is large, no box at all: the box said is significant and far denser."""
    x = sequence(8, 256)
    y = x @ np.array([3.0, 2.0, 1.5, 0.2, 0.1, 0.0, 0.0, 0.0]) > 4.0
    box = chosen(trajectory(x, y), x, y)
    assert {0, 1} <= set(box.restricted) <= {0, 1, 2}
    assert box.density > 2 * y.mean()
    assert max(quasi_p(box, x, y).values()) <= 0.05


def test_phi_is_the_correlation_of_lying_in_the_box_and_missing():
    x, y = box_in_noise(256, 5)
    for box in trajectory(x, y)[1:]:
        assert box.phi == pytest.approx(np.corrcoef(box.holds(x), y)[0, 1])
    assert trajectory(x, y)[0].phi == 0.0


def test_pasting_gives_back_what_was_cut_too_far():
    """The last cut leaves 3 of the 4 misses; the fourth, at the edge, comes back as it adds density."""
    x, y = box_in_noise(256, 5)
    boxes = trajectory(x, y)
    assert boxes[-1].cases > boxes[-2].cases
    assert boxes[-1].density > boxes[-2].density


def test_without_structure_no_dimension_is_significant_for_long():
    x = sequence(6, 200)
    y = noise(200) < 0.3
    box = chosen(trajectory(x, y), x, y)
    assert box is None or box.density < 0.6
    everything = trajectory(x, y)[0]
    assert quasi_p(everything, x, y) == {}
    half = box_of(*_limits(6, (0, 0.5, np.inf)), x, y)
    assert quasi_p(half, x, y)[0] > 0.2


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1), st.booleans()), min_size=12, max_size=60))
def test_shares_are_shares_and_steps_gain_density(rows):
    x = np.array([[a, b] for a, b, _ in rows])
    y = np.array([miss for *_, miss in rows])
    boxes = trajectory(x, y)
    for box in boxes:
        assert 0.0 <= box.coverage <= 1.0
        assert 0.0 <= box.density <= 1.0
        assert box.hits <= box.cases <= box.all_cases
        assert int(box.holds(x).sum()) == box.cases
    assert all(two.density > one.density for one, two in pairwise(boxes))


def test_a_quantile_lies_between_two_different_values():
    assert quantile(np.array([0.0, 1.0, 2.0, 3.0]), 0.5) == 1.5
    assert quantile(np.array([0.0, 0.0, 0.0, 1.0]), 0.05) == 0.5
    assert quantile(np.array([0.0, 1.0, 1.0, 1.0]), 0.95) == 0.5
    assert quantile(np.array([2.0, 2.0]), 0.05) == 2.0


def _limits(width, *some):
    lower, upper = np.full(width, -np.inf), np.full(width, np.inf)
    for column, low, high in some:
        lower[column], upper[column] = low, high
    return lower, upper
