"""The sentence of a comparison over futures says the figures of its record, and small differences as none."""

from dataclasses import replace

import numpy as np
import pytest

from sim.evidence.seeds import load_seeds
from sim.experiment.analyse.adaptive import adaptive, fixed, parse
from sim.experiment.analyse.conditions import condition
from sim.experiment.analyse.futures import dimensions, futures
from sim.experiment.analyse.robustness import Robustness
from sim.experiment.points import Outcome, Work
from sim.policy.scenario import load_scenario
from sim.report import analyse_robustness as shown
from sim.report.charts import DARK, LIGHT
from tests.report.said import said

NAMES = {"POL": "Poland"}
MEASURED = (Outcome("gap_years", "POL"), Outcome("cost_pv"))


def made_up(
    gap: tuple[float, ...] = (1.0, 1.5, 0.8), cost: tuple[float, ...] = (1e5, 1.2e5, 1.1e5)
) -> Robustness:
    """Three plans of constant outcomes, a little noise on the second, over sixteen futures."""
    base, ramp = load_scenario("baseline"), load_scenario("european_ramp_up")
    _, trigger, _ = parse("baseline if gap_years.POL > 0.2 by 2028 then european_ramp_up", load_seeds())
    plans = (fixed(base), fixed(ramp), adaptive(base, trigger, ramp))
    values = np.empty((3, 17, 4, 2))
    values[..., 0] = np.array(gap)[:, None, None]
    values[..., 1] = np.array(cost)[:, None, None]
    values[1, 3, :, 0] += [0.1, 0.2, 0.3, 0.4]
    turned = np.zeros((3, 17))
    turned[2, 1:5] = 1.0
    found = futures(dimensions(("threat", "prices")), 16)
    return Robustness(plans, found, MEASURED, (), MEASURED, values, turned, Work(replications=4))


def test_the_headline_names_the_least_worst_with_its_figures():
    found = made_up()
    text = shown.headline(found, NAMES)
    record = found.record()["measures"]
    assert record["gap_years.POL"]["least_worst"] == "baseline_then_european_ramp_up"
    assert (
        "“Baseline → Europe builds ahead” in “Gap-years, delivered” of Poland (never behind the best" in text
    )
    assert "“Baseline” in “Cost” of Europe and Canada (never behind the best plan)" in text
    assert text.startswith("In this model, over 16 futures, the least worst regret is that of")


def test_a_worst_regret_is_said_with_its_interval():
    found = made_up()
    worst = found.record()["measures"]["gap_years.POL"]["plans"]["european_ramp_up"]["worst_regret"]
    assert worst["mean"] == pytest.approx(1.5 + 0.25 - 0.8)
    assert worst["future"] == 3
    text = shown.regret_said(found, 0, found.regrets(0)[1])
    size, interval = text.removeprefix("at most ").split(" behind the best plan, 90 % interval ")
    assert said(size, "years").holds(worst["mean"])
    low, high = interval.split(" to ")
    assert said(low, "years", "years" if "year" in high else "months").holds(worst["low"])
    assert said(high, "years").holds(worst["high"])


def test_differences_under_two_per_cent_are_said_to_be_none():
    text = shown.headline(made_up((1.0, 1.001, 1.002), (1e5, 1.001e5, 1e5)), NAMES)
    assert text.endswith("; in “Cost” of Europe and Canada the plans differ practically nowhere.")
    still = replace(made_up((1.0, 1.0, 1.0)), measured=MEASURED[:1])
    still.values[1, 3, :, 0] = 1.0
    assert "differ practically nowhere over 16 futures" in shown.headline(still, NAMES)


def test_what_follows_says_marks_and_turns():
    first, turns, *_ = shown.sentences(made_up(), NAMES)
    assert "at least as good as “Baseline” is as things are" in first
    assert "turns in January 2028 where “Gap-years, delivered” of Poland is above 0.20 years" in turns
    assert "in 25 % of all runs in the futures, and in 0 % as things are" in turns
    marked = replace(made_up(), marks=(condition("gap_years.POL < 0.9", load_seeds()),))
    said_of_marks = shown.sentences(marked, NAMES)[0]
    kept = marked.record()["measures"]["gap_years.POL"]["plans"]
    assert kept["baseline_then_european_ramp_up"]["keeps"]["share"] == 1.0
    assert "“Baseline” in 0 %" in said_of_marks
    assert "“Baseline → Europe builds ahead” in 100 %" in said_of_marks


def test_tables_and_bars_hold_every_plan():
    found = made_up()
    table = shown.regret_table(found, 0)
    assert list(table.iloc[:, 0]) == [plan.title for plan in found.plans]
    assert list(table["Best in"]) == ["0 %", "0 %", "100 %"]
    assert list(table["Worst regret (90 %)"])[2] == "none"
    assert shown.regret_rows(found, 1)["worst"].tolist() == pytest.approx([0.0, 2e4, 1e4])
    assert len(shown.worst_table(found, 0)) == 2
    assert shown.worst_table(found, 0).iloc[1, 2].endswith("times the estimate")
    for colours in (LIGHT, DARK):
        assert shown.regret_chart("years", colours)["layer"][0]["mark"]["color"] == colours.scenario
    assert "“Baseline” at most" in shown.regret_alt(found, 0, NAMES)
