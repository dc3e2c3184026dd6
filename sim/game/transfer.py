"""A whole game as lines of JSON: one that says what was played, then one for each entry of its log.

The file replays and forks like the game it came from. It holds no token and no name of a person, only which
player of the log had which seat and role, so it can be handed on; its game is open to nobody until they join.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal, TypeVar

from pydantic import TypeAdapter, ValidationError

from sim.game.access import hash_of
from sim.game.clock import check_phase
from sim.game.entry import ID, Entry, Payload, Status, checked, status_after, turn_after, written
from sim.game.errors import GameError
from sim.game.room import keep_under_a_code
from sim.game.seating import Place, clean, to_json
from sim.game.secret import new_id, new_token
from sim.game.store import GameRecord, PlayerRecord, Store

MOST_ENTRIES = 200_000
Read = TypeVar("Read")


@dataclass(frozen=True)
class Held:
    """Which seat and role a player of the log had, without the name."""

    id: str
    seat: str
    role: str
    joined_at: str


@dataclass(frozen=True)
class Kept:
    """A place of a room: see sim/game/seating.py."""

    seat: str
    roles: list[str]
    capacity: int


@dataclass(frozen=True)
class Header:
    """The first line. leadtime_game: version of this format."""

    leadtime_game: Literal[1]
    title: str
    plan: str
    places: list[Kept]
    setup: Payload
    created_at: str
    players: list[Held]


HEADER, ENTRY = TypeAdapter(Header), TypeAdapter(Entry)


def export_lines(store: Store, game_id: str) -> Iterator[str]:
    """The game as lines of JSON without their line ends."""
    game = store.game(game_id)
    header = {
        "leadtime_game": 1,
        "title": game.title,
        "plan": game.plan,
        "places": game.places,
        "setup": game.setup,
        "created_at": game.created_at,
        "players": [
            {"id": each.id, "seat": each.seat, "role": each.role, "joined_at": each.joined_at}
            for each in store.players(game_id)
        ],
    }
    yield json.dumps(header)
    for entry in store.entries(game_id):
        yield json.dumps(asdict(entry))


def import_lines(store: Store, lines: Iterable[str]) -> tuple[GameRecord, str]:
    """Keep the game of an exported file as a new one; it and its new facilitator's token.

    GameError, with nothing kept, where a line is not what `export_lines` writes or the log does not follow.
    """
    header, entries, turn, status = read_lines(lines)
    places = [Place(each.seat, tuple(each.roles), each.capacity) for each in header.places]
    game_id, token = new_id(), new_token()
    game = GameRecord(
        id=game_id,
        code="",
        title=clean(header.title, 120),
        setup=header.setup,
        plan=clean(header.plan),
        places=to_json(places),
        created_at=header.created_at,
        token_hash=hash_of(token),
        status=status,
        turn=turn,
        seq=len(entries),
    )
    players = [_absent(game_id, number, each) for number, each in enumerate(header.players, start=1)]
    return keep_under_a_code(store, game, players, entries), token


def read_lines(lines: Iterable[str]) -> tuple[Header, list[Entry], int, Status]:
    """What an exported file says: its first line, its log, the turn open after it, whether the game is over.

    GameError where a line is not what `export_lines` writes or the log does not follow.
    """
    numbered = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    first = next(numbered, None)
    if first is None:
        raise GameError("This file is empty: choose one that was exported from a game.")
    header = _read(HEADER, *first)
    _check_moment(header.created_at)
    return header, *_log(numbered)


def _log(numbered: Iterable[tuple[int, str]]) -> tuple[list[Entry], int, Status]:
    """The entries of the file, the turn that is open after them, and whether the game is over."""
    entries, keys = list[Entry](), set[str]()
    turn: int = 0
    status: Status = "open"
    for number, line in numbered:
        entry = _read(ENTRY, number, line)
        if len(entries) >= MOST_ENTRIES:
            raise GameError(f"Line {number}: a game has at most {MOST_ENTRIES:,} entries.")
        try:
            checked(entry)
            if entry.kind == "phase":
                check_phase(entry.payload)
            _check_moment(entry.at)
        except GameError as error:
            raise GameError(f"Line {number} cannot be used. {error}") from error
        if (entry.seq, entry.turn) != (len(entries) + 1, turn) or entry.key in keys:
            raise GameError(
                f"Line {number} does not follow the one before it: a line is missing, doubled or changed."
            )
        turn, status = turn_after(turn, entry), status_after(status, entry)
        keys.add(entry.key)
        entries.append(entry)
    return entries, turn, status


def _absent(game_id: str, number: int, held: Held) -> PlayerRecord:
    """A player of an imported log: nobody has the token, so the seat is free."""
    if held.id != str(number) or not ID.fullmatch(held.seat):
        raise GameError("Line 1: the players are numbered 1, 2, and so on, and each has a seat.")
    _check_moment(held.joined_at)
    return PlayerRecord(
        game_id, held.id, held.seat, clean(held.role), "", hash_of(new_token()),
        held.joined_at, held.joined_at, held.joined_at,
    )  # fmt: skip


def _check_moment(text: str) -> None:
    try:
        is_ours = text == written(datetime.fromisoformat(text))
    except (ValueError, OverflowError):
        is_ours = False
    if not is_ours:
        raise GameError(f"{text[:40]!r} is no time in UTC such as 2027-03-01T10:15:00.000+00:00.")


def _read(form: TypeAdapter[Read], number: int, line: str) -> Read:
    try:
        return form.validate_json(line, strict=True)
    except ValidationError as error:
        fault: Any = error.errors()[0]
        field = ".".join(map(str, fault["loc"])) or "the line"
        raise GameError(f"Line {number} cannot be used: {field}: {fault['msg']}.") from error
