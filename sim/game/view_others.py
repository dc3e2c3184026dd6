"""What an industry's and the Alliance's seats see at the beginning of a turn."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from sim.evidence.seeds import load_seeds
from sim.game.allowed import LARGEST_STEP, WHOLE_RANGE, lever_now
from sim.game.replay import Standing
from sim.game.seats import Seat, find_seat
from sim.game.turn import lines_of
from sim.game.view import Dial, dial
from sim.model.stages.output import capacity_now, package, years_of_cover
from sim.policy.dates import month_text
from sim.policy.levers import levers


@dataclass(frozen=True)
class PolicySeen:
    """A policy that a seat may set: its value now, its whole range, how far it can move in this turn.

    cost: political capital that a whole range costs; 0 where the seat decides it freely.
    """

    lever: str
    label: str
    unit: str
    kind: str
    help: str
    price: str
    now: float
    low: float
    high: float
    lowest: float
    highest: float
    cost: float


@dataclass(frozen=True)
class PlantSeen:
    """What an industry makes in a category.

    capacity: claimed units a year for all customers; backlog: units ordered by the 32 states and not
    delivered; cover: years of work in hand, the longest of its lines; stance, promise: factors in force on
    prices and promised months; price: base package price, musd; orders: units ordered since the start;
    growth: share by which labour lets it grow in a year; late: contracts behind their promise.
    """

    category: str
    label: str
    unit: str
    lines: tuple[str, ...]
    capacity: float
    backlog: float
    cover: float
    orders: float
    delivered: float
    price: float
    stance: float
    promise: float
    growth: float
    late: int


@dataclass(frozen=True)
class OtherView:
    """What an industry or the Alliance sees; capital: political capital of a turn."""

    seat: str
    turn: int
    turns: int
    month: str
    capital: float
    policies: tuple[PolicySeen, ...]
    plants: tuple[PlantSeen, ...]
    states: tuple[Dial, ...]

    def record(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def other_view(stand: Standing, name: str) -> OtherView:
    """What the seat of an industry or of the Alliance sees now."""
    seat, setup = find_seat(name), stand.game.setup
    sitting = [find_seat(one) for one in setup.seats]
    return OtherView(
        seat=name,
        turn=stand.game.number,
        turns=setup.turns,
        month=month_text(stand.game.month, stand.world.start),
        capital=setup.capital,
        policies=policies_of(stand, seat),
        plants=plants_of(stand, seat),
        states=tuple(dial(stand, state) for one in sitting for state in one.states),
    )


def policies_of(stand: Standing, seat: Seat) -> tuple[PolicySeen, ...]:
    """The policies that a seat may set."""
    known = levers(load_seeds())
    found = []
    for name in seat.levers:
        lever, now = known[name], lever_now(stand, name)
        free = name.startswith("doctrine.")
        step = (1.0 if free else LARGEST_STEP) * (lever.high - lever.low)
        found.append(
            PolicySeen(
                lever=name, label=lever.label, unit=lever.unit, kind=lever.kind, help=lever.help,
                price=lever.cost, now=now, low=lever.low, high=lever.high,
                lowest=max(lever.low, now - step), highest=min(lever.high, now + step),
                cost=0.0 if free or name.startswith("agreement.") else WHOLE_RANGE,
            )
        )  # fmt: skip
    return tuple(found)


def plants_of(stand: Standing, seat: Seat) -> tuple[PlantSeen, ...]:
    """What an industry makes, category by category; nothing for other seats."""
    if seat.industry is None:
        return ()
    found = []
    for at, category in enumerate(stand.world.categories):
        rows = lines_of(stand.world, seat.industry, category)
        if rows:
            found.append(_plant(stand, at, rows))
    return tuple(found)


def _plant(stand: Standing, category: int, rows: list[int]) -> PlantSeen:
    state, kind = stand.state, load_seeds().categories()[category]
    lines = state.lines[np.array(rows)]
    weights = lines["delivered"] + lines["backlog"] + 1.0  # by what they make, for a price of the whole
    prices = np.array([package(row, state) for row in rows])
    return PlantSeen(
        category=kind.id,
        label=kind.label,
        unit=kind.unit_label,
        lines=tuple(stand.world.lines[row] for row in rows),
        capacity=float(sum(capacity_now(row, state) for row in rows)),
        backlog=float(lines["backlog"].sum()),
        cover=max(float(years_of_cover(row, state)) for row in rows),
        orders=float(lines["ordered"].sum()),
        delivered=float(lines["delivered"].sum()),
        price=float((prices * weights).sum() / weights.sum()),
        stance=float(lines["stance"].mean()),
        promise=float(lines["promise"].mean()),
        growth=float(lines["growth"].max()),
        late=_late(stand, rows),
    )


def _late(stand: Standing, rows: list[int]) -> int:
    contracts = stand.contracts
    open_still = contracts["delivered"] < contracts["quantity"]
    behind = (contracts["first_month"] < 0) & (contracts["first_due"] < stand.game.month)
    return int((np.isin(contracts["line"], rows) & open_still & behind).sum())
