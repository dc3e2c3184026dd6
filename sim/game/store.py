"""The store of games: an append-only log of entries in SQLite or PostgreSQL. Nothing else of a game is kept.

An entry is acknowledged when its transaction is on the disk. The row of the game in the table `game` counts
entries and turns: changing it first lets writers of one game through one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, exists, insert, select, update
from sqlalchemy.exc import DatabaseError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from sim.game.entry import (
    DECISIVE,
    LONGEST_SETUP,
    Draft,
    Entry,
    Payload,
    Status,
    checked,
    plain_payload,
    status_after,
    turn_after,
    utc_now,
    written,
)
from sim.game.errors import (
    GameError,
    LogMoved,
    StoreUnreachable,
    Taken,
    TurnClosed,
    UnknownCode,
    UnknownGame,
    UnknownToken,
)
from sim.game.store_schema import (
    ENTRY,
    GAME,
    PLAYER,
    READS_ONLY,
    VARIABLE,
    bring_up_to_date,
    make_engine,
    usual_url,
)

SEEN_EVERY = timedelta(seconds=10)  # how often at most it is written down that a player is there


@dataclass(frozen=True)
class GameRecord:
    """What is kept of a game besides its log.

    setup: any JSON object; plan: name of the plan of the session; places: JSON, seats with their roles and
    capacity; turn: the open one; seq: of the last entry; token_hash: sha256 of the facilitator's token.
    """

    id: str
    code: str
    title: str
    setup: Payload
    plan: str
    places: list[Payload]
    created_at: str
    token_hash: str
    status: Status = "open"
    turn: int = 0
    seq: int = 0


@dataclass(frozen=True)
class PlayerRecord:
    """A person in a game. id: "1", "2", ... in it; left_at: empty while the player is in the game."""

    game: str
    id: str
    seat: str
    role: str
    name: str
    token_hash: str
    joined_at: str
    last_seen: str
    left_at: str = ""


@dataclass(frozen=True)
class Change:
    """What becomes of one player, and the entries that tell the log of it."""

    player: PlayerRecord
    drafts: tuple[Draft, ...] = ()


class Store:
    """All games of one database; may be used by many threads, and by many processes beside each other."""

    def __init__(self, url: str | None = None, now: Callable[[], datetime] = utc_now) -> None:
        """Open the database at `url` (else the usual one), making or upgrading its tables."""
        self._now = now
        self._engine = make_engine(url or usual_url())
        self._reading = self._engine.execution_options(**{READS_ONLY: True})
        if self._engine.dialect.name == "postgresql":
            self._reading = self._reading.execution_options(isolation_level="REPEATABLE READ")
        try:
            with self._write() as connection:
                bring_up_to_date(connection)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    def new_game(
        self, game: GameRecord, players: Sequence[PlayerRecord] = (), entries: Sequence[Entry] = ()
    ) -> GameRecord:
        """Keep a new game, with the players and entries it has already (an import).

        Taken where its id or code is another game's already: draw another.
        """
        game = replace(game, setup=plain_payload(game.setup, LONGEST_SETUP))
        try:
            with self._write() as connection:
                connection.execute(insert(GAME).values(**asdict(game)))
                if players:
                    connection.execute(insert(PLAYER), [asdict(each) for each in players])
                if entries:
                    connection.execute(insert(ENTRY), [_row(game.id, each) for each in entries])
        except IntegrityError as error:
            raise Taken("This code is another game's already: draw another.") from error
        return game

    def game(self, game_id: str) -> GameRecord:
        """The game as it stands; UnknownGame."""
        return self._find(GAME.c.id == game_id, _unknown_game())

    def game_by_code(self, code: str) -> GameRecord:
        """The game with this code; UnknownCode."""
        return self._find(
            GAME.c.code == code, UnknownCode(f"No room has the code {code}: look at the code again.")
        )

    def game_by_hash(self, token_hash: str) -> GameRecord:
        """The game whose facilitator has the token with this sha256; UnknownToken."""
        return self._find(GAME.c.token_hash == token_hash, _unknown_token())

    def renew(self, game_id: str, token_hash: str) -> None:
        """Give the facilitator of a game another token, of which this is the sha256."""
        with self._write() as connection:
            _locked(connection, game_id)
            connection.execute(update(GAME).where(GAME.c.id == game_id).values(token_hash=token_hash))

    def games(self) -> list[GameRecord]:
        """All games, the latest first."""
        with self._read() as connection:
            rows = connection.execute(select(GAME).order_by(GAME.c.created_at.desc(), GAME.c.id))
            return [_game(row) for row in rows]

    def entries(self, game_id: str, after: int = 0, kinds: Sequence[str] = ()) -> list[Entry]:
        """The entries with a `seq` above `after`, in order; of some kinds, or of all."""
        asked = select(ENTRY).where(ENTRY.c.game == game_id, ENTRY.c.seq > after).order_by(ENTRY.c.seq)
        if kinds:
            asked = asked.where(ENTRY.c.kind.in_(kinds))
        with self._read() as connection:
            return [_entry(row) for row in connection.execute(asked)]

    def append(self, game_id: str, *drafts: Draft, seen: int | None = None) -> list[Entry]:
        """Append entries, all or none, in one transaction; on return they are on the disk.

        The first must name the open turn (else TurnClosed), each further one the turn that is open after
        those before it. If the key of the first is in the log already, nothing is appended and what stands
        there comes back. seen: `seq` of the last entry that the caller has read; LogMoved where something
        decisive came in after it.
        """
        with self._write() as connection:
            return self._append(connection, game_id, [checked(draft) for draft in drafts], seen)

    def players(self, game_id: str) -> list[PlayerRecord]:
        """Everybody who ever joined, in the order of joining."""
        with self._read() as connection:
            return _players(connection, game_id)

    def player_by_hash(self, token_hash: str) -> PlayerRecord:
        """The player who has the token with this sha256; UnknownToken."""
        with self._read() as connection:
            row = connection.execute(select(PLAYER).where(PLAYER.c.token_hash == token_hash)).first()
        if row is None:
            raise _unknown_token()
        return PlayerRecord(**row._asdict())

    def change_player(
        self, game_id: str, decide: Callable[[GameRecord, list[PlayerRecord]], Change]
    ) -> PlayerRecord:
        """Let `decide` say what becomes of a player while nobody else in this game can change anything.

        It sees the game and all players; a player with a new id is added. Its drafts are appended in the same
        transaction, unless the first is in the log already.
        """
        try:
            with self._write() as connection:
                return self._change_player(connection, game_id, decide)
        except IntegrityError as error:
            raise Taken(
                "This personal link belongs to another room: join this one with a new link."
            ) from error

    def touch(self, player: PlayerRecord) -> PlayerRecord:
        """Write down that a player is there now, at most every `SEEN_EVERY`; the player as it then stands."""
        now = self._now()
        if now - datetime.fromisoformat(player.last_seen) < SEEN_EVERY:
            return player
        latest = (PLAYER.c.game == player.game, PLAYER.c.id == player.id)
        earlier = PLAYER.c.last_seen <= written(now - SEEN_EVERY)
        with self._write() as connection:
            connection.execute(update(PLAYER).where(*latest, earlier).values(last_seen=written(now)))
        return replace(player, last_seen=written(now))

    def _append(
        self, connection: Connection, game_id: str, drafts: Sequence[Draft], seen: int | None
    ) -> list[Entry]:
        """Append to the log in the caller's transaction; see `append`."""
        game = _locked(connection, game_id)
        keys = [draft.key for draft in drafts]
        mine = (ENTRY.c.game == game_id, ENTRY.c.key.in_(keys))
        kept = connection.execute(select(ENTRY).where(*mine).order_by(ENTRY.c.seq)).all()
        if kept:
            return _same_again([_entry(row) for row in kept], drafts)
        at, turn, status, entries = written(self._now()), game.turn, game.status, list[Entry]()
        for draft in drafts:
            _check_open(draft, turn, status)
            turn, status = turn_after(turn, draft), status_after(status, draft)
            entries.append(Entry(**asdict(draft), seq=game.seq + len(entries) + 1, at=at))
        if seen is not None and _moved_on(connection, game_id, seen):
            raise LogMoved("Orders came in while the turn was being resolved: resolve it again.")
        counted = update(GAME).where(GAME.c.id == game_id, GAME.c.seq == game.seq, GAME.c.turn == game.turn)
        values = {"seq": GAME.c.seq + len(entries), "turn": turn, "status": status}
        last = connection.execute(counted.values(**values).returning(GAME.c.seq)).scalar_one()
        assert last == entries[-1].seq
        connection.execute(insert(ENTRY), [_row(game_id, entry) for entry in entries])
        return entries

    def _change_player(
        self, connection: Connection, game_id: str, decide: Callable[[GameRecord, list[PlayerRecord]], Change]
    ) -> PlayerRecord:
        game = _locked(connection, game_id)
        players = _players(connection, game_id)
        change = decide(game, players)
        values = asdict(change.player)
        if any(each.id == change.player.id for each in players):
            mine = (PLAYER.c.game == game_id, PLAYER.c.id == change.player.id)
            connection.execute(update(PLAYER).where(*mine).values(**values))
        else:
            connection.execute(insert(PLAYER).values(**values))
        if change.drafts:
            self._append(connection, game_id, [checked(draft) for draft in change.drafts], None)
        return change.player

    def _find(self, where: Any, unknown: GameError) -> GameRecord:
        with self._read() as connection:
            row = connection.execute(select(GAME).where(where)).first()
        if row is None:
            raise unknown
        return _game(row)

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        """A transaction that writes: committed at the end, undone as a whole by any error."""
        with _answering(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        """A transaction that sees one state of the database and keeps nobody waiting."""
        with _answering(), self._reading.begin() as connection:
            yield connection


@contextmanager
def _answering() -> Iterator[None]:
    """Turn every way in which a database can be out of reach into one sentence."""
    try:
        yield
    except (OperationalError, InterfaceError, NoConnection, DatabaseError) as error:
        # Its subclasses: a table that is not there, a value that does not fit. Those are mistakes of ours.
        if isinstance(error, DatabaseError) and type(error) not in (DatabaseError, OperationalError):
            raise
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise StoreUnreachable(
            f"The database of the games cannot be used ({reason}): is it running, and does "
            f"{VARIABLE}, if set, name it?"
        ) from error


def _locked(connection: Connection, game_id: str) -> GameRecord:
    """The game, which nobody else can change until the transaction ends."""
    row = connection.execute(select(GAME).where(GAME.c.id == game_id).with_for_update()).first()
    if row is None:
        raise _unknown_game()
    return _game(row)


def _check_open(draft: Draft, turn: int, status: Status) -> None:
    if status == "over" and draft.kind != "phase":
        raise TurnClosed("This game is over: nothing can be added to it.")
    if draft.turn != turn:
        raise TurnClosed(
            f"Turn {draft.turn} is closed, and turn {turn} is open: look at the new turn."
            if draft.turn < turn
            else f"Turn {draft.turn} has not begun: turn {turn} is open."
        )


def _same_again(kept: list[Entry], drafts: Sequence[Draft]) -> list[Entry]:
    """What the log holds under these keys; Taken where another hand gave one of them to something else."""
    wanted = {draft.key: (draft.kind, draft.seat, draft.player) for draft in drafts}
    if any(wanted[entry.key] != (entry.kind, entry.seat, entry.player) for entry in kept):
        raise Taken("This key belongs to another entry of this game: draw a new one.")
    return kept


def _moved_on(connection: Connection, game_id: str, seen: int) -> bool:
    later = (ENTRY.c.game == game_id, ENTRY.c.seq > seen, ENTRY.c.kind.in_(DECISIVE))
    return bool(connection.execute(select(exists().where(*later))).scalar_one())


def _players(connection: Connection, game_id: str) -> list[PlayerRecord]:
    rows = connection.execute(select(PLAYER).where(PLAYER.c.game == game_id))
    return sorted((PlayerRecord(**row._asdict()) for row in rows), key=lambda each: int(each.id))


def _game(row: Row[Any]) -> GameRecord:
    return GameRecord(**row._asdict())


def _row(game_id: str, entry: Entry) -> dict[str, Any]:
    return {"game": game_id, **asdict(entry)}


def _entry(row: Row[Any]) -> Entry:
    fields = row._asdict()
    del fields["game"]
    return Entry(**fields)


def _unknown_game() -> UnknownGame:
    return UnknownGame("This game is not in the store: look at its link.")


def _unknown_token() -> UnknownToken:
    return UnknownToken("This link opens no seat and no room: copy the whole link, or join by the code.")
