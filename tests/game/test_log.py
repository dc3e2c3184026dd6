"""The log folded to the game it makes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.game.entry import Entry
from sim.game.errors import GameError
from sim.game.log import Told, completed, fold, folded_on, order_of
from sim.game.orders import Hold, Launch, SetLever, Wait, order_record
from sim.game.setup import new_setup
from sim.game.turn import Agreement, Game, Inject

SETUP = new_setup(random_seed=7, turns=3)
SEATS = ("POL", "ROU", "korea")
NEED = {"state": "POL", "category": "submarine"}


def log(*parts):
    """Entries from (kind, seat, payload), numbered and in the turn that is open."""
    entries, turn = [], 1
    for number, (kind, seat, payload) in enumerate(parts, start=1):
        if kind in ("resolve", "undo"):
            payload = {"turn": turn if kind == "resolve" else turn - 1, **payload}
        entries.append(Entry(turn, kind, payload, f"k{number}", seat, "", number, ""))
        turn += {"resolve": 1, "undo": -1}.get(kind, 0)
    return entries


def order(seat, one):
    return ("order", seat, {"order": order_record(one)})


def back(seat, one):
    return ("order", seat, {"withdraw": order_record(one)})


def take(seat, by):
    return ("take", seat, {"seat": seat, "by": by})


RESOLVE, UNDO = ("resolve", "", {"digest": "d"}), ("undo", "", {})

needs = st.sampled_from([{"state": "POL", "category": kind} for kind in ("submarine", "air_defence")])
some_order = st.one_of(
    needs.map(lambda need: Wait(**need)),
    needs.map(lambda need: Hold(**need)),
    st.builds(lambda need, units: Launch(**need, route="urgent", quantity=units), needs, st.integers(1, 9)),
    st.builds(lambda value: SetLever(lever="agreement.POL", value=value), st.floats(0, 1)),
)
said = st.one_of(
    st.builds(order, st.sampled_from(SEATS), some_order),
    st.builds(back, st.sampled_from(SEATS), some_order),
    st.builds(take, st.sampled_from(SEATS), st.sampled_from(("person", "rule", "script:wait"))),
    st.builds(lambda seat, yes: ("ready", seat, {"ready": yes}), st.sampled_from(SEATS), st.booleans()),
    st.just(("note", "", {"text": "hello"})),
    st.just(("phase", "", {"state": "play", "deadline": ""})),
)


@given(st.lists(said, max_size=12))
def test_the_last_order_about_the_same_thing_wins(parts):
    told = fold(SETUP, log(*parts))
    for seat in SEATS:
        expected = {}
        for kind, who, payload in parts:
            if kind == "order" and who == seat:
                one, stands = order_of(payload)
                expected.pop(one.about, None)
                if stands:
                    expected[one.about] = one
        assert told.now.orders.get(seat, ()) == tuple(expected.values())


@given(st.lists(said, max_size=8), st.lists(said, max_size=4))
def test_undo_after_a_turn_opens_it_again_with_its_orders(parts, more):
    before = fold(SETUP, log(*parts))
    after = fold(SETUP, log(*parts, RESOLVE, *more, UNDO))
    assert after.game.turns == before.game.turns
    assert after.now.orders == before.now.orders
    assert after.now.ready == frozenset()
    held = {seat: payload["by"] for kind, seat, payload in (*parts, *more) if kind == "take"}
    assert after.game.people == {seat for seat, by in held.items() if by != "rule"}


@given(st.lists(said, max_size=10), st.integers(0, 10))
def test_a_log_can_be_folded_in_pieces(parts, cut):
    entries = log(*parts, RESOLVE, *parts)
    assert folded_on(fold(SETUP, entries[:cut]), entries[cut:]) == fold(SETUP, entries)


def test_a_resolved_turn_holds_what_was_ordered_and_who_sat_where():
    told = fold(SETUP, log(take("POL", "person"), order("POL", Wait(**NEED)), RESOLVE, take("POL", "rule")))
    (turn,) = told.game.turns
    assert turn.of("POL") == (Wait(**NEED),)
    assert turn.people == {"POL"}
    assert told.game.people == frozenset()
    assert (told.now.orders, told.seq) == ({}, 4)


def test_an_order_taken_back_is_not_in_the_turn():
    told = fold(SETUP, log(order("POL", Wait(**NEED)), back("POL", Wait(**NEED)), RESOLVE))
    assert told.game.turns[0].orders == ()


def test_a_resolve_brings_the_orders_of_scripts_and_the_answers_of_rules():
    offer = ("propose", "POL", {"kind": "joint", "sender": "POL", "receiver": "ROU", "state": "POL",
             "category": "submarine", "units": 1, "partner": "ROU", "partner_units": 2})  # fmt: skip
    end = ("resolve", "", {"orders": {"ROU": [order_record(Hold(**NEED))]}, "answers": {"1": True}})
    told = fold(SETUP, log(offer, order("POL", Wait(**NEED)), end))
    (turn,) = told.game.turns
    assert (turn.of("ROU"), turn.of("POL")) == ((Hold(**NEED),), (Wait(**NEED),))
    assert turn.agreements == (Agreement("joint", ("POL", "ROU"), "submarine", (1, 2)),)


@pytest.mark.parametrize("answer", [[], [("answer", "ROU", {"proposal": 1, "accept": False})]])
def test_without_a_yes_nothing_is_agreed(answer):
    offer = ("propose", "korea", {"kind": "framework", "sender": "korea", "receiver": "ROU", "state": "ROU",
             "category": "main_battle_tank", "units": 9, "line": "k2_changwon"})  # fmt: skip
    assert fold(SETUP, log(offer, *answer, RESOLVE)).game.turns[0].agreements == ()


def test_cards_of_the_facilitator_are_of_one_turn():
    card = ("inject", "", {"card": "a", "months": 6, "strength": 0.5})
    told = fold(SETUP, log(card, RESOLVE, RESOLVE))
    assert told.game.turns[0].injects == (Inject("a", 6, 0.5),)
    assert told.game.turns[1].injects == ()


def test_forecasts_and_advice_are_counted_over_the_whole_game():
    told = fold(SETUP, log(("advice", "POL", {}), RESOLVE, ("advice", "POL", {}), ("forecast", "POL", {})))
    assert told.advice == {"POL": 2}
    assert len(told.forecasts) == 1


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ([("answer", "ROU", {"proposal": 1, "accept": True})], "no open proposal 1"),
        ([RESOLVE, RESOLVE, RESOLVE, RESOLVE], "the game is over"),
        ([take("FRA", "person")], "'FRA' has no seat"),
        ([("order", "POL", {"order": {"kind": "buy"}})], "order: "),
    ],
)
def test_what_no_game_could_have_accepted_is_refused(parts, sentence):
    with pytest.raises(GameError, match=sentence):
        fold(SETUP, log(*parts))


def test_completing_what_was_said_leaves_it_as_it_was():
    told = Told(Game(SETUP))
    assert completed(told.now, {}) == told.now
