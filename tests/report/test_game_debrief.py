"""The debrief as a file and as tables: true to the game, whole by itself, and without names of people."""

import io
import zipfile
from dataclasses import replace

import pandas as pd
import pytest

from sim.game.crisis import Crisis, hidden
from sim.game.debrief import Weighed, all_weighed, regret_table
from sim.game.forecast import Judged
from sim.game.orders import Choose
from sim.game.replay import standing
from sim.game.score import scores
from sim.game.setup import new_setup
from sim.game.trace import Traced, traced
from sim.game.turn import Game, Turn
from sim.game.view import buyer_view
from sim.report import game_debrief as report
from sim.report import game_debrief_words as said
from sim.report import game_news
from sim.report.charts import LIGHT
from sim.report.game_debrief import Debrief

SEATS = ("POL", "DEU", "korea", "alliance")
FUTURES = 4
JUDGED = Judged("POL", "1", 1, "POL", "main_battle_tank", (10, 20, 30), (12, 20, 30), 24.0, 2.0, 1.5)


@pytest.fixture(scope="module")
def game():
    found = Game(new_setup(random_seed=3, turns=2, seats=SEATS, title="Class <3b>")).held_by(("POL",))
    for _ in range(2):
        orders = tuple(
            Choose(state="POL", category=one.category, line=one.offers[0].line, reason="so says <b>Ana</b>")
            for one in buyer_view(standing(found), "POL").tenders
            if one.offers
        )
        found = found.resolve(Turn((("POL", orders),), frozenset({"POL"})))
    return found


@pytest.fixture(scope="module")
def debrief(game):
    weighed = all_weighed(game, futures=FUTURES)
    regret = regret_table(game, FUTURES)
    return Debrief(game, scores(game, FUTURES), (JUDGED,), traced(game), weighed, regret)


def test_the_file_stands_by_itself_and_says_all_parts(debrief):
    page = report.html(debrief)
    for title in (
        "What happened", "Why", "Skill and luck", "Hidden goals", "What you expected",
        "In every feared future", "What carries over", "What this model cannot say",
    ):  # fmt: skip
        assert f">{title}</h2>" in page
    assert "Nobody is a winner" in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "<script" not in page
    assert "Class &lt;3b&gt;" in page
    assert "<b>Ana</b>" not in page
    assert "@media print" in page


def test_what_was_not_computed_is_not_in_the_file(game, debrief):
    page = report.html(replace(debrief, weighed=None, regret=None))
    assert "In every feared future" not in page
    assert "have not been weighed" in page


def test_the_tables_hold_the_numbers_of_the_game(game, debrief):
    with zipfile.ZipFile(io.BytesIO(report.csv_files(debrief))) as archive:
        tables = {
            name: pd.read_csv(io.BytesIO(archive.read(name)), comment="#") for name in archive.namelist()
        }
    assert set(tables) == {
        "dials.csv", "scores.csv", "contracts.csv", "goals.csv", "forecasts.csv", "decisions.csv",
        "feared_futures.csv",
    }  # fmt: skip
    assert list(tables["dials.csv"]["turn"].unique()) == [0, 1, 2]
    assert list(tables["scores.csv"]["seat"]) == list(SEATS)
    assert len(tables["contracts.csv"]) == len(debrief.traced)
    assert set(tables["goals.csv"]["seat"]) == {"POL"}
    assert "player" not in tables["forecasts.csv"]
    assert "reason" not in tables["decisions.csv"]
    poland = debrief.scores["POL"]
    assert tables["scores.csv"]["expected"][0] == pytest.approx(poland.expected)
    assert report.csv_files(debrief) == report.csv_files(debrief)


def test_seats_stand_in_the_order_of_the_table(debrief):
    (figure,) = (one for one in report.skill_and_luck(debrief, LIGHT).blocks if one.kind == "figure")
    chart = figure.pictures[0].spec
    assert chart["encoding"]["y"]["sort"] == ["Poland", "Germany"]
    assert [row[0] for row in figure.table.rows] == ["Poland", "Germany"]
    assert figure.pictures[0].alt.startswith("Poland: expected")


def test_the_hidden_day_is_said_as_it_was_drawn(game):
    text = said.hidden_day(hidden(game), "2026-01")
    assert text.startswith("The hidden day was the end of ")
    assert "nobody withheld" in said.hidden_day(Crisis(35, ""), "2026-01")
    assert "the end of December 2028" in said.hidden_day(Crisis(35, ""), "2026-01")
    assert "by lot and not by any judgement" in said.hidden_day(Crisis(35, "KOR"), "2026-01")


@pytest.mark.parametrize(
    ("effect", "low", "high", "words"),
    [
        (2.0, 1.0, 3.0, "+2.0 points"),
        (-2.0, -3.0, -1.0, "−2.0 points"),
        (0.5, -0.5, 1.5, "No clear difference"),
        (0.0, 0.0, 0.0, "made no difference"),
    ],
)
def test_a_decision_is_never_said_with_more_certainty_than_it_has(effect, low, high, words):
    order = {"kind": "wait", "state": "POL", "category": "main_battle_tank"}
    assert words in said.decision(Weighed("POL", 1, order, effect, low, high, 0.0))


def contract(**changed):
    fields = {
        "number": 1, "state": "POL", "category": "main_battle_tank", "line": "k2_changwon",
        "route": "urgent", "units": 10.0, "price": 20.0, "opened": 0, "signed": 12, "promised": 24,
        "first": 30, "last": 40, "usable": 33, "delivered": 10.0, "missing": 0.25, "turn": 2,
        "reason": "soonest",
        "waits": (("process", 3.0), ("build", 9.0), ("residual", 6.0)),
    }  # fmt: skip
    return Traced(**{**fields, **changed})


def test_a_contract_is_told_from_need_to_use():
    text = " ".join(said.steps(contract(), "2026-01"))
    for part in (
        "25 %", "opened in January 2026", "signed in January 2027", "chosen by the team in turn 2",
        "“soonest”", "promised for January 2028, the first came in July 2028, 6 months late", "build time",
        "from October 2028 on",
    ):  # fmt: skip
        assert part in text
    assert "nothing has come" in " ".join(said.steps(contract(first=None, usable=None), "2026-01"))
    assert "on time" in " ".join(said.steps(contract(first=24), "2026-01"))
    assert "1 month early" in " ".join(said.steps(contract(first=23), "2026-01"))
    assert "decided by rules" in " ".join(said.steps(contract(turn=None, reason=""), "2026-01"))


def test_the_regret_of_the_better_plan_is_nothing(debrief):
    for one in debrief.regret:
        assert one.regret == pytest.approx(max(0.0, one.rules - one.points))
    table = report.regret_table(debrief.regret)
    assert list(table.columns) == ["Who withholds", "Poland", "Germany"]
    assert table["Who withholds"][0] == "nobody"


def test_a_quiet_turn_is_said(game):
    assert game_news.story(()) == ["Nothing has been signed or delivered for the seats at this table yet."]
    assert game_news.seat_name("korea") == "Industry: Korea"
    assert game_news.cost_text(None) == "–"
