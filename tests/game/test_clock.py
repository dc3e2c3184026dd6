"""The clock of a class, folded from the log."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.game import clock as clocks
from sim.game.clock import Clock, check_phase, clock, phase
from sim.game.entry import Entry, written
from sim.game.errors import GameError

START = datetime(2027, 3, 1, 10, tzinfo=UTC)


def at(seconds):
    return START + timedelta(seconds=seconds)


def log(*said):
    """Entries from pairs of seconds since the start and payload."""
    return [
        Entry(0, "phase", payload, f"k{number}", seq=number, at=written(at(seconds)))
        for number, (seconds, payload) in enumerate(said, start=1)
    ]


def test_before_anything_is_said_the_class_is_briefed_without_a_limit():
    assert clock([], START) == Clock("brief", "brief", "", None)


def test_time_runs_down_to_nothing():
    entries = log((0, phase("play", 360, START)))
    assert clock(entries, at(100)).left == 260
    assert not clock(entries, at(359)).time_is_up
    assert clock(entries, at(400)) == Clock("play", "play", written(at(360)), 0.0)
    assert clock(entries, at(400)).time_is_up


def test_a_phase_without_a_limit_never_ends():
    shown = clock(log((0, phase("debrief", None, START))), at(10_000))
    assert (shown.state, shown.left, shown.time_is_up) == ("debrief", None, False)


def test_a_pause_keeps_what_was_left_and_the_clock_goes_on_from_there():
    entries = log((0, phase("play", 360, START)))
    entries += log((100, clocks.pause(clock(entries, at(100)))))
    paused = clock(entries, at(5000))
    assert (paused.state, paused.within, paused.left, paused.deadline) == ("paused", "play", 260, "")
    entries += log((6000, clocks.resume(paused, at(6000))))
    assert clock(entries, at(6100)) == Clock("play", "play", written(at(6260)), 160)
    with pytest.raises(GameError, match="running already"):
        clocks.resume(clock(entries, at(6100)), at(6100))


def test_more_time_counts_from_the_deadline_from_now_or_in_the_pause():
    entries = log((0, phase("play", 100, START)), (50, clocks.extend(60)))
    assert clock(entries, at(60)).left == 100
    late = [*entries, *log((500, clocks.extend(60)))]
    assert clock(late, at(510)).left == 50
    paused = log(
        (0, phase("play", 100, START)), (90, {"state": "paused", "left": 10}), (95, clocks.extend(60))
    )
    assert clock(paused, at(9000)).left == 70
    assert clock(log((0, phase("play", None, START)), (5, clocks.extend(60))), at(10)).left is None


def test_other_entries_do_not_touch_the_clock():
    entries = log((0, phase("play", 100, START)))
    order = Entry(1, "order", {"state": "over", "deadline": ""}, "o", "POL", "1", 2, written(at(1)))
    assert clock([*entries, order], at(1)) == clock(entries, at(1))


@given(
    st.lists(
        st.tuples(st.sampled_from(["play", "pause", "resume", "extend"]), st.integers(-50, 100)), max_size=15
    )
)
def test_whatever_is_pressed_time_is_never_below_nothing(pressed):
    entries, second = [], 0
    for action, seconds in pressed:
        second += 7
        shown = clock(entries, at(second))
        if action == "resume" and shown.state != "paused":
            continue
        payload = {
            "play": lambda: phase("play", abs(seconds), at(second)),  # noqa: B023
            "pause": lambda: clocks.pause(shown),  # noqa: B023
            "resume": lambda: clocks.resume(shown, at(second)),  # noqa: B023
            "extend": lambda: clocks.extend(seconds),  # noqa: B023
        }[action]()
        check_phase(payload)
        entries += log((second, payload))
        after = clock(entries, at(second))
        assert after.left is None or after.left >= 0
        if action in ("pause", "resume"):
            assert after.left == shown.left, "stopping and going on neither gives nor takes time"


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"state": "play"},
        {"state": "lunch", "deadline": ""},
        {"state": "paused", "deadline": ""},
        {"state": ["play"], "deadline": ""},
        {"state": "play", "deadline": "soon"},
        {"state": "play", "deadline": "2027-03-01T10:00:00"},
        {"state": "play", "deadline": 7},
        {"state": "paused", "left": -1},
        {"state": "paused", "left": True},
        {"extend": "60"},
        {"extend": float("inf")},
        {"extend": 1e9},
        {"extend": 60, "state": "play"},
    ],
)
def test_a_payload_of_another_form_is_refused(payload):
    with pytest.raises(GameError, match=r"^[A-Z].*\.$"):
        check_phase(payload)
