"""The Compare page, run without a browser: what a reader does and what the page answers."""

import html
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sim import MODEL_VERSION
from sim.report.measures import MEASURES
from sim.report.versions import since
from sim.web import engine, foot, panel
from tests.web.pages import app, run


@pytest.fixture(autouse=True)
def few_replications(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "REPLICATIONS", 12)
    monkeypatch.setattr(engine, "PRECISE", 16)


def opened(**query: str) -> AppTest:
    return run(app(**query))


def headline(at: AppTest) -> str:
    return next(row.value for row in at.header if row.value.startswith("In this model"))


def test_the_page_starts_with_the_baseline() -> None:
    at = opened()
    assert "Europe and Canada" in headline(at)
    assert len(at.metric) == 3
    assert all("%" in row.value or "$" in row.value or "year" in row.value for row in at.metric)
    assert len(at.get("vega_lite_chart")) == 8 + 2
    assert all(chart.proto.alt for chart in at.get("vega_lite_chart"))


def test_a_question_changes_headline_dials_and_changes() -> None:
    at = opened(place="POL")
    at.selectbox(key="scenario").select("no_korea").run()
    assert "Poland" in headline(at)
    assert "No new Korean orders" in headline(at)
    assert "“Korea takes new orders” is set to off instead of on." in "\n".join(
        row.value for row in at.markdown
    )
    assert "sim compare baseline no_korea --buyer POL" in [row.value for row in at.code]
    assert len(at.get("vega_lite_chart")) >= 8 + 2 + 1


def test_a_lever_moves_and_undo_takes_it_back() -> None:
    at = opened()
    lever = at.slider(key="lever_spending_delivery")
    before = headline(at)
    lever.set_value(1.4).run()
    assert "changing “Promised spending delivered”" in headline(at)
    assert any("l~spending_delivery~1.4" in row.value for row in at.code)
    undo = next(button for button in at.button if button.label == "Undo")
    undo.click().run()
    assert headline(at) == before
    assert at.slider(key="lever_spending_delivery").value == 0.7


def test_a_shock_is_placed_and_taken_back() -> None:
    at = opened(place="POL")
    next(box for box in at.sidebar.expander if box.label == "Place a shock in time")
    at.session_state["events"] = True
    at.run()
    card = next(one for one in at.selectbox(key="event_card").options if "Long hold on US" in one)
    at.selectbox(key="event_card").select(card).run()
    at.selectbox(key="event_at_2026-01").select("2028-03").run()
    next(button for button in at.button if button.label == "Let it strike").click().run()
    assert "the shock “Long hold on US deliveries”" in headline(at)
    told = "\n".join(row.value for row in at.markdown)
    assert "The shock “Long hold on US deliveries” strikes in March 2028 and lasts 12 months." in told
    assert any("c~us_pause_of_deliveries~2028-03~12~1" in row.value for row in at.code)
    assert any(row.value.startswith("sim compare baseline baseline_") for row in at.code)
    next(button for button in at.button if button.label.startswith("Take back")).click().run()
    assert "Nothing yet: everything stands as in the baseline." in [row.value for row in at.markdown]


def test_a_lever_moves_later_and_is_taken_back() -> None:
    at = opened(place="POL")
    at.session_state["later"] = True
    at.run()
    talks = next(one for one in at.selectbox(key="later_lever").options if "Talks with Korea" in one)
    at.selectbox(key="later_lever").select(talks).run()
    at.selectbox(key="later_at_2026-01").select("2027-05").run()
    at.slider(key="later_value_dialogue").set_value(0.9).run()
    next(button for button in at.button if button.label == "Move it then").click().run()
    assert "changing “Talks with Korea”" in headline(at)
    assert "- From May 2027 on, “Talks with Korea” is set to 0.9." in [row.value for row in at.markdown]
    assert any("s~dialogue~2027-05~0.9" in row.value for row in at.code)
    next(button for button in at.button if button.label.startswith("Take back")).click().run()
    assert "Nothing yet: everything stands as in the baseline." in [row.value for row in at.markdown]


