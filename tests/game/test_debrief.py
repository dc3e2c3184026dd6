"""The debrief: decisions weighed by forks, against brute force by hand; regret; a rule changed."""

import numpy as np
import pytest

from sim.game.crisis import cases
from sim.game.debrief import (
    Stopped,
    all_weighed,
    decisions_of,
    forked,
    mattered,
    points_in_futures,
    points_that_came,
    regret_table,
    rerun,
    without_order,
)
from sim.game.errors import GameError
from sim.game.orders import Wait
from sim.game.replay import digest
from tests.game.played import after, new

FEW = 4


@pytest.fixture(scope="module")
def played():
    """Three turns of two buyers."""
    return after(new("NOR", "ROU", turns=4), 3, {"NOR": "fastest", "ROU": "cheapest"})


def test_every_decision_on_a_tender_is_weighed_and_the_largest_effects_come_first(played):
    weighed = all_weighed(played, futures=FEW)
    assert len(weighed) == len(decisions_of(played)) > 3
    sizes = [abs(one.effect) for one in weighed]
    assert sizes == sorted(sizes, reverse=True)
    assert mattered(weighed) == weighed[:3]
    assert {one.seat for one in mattered(weighed, "ROU")} == {"ROU"}


def test_the_effect_is_what_leaving_the_order_out_changes(played):
    seat, number, order = decisions_of(played)[0]
    turn = played.turns[number - 1]
    kept = tuple(one for one in turn.of(seat) if one != order)
    by_hand = played.fork(number, turn.with_orders(seat, kept))
    gain = points_in_futures(played, seat, FEW) - points_in_futures(by_hand, seat, FEW)
    found = next(
        one for one in all_weighed(played, [seat], FEW)
        if (one.turn, one.order["category"]) == (number, order.category) and one.order["kind"] == order.kind
    )  # fmt: skip
    assert found.effect == pytest.approx(float(np.mean(gain)))
    came = points_that_came(played, seat, FEW) - points_that_came(by_hand, seat, FEW)
    assert found.came == pytest.approx(came)


def test_a_fork_with_the_order_that_was_given_is_the_game(played):
    seat, number, order = decisions_of(played)[0]
    assert digest(forked(played, seat, number, order)) == digest(played)
    other = forked(played, seat, number, Wait(state=order.state, category=order.category))
    assert digest(other) != digest(played)
    assert len(without_order(played, seat, number, order).turns[number - 1].of(seat)) + 1 == len(
        played.turns[number - 1].of(seat)
    )


def test_weighing_can_be_stopped_and_says_how_far_it_is(played):
    seen = []
    all_weighed(played, ["ROU"], 2, progress=lambda done, wanted: seen.append((done, wanted)))
    wanted = len(decisions_of(played, ["ROU"]))
    assert seen == [(done, wanted) for done in range(1, wanted + 1)]
    with pytest.raises(Stopped):
        all_weighed(played, futures=2, cancel=lambda: True)


def test_regret_is_never_negative_and_nought_for_the_better_plan(played):
    table = regret_table(played, FEW)
    assert len(table) == 6 * len(cases(played))  # the six buyers of a class
    for one in table:
        assert one.regret == pytest.approx(max(0.0, one.rules - one.points))


def test_a_rule_can_be_changed_under_the_same_orders(played):
    other = rerun(played, "dialogue", 1.0)
    assert other.turns == played.turns
    assert digest(other) != digest(played)
    assert digest(rerun(played, "dialogue", 0.35)) == digest(played)
    with pytest.raises(GameError, match="dialogue"):
        rerun(played, "dialogue", 7.0)
