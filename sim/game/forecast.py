"""Forecasts of players: a month by which something comes, and how good they were beside a naive one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from sim.game.entry import Entry
from sim.game.errors import GameError, first_fault
from sim.game.replay import standing, world_of_game
from sim.game.trace import ended
from sim.game.turn import Game, need_row
from sim.game.view import offers_seen, usual_slip
from sim.model.state import MONTHS

TENTHS: Final = (0.1, 0.5, 0.9)


class Forecast(BaseModel):
    """When the first unit of the contract now decided for a need will arrive, months from now.

    soon, likely, late: one chance in ten that it comes sooner, one in two, nine in ten.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    state: str
    category: str
    soon: float = Field(ge=0, le=MONTHS)
    likely: float = Field(ge=0, le=MONTHS)
    late: float = Field(ge=0, le=MONTHS)

    @model_validator(mode="after")
    def _in_order(self) -> Forecast:
        if not self.soon <= self.likely <= self.late:
            raise ValueError("the soonest month comes first and the latest last")
        return self

    @property
    def months(self) -> tuple[float, float, float]:
        """The three months."""
        return (self.soon, self.likely, self.late)


def parse_forecast(data: object) -> Forecast:
    """A forecast from plain data; raises GameError with one sentence naming the field."""
    try:
        return Forecast.model_validate(data)
    except ValidationError as error:
        raise GameError(f"forecast: {first_fault(error, 'forecast')}") from error


def pinball(months: Sequence[float], actual: float) -> float:
    """The quantile score of a forecast, months; less is better, and wide forecasts pay for their width.

    Mean over tenths q of q x (actual - month) where it came later, (1 - q) x (month - actual) where sooner.
    Source: Koenker & Bassett 1978; Gneiting & Raftery 2007 on proper scores.
    """
    misses = [(tenth, actual - month) for tenth, month in zip(TENTHS, months, strict=True)]
    return float(np.mean([max(tenth * late, (tenth - 1.0) * late) for tenth, late in misses]))


@dataclass(frozen=True)
class Judged:
    """A forecast beside what came: months from its turn; naive: the quote with its usual lateness.

    actual: None while it has not come by the end of the model; it is then scored as if it came just after.
    """

    seat: str
    player: str
    turn: int
    state: str
    category: str
    months: tuple[float, float, float]
    naive: tuple[float, float, float]
    actual: float | None
    score: float
    naive_score: float

    def record(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def judged(game: Game, entries: Iterable[Entry]) -> tuple[Judged, ...]:
    """The last forecast of each player on each contract of the resolved turns, beside what came of it.

    What comes after the last turn is the future that the game itself goes on with.
    """
    latest: dict[tuple[str, str, int, str, str], Forecast] = {}
    for entry in entries:
        if entry.kind == "forecast" and 1 <= entry.turn <= len(game.turns):
            one = parse_forecast(entry.payload)
            latest[entry.seat, entry.player, entry.turn, one.state, one.category] = one
    found = (_judge(game, seat, player, turn, one) for (seat, player, turn, *_), one in latest.items())
    return tuple(one for one in found if one is not None)


def _judge(game: Game, seat: str, player: str, turn: int, one: Forecast) -> Judged | None:
    """A forecast beside its contract; None where no contract was signed."""
    world, now = world_of_game(game), (turn - 1) * game.setup.turn_months
    row = need_row(world, one.state, one.category)
    contracts = ended(game)
    mine = contracts[(contracts["pair"] == row) & (contracts["signed"] == now) & (contracts["existing"] == 0)]
    if not len(mine):
        return None
    contract = mine[0]
    months = [int(month) for month in mine["first_month"] if month >= 0]
    actual = float(min(months) - now) if months else None
    came = actual if actual is not None else float(MONTHS - now)
    naive = naive_months(game, turn, row, world.lines[int(contract["line"])])
    return Judged(
        seat, player, turn, one.state, one.category, one.months, naive, actual,
        pinball(one.months, came), pinball(naive, came),
    )  # fmt: skip


def naive_months(game: Game, turn: int, row: int, line: str) -> tuple[float, float, float]:
    """The months quoted for an offer with the usual lateness of quotes, by tenths."""
    stand = standing(game.at(turn - 1))
    offers = offers_seen(stand, row)
    # A line that was not on this table was called from a framework: the soonest offer stands for it.
    quoted = min((offer.first for offer in offers if offer.line == line), default=None)
    if quoted is None:
        quoted = min((offer.first for offer in offers), default=float(MONTHS))
    soon, likely, late = (quoted + usual_slip(stand, quoted, tenth) for tenth in TENTHS)
    return soon, likely, late