def test_a_number_of_the_evidence_is_held_and_let_go() -> None:
    at = opened(place="POL")
    at.session_state["assumptions"] = True
    at.run()
    at.text_input(key="assumption_text").set_value("Poland battle tank requirement").run()
    assert "Poland, Main battle tanks: requirement" in at.selectbox(key="assumption").options[0]
    key = "hold_POL.main_battle_tank.requirement"
    at.number_input(key=key).set_value(1200.0).run()
    next(button for button in at.button if button.label == "Hold it at this value").click().run()
    assert "changing “Poland, Main battle tanks\\: requirement”" in headline(at)
    told = "\n".join(row.value for row in at.markdown)
    assert "requirement is held at 1,200 tanks" in told
    assert any("f~POL.main_battle_tank.requirement~1200" in row.value for row in at.code)
    line = next(row.value for row in at.code if row.value.startswith("sim compare"))
    assert "--fact POL.main_battle_tank.requirement=1200" in line
    next(button for button in at.button if button.label.startswith("Take back")).click().run()
    assert "Nothing yet: everything stands as in the baseline." in [row.value for row in at.markdown]


def test_a_search_without_a_number_says_so() -> None:
    at = opened()
    at.session_state["assumptions"] = True
    at.run()
    assert any("Type words that its name holds" in row.value for row in at.caption)
    at.text_input(key="assumption_text").set_value("nothing of the kind").run()
    assert any("No number holds all these words" in row.value for row in at.caption)


def test_changes_stay_when_the_question_changes() -> None:
    at = opened()
    at.slider(key="lever_spending_delivery").set_value(1.0).run()
    at.selectbox(key="scenario").select("us_pause").run()
    assert at.slider(key="lever_spending_delivery").value == 1.0
    assert "with your 1 change" in headline(at)


def test_a_link_opens_the_same_page() -> None:
    at = opened(scenario="1~no_korea~l~dialogue~0.8~h~2035", place="NOR")
    assert at.slider(key="lever_dialogue").value == 0.8
    assert at.selectbox(key="scenario").value == "no_korea"
    assert at.selectbox(key="until").value == 2035
    assert at.selectbox(key="place").value == "NOR"


def test_a_bad_link_gives_a_sentence_and_the_baseline() -> None:
    at = opened(scenario="no_corea", place="POL")
    assert len(at.warning) == 1
    assert "no_korea" in at.warning[0].value
    assert at.selectbox(key="scenario").value == "baseline"
    assert "Poland" in headline(at)


def test_every_lever_stands_with_range_and_source() -> None:
    at = opened()
    assert {row.key for row in at.slider} >= {"lever_dialogue", "lever_mro_hubs", "lever_joint_share"}
    text = "\n".join(row.value for row in at.markdown)
    assert "In the baseline 70 %; range 0 % to 140 %." in text
    assert "What it costs:" in text
    assert "Grade of the evidence: D, judgement." in text


def test_a_group_of_many_levers_shows_the_rest_on_request() -> None:
    at = opened(scenario="1~baseline~l~standards~0.5")
    keys = {row.key for row in at.slider}
    assert "lever_dialogue" in keys
    assert "lever_standards" not in keys
    assert "1 of them changed" in [row.value for row in at.caption]


def test_the_levers_of_a_state_follow_the_chosen_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(panel, "GROUPS", ("buyer",))
    monkeypatch.setattr(panel, "OPEN", ("buyer",))
    at = opened(place="POL", scenario="1~baseline~l~agreement.ROU~0.1")
    assert {row.key for row in at.slider} == {
        "lever_agreement.POL",
        *(f"lever_doctrine.POL.{part}" for part in ("speed", "cost", "reliance")),
    }
    assert "Changed too: Romania" in [row.value for row in at.caption]
    at.selectbox(key="place").select("NOR").run()
    assert at.slider(key="lever_agreement.NOR").value == 0.7
    at.slider(key="lever_agreement.NOR").set_value(1.0).run()
    assert "“Norway\\: Agreement with Korea” is set to 100 % instead of 70 %." in "\n".join(
        row.value for row in at.markdown
    )
    at.selectbox(key="panel_state").select("ROU").run()
    assert at.slider(key="lever_agreement.ROU").value == 0.1


