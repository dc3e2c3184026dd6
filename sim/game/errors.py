"""What can go wrong in a game; the text of each error is one sentence that says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import ValidationError


class GameError(ValueError):
    """An order, a set-up or a game cannot be used; the text is one sentence that says what to do."""


class NotAllowed(GameError):
    """Whoever asks may not do or see this."""


class SeatFull(GameError):
    """Nobody else can take this seat."""


class TooManyTries(GameError):
    """Too many wrong codes: whoever asks has to wait."""


class StoreError(GameError):
    """The store of games cannot do what was asked."""


class UnknownGame(StoreError):
    """There is no such game."""


class UnknownCode(StoreError):
    """No open room has this code."""


class UnknownToken(StoreError):
    """No link holds this token."""


class TurnClosed(StoreError):
    """The turn named is not the open one, or the game is over."""


class LogMoved(StoreError):
    """Orders came in after the log was read: read it again."""


class StoreUnreachable(StoreError):
    """The database does not answer, or cannot be used."""


class Taken(StoreError):
    """A code or key is in use already."""


def first_fault(error: ValidationError, whole: str) -> str:
    """The first field that does not fit and why; whole = what to name where it is no single field."""
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"]) or whole
    return f"{where}: {first['msg'].lower()}"
