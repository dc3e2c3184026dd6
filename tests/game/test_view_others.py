"""What industries and the Alliance see."""

import json

import pytest

from sim.game.allowed import check_order
from sim.game.orders import Expand, Price, SetLever
from sim.game.replay import standing
from sim.game.seats import LEVERS
from sim.game.view_others import other_view
from tests.game.played import after, given, new


@pytest.fixture(scope="module")
def game():
    return after(new("korea", "alliance"), 1)


def plant(game, category="main_battle_tank"):
    return next(one for one in other_view(standing(game), "korea").plants if one.category == category)


def test_views_are_plain_data(game):
    for seat in ("korea", "europe", "united_states", "alliance"):
        record = json.loads(json.dumps(other_view(standing(game), seat).record(), allow_nan=False))
        assert record["capital"] == 10.0
        assert [one["lever"] for one in record["policies"]] == list(LEVERS[seat])


def test_policies_can_move_as_far_as_is_shown(game):
    stand = standing(game)
    for policy in other_view(stand, "alliance").policies:
        assert policy.low <= policy.lowest <= policy.now <= policy.highest <= policy.high
        for value in (policy.lowest, policy.highest):
            cost = policy.cost * abs(value - policy.now) / (policy.high - policy.low)
            if cost <= 10.0 and policy.kind == "number":
                check_order(stand, "alliance", SetLever(lever=policy.lever, value=value))


def test_the_alliance_has_no_plants_and_sees_every_state_that_has_a_seat(game):
    seen = other_view(standing(game), "alliance")
    assert seen.plants == ()
    assert [one.state for one in seen.states] == ["POL", "ROU", "DEU", "NOR", "CAN", "EST", "LVA", "LTU"]


def test_an_industry_sees_what_its_orders_did(game):
    before = plant(game)
    order = (Price(category="main_battle_tank", factor=1.15), Expand(category="main_battle_tank", share=0.3))
    later = plant(after(given(game, "korea", *order), 1))
    same = plant(after(game, 2))
    assert (before.stance, later.stance, same.stance) == (1.0, 1.15, 1.0)
    assert later.capacity > 0 < same.capacity


def test_what_is_made_is_counted(game):
    for one in other_view(standing(game), "korea").plants:
        assert one.lines
        assert one.capacity >= 0.0 <= one.backlog
        assert one.cover >= 0.0
        assert one.price > 0.0
        assert 0.0 <= one.growth <= 1.0
        assert one.late >= 0
