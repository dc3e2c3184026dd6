"""A whole class without a browser."""

import json

import pytest

from sim.game.errors import GameError
from sim.game.orders import parse_order
from sim.game.retrace import differences, forked, retrace
from sim.game.setup import new_setup
from sim.game.simulate import deal, simulate
from sim.game.transfer import read_lines

SETUP = new_setup(random_seed=3, turns=3)


@pytest.fixture(scope="module")
def played():
    return simulate(SETUP, 12, {"POL": "cheapest", "korea": "expand"})


def test_a_class_plays_to_the_end(played):
    assert [one["turn"] for one in played["turns"]] == [1, 2, 3]
    assert [one["month"] for one in played["turns"]] == ["2027-01", "2028-01", "2029-01"]
    assert played["digest"] == played["turns"][-1]["digest"]
    assert (played["scripts"]["POL"], played["scripts"]["korea"]) == ("cheapest", "expand")
    assert set(played["scripts"]) == set(SETUP.seats)
    json.dumps(played, allow_nan=False)


def test_every_player_joins_and_orders_through_the_log(played):
    header, entries, turn, _status = read_lines(played["export"])
    assert (len(header.players), turn) == (12, 4)
    assert len(entries) == played["entries"]
    ordered = [entry for entry in entries if entry.kind == "order"]
    told = [order for one in played["turns"] for some in one["orders"].values() for order in some]
    assert [entry.payload["order"] for entry in ordered] == told
    assert {entry.player for entry in ordered if entry.seat == "POL"} == {"1", "11"}


def test_the_same_class_plays_the_same_game_again(played):
    again = simulate(SETUP, 12, {"POL": "cheapest", "korea": "expand"})
    assert again["turns"] == played["turns"]


def test_seats_beyond_the_players_are_played_by_rules():
    scripts = deal(SETUP, 3, {})
    assert tuple(scripts) == SETUP.seats[:3]
    other = deal(new_setup(random_seed=4), 10, {})
    assert other != deal(new_setup(random_seed=5), 10, {})


@pytest.mark.parametrize(
    ("players", "scripts", "sentence"),
    [
        (0, {}, "players: 0 is outside 1 to 300"),
        (301, {}, "players: 301 is outside 1 to 300"),
        (10, {"FRA": "wait"}, "'FRA' has no seat in this game"),
        (10, {"POL": "talks"}, "there is no script 'talks' for POL"),
    ],
)
def test_a_class_that_cannot_be_is_refused(players, scripts, sentence):
    with pytest.raises(GameError, match=sentence):
        deal(SETUP, players, scripts)


def test_the_export_replays_to_the_same_digests(played):
    header, entries, _turn, _status = read_lines(played["export"])
    found = retrace(new_setup(**header.setup), entries)
    assert found.same
    assert [one.found for one in found.turns] == [one["digest"] for one in played["turns"]]


def test_a_log_that_was_changed_is_found_out(played):
    lines = [line.replace('"digest": "', '"digest": "0') for line in played["export"]]
    header, entries, _turn, _status = read_lines(lines)
    assert not any(one.same for one in retrace(new_setup(**header.setup), entries).turns)


@pytest.fixture(scope="module")
def game(played):
    header, entries, _turn, _status = read_lines(played["export"])
    return retrace(new_setup(**header.setup), entries).told.game


def test_a_fork_shows_what_one_order_changed(game):
    number, order = next(
        (number, order)
        for number, turn in enumerate(game.turns, start=1)
        for order in turn.of("POL")
        if order.kind == "choose"
    )
    assert differences(game, forked(game, number, "POL", order))["same"]
    waited = parse_order({"kind": "wait", "state": "POL", "category": order.category})
    found = differences(game, forked(game, number, "POL", waited))
    assert not found["same"]
    mine = next(one for one in found["states"] if one["state"] == "POL")
    assert (mine["cost"], mine["speed"]) != (mine["cost_fork"], mine["speed_fork"])
    left = forked(game, number, "POL", order, withdraw=True)
    assert len(left.turns[number - 1].of("POL")) == len(game.turns[number - 1].of("POL")) - 1


def test_a_fork_takes_no_order_that_could_not_have_been_given(game):
    with pytest.raises(GameError, match=r"makes no offer|no tender"):
        forked(
            game, 1, "POL",
            parse_order({"kind": "choose", "state": "POL", "category": "main_battle_tank", "line": "x"}),
        )  # fmt: skip
    with pytest.raises(GameError, match="no resolved turn 4; there are 3"):
        forked(game, 4, "POL", parse_order({"kind": "hold", "state": "POL", "category": "submarine"}))
