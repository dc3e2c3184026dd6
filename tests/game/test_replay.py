"""The game is its set-up and its orders: replayed, forked, undone, and without people the plain run."""

import subprocess
import sys

import numpy as np
import pytest

from sim import run
from sim.game.errors import GameError
from sim.game.orders import Price, SetLever, Wait
from sim.game.replay import RUNS, digest, replayed, standing, tables_of
from sim.game.setup import scenario_of
from sim.model.record import INDUSTRY_MEASURES, MEASURES, measure
from sim.model.state import State
from sim.model.world import KEPT
from tests.game.played import SEED, after, contracts, due, given, new
from tests.properties.runs import BOOKS
from tests.structure.tree import ROOT

ALL = {"POL": "balanced", "BALTIC": "split", "korea": "cheap_promises", "alliance": "talks"}


@pytest.fixture(scope="module")
def played():
    """Three turns by scripts in four seats."""
    return after(new(*ALL), 3, ALL)


@pytest.mark.parametrize("replication", [0, 2])
def test_a_game_without_people_is_the_plain_run_bit_for_bit(replication):
    game = after(new(turns=10, replication=replication), 10)
    assert game.month == 120
    place = replayed(game)
    measure(place.state, standing(game).plan.horizon, place.top, place.bottom, place.industry)
    with np.errstate(divide="ignore", invalid="ignore"):
        ours = np.where(place.bottom != 0.0, place.top / place.bottom, np.nan)
    plain = run(scenario_of(game.setup), replications=replication + 1, random_seed=SEED)
    for at, one in enumerate(MEASURES):
        assert ours[at].tobytes() == plain.values[one.id][replication].tobytes(), one.id
    for at, one in enumerate(INDUSTRY_MEASURES):
        assert place.industry[at].tobytes() == plain.industry_values[one.id][replication].tobytes(), one.id


def test_the_table_before_the_offers_is_held_and_the_offers_are_shown(played):
    stand = standing(played)
    assert int(stand.state.clock["month"][0]) == played.month
    assert due(stand, "POL")
    assert stand is standing(played)


def test_a_fork_with_the_same_order_is_the_same_game(played):
    turn = played.turns[1]
    fork = played.fork(2, turn.with_orders("POL", turn.of("POL")))
    assert digest(fork) == digest(played)


def test_another_order_makes_another_game_and_changes_nothing_before_its_turn(played):
    state, category = due(standing(played.undo().undo()), "POL")[0]
    fork = played.fork(2, played.turns[1].with_orders("POL", (Wait(state=state, category=category),)))
    assert digest(fork) != digest(played)
    assert digest(fork.undo().undo()) == digest(played.undo().undo())
    one, other = contracts(standing(played)), contracts(standing(fork))
    early = one["signed"] < 12
    assert early.sum() == (other["signed"] < 12).sum()
    for name in ("buyer", "line", "quantity", "unit_price", "signed", "first_due"):
        assert one[name][early].tobytes() == other[name][other["signed"] < 12].tobytes()


def test_the_month_before_an_order_is_read_is_untouched_by_it():
    game = new("korea")
    plain = after(game, 1)
    dear = given(game, "korea", Price(category="main_battle_tank", factor=1.15))
    first, second = (replayed(one, until=1).state for one in (plain, dear))
    assert all(a.tobytes() == b.tobytes() for a, b in zip(fields(first), fields(second), strict=True))
    assert digest(plain) != digest(dear)


def fields(state):
    """Every number of the tables that months change but the policies, which are known in advance."""
    return [
        np.ascontiguousarray(table[name] if name else table)
        for table in (getattr(state, one) for one in BOOKS)
        for name in table.dtype.names or ("",)
    ]


def test_undo_returns_to_the_same_game(played):
    assert digest(after(played, 1, ALL).undo()) == digest(played)


def test_a_policy_acts_from_the_second_month_of_its_turn():
    game = given(after(new("alliance"), 1), "alliance", SetLever(lever="dialogue", value=0.6))
    stand = standing(game)
    course = stand.plan.levers[:, stand.world.levers.index("dialogue")]
    assert set(course[:13]) == {0.35}
    assert set(course[13:]) == {0.6}


def test_the_digest_covers_every_table_that_months_change():
    state = standing(new()).state
    seen = {one.ctypes.data for one in tables_of(state)}
    missing = [
        name
        for name in State.__annotations__
        if name not in RUNS and getattr(state, name).nbytes and getattr(state, name).ctypes.data not in seen
    ]
    assert set(missing) <= {*KEPT, "offers", "plan", "orders"}


def test_another_process_finds_the_same_digest(played):
    """What lies in memory between the fields of records must not count."""
    asks = (
        "from sim.game.replay import digest; from tests.game.played import after, new; "
        f"scripts = {ALL!r}; print(digest(after(new(*scripts), 3, scripts)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", asks], cwd=ROOT, capture_output=True, text=True, timeout=300, check=True
    )
    assert done.stdout.strip() == digest(played)


def test_other_random_seeds_make_other_games():
    assert len({digest(after(new(random_seed=seed), 1)) for seed in (1, 2, 3)}) == 3


def test_a_game_of_another_model_is_not_replayed():
    with pytest.raises(GameError, match="begun with model 0"):
        standing(new(model_version="0"))
