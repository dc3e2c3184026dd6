"""Games and entries to test with."""

import secrets

from sim.game.access import hash_of, new_token
from sim.game.entry import Draft
from sim.game.store import GameRecord

PLACES = [
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
        "places": PLACES,
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
