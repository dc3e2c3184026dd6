"""The host of games: rooms, logs and the model together. Pages and command line go through here.

A room knows people and entries, a log makes a game, a game is replayed by the model; nothing of a game is
kept but its log, so what is held here in memory can be lost at any time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from threading import Lock
from typing import Any, Final

from sim.game.allowed import check_inject, check_order
from sim.game.clock import State, phase
from sim.game.entry import Entry, utc_now
from sim.game.errors import GameError, NotAllowed
from sim.game.log import PERSON, RULE, SCRIPT, Told, completed, fold, folded_on, order_of
from sim.game.orders import Order, order_record
from sim.game.plans import next_phase
from sim.game.propose import Proposal, answer_of_rules, check_proposal, parse_proposal, proposal_record
from sim.game.replay import Standing, digest, standing
from sim.game.room import Rooms
from sim.game.seating import Place
from sim.game.seats import ROLES, STATE, find_seat
from sim.game.setup import Setup, new_setup
from sim.game.store import GameRecord, Store
from sim.game.turn import Inject

KEPT: Final = 64  # games whose folded log is kept in memory
TEAM: Final = 3  # people in a seat
AUTOMATIC: Final = "automatic"  # in a note of the facilitator: whether time ends a turn


class Host:
    """All games of one store; may be used by many threads."""

    def __init__(self, store: Store | None = None) -> None:
        """The games of a store, by default the usual one (docs/hosting.md)."""
        self.rooms = Rooms(store or Store())
        self._told: OrderedDict[str, Told] = OrderedDict()
        self._lock = Lock()

    # Opening

    def open(self, setup: Setup, capacity: int = TEAM) -> tuple[GameRecord, str]:
        """Open a room for a game; the game with its code, and the facilitator's token."""
        places = [
            Place(name, ROLES if find_seat(name).kind == STATE else (), capacity) for name in setup.seats
        ]
        return self.rooms.open(setup.title, setup.model_dump(mode="json"), setup.plan, places)

    def begin(self, token: str, seconds: float | None = None) -> None:
        """Open the first turn, as the facilitator."""
        self.rooms.phase(token, phase("play", seconds, utc_now()), "begin")

    # Reading

    def told(self, token: str) -> Told:
        """The game of this token as its log says now."""
        return self.told_of(self.rooms.game(token))

    def told_of(self, game: GameRecord) -> Told:
        """A game as its log says now, for what shows no secrets."""
        with self._lock:
            told = self._told.get(game.id)
        if told is not None and told.seq == game.seq:
            return told
        if told is None:
            told = fold(new_setup(**game.setup), self.rooms.store.entries(game.id))
        else:
            told = folded_on(told, self.rooms.store.entries(game.id, told.seq))
        with self._lock:
            self._told[game.id] = told
            self._told.move_to_end(game.id)
            while len(self._told) > KEPT:
                self._told.popitem(last=False)
        return told

    def standing(self, token: str) -> Standing:
        """Where the game of this token stands at the beginning of the turn now open."""
        return standing(self.told(token).game)

    # Acting for a seat

    def order(self, token: str, turn: int, data: Mapping[str, Any], key: str) -> Entry:
        """Give an order for the own seat; raises GameError with one sentence where it cannot be given."""
        return self._say(token, turn, {"order": dict(data)}, key)

    def withdraw(self, token: str, turn: int, data: Mapping[str, Any], key: str) -> Entry:
        """Take back an order about the same thing."""
        return self._say(token, turn, {"withdraw": dict(data)}, key)

    def _say(self, token: str, turn: int, payload: dict[str, Any], key: str) -> Entry:
        order, stands = order_of(payload)
        word = "order" if stands else "withdraw"

        def check(_setup: dict[str, Any], seat: str, _payload: dict[str, Any]) -> None:
            if not seat:
                raise NotAllowed("Only a player can do this, for the own seat.")
            told = self.told(token)
            if stands:
                check_order(standing(told.game), seat, order, told.now.orders.get(seat, ()))

        return self.rooms.append(token, turn, "order", {word: order_record(order)}, key, check=check)

    def ready(self, token: str, turn: int, ready: bool, key: str) -> Entry:
        """Say that one has decided, or not yet."""
        return self.rooms.append(token, turn, "ready", {"ready": ready}, key)

    def propose(self, token: str, turn: int, data: Mapping[str, Any], key: str) -> Entry:
        """Offer another seat a joint purchase or a framework."""
        who, told = self.rooms.who(token), self.told(token)
        proposal = parse_proposal({"sender": who.seat, **data})
        if proposal.sender != who.seat:
            raise GameError("A player makes offers for the own seat only.")
        check_proposal(standing(told.game), proposal)
        return self.rooms.append(token, turn, "propose", proposal_record(proposal), key)

    def answer(self, token: str, turn: int, proposal: int, accept: bool, key: str) -> Entry:
        """Answer an offer made to the own seat."""
        who, told = self.rooms.who(token), self.told(token)
        asked = told.now.proposals.get(proposal)
        if asked is None or asked.receiver != who.seat:
            raise GameError("There is no open offer of this number to your seat.")
        if accept:
            check_proposal(standing(told.game), asked)
        return self.rooms.append(token, turn, "answer", {"proposal": proposal, "accept": accept}, key)

    # For the facilitator

    def take(self, token: str, turn: int, seat: str, by: str, key: str) -> Entry:
        """Say who plays a seat from now on: "rule", "person" or "script:NAME"."""
        kind, _, name = by.partition(":")
        self.told(token).game.held_by([seat])
        if kind == SCRIPT:
            from sim.game.strategies import script_of  # most games have none

            script_of(name, find_seat(seat))
        elif by not in (RULE, PERSON):
            raise GameError(f"a seat is played by {RULE}, {PERSON} or {SCRIPT}:NAME, not {by[:40]!r}")
        return self.rooms.append(token, turn, "take", {"seat": seat, "by": by}, key, seat=seat)

    def inject(self, token: str, turn: int, inject: Inject, key: str) -> Entry:
        """Place a shock card in the second month of the open turn."""
        check_inject(self.standing(token), inject)
        return self.rooms.append(token, turn, "inject", asdict(inject), key)

    def undo(self, token: str, key: str) -> Entry:
        """Open the last resolved turn again."""
        return self.rooms.undo(token, self.told(token).game.undo().number, key)

    # Turns

    def resolve(
        self, token: str, turn: int, key: str, then: State | None = None, seconds: float | None = None
    ) -> Entry:
        """End a turn as the facilitator; then, seconds: left out for what the plan of the session says."""
        setup = self.told(token).game.setup
        state, limit = (then, seconds) if then is not None else next_phase(setup, turn)
        return self.rooms.resolve(token, turn, lambda entries: ending(setup, entries), key, state, limit)

    def resolve_when_due(
        self, token: str, then: State | None = None, seconds: float | None = None
    ) -> Entry | None:
        """End the turn if its time is up, whoever looks, unless the facilitator ends turns by hand."""
        game = self.rooms.game(token)
        if not self.automatic(game.id):
            return None
        told = self.told_of(game)
        setup, turn = told.game.setup, told.game.number
        state, limit = (then, seconds) if then is not None else next_phase(setup, turn)
        return self.rooms.resolve_when_due(token, lambda entries: ending(setup, entries), state, limit)

    def automatic(self, game_id: str) -> bool:
        """Whether a turn ends by itself when its time is up: the facilitator's last word on it, else yes."""
        notes = self.rooms.store.entries(game_id, kinds=("note",))
        said = [one.payload[AUTOMATIC] for one in notes if not one.player and AUTOMATIC in one.payload]
        return bool(said[-1]) if said else True

    def set_automatic(self, token: str, yes: bool, key: str) -> Entry:
        """Let turns end by themselves when their time is up, or by hand only, as the facilitator."""
        if self.rooms.who(token).part != "facilitator":
            raise NotAllowed("Only the facilitator of this room can do this.")
        return self.rooms.append(token, self.rooms.game(token).turn, "note", {AUTOMATIC: yes}, key)


