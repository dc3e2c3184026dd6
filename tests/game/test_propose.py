"""Offers between seats: what can be agreed, and what comes of it."""

import pytest

from sim.game.errors import GameError
from sim.game.propose import answer_of_rules, check_proposal, parse_proposal, proposal_record
from sim.game.replay import standing
from sim.game.turn import Agreement, need_row
from sim.game.view import buyer_view
from sim.model.stages.tender import has_framework
from sim.model.state import JOINT
from tests.game.played import after, due, given, new

SEATS = ("POL", "ROU", "BALTIC", "korea")


@pytest.fixture(scope="module")
def game():
    return after(new(*SEATS), 1)


@pytest.fixture(scope="module")
def stand(game):
    return standing(game)


def free(stand, seat):
    """What each need of a seat without a tender could ask for, by state and category."""
    return {
        (one.state, one.category): one for one in buyer_view(stand, seat).needs
        if one.running is None and (one.state, one.category) not in due(stand, seat) and not one.home_only
    }  # fmt: skip


def joint(stand, **changed):
    ours, theirs = free(stand, "POL"), free(stand, "ROU")
    category = next(kind for _, kind in ours if ("ROU", kind) in theirs)
    return parse_proposal({
        "kind": "joint", "sender": "POL", "receiver": "ROU", "state": "POL", "category": category,
        "units": ours["POL", category].smallest, "partner": "ROU",
        "partner_units": theirs["ROU", category].smallest, **changed,
    })  # fmt: skip


def framework(**changed):
    return parse_proposal({
        "kind": "framework", "sender": "korea", "receiver": "ROU", "state": "ROU",
        "category": "main_battle_tank", "units": 40, "line": "k2_changwon", **changed,
    })  # fmt: skip


def no(stand, proposal):
    with pytest.raises(GameError) as found:
        check_proposal(stand, proposal)
    return str(found.value)


def test_a_proposal_survives_the_way_through_json(stand):
    for one in (joint(stand), framework(reason="both gain")):
        assert parse_proposal(proposal_record(one)) == one


def test_a_proposal_without_its_parts_is_refused_in_one_sentence():
    with pytest.raises(GameError, match=r"^proposal: units: field required$"):
        parse_proposal({
            "kind": "joint", "sender": "POL", "receiver": "ROU", "state": "POL", "category": "submarine",
        })  # fmt: skip


def test_two_states_can_buy_together_what_both_lack(game, stand):
    offer = joint(stand)
    check_proposal(stand, offer)
    assert offer.agreement() == Agreement(
        "joint", ("POL", "ROU"), offer.category, (offer.units, offer.partner_units)
    )
    later = standing(given(game, "POL", agreements=(offer.agreement(),)))
    for state in ("POL", "ROU"):
        pair = later.state.pairs[need_row(later.world, state, offer.category)]
        assert (int(pair["open"]), int(pair["route"]), int(pair["opened"])) == (1, JOINT, 13)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"partner": None}, "partner: a joint purchase names the other state"),
        ({"partner": "POL"}, "a joint purchase needs two states"),
        ({"receiver": "korea"}, "ROU decides for ROU, not korea"),
        ({"receiver": "POL"}, "a seat cannot agree with itself"),
        ({"sender": "korea"}, "korea does not buy for POL"),
        ({"sender": "FRA"}, "'FRA' has no seat in this game"),
        ({"units": 99_999}, "POL can buy between"),
        ({"state": "XYZ"}, "there is no state 'XYZ'"),
        ({"category": "sub"}, "there is no category 'sub'"),
    ],
)
def test_joint_purchases_that_cannot_be_are_refused(stand, changed, sentence):
    assert sentence in no(stand, joint(stand, **changed))


def test_a_state_without_a_seat_is_asked_by_its_name(stand):
    assert "FRA decides for FRA" in no(stand, joint(stand, partner="FRA"))


def test_an_industry_can_offer_a_framework_which_then_holds(game, stand):
    row = need_row(stand.world, "ROU", "main_battle_tank")
    if has_framework(row, stand.state):
        assert "has a framework" in no(stand, framework())
        return
    check_proposal(stand, framework())
    later = standing(given(game, "korea", agreements=(framework().agreement(),)))
    pair = later.state.pairs[row]
    assert later.world.lines[int(pair["framework_line"])] == "k2_changwon"
    assert float(pair["framework_units"]) <= 40.0


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"line": "leopard_2a8_munich"}, "cannot serve this need"),
        ({"line": None}, "cannot serve this need"),
        ({"receiver": "POL"}, "between an industry and a seat that buys for the state"),
        ({"sender": "POL", "receiver": "ROU"}, "between an industry and a seat"),
        ({"units": 100_000}, "may allow up to"),
    ],
)
def test_frameworks_that_cannot_be_are_refused(stand, changed, sentence):
    assert sentence in no(stand, framework(**changed))


def test_where_nobody_sits_the_rules_answer(stand):
    assert answer_of_rules(stand, framework(sender="ROU", receiver="korea"))
    short = joint(stand)
    assert answer_of_rules(stand, short) in (True, False)
    rich = buyer_view(stand, "ROU").money[0].room
    need = free(stand, "ROU")["ROU", short.category]
    dear = short.model_copy(update={"partner_units": int(rich / need.price) + 1})
    assert not answer_of_rules(stand, dear)


def test_nothing_is_agreed_after_the_end():
    assert no(standing(after(new("POL", turns=1), 1)), framework()).startswith("the game is over")
