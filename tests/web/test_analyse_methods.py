"""The methods of the Analyse page on real runs: started, answered, and shown again from the kept file."""

import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sim.experiment.analyse import flip, sensitivity
from sim.experiment.analyse.adaptive import fixed
from sim.experiment.analyse.conditions import Condition
from sim.experiment.analyse.discovery import discover
from sim.experiment.analyse.factors import groups
from sim.experiment.analyse.robustness import USUAL, compare_plans
from sim.experiment.analyse.tradeoff import trade_off
from sim.experiment.kept import Kept
from sim.experiment.plain import plain
from sim.experiment.points import Outcome, Work
from sim.experiment.queue import Queue
from sim.web import (
    analyse_flip,
    analyse_method,
    analyse_methods,
    analyse_queue,
    analyse_robustness,
    analyse_tradeoff,
    catalogue,
    links,
)
from tests.web.pages import app, run
from tests.web.test_analyse_page import PAGE, codes, settled, text

FEW = 3  # kinds of numbers that are moved
SMALL = {
    "attribution": {"other": "european_ramp_up", "replications": "20"},
    "sensitivity": {"replications": "10", "points": "none"},
    "discovery": {"futures": "64", "replications": "4"},
    "flip": {"replications": "10"},
    "marginal": {"replications": "20"},
    "robustness": {"plans": "baseline,two_suppliers", "futures": "32", "replications": "4"},
    "tradeoff": {"points": "32", "replications": "10"},
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results of all tests of this file, so that each method runs once."""
    return tmp_path_factory.mktemp("experiments")


@pytest.fixture(autouse=True)
def a_queue(kept: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    queue = Queue(Kept(kept), measure=lambda: 0.01)
    for method in (sensitivity, flip):
        monkeypatch.setattr(method, "OPENED", 4)
        monkeypatch.setattr(method, "groups", lambda facts, seeds: groups(facts, seeds)[:FEW])
    monkeypatch.setattr(analyse_queue, "queue", lambda: queue)
    yield
    assert settled()


def answered(method: str, **query: str) -> AppTest:
    at = run(app(method=method, **SMALL[method], **query).switch_page(PAGE))
    assert not at.warning, [one.value for one in at.warning]
    starts = [one for one in at.button if one.key == "analyse_start"]
    if starts:
        starts[0].click()
        run(at)
        assert settled()
        run(at)
    assert not at.error, [one.value for one in at.error]
    return at


@pytest.mark.parametrize("method", SMALL)
def test_a_method_answers_in_a_sentence_with_charts_and_a_command(method: str) -> None:
    at = answered(method)
    headline = str(at.header[0].value)
    assert headline.strip()
    assert "{" not in headline
    charts = at.get("vega_lite_chart")
    assert all(chart.proto.alt for chart in charts)
    assert codes(at)[1].startswith(f"sim analyse {method} ")


@pytest.mark.parametrize("method", SMALL)
def test_a_kept_result_is_shown_as_the_new_one_was(method: str) -> None:
    first = answered(method)
    again = run(app(**dict(first.query_params)).switch_page(PAGE) if first.query_params else first)
    assert again.header[0].value == first.header[0].value
    assert text(again) == text(first)


@pytest.mark.parametrize("method", SMALL)
def test_record_and_table_can_be_taken_along(method: str, kept: Path) -> None:
    answered(method)
    files = [json.loads(file.read_text()) for file in kept.glob("*.json") if file.name != "pace.json"]
    record, experiment = next(
        (one["record"], one["experiment"]) for one in files if one["experiment"]["method"] == method
    )
    assert record["model_version"] == experiment["model_version"]
    known = analyse_methods.methods()[method]
    begun = {one.name: "" for one in known.fields} | {"measure": "gap_years"} | experiment["arguments"]
    view = analyse_method.View(begun, catalogue.load(), False, f"table of {method}")
    table = known.table(record, view)
    assert not table.empty or method == "flip"


BOOK = catalogue.read()
BASELINE = BOOK.questions["baseline"]
AT = {"scenario": "baseline", "plans": "baseline,two_suppliers", "place": "POL"}


def restorable(method: str) -> tuple[object, dict[str, object]]:
    """A small result as it was found, and its record as a file keeps it."""
    work, goals = Work(2), tuple(Outcome(one.measure, "POL") for one in USUAL)
    if method == "discovery":
        found = discover(BASELINE, Condition(Outcome("gap_years", "POL"), ">", 0.3), work, 32)
        return found, found.record()
    if method == "robustness":
        plans = [fixed(BASELINE), fixed(BOOK.questions["two_suppliers"])]
        both = compare_plans(plans, work, 16, goals)
        return both, analyse_robustness._record(both)
    front = trade_off(BASELINE, work, ("joint_share", "threat"), count=8, goals=goals)
    return front, analyse_tradeoff._record(front)


@pytest.mark.parametrize("method", ["discovery", "robustness", "tradeoff"])
def test_what_a_file_keeps_says_the_same_as_what_was_found(method: str) -> None:
    found, record = restorable(method)
    view = analyse_method.View(AT, BOOK, False, f"what was found by {method}")
    known = analyse_methods.methods()[method]
    words = import_module(f"sim.report.analyse_{method}")
    kept = json.loads(json.dumps(plain(record)))
    assert known.headline(kept, view) == words.headline(found, view.names)
    again = import_module(f"sim.web.analyse_{method}")._found(kept, view)
    assert words.sentences(again, view.names) == words.sentences(found, view.names)
    assert plain(again.record()) == plain(found.record())


def test_every_method_asks_a_question_and_begins_with_an_example() -> None:
    for one in analyse_methods.METHODS:
        assert one.question.endswith("?")
        assert one.about.endswith(".")
    assert {one.id for one in analyse_methods.METHODS} == set(SMALL)


def test_another_measure_of_the_same_result_is_not_run_again() -> None:
    at = answered("attribution")
    assert "“Cost”" in at.header[0].value
    at.selectbox(key="analyse_measure").select("gap_years").run()
    assert not at.exception
    assert "“Gap-years, delivered”" in at.header[0].value
    assert at.query_params["measure"] == "gap_years"


def test_scenarios_that_cannot_be_compared_say_so() -> None:
    at = run(app(method="attribution", other="february_2022").switch_page(PAGE))
    assert "start in different months" in at.info[0].value


def test_the_middle_of_a_box_opens_on_the_compare_page(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[tuple[str, str]] = []
    monkeypatch.setattr(links, "to_scenario", lambda query, title: opened.append((query, title)))
    at = answered("discovery")
    files = [one for one in at.get("download_button") if "middle" in one.label]
    if "misses its mark" in at.header[0].value and "above all where" in at.header[0].value:
        assert opened or files
    for query, _title in opened:
        assert query.startswith("1~baseline~")


@pytest.mark.parametrize("number", [1, 4])
def test_many_moves_stand_in_the_table_only(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(analyse_flip, "bullets", said.extend)
    monkeypatch.setattr(analyse_flip, "small_table", lambda rows, title: None)
    monkeypatch.setattr(
        analyse_flip.report, "headline", lambda record, words: ["It is so.", "Believe.", "Sure."]
    )
    monkeypatch.setattr(analyse_flip.report, "moves_table", lambda record, words: None)
    analyse_flip.show({"moves": [{}] * number}, analyse_method.View({}, BOOK, False, "moves"))
    assert said[1] == "Sure."
    assert ("all 4 moves that stand below" in said[0]) is (number == 4)


def test_a_limit_is_asked_for_only_where_the_statement_needs_one() -> None:
    at = run(app(method="flip").switch_page(PAGE))
    assert at.selectbox(key="analyse_side").value == "below"
    assert at.number_input(key="analyse_limit").value > 0.0
    assert not [one for one in at.selectbox if one.key == "analyse_base"]
    at.selectbox(key="analyse_side").select("more").run()
    assert not at.exception
    assert not [one for one in at.number_input if one.key == "analyse_limit"]
    assert "limit" not in at.query_params
    assert at.selectbox(key="analyse_base").value == "baseline"


@pytest.mark.parametrize(
    ("said", "statement"),
    [
        ({"side": "below", "limit": "0.41"}, "gap_years.POL < 0.41"),
        ({"side": "above", "limit": "0.3"}, "gap_years.POL > 0.3"),
        ({"side": "less"}, "gap_years.POL < base"),
        ({"side": "more"}, "gap_years.POL > base"),
    ],
)
def test_the_statement_of_the_controls_is_that_of_the_command(said: dict[str, str], statement: str) -> None:
    arguments = {"other": "us_pause", "base": "baseline", "place": "POL", "measure": "gap_years"}
    asked = analyse_flip.prepare({**arguments, **said, "replications": "10"}, BOOK)
    assert asked.command[asked.command.index("--statement") + 1] == statement


def test_a_limit_needs_no_second_scenario() -> None:
    arguments = {"other": "baseline", "place": "POL", "measure": "gap_years", "side": "below"}
    asked = analyse_flip.prepare({**arguments, "limit": "0.35", "replications": "10"}, BOOK)
    assert asked.command[:4] == ["sim", "analyse", "flip", "baseline"]
    assert asked.command[4] == "--statement"
