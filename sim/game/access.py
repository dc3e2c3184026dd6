"""Who may do and see what in a room: a player for the own seat, the facilitator for the game."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import Literal

from sim.game.entry import Draft, Entry
from sim.game.errors import NotAllowed

# "room" is the program itself: it seats people, and ends a turn when its time is up.
Part = Literal["player", "facilitator", "room"]

MAY_APPEND: dict[Part, tuple[str, ...]] = {
    "player": ("order", "ready", "propose", "answer", "forecast", "advice", "reason", "note"),
    "facilitator": ("inject", "phase", "resolve", "undo", "take", "note"),
    "room": ("take", "resolve", "phase"),
}
# What every player of a game may read whoever it came from; offers between seats are made in the open.
PUBLIC = ("phase", "resolve", "undo", "take", "inject", "propose", "answer")

TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Who:
    """Somebody whose token was found. seat, player: ids, empty for the facilitator."""

    part: Part
    game: str
    seat: str = ""
    player: str = ""


def check_allowed(who: Who, draft: Draft) -> None:
    """Raise NotAllowed unless this person may append this entry; every entry passes here first."""
    if draft.kind not in MAY_APPEND[who.part]:
        raise NotAllowed(
            "Only the facilitator of this room can do this."
            if who.part == "player"
            else "Only a player can do this, for the own seat."
        )
    if who.part == "player" and draft.seat != who.seat:
        raise NotAllowed("A player decides for the own seat only.")
    if draft.player != who.player:
        raise NotAllowed("Nobody can speak for another person.")


def may_read(who: Who, entry: Entry) -> bool:
    """Whether this person may see an entry: the own seat's, what is public, and for the facilitator all."""
    return who.part != "player" or entry.kind in PUBLIC or entry.seat == who.seat


def is_token(text: str) -> bool:
    """Whether a text has the form of a token."""
    return TOKEN.fullmatch(text) is not None


def hash_of(token: str) -> str:
    """What the store keeps of a token: its sha256. A token of 128 random bits needs no salt."""
    return hashlib.sha256(token.encode()).hexdigest()


def same_hash(one: str, other: str) -> bool:
    """Whether two hashes are the same, in a time that does not depend on where they differ."""
    return hmac.compare_digest(one, other)
