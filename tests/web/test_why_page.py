"""The Why page, run without a browser: what a reader chooses and what the page answers."""

import pytest
from streamlit.testing.v1 import AppTest

from sim import MODEL_VERSION
from sim.web import engine, why_run
from tests.web.pages import app, run


@pytest.fixture(autouse=True)
def few_replications(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "REPLICATIONS", 6)
    monkeypatch.setattr(why_run, "REPLICATIONS", 6)


def opened(**query: str) -> AppTest:
    return run(app(**query).switch_page("sim/web/pages/why.py"))


def headline(at: AppTest) -> str:
    return str(at.header[0].value)


def text(at: AppTest) -> str:
    return "\n".join(row.value for row in at.markdown)


def test_the_page_starts_with_tanks_for_poland() -> None:
    at = opened()
    assert "Poland signs for main battle tanks in" in headline(at)
    charts = at.get("vega_lite_chart")
    assert len(charts) == 4
    assert all(chart.proto.alt for chart in charts)
    assert "would be chosen if" in text(at) or "No change within the range" in text(at)
    assert "From signature to first delivery" in text(at)
    assert "Poland signs" in text(at)
    assert "It cannot predict" in text(at)
    assert [row.value for row in at.code] == ["sim explain baseline --buyer POL --category main_battle_tank"]


def test_another_state_and_category() -> None:
    at = opened()
    at.selectbox(key="why_buyer").select("DEU").run()
    at.selectbox(key="why_category").select("combat_aircraft").run()
    assert "Germany signs for combat aircraft in" in headline(at)
    assert dict(at.query_params) == {
        "scenario": "baseline", "buyer": "DEU", "category": "combat_aircraft", "model": MODEL_VERSION,
    }  # fmt: skip


def test_a_scenario_changes_who_can_offer() -> None:
    at = opened(buyer="NOR")
    assert "Norway" in headline(at)
    at.selectbox(key="why_scenario").select("no_korea").run()
    assert "Seoul takes no new orders" in text(at)


def test_only_what_a_state_needs_is_offered() -> None:
    at = opened(buyer="LUX")
    assert "submarine" not in at.selectbox(key="why_category").options
    assert "Luxembourg" in headline(at)


def test_another_decision_is_taken_apart() -> None:
    at = opened()
    chooser = next(box for box in at.selectbox if box.label == "Decision")
    first = text(at)
    chooser.select_index(1).run()
    assert not at.exception
    assert text(at) != first


def test_an_earlier_start_is_explained_with_its_own_names() -> None:
    at = opened(scenario="february_2022")
    assert "Poland" in headline(at)
    chooser = next(box for box in at.selectbox if box.label == "Decision")
    assert any(" 2022, run " in option for option in chooser.options)


def test_a_bad_link_gets_a_sentence_and_the_usual_choice() -> None:
    at = opened(buyer="PLO", scenario="no_corea")
    assert len(at.warning) == 1
    assert "'no_korea'" in at.warning[0].value
    assert "'POL'" in at.warning[0].value
    assert "Poland signs for main battle tanks" in headline(at)


def test_the_tables_open() -> None:
    at = opened()
    for key in ("wins", "offers_mean", "offers_numbers", "offers_one", "numbers_one", "waterfall"):
        at.session_state[f"table_{key}"] = True
    at.run()
    assert not at.exception
    assert len(at.table) == 6
    parts = next(one.value for one in at.table if "Part" in one.value.columns)
    assert list(parts["Part"])[-1] == "All together"


def test_changes_made_on_the_compare_page_come_along() -> None:
    at = app(scenario="1~baseline~l~korean_supply~0", place="NOR").run()
    at.switch_page("sim/web/pages/why.py").run()
    assert not at.exception, at.exception
    assert "~" in at.selectbox(key="why_scenario").value
    assert "Norway" in headline(at)
    assert "Seoul takes no new orders" in text(at)
    command = "sim explain baseline --buyer NOR --category rocket_artillery --set korean_supply=0"
    assert [row.value for row in at.code] == [command]


