"""One entry of a game's log: what somebody did, in which turn, and what it does to the count of turns.

A game is its log (docs/hosting.md): entries are only ever appended, in the order of `seq`. Turn 0 is before
the first; the first phase "play" opens turn 1, "resolve" opens the next turn, "undo" the last one again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

from sim.game.errors import GameError

Status = Literal["open", "over"]
Payload = dict[str, Any]

MOVES = ("phase", "resolve", "undo")  # what can change the open turn, and the clock
# Whoever resolves a turn must have seen these: what enters the replay, and what may have given more time.
DECISIVE = ("take", "order", "inject", "propose", "answer", "phase")
KINDS = (*DECISIVE, "ready", "resolve", "undo", "forecast", "advice", "reason", "note")

LONGEST_PAYLOAD = 20_000  # characters of JSON that a person may send
LONGEST_SETUP = 1_000_000  # and of what the program itself writes
KEY = re.compile(r"[A-Za-z0-9_:.-]{1,200}")
ID = re.compile(r"[A-Za-z0-9_-]{0,40}")


@dataclass(frozen=True)
class Draft:
    """An entry before it is in the log.

    turn: number of the turn it is given in; seat, player: ids, empty where nobody in particular; key: the
    same key again is the same entry, so that a double click or a reconnect counts once.
    """

    turn: int
    kind: str
    payload: Payload
    key: str
    seat: str = ""
    player: str = ""


@dataclass(frozen=True)
class Entry(Draft):
    """An entry of the log. seq: 1, 2, ... within the game; at: UTC, ISO 8601 with milliseconds."""

    seq: int = 0
    at: str = ""


def utc_now() -> datetime:
    """The present moment in UTC."""
    return datetime.now(UTC)


def written(moment: datetime) -> str:
    """A moment as text: UTC, ISO 8601 with milliseconds, so that texts sort as moments do."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def plain_payload(payload: Payload, longest: int = LONGEST_PAYLOAD) -> Payload:
    """The payload as JSON keeps it; GameError where it is no JSON object or has over `longest` characters."""
    try:
        text = json.dumps(payload, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise GameError(f"An entry holds something that JSON cannot hold: {error}.") from error
    if len(text) > longest:
        raise GameError(f"An entry has {len(text):,} characters and may have {longest:,}: shorten it.")
    read = json.loads(text)
    if not isinstance(read, dict):
        raise GameError("An entry holds a JSON object, that is fields with names.")
    return read


def checked(draft: Draft) -> Draft:
    """The draft with a plain payload; GameError with one sentence where a field is not as it must be."""
    if draft.kind not in KINDS:
        raise GameError(f"There is no entry of the kind {draft.kind!r}: say one of {', '.join(KINDS)}.")
    if not KEY.fullmatch(draft.key):
        raise GameError("The key of an entry has 1 to 200 letters, digits or any of _ : . - and no others.")
    if not (ID.fullmatch(draft.seat) and ID.fullmatch(draft.player)):
        raise GameError("The id of a seat or player has at most 40 letters, digits, _ or -.")
    longest = LONGEST_SETUP if draft.kind == "resolve" else LONGEST_PAYLOAD
    draft = replace(draft, payload=plain_payload(draft.payload, longest))
    if draft.kind == "order" and draft.turn < 1:
        raise GameError("Orders can be given once the first turn has begun.")
    if draft.kind == "resolve" and (draft.turn < 1 or draft.payload.get("turn") != draft.turn):
        raise GameError(f"Turn {draft.turn} cannot be resolved by an entry that names another turn.")
    if draft.kind == "undo" and (draft.turn < 2 or draft.payload.get("turn") != draft.turn - 1):
        raise GameError("Only the last resolved turn can be undone, and there must be one.")
    return draft


def turn_after(turn: int, draft: Draft) -> int:
    """The number of the open turn after an entry that was given in turn `turn`."""
    if draft.kind == "resolve":
        return turn + 1
    if draft.kind == "undo":
        return turn - 1
    return 1 if turn == 0 and draft.kind == "phase" and draft.payload.get("state") == "play" else turn


def status_after(status: Status, draft: Draft) -> Status:
    """Whether the game is open or over after an entry: a phase may end it, or begin again after the end."""
    if draft.kind != "phase" or "state" not in draft.payload:
        return status
    return "over" if draft.payload["state"] == "over" else "open"


def open_turn(entries: Iterable[Entry]) -> tuple[int, int]:
    """The number of the open turn after these entries, and the `seq` of the entry that opened it, else 0."""
    turn, opened = 0, 0
    for entry in entries:
        after = turn_after(turn, entry)
        if after != turn:
            turn, opened = after, entry.seq
    return turn, opened
