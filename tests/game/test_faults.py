"""The server dies: nothing acknowledged is lost, a turn is ended wholly or not at all, the class goes on."""

import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

from sim.game.errors import GameError
from sim.game.host import Host, ending
from sim.game.orders import order_record
from sim.game.replay import digest
from sim.game.retrace import retrace
from sim.game.secret import new_token
from sim.game.setup import new_setup
from sim.game.simulate import deal, played_at, simulate
from sim.game.store import Store
from sim.game.strategies import play
from tests.game import ordering

SETUP = new_setup(random_seed=3, turns=5, seats=("POL", "ROU"))


@pytest.fixture
def table(store):
    """A host, its game, the facilitator's token and those of players in Poland and Romania; turn 1."""
    host = Host(store)
    game, facilitator = host.open(SETUP)
    tokens = [new_token(), new_token()]
    for token, seat in zip(tokens, SETUP.seats, strict=True):
        host.rooms.join(game.code, token, "here", seat, seat)
    host.begin(facilitator)
    return host, game, facilitator, tokens


def killed(url, lines, *words):
    """What a process acknowledged before it was killed, after so many lines, as (seq, key)."""
    command = [sys.executable, "-m", ordering.__name__, url, *words]
    root = Path(__file__).resolve().parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        said = list(islice(process.stdout, lines))
        process.kill()
        said += [line for line in process.stdout if line.endswith("\n")]
    return [(int(seq), key) for seq, key in (line.split(maxsplit=1) for line in map(str.strip, said))]


def goes_on(url, game, facilitator, token):
    """A server started anew takes an order once however often it is sent, and ends the turn."""
    store = Store(url)
    try:
        host = Host(store)
        turn = host.told(token).game.number
        (order, *_) = play("wait", host.standing(token), "POL")
        given = [host.order(token, turn, order_record(order), "again") for _ in range(2)]
        assert given[0] == given[1]
        closed = [host.resolve(facilitator, turn, f"end-{turn}", "play") for _ in range(2)]
        assert closed[0] == closed[1]
        entries = store.entries(game.id)
        assert [one.seq for one in entries] == list(range(1, len(entries) + 1))
        assert len({one.key for one in entries}) == len(entries)
        found = retrace(SETUP, entries)
        assert found.same
        assert digest(found.told.game) == closed[0].payload["digest"]
    finally:
        store.close()


def test_no_acknowledged_order_is_lost_when_the_server_is_killed(table, url):
    host, game, facilitator, tokens = table
    said = killed(url, 20, "orders", *tokens[:1])
    kept = {one.seq: one.key for one in host.rooms.store.entries(game.id)}
    assert len(said) >= 20
    assert [(seq, kept.get(seq)) for seq, _key in said] == said
    goes_on(url, game, facilitator, tokens[0])


def test_a_turn_is_ended_wholly_or_not_at_all_when_the_server_is_killed(table, url):
    host, game, facilitator, tokens = table
    said = killed(url, 2, "turns", facilitator)
    entries = host.rooms.store.entries(game.id)
    ends = [one for one in entries if one.kind == "resolve"]
    assert [one.payload["turn"] for one in ends] == list(range(1, len(ends) + 1))
    assert {key for _seq, key in said} <= {one.key for one in ends}
    after = {one.seq: one.kind for one in entries}
    assert [after.get(one.seq + 1) for one in ends] == ["phase"] * len(ends)
    if len(ends) < SETUP.turns:
        goes_on(url, game, facilitator, tokens[0])


def test_a_server_that_dies_before_a_turn_is_written_leaves_it_open(table, url, monkeypatch):
    host, game, facilitator, tokens = table
    before = host.rooms.store.entries(game.id)

    def dies(*_words, **_more):
        raise SystemExit("killed")

    monkeypatch.setattr(host.rooms.store, "append", dies)
    with pytest.raises(SystemExit):
        host.resolve(facilitator, 1, "end-1")
    monkeypatch.undo()
    assert host.rooms.store.entries(game.id) == before
    assert "digest" in ending(SETUP, before)
    goes_on(url, game, facilitator, tokens[0])


def test_a_seat_neither_reads_nor_changes_what_is_anothers(table):
    host, game, _facilitator, (mine, other) = table
    (order, *_) = play("wait", host.standing(other), "ROU")
    host.order(other, 1, order_record(order), "theirs")
    before = host.rooms.store.entries(game.id)
    assert "order" not in [one.kind for one in host.rooms.entries(mine)]
    with pytest.raises(GameError):
        host.order(mine, 1, order_record(order), "k")
    assert host.rooms.store.entries(game.id) == before
    host.withdraw(mine, 1, order_record(order), "k")  # of the own seat, which has no such order
    assert {seat: some for seat, some in host.told(other).now.orders.items() if some} == {"ROU": (order,)}


def test_the_same_class_has_the_same_digests_in_each_database(store):
    setup = new_setup(random_seed=3, turns=2)
    record, _game = played_at(Host(store), setup, 10, deal(setup, 10, {}), None)
    assert record["turns"] == simulate(setup, 10)["turns"]
