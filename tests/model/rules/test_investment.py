"""Investment: a full line adds a year's growth, a slack one shrinks to its floor."""

import pytest

from sim.model.rules.investment import expansion, shrink


def test_a_line_with_more_cover_than_its_target_adds_a_years_growth():
    assert expansion(60.0, 0.15, 3.5, 3.0) == pytest.approx(9.0)


def test_a_line_at_or_below_its_target_adds_nothing():
    assert expansion(60.0, 0.15, 3.0, 3.0) == 0.0
    assert expansion(60.0, 0.15, 0.0, 3.0) == 0.0


def test_a_line_without_hands_cannot_grow():
    assert expansion(60.0, 0.0, 9.0, 3.0) == 0.0


def test_a_slack_line_loses_a_twelfth_of_its_yearly_rate_each_month():
    assert shrink(60.0, 30.0, 0.2, 1.0, 0.12) == pytest.approx(0.6)


def test_a_line_with_orders_enough_does_not_shrink():
    assert shrink(60.0, 30.0, 1.0, 1.0, 0.12) == 0.0


def test_a_line_never_shrinks_below_its_floor():
    assert shrink(30.25, 30.0, 0.0, 1.0, 0.12) == pytest.approx(0.25)
    assert shrink(30.0, 30.0, 0.0, 1.0, 0.12) == 0.0
    assert shrink(20.0, 30.0, 0.0, 1.0, 0.12) == 0.0
