"""The Analyse page, run without a browser, with planted methods: ask, start, watch, cancel, find again."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sim import MODEL_VERSION
from sim.experiment.kept import Kept
from sim.experiment.queue import FAILED, Queue
from sim.policy.errors import ScenarioError
from sim.web import analyse_methods, analyse_queue
from tests.web.pages import app, run
from tests.web.planted import Planted

PAGE = "sim/web/pages/analyse.py"


@pytest.fixture
def work() -> Planted:
    return Planted()


@pytest.fixture(autouse=True)
def planted(work: Planted, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Queue]:
    other = Planted()
    other.go.set()
    monkeypatch.setattr(analyse_methods, "METHODS", (work.method(), other.method("another")))
    queue = Queue(Kept(tmp_path), measure=lambda: 0.5)
    monkeypatch.setattr(analyse_queue, "queue", lambda: queue)
    yield queue
    work.go.set()
    assert settled()


def settled() -> bool:
    """Wait until no experiment runs; False where one never ends."""
    pause = threading.Event()
    for _ in range(10_000):
        if not any(one.name == "experiments" for one in threading.enumerate()):
            return True
        pause.wait(0.01)
    return False


def opened(**query: str) -> AppTest:
    return run(app(**query).switch_page(PAGE))


def started(at: AppTest, work: Planted) -> AppTest:
    at.button(key="analyse_start").click()
    run(at)
    assert work.begun.wait(20)
    return run(at)


def text(at: AppTest) -> str:
    return "\n".join(row.value for row in at.markdown).replace("\\", "")


def codes(at: AppTest) -> list[str]:
    return [row.value for row in at.code]


def test_the_page_opens_with_an_example_ready_to_start(work: Planted) -> None:
    at = opened()
    assert at.radio[0].value == "planted"
    assert "What does planted say?" in at.radio[0].options
    assert at.selectbox(key="analyse_base").value == "baseline"
    assert at.selectbox(key="analyse_other").value == "no_korea"
    assert "about 20 seconds on this machine: 40 runs of ten years" in text(at)
    assert not at.header
    assert dict(at.query_params) == {}
    assert work.times == 0


def test_an_experiment_is_started_watched_and_answered(work: Planted) -> None:
    at = started(opened(), work)
    assert not [one for one in at.button if one.key == "analyse_start"]
    assert at.button(key="analyse_cancel").label == "Cancel"
    (bar,) = at.get("progress")
    assert "20 of 40 runs" in bar.proto.text
    assert bar.proto.value == 50
    work.go.set()
    assert settled()
    run(at)
    assert at.header[0].value == "Found with 20 runs"
    assert "Shown: 20" in text(at)
    assert any("40 runs of ten years, 20 of each scenario" in row.value for row in at.caption)
    link, command = codes(at)
    assert command == "sim analyse planted baseline no_korea"
    assert "method=planted" in link
    assert f"model={MODEL_VERSION}" in link
    assert [one.label for one in at.get("download_button")] == [
        "Download the table (CSV)", "Download everything (JSON)",
    ]  # fmt: skip


def test_the_same_again_is_not_run_again_and_a_link_finds_it(work: Planted) -> None:
    work.go.set()
    at = started(opened(), work)
    assert settled()
    link = dict(run(at).query_params)
    assert link["method"] == "planted"
    other = opened(**link)
    assert other.header[0].value == "Found with 20 runs"
    assert not other.warning
    assert work.times == 1


def test_a_page_that_is_loaded_again_finds_what_runs(work: Planted) -> None:
    link = dict(started(opened(), work).query_params)
    again = opened(**link)
    assert "20 of 40 runs" in again.get("progress")[0].proto.text
    assert work.times == 1


def test_it_can_be_cancelled_and_started_again(work: Planted) -> None:
    at = started(opened(), work)
    at.button(key="analyse_cancel").click()
    run(at)
    assert "Cancelled" in at.info[0].value
    assert settled()
    work.go.set()
    at = started(at, work)
    assert settled()
    assert run(at).header[0].value == "Found with 20 runs"
    assert work.times == 2


@pytest.mark.parametrize(
    ("error", "sentence"),
    [(ScenarioError("nothing differs there"), "Nothing differs there."), (ValueError("x"), FAILED[1:])],
)
def test_a_failure_says_why(
    work: Planted, monkeypatch: pytest.MonkeyPatch, error: Exception, sentence: str
) -> None:
    def fails(_work: object) -> dict[str, object]:
        work.begun.set()
        raise error

    monkeypatch.setattr(work, "call", fails)
    monkeypatch.setattr(analyse_methods, "METHODS", (work.method(),))
    at = started(opened(), work)
    assert settled()
    run(at)
    assert sentence in at.error[0].value.replace("\\", "")
    assert at.button(key="analyse_start").label == "Start"


def test_what_cannot_be_asked_says_what_to_change(work: Planted) -> None:
    at = opened(other="baseline")
    assert "Both scenarios are the same; choose another one." in at.info[0].value
    assert not [one for one in at.button if one.key == "analyse_start"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"method": "plantet"}, "'planted'"),
        ({"other": "no_corea"}, "'no_korea'"),
        ({"other": "1~baseline~l~nothing~1"}, "nothing"),
        ({"places": "PLO"}, "'POL'"),
        ({"places": "POL,DEU,NOR"}, "2 at most"),
        ({"limit": "11"}, "from 0 to 10"),
        ({"limit": "nan"}, "from 0 to 10"),
        ({"replications": "1000000"}, "'100'"),
        ({"model": "<b>"}, "not of the form"),
    ],
)
def test_a_bad_argument_gets_a_sentence_and_the_usual_one(query: dict[str, str], said: str) -> None:
    at = opened(**query)
    assert said in at.warning[0].value.replace("\\", "")
    assert at.button(key="analyse_start").label == "Start"
    at.selectbox(key="analyse_other").select("us_pause").run()
    assert not at.exception
    assert not at.warning


def test_a_change_is_another_experiment_with_a_link_of_its_own(work: Planted) -> None:
    work.go.set()
    at = started(opened(), work)
    assert settled()
    at.selectbox(key="analyse_other").select("us_pause").run()
    assert not at.header
    assert at.query_params["other"] == "us_pause"
    at.multiselect(key="analyse_places").set_value(["POL", "DEU"]).run()
    assert at.query_params["places"] in ("POL,DEU", "DEU,POL")
    at.number_input(key="analyse_limit").set_value(2.5).run()
    assert at.query_params["limit"] == "2.5"
    assert not at.exception


def test_the_scenario_stays_when_the_question_changes() -> None:
    at = opened()
    at.selectbox(key="analyse_other").select("us_pause").run()
    at.radio[0].set_value("another").run()
    assert not at.exception
    assert at.selectbox(key="analyse_other").value == "us_pause"
    assert at.query_params["method"] == "another"


def test_what_was_changed_on_the_compare_page_comes_along(work: Planted) -> None:
    at = app(scenario="1~baseline~l~korean_supply~0").run()
    at.query_params.clear()
    at.switch_page(PAGE).run()
    assert not at.exception, at.exception
    assert at.selectbox(key="analyse_other").value == "1~baseline~l~korean_supply~0"
    assert any("with your changes" in one for one in at.selectbox(key="analyse_other").options)
    work.go.set()
    at = started(at, work)
    assert settled()
    assert codes(run(at))[1] == "sim analyse planted baseline baseline --set korean_supply=0"
    link = dict(at.query_params)
    assert opened(**link).header[0].value == "Found with 20 runs"


def test_the_compare_page_is_as_it_was_left() -> None:
    at = app(scenario="no_korea", place="NOR").run()
    at.query_params.clear()
    at.switch_page(PAGE).run()
    at.selectbox(key="analyse_other").select("us_pause").run()
    at.query_params.clear()
    at.switch_page("sim/web/pages/compare.py").run()
    assert at.selectbox(key="scenario").value == "no_korea"
    at.query_params.clear()
    at.switch_page(PAGE).run()
    assert at.selectbox(key="analyse_other").value == "us_pause", "what was asked waits too"


def test_another_model_version_in_a_link_is_said() -> None:
    at = opened(method="planted", model="2026.11.3")
    assert "made with model version 2026.11.3" in at.info[0].value.replace("\\", "")


def test_too_many_waiting_is_said(planted: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.experiment.queue.MOST_WAITING", 0)
    at = opened()
    at.button(key="analyse_start").click()
    run(at)
    assert "Many experiments wait already" in at.warning[0].value


def test_the_kept_file_says_what_it_answers(work: Planted, tmp_path: Path) -> None:
    work.go.set()
    started(opened(), work)
    assert settled()
    files = [file for file in tmp_path.glob("*.json") if file.name != "pace.json"]
    (content,) = [json.loads(file.read_text()) for file in files]
    assert content["experiment"]["arguments"]["other"] == "no_korea"
    assert content["experiment"]["model_version"] == MODEL_VERSION
    assert content["record"] == {"replications": 20, "random_seed": 1}


def test_compare_leads_to_the_question_where_several_things_differ() -> None:
    at = run(app(scenario="fortress_europe"))
    (link,) = [one for one in at.get("page_link") if one.proto.label == "Which of these did it?"]
    assert link.proto.query_string == "method=attribution"
    alone = run(app(scenario="no_korea"))
    assert not [one for one in alone.get("page_link") if one.proto.label == "Which of these did it?"]
