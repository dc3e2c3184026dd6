"""Scripts give orders that a person could give, the same ones each time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.game.allowed import check_order
from sim.game.errors import GameError
from sim.game.orders import Choose, Hold, Launch, SetLever, Wait, merged
from sim.game.replay import standing
from sim.game.seats import CLASS_OF_THIRTY, STATE, find_seat
from sim.game.strategies import SCRIPTS, play, quickest, scripts_for
from sim.game.view import buyer_view, lines_by_id
from tests.game.played import after, due, new

BUYERS = sorted(SCRIPTS[STATE])
EACH = [(seat, name) for seat in CLASS_OF_THIRTY for name in sorted(scripts_for(find_seat(seat)))]


@settings(max_examples=40)
@given(
    st.sampled_from(EACH),
    st.integers(0, 3),
    st.integers(0, 5),
    st.sampled_from(("baseline", "no_korea")),
    st.sampled_from(BUYERS),
)
def test_every_order_of_a_script_can_be_given(who, random_seed, turns, scenario, other):
    seat, name = who
    scripts = {"DEU": other, seat: name}
    game = after(new(*scripts, random_seed=random_seed, scenario=scenario), turns, scripts)
    stand, orders = standing(game), ()
    for order in scripts_for(find_seat(seat))[name](stand, find_seat(seat)):
        check_order(stand, seat, order, orders)
        orders = merged(orders, order)
    assert play(name, stand, seat) == orders


@pytest.fixture(scope="module")
def stand():
    return standing(after(new("POL", "BALTIC", "korea", "alliance"), 1))


def tenders(stand):
    return {one.category: one for one in buyer_view(stand, "POL").tenders if one.offers}


def choices(stand, name):
    return {one.category: one for one in play(name, stand, "POL") if isinstance(one, Choose)}


def test_waiting_is_no_contract_ever():
    game = new("POL")
    plain, waits = after(game, 4), after(game, 4, {"POL": "wait"})
    buyer = standing(game).world.buyers.index("POL")
    signed = [float(standing(one).state.buyers["orders_value"][buyer]) for one in (plain, waits)]
    assert signed[1] == 0.0 < signed[0]


def test_each_chooses_what_its_name_says(stand):
    table = tenders(stand)
    assert table
    fastest, cheapest = choices(stand, "fastest"), choices(stand, "cheapest")
    for category, tender in table.items():
        offers = {one.line: one for one in tender.offers}
        assert offers[fastest[category].line].likely == min(one.likely for one in tender.offers)
        assert offers[cheapest[category].line].all_in == min(one.all_in for one in tender.offers)


def test_home_or_union_buys_nowhere_else_if_it_can():
    lines = lines_by_id()
    for order in play("home_or_union", standing(after(new("POL"), 2)), "POL"):
        if isinstance(order, Choose):
            line = lines[order.line]
            assert "POL" in (*line.home, line.country) or line.industry == "europe"


def test_a_split_is_over_two_governments(stand):
    lines, table = lines_by_id(), tenders(stand)
    split = choices(stand, "split")
    for category, order in split.items():
        governments = {lines[one.line].authority for one in table[category].offers}
        if table[category].may_split and len(governments) > 1:
            assert lines[order.line].authority != lines[order.second].authority
        else:
            assert order.second is None
    assert any(order.second for order in split.values())


def test_urgent_names_a_supplier_for_all_of_a_gap(stand):
    launches = [one for one in play("urgent", stand, "BALTIC") if isinstance(one, Launch)]
    assert launches
    for one in launches:
        assert (one.route, one.line) == ("urgent", quickest(stand, one.state, one.category))


def test_a_splurge_comes_in_the_last_turn_only():
    game = new("POL", turns=3)
    for _ in range(2):
        orders = play("splurge", standing(game), "POL")
        assert {type(one) for one in orders} <= {Wait, Hold}
        game = after(game, 1, {"POL": "splurge"})
    assert any(isinstance(one, Launch) for one in play("splurge", standing(game), "POL"))


def test_a_seat_can_leave_all_to_its_rules(stand):
    assert (
        play("doctrine", stand, "POL")
        == play("rule", stand, "korea")
        == play("idle", stand, "alliance")
        == ()
    )


def test_talks_move_as_far_as_capital_allows(stand):
    assert play("talks", stand, "alliance") == (SetLever(lever="dialogue", value=0.85),)


def test_what_a_person_ordered_stands(stand):
    state, category = due(stand, "POL")[0]
    mine = Wait(state=state, category=category)
    orders = play("fastest", stand, "POL", (mine,))
    assert orders[0] == mine
    assert len(orders) == len(play("fastest", stand, "POL"))


def test_a_script_plays_its_kind_of_seat_only_and_none_after_the_end(stand):
    with pytest.raises(GameError, match="there is no script 'wait' for korea"):
        play("wait", stand, "korea")
    assert play("urgent", standing(after(new("POL", turns=1), 1)), "POL") == ()
