"""What a whole class may see, a contract followed, and how a turn ends by itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from sim.game import overview
from sim.game.changes import changes
from sim.game.errors import NotAllowed
from sim.game.host import Host
from sim.game.orders import Choose
from sim.game.replay import standing
from sim.game.secret import new_token
from sim.game.setup import new_setup
from sim.game.store import Store
from sim.game.trace import traced
from sim.game.turn import Game, Turn
from sim.game.view import buyer_view, dial

SEATS = ("POL", "BALTIC", "korea", "alliance")


@pytest.fixture(scope="module")
def game():
    """Two turns in which Poland takes the first offer of every tender that is decided."""
    found = Game(new_setup(random_seed=3, turns=3, seats=SEATS)).held_by(("POL",))
    for _ in range(2):
        tenders = buyer_view(standing(found), "POL").tenders
        orders = tuple(
            Choose(state="POL", category=one.category, line=one.offers[0].line, reason="soon enough")
            for one in tenders
            if one.offers
        )
        found = found.resolve(Turn((("POL", orders),), frozenset({"POL"})))
    return found


def test_seats_stand_in_the_order_of_the_table_and_show_their_states(game):
    stand = standing(game)
    rows = overview.dials_of_seats(stand)
    assert [one.seat for one in rows] == ["POL", "BALTIC"]
    poland, single = rows[0], dial(stand, "POL")
    assert poland.speed == pytest.approx(single.speed)
    assert poland.cost == pytest.approx(single.cost)
    assert poland.reliance == single.reliance
    baltic = [dial(stand, state) for state in ("EST", "LVA", "LTU")]
    assert min(one.speed for one in baltic) <= rows[1].speed <= max(one.speed for one in baltic)
    assert rows[1].reliance == max(one.reliance for one in baltic)


def test_gaps_are_shares_and_agree_with_their_sum(game):
    rows = overview.gaps(game)
    assert len(rows) == len(standing(game).world.categories)
    assert all(0.0 <= one.now <= 1.0 and 0.0 <= one.start <= 1.0 for one in rows)
    missing = overview.all_missing(standing(game))
    assert min(one.now for one in rows) <= missing <= max(one.now for one in rows)
    assert overview.all_missing(overview.at_start(game)) < missing  # requirements have risen


def test_the_news_are_few_and_of_the_seats_at_the_table(game):
    stand = standing(game)
    found = overview.news(stand)
    assert 0 < len(found) <= overview.NEWS
    assert set(found) <= set(changes(stand, ["POL", "EST", "LVA", "LTU"]))
    assert [one.month for one in found] == sorted(one.month for one in found)
    assert overview.news(overview.at_start(game)) == ()


def test_a_contract_is_followed_from_need_to_use(game):
    found = traced(game, ["POL"])
    chosen = [one for one in found if one.turn is not None]
    assert chosen
    for one in chosen:
        assert one.signed == (one.turn - 1) * 12
        assert one.reason == "soon enough"
        assert any(
            isinstance(order, Choose) and order.line == one.line
            for order in game.turns[one.turn - 1].of("POL")
        )
    for one in found:
        assert one.opened <= one.signed < game.month
        if one.first is not None:
            assert one.signed < one.first
            assert one.usable is None or one.first <= one.usable
            assert one.late == one.first - one.promised
    rules = traced(replace(game, turns=(Turn(), Turn()), people=frozenset()), ["POL"])
    assert all(one.turn is None and one.reason == "" for one in rules)


class Clock:
    def __init__(self):
        self.time = datetime(2027, 3, 1, 10, tzinfo=UTC)


@pytest.fixture
def room(tmp_path):
    """A host with a clock of its own, and a room that plays the plan of 45 minutes."""
    clock = Clock()
    store = Store(f"sqlite:///{tmp_path / 'games.sqlite'}", now=lambda: clock.time)
    host = Host(store)
    host.rooms._now = lambda: clock.time
    record, lead = host.open(new_setup(random_seed=3, turns=2, seats=SEATS, plan="45"))
    yield host, clock, record, lead
    store.close()


def play(host, clock, lead, seconds):
    from sim.game.clock import phase

    host.rooms.phase(lead, phase("play", seconds, clock.time), "begin")


def test_a_turn_ends_by_itself_only_where_the_facilitator_lets_it(room):
    host, clock, record, lead = room
    host.set_automatic(lead, False, "by-hand")
    play(host, clock, lead, 60.0)
    clock.time += timedelta(seconds=61)
    assert host.resolve_when_due(lead) is None
    host.set_automatic(lead, True, "by-itself")
    assert host.automatic(record.id)
    assert host.resolve_when_due(lead) is not None
    assert host.rooms.game(lead).turn == 2
    assert host.rooms.clock(lead).left == 360.0  # the plan's minutes


def test_after_the_last_turn_comes_the_debrief(room):
    host, clock, _record, lead = room
    play(host, clock, lead, None)
    host.resolve(lead, 1, "one")
    host.resolve(lead, 2, "two")
    assert host.rooms.clock(lead).state == "debrief"
    assert host.told(lead).game.over


def test_a_player_cannot_say_how_turns_end(room):
    host, _clock, record, _lead = room
    me = new_token()
    host.rooms.join(record.code, me, "school", "Ana", "POL")
    with pytest.raises(NotAllowed):
        host.set_automatic(me, False, "mine")
