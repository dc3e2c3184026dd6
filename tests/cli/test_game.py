"""The game on the command line: a room with two players, replay and fork, a whole class."""

import json

import pytest

from tests.cli.call import asked, call, refusal


@pytest.fixture
def store(tmp_path, monkeypatch):
    """A store of its own, with room for nobody else's games."""
    monkeypatch.setenv("LEADTIME_DATABASE_URL", f"sqlite:///{tmp_path / 'games.sqlite'}")


@pytest.fixture
def room(store):
    """A room of two turns with Poland and Korea."""
    return asked("game", "new", "--seats", "POL,korea", "--turns", "2", "--random-seed", "3")


def offer(token):
    """A tender of the seat with its first offer."""
    tender = next(one for one in asked("game", "show", token)["tenders"] if one["offers"])
    return tender["category"], tender["offers"][0]["line"]


def test_a_room_is_played_from_opening_to_replay(room, tmp_path):
    code, facilitator = room["code"], room["token"]
    poland = asked("game", "join", code, "--seat", "POL", "--name", "Ann")
    assert (poland["seat"], poland["player"]) == ("POL", "1")
    category, line = offer(poland["token"])
    choose = ("choose", "state=POL", f"category={category}", f"line={line}")
    assert asked("game", "order", poland["token"], *choose)["order"]["line"] == line
    assert asked("game", "show", poland["token"])["orders"][0]["category"] == category
    assert asked("game", "ready", poland["token"])["ready"] is True
    asked("game", "take", facilitator, "korea", "script:dear")
    ended = asked("game", "resolve", facilitator)
    assert (ended["turn"], ended["over"], [one["state"] for one in ended["dials"]]) == (1, False, ["POL"])
    assert asked("game", "list")[0]["turn"] == 2
    signed = [one for one in asked("game", "show", poland["token"])["changes"] if one["kind"] == "signed"]
    assert (category, line) in [(one["category"], one["line"]) for one in signed]

    again = asked("game", "replay", code)
    assert again["same"]
    assert [one["found"] for one in again["turns"]] == [ended["digest"]]
    wait = ("wait", "state=POL", f"category={category}")
    forked = asked("game", "fork", code, *wait, "--turn", "1", "--seat", "POL")
    assert (forked["same"], forked["digest"]) == (False, ended["digest"])
    assert asked("game", "fork", code, *choose, "--turn", "1", "--seat", "POL")["same"]

    file = tmp_path / "game.jsonl"
    assert call("game", "export", code, "--out", str(file)).exit_code == 0
    assert "Ann" not in file.read_text(encoding="utf-8")
    assert poland["token"] not in file.read_text(encoding="utf-8")
    assert asked("game", "replay", str(file))["turns"] == again["turns"]
    other = asked("game", "import", str(file))
    assert (other["turn"], other["code"] != code) == (2, True)

    assert asked("game", "undo", facilitator) == {"turn": 1}
    taken_back = asked("game", "order", poland["token"], *choose, "--withdraw")
    assert taken_back["withdraw"]["line"] == line
    assert asked("game", "show", poland["token"])["orders"] == []


def test_offers_between_seats_are_answered(room):
    code = room["code"]
    poland, korea = (asked("game", "join", code, "--seat", seat)["token"] for seat in ("POL", "korea"))
    framework = ("framework", "receiver=POL", "state=POL", "category=self_propelled_howitzer", "units=40",
                 "line=k9_changwon")  # fmt: skip
    needs = asked("game", "show", poland)["needs"]
    held = next(one for one in needs if one["category"] == "self_propelled_howitzer")["framework"]
    if held is None:
        made = asked("game", "propose", korea, *framework)
        assert asked("game", "show", poland)["proposals"][0]["number"] == made["proposal"]
        assert asked("game", "answer", poland, str(made["proposal"]), "--refuse")["accept"] is False
        assert asked("game", "show", korea)["proposals"][0]["answer"] is False
    else:
        assert "has a framework with" in refusal("game", "propose", korea, *framework)


