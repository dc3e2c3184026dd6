"""A game as lines of JSON: the same game again, and nothing of a changed file."""

import json
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.game import clock
from sim.game.entry import utc_now
from sim.game.errors import GameError, UnknownToken
from sim.game.room import Rooms
from sim.game.seating import Place
from sim.game.secret import new_token
from sim.game.store import Store
from sim.game.transfer import export_lines, import_lines


@pytest.fixture
def played(store):
    """A game of two turns, one of them taken back."""
    rooms = Rooms(store)
    game, teacher = rooms.open(
        "Klasa żółta", {"scenario": "base", "seed": 2**60}, "45", [Place("POL", ("a", "b"), 2)]
    )
    ada = new_token()
    rooms.join(game.code, ada, "school", "Ada")
    rooms.phase(teacher, clock.phase("play", 360, utc_now()), "begin")
    rooms.append(ada, 1, "order", {"item": "tank", "price": 1.1}, "k")
    rooms.resolve(teacher, 1, lambda entries: {"digest": "d1"}, "r1")
    rooms.undo(teacher, 1, "u1")
    rooms.resolve(teacher, 1, lambda entries: {"digest": "d2"}, "r2")
    return store.game(game.id), ada


def test_a_game_comes_back_equal(store, played, tmp_path):
    game, ada = played
    lines = list(export_lines(store, game.id))
    other = Store(f"sqlite:///{tmp_path / 'other.sqlite'}")
    for target in (store, other):
        again, token = import_lines(target, (line + "\n" for line in lines))
        kept = target.game(again.id)
        same = ("title", "setup", "plan", "places", "created_at", "status", "turn", "seq")
        assert {name: getattr(kept, name) for name in same} == {name: getattr(game, name) for name in same}
        assert target.entries(again.id) == store.entries(game.id)
        assert list(export_lines(target, again.id)) == lines
        assert Rooms(target).game(token) == kept
        assert again.id != game.id
        assert again.code != game.code
    with pytest.raises(UnknownToken):
        Rooms(other).who(ada)
    other.close()


def test_an_imported_game_goes_on_with_new_people(store, played):
    game, _ada = played
    again, token = import_lines(store, export_lines(store, game.id))
    rooms, eve = Rooms(store), new_token()
    assert rooms.people(token) == []
    assert rooms.join(again.code, eve, "school", "Eve").id == "2"
    assert rooms.append(eve, 2, "order", {"item": "gun"}, "k").seq == game.seq + 2


def test_a_file_names_nobody_and_holds_no_token(store, played):
    game, ada = played
    text = "\n".join(export_lines(store, game.id))
    assert "Ada" not in text
    assert ada not in text
    assert game.token_hash not in text
    assert json.loads(text.splitlines()[0])["players"][0]["role"] in ("a", "b")


def changed(lines, number, **fields):
    """The lines with some fields of one changed."""
    line = {**json.loads(lines[number - 1]), **fields}
    return [*lines[: number - 1], json.dumps(line), *lines[number:]]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda lines: [], "This file is empty"),
        (lambda lines: ["a,b,c", *lines[1:]], "Line 1 cannot be used"),
        (lambda lines: changed(lines, 1, leadtime_game=2), "Line 1 cannot be used: leadtime_game"),
        (lambda lines: changed(lines, 1, places=[{"seat": "", "roles": [], "capacity": 1}]), "A place names"),
        (lambda lines: changed(lines, 1, created_at="yesterday"), "'yesterday' is no time in UTC"),
        (
            lambda lines: changed(
                lines, 1, players=[{"id": "7", "seat": "POL", "role": "a", "joined_at": ""}]
            ),
            "Line 1",
        ),
        (lambda lines: [*lines[:2], *lines[3:]], "Line 3 does not follow"),
        (lambda lines: [*lines[:2], lines[2], *lines[2:]], "Line 4 does not follow"),
        (lambda lines: changed(lines, 4, turn=2), "Line 4 does not follow"),
        (lambda lines: changed(lines, 4, key="facilitator:0:begin"), "Line 4 does not follow"),
        (lambda lines: changed(lines, 4, seq="3"), "Line 4 cannot be used: seq"),
        (
            lambda lines: changed(lines, 4, kind="cheat"),
            "Line 4 cannot be used. There is no entry of the kind",
        ),
        (lambda lines: changed(lines, 3, payload={"state": "lunch"}), "Line 3 cannot be used. A phase says"),
        (lambda lines: changed(lines, 4, at="2027-03-01"), "Line 4 cannot be used. '2027-03-01' is no time"),
    ],
)
def test_a_changed_file_is_refused_and_nothing_is_kept(store, played, change, sentence):
    game, _ada = played
    lines = list(export_lines(store, game.id))
    with pytest.raises(GameError, match=sentence) as refused:
        import_lines(store, change(lines))
    assert "\n" not in str(refused.value)
    assert store.games() == [game]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.data())
def test_any_line_may_be_broken_anywhere(store, played, data):
    game, _ada = played
    lines = list(export_lines(store, game.id))
    number = data.draw(st.integers(0, len(lines) - 1))
    where = data.draw(st.integers(0, len(lines[number])))
    lines[number] = lines[number][:where] + data.draw(st.text(max_size=3)) + lines[number][where + 1 :]
    before = len(store.games())
    with suppress(GameError):
        again, _token = import_lines(store, lines)
        before += 1
        assert len(store.entries(again.id)) == store.game(again.id).seq
    assert len(store.games()) == before


def test_a_code_that_is_taken_is_drawn_again(store, played, monkeypatch):
    game, _ada = played
    drawn = iter(game.code + "CDFGHJ")
    monkeypatch.setattr("sim.game.secret.secrets.choice", lambda _letters: next(drawn))
    again, _token = Rooms(store).open("Class", {}, "45", [Place("POL")])
    assert again.code == "CDFGHJ"
    assert replace(again, code="") != replace(game, code="")
