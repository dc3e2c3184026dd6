"""The host: scripts and rules act when a turn ends, and what is in memory can be lost at any time."""

import pytest

from sim.game.errors import GameError, NotAllowed
from sim.game.host import Host
from sim.game.orders import order_record
from sim.game.replay import digest
from sim.game.secret import new_token
from sim.game.setup import new_setup
from sim.game.strategies import play

SETUP = new_setup(random_seed=3, turns=2, seats=("POL", "korea"))


@pytest.fixture
def table(store):
    """A host, the facilitator's token and that of a player in Poland, in the first turn."""
    host = Host(store)
    game, facilitator = host.open(SETUP)
    token = new_token()
    host.rooms.join(game.code, token, "here", "Ann", "POL")
    host.begin(facilitator)
    return host, facilitator, token


def test_a_script_orders_as_the_turn_ends_and_the_log_replays_to_the_same(table, store):
    host, facilitator, _token = table
    host.take(facilitator, 1, "korea", "script:dear", "k")
    expected = play("dear", host.standing(facilitator), "korea")
    entry = host.resolve(facilitator, 1, "end")
    assert host.told(facilitator).game.turns[0].of("korea") == expected
    again = Host(store)  # a server that was started anew
    assert digest(again.told(facilitator).game) == entry.payload["digest"]


def test_undo_opens_the_turn_with_its_orders_and_the_same_digest(table):
    host, facilitator, token = table
    (order, *_) = play("fastest", host.standing(token), "POL")
    before = digest(host.told(token).game)
    host.order(token, 1, order_record(order), "one")
    host.resolve(facilitator, 1, "end")
    host.undo(facilitator, "back")
    told = host.told(token)
    assert digest(told.game) == before
    assert told.now.orders == {"POL": (order,)}


def test_an_order_given_twice_counts_once_and_a_closed_turn_takes_none(table):
    host, facilitator, token = table
    (order, *_) = play("wait", host.standing(token), "POL")
    first, second = (host.order(token, 1, order_record(order), "same") for _ in range(2))
    assert first == second
    host.resolve(facilitator, 1, "end")
    with pytest.raises(GameError):
        host.order(token, 1, order_record(order), "late")


def test_only_players_order_and_only_the_facilitator_ends_turns(table):
    host, facilitator, token = table
    (order, *_) = play("wait", host.standing(token), "POL")
    with pytest.raises(NotAllowed):
        host.order(facilitator, 1, order_record(order), "a")
    with pytest.raises(NotAllowed):
        host.resolve(token, 1, "b")
    with pytest.raises(NotAllowed):
        host.take(token, 1, "korea", "rule", "c")
    with pytest.raises(NotAllowed):
        host.rooms.undo(token, 0, "d")
    assert host.told(token).game.turns == ()


def test_when_the_last_turn_is_over_there_is_none_to_end(table):
    host, facilitator, _token = table
    host.resolve(facilitator, 1, "one")
    host.resolve(facilitator, 2, "two", "debrief")
    with pytest.raises(GameError, match="the game is over"):
        host.resolve(facilitator, 3, "three")
