"""The sentence of a front says the figures of its record; small differences are said to be none."""

from dataclasses import replace

import numpy as np
import pytest

from sim.experiment.analyse import pareto
from sim.experiment.analyse.tradeoff import Tradeoff
from sim.experiment.points import Outcome, Work
from sim.policy.scenario import load_scenario
from sim.report import analyse_tradeoff as shown
from sim.report.charts import DARK, LIGHT
from tests.report.said import said

GOALS = (Outcome("gap_years"), Outcome("cost_pv"), Outcome("worst_authority_share"))


def made_up(practically: bool = False) -> Tradeoff:
    """A plan that point 2 beats, with points that are faster, cheaper or less reliant."""
    plan = load_scenario("baseline")
    levers = tuple(one for one in plan.catalogue if one.id in ("dialogue", "joint_share"))
    points = np.array([[0.35, 0.3], [0.9, 0.3], [0.35, 0.9], [0.1, 0.1], [0.5, 0.5]])
    means = np.array(
        [[1.0, 5e5, 0.40], [0.7, 6e5, 0.38], [0.9, 4.8e5, 0.36], [1.5, 4e5, 0.36], [1.2, 5.5e5, 0.45]]
    )
    noise = np.array([0.99, 1.0, 1.01, 1.0])[None, :, None]
    values = means[:, None, :] * noise
    of = pareto.front(means)
    near = np.array([practically, False, False, False, True])
    return Tradeoff(plan, levers, 20, GOALS, points, values, of, near, (1, 2, 3), 2, Work(replications=4))


def test_the_headline_says_the_figures_of_the_record():
    found = made_up()
    record, text = found.record(), shown.headline(found, {})
    assert text.startswith("In this model, 3 of 5 combinations of 2 levers are beaten by no other in ")
    assert (
        "“Gap-years, delivered”, “Cost” and “Largest foreign hold on the fleet” of Europe and Canada" in text
    )
    point = record["front"][1]
    assert point["best_balanced"]
    assert "the most balanced of them, point 2, differs from “Baseline” by " in text
    changes = [shown.change_said(found, 2, goal, {}) for goal in range(3)]
    assert all(change in text for change in changes)
    size, interval = changes[1].split(" less in “Cost” (90 % interval ")
    difference = point["measures"]["cost_pv"]["difference"]
    assert said(size, "musd").holds(-difference["mean"])
    low, high = interval.removesuffix(")").split(" to ")
    assert said(low.replace("−", ""), "musd").holds(-difference["low"])
    assert said(high.replace("−", ""), "musd").holds(-difference["high"])
    assert changes[2].startswith("4.0 percentage points less in “Largest foreign hold on the fleet”")


def test_a_difference_whose_interval_holds_zero_is_practically_nothing():
    found = made_up()
    found.values[2, :, 0] = found.values[0, :, 0] + [0.1, -0.1, 0.1, -0.1]
    assert shown.change_said(found, 2, 0, {}).startswith("practically nothing in “Gap-years, delivered”")


def test_where_the_plan_stands_is_said():
    text = " ".join(shown.sentences(made_up(), {}))
    assert "“Baseline” as it is is beaten by 1 combination of the front" in text
    assert "1 further combination is practically as good" in text
    assert "Moved are the 2 of 20 levers" in text
    assert "In “Cost” the front goes from $400 bn to $600 bn." in text
    assert "so near to the front" in " ".join(shown.sentences(made_up(practically=True), {}))
    on = replace(made_up(), on_front=np.array([True, True, True, True, False]))
    assert "no combination tried beats it" in " ".join(shown.sentences(on, {}))


def test_goals_of_different_places_are_named_with_them():
    found = replace(made_up(), goals=(Outcome("gap_years", "POL"), *GOALS[1:]))
    assert "“Gap-years, delivered” of Poland, “Cost” of Europe and Canada" in shown.headline(
        found, {"POL": "Poland"}
    )


def test_table_and_chart_number_the_points():
    found = made_up()
    table = shown.front_table(found, {})
    assert list(table["Point"]) == ["1", "2 (most balanced)", "3"]
    assert table["Levers"].iloc[0] == "Talks with Korea: 0.9"
    rows = shown.front_rows(found)
    assert rows["number"].tolist() == ["", "1", "2", "3"]
    assert rows["goal1"].tolist() == pytest.approx([5e5, 6e5, 4.8e5, 4e5])
    for colours in (LIGHT, DARK):
        chart = shown.front_chart(found, {}, colours)
        assert chart["layer"][1]["encoding"]["text"]["field"] == "number"
        assert "size" in chart["layer"][0]["encoding"]
    two = replace(found, goals=GOALS[:2])
    assert "size" not in shown.front_chart(two, {}, LIGHT)["layer"][0]["encoding"]
    assert shown.front_alt(found, {}).startswith("3 points of the front, 3 of them numbered.")
