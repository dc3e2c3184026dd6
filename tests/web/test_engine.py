"""Runs for the page: each start has its own baseline, and a reader who moves on stops the run."""

from dataclasses import dataclass
from types import SimpleNamespace

import pytest

import sim
from sim.web import catalogue, engine
from sim.web.choice import Choice, opened

BOOK = catalogue.read()


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    for cache in (engine._baseline, engine._quick, engine._precise):
        cache.clear()


def test_the_baseline_of_a_scenario_has_its_start_and_its_date() -> None:
    pair = engine.pair(opened(BOOK.questions["february_2022"]), BOOK, 6)
    assert (pair.base.start, pair.other.start) == ("2022-02", "2022-02")
    assert pair.base.scenario.id == "eve_2022"
    assert pair.base.scenario.horizon_year == pair.other.scenario.horizon_year == 2026
    assert not pair.is_baseline
    today = engine.pair(Choice(BOOK.questions["no_korea"], until=2035), BOOK, 6)
    assert (today.base.start, today.base.scenario.id) == ("2026-01", "baseline")
    assert today.base.scenario.horizon_year == 2035


@pytest.mark.parametrize("id", ["baseline", "eve_2022"])
def test_a_baseline_is_compared_with_itself(id: str) -> None:
    assert engine.pair(opened(BOOK.questions[id]), BOOK, 6).is_baseline


@dataclass
class Requests:
    """What Streamlit tells of a page: CONTINUE, RERUN or STOP."""

    _state: SimpleNamespace


@pytest.mark.parametrize(("said", "stops"), [("CONTINUE", False), ("RERUN", True), ("STOP", True)])
def test_a_run_stops_when_its_reader_has_moved_on(
    monkeypatch: pytest.MonkeyPatch, said: str, stops: bool
) -> None:
    context = SimpleNamespace(script_requests=Requests(SimpleNamespace(name=said)))
    monkeypatch.setattr(engine, "get_script_run_ctx", lambda **_options: context)
    assert engine.moved_on()() is stops
    choice = opened(BOOK.questions["no_korea"])
    if stops:
        with pytest.raises(sim.Cancelled):
            engine.pair(choice, BOOK, 6)
        monkeypatch.setattr(engine, "get_script_run_ctx", lambda **_options: None)
    assert engine.pair(choice, BOOK, 6).other.replications == 6, "what was stopped is not kept"


def test_streamlit_still_says_when_a_page_waits() -> None:
    """The one private name the page relies on; without it nothing is cancelled, and nothing else breaks."""
    from streamlit.runtime.scriptrunner_utils.script_requests import RerunData, ScriptRequests

    requests = ScriptRequests()
    assert requests._state.name == "CONTINUE"
    requests.request_rerun(RerunData())
    assert requests._state.name == "RERUN"
