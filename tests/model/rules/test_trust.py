"""Trust: what is left of it after broken promises, how it returns, and the distrust that follows."""

import pytest

from sim.model.rules.trust import distrust, over, recover, remember


def test_a_month_of_a_broken_promise_takes_a_tenth_of_the_trust_that_is_left():
    assert remember(1.0, 0.1, 1.0) == pytest.approx(0.9)
    assert remember(0.5, 0.1, 1.0) == pytest.approx(0.45)


def test_three_months_take_a_tenth_three_times():
    assert remember(1.0, 0.1, 3.0) == pytest.approx(0.729)  # 0.9 x 0.9 x 0.9


def test_three_months_at_once_are_three_months_one_by_one():
    part = 0.8
    for _ in range(3):
        part = remember(part, 0.1, 1.0)
    assert part == pytest.approx(remember(0.8, 0.1, 3.0))


def test_trust_never_falls_below_nothing():
    assert 0.0 <= remember(1.0, 0.1, 500.0) < 1e-9


def test_no_months_and_no_step_take_nothing():
    assert remember(0.7, 0.1, 0.0) == pytest.approx(0.7)
    assert remember(0.7, 0.0, 12.0) == pytest.approx(0.7)


def test_trust_goes_a_quarter_of_the_way_back():
    assert recover(0.6, 0.25) == pytest.approx(0.7)


def test_trust_that_is_whole_stays_whole():
    assert recover(1.0, 0.25) == 1.0


def test_a_quarter_of_the_way_each_month_is_37_of_64_parts_in_three():
    assert over(0.25, 3.0) == pytest.approx(0.578125)  # 1 - 0.75^3
    assert over(0.25, 1.0) == pytest.approx(0.25)
    assert over(0.0, 3.0) == 0.0


def test_half_of_what_was_lost_is_back_after_the_half_life():
    part = 0.6
    for _ in range(12):
        part = recover(part, 1.0 - 0.5 ** (1.0 / 12.0))
    assert part == pytest.approx(0.8)


def test_distrust_at_the_start_is_the_same_towards_all():
    assert distrust(0.2, 1.0, 1.0) == pytest.approx(0.2)


def test_distrust_grows_with_what_was_lost_by_oneself_and_by_anyone():
    # 1 - 0.8 x 0.9 = 0.28; 1 - 0.8 x 0.9 x 0.95 = 0.316
    assert distrust(0.2, 0.9, 1.0) == pytest.approx(0.28)
    assert distrust(0.2, 0.9, 0.95) == pytest.approx(0.316)


def test_distrust_is_full_when_no_trust_is_left():
    assert distrust(0.2, 0.0, 1.0) == 1.0
    assert distrust(0.2, 1.0, 0.0) == 1.0
