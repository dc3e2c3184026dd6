"""The Play page for one person: three doors, a decision, the year's end, a reload, a year taken back."""

import subprocess
import sys

from sim.game.orders import Choose, Hold, Launch, Wait
from sim.web import game_host
from tests.web.game import host, opened, press, said  # noqa: F401


def token(at, name: str = game_host.ME) -> str:
    value = at.query_params[name]
    return value if isinstance(value, str) else value[0]


def orders(host, at):  # noqa: F811
    return host.told(token(at)).now.orders.get("POL", ())


def alone():
    return press(opened(), "Begin")


def ticks(at):
    return [radio for radio in at.radio if radio.label == "Whose offer?"]


def test_without_a_link_there_are_three_doors(host):  # noqa: F811
    at = opened()
    assert [head.value for head in at.header] == ["Alone", "In a class", "Back to a game"]
    assert at.selectbox(key="play_state").value == "POL"
    assert not at.query_params


def test_one_click_begins_a_game_whose_address_is_kept(host):  # noqa: F811
    at = alone()
    assert "Poland has" in at.header[0].value
    assert set(at.query_params) == {"me", "lead"}
    assert host.told(token(at)).game.number == 1
    again = opened(me=token(at), lead=token(at, "lead"))
    assert again.header[0].value == at.header[0].value


def test_a_tick_is_an_order_and_the_ministry_takes_it_back(host):  # noqa: F811
    at = alone()
    tick = ticks(at)[0]
    tick.set_value(_first_line(at, tick)).run()
    assert isinstance(orders(host, at)[0], Choose)
    at.radio(key=tick.key).set_value("none").run()
    assert isinstance(orders(host, at)[0], Wait)
    at.radio(key=tick.key).set_value("ministry").run()
    assert orders(host, at) == ()


def _first_line(at, tick) -> str:
    from sim.game.view import buyer_view

    state, category = tick.key.split("_", 3)[3].split("_", 1)
    stand = game_host.host().standing(token(at))
    tender = next(one for one in buyer_view(stand, state).tenders if one.category == category)
    return tender.offers[0].line


def test_a_reason_goes_with_the_order(host):  # noqa: F811
    at = alone()
    tick = ticks(at)[0]
    at.radio(key=tick.key).set_value("none").run()
    at.text_input(key=tick.key.replace("tick", "reason")).set_value("too late for us").run()
    assert orders(host, at)[0].reason == "too late for us"
    assert len(orders(host, at)) == 1


def test_two_years_and_one_taken_back(host):  # noqa: F811
    at = alone()
    tick = ticks(at)[0]
    at.radio(key=tick.key).set_value("none").run()
    press(at, "End the year")
    assert host.told(token(at)).game.number == 2
    assert at.header[1].value == "What has happened"
    assert "ended without a contract" in said(at)
    press(at, "End the year")
    assert host.told(token(at)).game.number == 3
    press(at, "Take the last year back")
    press(at, "Take the last year back")
    assert host.told(token(at)).game.number == 1
    assert at.radio(key=tick.key).value == "none", "what was ordered in it stands"
    press(at, "End the year")
    assert host.told(token(at)).game.number == 2


def test_the_last_year_leads_to_the_dials(host):  # noqa: F811
    at = opened()
    at.radio(key="play_turns").set_value(4).run()
    press(at, "Begin")
    for _year in range(4):
        press(at, "End the year")
    assert "The game has ended" in said(at)
    assert "Poland (you)" in list(at.table[0].value["State"])


def test_a_need_is_held_back_and_a_tender_opened(host):  # noqa: F811
    at = alone()
    at.session_state["play_needs"] = True
    at.run()
    do = next(radio for radio in at.radio if radio.label == "This turn")
    do.set_value("hold").run()
    assert isinstance(orders(host, at)[0], Hold)
    need = at.selectbox(key="play_need_1")
    for index in range(len(need.options)):
        at.selectbox(key="play_need_1").set_value(index).run()
        do = next(radio for radio in at.radio if radio.label == "This turn")
        if len(do.options) == 3:
            break
    do.set_value("open").run()
    press(at, "Open the tender")
    (launch,) = (one for one in orders(host, at) if isinstance(one, Launch))
    assert launch.quantity >= 1
    assert not at.error
    before = orders(host, at)
    press(at, "Take back")
    assert len(orders(host, at)) == len(before) - 1