def test_an_earlier_start_is_compared_with_its_own_eve() -> None:
    at = opened(place="POL")
    at.slider(key="lever_dialogue").set_value(0.8).run()
    at.selectbox(key="scenario").select("february_2022").run()
    assert at.selectbox(key="until").value == 2026
    assert at.slider(key="lever_dialogue").value == 0.1, "the panel shows the levers of that time"
    assert "“February 2022”" in headline(at)
    assert "Its baseline is the eve of the war" in at.info[0].value
    assert "From March 2022 on, “Felt threat” is set to" in "\n".join(row.value for row in at.markdown)
    assert "sim compare eve_2022.toml february_2022 --buyer POL" in [row.value for row in at.code]
    charts = [chart.proto.alt for chart in at.get("vega_lite_chart")]
    assert all("2026 " not in text for text in charts)
    assert any("in 2022" in text and "in 2032" in text for text in charts)
    next(button for button in at.button if button.label == "Baseline").click().run()
    assert at.selectbox(key="scenario").value == "eve_2022"
    assert "baseline" in headline(at)
    assert "sim run eve_2022.toml --buyer POL" in [row.value for row in at.code]
    at.selectbox(key="scenario").select("baseline").run()
    assert at.selectbox(key="until").value == 2030
    assert not at.info


def test_every_measure_of_a_place_stands_in_one_table() -> None:
    at = opened(place="POL", scenario="no_korea")
    at.session_state["all_measures"] = True
    at.run()
    table = next(one.value for one in at.table if "Measure" in one.value.columns)
    assert len(table) == len(MEASURES)
    assert {"Nine tenths usable", "Months without the largest supporter"} <= set(table["Measure"])
    assert any(": " in text for text in table.iloc[:, 3].str.replace("\\", ""))


def test_a_page_whose_reader_moved_on_says_nothing_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "moved_on", lambda: lambda: True)
    engine._quick.clear()
    at = opened(scenario="no_korea")
    assert not at.exception
    assert not at.error


def test_what_the_model_cannot_say_stands_on_the_page() -> None:
    at = opened()
    assert "What this model cannot say" in [row.value for row in at.header]
    assert "who could withhold" in "\n".join(row.value for row in at.markdown)


def test_a_place_without_figures_says_so_and_leads_on() -> None:
    at = opened(place="ISL")
    assert "there is no figure for Iceland" in headline(at)
    next(button for button in at.button if button.label == "Look at Europe and Canada").click().run()
    assert at.selectbox(key="place").value == "europe_canada"
    assert "no figure" not in headline(at)


def test_a_report_is_made_only_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    offered: dict[str, dict[str, Any]] = {}
    monkeypatch.setattr(foot.st, "download_button", lambda label, **given: offered.update({label: given}))
    monkeypatch.setattr("sim.report.pictures.svg", lambda picture: f"<svg><!-- {picture.key} --></svg>")
    at = opened(place="POL", scenario="no_korea")
    given = offered["Download a report (HTML)"]
    assert given["file_name"] == "leadtime-no_korea.html"
    text = given["data"]().decode()
    assert "Leadtime report: No new Korean orders</h1>" in text
    assert headline(at).replace("\\", "") in html.unescape(text)
    assert "sim report baseline no_korea --buyer POL --replications 12" in text


