"""A buyer's screen in words: headline, gaps, money, dials, what was ticked."""

from dataclasses import replace

import pytest

from sim.game.orders import Choose, Wait
from sim.game.replay import standing
from sim.game.setup import new_setup
from sim.game.turn import Game
from sim.game.view import buyer_view
from sim.report import charts, game_needs, game_offers, game_turn


@pytest.fixture(scope="module")
def view():
    game = Game(new_setup(random_seed=5, turns=4)).held_by(("POL",))
    return buyer_view(standing(game), "POL")


def test_the_headline_counts_tenders_and_names_the_largest_gap(view):
    assert game_turn.headline(view).startswith(f"Poland has {len(view.tenders)} tenders to decide now; ")
    worst = max(view.needs, key=lambda need: need.missing)
    assert worst.label.lower() in game_turn.headline(view).lower()
    one = replace(view, tenders=view.tenders[:1])
    assert game_turn.headline(one).startswith("Poland has 1 tender to decide now; ")
    assert game_turn.headline(replace(view, tenders=())).startswith("Poland has no tender to decide now; ")
    assert "no need" in game_turn.headline(replace(view, tenders=(), needs=()))


def test_gaps_come_largest_first_and_every_need_has_a_row(view):
    rows = game_turn.gaps(view)
    assert list(rows["missing"]) == sorted(rows["missing"], reverse=True)
    assert len(rows) == len(game_turn.needs_table(view)) == len(view.needs)
    assert all(0.0 <= share <= 1.0 for share in rows["missing"])
    assert rows["category"][0] in game_turn.gaps_alt(view)
    assert game_turn.gaps_chart(3, charts.DARK) != game_turn.gaps_chart(3, charts.LIGHT)


def test_what_is_missing_is_the_gap_of_what_is_needed_then(view):
    for need in view.needs:
        assert need.missing == 0.0 or need.gap / need.missing > need.gap, need
        assert need.ahead > 0


def test_money_says_what_can_be_promised_and_what_ticks_take(view):
    money = view.money[0]
    assert "Poland can still promise $" in game_turn.money_sentence(money)
    tender = view.tenders[0]
    offer = tender.offers[0]
    about = {"state": "POL", "category": tender.category}
    order = Choose(line=offer.line, **about)
    value = game_turn.ticked(view, "POL", [order, Wait(**about)])
    assert value == pytest.approx(tender.quantity * offer.all_in)
    assert game_turn.ticked(view, "DEU", [order]) == 0.0
    assert "more than can be promised" in game_turn.ticked_sentence(money, money.room + 1.0)
    assert "more than" not in game_turn.ticked_sentence(money, money.room)


def test_a_split_costs_the_mean_of_both(view):
    tender = view.tenders[0]
    one, other = tender.offers[:2]
    order = Choose(state="POL", category=tender.category, line=one.line, second=other.line)
    expected = tender.quantity * (one.all_in + other.all_in) / 2
    assert game_turn.ticked(view, "POL", [order]) == pytest.approx(expected)


def test_the_own_dials_stand_first(view):
    table = game_turn.dials_table(("POL",), [replace(view.dials[0], state="ROU"), *view.dials])
    assert list(table["State"]) == ["Poland (you)", "Romania"]
    assert set(table["Cost: paid of base price"]) == {"no order yet"}


def test_an_offer_says_dates_slip_cost_and_who_could_withhold(view):
    tender = next(one for one in view.tenders if one.category == "main_battle_tank")
    at = next(at for at, one in enumerate(tender.offers) if one.line == "k2_changwon")
    offer = tender.offers[at]
    said = game_offers.caption(tender, at, view.month)
    assert game_offers.first_to_last(offer, view.month) in said
    assert "the Republic of Korea could withhold delivery and support" in said
    assert "a Korean loan for" in said
    assert "months later" in said
    less = replace(tender, affordable=tuple(1.0 for _ in tender.offers))
    assert "the money reaches for 1 tanks" in game_offers.caption(less, at, view.month)


def test_who_could_withhold_in_each_case(view):
    offer = replace(view.tenders[0].offers[0], delivery=(), support=())
    assert game_offers.withheld(offer).startswith("no foreign government")
    assert "withhold support" in game_offers.withheld(replace(offer, support=("USA",)))
    assert "withhold delivery" in game_offers.withheld(replace(offer, delivery=("USA",)))
    both = replace(offer, delivery=("DEU",), support=("DEU", "ISR"))
    assert game_offers.withheld(both) == "Germany could withhold delivery, Germany and Israel support"
    assert game_offers.loan(replace(offer, credit=0.0)) == "no loan"


def test_the_table_has_a_row_for_each_offer_the_soonest_first(view):
    for tender in view.tenders:
        table = game_offers.table(tender, view.month)
        assert len(table) == len(tender.offers)
        soonest = min(tender.offers, key=lambda one: one.first)
        assert table["Offer"][0] == soonest.name


def test_why_no_tender_can_be_opened(view):
    need = replace(view.needs[0], running=None, decided=None)
    money = replace(view.money[0], tenders=1, room=1e9)
    assert game_needs.obstacle(need, money, False) == ""
    assert "another tender" in game_needs.obstacle(need, replace(money, tenders=0), False)
    assert game_needs.obstacle(need, replace(money, tenders=0), True) == ""
    assert "smallest lot" in game_needs.obstacle(need, replace(money, room=0.0), False)
    runs = replace(need, running="competition", decided="2027-03")
    assert "decided in March 2027" in game_needs.obstacle(runs, money, False)
    assert ("option" in game_needs.routes(need)) == (need.framework is not None)
