"""The store: what is acknowledged is kept, once, in order, whoever writes at the same time."""

import json
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.game.entry import LONGEST_PAYLOAD, Draft, open_turn, status_after, turn_after
from sim.game.errors import (
    GameError,
    LogMoved,
    Taken,
    TurnClosed,
    UnknownCode,
    UnknownGame,
    UnknownToken,
)
from sim.game.store import SEEN_EVERY, Change, PlayerRecord, Store
from tests.game.games import new_game, note, order, play, resolve, undo
from tests.structure.tree import ROOT

NOW = "2027-03-01T10:00:00.000+00:00"
ONE_STORE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def player(game, number=1, **changed):
    made = PlayerRecord(game.id, str(number), "POL", "treasurer", "Ada", f"hash {number}", NOW, NOW)
    return replace(made, **changed)


def test_a_game_is_found_by_id_code_and_token(store):
    game = new_game(store)
    assert store.game(game.id) == store.game_by_code(game.code) == store.game_by_hash(game.token_hash) == game
    later = new_game(store, created_at="2027-03-02T10:00:00.000+00:00")
    assert store.games() == [later, game]


def test_what_is_unknown_gets_one_sentence(store):
    for asked, kind in (
        (lambda: store.game("x"), UnknownGame),
        (lambda: store.game_by_code("x"), UnknownCode),
        (lambda: store.game_by_hash("x"), UnknownToken),
        (lambda: store.player_by_hash("x"), UnknownToken),
        (lambda: store.append("x", note(0, "a")), UnknownGame),
        (lambda: store.change_player("x", lambda game, players: None), UnknownGame),
    ):
        with pytest.raises(kind, match=r"^[A-Z][^.]*\.$"):
            asked()


def test_a_code_is_given_once(store):
    game = new_game(store)
    with pytest.raises(Taken):
        new_game(store, code=game.code)
    assert store.games() == [game]


def test_entries_come_back_as_they_were_appended(store):
    game = new_game(store)
    first = store.append(game.id, note(0, "a", words=["żółw", 1.5, None, True, {"x": 2**70}]))
    second = store.append(game.id, note(0, "b"), play(0, "c"))
    assert [entry.seq for entry in first + second] == [1, 2, 3]
    assert store.entries(game.id) == first + second
    assert store.entries(game.id, after=1) == second
    assert store.entries(game.id, kinds=("phase",)) == second[1:]
    assert (store.game(game.id).seq, store.game(game.id).turn) == (3, 1)
    assert datetime.fromisoformat(first[0].at).utcoffset() == timedelta(0)


@ONE_STORE
@given(payload=st.dictionaries(st.text(), JSON, max_size=4))
def test_every_json_object_comes_back_equal(store, payload):
    game = new_game(store)
    [kept] = store.append(game.id, note(0, "a", **payload))
    assert store.entries(game.id) == [kept]
    assert kept.payload == payload


def test_the_same_key_is_the_same_entry(store):
    game = new_game(store)
    [first] = store.append(game.id, note(0, "a", words="first"))
    assert store.append(game.id, note(0, "a", words="again")) == [first]
    store.append(game.id, play())
    store.append(game.id, resolve(1))
    assert store.append(game.id, note(0, "a")) == [first], "acknowledged again after its turn has closed"
    assert [entry.seq for entry in store.entries(game.id)] == [1, 2, 3]
    assert store.game(game.id).seq == 3
    other = new_game(store)
    assert store.append(other.id, note(0, "a"))[0].seq == 1, "keys belong to a game"


def test_a_key_of_somebody_else_gives_nothing_away(store):
    game = new_game(store)
    store.append(game.id, play(), order(1, "a", secret="tank"))
    with pytest.raises(Taken) as refused:
        store.append(game.id, replace(order(1, "a"), seat="korea", player="2"))
    assert "tank" not in str(refused.value)


@pytest.mark.parametrize(
    ("draft", "sentence"),
    [
        (Draft(0, "cheat", {}, "k"), "no entry of the kind 'cheat'"),
        (note(0, ""), "The key of an entry"),
        (note(0, "k\0"), "The key of an entry"),
        (note(0, "x" * 201), "The key of an entry"),
        (replace(note(0, "k"), seat="PO L"), "The id of a seat"),
        (note(0, "k", amount=float("nan")), "JSON cannot hold"),
        (note(0, "k", amount={1, 2}), "JSON cannot hold"),
        (note(0, "k", words="x" * LONGEST_PAYLOAD), "shorten it"),
        (Draft(0, "note", ["a list"], "k"), "a JSON object"),
        (order(0, "k"), "once the first turn has begun"),
        (Draft(1, "resolve", {"turn": 2}, "k"), "names another turn"),
        (Draft(0, "resolve", {"turn": 0}, "k"), "cannot be resolved"),
        (Draft(1, "undo", {"turn": 0}, "k"), "Only the last resolved turn"),
        (note(1, "k"), "Turn 1 has not begun: turn 0 is open"),
    ],
)
def test_a_bad_entry_is_refused_and_nothing_is_kept(store, draft, sentence):
    game = new_game(store)
    with pytest.raises(GameError, match=sentence):
        store.append(game.id, note(0, "good"), draft)
    assert store.entries(game.id) == []
    assert store.game(game.id) == game