def test_a_policy_is_set_and_taken_back(host):  # noqa: F811
    at = alone()
    at.session_state["play_policies"] = True
    at.run()
    box = next(box for box in at.selectbox if box.label == "Set to")
    before = box.value
    other = next(index for index, text in enumerate(box.options) if "as it stands" not in text)
    box.select_index(other).run()
    assert orders(host, at)[0].kind == "lever"
    at.selectbox(key=box.key).set_value(before).run()
    assert orders(host, at) == ()


def test_an_order_that_is_refused_gets_a_sentence_and_the_tick_goes_back(host, monkeypatch):  # noqa: F811
    from sim.game.errors import GameError

    at = alone()

    def refuse(*_given):
        raise GameError("the ministry is closed today")

    monkeypatch.setattr(type(host), "order", refuse)
    tick = ticks(at)[0]
    at.radio(key=tick.key).set_value("none").run()
    assert [one.value for one in at.error] == ["The ministry is closed today."]
    assert at.radio(key=tick.key).value == "ministry"


def test_the_advisor_is_asked_twice_at_most(host, monkeypatch):  # noqa: F811
    from sim.game import advisor
    from sim.web import play_advice

    def few(*given, **named):
        return advisor.advise(*given, **{**named, "futures": 2})

    monkeypatch.setattr(play_advice, "advise", few)
    at = alone()
    at.session_state["play_advisor"] = True
    at.run()
    press(at, "Ask")
    assert "In the worst tenth" in "".join(str(one.proto.body) for one in at.get("html"))
    assert host.told(token(at)).advice == {"POL": 1}
    press(at, "Ask")
    assert not [button for button in at.button if button.label == "Ask"]


def test_a_forecast_wants_three_months_in_order(host):  # noqa: F811
    at = alone()
    at.session_state["play_forecast"] = True
    at.run()
    press(at, "Keep the forecast")
    assert "all three months" in at.error[0].value
    for part, months in (("soon", 10), ("likely", 20), ("late", 15)):
        at.number_input(key=f"play_forecast_{part}_1").set_value(months)
    press(at, "Keep the forecast")
    assert "soonest month comes first" in at.error[0].value
    at.number_input(key="play_forecast_late_1").set_value(30)
    press(at, "Keep the forecast")
    assert not at.error
    assert host.told(token(at)).forecasts[0].payload["late"] == 30
    assert "one chance in ten before November 2026" in said(at)


def test_another_game_leads_back_to_the_doors(host):  # noqa: F811
    at = alone()
    link = token(at)
    press(at, "Another game")
    assert at.title[0].value == "Play"
    assert not at.query_params
    at.text_input(key="play_link_text").set_value(f"http://x/play?me={link}").run()
    press(at, "Go on")
    assert "Poland has" in at.header[0].value


def test_a_link_that_opens_nothing_says_so(host):  # noqa: F811
    at = opened(me="0" * 32)
    assert "opens no seat" in at.warning[0].value
    assert at.title[0].value == "Play"


def test_other_pages_load_without_the_game():
    code = (
        "import sys; from sim.web import game_host, loading; from importlib import import_module; "
        "[import_module(name) for name in loading.PARTS]; "
        "print([name for name in sys.modules if name.startswith('sim.game') or name == 'sqlalchemy'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_every_state_can_be_played(host):  # noqa: F811
    at = opened()
    at.selectbox(key="play_state").set_value("EST").run()
    press(at, "Begin")
    assert "Estonia" in at.header[0].value
    assert "BALTIC" not in host.told(token(at)).game.setup.seats
