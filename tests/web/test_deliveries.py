"""The section on deliveries of the Compare page: made only when opened, for the category and years asked."""

import pytest
from streamlit.testing.v1 import AppTest

from sim.web import engine
from tests.web.pages import app, run

CLOSED = 8 + 2  # charts of the page before the section is opened


@pytest.fixture(autouse=True)
def few_replications(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "REPLICATIONS", 12)


def opened(**query: str) -> AppTest:
    at = app(**query)
    at.session_state["deliveries"] = True
    return run(at)


def charts(at: AppTest) -> list[str]:
    return [chart.proto.alt for chart in at.get("vega_lite_chart")][-2:]


def test_nothing_is_made_before_the_section_is_opened() -> None:
    at = run(app())
    assert "Deliveries" in [row.value for row in at.header]
    assert len(at.get("vega_lite_chart")) == CLOSED
    assert "delivery_category" not in [row.key for row in at.selectbox]


def test_map_and_bars_follow_place_category_and_years() -> None:
    at = opened(place="POL")
    assert len(at.get("vega_lite_chart")) == CLOSED + 2
    where, when = charts(at)
    assert "Republic of Korea to Poland" in where
    assert "K9 howitzer (Changwon): 152 guns, signed in December 2023" in when
    assert at.slider(key="delivery_years_2026_2030").value == (2026, 2029)
    at.selectbox(key="delivery_category").select("main_battle_tank").run()
    where, when = charts(at)
    assert "K2 tank (Changwon): 116 tanks, signed in August 2025" in when
    assert "howitzer" not in when
    at.slider(key="delivery_years_2026_2030").set_range(2026, 2026).run()
    assert any(row.value.startswith("In 2026, goods worth") for row in at.markdown)
    assert charts(at)[0] != where


def test_the_tables_set_the_scenario_beside_the_baseline() -> None:
    at = app(place="POL", scenario="no_korea")
    for key in ("deliveries", "table_delivery_map", "table_delivery_dates"):
        at.session_state[key] = True
    run(at)
    flows, dates = (table.value for table in at.dataframe[-2:])
    korean = flows[flows["From"] == "Republic of Korea"]
    assert (korean["Difference ($ m)"] < 0).all()
    assert set(korean["Reading"]) <= {"less on average", "no clear difference"}
    gone = dates[(dates["Line"] == "K2PL tank (Gliwice)") & (dates["Contract"] == "signed in the model")]
    assert gone["In runs"].tolist() == ["0 %"]
    sure = dates[dates["Contract"] == "in the books"]
    assert set(sure["In runs"]) == {"100 %"}


def test_a_state_that_buys_nothing_gets_a_sentence() -> None:
    at = opened(place="ISL")
    assert "Nothing is on order here, and nothing is signed." in [row.value for row in at.markdown]
    assert len(at.get("vega_lite_chart")) == CLOSED + 1
    assert charts(at)[-1] == "Nothing is delivered."


def test_an_earlier_start_has_its_own_years() -> None:
    at = opened(place="POL", scenario="february_2022")
    assert at.slider(key="delivery_years_2022_2026").value == (2022, 2025)
    assert "Poland" in charts(at)[0]
