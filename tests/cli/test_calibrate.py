"""`sim calibrate`: what it prints, what it refuses, and that it can be stopped."""

import json

import pytest

from sim.cli import calibrate
from sim.estimation import calibration
from sim.experiment.ensemble import Cancelled
from tests.cli.call import asked, call, refusal
from tests.structure.tree import ROOT

PUBLISHED = json.loads((ROOT / "docs" / "calibration.json").read_text(encoding="utf-8"))


@pytest.fixture
def published(monkeypatch):
    """The command runs nothing but returns the published result."""
    monkeypatch.setattr(calibrate, "run_calibration", lambda *numbers: PUBLISHED)


@pytest.mark.usefixtures("published")
def test_the_fit_of_matched_and_held_out_aggregates_is_shown():
    done = call("calibrate")
    assert done.exit_code == 0
    assert done.stdout.startswith(PUBLISHED["headline"][:60])
    for words in ("What is left of the ranges", "Matched aggregates", "Held out aggregates", "tender.base"):
        assert words in done.stdout


@pytest.mark.usefixtures("published")
def test_calibration_as_json():
    assert asked("calibrate") == PUBLISHED


def test_where_nothing_is_left_a_dash_stands_for_it():
    lost = {
        "facts": [dict(PUBLISHED["facts"][0], weighed=None, verdict="ruled out")],
        "aggregates": [dict(PUBLISHED["aggregates"][0], weighed=None, miss_weighed=None)],
    }
    from sim.cli.say import console

    out = console()
    with out.capture() as shown:
        out.print(calibrate.calibration_report({**PUBLISHED, **lost}))
    assert "ruled out" in shown.get()
    assert "none" in shown.get()
    assert "–" in shown.get()


def test_ctrl_c_stops_it(monkeypatch):
    def stopped(*_, **__):
        raise Cancelled("stopped")

    monkeypatch.setattr(calibration, "calibrate", stopped)
    done = call("calibrate")
    assert (done.exit_code, done.stdout) == (130, "")


def test_numbers_out_of_range_are_refused():
    assert "--points must lie between 126 and 4096; got 9" in refusal("calibrate", "--points", "9")
    assert "--replications must lie between 8 and 1000" in refusal("calibrate", "--replications", "1")
    assert "--random-seed" in refusal("calibrate", "--random-seed", "-1")
