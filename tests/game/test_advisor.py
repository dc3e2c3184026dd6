"""The advisor: every way to decide a tender under the same chances, and no secrets."""

import numpy as np
import pytest

from sim.game.advisor import LEAVE, advise, worst_tenth
from sim.game.errors import GameError
from sim.game.replay import standing
from sim.game.turn import Turn
from sim.game.view import buyer_view
from tests.game.played import due, new

FEW = 6


@pytest.fixture(scope="module")
def advice():
    """Advice on Poland's first tender."""
    game = new("POL")
    state, category = due(standing(game), "POL")[0]
    return game, advise(game, Turn(people=game.people), "POL", state, category, FEW)


def test_each_offer_waiting_and_leaving_it_are_shown_in_the_order_of_the_table(advice):
    game, found = advice
    tender = next(one for one in buyer_view(standing(game), "POL").tenders if one.category == found.category)
    shown = [one.order.get("line", one.order["kind"]) for one in found.outcomes]
    assert shown == [*(offer.line for offer in tender.offers), "wait", LEAVE]


def test_waiting_brings_nothing_and_a_choice_its_contract(advice):
    _, found = advice
    by_way = {one.order.get("line", one.order["kind"]): one for one in found.outcomes}
    assert by_way["wait"].signed == 0.0
    assert by_way["wait"].first == (None, None, None)
    assert by_way["wait"].value == 0.0
    chosen = found.outcomes[0]
    assert chosen.signed > 0.0
    assert chosen.value > 0.0
    months = [month for month in chosen.first if month is not None]
    assert months == sorted(months)
    for one in found.outcomes:
        assert 0.0 <= one.worst <= one.strength <= 1.0


def test_the_same_question_gets_the_same_answer_and_the_hidden_day_is_not_in_it(advice):
    game, found = advice
    again = advise(game, Turn(people=game.people), "POL", found.state, found.category, FEW)
    assert again == found
    assert "authority" not in str(found.record())


def test_only_a_tender_that_is_decided_now_can_be_asked_about():
    game = new("POL", "NOR")
    with pytest.raises(GameError, match="no tender"):
        advise(game, Turn(), "POL", "POL", "air_defence", 2)
    with pytest.raises(GameError, match="no tender"):
        advise(game, Turn(), "POL", "NOR", "submarine", 2)


def test_the_worst_tenth_by_hand():
    # Ten futures, one day, one case: the worst tenth is the worst future.
    assert worst_tenth(np.arange(10.0).reshape(10, 1, 1), np.array([1.0])) == 0.0
    # Two cases of unlike chance: the worst tenth lies wholly in the case that has a fifth of the chance.
    two = np.array([[[0.5, 1.0]]])
    assert worst_tenth(two, np.array([0.2, 0.8])) == pytest.approx(0.5)
    # A case with a twentieth fills half of the tenth.
    assert worst_tenth(two, np.array([0.05, 0.95])) == pytest.approx(0.75)
