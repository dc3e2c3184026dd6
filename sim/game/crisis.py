"""The day that nobody knows: when it comes, who withholds then, and what a seat could field.

Day and government are drawn once, keyed by the game's random seed, and shown in the debrief only.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from sim.evidence.seeds import load_seeds
from sim.game.replay import replayed, world_of_game
from sim.game.seats import find_seat
from sim.game.turn import Game
from sim.model.futures import held_still, keys_of, run_futures
from sim.model.randomness import HIDDEN, name_key, stream, uniform
from sim.model.records import Array
from sim.model.state import HALF, MONTHS, NONE
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

    The hold is the largest share of the fleet of a state at the table, by value, that a government could stop
    supporting.
    """
    seeds, world = load_seeds(), world_of_game(game)
    calm, least = seeds.value("game", "calm"), seeds.value("game", "least_hold")
    at_table = [state for name in game.setup.seats for state in find_seat(name).states]
    shares = holds_at_start(world)[[world.buyers.index(state) for state in at_table]].max(axis=0, initial=0.0)
    able = [name for name, share in zip(world.authorities, shares, strict=True) if share >= least]
    return ((NOBODY, calm), *((name, (1.0 - calm) / len(able)) for name in able))


def rows_of_cases(game: Game) -> Array:
    """The rows of those governments among the authorities, NONE for nobody; (cases,)."""
    known = world_of_game(game).authorities
    return np.array([NONE if name == NOBODY else known.index(name) for name, _ in cases(game)])


def chances(game: Game) -> Array:
    """The chances of the cases; (cases,)."""
    return np.array([chance for _, chance in cases(game)])


@lru_cache(maxsize=4)
def holds_at_start(world: World) -> Array:
    """The share of each state's fleet by value that each foreign government could stop supporting; (B, A)."""
    fleets, families, buyers = (world.template[name] for name in ("fleets", "families", "buyers"))
    prices = _prices(world)
    held, total = np.zeros((len(world.buyers), len(world.authorities))), np.full(len(world.buyers), 1e-9)
    for fleet in fleets:
        buyer = int(fleet["buyer"])
        worth = float(fleet["stock_start"]) * prices[int(fleet["category"])]
        total[buyer] += worth
        mask = int(families["support_mask"][int(fleet["family"])])
        for at in range(held.shape[1]):
            if mask >> at & 1 and at != int(buyers["authority"][buyer]):
                held[buyer, at] += worth
    return np.asarray(held / total[:, None])


def _prices(world: World) -> Array:
    """The mean base package price of each category, musd a unit."""
    lines = world.template["lines"]
    package = lines["price_platform"] + lines["price_support"] + lines["price_munitions"]
    return np.array([package[lines["category"] == at].mean() for at in range(len(world.categories))])


def hidden(game: Game) -> Crisis:
    """The day and the government of this game."""
    months, ways = crisis_months(game), cases(game)
    day, who = dealt(game, "day", "day"), dealt(game, "government", "government")
    edges = np.cumsum(chances(game))
    found = int(np.searchsorted(edges, who * edges[-1], side="right"))
    return Crisis(int(months[int(day * len(months))]), ways[min(found, len(ways) - 1)][0])


def dealt(game: Game, one: str, other: str) -> float:
    """What a game deals under two names, drawn by its random seed; 0 to 1."""
    # A key is a plain number here: without its type a compiled rule takes it for a signed one.
    key = np.uint64(stream(game.setup.random_seed, game.setup.replication))
    return float(uniform(key, HIDDEN, name_key(one), name_key(other), 0))


def part_left(game: Game) -> float:
    """What still works of the equipment whose support has been withheld for the months of the set-up; 0 to 1.

    Spares run down evenly (rules/partners.spares_left with nothing released), at the middle of the evidence.
    """
    months = load_seeds().value("usable", "spares_months")
    return max(0.0, 1.0 - game.setup.withheld_months / months)


@dataclass(frozen=True, eq=False)
class Fielded:
    """What states could field on each possible day: (futures, days, states, cases).

    cases: in the order of `cases`. Days before the futures begin are the same in all of them. after: the same
    at the end of the model, years after the window, (futures, states, cases): what is ordered late counts
    there, goods and what they cost alike. accounts: (futures, states, 4) money then (futures.ACCOUNTS).
    """

    states: tuple[str, ...]
    months: Array
    strength: Array
    after: Array
    accounts: Array


def first_open_month(game: Game) -> int:
    """The month from which the futures of a game differ: where the window of possible days opens, or now.

    Always the beginning of a turn. Later orders of people are carried out in each future as far as can be.
    """
    turn = game.setup.turn_months
    return min(game.month, int(crisis_months(game)[0]) // turn * turn)


def fielded_in_futures(game: Game, states: tuple[str, ...], keys: Array) -> Fielded:
    """Futures of a game to the end of the model, one for each key, all orders of its people in them."""
    world, months, begin = world_of_game(game), crisis_months(game), first_open_month(game)
    rows = np.array([world.buyers.index(state) for state in states])
    place = replayed(game, begin)
    marks = np.append(months, MONTHS - 1)
    able, left = rows_of_cases(game), part_left(game)
    found = run_futures(place, held_still(place), keys, begin, marks, rows, able, left, 0)
    return Fielded(states, months, found.strength[:, :-1], found.strength[:, -1], found.accounts)


def keys_of_futures(game: Game, count: int) -> Array:
    """Keys of the futures of a game, the same for all of its random seed: they are compared in pairs."""
    seed = name_key(f"futures of {game.setup.random_seed}/{game.setup.replication}")
    return keys_of(int(seed >> np.uint64(1)), count)


def own_key(game: Game) -> Array:
    """The key of the chance that the game itself goes on with; (1,)."""
    return np.array([stream(game.setup.random_seed, game.setup.replication)], np.uint64)
