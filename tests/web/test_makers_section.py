"""Who supplies on the Compare page, without a browser: definitions, years, published figures, tables."""

from streamlit.testing.v1 import AppTest

from sim.estimation.shares import DEFINITIONS, FLEET, IMPORTS
from tests.web.pages import app, run


def opened(**query: str) -> AppTest:
    at = app(**query)
    at.session_state["who_supplies"] = True
    return run(at)


def texts(at: AppTest) -> str:
    return "\n".join(row.value for row in (*at.markdown, *at.caption))


def alt(at: AppTest) -> str:
    return next(
        chart.proto.alt
        for chart in at.get("vega_lite_chart")
        if chart.proto.alt.startswith("Shares of makers")
    )


def links(at: AppTest) -> list[str]:
    return [link.proto.label for link in at.get("page_link") if "share" in link.proto.label]


def test_each_way_of_counting_says_what_it_counts_and_what_was_published() -> None:
    at = opened()
    assert "In this model’s baseline, 2026 to 2030," in texts(at)
    assert "International Institute for Strategic Studies" in texts(at)
    assert "Published, 2022–2024" in alt(at)
    assert any("US share of contracts" in label for label in links(at))
    at.segmented_control(key="count_by").set_value(IMPORTS).run()
    assert "Stockholm International Peace Research Institute" in texts(at)
    assert any("US share of deliveries" in label for label in links(at))
    at.segmented_control(key="count_by").set_value(FLEET).run()
    assert "no published figure that is counted in this way" in texts(at)
    assert links(at) == []
    assert not at.exception


def test_a_scenario_stands_beside_the_baseline_in_the_years_chosen() -> None:
    at = opened(scenario="no_korea")
    assert "Korean makers, This scenario: 0 % (0 % to 0 %)" in alt(at)
    assert "In this scenario of the model, 2026 to 2030," in texts(at)
    at.segmented_control(key="count_years_2026-01").set_value("2031 to 2035").run()
    assert "2031 to 2035" in alt(at)


def test_tables_are_made_on_request() -> None:
    at = opened(scenario="no_korea")
    at.session_state["makers_table"] = at.session_state["makers_all"] = True
    run(at)
    numbers, every = (row.value for row in at.dataframe if "Makers" in row.value.columns)
    assert list(numbers.columns)[:3] == ["Makers", "Baseline", "This scenario"]
    assert len(every.columns) == 1 + len(DEFINITIONS)


def test_an_earlier_start_offers_the_published_years() -> None:
    at = opened(scenario="february_2022")
    options = at.segmented_control(key="count_years_2022-02").options
    assert options[:2] == ["2022 to 2024", "2022 to 2025"]
    assert "2022 to 2024" in alt(at)
