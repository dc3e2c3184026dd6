"""Sentences of the game: what happened, orders, offers between seats, capitals, policies, advice, class."""

from dataclasses import replace

import pytest

from sim.game.advisor import Advice, Outcome
from sim.game.changes import Change, changes
from sim.game.clock import Clock
from sim.game.errors import GameError
from sim.game.forecast import Forecast
from sim.game.goals import GOALS, Checked
from sim.game.orders import Choose, Expand, Hold, Launch, Price, Promise, SetLever, Wait
from sim.game.propose import Proposal
from sim.game.replay import standing
from sim.game.room import Person
from sim.game.seats import find_seat
from sim.game.setup import new_setup
from sim.game.turn import Game, Inject, Turn
from sim.game.view import buyer_view
from sim.game.view_others import other_view, policies_of
from sim.report import game_advice, game_capitals, game_changes, game_class, game_policies, game_words

TANKS = {"state": "POL", "category": "main_battle_tank"}


@pytest.fixture(scope="module")
def game():
    turn = Turn(people=frozenset({"POL"}), injects=(Inject("korea_limited_crisis", 24),))
    first = Game(new_setup(random_seed=5, turns=4)).held_by(("POL", "korea"))
    policy = policies_of(standing(first), find_seat("korea"))[0]
    seoul = SetLever(lever=policy.lever, value=policy.highest)
    return first.resolve(turn.with_orders("korea", (seoul,)))


def test_every_kind_of_change_is_a_sentence(game):
    found = changes(standing(game), ["POL"])
    said = game_changes.sentences(found, ("signed", "nothing", "delivered", "late", "card"))
    assert len(said) == len(found) > 3
    assert all(one.endswith(".") for one in said)
    late = Change("late", "2026-08", "POL", "combat_aircraft", "f35_fort_worth", months=5.0, cause="licence")
    assert "is 5 months late; most of it: a government withholds" in game_changes.sentence(late)


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (Choose(**TANKS, line="k2_changwon"), "K2 tank, Changwon"),
        (Choose(**TANKS, line="k2_changwon", second="abrams_lima"), "split between"),
        (Wait(**TANKS), "none of the offers"),
        (Hold(**TANKS), "no new tender"),
        (Launch(**TANKS, route="urgent", quantity=1200), "1,200, urgent purchase"),
        (SetLever(lever="dialogue", value=0.5), "Talks with Korea: 0.5"),
        (Price(category="submarine", factor=1.05), "105 %"),
        (Promise(category="submarine", factor=0.9), "90 %"),
        (Expand(category="submarine", share=0.1), "10 % a year"),
    ],
)
def test_an_order_in_words(order, words):
    assert words in game_changes.order_words(order)


def test_an_offer_between_seats_in_words():
    joint = Proposal(
        kind="joint", sender="POL", receiver="ROU", units=50, partner="ROU", partner_units=20, **TANKS
    )
    said = game_changes.proposal_words(joint)
    assert "50 for Poland and 20 for Romania" in said
    frame = Proposal(kind="framework", sender="korea", receiver="POL", units=90, line="k2_changwon", **TANKS)
    assert "up to 90 of K2 tank, Changwon" in game_changes.proposal_words(frame)
    assert [game_changes.answer_words(one) for one in (None, True, False)] == [
        "not answered yet", "agreed", "declined",
    ]  # fmt: skip


def test_the_capitals_say_what_moved_and_what_is_in_force(game):
    stand = standing(game)
    view = buyer_view(stand, "POL")
    said = dict(game_capitals.messages(stand, standing(game.undo()), view.tenders))
    assert list(said) == ["Seoul", "Washington", "Brussels"]
    assert "moved from" in said["Seoul"]
    assert "“Limited crisis in Korea” is in force and changes" in said["Seoul"]
    first = standing(game.undo())
    assert not any("moved" in text for _name, text in game_capitals.messages(first, None, view.tenders))