def test_a_closed_turn_takes_nothing(store):
    game = new_game(store)
    store.append(game.id, play())
    store.append(game.id, resolve(1), play(2, "next"))
    with pytest.raises(TurnClosed, match="Turn 1 is closed, and turn 2 is open"):
        store.append(game.id, order(1, "late"))
    with pytest.raises(TurnClosed):
        store.append(game.id, resolve(1, "again"))
    assert store.append(game.id, order(2, "in-time"))[0].turn == 2


def test_a_turn_is_taken_back_and_nothing_is_deleted(store):
    game = new_game(store)
    store.append(game.id, play())
    store.append(game.id, order(1, "a"))
    store.append(game.id, resolve(1))
    store.append(game.id, undo(1, "u"))
    assert store.game(game.id).turn == 1
    with pytest.raises(GameError, match="Only the last resolved turn"):
        store.append(game.id, undo(0, "u0"))
    store.append(game.id, order(1, "b"))
    store.append(game.id, resolve(1, "second"))
    assert [entry.kind for entry in store.entries(game.id)] == [
        "phase", "order", "resolve", "undo", "order", "resolve",
    ]  # fmt: skip
    assert store.game(game.id).turn == 2


def test_a_game_that_is_over_can_only_be_taken_up_again(store):
    game = new_game(store)
    store.append(game.id, Draft(0, "phase", {"state": "over", "deadline": ""}, "end"))
    with pytest.raises(TurnClosed, match="This game is over"):
        store.append(game.id, note(0, "a"))
    store.append(game.id, Draft(0, "phase", {"state": "debrief", "deadline": ""}, "on"))
    assert store.append(game.id, note(0, "a"))[0].seq == 3


def test_who_resolves_must_have_seen_every_order(store):
    game = new_game(store)
    seen = store.append(game.id, play())[0].seq
    store.append(game.id, note(1, "n"))
    store.append(game.id, order(1, "a"))
    with pytest.raises(LogMoved):
        store.append(game.id, resolve(1), seen=seen)
    assert store.game(game.id).turn == 1
    store.append(game.id, note(1, "m"))
    assert store.append(game.id, resolve(1), seen=seen + 2)[0].kind == "resolve", "a note changes no replay"
    with pytest.raises(TurnClosed):
        store.append(game.id, resolve(1, "second"), seen=seen)


@ONE_STORE
@given(
    st.lists(
        st.tuples(st.sampled_from(["note", "order", "play", "resolve", "undo", "over"]), st.integers(0, 5)),
        max_size=25,
    )
)
def test_the_store_is_a_list_with_a_rule(store, actions):
    """Whatever is tried in whatever order: the log is what a plain list with the same rules would hold."""
    game = new_game(store)
    turn, status, expected = 0, "open", {}
    for kind, number in actions:
        key = f"{kind}{number}"
        draft = {
            "note": lambda: note(turn, key),  # noqa: B023
            "order": lambda: order(max(1, turn - number % 2), key),  # noqa: B023
            "play": lambda: play(turn, key),  # noqa: B023
            "resolve": lambda: resolve(max(1, turn), key),  # noqa: B023
            "undo": lambda: undo(max(1, turn - 1), key),  # noqa: B023
            "over": lambda: Draft(turn, "phase", {"state": "over", "deadline": ""}, key),  # noqa: B023
        }[kind]()
        good = draft.turn == turn and (status == "open" or draft.kind == "phase")
        if key in expected or good:
            assert store.append(game.id, draft)[0].key == key
        else:
            with pytest.raises(TurnClosed):
                store.append(game.id, draft)
        if key not in expected and good:
            expected[key] = draft.kind
            turn, status = turn_after(turn, draft), status_after(status, draft)
    kept = store.entries(game.id)
    assert [(entry.seq, entry.key, entry.kind) for entry in kept] == [
        (number, key, kind) for number, (key, kind) in enumerate(expected.items(), start=1)
    ]
    after = store.game(game.id)
    assert (after.turn, after.status, after.seq) == (turn, status, len(kept))


def test_a_player_is_changed_together_with_the_log(store):
    game = new_game(store)
    take = Draft(0, "take", {"seat": "POL", "by": "person"}, "take-1", "POL")
    made = store.change_player(game.id, lambda _game, _players: Change(player(game), (take,)))
    assert store.players(game.id) == [made]
    assert store.player_by_hash("hash 1") == made
    assert [entry.kind for entry in store.entries(game.id)] == ["take"]
    late = Change(replace(made, seat="korea"), (replace(take, turn=3, key="take-2"),))
    with pytest.raises(TurnClosed):
        store.change_player(game.id, lambda _game, _players: late)
    assert store.players(game.id) == [made]


