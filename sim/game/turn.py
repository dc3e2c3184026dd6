"""A game as data: its set-up and its turns; and the same as what the model reads, a plan with orders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from sim.evidence.facts import nearest, quoted
from sim.game.errors import GameError
from sim.game.orders import (
    Choose,
    Expand,
    Hold,
    Launch,
    Order,
    Price,
    Promise,
    SetLever,
    Wait,
    merged,
    without,
)
from sim.game.seats import INDUSTRY, STATE, Seat, find_seat
from sim.game.setup import Setup, scenario_of
from sim.model import state as model
from sim.model.plan import Plan, plan_of
from sim.model.records import Array, records
from sim.model.state import NONE, ROUTES
from sim.model.world import World
from sim.policy.dates import month_text
from sim.policy.scenario import Card, Scenario, Scheduled

FRAMEWORK_YEARS: Final = 6  # as long as those of the rules (seeds: tender.framework_years) at their middle


@dataclass(frozen=True, slots=True)
class Inject:
    """A shock card that the facilitator places: from the second month of the turn on."""

    card: str
    months: int
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two seats agreed: a framework (state, category, line, units), or a joint purchase of states.

    units: of the framework, or of each state of a joint purchase, in the order of `states`.
    """

    kind: str
    states: tuple[str, ...]
    category: str
    units: tuple[int, ...]
    line: str | None = None


@dataclass(frozen=True)
class Turn:
    """A resolved turn: what each seat ordered, which seats a person or script held, agreements and cards."""

    orders: tuple[tuple[str, tuple[Order, ...]], ...] = ()
    people: frozenset[str] = frozenset()
    injects: tuple[Inject, ...] = ()
    agreements: tuple[Agreement, ...] = ()

    def of(self, seat: str) -> tuple[Order, ...]:
        """The orders of a seat."""
        return dict(self.orders).get(seat, ())

    def with_orders(self, seat: str, orders: tuple[Order, ...]) -> Turn:
        """The same turn with other orders of a seat, and a person in it."""
        changed = dict(self.orders) | {seat: orders}
        return replace(self, orders=tuple(changed.items()), people=self.people | {seat})

    def with_order(self, seat: str, order: Order) -> Turn:
        """The same turn with one more order of a seat, instead of one about the same thing."""
        return self.with_orders(seat, merged(self.of(seat), order))

    def without_order(self, seat: str, order: Order) -> Turn:
        """The same turn in which a seat says nothing about what an order is about."""
        return self.with_orders(seat, without(self.of(seat), order))


@dataclass(frozen=True)
class Game:
    """A game: its set-up, the turns resolved so far, and the seats that people hold in the turn now open.

    Nothing else is ever needed to know it.
    """

    setup: Setup
    turns: tuple[Turn, ...] = ()
    people: frozenset[str] = frozenset()

    @property
    def number(self) -> int:
        """The turn now open, counted from 1; one past the last when the game is over."""
        return len(self.turns) + 1

    @property
    def month(self) -> int:
        """The first month of the turn now open, counted from the start."""
        return len(self.turns) * self.setup.turn_months

    @property
    def over(self) -> bool:
        """Whether all turns are resolved."""
        return len(self.turns) >= self.setup.turns

    def resolve(self, turn: Turn) -> Game:
        """The game with one more turn; raises GameError when it is over."""
        if self.over:
            raise GameError("the game is over: its last turn is resolved")
        return replace(self, turns=(*self.turns, turn))

    def held_by(self, people: Iterable[str]) -> Game:
        """The game with these seats in the hands of people from the turn now open on; raises GameError."""
        taken = frozenset(people)
        for name in sorted(taken - set(self.setup.seats)):
            raise GameError(f"{quoted(name)} has no seat in this game; {nearest(name, self.setup.seats)}")
        return replace(self, people=taken)

    def at(self, resolved: int) -> Game:
        """The game as it stood with so many turns resolved, and who sat at the table then."""
        people = self.turns[resolved].people if resolved < len(self.turns) else self.people
        return replace(self, turns=self.turns[:resolved], people=people)

    def undo(self) -> Game:
        """The game before its last turn; raises GameError before the first."""
        if not self.turns:
            raise GameError("there is no turn to undo")
        return self.at(len(self.turns) - 1)

    def fork(self, number: int, turn: Turn) -> Game:
        """The game with another turn `number` (from 1) and all later ones as they were."""
        if not 1 <= number <= len(self.turns):
            raise GameError(f"there is no resolved turn {number}; there are {len(self.turns)}")
        return replace(self, turns=(*self.turns[: number - 1], turn, *self.turns[number:]))


def scenario_of_game(game: Game) -> Scenario:
    """The scenario with every policy that was set and every card that was placed, in their months."""
    scenario = scenario_of(game.setup)
    changes: list[Scheduled] = []
    cards: list[Card] = []
    for number, turn in enumerate(game.turns):
        at = month_text(number * game.setup.turn_months + 1, scenario.start)
        for _, orders in turn.orders:
            changes += [
                Scheduled(order.lever, at, order.value, scenario.start)
                for order in orders
                if isinstance(order, SetLever)
            ]
        cards += [Card(one.card, at, one.months, one.strength, scenario.start) for one in turn.injects]
    return scenario.with_schedule(changes).with_cards(cards)


