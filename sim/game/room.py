"""The room of a class: a code to join by, a secret link for everybody, seats, people, the clock, the log.

Nobody has an account. The facilitator's link and each player's personal link hold a token; it is all that is
asked, so the same link opens the same seat after a reload and on another device. Tokens are drawn by
`new_token` (sim/game/secret.py) before joining, so joining twice with the same one is joining once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock

from sim.game import clock as clocks
from sim.game import seating
from sim.game.access import Who, check_allowed, hash_of, is_token, may_read, same_hash
from sim.game.clock import Clock, State, clock
from sim.game.entry import MOVES, Draft, Entry, Payload, open_turn, utc_now, written
from sim.game.errors import GameError, LogMoved, NotAllowed, Taken, TurnClosed, UnknownCode, UnknownToken
from sim.game.flood import Flood
from sim.game.seating import Place
from sim.game.secret import ALPHABET, CODE_LENGTH, new_code, new_id, new_token
from sim.game.store import Change, GameRecord, PlayerRecord, Store

PRESENT = timedelta(seconds=30)  # who was seen within this time is there
TRIES = 20  # to resolve a turn while orders come in
FACILITATOR = "facilitator"

Check = Callable[[Payload, str, Payload], None]  # setup, seat, order: raises GameError where it is no good
Decide = Callable[[GameRecord, list[PlayerRecord]], Change]
Work = Callable[[list[Entry]], Payload]  # the log so far: what the entry "resolve" holds besides the turn


@dataclass(frozen=True)
class Person:
    """A player as others see them. ready: said so since the turn began; role: empty where it is secret."""

    id: str
    name: str
    seat: str
    role: str
    present: bool
    ready: bool


class Rooms:
    """All rooms of one store, side by side; may be used by many threads."""

    def __init__(
        self, store: Store, now: Callable[[], datetime] = utc_now, flood: Flood | None = None
    ) -> None:
        self.store = store
        self._now = now
        self._flood = flood or Flood()
        self._ending = Lock()  # one thread at a time ends a turn whose time is up

    # Opening, finding, joining

    def open(self, title: str, setup: Payload, plan: str, places: Iterable[Place]) -> tuple[GameRecord, str]:
        """Open a room; the game with its code, and the facilitator's token, which is shown only now."""
        places = tuple(places)
        if not places or len({place.seat for place in places}) < len(places):
            raise GameError("A room needs at least one seat, and each seat once.")
        token = new_token()
        game = GameRecord(
            new_id(), "", seating.clean(title, 120), setup, plan, seating.to_json(places),
            written(self._now()), hash_of(token),
        )  # fmt: skip
        return keep_under_a_code(self.store, game), token

    def renew(self, game_id: str) -> str:
        """Another facilitator's token, for who lost the link and can reach the database; the old one ends."""
        token = new_token()
        self.store.renew(game_id, hash_of(token))
        return token

    def find(self, code: str, client: str) -> GameRecord:
        """The game with this code, as a person types it; UnknownCode, TooManyTries.

        client: whatever tells one client from another, such as its address.
        """
        plain = code.upper().replace(" ", "").replace("-", "")
        if len(plain) != CODE_LENGTH or set(plain) - set(ALPHABET):
            raise UnknownCode(f"A code has {CODE_LENGTH} characters out of {ALPHABET}: look at it again.")
        return self._flood.guarded(client, lambda: self.store.game_by_code(plain))

    def join(self, code: str, token: str, client: str, name: str = "", seat: str = "") -> PlayerRecord:
        """Join by code, at any time until the game is over; the same token again is the same player.

        token: the personal one, drawn before by `new_token`; seat: empty for one by lot.
        """
        if not is_token(token):
            raise UnknownToken("This personal link is incomplete: join by the code again.")
        game = self.find(code, client)
        hashed, now = hash_of(token), written(self._now())
        return self._change(
            game.id,
            lambda game, players: seating.sit_down(
                game, players, token_hash=hashed, now=now, name=name, seat=seat
            ),
        )

    def rejoin(self, token: str, seat: str = "") -> PlayerRecord:
        """Come back by the personal link after having left, to the same seat if it has a place."""
        player = self._player(token)
        hashed, now = player.token_hash, written(self._now())
        return self._change(
            player.game,
            lambda game, players: seating.sit_down(game, players, token_hash=hashed, now=now, seat=seat),
        )

    # Whose link it is, and what they may do with their place

    def who(self, token: str) -> Who:
        """Whose token this is; UnknownToken, or NotAllowed for somebody who has left."""
        try:
            player = self._player(token)
        except UnknownToken:
            if not is_token(token):
                raise
            game = self.store.game_by_hash(hash_of(token))
            if not same_hash(game.token_hash, hash_of(token)):
                raise
            return Who("facilitator", game.id)
        if player.left_at:
            raise NotAllowed("You have left this game: you can come back to it.")
        return Who("player", player.game, player.seat, player.id)

    def player(self, token: str) -> PlayerRecord:
        """The player with this personal token, noted as present."""
        return self.store.touch(self._player(token))

    def move(self, token: str, seat: str = "") -> PlayerRecord:
        """Take another seat, the one named or one by lot, with a role by lot."""
        who = self._as(token, "player")
        return self._change(who.game, lambda game, players: seating.move(game, players, who.player, seat))

    def change_role(self, token: str, role: str | None = None) -> PlayerRecord:
        """Play another role: by lot, the one named, or none (`seating.NO_ROLE`)."""
        who = self._as(token, "player")
        return self._change(
            who.game, lambda game, players: seating.change_role(game, players, who.player, role)
        )

    def leave(self, token: str) -> PlayerRecord:
        """Leave the game; the personal link still leads back."""
        return self._leave(who := self._as(token, "player"), who.player)

    def remove(self, token: str, player_id: str) -> PlayerRecord:
        """Free the place of a player, as the facilitator."""
        return self._leave(self._as(token, "facilitator"), player_id)

    # What a room shows

    def game(self, token: str) -> GameRecord:
        """The game of this token as it stands, with the open turn and the `seq` of the last entry."""
        return self.store.game(self.who(token).game)

    def entries(self, token: str, after: int = 0) -> list[Entry]:
        """What this person may see of the log above `after`; a replay reads the store itself."""
        who = self.who(token)
        return [entry for entry in self.store.entries(who.game, after) if may_read(who, entry)]

    def people(self, token: str) -> list[Person]:
        """Everybody in the room; a player sees the roles of the own seat, the facilitator all."""
        who = self.who(token)
        entries = self.store.entries(who.game, kinds=(*MOVES, "ready"))
        _turn, opened = open_turn(entries)
        ready = {
            entry.player: entry.payload.get("ready") is True
            for entry in entries
            if entry.kind == "ready" and entry.seq > opened
        }
        since = written(self._now() - PRESENT)
        return [
            Person(
                id=each.id,
                name=each.name,
                seat=each.seat,
                role=each.role if who.part != "player" or each.seat == who.seat else "",
                present=each.last_seen > since,
                ready=ready.get(each.id, False),
            )
            for each in seating.here(self.store.players(who.game))
        ]

    def clock(self, token: str) -> Clock:
        """The clock of this room as it stands."""
        return clock(self.store.entries(self.who(token).game, kinds=("phase",)), self._now())

    # What is done

    def append(
        self,
        token: str,
        turn: int,
        kind: str,
        payload: Payload,
        key: str,
        seat: str | None = None,
        check: Check | None = None,
    ) -> Entry:
        """Append one entry; on return it is kept. The same key of the same person again is the same entry.

        key: drawn anew for each form that is filled in, not for each click; unique in the turn of a person.
        seat: left out for the own seat; check: asked about an order before it is appended.
        """
        who = self.who(token)
        if kind in ("resolve", "undo"):
            raise GameError("A turn is ended and taken back by `resolve` and `undo`.")
        if kind == "order" and check is not None:
            check(self.store.game(who.game).setup, who.seat, payload)
        draft = Draft(turn, kind, payload, key, who.seat if seat is None else seat, who.player)
        return self._append(who, draft)[0]

    def phase(self, token: str, payload: Payload, key: str) -> Entry:
        """Append what `clock.phase`, `pause`, `resume` or `extend` gave; the first "play" opens turn 1."""
        who = self._as(token, "facilitator")
        return self._append(who, Draft(self.store.game(who.game).turn, "phase", payload, key))[0]

    def resolve(
        self, token: str, turn: int, work: Work, key: str, then: State = "play", seconds: float | None = None
    ) -> Entry:
        """End a turn as the facilitator; TurnClosed for the second of two who try.

        work: gives what the entry holds besides the turn, from the log; it is asked again where an order came
        in meanwhile. then, seconds: the phase that begins in the same transaction, and its limit if any.
        """
        who = self._as(token, "facilitator")
        for _attempt in range(TRIES):
            try:
                return self._resolve(who, self.store.entries(who.game), turn, work, key, then, seconds)
            except LogMoved as error:
                moved = error
        raise moved

    def resolve_when_due(
        self, token: str, work: Work, then: State = "play", seconds: float | None = None
    ) -> Entry | None:
        """End the open turn if it is played and its time is up, whoever looks; None if it was not.

        Meant for every page that looks at the clock, so that a class goes on when the facilitator's screen is
        closed; what changed meanwhile is left to whoever looks next.
        """
        who = self.who(token)
        if not self._ending.acquire(blocking=False):
            return None
        try:
            entries = self.store.entries(who.game)
            shown, (turn, opened) = clock(entries, self._now()), open_turn(entries)
            if shown.state != "play" or not shown.time_is_up:
                return None
            room = Who("room", who.game)
            return self._resolve(room, entries, turn, work, f"due:{opened}", then, seconds)
        except (LogMoved, TurnClosed):
            return None
        finally:
            self._ending.release()

    def undo(self, token: str, turn: int, key: str) -> Entry:
        """Open the last resolved turn `turn` again; its orders stand until others replace them."""
        who = self._as(token, "facilitator")
        return self._append(who, Draft(turn + 1, "undo", {"turn": turn}, key))[0]

    # Inside

    def _player(self, token: str) -> PlayerRecord:
        if not is_token(token):
            raise UnknownToken("This link is incomplete: copy the whole link, or join by the code again.")
        player = self.store.player_by_hash(hash_of(token))
        if not same_hash(player.token_hash, hash_of(token)):
            raise UnknownToken("This link opens no seat: copy the whole link, or join by the code again.")
        return player

    def _as(self, token: str, part: str) -> Who:
        who = self.who(token)
        if who.part != part:
            raise NotAllowed(
                "Only the facilitator of this room can do this."
                if part == "facilitator"
                else "Only a player can do this, for the own seat."
            )
        return who

    def _change(self, game_id: str, decide: Decide) -> PlayerRecord:
        """What becomes of a player; the room itself tells the log who holds a seat."""

        def allowed(game: GameRecord, players: list[PlayerRecord]) -> Change:
            change = decide(game, players)
            for draft in change.drafts:
                check_allowed(Who("room", game.id), draft)
            return change

        return self.store.change_player(game_id, allowed)

    def _leave(self, who: Who, player_id: str) -> PlayerRecord:
        now = written(self._now())
        return self._change(who.game, lambda game, players: seating.leave(game, players, player_id, now))

    def _append(self, who: Who, *drafts: Draft, seen: int | None = None) -> list[Entry]:
        """The one way to the log: allowed, well formed, and under a key that nobody else can use."""
        own = who.player or who.part
        for draft in drafts:
            check_allowed(who, draft)
            if draft.kind == "phase":
                clocks.check_phase(draft.payload)
            if who.part != "player" and draft.seat:
                seating.place(self.store.game(who.game), draft.seat)
        keyed = [replace(draft, key=f"{own}:{draft.turn}:{draft.key}") for draft in drafts]
        return self.store.append(who.game, *keyed, seen=seen)

    def _resolve(
        self,
        who: Who,
        entries: list[Entry],
        turn: int,
        work: Work,
        key: str,
        then: State,
        seconds: float | None,
    ) -> Entry:
        """Try once, on this log; where the turn is closed already there is no work left to do."""
        payload = {**(work(entries) if open_turn(entries)[0] == turn else {}), "turn": turn}
        begins = clocks.phase(then, seconds, self._now())
        drafts = (Draft(turn, "resolve", payload, key), Draft(turn + 1, "phase", begins, f"{key}:then"))
        return self._append(who, *drafts, seen=entries[-1].seq if entries else 0)[0]


def keep_under_a_code(
    store: Store, game: GameRecord, players: Iterable[PlayerRecord] = (), entries: Iterable[Entry] = ()
) -> GameRecord:
    """Keep a new game under a code by lot; Taken where none is found free."""
    players, entries = tuple(players), tuple(entries)
    for _attempt in range(TRIES):
        try:
            return store.new_game(replace(game, code=new_code()), players, entries)
        except Taken as error:
            taken = error
    raise taken