def test_what_cannot_be_done_is_refused_in_one_sentence(room):
    code, facilitator = room["code"], room["token"]
    token = asked("game", "join", code, "--seat", "POL")["token"]
    need = ("state=POL", "category=main_battle_tank")
    for words, sentence in [
        (("order", token, "choose", *need, "line=k99"), "'k99' makes no offer in this tender"),
        (("order", token, "buy", *need), "order: order: "),
        (("order", token, "wait", "POL"), "order: 'POL' is not of the form NAME=VALUE"),
        (("order", token, "{bad"), "is not JSON"),
        (("order", facilitator, "wait", *need), "Only a player can do this"),
        (("resolve", token), "Only the facilitator of this room can do this"),
        (("undo", facilitator), "there is no turn to undo"),
        (("take", facilitator, "POL", "robot"), "a seat is played by rule, person or script:NAME"),
        (("take", facilitator, "FRA", "rule"), "'FRA' has no seat in this game"),
        (("take", facilitator, "korea", "script:wait"), "there is no script 'wait' for korea"),
        (("inject", facilitator, "war"), "there is no card 'war'"),
        (("inject", facilitator, "war", "--months", "0"), "there is no card 'war'"),
        (("answer", token, "99"), "no open offer of this number"),
        (("show", token, "--seat", "korea"), "a player sees the own seat only"),
        (("show", "abc"), "This link is incomplete"),
        (("join", "AAAAAA"), "A code has 6 characters"),
        (("join", code, "--seat", "FRA"), "This game has no seat 'FRA'"),
        (("replay", "nowhere.jsonl"), "there is no file 'nowhere.jsonl'"),
        (("import", "nowhere.jsonl"), "cannot be read"),
        (("fork", code, "wait", *need, "--turn", "1", "--seat", "POL"), "no resolved turn 1"),
        (("new", "--turns", "99"), "turns: "),
        (("new", "--seats", "EST,BALTIC"), "decided for in two seats"),
        (("knit",), "there is no command of the game 'knit'"),
    ]:
        assert sentence in refusal("game", *words), words
    replayed = asked("game", "replay", code)
    assert replayed == {"same": True, "entries": replayed["entries"], "turns": []}


def test_a_class_of_thirty_plays_without_a_browser(tmp_path):
    file = tmp_path / "class.jsonl"
    words = ("game", "simulate", "--seats", "30", "--turns", "2", "--futures", "4", "--script", "POL=split")
    record = asked(*words, "--out", str(file))
    assert (record["players"], len(record["turns"]), record["scripts"]["POL"]) == (30, 2, "split")
    assert set(record["scores"]) == set(record["setup"]["seats"])
    again = asked("game", "replay", str(file))
    assert [one["found"] for one in again["turns"]] == [one["digest"] for one in record["turns"]]


def test_a_log_that_was_changed_ends_with_1(tmp_path):
    file = tmp_path / "class.jsonl"
    asked("game", "simulate", "--seats", "2", "--turns", "1", "--futures", "0", "--out", str(file))
    lines = file.read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines[1:]]
    resolve = next(entry for entry in entries if entry["kind"] == "resolve")
    file.write_text("\n".join(lines).replace(resolve["payload"]["digest"], "0" * 64), encoding="utf-8")
    done = call("game", "replay", str(file))
    assert done.exit_code == 1
    assert "no: 000000000000" in done.stdout


def test_a_log_with_what_the_model_does_not_know_is_refused(tmp_path):
    file = tmp_path / "class.jsonl"
    asked("game", "simulate", "--seats", "1", "--turns", "1", "--futures", "0", "--script", "POL=wait",
          "--out", str(file))  # fmt: skip
    file.write_text(
        file.read_text(encoding="utf-8").replace('"main_battle_tank"', '"tank"'), encoding="utf-8"
    )
    assert "this model does not know" in refusal("game", "replay", str(file))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--seats", "0"), "players: 0 is outside 1 to 300"),
        (("--script", "POL"), "--script: 'POL' is not of the form SEAT=NAME"),
        (("--script", "POL=nothing"), "there is no script 'nothing' for POL"),
        (("--futures", "9999"), "futures: 9999 is outside 0 to 1000"),
        (("--scenario", "basline"), "there is no scenario 'basline'"),
    ],
)
def test_a_class_that_cannot_be_is_refused(words, sentence):
    assert sentence in refusal("game", "simulate", *words)


def test_a_tournament_says_what_each_script_gains():
    record = asked("game", "tournament", "--games", "1", "--futures", "2", "--turns", "1")
    rule = [one["gain"] for one in record["seats"] if one["script"] in ("rule", "idle")]
    assert rule == [0.0] * len(rule)
    assert {one["script"] for one in record["buyers"]} >= {"wait", "splurge", "balanced"}
    assert "--games is from 1" in refusal("game", "tournament", "--games", "0")
