"""Partners: what Seoul can give, what joint work yields, and how long spares last."""

import pytest

from sim.model.rules.partners import freedom, joint_output, spares_left


def test_at_its_usual_consensus_and_pressure_seoul_gives_what_it_gives():
    assert freedom(0.7, 0.7, 0.2, 0.2, 0.5) == pytest.approx(1.0)


def test_half_the_usual_consensus_halves_what_seoul_gives():
    assert freedom(0.35, 0.7, 0.2, 0.2, 0.5) == pytest.approx(0.5)


def test_more_consensus_than_usual_gives_more():
    assert freedom(0.84, 0.7, 0.2, 0.2, 0.5) == pytest.approx(1.2)


def test_full_pressure_takes_its_part_of_what_is_given():
    # 1 - 0.5 x (1 - 0.2) = 0.6
    assert freedom(0.7, 0.7, 1.0, 0.2, 0.5) == pytest.approx(0.6)


def test_less_pressure_than_usual_frees_a_little():
    assert freedom(0.7, 0.7, 0.0, 0.2, 0.5) == pytest.approx(1.1)


def test_consensus_and_pressure_multiply_and_never_give_less_than_nothing():
    assert freedom(0.35, 0.7, 1.0, 0.2, 0.5) == pytest.approx(0.3)
    assert freedom(0.7, 0.7, 1.0, 0.0, 2.0) == 0.0


def test_a_world_without_a_usual_consensus_counts_it_as_full():
    assert freedom(0.0, 0.0, 0.0, 0.0, 0.5) == 1.0


def test_joint_work_bears_a_fiftieth_a_month_until_it_matches_the_effort():
    done = 0.1
    for _ in range(10):
        done = joint_output(done, 0.6, 50.0)
    assert done == pytest.approx(0.3)
    for _ in range(40):
        done = joint_output(done, 0.6, 50.0)
    assert done == pytest.approx(0.6)


def test_joint_work_that_is_given_up_is_lost_as_slowly():
    assert joint_output(0.6, 0.0, 50.0) == pytest.approx(0.58)
    assert joint_output(0.01, 0.0, 50.0) == pytest.approx(0.0)


def test_joint_work_at_its_effort_stays():
    assert joint_output(0.4, 0.4, 50.0) == pytest.approx(0.4)


def test_without_new_spares_the_stock_is_used_up_in_its_months():
    left, seen = 1.0, []
    for _ in range(12):
        left = spares_left(left, 0.0, 10.0)
        seen.append(left)
    assert seen[0] == pytest.approx(0.9)
    assert seen[4] == pytest.approx(0.5)
    assert seen[9:] == pytest.approx([0.0, 0.0, 0.0], abs=1e-12)


def test_half_the_release_uses_the_stock_up_in_twice_the_months():
    left = 1.0
    for _ in range(10):
        left = spares_left(left, 0.5, 10.0)
    assert left == pytest.approx(0.5)


def test_full_release_keeps_a_full_stock_and_fills_an_empty_one():
    assert spares_left(1.0, 1.0, 10.0) == 1.0
    assert spares_left(0.5, 1.0, 10.0) == pytest.approx(0.6)
    assert spares_left(0.95, 1.0, 10.0) == 1.0
