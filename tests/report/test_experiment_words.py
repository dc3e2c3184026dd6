"""Words around an experiment: times rounded as estimates are, counts as they are."""

import pytest

from sim.report import experiment_words as said


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "about a second"),
        (1.4, "about a second"),
        (3.6, "about 4 seconds"),
        (19.4, "about 19 seconds"),
        (43.0, "about 40 seconds"),
        (94.0, "about 90 seconds"),
        (130.0, "about 2 minutes"),
        (3600.0, "about 60 minutes"),
        (7300.0, "about 2 hours"),
    ],
)
def test_a_time_is_said_as_an_estimate(seconds: float, text: str) -> None:
    assert said.duration(seconds) == text


def test_before_the_start_time_and_runs_are_said() -> None:
    assert said.before(43.0, 12_800, 0.0, False) == (
        "This takes about 40 seconds on this machine: 12,800 runs of ten years."
    )
    assert said.before(43.0, 12_800, 0.0, True) == (
        "This takes about 40 seconds on this machine, or less: up to 12,800 runs of ten years."
    )


def test_what_waits_before_is_said_too() -> None:
    assert said.before(5.0, 100, 31.0, False).endswith(
        "It begins when what others have started is done, in about 30 seconds."
    )


def test_waiting_and_running() -> None:
    assert said.waiting(1, 30.0) == "Waiting for 1 experiment before this one; done in about 30 seconds."
    assert said.waiting(2, 30.0).startswith("Waiting for 2 experiments")
    assert said.running(200, 1_800, 6.0) == "200 of 1,800 runs; about 6 seconds left."
    assert said.running(1_800, 1_800, 0.0) == "All 1,800 runs are done; working out the result."


def test_how_a_result_was_made() -> None:
    assert said.made(800, 50, 1, "2026.1", False) == (
        "800 runs of ten years, 50 of each scenario with the same draws; random seed 1, model version 2026.1."
    )
    assert said.made(800, 50, 1, "2026.1", True).startswith("Up to 800 runs")
