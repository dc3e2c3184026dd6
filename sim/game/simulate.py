"""A whole class without a browser: players join a room, scripts decide for them, a game is played to its end.

Everything goes the way it goes for people: a room with a code, personal tokens, orders held against what
stands on the table, the facilitator's turns.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from sim.game.errors import GameError
from sim.game.host import Host
from sim.game.orders import order_record
from sim.game.replay import Standing, digest
from sim.game.score import scores
from sim.game.seating import MOST_PLAYERS
from sim.game.seats import find_seat
from sim.game.secret import new_token
from sim.game.setup import Setup
from sim.game.store import Store
from sim.game.strategies import play, script_of, scripts_for
from sim.game.transfer import export_lines
from sim.game.turn import Game
from sim.game.view import dial
from sim.policy.dates import month_text

MOST_PLACES: Final = 1000  # players of a simulated class
MOST_FUTURES: Final = 1000


def simulate(
    setup: Setup,
    players: int = 30,
    scripts: Mapping[str, str] | None = None,
    futures: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """Play a game to its end with scripts in place of people, in a room of its own that is then forgotten.

    players: people spread over the seats in their order; seats beyond them are played by rules.
    scripts: who plays a seat, by name; what is not said is dealt by the random seed. Returns plain data:
    players, scripts, turns with orders, dials and digest, scores by seat (over so many futures; none for 0),
    the lines of the export. Raises GameError.
    """
    if not 0 <= futures <= MOST_FUTURES:
        raise GameError(f"futures: {futures} is outside 0 to {MOST_FUTURES}")
    dealt = deal(setup, players, scripts or {})
    with TemporaryDirectory(prefix="leadtime-") as folder:
        host = Host(Store(f"sqlite:///{Path(folder) / 'game.sqlite'}"))
        try:
            record, game = played_at(host, setup, players, dealt, progress)
        finally:
            host.rooms.store.close()
    found = scores(game, futures) if futures else {}
    return record | {"scores": {seat: one.record() for seat, one in found.items()}}


def deal(setup: Setup, players: int, scripts: Mapping[str, str]) -> dict[str, str]:
    """Which script plays each seat with players; raises GameError for a seat or script that is not there."""
    most = min(MOST_PLACES, MOST_PLAYERS * len(setup.seats))
    if not 1 <= players <= most:
        raise GameError(f"players: {players} is outside 1 to {most}, the places of this game")
    for seat, name in scripts.items():
        if seat not in setup.seats:
            raise GameError(f"{seat!r} has no seat in this game; its seats are {', '.join(setup.seats)}")
        script_of(name, find_seat(seat))
    return {seat: scripts.get(seat, _drawn(setup, seat)) for seat in setup.seats[:players]}


def _drawn(setup: Setup, seat: str) -> str:
    """A script for a seat, keyed by the random seed and the name of the seat."""
    names = sorted(scripts_for(find_seat(seat)))
    key = hashlib.blake2b(f"{setup.random_seed}:{setup.replication}:{seat}".encode(), digest_size=8)
    return names[int.from_bytes(key.digest(), "little") % len(names)]


def played_at(
    host: Host,
    setup: Setup,
    players: int,
    dealt: Mapping[str, str],
    progress: Callable[[int, int], None] | None,
) -> tuple[dict[str, Any], Game]:
    """Play in a room; the record and the game that came of it."""
    game, token = host.open(setup, math.ceil(players / len(setup.seats)))
    teams: dict[str, list[str]] = {seat: [] for seat in dealt}
    for number in range(players):
        seat = setup.seats[number % len(setup.seats)]
        teams[seat].append(new_token())
        host.rooms.join(game.code, teams[seat][-1], "simulated", f"Player {number + 1}", seat)
    host.begin(token)
    turns = []
    for turn in range(1, setup.turns + 1):
        orders = {seat: _decide(host, seat, dealt[seat], turn, team) for seat, team in teams.items()}
        last = turn == setup.turns
        entry = host.resolve(token, turn, f"resolve-{turn}", "debrief" if last else "play")
        turns.append(turn_record(host.standing(token), orders, str(entry.payload["digest"])))
        if progress is not None:
            progress(turn, setup.turns)
    told = host.told(token)
    record = {
        "setup": setup.model_dump(mode="json"),
        "players": players,
        "scripts": dict(dealt),
        "turns": turns,
        "digest": digest(told.game),
        "entries": told.seq,
        "export": list(export_lines(host.rooms.store, game.id)),
    }
    return record, told.game


def _decide(host: Host, seat: str, script: str, turn: int, team: Sequence[str]) -> list[dict[str, Any]]:
    """The people of a seat give its orders, each in turn one, and say that they are done."""
    orders = [order_record(one) for one in play(script, host.standing(team[0]), seat)]
    for number, order in enumerate(orders):
        host.order(team[number % len(team)], turn, order, f"order-{number}")
    for person in team:
        host.ready(person, turn, True, "ready")
    return orders


def turn_record(stand: Standing, orders: Mapping[str, Any], found: str) -> dict[str, Any]:
    """A resolved turn as plain data; stand: where the game stands after it."""
    return {
        "turn": stand.game.number - 1,
        "month": month_text(stand.game.month, stand.world.start),
        "orders": dict(orders),
        "dials": dials(stand),
        "digest": found,
    }


def dials(stand: Standing) -> list[dict[str, Any]]:
    """The dials of every state that has a seat: speed, cost, reliance (see view.Dial)."""
    seats = [find_seat(name) for name in stand.game.setup.seats]
    return [{"seat": one.id, **asdict(dial(stand, state))} for one in seats for state in one.states]
