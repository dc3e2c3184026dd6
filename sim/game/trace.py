"""A contract followed from the need to use: tender, signature, promise, deliveries, first use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sim.game.orders import Choose
from sim.game.replay import replayed, standing, world_of_game
from sim.game.seats import find_seat
from sim.game.turn import Game
from sim.model.records import Array
from sim.model.state import CAUSES, MONTHS, NONE, ROUTES


@dataclass(frozen=True, slots=True)
class Traced:
    """A contract and what became of it, in the future that the game itself goes on with.

    number: in the books of the model; opened, signed, promised, first, last, usable: months counted from the
    start, None where it has not come by the end of the model; missing: share of the requirement that was
    missing as the turn of its signature began; waits: months of waiting for the first unit by cause; turn: in
    which a seat chose it, None where rules did; reason: the seat's own words.
    """

    number: int
    state: str
    category: str
    line: str
    route: str
    units: float
    price: float
    opened: int
    signed: int
    promised: int
    first: int | None
    last: int | None
    usable: int | None
    delivered: float
    missing: float
    waits: tuple[tuple[str, float], ...]
    turn: int | None
    reason: str

    @property
    def late(self) -> int | None:
        """Months from the promised to the first delivery, None before it; below 0 = early."""
        return None if self.first is None else self.first - self.promised


@lru_cache(maxsize=8)
def ended(game: Game) -> Array:
    """The contracts at the end of the model's months, in the game's own future."""
    state = replayed(game, MONTHS).state
    return state.contracts[: int(state.clock["contracts"][0])].copy()


def traced(game: Game, states: Iterable[str] | None = None) -> tuple[Traced, ...]:
    """Every contract that was signed during the game's turns, of some states or of all at the table."""
    world = world_of_game(game)
    names = game.setup.seats
    wanted = set(states or (state for name in names for state in find_seat(name).states))
    return tuple(
        _trace(game, number, contract)
        for number, contract in enumerate(ended(game))
        if contract["existing"] == 0
        and contract["signed"] < game.month
        and contract["quantity"] > 0
        and world.buyers[int(contract["buyer"])] in wanted
    )


def _trace(game: Game, number: int, contract: Any) -> Traced:
    world = world_of_game(game)
    signed, buyer = int(contract["signed"]), int(contract["buyer"])
    line = world.lines[int(contract["line"])]
    turn = signed // game.setup.turn_months
    before = standing(game.at(turn))
    pair = before.state.pairs[int(contract["pair"])]
    required = float(pair["requirement"])
    there = min(float(pair["stock"]), float(pair["usable"])) + float(pair["lent"])
    chosen = _choice(game, turn, world.buyers[buyer], world.categories[int(pair["category"])], line, signed)
    first = _month(contract["first_month"])
    return Traced(
        number=number,
        state=world.buyers[buyer],
        category=world.categories[int(pair["category"])],
        line=line,
        route=ROUTES[int(contract["route"])],
        units=float(contract["quantity"]),
        price=float(contract["unit_price"]),
        opened=int(contract["opened"]),
        signed=signed,
        promised=int(contract["first_due"]),
        first=first,
        last=_month(contract["last_month"]) if contract["delivered"] >= contract["quantity"] else None,
        usable=_month(contract["usable_month"]),
        delivered=float(contract["delivered"]),
        missing=max(0.0, 1.0 - there / required) if required > 0.0 else 0.0,
        waits=tuple((name, float(contract[f"months_{name}"])) for name in CAUSES),
        turn=None if chosen is None else turn + 1,
        reason="" if chosen is None else chosen.reason,
    )


def _month(value: Any) -> int | None:
    return None if int(value) == NONE else int(value)


def _choice(game: Game, turn: int, state: str, category: str, line: str, signed: int) -> Choose | None:
    """The order by which a seat chose this offer; None where rules decided, or later in the turn."""
    if turn >= len(game.turns) or signed != turn * game.setup.turn_months:
        return None
    for _seat, orders in game.turns[turn].orders:
        for order in orders:
            if isinstance(order, Choose) and (order.state, order.category) == (state, category):
                return order if line in (order.line, order.second) else None
    return None
