"""The day that nobody knows: when it comes, who withholds then, and what a seat could field.

Day and government are drawn once, keyed by the game's random seed, and shown in the debrief only.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from sim.evidence.seeds import load_seeds
from sim.game.replay import replayed, standing, world_of_game
from sim.game.turn import Game
from sim.model.futures import Futures, keys_of, run_futures
from sim.model.plan import Plan
from sim.model.randomness import HIDDEN, name_key, stream, uniform
from sim.model.records import Array
from sim.model.replication import workspace
from sim.model.stages.strength import fielded
from sim.model.state import HALF, MONTHS, NONE, State
from sim.model.world import World
from sim.policy.dates import january_index

FUTURES: Final = 200  # futures over which a score is expected
NOBODY: Final = ""  # in place of a government: none withholds


@dataclass(frozen=True)
class Crisis:
    """The hidden day: the month at whose end it comes, and the government that withholds ("" = none)."""

    month: int
    authority: str


def crisis_months(game: Game) -> Array:
    """The months at whose end the day can lie, half-year by half-year; (M,)."""
    start = world_of_game(game).start
    first = january_index(game.setup.first_crisis, start)
    last = january_index(game.setup.last_crisis + 1, start)
    return np.arange(first + HALF - 1, min(last, MONTHS), HALF)


def cases(game: Game) -> tuple[tuple[str, float], ...]:
    """Who may withhold, with the chance of each: nobody, or evenly one with a large enough hold at the start.

    The hold is the share of the fleets of Europe and Canada by value that a government could stop supporting.
    """
    seeds, world = load_seeds(), world_of_game(game)
    calm, least = seeds.value("game", "calm"), seeds.value("game", "least_hold")
    shares = holds_at_start(world)
    able = [name for name, share in zip(world.authorities, shares, strict=True) if share >= least]
    return ((NOBODY, calm), *((name, (1.0 - calm) / len(able)) for name in able))


@lru_cache(maxsize=4)
def holds_at_start(world: World) -> tuple[float, ...]:
    """For each government the share of the fleets of Europe and Canada that it could stop supporting abroad."""
    fleets, families, buyers = (world.template[name] for name in ("fleets", "families", "buyers"))
    held, total = np.zeros(len(world.authorities)), 0.0
    prices = _prices(world)
    for fleet in fleets:
        buyer = buyers[int(fleet["buyer"])]
        if buyer["in_total"] != 1:
            continue
        worth = float(fleet["stock_start"]) * prices[int(fleet["category"])]
        total += worth
        mask = int(families["support_mask"][int(fleet["family"])])
        for at in range(len(held)):
            if mask >> at & 1 and at != int(buyer["authority"]):
                held[at] += worth
    return tuple(held / total)


def _prices(world: World) -> Array:
    """The mean base package price of each category, musd a unit."""
    lines = world.template["lines"]
    package = lines["price_platform"] + lines["price_support"] + lines["price_munitions"]
    return np.array([package[lines["category"] == at].mean() for at in range(len(world.categories))])


def hidden(game: Game) -> Crisis:
    """The day and the government of this game."""
    months, ways = crisis_months(game), cases(game)
    key = stream(game.setup.random_seed, game.setup.replication)
    day, who = (
        float(uniform(key, HIDDEN, name_key(part), name_key(part), 0)) for part in ("day", "government")
    )
    edges = np.cumsum([chance for _, chance in ways])
    found = int(np.searchsorted(edges, who * edges[-1], side="right"))
    return Crisis(int(months[int(day * len(months))]), ways[min(found, len(ways) - 1)][0])


def part_left(game: Game) -> float:
    """What still works of the equipment whose support has been withheld for the months of the set-up; 0 to 1.

    Spares run down evenly (rules/partners.spares_left with nothing released), at the middle of the evidence.
    """
    months = load_seeds().value("usable", "spares_months")
    return max(0.0, 1.0 - game.setup.withheld_months / months)


@dataclass(frozen=True, eq=False)
class Fielded:
    """What states could field on each possible day: (futures, days, states, governments + 1).

    The last government stands for none. Days before the turn now open are the same in every future.
    accounts: (futures, states, 4) money after the last day (futures.ACCOUNTS).
    """

    states: tuple[str, ...]
    months: Array
    strength: Array
    accounts: Array
    futures: Futures


def fielded_in_futures(
    game: Game,
    states: tuple[str, ...],
    count: int = FUTURES,
    keys: Array | None = None,
    plan: Plan | None = None,
) -> Fielded:
    """Futures of a game from the turn now open (or its end) to the last possible day.

    keys: of the chances of the futures, by default `count` that every game of this random seed shares, so that
    two games can be compared pair by pair.
    """
    world, months = world_of_game(game), crisis_months(game)
    rows = np.array([world.buyers.index(state) for state in states])
    left = part_left(game)
    past = _past(game, rows, months, left)
    to_come = months[months >= game.month]
    stand = standing(game)
    place = workspace(world, plan or stand.plan)
    if keys is None:
        keys = keys_of(future_seed(game), count)
    marks = to_come if len(to_come) else np.array([max(game.month - 1, 0)])
    found = run_futures(place, stand.held, keys, game.month, marks, rows, left, 0)
    strength = np.empty((len(keys), len(months), len(rows), found.strength.shape[-1]))
    if len(past):
        strength[:, : len(past)] = past
    if len(to_come):
        strength[:, len(months) - len(to_come) :] = found.strength
    return Fielded(states, months, strength, found.accounts, found)


def future_seed(game: Game) -> int:
    """The random seed of a game's futures: another one than that of its own draws."""
    return int(name_key(f"futures of {game.setup.random_seed}/{game.setup.replication}") >> np.uint64(1))


def own_key(game: Game) -> Array:
    """The key of the chance that the game itself goes on with; (1,)."""
    return np.array([stream(game.setup.random_seed, game.setup.replication)], np.uint64)


def _past(game: Game, rows: Array, months: Array, left: float) -> Array:
    """What states could field on the days that lie behind; (days, states, governments + 1)."""
    behind = [int(month) for month in months if month < game.month]
    if not behind:
        return np.empty((0, len(rows), 0))
    noted: list[Array] = []

    def watch(state: State, month: int) -> None:
        if month in behind:
            governments = [*range(len(state.authorities)), NONE]
            noted.append(
                np.array([[fielded(int(row), one, left, state) for one in governments] for row in rows])
            )

    replayed(game, watch=watch)
    return np.array(noted)
