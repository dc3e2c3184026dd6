"""By category on the Compare page, without a browser: closed it costs nothing, open it follows the place."""

from streamlit.testing.v1 import AppTest

from sim.web import accounts
from tests.web.pages import app, run


def opened(**query: str) -> AppTest:
    at = app(**query)
    at.session_state["by_category"] = True
    return run(at)


def texts(at: AppTest) -> str:
    """What stands on the page, without the signs that keep Markdown away."""
    return "\n".join(row.value for row in (*at.markdown, *at.caption)).replace("\\", "")


def test_nothing_is_computed_while_it_is_closed(monkeypatch) -> None:
    def never(*_given: object) -> None:
        raise AssertionError("computed although it is closed")

    monkeypatch.setattr(accounts, "of_pair", never)
    assert "Each chart has its own unit" not in texts(run(app()))


def test_a_chart_for_each_category_and_a_sentence() -> None:
    before = len(run(app(scenario="no_korea", place="POL")).get("vega_lite_chart"))
    at = opened(scenario="no_korea", place="POL")
    assert len(at.get("vega_lite_chart")) == before + 8
    assert "for Poland" in texts(at)
    assert "“No new Korean orders”" in texts(at)
    assert "**Main battle tanks, missing (tanks)**" in texts(at)
    alts = [chart.proto.alt for chart in at.get("vega_lite_chart")]
    assert any(alt.startswith("Submarines, missing (boats). Baseline") for alt in alts)
    at.segmented_control(key="category_view").set_value("availability").run()
    assert "Share of the stock that is ready." in texts(at)


def test_categories_without_need_are_left_out_in_words() -> None:
    at = opened(place="LVA")
    assert "Left out, as Latvia has no need there in this model:" in texts(at)
    assert "Submarines" in texts(at)
    assert "In this model’s baseline, the largest part of what Latvia requires" in texts(at)


def test_a_state_that_needs_nothing_gets_a_sentence() -> None:
    assert "In this model Albania needs nothing in any category." in texts(opened(place="ALB"))
