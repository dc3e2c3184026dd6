"""The Teach page, run without a browser: a room is opened, led and shown."""

import pytest
from streamlit.testing.v1 import AppTest

from sim.game.host import Host
from sim.game.secret import new_token
from sim.web import teach_open
from tests.web.game import Room, host
from tests.web.pages import app

PAGE = "sim/web/pages/teach.py"
__all__ = ["host"]


def opened(**query: str) -> AppTest:
    at = app(**query).switch_page(PAGE)
    at.run()
    assert not at.exception, at.exception
    return at


def texts(at: AppTest) -> str:
    parts = [row.value for row in (*at.markdown, *at.header, *at.title, *at.info, *at.warning)]
    return "\n".join(str(part) for part in parts).replace("\\", "")


def press(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception, at.exception
    return at


@pytest.fixture
def room(host: Host) -> Room:
    return Room(host, turns=2)


def test_a_room_is_opened_in_one_screen(host: Host) -> None:
    at = opened()
    assert "The hidden day" in texts(at)
    at.selectbox(key="teach_plan").select("45")
    at.number_input(key="teach_people").set_value(12).run()
    assert len(at.multiselect(key="teach_seats").value) == 4
    at.text_input(key="teach_title").input("Class 3b")
    press(at, "teach_open")
    assert "Keep this link" in texts(at)
    token = at.query_params["lead"]
    link = token[0] if isinstance(token, list) else token
    game = host.rooms.game(link)
    assert (game.title, game.plan, game.setup["turns"]) == ("Class 3b", "45", 4)
    assert not host.automatic(game.id)
    assert any(link in one.value for one in at.code)
    assert game.code in texts(at)
    press(at, "teach_kept")
    assert "Keep this link" not in texts(at)


def test_a_room_without_seats_is_refused_in_a_sentence(host: Host) -> None:
    at = opened()
    at.multiselect(key="teach_seats").set_value([])
    press(at, "teach_open")
    assert "Choose at least one seat" in texts(at)
    assert "lead" not in at.query_params


def test_the_console_leads_through_a_game(host: Host, room: Room) -> None:
    ana = room.join("POL", "Ana")
    at = opened(lead=room.lead)
    assert "Seats and roles are drawn by lot" in texts(at)
    press(at, "teach_next")
    assert host.rooms.game(room.lead).turn == 1
    assert "1 person has not decided yet" in texts(at)
    host.ready(ana, 1, True, "ready")
    at.run()
    assert "Everybody has decided" in texts(at)
    table = at.table[0].value
    row = table[table["Who"] == "Ana"].iloc[0]
    assert (row["Seat"], row["Decided"]) == ("Poland", "yes")
    press(at, "teach_next")
    press(at, "teach_next")
    assert host.told(room.lead).game.over
    assert host.rooms.clock(room.lead).state == "debrief"
    press(at, "teach_next")
    assert host.rooms.game(room.lead).status == "over"


def test_the_clock_is_stopped_set_going_and_given_more_time(host: Host, room: Room) -> None:
    at = opened(lead=room.lead)
    press(at, "teach_next")
    before = host.rooms.clock(room.lead).left
    assert before is not None
    press(at, "teach_extend")
    after = host.rooms.clock(room.lead).left
    assert after is not None
    assert after > before
    press(at, "teach_pause")
    assert host.rooms.clock(room.lead).state == "paused"
    press(at, "teach_resume")
    assert host.rooms.clock(room.lead).state == "play"


def test_a_card_is_placed_in_plain_words(host: Host, room: Room) -> None:
    room.begin()
    at = opened(lead=room.lead)
    at.session_state["teach_card"] = True
    at.run()
    card = at.selectbox(key="teach_card_name").value
    assert "begins in the second month of this turn" in texts(at)
    press(at, "teach_place")
    (inject,) = host.told(room.lead).now.injects
    assert inject.card == card
    assert inject.strength == 1.0


def test_a_seat_is_taken_over_and_given_back(host: Host, room: Room) -> None:
    room.join("POL", "Ana")
    at = opened(lead=room.lead)
    at.session_state["teach_holders"] = True
    at.run()
    at.selectbox(key="teach_by_POL_person").select("script:fastest").run()
    press(at, "teach_take")
    assert host.told(room.lead).holders["POL"] == "script:fastest"
    at.selectbox(key="teach_by_POL_script:fastest").select("person").run()
    press(at, "teach_take")
    assert host.told(room.lead).holders["POL"] == "person"


def test_a_person_is_removed(host: Host, room: Room) -> None:
    room.join("POL", "Ana")
    at = opened(lead=room.lead)
    at.session_state["teach_people"] = True
    at.run()
    press(at, "teach_remove")
    assert host.rooms.people(room.lead) == []
    assert host.told(room.lead).holders["POL"] == "rule"


def test_a_turn_is_undone_only_after_asking(host: Host, room: Room) -> None:
    room.begin()
    host.resolve(room.lead, 1, "one")
    at = opened(lead=room.lead)
    at.session_state["teach_undo_turn"] = True
    at.run()
    assert at.button(key="teach_undo").disabled
    assert host.rooms.game(room.lead).turn == 2
    next(box for box in at.checkbox if "undo turn 1" in box.label).check().run()
    press(at, "teach_undo")
    assert host.rooms.game(room.lead).turn == 1
    assert host.rooms.clock(room.lead).state == "play"


def test_the_toggle_says_how_turns_end(host: Host, room: Room) -> None:
    at = opened(lead=room.lead)
    assert at.toggle(key="teach_by_itself").value is True
    at.toggle(key="teach_by_itself").set_value(False).run()
    assert not host.automatic(room.record.id)


def test_several_rooms_lie_beside_each_other(host: Host, room: Room) -> None:
    other = Room(host)
    at = opened(lead=room.lead)
    at.session_state["teach_rooms"] = [room.lead, other.lead]
    at.run()
    at.selectbox(key="teach_room").select(other.lead).run()
    assert not at.exception
    assert other.record.code in texts(at)


def test_the_projector_shows_the_way_in_and_then_the_game_and_no_secret(host: Host, room: Room) -> None:
    ana = room.join("POL", "Ana")
    at = opened(show=room.record.code)
    assert room.record.code in texts(at)
    assert "Ana" in texts(at)
    assert "It cannot predict" in texts(at)
    host.begin(room.lead)
    host.order(ana, 1, first_choice(host, ana), "one")
    at.run()
    assert "nothing has been decided yet" in texts(at)
    host.resolve(room.lead, 1, "one")
    at.run()
    assert not at.exception
    assert "Turn 2 of 2" in texts(at)
    assert "no ranking" in "\n".join(one.value for one in at.caption)
    charts = at.get("vega_lite_chart")
    assert len(charts) == 4
    assert all(chart.proto.alt for chart in charts)
    whole = texts(at)
    assert room.lead not in whole
    assert ana not in whole


def first_choice(host: Host, token: str) -> dict[str, str]:
    from sim.game.view import buyer_view

    tender = next(one for one in buyer_view(host.standing(token), "POL").tenders if one.offers)
    line = tender.offers[0].line
    return {"kind": "choose", "state": "POL", "category": tender.category, "line": line}


def test_a_wrong_link_gets_a_sentence_and_the_form(host: Host) -> None:
    at = opened(lead=new_token())
    assert "opens no" in texts(at) or "no seat" in texts(at)
    assert at.button(key="teach_open")
    wrong = opened(show="NOCODE")
    assert len(wrong.warning) == 1


def test_the_link_is_found_again_by_pasting_it(host: Host, room: Room) -> None:
    at = opened()
    at.session_state["teach_again"] = True
    at.run()
    at.text_input(key="teach_link").input(f"http://school:8501/teach?lead={room.lead}").run()
    assert not at.exception
    assert room.record.code in texts(at)


def test_a_setup_names_its_plan() -> None:
    setup = teach_open.room_setup("180", "baseline", ("POL",), " ")
    assert (setup.turns, setup.plan, setup.title) == (10, "180", "Our class")
