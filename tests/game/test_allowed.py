"""What a seat may order: what stands on the table, what is its own, what it can pay for."""

import pytest

from sim.game.allowed import (
    capital_spent,
    check_inject,
    check_order,
    due_rows,
    largest_launch,
    lever_now,
    refused,
    room_for_tenders,
    smallest_launch,
)  # fmt: skip
from sim.game.errors import GameError
from sim.game.orders import Choose, Expand, Hold, Launch, Price, SetLever, Wait, merged
from sim.game.replay import standing
from sim.game.seats import find_seat
from sim.game.turn import Agreement, Inject, need_row
from sim.game.view import buyer_view
from tests.game.played import after, due, given, new

SEATS = ("POL", "BALTIC", "korea", "alliance")


@pytest.fixture(scope="module")
def stand():
    return standing(after(new(*SEATS), 1))


def tender(stand, split=None):
    """A tender of Poland that is decided now."""
    return next(
        one for one in buyer_view(stand, "POL").tenders
        if one.offers and (split is None or (one.may_split is split and len(one.offers) > 1))
    )  # fmt: skip


def idle(stand):
    """A need of Poland without a tender."""
    decided = due(stand, "POL")
    return next(
        one
        for one in buyer_view(stand, "POL").needs
        if one.running is None and ("POL", one.category) not in decided and one.gap >= one.smallest
    )


def no(stand, seat, order, given=()):
    """The sentence with which an order is refused."""
    with pytest.raises(GameError) as found:
        check_order(stand, seat, order, given)
    said = str(found.value)
    assert "\n" not in said
    assert len(said) < 300
    assert refused(stand, seat, order, given) == said
    return said


def test_an_offer_on_the_table_can_be_chosen(stand):
    one = tender(stand)
    for offer in one.offers:
        check_order(stand, "POL", Choose(state="POL", category=one.category, line=offer.line))
    check_order(stand, "POL", Wait(state="POL", category=one.category))


def test_only_what_is_offered_can_be_chosen(stand):
    one = tender(stand)
    said = no(stand, "POL", Choose(state="POL", category=one.category, line="kf99"))
    assert said.startswith("'kf99' makes no offer in this tender; ")


def test_a_tender_can_be_split_over_two_offers_where_it_is_large_enough(stand):
    one = tender(stand, split=True)
    first, second = (offer.line for offer in one.offers[:2])
    order = Choose(state="POL", category=one.category, line=first, second=second)
    check_order(stand, "POL", order)
    assert no(stand, "POL", order.model_copy(update={"second": first})).startswith("second: ")


def test_what_is_not_decided_now_cannot_be_decided(stand):
    need = idle(stand)
    said = no(stand, "POL", Wait(state="POL", category=need.category))
    assert said == f"POL has no tender for {need.category} to decide now"


@pytest.mark.parametrize(
    ("seat", "order", "sentence"),
    [
        ("FRA", Hold(state="FRA", category="submarine"), "'FRA' has no seat in this game"),
        ("POL", Hold(state="DEU", category="submarine"), "Poland decides for POL, not for 'DEU'"),
        ("korea", Hold(state="POL", category="submarine"), "Korea decides for no state, not for 'POL'"),
        ("BALTIC", Hold(state="EST", category="submarine"), "EST has no need of submarine"),
        ("POL", Hold(state="POL", category="tank"), "there is no category 'tank'"),
        ("POL", Price(category="submarine", factor=1.0), "Poland runs no industry"),
        ("alliance", Expand(category="submarine", share=0.1), "Alliance and Brussels runs no industry"),
        ("POL", SetLever(lever="dialogue", value=0.5), "Poland cannot set 'dialogue'"),
        ("korea", SetLever(lever="korean_growth", value=0.9), "korean_growth"),
    ],
)
def test_nobody_decides_for_others_or_about_what_is_not_there(stand, seat, order, sentence):
    assert sentence in no(stand, seat, order)


def test_a_seat_for_several_states_decides_for_each_of_them(stand):
    rows = due_rows(stand, find_seat("BALTIC"))
    mine = {stand.world.buyers.index(name) for name in ("EST", "LVA", "LTU")}
    assert {int(stand.state.pairs["buyer"][row]) for row in rows} <= mine
    for state, category in due(stand, "BALTIC"):
        check_order(stand, "BALTIC", Wait(state=state, category=category))


def launch(need, **changed):
    return Launch(
        **{"state": "POL", "category": need.category, "route": "competition", "quantity": need.largest,
           **changed}
    )  # fmt: skip


def test_a_tender_asks_for_between_a_lot_and_the_gap(stand):
    need, row = idle(stand), need_row(stand.world, "POL", idle(stand).category)
    assert (need.smallest, need.largest) == (smallest_launch(stand, row), largest_launch(stand, row))
    assert need.largest <= max(need.gap, need.smallest) + 1e-6
    for quantity in (need.smallest, need.largest):
        check_order(stand, "POL", launch(need, quantity=quantity))
    for quantity in (need.smallest - 1, need.largest + 1):
        if quantity >= 1:
            assert no(stand, "POL", launch(need, quantity=quantity)).startswith("quantity: ")


