"""The players' screens of a class: joining, waiting, deciding, offers, industries, the turn's end."""

import pytest

from sim.web import game_host
from tests.web.game import Room, host, opened, press, said  # noqa: F401


@pytest.fixture
def room(host):  # noqa: F811
    return Room(host)


def test_who_joins_by_code_waits_for_the_first_turn(room):
    at = opened(code=room.record.code)
    at.text_input(key="play_name").set_value("Ana")
    at.selectbox(key="play_seat").set_value("ROU").run()
    press(at, "Join")
    assert "You are in" in at.header[0].value
    assert [one.name for one in room.host.rooms.people(room.lead)] == ["Ana"]
    assert list(at.query_params) == [game_host.ME]
    room.begin()
    at.run()
    assert "Romania has" in at.header[0].value


def test_a_wrong_code_gets_a_sentence_and_the_name_stays(room):
    at = opened()
    at.text_input(key="play_code").set_value("CCCCCC")
    at.text_input(key="play_name").set_value("Ana").run()
    press(at, "Join")
    assert len(at.error) == 1
    assert at.text_input(key="play_name").value == "Ana"


def test_a_team_sees_the_ticks_and_readiness_of_its_members(room):
    ana, ben = room.join("ROU", "Ana"), room.join("ROU", "Ben")
    room.begin()
    one, other = room.open(ana), room.open(ben)
    tick = next(radio for radio in one.radio if radio.label == "Whose offer?")
    one.radio(key=tick.key).set_value("none").run()
    other.run()
    assert other.radio(key=tick.key).value == "none"
    press(one, "We have decided")
    other.run()
    assert "Ana has decided" in said(other)
    assert "Thank you" in said(one)
    press(one, "Not yet: we go on deciding")
    assert "Thank you" not in said(one)


def test_a_player_cannot_end_the_turn_and_sees_that_it_ended(room):
    token = room.join("POL")
    room.begin()
    at = room.open(token)
    assert not [button for button in at.button if button.label == "End the year"]
    room.host.resolve(room.lead, 1, "r1")
    at.run()
    assert "Turn 1 has ended" in said(at)
    assert "What has happened" in said(at)


def test_an_industry_sets_prices_promises_and_growth(room):
    token = room.join("korea")
    room.begin()
    at = room.open(token)
    for label, text in (("Ask for", "5 % more"), ("Promise delivery", "10 % sooner than planned")):
        box = next(box for box in at.selectbox if box.label == label)
        box.select(text).run()
    next(box for box in at.selectbox if box.label == "Grow this year").select("by 10 %").run()
    given = room.host.told(token).now.orders["korea"]
    assert [(one.kind, getattr(one, "factor", None) or one.share) for one in given] == [
        ("price", 1.05), ("promise", 0.9), ("expand", 0.1),
    ]  # fmt: skip
    next(box for box in at.selectbox if box.label == "Grow this year").select("as the rule decides").run()
    assert len(room.host.told(token).now.orders["korea"]) == 2
    assert not at.error


def test_the_alliance_has_so_much_political_capital(room):
    token = room.join("alliance")
    room.begin()
    at = room.open(token)
    assert "10.0 of 10 points" in said(at)
    box = next(box for box in at.selectbox if box.label == "Set to")
    box.select_index(len(box.options) - 1).run()
    assert "of 10 points" in said(at)
    assert "10.0 of 10 points" not in said(at)


def test_a_framework_is_offered_and_agreed(room):
    kim, ana = room.join("korea"), room.join("POL")
    room.begin()
    at = room.open(kim)
    at.session_state["play_offer"] = True
    at.run()
    press(at, "Make the offer")
    assert "offers a framework to" in said(at)
    assert "not answered yet" in said(at)
    other = room.open(ana)
    if "offers a framework" not in said(other):  # the first state of the list is another seat's
        other = room.open(room.join("ROU"))
    press(other, "Agree")
    assert list(room.host.told(kim).now.answers.values()) == [True]


def test_a_joint_purchase_is_offered(room):
    ana = room.join("POL")
    room.begin()
    at = room.open(ana)
    at.session_state["play_offer"] = True
    at.run()
    press(at, "Make the offer")
    assert not at.error
    (proposal,) = room.host.told(ana).now.proposals.values()
    assert proposal.kind == "joint"
    assert "to buy" in said(at)


def test_a_role_can_be_changed_and_given_up(room):
    token = room.join("POL")
    room.begin()
    at = room.open(token)
    at.session_state["play_role"] = True
    at.run()
    assert "Your goal" in said(at)
    press(at, "Play without a role")
    assert room.host.rooms.player(token).role == ""
    assert "You have no role" in "".join(box.label for box in at.expander)


def test_who_was_removed_can_come_back(room):
    token = room.join("POL")
    room.begin()
    room.host.rooms.leave(token)
    at = room.open(token)
    assert "You have left this game" in at.warning[0].value
    press(at, "Come back to it")
    assert "Poland has" in at.header[0].value


def test_another_seat_before_the_game_begins(room):
    token = room.join("POL")
    at = room.open(token)
    at.session_state["play_move"] = True
    at.run()
    at.selectbox(key="play_move_seat").set_value("korea").run()
    press(at, "Take it")
    assert room.host.rooms.player(token).seat == "korea"
