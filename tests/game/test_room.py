"""The room of a class: joining, seats, links, ending a turn."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from sim.game import access, clock, seating, secret
from sim.game.access import Who
from sim.game.errors import (
    GameError,
    NotAllowed,
    SeatFull,
    Taken,
    TooManyTries,
    TurnClosed,
    UnknownCode,
    UnknownToken,
)
from sim.game.flood import Flood, Limit
from sim.game.room import Rooms
from sim.game.seating import Place
from sim.game.secret import new_token
from sim.game.store import Store
from tests.game.games import PLACES, SETUP, digest


def test_a_room_is_opened_with_a_code_and_a_secret_link(klass):
    game = klass.rooms.game(klass.teacher)
    assert game == klass.game
    assert (game.setup, game.plan, game.title, game.turn, game.status) == (SETUP, "45", "Class 3b", 0, "open")
    assert len(game.code) == 6
    assert set(game.code) <= set(secret.ALPHABET)
    assert seating.places_of(game) == PLACES
    assert klass.rooms.who(klass.teacher) == Who("facilitator", game.id)


def test_a_lost_facilitators_link_is_replaced(klass):
    token = klass.rooms.renew(klass.game.id)
    assert klass.rooms.who(token) == Who("facilitator", klass.game.id)
    with pytest.raises(UnknownToken):
        klass.rooms.who(klass.teacher)


def test_no_token_is_in_the_database(klass, tmp_path):
    ada = klass.join("POL", "Ada")
    for file in tmp_path.glob("games.sqlite*"):
        assert klass.teacher.encode() not in file.read_bytes()
        assert ada.encode() not in file.read_bytes()
    [player] = klass.store.players(klass.game.id)
    assert player.token_hash == access.hash_of(ada) != ada
    assert klass.game.token_hash == access.hash_of(klass.teacher) != klass.teacher


@pytest.mark.parametrize("places", [(), (Place("POL"), Place("POL"))])
def test_a_room_without_seats_or_with_one_twice_is_refused(klass, places):
    with pytest.raises(GameError, match="at least one seat, and each seat once"):
        klass.rooms.open("Class", {}, "45", places)


def test_a_code_is_found_as_people_type_it(klass):
    code = klass.game.code
    for typed in (code, code.lower(), f" {code[:3]} {code[3:]} ", f"{code[:3]}-{code[3:]}"):
        assert klass.rooms.find(typed, "a") == klass.game


@pytest.mark.parametrize("typed", ["", "CDF", "CDFGHO", "CDFGH1", "CDFGHJK", "ÄÖÜ\0\ud800"])
def test_what_cannot_be_a_code_says_what_a_code_is(klass, typed):
    with pytest.raises(UnknownCode, match="A code has 6 characters"):
        klass.rooms.find(typed, "a")


def test_codes_cannot_be_guessed_in_numbers(klass):
    rooms = Rooms(klass.store, flood=Flood(lambda: 0.0, Limit(3, 5.0), Limit(4, 5.0)))
    wrong = "CCCCCC" if klass.game.code != "CCCCCC" else "DDDDDD"
    for client in ("a", "a", "a", "b"):
        with pytest.raises(UnknownCode):
            rooms.find(wrong, client)
    for client in ("a", "c"):
        with pytest.raises(TooManyTries, match="wait 5 seconds"):
            rooms.join(klass.game.code, new_token(), client)
    assert klass.rooms.people(klass.teacher) == []


def test_a_link_survives_a_reload_and_another_device(klass):
    ada = klass.join("POL", "Ada")
    first = klass.rooms.player(ada)
    assert (first.seat, first.name, first.id) == ("POL", "Ada", "1")
    assert klass.join("ROU", "Eve", token=ada) == ada
    elsewhere = Rooms(Store(klass.store._engine.url.render_as_string(False)))
    assert elsewhere.who(ada) == Who("player", klass.game.id, "POL", "1")
    elsewhere.store.close()
    assert [each.name for each in klass.rooms.people(klass.teacher)] == ["Ada"]


def test_clicking_join_many_times_at_once_takes_one_place(klass):
    token, start = new_token(), threading.Barrier(12)

    def click(_number):
        start.wait()
        return klass.rooms.join(klass.game.code, token, "school").id

    with ThreadPoolExecutor(12) as pool:
        assert set(pool.map(click, range(12))) == {"1"}
    assert len(klass.store.players(klass.game.id)) == 1
    assert [entry.kind for entry in klass.store.entries(klass.game.id)] == ["take"]


def test_a_class_that_joins_at_once_fits_exactly(klass):
    start = threading.Barrier(9)

    def click(_number):
        start.wait()
        try:
            return klass.rooms.join(klass.game.code, new_token(), "school").seat
        except SeatFull:
            return "full"

    with ThreadPoolExecutor(9) as pool:
        seats = Counter(pool.map(click, range(9)))
    assert seats == {"POL": 3, "ROU": 3, "korea": 1, "full": 2}
    roles = Counter((each.seat, each.role) for each in klass.store.players(klass.game.id))
    assert set(roles.values()) == {1}, "each role is given once in a seat"


@pytest.mark.parametrize("token", ["", "x", "g" * 32, "A" * 32, "0" * 31, "0" * 33, "\0", "\ud800"])
def test_a_token_of_another_form_opens_nothing(klass, token):
    with pytest.raises(UnknownToken):
        klass.rooms.join(klass.game.code, token, "a")
    for ask in (klass.rooms.who, klass.rooms.player, klass.rooms.rejoin, klass.rooms.entries):
        with pytest.raises(UnknownToken):
            ask(token)


def test_an_unknown_token_opens_nothing(klass):
    with pytest.raises(UnknownToken, match="opens no seat and no room"):
        klass.rooms.who(new_token())
    with pytest.raises(UnknownToken):
        klass.rooms.player(klass.teacher)


def test_late_joiners_come_into_a_running_game(klass):
    klass.begin()
    klass.rooms.resolve(klass.teacher, 1, digest, "r1")
    late = klass.join("korea", "Late")
    assert klass.store.entries(klass.game.id)[-1].turn == 2
    assert klass.order(late, turn=2).seat == "korea"


def test_nobody_joins_a_game_that_is_over(klass):
    ada = klass.join("POL")
    klass.rooms.phase(klass.teacher, clock.phase("over", None, klass.time), "end")
    with pytest.raises(TurnClosed, match="This game is over"):
        klass.join("ROU")
    assert klass.join(token=ada) == ada, "a reload still leads back"
    assert klass.rooms.entries(ada)[-1].payload["state"] == "over"


def test_leaving_moving_and_coming_back(klass):
    ada = klass.join("POL", "Ada")
    assert klass.rooms.move(ada, "ROU").seat == "ROU"
    assert klass.rooms.change_role(ada, seating.NO_ROLE).role == ""
    klass.rooms.leave(ada)
    with pytest.raises(NotAllowed, match="You have left this game"):
        klass.order(ada)
    assert klass.rooms.people(klass.teacher) == []
    assert klass.rooms.rejoin(ada).seat == "ROU"
    takes = [entry.payload for entry in klass.rooms.entries(ada) if entry.kind == "take"]
    assert [(take["seat"], take["by"]) for take in takes] == [
        ("POL", "person"), ("POL", "rule"), ("ROU", "person"), ("ROU", "rule"), ("ROU", "person"),
    ]  # fmt: skip


def test_the_facilitator_can_free_a_place(klass):
    ada, ben = klass.join("POL", "Ada"), klass.join("POL", "Ben")
    with pytest.raises(NotAllowed):
        klass.rooms.remove(ada, "2")
    klass.rooms.remove(klass.teacher, "2")
    assert [each.name for each in klass.rooms.people(klass.teacher)] == ["Ada"]
    with pytest.raises(NotAllowed):
        klass.rooms.people(ben)


def test_who_is_there_and_who_is_ready(klass):
    ada, ben = klass.join("POL", "Ada"), klass.join("ROU", "Ben")
    klass.begin()
    klass.later(31)
    klass.rooms.player(ada)
    klass.rooms.append(ada, 1, "ready", {"ready": True}, "r")
    seen = {each.name: (each.present, each.ready) for each in klass.rooms.people(klass.teacher)}
    assert seen == {"Ada": (True, True), "Ben": (False, False)}
    klass.rooms.append(ada, 1, "ready", {"ready": False}, "not")
    assert not any(each.ready for each in klass.rooms.people(ben))


def test_nobody_is_ready_for_a_turn_that_was_opened_again(klass):
    ada = klass.join("POL")
    klass.begin()
    klass.rooms.append(ada, 1, "ready", {"ready": True}, "r")
    klass.rooms.resolve(klass.teacher, 1, digest, "r1")
    assert not klass.rooms.people(ada)[0].ready
    klass.rooms.undo(klass.teacher, 1, "u")
    assert klass.rooms.game(ada).turn == 1
    assert not klass.rooms.people(ada)[0].ready


def test_roles_are_seen_in_the_own_seat_and_by_the_facilitator(klass):
    ada = klass.join("POL", "Ada")
    klass.join("ROU", "Ben")
    assert [bool(each.role) for each in klass.rooms.people(ada)] == [True, False]
    assert all(each.role for each in klass.rooms.people(klass.teacher))


def test_rooms_are_apart(klass):
    other, teacher = klass.rooms.open("Class 3c", {"scenario": "x"}, "90", PLACES)
    ada = klass.join("POL", "Ada")
    eve = new_token()
    klass.rooms.join(other.code, eve, "school", "Eve", "POL")
    klass.begin()
    klass.order(ada, secret="tank")
    assert klass.rooms.game(eve).id == other.id != klass.game.id
    assert all(entry.kind == "take" for entry in klass.rooms.entries(eve) + klass.rooms.entries(teacher))
    with pytest.raises(TurnClosed):
        klass.order(eve)
    assert [each.name for each in klass.rooms.people(teacher)] == ["Eve"]


def test_a_personal_link_is_for_one_room(klass):
    other, teacher = klass.rooms.open("Class 3c", {}, "90", PLACES)
    ada = klass.join("POL", "Ada")
    with pytest.raises(Taken, match="This personal link belongs to another room"):
        klass.rooms.join(other.code, ada, "school")
    assert klass.rooms.entries(teacher) == []
    assert klass.rooms.who(ada).game == klass.game.id


def test_an_order_is_checked_before_it_is_kept(klass):
    ada = klass.join("POL")
    klass.begin()
    asked = []

    def check(setup, seat, payload):
        asked.append((setup, seat, payload))
        if payload["item"] == "moon":
            raise GameError("Nobody offers a moon.")

    with pytest.raises(GameError, match="Nobody offers a moon"):
        klass.rooms.append(ada, 1, "order", {"item": "moon"}, "a", check=check)
    kept = klass.rooms.append(ada, 1, "order", {"item": "tank"}, "b", check=check)
    assert asked == [(SETUP, "POL", {"item": "moon"}), (SETUP, "POL", {"item": "tank"})]
    assert [entry for entry in klass.rooms.entries(klass.teacher) if entry.kind == "order"] == [kept]


def test_a_turn_ends_once_with_what_the_work_gave(klass):
    ada = klass.join("POL")
    klass.begin(360)
    klass.order(ada)
    ended = klass.rooms.resolve(klass.teacher, 1, digest, "r1", seconds=300)
    assert ended.payload == {"turn": 1, "digest": "3"}
    assert (klass.rooms.game(ada).turn, klass.rooms.clock(ada).left) == (2, 300)
    assert klass.rooms.resolve(klass.teacher, 1, digest, "r1") == ended, "a double click"
    with pytest.raises(TurnClosed, match="Turn 1 is closed, and turn 2 is open"):
        klass.rooms.resolve(klass.teacher, 1, digest, "r1-of-another")
    with pytest.raises(TurnClosed):
        klass.order(ada, turn=1, key="late")


def test_an_order_that_comes_in_during_the_work_is_in_the_turn(klass):
    ada, seen = klass.join("POL"), []
    klass.begin()

    def slow(entries):
        if not seen:
            klass.order(ada)
        seen.append(len(entries))
        return digest(entries)

    assert klass.rooms.resolve(klass.teacher, 1, slow, "r1").payload["digest"] == "3"
    assert seen == [2, 3]


def test_a_turn_whose_time_is_up_is_ended_by_whoever_looks_once(klass):
    ada = klass.join("POL")
    assert klass.rooms.resolve_when_due(ada, digest) is None
    klass.begin(360)
    klass.later(359)
    assert klass.rooms.resolve_when_due(ada, digest) is None
    klass.later(1)
    start = threading.Barrier(8)

    def look(_number):
        start.wait()
        return klass.rooms.resolve_when_due(ada, digest, seconds=360)

    with ThreadPoolExecutor(8) as pool:
        ended = [entry for entry in pool.map(look, range(8)) if entry]
    assert [entry.payload["turn"] for entry in ended] == [1]
    assert (klass.rooms.game(ada).turn, klass.rooms.clock(ada).left) == (2, 360)


def test_more_time_given_at_the_last_moment_counts(klass):
    klass.begin(360)
    klass.later(400)

    def work(entries):
        klass.rooms.phase(klass.teacher, clock.extend(60), "more")
        return digest(entries)

    assert klass.rooms.resolve_when_due(klass.teacher, work) is None
    assert (klass.rooms.game(klass.teacher).turn, klass.rooms.clock(klass.teacher).left) == (1, 60)


def test_the_last_turn_leads_into_the_debrief(klass):
    klass.begin()
    klass.rooms.resolve(klass.teacher, 1, digest, "r1", then="debrief", seconds=720)
    shown = klass.rooms.clock(klass.teacher)
    assert (shown.state, shown.left) == ("debrief", 720)


def test_a_phase_of_another_form_is_refused(klass):
    with pytest.raises(GameError, match="A phase says"):
        klass.rooms.phase(klass.teacher, {"state": "lunch"}, "k")
    with pytest.raises(GameError, match="by `resolve` and `undo`"):
        klass.rooms.append(klass.teacher, 0, "undo", {"turn": 0}, "k")
    assert klass.rooms.entries(klass.teacher) == []
