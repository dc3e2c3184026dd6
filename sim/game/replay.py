"""Replay: a game from its log to the numbers of the model, as they stand at the beginning of a turn."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Final

import numpy as np

from sim.experiment.decisions import offers_made
from sim.experiment.worlds import world_of
from sim.game.setup import check_version, scenario_of
from sim.game.turn import Game, plan_of_game
from sim.model.futures import advance, released
from sim.model.plan import Plan
from sim.model.records import Array
from sim.model.replication import Workspace, begin, workspace
from sim.model.state import MONTHS, State
from sim.model.world import World

KEPT: Final = 24  # games whose standing is kept, of about six megabytes each
RUNS: Final = ("words", "numbers", "whole")  # several tables seen as one
_one_at_a_time = Lock()


@dataclass(frozen=True, eq=False)
class Standing:
    """A game held still at the beginning of the turn now open (or at the end): read it, never run it.

    held: the replication before the first month of the turn (futures.held_still). state: the same with the
    offers of that month on the table, nothing decided yet.
    """

    game: Game
    world: World
    plan: Plan
    held: Array
    state: State

    @property
    def contracts(self) -> Array:
        """The contracts in the books, those from before the start among them."""
        return self.state.contracts[: int(self.state.clock["contracts"][0])]


def world_of_game(game: Game) -> World:
    """The world that a game is played in."""
    scenario = scenario_of(game.setup)
    return world_of(None, scenario.start, scenario.facts)


def replayed(
    game: Game, until: int | None = None, watch: Callable[[State, int], None] | None = None
) -> Workspace:
    """A game run from its first month to `until` (excluded; None = the turn now open).

    watch(state, month) is called after each month. Raises GameError for a game of other rules.
    """
    check_version(game.setup)
    world = world_of_game(game)
    place = workspace(world, plan_of_game(game, world))
    begin(place, True, game.setup.random_seed, game.setup.replication)
    last = min(MONTHS, game.month if until is None else until)
    if watch is None:
        advance(place, 0, last)
        return place
    for month in range(last):
        advance(place, month, month + 1)
        watch(place.state, month)
    return place


def standing(game: Game) -> Standing:
    """Where a game stands; the same object for the same game, so treat it as read-only."""
    with _one_at_a_time:  # or sixty players would replay the same new turn sixty times
        return _standing(game)


@lru_cache(maxsize=KEPT)
def _standing(game: Game) -> Standing:
    place = replayed(game)
    held = place.state.whole.copy()
    if game.month < MONTHS:
        offers_made(place.state, game.month)
    world = world_of_game(game)
    return Standing(game, world, plan_of_game(game, world), held, place.state)


def digest(game: Game) -> str:
    """64 hex digits over every number of the model at the beginning of the turn now open.

    Equal digests on equal processors and library versions: the replay is the game, bit for bit.
    """
    stand = standing(game)
    place = workspace(stand.world, stand.plan)
    released(place, stand.held)
    found = hashlib.sha256()
    for table in tables_of(place.state):
        # Field by field: what lies between the fields of a record is whatever lay in memory before.
        for part in [table[name] for name in table.dtype.names] if table.dtype.names else [table]:
            found.update(np.ascontiguousarray(part).tobytes())
    return found.hexdigest()


def tables_of(state: State) -> list[Array]:
    """The tables that months change, in the order in which a state names them."""
    whole = state.whole
    first, end = whole.ctypes.data, whole.ctypes.data + whole.nbytes
    tables = [getattr(state, name) for name in State.__annotations__ if name not in RUNS]
    return [one for one in tables if one.nbytes > 0 and first <= one.ctypes.data < end]
