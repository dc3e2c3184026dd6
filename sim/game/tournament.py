"""Does a trivial way to play do well? Every script in one seat against rules in all others, over many games.

What a script gains is its score less that of the rules in the same seat of the same game, so that luck falls
out pair by pair. Where a trivial script gains much, the scoring is to be mended, never the model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import numpy as np

from sim.game.replay import standing
from sim.game.score import AllianceScore, BuyerScore, IndustryScore, Score, score_of, without_people
from sim.game.seats import STATE, Seat, find_seat
from sim.game.setup import Setup
from sim.game.strategies import SCRIPTS, play, scripts_for
from sim.game.turn import Game, Turn
from sim.model.version import MODEL_VERSION

SENSIBLE: Final = ("balanced", "pressing")  # the scripts that are not meant to be trivial
GAMES: Final = 8
FUTURES: Final = 60


def tournament(
    setup: Setup,
    games: int = GAMES,
    futures: int = FUTURES,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """Play every script in each seat of a set-up, over games with random seeds from the set-up's one on.

    Plain data: for each seat and script the mean gain on the seat's own rules with its 95 % interval over
    games (points for buyers, musd for industries, share of the worst-off state for the Alliance), and for
    each script of buyers the same over all their seats.
    """
    tasks = list(_tasks(setup, games))
    gains: dict[tuple[str, str], list[float]] = {}
    for done, (seat, name, one) in enumerate(tasks, start=1):
        gains.setdefault((seat.id, name), []).append(gain(one, seat, name, futures))
        if progress is not None:
            progress(done, len(tasks))
    rows = [
        {"seat": seat, "kind": find_seat(seat).kind, "script": name, **summary(found)}
        for (seat, name), found in gains.items()
    ]
    return {
        "model_version": MODEL_VERSION,
        "setup": setup.model_dump(mode="json"),
        "games": games,
        "futures": futures,
        "buyers": _of_buyers(gains),
        "seats": rows,
    }


def gain(setup: Setup, seat: Seat, name: str, futures: int) -> float:
    """What a script gains on the rules in one seat of one game, in the score of the seat."""
    game = Game(setup).held_by([seat.id])
    for _ in range(setup.turns):
        orders = play(name, standing(game), seat.id)
        game = game.resolve(Turn(orders=((seat.id, orders),), people=game.people))
    return gained(score_of(game, without_people(game), seat, futures))


def gained(score: Score) -> float:
    """How much better than the rules' own play."""
    match score:
        case BuyerScore():
            return score.better
        case IndustryScore():
            return score.points - score.rules
        case AllianceScore():
            return score.worst - score.rules


def summary(found: Sequence[float]) -> dict[str, float | int]:
    """Mean gain over games, its 95 % interval (Student's t), and in how many games it was above 0."""
    from scipy.stats import t

    values = np.array(found)
    mean, reach = float(values.mean()), 0.0
    if len(values) > 1:
        reach = float(t.ppf(0.975, len(values) - 1) * values.std(ddof=1) / np.sqrt(len(values)))
    return {
        "gain": mean, "low": mean - reach, "high": mean + reach,
        "above": int((values > 0.0).sum()), "games": len(values),
    }  # fmt: skip


def _tasks(setup: Setup, games: int) -> Iterator[tuple[Seat, str, Setup]]:
    """Game by game, so that what many scripts share is replayed once."""
    for number in range(games):
        one = setup.model_copy(update={"random_seed": setup.random_seed + number})
        for name in setup.seats:
            seat = find_seat(name)
            for script in scripts_for(seat):
                yield seat, script, one


def _of_buyers(gains: dict[tuple[str, str], list[float]]) -> list[dict[str, Any]]:
    """Each script of buyers over all their seats: the mean of the seats in each game, then over games."""
    rows = []
    for script in SCRIPTS[STATE]:
        mine = [
            found for (seat, name), found in gains.items() if name == script and find_seat(seat).kind == STATE
        ]
        if mine:
            rows.append({"script": script, "trivial": script not in SENSIBLE,
                         **summary(np.array(mine).mean(axis=0))})  # fmt: skip
    return sorted(rows, key=lambda row: -row["gain"])