def ending(setup: Setup, entries: Sequence[Entry]) -> dict[str, Any]:
    """What a "resolve" adds to a log: orders of scripts, answers of rules, the digest of what comes of it."""
    told = fold(setup, entries)
    stand = standing(told.game)
    orders = {seat: list(map(order_record, some)) for seat, some in orders_of_scripts(told, stand).items()}
    answers = {str(at): yes for at, yes in answers_of_rules(told, stand).items()}
    payload: dict[str, Any] = {"orders": orders, "answers": answers}
    after = told.game.resolve(Told(told.game, completed(told.now, payload)).turn())
    return {**payload, "digest": digest(after)}


def orders_of_scripts(told: Told, stand: Standing) -> dict[str, tuple[Order, ...]]:
    """What the scripts order that hold seats."""
    found = {}
    for seat, by in told.holders.items():
        kind, _, name = by.partition(":")
        if kind == SCRIPT:
            from sim.game.strategies import play  # most games have none

            found[seat] = play(name, stand, seat, told.now.orders.get(seat, ()))
    return found


def answers_of_rules(told: Told, stand: Standing) -> dict[int, bool]:
    """What seats without people say to offers that they still owe an answer."""
    return {
        at: answer_of_rules(stand, proposal)
        for at, proposal in told.now.proposals.items()
        if at not in told.now.answers and not held(told, proposal)
    }


def held(told: Told, proposal: Proposal) -> bool:
    """Whether a person sits where an offer was sent to: then only a person answers."""
    return told.holders.get(proposal.receiver, RULE) == PERSON
