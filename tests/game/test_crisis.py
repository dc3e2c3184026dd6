"""The hidden day, who may withhold, and futures that begin where the window opens."""

import numpy as np
import pytest

from sim.game.crisis import (
    NOBODY,
    cases,
    crisis_months,
    fielded_in_futures,
    first_open_month,
    hidden,
    holds_at_start,
    keys_of_futures,
    own_key,
    part_left,
)
from sim.game.replay import replayed, world_of_game
from sim.model.stages.strength import fielded
from sim.model.state import NONE
from tests.game.played import after, new


def test_the_day_lies_at_the_end_of_a_half_year_of_the_window():
    game = new("POL", first_crisis=2028, last_crisis=2029)
    assert crisis_months(game).tolist() == [
        29,
        35,
        41,
        47,
    ]  # June and December of 2028 and 2029, from 0 = January 2026


def test_chances_add_up_and_nobody_is_one_of_the_cases():
    found = dict(cases(new("POL", "NOR")))
    assert sum(found.values()) == pytest.approx(1.0)
    assert found[NOBODY] == 0.25
    assert {"USA", "KOR"} <= set(found)  # Poland's fleet hangs on both
    assert len({chance for name, chance in found.items() if name != NOBODY}) == 1


def test_a_government_without_hold_over_a_fleet_at_the_table_is_no_case():
    game = new("NOR", seats=("NOR",))
    world = world_of_game(game)
    held = holds_at_start(world)[world.buyers.index("NOR")]
    listed = {name for name, _ in cases(game)} - {NOBODY}
    assert listed == {name for name, share in zip(world.authorities, held, strict=True) if share >= 0.15}
    assert "NOR" not in listed


def test_the_hidden_day_hangs_on_the_random_seed_alone():
    one = hidden(new("POL", random_seed=5))
    assert hidden(after(new("POL", random_seed=5), 2)) == one
    many = {hidden(new("POL", random_seed=seed)) for seed in range(40)}
    assert len({each.month for each in many}) > 5
    assert len({each.authority for each in many}) > 3
    assert {each.month for each in many} <= set(crisis_months(new("POL")).tolist())


@pytest.mark.parametrize(("months", "left"), [(0, 1.0), (9, 0.5), (18, 0.0), (60, 0.0)])
def test_what_still_works_runs_down_with_the_spares(months, left):
    assert part_left(new("POL", withheld_months=months)) == pytest.approx(left)


def test_the_own_future_is_what_the_game_goes_on_to():
    game = after(new("POL", turns=7), 7)
    seen = fielded_in_futures(game, ("POL",), own_key(game))
    world, noted = world_of_game(game), []

    def watch(state, month):
        if month in seen.months:
            noted.append(fielded(world.buyers.index("POL"), NONE, 1.0, state))

    replayed(game, watch=watch)
    at = [name for name, _ in cases(game)].index(NOBODY)
    assert seen.strength[0, :, 0, at].tolist() == noted


def test_futures_begin_where_the_window_opens_or_now():
    game = new("POL", turns=7)
    assert first_open_month(game) == 0
    assert first_open_month(after(game, 1)) == 12
    assert first_open_month(after(game, 5)) == 24


def test_withholding_never_helps_and_futures_differ():
    game = after(new("POL"), 2)
    seen = fielded_in_futures(game, ("POL", "NOR"), keys_of_futures(game, 4))
    calm = [name for name, _ in cases(game)].index(NOBODY)
    assert seen.strength.shape == (4, len(crisis_months(game)), 2, len(cases(game)))
    assert (seen.strength <= seen.strength[..., calm : calm + 1] + 1e-12).all()
    assert (seen.strength >= 0.0).all()
    assert (seen.strength <= 1.0).all()
    assert len(np.unique(seen.accounts[:, 0, 0])) == 4
    assert seen.after.shape == (4, 2, len(cases(game)))
