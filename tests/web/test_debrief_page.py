"""The debrief, run without a browser: closed until the end, then all of it, with a fork and another rule."""

import threading
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sim.game.host import Host
from sim.game.view import buyer_view
from sim.web import debrief_queue
from tests.web.game import Room, host
from tests.web.pages import app

PAGE = "sim/web/pages/debrief.py"
FUTURES = 4
__all__ = ["host"]


@pytest.fixture(autouse=True)
def few_futures(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LEADTIME_EXPERIMENTS_DIR", str(tmp_path / "kept"))
    monkeypatch.setattr(debrief_queue, "SCORED", FUTURES)
    monkeypatch.setattr(debrief_queue, "FORKED", FUTURES)
    monkeypatch.setattr(debrief_queue, "WEIGHED", FUTURES)
    debrief_queue.queue.clear()


def opened(**query: str) -> AppTest:
    at = app(**query).switch_page(PAGE)
    at.run()
    assert not at.exception, at.exception
    return at


def texts(at: AppTest) -> str:
    parts = [row.value for row in (*at.markdown, *at.header, *at.title, *at.info, *at.warning, *at.caption)]
    return "\n".join(str(part) for part in parts).replace("\\", "")


@pytest.fixture
def played(host: Host) -> tuple[Room, str]:
    """A game of two turns, in which Poland takes the first offer of every tender."""
    room = Room(host, turns=2)
    ana = room.join("POL", "Ana")
    room.begin()
    for turn in (1, 2):
        for tender in buyer_view(host.standing(ana), "POL").tenders:
            if tender.offers:
                order = {"kind": "choose", "state": "POL", "category": tender.category}
                line = tender.offers[0].line
                host.order(ana, turn, {**order, "line": line, "reason": "soon"}, f"{turn}{tender.category}")
        host.resolve(room.lead, turn, f"end{turn}")
    return room, ana


def until(at: AppTest, said: str) -> AppTest:
    """Draw the page again whenever the queue has done its work."""
    for _ in range(5):
        if said in texts(at):
            break
        for worker in threading.enumerate():
            if worker.name == "experiments":  # it ends when nothing waits any more
                worker.join()
        at.run()
        assert not at.exception, at.exception
    assert said in texts(at)
    return at


def test_it_is_closed_until_the_game_has_ended(host: Host) -> None:
    room = Room(host, turns=2)
    room.begin()
    host.resolve(room.lead, 1, "one")
    for query in ({"code": room.record.code}, {"lead": room.lead}):
        at = opened(**query)
        assert "opens when the last turn has ended" in texts(at)
        assert "hidden day was" not in texts(at)


def test_without_a_link_it_asks_for_the_code(host: Host, played: tuple[Room, str]) -> None:
    at = opened()
    at.text_input(key="debrief_code").input(played[0].record.code.lower()).run()
    assert not at.exception
    assert "Nobody has won" in texts(at)


def test_all_of_it_stands_once_it_is_computed(host: Host, played: tuple[Room, str]) -> None:
    room, ana = played
    at = until(opened(me=ana), "The hidden day was the end of")
    until(at, "The three decisions that mattered most")
    said = texts(at)
    for part in ("What happened", "Why", "Skill and luck", "Hidden goals", "What you expected"):
        assert part in said
    assert "Nobody is a winner" in said
    assert "beside what its rules would have done" in said or "No clear difference" in said
    assert "Poland, chief of defence" in said
    assert "Romania, chief of defence" not in said, "nobody sat there"
    assert "In every feared future" in said, "the plan of 90 minutes has time for it"
    assert len(at.get("download_button")) == 2
    assert room.lead not in said


def test_a_contract_is_followed(host: Host, played: tuple[Room, str]) -> None:
    at = opened(code=played[0].record.code)
    at.session_state["debrief_follow"] = True
    at.run()
    assert not at.exception
    said = texts(at)
    for step in ("Need:", "Tender:", "Contract:", "Delivery:"):
        assert step in said


def test_another_offer_is_taken_and_another_rule_holds(host: Host, played: tuple[Room, str]) -> None:
    at = opened(code=played[0].record.code)
    at.session_state["debrief_fork"] = True
    at.run()
    assert not at.exception
    assert "In the game:" in texts(at)
    button = next(one for one in at.button if one.label.startswith("Compute: what this"))
    button.click().run()
    until(at, "as it was → as it would have been")
    at.session_state["debrief_rule"] = True
    at.run()
    assert not at.exception
    assert "every order and every draw" in texts(at)
