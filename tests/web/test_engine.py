"""Runs for the page: each start has its own baseline, and a reader who moves on stops the run."""

from dataclasses import dataclass, replace
from types import SimpleNamespace

import pytest

import sim
from sim.web import catalogue, engine
from sim.web.choice import Choice, opened
from tests.web.pages import app, run

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


def test_what_is_new_is_shown_with_a_few_runs_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.st, "session_state", {})
    korea, pause = (opened(BOOK.questions[name]) for name in ("no_korea", "us_pause"))
    assert engine.shown(korea, engine.REPLICATIONS) == engine.FIRST_LOOK
    assert engine.shown(korea, engine.REPLICATIONS) == engine.REPLICATIONS, "drawn again, it is whole"
    assert engine.shown(pause, engine.REPLICATIONS) == engine.FIRST_LOOK
    assert engine.shown(korea, engine.REPLICATIONS) == engine.REPLICATIONS, "what was seen lately is whole"
    assert engine.shown(korea, engine.PRECISE) == engine.REPLICATIONS, "until more runs are there"
    assert engine.shown(korea, engine.PRECISE) == engine.PRECISE
    assert engine.shown(replace(pause, until=2027), 6) == 6, "never more than asked for"


def test_a_long_run_waits_for_another_and_a_first_look_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    choice = opened(BOOK.questions["us_pause"])
    monkeypatch.setattr(engine, "FIRST_LOOK", 4)
    engine.pair(opened(BOOK.questions["baseline"]), BOOK, 6)
    with engine._turn(6, lambda: False):
        assert engine.pair(choice, BOOK, 4).other.replications == 4
        monkeypatch.setattr(engine, "moved_on", lambda: lambda: True)
        with pytest.raises(sim.Cancelled):
            engine.pair(choice, BOOK, 6)
    monkeypatch.setattr(engine, "moved_on", lambda: lambda: False)
    assert engine.pair(choice, BOOK, 6).other.replications == 6


def test_the_page_ends_with_all_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "FIRST_LOOK", 3)
    monkeypatch.setattr(engine, "REPLICATIONS", 7)
    looks: list[int] = []
    pair = engine.pair

    def noted(now: Choice, book: catalogue.Catalogue, replications: int) -> engine.Pair:
        looks.append(replications)
        return pair(now, book, replications)

    monkeypatch.setattr(engine, "pair", noted)
    at = run(app(scenario="no_korea"))
    assert looks == [3, 7, 7]
    assert "Shown: 7 runs." in [row.value for row in at.caption]