def test_only_an_urgent_purchase_names_its_supplier(stand):
    need = idle(stand)
    assert no(stand, "POL", launch(need, line="k2_changwon")).startswith("line: only an urgent purchase")
    assert "cannot sell here" in no(stand, "POL", launch(need, route="urgent", line="nobody"))


def test_routes_that_need_more_than_a_wish_are_refused(stand):
    need = idle(stand)
    assert "propose it" in no(stand, "POL", launch(need, route="joint"))
    if need.framework is None:
        assert "no framework" in no(stand, "POL", launch(need, route="option"))


def test_a_tender_that_is_decided_now_bars_a_new_one(stand):
    category = tender(stand).category
    said = no(stand, "POL", Launch(state="POL", category=category, route="urgent", quantity=1))
    assert said.startswith(f"decide the tender for {category} first")


def test_a_ministry_runs_only_so_many_tenders(stand):
    need = idle(stand)
    room = room_for_tenders(stand, "POL")
    others = [
        Launch(state="POL", category=f"other {number}", route="urgent", quantity=1) for number in range(room)
    ]
    assert "cannot run another tender now" in no(stand, "POL", launch(need), others)
    check_order(stand, "POL", launch(need), others[:-1])
    again = merged(others[:-1], launch(need))
    check_order(stand, "POL", launch(need, route="government"), again)  # it replaces the earlier one


def test_policies_move_by_half_of_their_range_at_most(stand):
    now = lever_now(stand, "dialogue")
    assert now == 0.35
    check_order(stand, "alliance", SetLever(lever="dialogue", value=0.85))
    said = no(stand, "alliance", SetLever(lever="dialogue", value=0.9))
    assert said.endswith("can only move to between 0 and 0.85 in one turn")


def test_political_capital_is_shared_by_all_policies_of_a_turn(stand):
    first = SetLever(lever="dialogue", value=0.6)  # a quarter of its range: 5 of 10 points
    second = SetLever(lever="observer_seats", value=0.25)
    third = SetLever(lever="standards", value=0.4)
    assert capital_spent(stand, [first]) == pytest.approx(5.0)
    check_order(stand, "alliance", second, [first])
    assert "12.0 of 10 points of political capital" in no(stand, "alliance", third, [first, second])
    check_order(stand, "alliance", SetLever(lever="dialogue", value=0.35), [first, second])


def test_a_doctrine_is_free_and_moves_at_once(stand):
    order = SetLever(lever="doctrine.POL.speed", value=3.0)
    check_order(stand, "POL", order)
    assert capital_spent(stand, [order]) == 0.0


def test_a_need_bought_together_cannot_be_left_waiting():
    game = new("POL", "ROU", turn_months=24, turns=4)
    stand = standing(game)
    free = {
        one.category: one for one in buyer_view(stand, "POL").needs
        if one.running is None and ("POL", one.category) not in due(stand, "POL")
    }  # fmt: skip
    category = next(iter(free))
    agreed = Agreement("joint", ("POL", "ROU"), category, (free[category].largest, 1))
    game = given(game, "POL", agreements=(agreed,))
    while ("POL", category) not in due(standing(game), "POL"):
        game = after(game, 1)
    assert "agreed to buy" in no(standing(game), "POL", Wait(state="POL", category=category))


def test_nothing_can_be_ordered_when_the_game_is_over():
    over = standing(after(new("POL", turns=1), 1))
    assert no(over, "POL", Hold(state="POL", category="submarine")).startswith("the game is over")
    assert due_rows(over, find_seat("POL")) == []


@pytest.mark.parametrize(
    ("months", "strength", "sentence"),
    [(0, 1.0, "months: 0 is outside 1 to 120"), (6, 3.1, "strength: 3.1 is outside 0 to 3"),
     (6, float("nan"), "strength: nan is outside")],
)  # fmt: skip
def test_cards_can_be_placed_within_bounds(stand, months, strength, sentence):
    card = stand.world.cards[0]
    check_inject(stand, Inject(card, 6, 0.5))
    with pytest.raises(GameError, match=sentence):
        check_inject(stand, Inject(card, months, strength))
    with pytest.raises(GameError, match="there is no card 'war'"):
        check_inject(stand, Inject("war", 6))
    with pytest.raises(GameError, match="the game is over"):
        check_inject(standing(after(new(turns=1), 1)), Inject(card, 6))


def test_a_later_order_about_the_same_replaces_the_earlier_and_others_stay():
    need = {"state": "POL", "category": "submarine"}
    one, two, other = Wait(**need), Choose(**need, line="a"), Hold(**need)
    assert merged((one, other), two) == (other, two)
    assert merged((), one) == (one,)


def test_one_urgent_purchase_a_turn_and_state():
    from sim.game.allowed import urgent_left

    first = Launch(state="POL", category="submarine", route="urgent", quantity=1)
    other = Launch(state="POL", category="air_defence", route="competition", quantity=1)
    assert urgent_left("POL", ()) == 1
    assert urgent_left("POL", (other,)) == 1
    assert urgent_left("POL", (first, other)) == 0
    assert urgent_left("LTU", (first,)) == 1
