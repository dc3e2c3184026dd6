"""Several scenarios on the Compare page: keep, change, go on, remove, undo, and the numbers shown."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from streamlit.testing.v1 import AppTest

import sim
from sim.experiment.compare import compare
from sim.policy.scenario import Scenario
from sim.report import beside as report
from sim.report.measures import DIALS
from sim.web import beside_parts, catalogue, choice, engine
from sim.web.choice import Choice
from tests.cli.call import call
from tests.web.pages import app, run

BOOK = catalogue.read()
RUNS = 12


@pytest.fixture(autouse=True)
def few_replications(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "REPLICATIONS", RUNS)
    monkeypatch.setattr(engine, "PRECISE", 16)


def press(at: AppTest, label: str) -> None:
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception, at.exception


def labels(at: AppTest) -> list[str]:
    return [button.label for button in at.button]


def heads(at: AppTest) -> list[str]:
    """The cards: letter, sign and name of each scenario."""
    found = (row.value.strip("*").replace("\\", "") for row in at.markdown if row.value.startswith("**"))
    return [text for text in found if text[2:3] in report.SIGNS.values()]


def markdown(at: AppTest) -> str:
    return "\n".join(row.value for row in at.markdown)


def alts(at: AppTest) -> list[str]:
    return [chart.proto.alt for chart in at.get("vega_lite_chart")]


def test_keep_change_go_on_remove_and_undo() -> None:
    at = run(app(place="DEU"))
    assert heads(at) == []
    assert next(one for one in at.button if one.label == "Keep beside").disabled, (
        "the baseline is always drawn"
    )
    at.selectbox(key="scenario").select("no_us").run()
    press(at, "Keep beside")
    assert heads(at) == ["A ● No new US orders", "B ■ No new US orders"]
    assert any("still the same as B" in row.value for row in at.caption)
    assert next(one for one in at.button if one.label == "Keep beside").disabled
    at.slider(key="lever_spending_delivery").set_value(1.0).run()
    assert heads(at)[0] == "A ● No new US orders with 1 change"
    assert at.query_params["beside"] == "no_us"
    press(at, "Go on with B")
    assert heads(at) == ["A ● No new US orders", "B ■ No new US orders with 1 change"]
    assert at.slider(key="lever_spending_delivery").value == 0.7
    press(at, "Undo")
    assert at.slider(key="lever_spending_delivery").value == 1.0
    press(at, "Remove B")
    assert heads(at) == []
    assert "beside" not in at.query_params
    press(at, "Undo")
    assert heads(at)[1] == "B ■ No new US orders"


def test_named_scenarios_are_added_until_three_are_kept() -> None:
    at = run(app(scenario="no_us"))
    for scenario in ("no_korea", "mro_hubs", "us_pause"):
        assert "Back in time: February 2022" not in str(at.selectbox(key="beside_add").options)
        at.selectbox(key="beside_add").select(scenario).run()
    assert [text[:3] for text in heads(at)] == ["A ●", "B ■", "C ▲", "D ◆"]
    assert "beside_add" not in [one.key for one in at.selectbox]
    assert next(one for one in at.button if one.label == "Keep beside").disabled
    assert at.query_params["beside"] == "no_korea,mro_hubs,us_pause"


def test_a_link_reproduces_the_page_and_bad_parts_are_said() -> None:
    at = run(app(scenario="no_us", place="POL", beside="no_korea,nothing,1~baseline~l~threat~1.2"))
    assert "nothing" in at.warning[0].value
    assert heads(at) == ["A ● No new US orders", "B ■ No new Korean orders", "C ▲ Felt threat: 1.2"]
    at.session_state["differs_C"] = True
    at.run()
    assert "- “Felt threat” is set to 1.2 instead of 1." in markdown(at)


def test_scenarios_of_another_start_wait_and_the_page_says_so() -> None:
    at = run(app(scenario="no_us", beside="february_2022,no_korea"))
    assert any(
        "B starts in February 2022, the present scenario in January 2026" in one.value for one in at.info
    )
    drawn = next(text for text in alts(at) if text.startswith("Speed: ") and "compared with" in text)
    assert "A, No new US orders" in drawn
    assert "C, No new Korean orders" in drawn
    assert "February 2022" not in drawn
    at.selectbox(key="scenario").select("february_2022").run()
    assert any("C starts in January 2026" in one.value for one in at.info), "kept when the start changes"
    assert any("still the same as B" in row.value for row in at.caption)
    press(at, "Remove B")
    assert "In this model" not in markdown(at), "nothing is left that can be compared"


def test_kept_runs_are_not_made_again_when_a_lever_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    real = engine._run

    def counted(replications: int, wanted: Scenario, cancel: Any = None) -> sim.Result:
        made.append(wanted.id)
        return real(replications, wanted, cancel)

    monkeypatch.setattr(engine, "_run", counted)
    engine._quick.clear()
    at = run(app(scenario="us_pause", beside="no_korea,no_us"))
    assert sorted(made) == ["no_korea", "no_us", "us_pause"]
    at.slider(key="lever_spending_delivery").set_value(1.2).run()
    assert len(made) == 4
    assert made[-1].startswith("us_pause-")


def test_the_numbers_are_those_of_sim_compare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = Choice(BOOK.questions["no_us"], {"dialogue": 0.8}, "POL", 2035)
    found = [
        choice.dated(one, now) for one in (Choice(BOOK.baseline), now, Choice(BOOK.questions["no_korea"]))
    ]
    base, *others = [sim.run(one.scenario, replications=RUNS, random_seed=1) for one in found]
    sides = [report.Side(letter, letter, run) for letter, run in zip("AB", others, strict=True)]
    pairs = compare(base, *others)
    with ZipFile(BytesIO(beside_parts.packed(found))) as archive:
        archive.extractall(tmp_path)
    monkeypatch.chdir(tmp_path)
    line = beside_parts.command(found, RUNS).split()
    assert line[:3] == ["sim", "compare", "baseline.toml"]
    done = call(*line[1:], "--json")
    told = json.loads(done.stdout)["others"]
    for measure in DIALS:
        rows = report.paired(base, sides, measure, "POL")
        for row, result, other in zip(rows, others, told.values(), strict=True):
            same = pairs.difference(result, measure, "POL")
            assert (row.change, row.low, row.high) == (same.mean, same.low, same.high)
            printed = other["by_buyer"]["POL"][measure]["difference"]
            assert [printed[part] for part in ("mean", "low", "high")] == pytest.approx(
                [row.change, row.low, row.high], rel=1e-6
            )


def test_the_command_names_what_has_a_name_and_files_the_rest() -> None:
    found = [
        Choice(BOOK.baseline),
        Choice(BOOK.questions["no_korea"]),
        Choice(BOOK.baseline, {"threat": 1.2}),
    ]
    line = beside_parts.command(found, 100)
    changed = found[2].file_name
    assert line == f"sim compare baseline no_korea {changed} --replications 100"
    eve = choice.opened(BOOK.questions["eve_2022"])
    assert beside_parts.argument(eve) == "eve_2022.toml"


def test_the_page_offers_table_years_and_command() -> None:
    at = run(app(scenario="no_us", place="POL", beside="no_korea"))
    for key in ("beside_table", "beside_years", "beside_command"):
        at.session_state[key] = True
    at.run()
    assert not at.exception
    tables = [one.proto.body for one in at.get("html") if "<table" in one.proto.body]
    assert len(tables) == 2
    assert '<th scope="col">B</th>' in tables[0]
    assert "Baseline: middle (10 to 90 %)" in tables[1]
    assert f"sim compare baseline no_us no_korea --replications {RUNS} --buyer POL" in [
        row.value for row in at.code
    ]


def test_a_state_that_buys_nothing_breaks_nothing() -> None:
    at = run(app(scenario="no_us", place="ISL", beside="no_korea"))
    assert heads(at)
    assert "Iceland" in markdown(at)
