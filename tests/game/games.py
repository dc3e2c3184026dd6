"""Games and entries to test with."""

import secrets
from datetime import UTC, datetime, timedelta

from sim.game import clock
from sim.game.access import hash_of
from sim.game.entry import Draft
from sim.game.room import Rooms
from sim.game.seating import Place
from sim.game.secret import new_token
from sim.game.store import GameRecord, Store

PLAIN_PLACES = [
    {"seat": "POL", "roles": ["chief of defence", "treasurer", "foreign minister"], "capacity": 3},
    {"seat": "korea", "roles": [], "capacity": 1},
]


def new_game(store, **changed):
    fields = {
        "id": secrets.token_hex(8),
        "code": secrets.token_hex(3),
        "title": "A class",
        "setup": {"scenario": "base", "random_seed": 7, "turns": 4},
        "plan": "45",
        "places": PLAIN_PLACES,
        "created_at": "2027-03-01T10:00:00.000+00:00",
        "token_hash": hash_of(new_token()),
    }
    return store.new_game(GameRecord(**{**fields, **changed}))


def note(turn, key, **payload):
    return Draft(turn, "note", payload, key)


def order(turn, key, **payload):
    return Draft(turn, "order", payload, key, "POL", "1")


def play(turn=0, key="play"):
    return Draft(turn, "phase", {"state": "play", "deadline": ""}, key)


def resolve(turn, key=None, digest="d"):
    return Draft(turn, "resolve", {"turn": turn, "digest": digest}, key or f"resolve-{turn}")


def undo(turn, key):
    return Draft(turn + 1, "undo", {"turn": turn}, key)


PLACES = (
    Place("POL", ("chief of defence", "treasurer", "foreign minister"), 3),
    Place("ROU", ("chief of defence", "treasurer", "foreign minister"), 3),
    Place("korea"),
)
SETUP = {"scenario": "base", "random_seed": 7, "nested": {"turns": 4}}


class Class:
    """One room with a clock that is set by hand."""

    def __init__(self, url):
        self.time = datetime(2027, 3, 1, 10, tzinfo=UTC)
        self.store = Store(url, now=lambda: self.time)
        self.rooms = Rooms(self.store, now=lambda: self.time)
        self.game, self.teacher = self.rooms.open("Class 3b", SETUP, "45", PLACES)

    def join(self, seat="", name="", token=None):
        token = token or new_token()
        self.rooms.join(self.game.code, token, "school", name, seat)
        return token

    def begin(self, seconds=None):
        return self.rooms.phase(self.teacher, clock.phase("play", seconds, self.time), "begin")

    def order(self, token, turn=1, key="k", **payload):
        return self.rooms.append(token, turn, "order", payload, key)

    def later(self, seconds):
        self.time += timedelta(seconds=seconds)


def digest(entries):
    return {"digest": str(len(entries))}
