"""A game gone through again from its log: does it come out the same, and what if one order were another?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sim.game.allowed import check_order
from sim.game.entry import Entry
from sim.game.errors import GameError
from sim.game.log import Told, folded_on
from sim.game.orders import Order
from sim.game.replay import digest, standing
from sim.game.setup import Setup
from sim.game.simulate import dials
from sim.game.turn import Game


@dataclass(frozen=True)
class Traced:
    """A turn as the log says it ended, and as it ends when it is computed again; undone: taken back later."""

    turn: int
    logged: str
    found: str
    undone: bool = False

    @property
    def same(self) -> bool:
        """Whether both are the same, bit for bit."""
        return self.logged == self.found


@dataclass(frozen=True)
class Retraced:
    """A log gone through: the game that it makes and every turn that was resolved."""

    told: Told
    turns: tuple[Traced, ...]

    @property
    def same(self) -> bool:
        """Whether every turn came out as the log says."""
        return all(one.same for one in self.turns)


def retrace(setup: Setup, entries: Iterable[Entry]) -> Retraced:
    """Compute a game again from its log; raises GameError where the log makes no game."""
    told, turns = Told(Game(setup)), list[Traced]()
    for entry in entries:
        told = folded_on(told, (entry,))
        if entry.kind == "resolve":
            turns.append(Traced(entry.turn, str(entry.payload.get("digest", "")), digest(told.game)))
        elif entry.kind == "undo":
            at = max(at for at, one in enumerate(turns) if not one.undone)
            turns[at] = Traced(turns[at].turn, turns[at].logged, turns[at].found, undone=True)
    return Retraced(told, tuple(turns))


def forked(game: Game, number: int, seat: str, order: Order, withdraw: bool = False) -> Game:
    """The game with one order of one resolved turn replaced, or left out, and all else as it was.

    An order is held against what stood on the table then, as it was in the game. Raises GameError.
    """
    if not 1 <= number <= len(game.turns):
        raise GameError(f"there is no resolved turn {number}; there are {len(game.turns)}")
    turn = game.turns[number - 1]
    if withdraw:
        return game.fork(number, turn.without_order(seat, order))
    check_order(standing(game.at(number - 1)), seat, order, turn.of(seat))
    return game.fork(number, turn.with_order(seat, order))


def differences(game: Game, other: Game) -> dict[str, Any]:
    """What differs between two games as they stand: digests, and the dials of every state with a seat."""
    one, two = (dials(standing(each)) for each in (game, other))
    return {
        "digest": digest(game),
        "digest_fork": digest(other),
        "same": digest(game) == digest(other),
        "states": [
            {
                "seat": before["seat"],
                "state": before["state"],
                **{name: before[name] for name in ("speed", "cost", "reliance")},
                **{f"{name}_fork": after[name] for name in ("speed", "cost", "reliance")},
            }
            for before, after in zip(one, two, strict=True)
        ],
    }