def test_a_shock_placed_on_the_compare_page_comes_along() -> None:
    at = app(scenario="1~baseline~n~c~korean_government_vacuum~2026-02~119~1", place="NOR").run()
    at.switch_page("sim/web/pages/why.py").run()
    assert not at.exception, at.exception
    assert "~" in at.selectbox(key="why_scenario").value
    assert "Seoul takes no new orders" in text(at)
    (command,) = (row.value for row in at.code)
    assert command.startswith("sim explain baseline_")
    assert ".toml --buyer NOR" in command
    assert any("which the Compare page saves" in row.value for row in at.caption)


def test_the_compare_page_is_as_it_was_left() -> None:
    at = app(scenario="no_korea", place="NOR").run()
    at.query_params.clear()  # as Streamlit does between pages
    at.switch_page("sim/web/pages/why.py").run()
    assert at.selectbox(key="why_scenario").value == "no_korea"
    assert "Norway" in headline(at)
    at.query_params.clear()
    at.switch_page("sim/web/pages/compare.py").run()
    assert at.selectbox(key="scenario").value == "no_korea"
    assert at.selectbox(key="place").value == "NOR"


def test_a_page_whose_reader_moved_on_says_nothing_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "moved_on", lambda: lambda: True)
    why_run._decisions.clear()
    at = opened()
    assert not at.error
    assert not at.header


@pytest.mark.parametrize("state", ["ALB", "ISL"])
def test_a_state_without_needs_says_so_and_leads_on(state: str) -> None:
    at = opened(buyer=state)
    assert "no decision to explain" in at.info[0].value
    assert not at.header
    next(button for button in at.button if button.label == "Look at Poland").click()
    run(at)
    assert "Poland" in headline(at)


def test_the_address_stays_as_it_came_until_the_reader_changes_something() -> None:
    at = app(scenario="no_korea", place="NOR").run()
    at.query_params.clear()
    at.switch_page("sim/web/pages/why.py").run()
    assert dict(at.query_params) == {}  # one more entry in the history would be a trap for the back button
    at.selectbox(key="why_buyer").select("DEU").run()
    assert at.query_params["buyer"] == "DEU"
    at.query_params.clear()  # the back button
    at.run()
    assert "Norway" in headline(at)
    assert dict(at.query_params) == {}


def test_a_link_to_a_changed_scenario_opens_it() -> None:
    at = app(scenario="1~baseline~l~korean_supply~0", place="NOR").run()
    at.query_params.clear()
    at.switch_page("sim/web/pages/why.py").run()
    at.selectbox(key="why_buyer").select("DEU").run()
    link = dict(at.query_params)
    other = opened(**link)
    assert not other.warning
    assert headline(other) == headline(at)
    assert other.selectbox(key="why_scenario").value == at.selectbox(key="why_scenario").value


def test_the_page_opens_on_what_the_scenario_changes_most() -> None:
    at = opened(scenario="us_pause", buyer="NOR")
    said = next(row.value for row in at.caption if "deliveries differ most in" in row.value)
    assert "“Combat aircraft”" in said
    assert at.selectbox(key="why_category").value == "combat_aircraft"
    at.selectbox(key="why_category").select("submarine").run()
    assert at.selectbox(key="why_category").value == "submarine", "the reader's own choice stays"
    assert at.query_params["category"] == "submarine"
    asked = opened(scenario="us_pause", buyer="NOR", category="air_defence")
    assert asked.selectbox(key="why_category").value == "air_defence", "a link says what it opens"


def test_a_link_names_its_model_version_and_another_one_is_said() -> None:
    at = opened(buyer="NOR", model="2026.11.3")
    assert "made with model version 2026.11.3" in at.info[0].value.replace("\\", "")
    at.selectbox(key="why_buyer").select("DEU").run()
    assert at.query_params["model"] == MODEL_VERSION
    assert not at.info
    bad = opened(buyer="NOR", model="<b>")
    assert "is not of the form" in bad.warning[0].value