def plan_of_game(game: Game, world: World) -> Plan:
    """What the model reads: levers and cards by month, and the orders of all turns.

    Raises GameError where a log names what this model does not know, such as one that was written by hand.
    """
    try:
        return replace(plan_of(scenario_of_game(game), world), orders=order_table(game, world))
    except (ValueError, KeyError, AssertionError) as error:
        if isinstance(error, GameError):
            raise
        raise GameError(
            f"this game holds an order or card that this model does not know ({error})"
        ) from error


def order_table(game: Game, world: World) -> Array:
    """All orders as records sorted by month: choices in the first month of a turn, the rest in the second.

    So what a buyer was shown at the beginning of a turn is what it gets, whatever others order meanwhile.
    """
    rows: list[dict[str, Any]] = []
    before: frozenset[str] = frozenset()
    for number, turn in enumerate(game.turns):
        month = number * game.setup.turn_months
        rows += _seats_taken(turn.people, before, month, game.setup.turn_months, world)
        before = turn.people
        for name, orders in turn.orders:
            seat = find_seat(name)
            for order in orders:
                rows += _rows_of(order, seat, month, game.setup.turn_months, world)
        for agreement in turn.agreements:
            rows += _agreed(agreement, month + 1, world)
    rows += _seats_taken(game.people, before, game.month, game.setup.turn_months, world)
    table = records("orders", len(rows))
    for at, row in enumerate(sorted(rows, key=lambda row: int(row["month"]))):
        for name, value in {"line": NONE, "second": NONE, **row}.items():
            table[name][at] = value
    return table


def _seats_taken(
    now: frozenset[str], before: frozenset[str], month: int, turn_months: int, world: World
) -> list[dict[str, Any]]:
    rows = []
    for taken, names in ((turn_months, sorted(now - before)), (0, sorted(before - now))):
        for name in names:
            for state in find_seat(name).states:
                at = world.buyers.index(state)
                rows.append({"month": month, "kind": model.SEAT, "row": at, "amount": taken})
    return rows


def need_row(world: World, state: str, category: str) -> int:
    """The row of a state's need; both ids must be known."""
    return world.buyers.index(state) * len(world.categories) + world.categories.index(category)


def lines_of(world: World, industry: str, category: str) -> list[int]:
    """The rows of the lines that an industry has in a category, used equipment left out."""
    lines = world.template["lines"]
    mine = (lines["industry"] == world.industries.index(industry)) & (lines["surplus"] == 0)
    return [
        int(row) for row in np.flatnonzero(mine & (lines["category"] == world.categories.index(category)))
    ]


def _rows_of(order: Order, seat: Seat, month: int, turn_months: int, world: World) -> list[dict[str, Any]]:
    """The records of one order; policies are in the scenario (scenario_of_game)."""
    if isinstance(order, SetLever):
        return []
    if isinstance(order, Choose | Wait | Launch | Hold):
        assert seat.kind == STATE
        return [
            {
                "row": need_row(world, order.state, order.category),
                **_of_need(order, month, turn_months, world),
            }
        ]
    assert seat.kind == INDUSTRY
    assert seat.industry is not None
    kind, amount = {
        Price: lambda one: (model.PRICE, one.factor),
        Promise: lambda one: (model.PROMISE, one.factor),
        Expand: lambda one: (model.EXPAND, one.share),
    }[type(order)](order)
    rows = lines_of(world, seat.industry, order.category)
    return [{"month": month + 1, "kind": kind, "row": row, "amount": amount} for row in rows]


def _of_need(
    order: Choose | Wait | Launch | Hold, month: int, turn_months: int, world: World
) -> Mapping[str, Any]:
    if isinstance(order, Choose):
        second = NONE if order.second is None else world.lines.index(order.second)
        line = world.lines.index(order.line)
        return {"month": month, "kind": model.CHOOSE, "line": line, "second": second}
    if isinstance(order, Wait):
        return {"month": month, "kind": model.WAIT}
    if isinstance(order, Hold):
        return {"month": month + 1, "kind": model.HOLD, "months": turn_months - 1}
    return {
        "month": month + 1,
        "kind": model.LAUNCH,
        "route": ROUTES.index(order.route),
        "amount": order.quantity,
        "upper": order.tier != "lower",
        "line": NONE if order.line is None else world.lines.index(order.line),
    }


def _agreed(agreement: Agreement, month: int, world: World) -> list[dict[str, Any]]:
    rows = []
    for state, units in zip(agreement.states, agreement.units, strict=True):
        row = {"month": month, "row": need_row(world, state, agreement.category), "amount": units}
        if agreement.kind == "framework":
            assert agreement.line is not None
            line = world.lines.index(agreement.line)
            years = 12 * FRAMEWORK_YEARS
            rows.append({**row, "kind": model.FRAMEWORK, "line": line, "months": years})
        else:
            upper = world.template["pairs"]["accepts_upper"][row["row"]]
            rows.append({**row, "kind": model.LAUNCH, "route": model.JOINT, "upper": upper})
    return rows
