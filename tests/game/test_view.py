"""What a buyer sees is what it gets."""

import json

import numpy as np
import pytest

from sim.game.orders import Choose
from sim.game.replay import standing
from sim.game.view import buyer_view, usual_slip
from sim.model.state import NONE
from tests.game.played import after, contracts, due, given, new


@pytest.fixture(scope="module")
def game():
    return after(new("POL", "BALTIC"), 1)


@pytest.fixture(scope="module")
def seen(game):
    return buyer_view(standing(game), "POL")


def test_a_view_is_plain_data(seen):
    assert json.loads(json.dumps(seen.record(), allow_nan=False))["month"] == "2027-01"
    assert (seen.turn, seen.turns, seen.seat) == (2, 7, "POL")


def test_what_was_shown_is_what_the_contract_says(game, seen):
    for tender in seen.tenders:
        for offer, units in zip(tender.offers, tender.affordable, strict=True):
            if units < tender.quantity:
                continue
            order = Choose(state="POL", category=tender.category, line=offer.line)
            stand = standing(given(game, "POL", order))
            signed = contracts(stand, "POL")
            line = stand.world.lines.index(offer.line)
            signed = signed[(signed["line"] == line) & (signed["signed"] == game.month)]
            assert len(signed) == 1, (tender.category, offer.line)
            assert float(signed["quantity"][0]) == tender.quantity
            assert int(signed["first_due"][0]) - game.month == offer.first
            assert float(signed["quoted_price"][0]) == pytest.approx(offer.price)
            break
    assert seen.tenders


def test_money_and_needs_are_those_of_the_model(game, seen):
    stand = standing(game)
    buyer = stand.state.buyers[stand.world.buyers.index("POL")]
    (money,) = seen.money
    assert (money.cash, money.committed) == (float(buyer["cash"]), float(buyer["committed"]))
    years = float(stand.state.rules["money_horizon_months"][0]) / 12
    ahead = money.cash + years * money.inflow + money.credit - money.committed
    assert money.room == pytest.approx(ahead)
    for need in seen.needs:
        assert 1 <= need.smallest <= need.largest
        assert 0.0 <= need.usable <= need.stock + 1e-9
        assert need.gap <= max(0.0, need.required) * 2 + need.largest
        assert set(need.tiers) <= {"upper", "lower"}


def test_a_need_has_a_running_tender_or_one_to_decide_or_none(game, seen):
    decided = {category for _, category in due(standing(game), "POL")}
    assert {one.category for one in seen.tenders} == decided
    for need in seen.needs:
        assert (need.running is None) == (need.decided is None)
        if need.category in decided:
            assert need.running is None
        elif need.decided is not None:
            assert need.decided > seen.month


def test_offers_say_how_late_they_usually_are(seen):
    for tender in seen.tenders:
        for offer in tender.offers:
            assert 0 <= offer.first <= offer.last
            assert offer.first <= offer.likely <= offer.worst
            assert 0.0 < offer.price <= offer.all_in
            assert 0.0 <= offer.local_share <= 1.0
            assert "POL" not in (*offer.delivery, *offer.support)


def test_the_usual_slip_grows_with_the_part_of_contracts_asked_for(game):
    stand = standing(game)
    parts = np.linspace(0.0, 0.99, 34)
    slips = [usual_slip(stand, 24.0, float(part)) for part in parts]
    assert slips == sorted(slips)
    assert slips[0] == 0.0
    assert usual_slip(stand, 48.0, 0.9) >= usual_slip(stand, 24.0, 0.9) > 0


def test_dials_are_shares_and_a_price_over_its_base(game, seen):
    (dial,) = seen.dials
    assert 0.0 < dial.speed <= 1.0
    assert 0.0 <= dial.reliance <= 1.0
    assert 0.5 < dial.cost < 3.0
    assert buyer_view(standing(new("POL")), "POL").dials[0].cost is None  # nothing ordered yet


def test_three_states_in_one_seat_are_seen_apart(game):
    seen = buyer_view(standing(game), "BALTIC")
    assert [one.state for one in seen.money] == ["EST", "LVA", "LTU"] == [one.state for one in seen.dials]
    assert {one.state for one in seen.needs} == {"EST", "LVA", "LTU"}


def test_looking_changes_nothing(game):
    stand = standing(game)
    before = stand.state.whole.copy()
    buyer_view(stand, "POL")
    assert before.tobytes() == stand.state.whole.tobytes()


def test_after_the_last_month_of_the_model_there_is_nothing_to_decide():
    over = standing(after(new("POL", turns=10), 10))
    assert buyer_view(over, "POL").tenders == ()
    assert NONE not in (one.smallest for one in buyer_view(over, "POL").needs)
