"""The guided tour: offered once, five steps, each with one thing to do that the page then shows."""

import pytest
from streamlit.testing.v1 import AppTest

from sim.web import engine, why_run
from tests.web.pages import app, run

OFFER = "New here? Five steps, two minutes."


@pytest.fixture(autouse=True)
def few_replications(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "REPLICATIONS", 12)
    monkeypatch.setattr(why_run, "REPLICATIONS", 3)


def press(at: AppTest, label: str) -> AppTest:
    next(button for button in at.button if button.label == label).click()
    return run(at)


def told(at: AppTest) -> str:
    return "\n".join(row.value for row in at.markdown).replace("\\", "")


def test_the_tour_is_offered_and_walked_to_its_end() -> None:
    at = run(app())
    assert OFFER in told(at)
    press(at, "Take the tour")
    assert OFFER not in told(at)
    assert "Step 1 of 5" in told(at)
    assert all(metric.value in told(at) for metric in at.metric)
    assert at.query_params["tour"] == "1"
    press(at, "Next")
    assert "“US deliveries released” stands at 100 %." in told(at)
    press(at, "Set it to 50 %")
    assert "“US deliveries released” now stands at 50 %. Speed for Europe and Canada:" in told(at)
    assert "tour" in at.query_params
    assert "l~us_delivery_release~0.5" in at.query_params["scenario"]
    press(at, "Next")
    press(at, "Look at Norway")
    assert at.selectbox(key="place").value == "NOR"
    assert "Speed for Norway:" in told(at)
    press(at, "Next")
    press(at, "Next")
    assert "evidence of grade D" in told(at)
    press(at, "Finish the tour")
    assert "Step" not in told(at)
    assert OFFER not in told(at)
    assert "tour" not in at.query_params


def test_what_the_tour_does_can_be_undone() -> None:
    at = run(app(tour="2"))
    press(at, "Set it to 50 %")
    press(at, "Undo")
    assert "stands at 100 %." in told(at)
    press(at, "Set it to 50 %")
    press(at, "Set it back")
    assert "Nothing yet: everything stands as in the baseline." in told(at)
    press(at, "Back")
    assert "Step 1 of 5" in told(at)


def test_who_goes_on_without_pulling_the_lever_is_told_and_can_still_do_it() -> None:
    at = run(app(tour="2"))
    press(at, "Next, without moving it")
    assert "Nothing is moved yet, so this is the baseline." in told(at)
    press(at, "Set “US deliveries released” to 50 %")
    assert "l~us_delivery_release~0.5" in at.query_params["scenario"]
    assert "Nothing is moved yet" not in told(at)
    press(at, "Back")
    assert "Next" in [button.label for button in at.button]


@pytest.mark.parametrize("step", ["0", "6", "-1", "two", ""])
def test_an_unknown_step_in_the_address_is_no_step(step: str) -> None:
    at = run(app(tour=step, place="POL"))
    assert "Step" not in told(at)
    assert "tour" not in at.query_params
    assert at.selectbox(key="place").value == "POL"


def test_a_link_opens_a_step_beside_a_scenario() -> None:
    at = run(app(tour="3", scenario="no_korea", place="NOR"))
    assert "Speed for Norway:" in told(at)
    assert dict(at.query_params) == {"scenario": "no_korea", "place": "NOR", "tour": "3"}


def test_the_tour_leads_to_why_and_back_with_the_choice() -> None:
    at = run(app(tour="4", place="NOR", scenario="1~baseline~l~us_delivery_release~0.5"))
    at.switch_page("sim/web/pages/why.py")
    run(at)
    assert "Step 4 of 5" in told(at)
    assert at.selectbox(key="why_buyer").value == "NOR"
    at.session_state["tour"] = 5
    at.switch_page("sim/web/pages/evidence.py")
    run(at)
    assert "Step 5 of 5" in told(at)


def test_other_pages_say_nothing_of_the_tour_outside_of_it() -> None:
    at = run(app())
    at.switch_page("sim/web/pages/evidence.py")
    run(at)
    assert "Step" not in told(at)
