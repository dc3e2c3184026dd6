"""What a seat is told about the turn before."""

import pytest

from sim.game.changes import changes
from sim.game.orders import Choose, Wait
from sim.game.replay import standing, world_of_game
from sim.game.turn import Inject
from sim.game.view import buyer_view
from tests.game.played import after, contracts, due, given, new


def test_before_the_first_turn_nothing_has_changed():
    assert changes(standing(new("POL")), ["POL"]) == ()


@pytest.fixture(scope="module")
def game():
    return after(new("POL"), 1)


def test_a_contract_is_told_with_what_was_shown(game):
    tender = next(one for one in buyer_view(standing(game), "POL").tenders if one.offers)
    offer = tender.offers[0]
    order = Choose(state="POL", category=tender.category, line=offer.line)
    told = changes(standing(given(game, "POL", order)), ["POL"])
    (one,) = (
        each for each in told
        if (each.kind, each.category, each.line) == ("signed", tender.category, offer.line)
        and each.month == "2027-01"
    )  # fmt: skip
    assert (one.route, one.months) == (tender.route, offer.first)
    assert one.units <= tender.quantity


def test_a_tender_that_was_left_is_told_as_nothing(game):
    wanted = due(standing(game), "POL")
    orders = [Wait(state=state, category=category) for state, category in wanted]
    told = changes(standing(given(game, "POL", *orders)), ["POL"])
    nothing = [(one.state, one.category) for one in told if one.kind == "nothing"]
    assert sorted(nothing) == sorted(wanted)


def test_all_that_was_signed_in_the_turn_is_told_and_only_to_those_who_ask(game):
    later = after(game, 1)
    stand = standing(later)
    signed = contracts(stand, "POL")
    told = changes(stand, ["POL"])
    assert sum(one.kind == "signed" for one in told) == int((signed["signed"] >= 12).sum())
    assert {one.state for one in told if one.kind != "card"} <= {"POL"}
    assert [one.month for one in told] == sorted(one.month for one in told)
    assert all(one.units >= 1.0 for one in told if one.kind == "delivered")
    assert all(one.months > 0 and one.cause for one in told if one.kind == "late")


def test_a_card_that_was_placed_is_told_to_all(game):
    card = world_of_game(game).cards[0]
    told = changes(standing(given(game, "POL", injects=(Inject(card, 6),))), ["ROU"])
    (one,) = (each for each in told if each.kind == "card" and each.card == card)
    assert (one.month, one.months) == ("2027-02", 6.0)
