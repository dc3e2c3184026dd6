"""Pattern 15: every lever has one direction, and the probe decides whether it holds."""

import pytest

from sim.estimation.directions import Direction, direction_checks, directions, moved
from sim.evidence.seeds import load_seeds
from sim.policy.levers import levers

DEEPER = Direction("dialogue", 0.0, 1.0, "months", "less", "Why")


def test_every_lever_has_one_direction_within_its_range():
    listed = [one.lever for one in directions()]
    assert len(set(listed)) == len(listed)
    assert {row.id for row in load_seeds().levers()} <= set(listed)
    known = levers(load_seeds())
    for one in directions():
        if one.example in known:
            lever = known[one.example]
            assert lever.low <= one.low < one.high <= lever.high, one.lever


@pytest.mark.parametrize(("high", "holds"), [(3.0, True), (5.0, False), (7.0, False)])
def test_a_direction_holds_where_the_measure_moves_its_way(high, holds):
    assert moved(DEEPER, {"months": 5.0}, {"months": high}).holds is holds


def test_a_measure_that_the_probe_does_not_have_fails():
    assert not moved(DEEPER, {}, {"months": 1.0}).holds


def test_the_probe_is_asked_at_both_ends(monkeypatch):
    monkeypatch.setattr("sim.estimation.directions.directions", lambda: (DEEPER,))
    (check,) = direction_checks(lambda scenario: {"months": 5.0 - scenario.levers["dialogue"]})
    assert (check.name, check.about, check.passed, check.measured) == ("p15_dialogue", "15", True, -1.0)
