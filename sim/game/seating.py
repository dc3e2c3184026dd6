"""Who sits where: seats chosen or by lot, roles by lot, people who come late, move, leave and come back.

Pure functions: the store calls them while nobody else can sit down (`Store.change_player`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from sim.game.entry import ID, Draft, Payload
from sim.game.errors import GameError, SeatFull
from sim.game.secret import by_lot
from sim.game.store import Change, GameRecord, PlayerRecord

Lot = Callable[[Sequence[str]], str]

LONGEST_NAME = 40  # characters
MOST_PLAYERS = 30  # in one seat
NO_ROLE = ""


@dataclass(frozen=True)
class Place:
    """A seat in a room. roles: drawn by lot among those who hold it; capacity: how many people can."""

    seat: str
    roles: tuple[str, ...] = ()
    capacity: int = 1

    def __post_init__(self) -> None:
        if not self.seat or not ID.fullmatch(self.seat) or not 1 <= self.capacity <= MOST_PLAYERS:
            raise GameError(f"A place names its seat and is for 1 to {MOST_PLAYERS} people.")
        if any(role != clean(role) or role == NO_ROLE for role in self.roles):
            raise GameError(f"The name of a role has 1 to {LONGEST_NAME} characters.")


def to_json(places: Iterable[Place]) -> list[Payload]:
    """The places as the store keeps them."""
    return [{"seat": each.seat, "roles": list(each.roles), "capacity": each.capacity} for each in places]


def places_of(game: GameRecord) -> tuple[Place, ...]:
    """The places of a game."""
    return tuple(Place(each["seat"], tuple(each["roles"]), each["capacity"]) for each in game.places)


def clean(text: str, longest: int = LONGEST_NAME) -> str:
    """A name as it is kept: what can be printed, single spaces, at most `longest` characters."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.split())[:longest].strip()


def here(players: Iterable[PlayerRecord], seat: str | None = None) -> list[PlayerRecord]:
    """The players who have not left, of one seat or of all."""
    return [each for each in players if not each.left_at and seat in (None, each.seat)]


def free_places(game: GameRecord, players: Iterable[PlayerRecord]) -> dict[str, int]:
    """For each seat how many more people can hold it."""
    held = Counter(each.seat for each in here(players))
    return {place.seat: max(0, place.capacity - held[place.seat]) for place in places_of(game)}


def sit_down(
    game: GameRecord,
    players: list[PlayerRecord],
    *,
    token_hash: str,
    now: str,
    name: str = "",
    seat: str = "",
    lot: Lot = by_lot,
) -> Change:
    """Join, or join again: who is there already stays as they are, who left comes back.

    seat: the one wished for, empty for one by lot. SeatFull where it, or every seat, is full.
    """
    known = next((each for each in players if each.token_hash == token_hash), None)
    if known and not known.left_at:
        return Change(known)
    if known and not seat and free_places(game, players).get(known.seat):
        seat = known.seat
    seat = _free_seat(game, players, seat, lot)
    role = known.role if known and known.seat == seat else _role(game, players, seat, lot)
    if known:
        player = replace(known, seat=seat, role=role, left_at="", last_seen=now)
    else:
        number = str(len(players) + 1)
        player = PlayerRecord(game.id, number, seat, role, clean(name), token_hash, now, now)
    return Change(player, (_take(game, seat, "person"),))


def move(
    game: GameRecord, players: list[PlayerRecord], player_id: str, seat: str = "", lot: Lot = by_lot
) -> Change:
    """Take another seat, the one wished for or one by lot; an agent holds a seat that is left empty."""
    player = find(players, player_id)
    others = [each for each in players if each.id != player_id]
    if seat == player.seat:
        return Change(player)
    chosen = _free_seat(game, others, seat, lot, but=player.seat)
    moved = replace(player, seat=chosen, role=_role(game, others, chosen, lot))
    left = () if here(others, player.seat) else (_take(game, player.seat, "rule"),)
    return Change(moved, (*left, _take(game, chosen, "person")))


def leave(game: GameRecord, players: list[PlayerRecord], player_id: str, now: str) -> Change:
    """Leave the game; an agent holds the seat if nobody else does."""
    player = find(players, player_id)
    others = [each for each in players if each.id != player_id]
    alone = not here(others, player.seat) and game.status == "open"
    return Change(replace(player, left_at=now), (_take(game, player.seat, "rule"),) if alone else ())


def change_role(
    game: GameRecord,
    players: list[PlayerRecord],
    player_id: str,
    role: str | None = None,
    lot: Lot = by_lot,
) -> Change:
    """Another role of the same seat by lot, the one named, or with `NO_ROLE` none."""
    player = find(players, player_id)
    roles = place(game, player.seat).roles
    if role is not None and role != NO_ROLE and role not in roles:
        raise GameError(f"This seat has no role {role!r}: choose one of {', '.join(roles) or 'none'}.")
    if role is None:
        others = [each for each in players if each.id != player_id]
        role = _role(game, others, player.seat, lot, but=player.role)
    return Change(replace(player, role=role))


def find(players: Iterable[PlayerRecord], player_id: str) -> PlayerRecord:
    """The player with this id who has not left; GameError."""
    for each in here(players):
        if each.id == player_id:
            return each
    raise GameError("This person is not in the game any more.")


def place(game: GameRecord, seat: str) -> Place:
    """The place of a seat; GameError where the game has no such seat."""
    for each in places_of(game):
        if each.seat == seat:
            return each
    raise GameError(f"This game has no seat {seat!r}: choose one of {', '.join(free_places(game, ()))}.")


def _free_seat(
    game: GameRecord, players: list[PlayerRecord], seat: str, lot: Lot, but: str | None = None
) -> str:
    """The seat wished for if it is free; by lot one of the free seats that the fewest people hold."""
    free = {name: left for name, left in free_places(game, players).items() if left and name != but}
    if seat:
        place(game, seat)
        if seat not in free:
            others = f"free are {', '.join(free)}" if free else "so is every other seat"
            raise SeatFull(f"The seat {seat} is full; {others}.")
        return seat
    if not free:
        raise SeatFull("Every seat of this room is full: ask the facilitator for a place.")
    held = Counter(each.seat for each in here(players))
    fewest = min(held[name] for name in free)
    return lot([name for name in free if held[name] == fewest])


def _role(game: GameRecord, players: list[PlayerRecord], seat: str, lot: Lot, but: str | None = None) -> str:
    """By lot one of the roles of a seat that the fewest people have; none where it has no other."""
    roles = [role for role in place(game, seat).roles if role != but]
    if not roles:
        return NO_ROLE
    had = Counter(each.role for each in here(players, seat))
    fewest = min(had[role] for role in roles)
    return lot([role for role in roles if had[role] == fewest])


def _take(game: GameRecord, seat: str, by: str) -> Draft:
    """The entry that says who holds a seat from now on; its key is new, as the log has grown to here."""
    key = f"room:take:{seat}:{game.seq + 1}"
    return Draft(game.turn, "take", {"seat": seat, "by": by}, key, seat)