def test_ten_players_are_in_the_order_of_joining(store):
    game = new_game(store)
    for number in range(1, 12):
        store.change_player(game.id, lambda _game, _players, n=number: Change(player(game, n)))
    assert [each.id for each in store.players(game.id)] == [str(number) for number in range(1, 12)]


def test_presence_is_written_seldom(url):
    now = datetime(2027, 3, 1, 10, tzinfo=UTC)
    store = Store(url, now=lambda: now)
    game = new_game(store)
    ada = store.change_player(game.id, lambda _game, _players: Change(player(game)))
    now += SEEN_EVERY - timedelta(seconds=1)
    assert store.touch(ada) == ada
    assert store.players(game.id) == [ada]
    now += timedelta(seconds=1)
    touched = store.touch(ada)
    assert touched.last_seen == "2027-03-01T10:00:10.000+00:00"
    assert store.players(game.id) == [touched]
    store.close()


def test_sixty_orders_at_once_are_all_kept(store):
    game = new_game(store)
    store.append(game.id, play())
    start = threading.Barrier(60)

    def give(number):
        start.wait()
        return store.append(game.id, replace(order(1, f"k{number}"), player=str(number)))[0]

    with ThreadPoolExecutor(60) as pool:
        given_back = list(pool.map(give, range(60)))
    kept = store.entries(game.id, after=1)
    assert [entry.seq for entry in kept] == list(range(2, 62))
    assert sorted(given_back, key=lambda entry: entry.seq) == kept


def test_a_double_click_in_the_same_instant_counts_once(store):
    game = new_game(store)
    start = threading.Barrier(20)

    def click(_number):
        start.wait()
        return store.append(game.id, note(0, "click"))[0]

    with ThreadPoolExecutor(20) as pool:
        given_back = set(map(repr, pool.map(click, range(20))))
    assert len(given_back) == len(store.entries(game.id)) == store.game(game.id).seq == 1


def test_of_many_who_resolve_one_does_and_the_others_are_told(store):
    game = new_game(store)
    store.append(game.id, play())
    start = threading.Barrier(10)

    def end(number):
        start.wait()
        try:
            return store.append(game.id, resolve(1, f"r{number}"))[0].key
        except TurnClosed as told:
            return str(told)

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(end, range(10)))
    assert answers.count("Turn 1 is closed, and turn 2 is open: look at the new turn.") == 9
    assert [entry.key for entry in store.entries(game.id)][1:] == [a for a in answers if a.startswith("r")]
    assert store.game(game.id).turn == 2


def writer(url, game, name, count):
    words = [sys.executable, "-m", "tests.game.writing", url, game.id, name, str(count)]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_two_processes_write_beside_each_other(store, url):
    game = new_game(store)
    writers = [writer(url, game, name, 100) for name in ("left", "right")]
    said = [process.communicate()[0] for process in writers]
    assert [process.returncode for process in writers] == [0, 0]
    kept = store.entries(game.id)
    assert [entry.seq for entry in kept] == list(range(1, 201))
    lines = [line for words in said for line in words.splitlines()]
    assert sorted(lines) == sorted(f"{entry.seq} {entry.key}" for entry in kept)


@pytest.mark.parametrize("name", ["notes", "turns"])
def test_what_was_acknowledged_survives_a_kill(store, url, name):
    game = new_game(store)
    begun = store.append(game.id, play()) if name == "turns" else []
    process = writer(url, game, name, 10**6)
    said = [process.stdout.readline() for _ in range(50)]
    process.kill()
    said += process.stdout.read().splitlines(keepends=True)
    assert process.wait() == -9
    process.stdout.close()
    again = Store(url)
    kept = again.entries(game.id)
    acknowledged = {line for line in said if line.endswith("\n")}
    assert len(acknowledged) >= 50
    assert acknowledged <= {f"{entry.seq} {entry.key}\n" for entry in kept}
    after = again.game(game.id)
    assert (after.seq, after.turn) == (len(kept), open_turn(kept)[0])
    assert name == "notes" or (len(kept) - len(begun)) % 2 == 0, "a turn ends and the next begins, or neither"
    assert again.append(game.id, note(after.turn, "goes-on"))[0].seq == len(kept) + 1
    again.close()


def test_the_end_of_a_turn_may_say_more_than_a_person(store):
    game = new_game(store)
    store.append(game.id, play())
    orders = {"orders": "x" * LONGEST_PAYLOAD}
    with pytest.raises(GameError, match="shorten it"):
        store.append(game.id, order(1, "k", **orders))
    assert store.append(game.id, Draft(1, "resolve", {"turn": 1, **orders}, "r"))[0].payload["orders"]


def test_a_payload_is_kept_as_json(store):
    game = new_game(store)
    [kept] = store.append(game.id, Draft(0, "note", {"pair": (1, 2), 3: "three"}, "a"))
    assert kept.payload == json.loads('{"pair": [1, 2], "3": "three"}')