def test_the_numbers_behind_a_place_lead_to_the_evidence() -> None:
    at = opened(place="POL")
    assert not [row for row in at.get("page_link") if "gross domestic product" in row.proto.label]
    at.session_state["rests_on"] = True
    at.run()
    labels = [row.proto.label.replace("\\", "") for row in at.get("page_link")]
    assert any(label.startswith("Poland: gross domestic product: $") for label in labels)
    assert any(label.startswith("Poland, Main battle tanks: requirement: 1,100 tanks") for label in labels)
    assert all(label[-1] in "ABCD" for label in labels if "grade" in label)


def infos(at: AppTest) -> str:
    return "\n".join(row.value.replace("\\", "") for row in at.info)


def test_a_link_of_another_version_says_so_and_lists_what_changed_results_since() -> None:
    at = opened(scenario="no_korea", model="2026.11.3")
    assert f"made with model version 2026.11.3; this is version {MODEL_VERSION}" in infos(at)
    assert at.query_params["model"] == "2026.11.3"  # the address that was opened stays true
    box = next(row for row in at.expander if "since then" in row.label)
    assert box.label == f"{len(since('2026.11.3'))} changes of results since then"
    at.session_state["versions"] = True
    at.run()
    listed = next(row.value for row in at.markdown if "**2026.11.4:**" in row.value)
    assert "the engine is rewritten" in listed
    assert "2026.11.3" not in listed
    at.selectbox(key="place").select("POL").run()
    assert "2026.11.3" in infos(at)
    at.slider(key="lever_dialogue").set_value(0.8).run()
    assert "2026.11.3" not in infos(at)
    assert at.query_params["model"] == MODEL_VERSION


def test_a_link_of_this_version_or_of_none_says_nothing_and_stays() -> None:
    for query in ({}, {"model": MODEL_VERSION}):
        at = opened(scenario="no_korea", **query)
        assert not at.info
        assert not at.warning
        assert dict(at.query_params) == {"scenario": "no_korea"} | query


def test_a_malformed_version_is_refused_in_a_sentence_that_stays() -> None:
    at = opened(scenario="no_korea", model="<b>")
    assert "is not of the form" in at.warning[0].value
    assert at.selectbox(key="scenario").value == "no_korea"
    at.run()
    assert len(at.warning) == 1


def test_what_is_wrong_with_a_link_stays_when_the_page_draws_itself_again() -> None:
    at = opened(scenario="no_corea")
    assert "scenario" not in at.query_params
    at.run()
    assert "no_korea" in at.warning[0].value


def test_a_link_without_the_shocks_of_the_baseline_is_not_called_the_baseline() -> None:
    at = run(app(scenario="1~baseline~n~s~korean_supply~2028-01~0", place="USA"))
    assert any("“Baseline, with changes”" in row.value for row in at.header)
    assert any("for the United States" in row.value for row in at.header)
    assert any("of March 2026 does not strike" in row.value for row in at.markdown)


def test_a_change_that_moves_no_dial_says_why_as_far_as_the_books_show_it() -> None:
    at = opened(scenario="us_pause", place="NOR")
    at.run()  # all runs are there
    said = [row.value.replace("\\", "") for row in at.markdown]
    why = next(text for text in said if "US deliveries released” touches" in text)
    assert "For Norway, deliveries differ most in" in why
    assert "from January 2027 to December 2027: in the baseline, there are such goods for Norway in" in why
    other = opened(scenario="no_korea", place="POL")
    other.run()
    assert not any("” touches" in row.value for row in other.markdown), "its dials move"


def test_the_baseline_shows_no_empty_columns_of_a_comparison() -> None:
    columns = [list(one.value.columns) for one in opened().dataframe]
    assert columns
    assert all(len(one) == 2 for one in columns)
    compared = [list(one.value.columns) for one in opened(scenario="no_korea").dataframe]
    assert all("90 % of runs: from (days)" in one or "90 % of runs: from (%)" in one for one in compared)


def test_the_first_screen_says_that_it_is_a_simulation() -> None:
    at = opened()
    assert "**simulation** (illustrative numbers, from public sources)" in at.markdown[0].value
