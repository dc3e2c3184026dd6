"""Trust: distrust moves towards 1 by broken promises and back to its start with time."""

import pytest

from sim.model.rules.trust import recover, remember


def test_a_broken_promise_takes_distrust_a_tenth_of_the_way_to_one():
    assert remember(0.2, 0.1) == pytest.approx(0.28)  # 0.2 + 0.1 x 0.8


def test_each_further_broken_promise_moves_less_and_distrust_never_passes_one():
    distrust, steps = 0.2, []
    for _ in range(200):
        after = remember(distrust, 0.1)
        steps.append(after - distrust)
        distrust = after
    assert steps == sorted(steps, reverse=True)
    assert 0.999 < distrust <= 1.0


def test_a_step_of_nothing_changes_nothing():
    assert remember(0.2, 0.0) == 0.2


def test_distrust_goes_a_quarter_of_the_way_back():
    assert recover(0.6, 0.2, 0.25) == pytest.approx(0.5)


def test_distrust_below_its_start_returns_upwards():
    assert recover(0.0, 0.2, 0.25) == pytest.approx(0.05)


def test_distrust_at_its_start_stays():
    assert recover(0.2, 0.2, 0.25) == pytest.approx(0.2)


def test_half_a_breach_is_forgotten_after_the_half_life():
    distrust = 0.6
    for _ in range(12):
        distrust = recover(distrust, 0.2, 1.0 - 0.5 ** (1.0 / 12.0))
    assert distrust == pytest.approx(0.4)