def test_policies_offer_only_what_a_turn_allows(game):
    for seat in ("alliance", "korea", "POL"):
        for policy in policies_of(standing(game), find_seat(seat)):
            values = game_policies.values(policy)
            assert policy.now in values
            assert all(policy.lowest - 1e-6 <= one <= policy.highest + 1e-6 for one in values)
            assert "as it stands" in game_policies.value(policy, policy.now)
            assert game_policies.limits(policy)
    assert game_policies.capital(4.0, 10.0) == "6.0 of 10 points of political capital are left this turn."


def test_a_plant_in_words(game):
    plant = other_view(standing(game), "korea").plants[0]
    assert f"behind their promise: {plant.late}" in game_policies.plant(plant)
    assert [game_policies.price_factor(one) for one in (0.95, 1.0, 1.1)] == [
        "5 % less", "as the rule asks", "10 % more",
    ]  # fmt: skip
    assert game_policies.promise_factor(0.8) == "20 % sooner than planned"
    assert [game_policies.growth(one) for one in (-1.0, 0.0, 0.2)] == [
        "as the rule decides", "not at all", "by 20 %",
    ]  # fmt: skip


def test_every_goal_has_a_sentence_with_its_limit():
    for one in GOALS:
        found = Checked(one.id, one.role, one.limit, 0.5, False)
        limit = "3" if one.id == "partners" else f"{100 * one.limit:.0f} %"
        assert limit in game_advice.goal(found)


def test_advice_is_a_spread_and_never_an_answer():
    outcome = Outcome({"kind": "leave"}, 0.5, (1.0, 2.0, None), (3.0, 12.0, None), 10.0, 0.5, 0.25, 1.5)
    chosen = replace(outcome, order={"kind": "choose", **TANKS, "line": "k2_changwon"})
    advice = Advice(
        "POL", "main_battle_tank", 200, (chosen, replace(outcome, order={"kind": "wait"}), outcome)
    )
    table = game_advice.table(advice, "2026-01")
    assert list(table["Way"]) == ["K2 tank, Changwon", "None of these", "Leave it to the ministry"]
    assert table["First usable, usual"][0] == "January 2027"
    assert table["1 in 10 after"][0] == "–"
    assert "200 futures" in game_advice.note(advice)
    assert "best" not in game_advice.note(advice)
    assert game_advice.uses(1) == "It can be asked about 1 more tender in this game."


def test_a_forecast_in_words():
    one = Forecast(**TANKS, soon=6, likely=12, late=24)
    (said,) = game_advice.forecasts([one], "2026-01", True)
    assert said.startswith("Poland: main battle tanks: January 2027; one chance in ten before July 2026")


def test_the_clock_and_the_team_in_one_line():
    mates = [Person("1", "Ana", "POL", "", True, True), Person("2", "", "POL", "", True, False)]
    away = Person("3", "Ben", "POL", "", False, False)
    said = game_class.status(Clock("play", "play", "x", 65.2), [*mates, away], "9", 3)
    assert said == "1:05 left. Ana has decided. Team mate 2 is deciding. Ben is away. 3 people in the room."
    assert game_class.clock_words(Clock("play", "play")) == "No time limit"
    assert game_class.clock_words(Clock("play", "play", "x", 0)) == "Time is up"
    assert game_class.clock_words(Clock("paused", "play")) == "The clock is stopped"
    assert game_class.seat_option("") == "by lot"


def test_an_error_is_a_whole_sentence():
    assert game_words.sentence(GameError("the game is over")) == "The game is over."
    assert game_words.sentence(GameError("Wait a moment!")) == "Wait a moment!"


def test_names_and_months():
    assert game_words.seat_name("BALTIC") == "Estonia, Latvia, Lithuania"
    assert game_words.authority_name("USA") == "the United States"
    assert game_words.month_ahead("2026-11", 3.2) == "February 2027"
    assert game_words.listed(["A", "B", "C"]) == "A, B and C"
    assert game_words.role_words("treasurer")[0] == "Treasurer"
    assert game_words.role_words("") == ("", "")
    assert game_words.of_game(2, 5, "2027-01") == "Turn 2 of 5, January 2027"
    assert "between 2028 and 2032" in game_words.window(2028, 2032)
