"""Which assumption matters, in words: sentences, tables and charts have the figures of the record."""

import re
from copy import deepcopy

import altair
import pytest

from sim.evidence.seeds import load_seeds
from sim.report import analyse_sensitivity as words
from sim.report import charts
from sim.report.factor_words import FactorWords, change
from tests.report.made_up_sensitivity import TANKS, part, sensitivity
from tests.report.said import ends, said

FOUND, NAMES = sensitivity(), FactorWords(load_seeds())
GAP, COST = FOUND["outcomes"]


def effect(name, outcome=GAP):
    return next(one["effects"][outcome] for one in FOUND["moves"] if one["id"] == name)


def test_the_headline_names_the_largest_with_both_ends_and_what_comes_next():
    assert words.headline(FOUND, NAMES) == (
        "In this model “Gap-years, delivered, Poland” hangs most on “Production line: build months, 2 "
        "numbers together”: at the lowest of its range 3.6 months less (90 % interval: −4.8 to −2.4 months), "
        "at the highest 6.0 months more (90 % interval: 5.4 to 6.6 months), against 0.80 years as it is. "
        "Next: “Poland, Main battle tanks: requirement”."
    )


def test_every_figure_of_the_headline_is_that_of_the_record():
    sentence = words.headline(FOUND, NAMES, COST)
    for end, sign in (("lowest of its range", "low"), ("highest", "high")):
        found = re.search(rf"at the {end} (\S+ \S+) (less|more) \(90 % interval: ([^)]+)\)", sentence)
        size, direction, interval = found.groups()
        true = effect(TANKS, COST)[sign]
        assert said(size, "musd").holds(abs(true["mean"]))
        assert (direction == "more") == (true["mean"] > 0)
        low, high = ends(interval, "musd")
        assert low.holds(true["low"])
        assert high.holds(true["high"])
    assert "Next" not in sentence  # no other one is clear


def test_where_nothing_is_clear_that_is_said():
    shaky = deepcopy(FOUND)
    for one in shaky["moves"]:
        one["effects"][GAP]["clear"] = False
    assert words.headline(shaky, NAMES) == (
        "In this model nothing that was moved changes “Gap-years, delivered, Poland” by more than chance: 3 "
        "were moved."
    )
    assert "20 paired runs each: 0 clearly change this outcome" in words.caution(shaky)


def test_the_caution_speaks_of_groups_only_where_there_are_some():
    assert "3 numbers and groups moved" in words.caution(FOUND)
    assert "2 clearly change this outcome" in words.caution(FOUND)
    assert "shared one error" in words.caution(FOUND)
    alone = {**FOUND, "moves": FOUND["moves"][:1]}
    assert "1 number or group moved" in words.caution(alone)
    assert "shared one error" not in words.caution(alone)


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (part(0.0, 0.0, 0.0), "no change"),
        (part(0.0001, -0.0002, 0.0002), "practically no change"),
        (part(None, None, None), "no figure"),
        (part(-0.5, None, None), "6.0 months less"),
    ],
)
def test_small_changes_are_said_to_be_nothing(given, text):
    assert change("years", given, 1.0) == text


def test_the_table_is_sorted_by_size_and_has_range_and_grade():
    table = words.tornado_table(FOUND, NAMES, GAP)
    assert list(table["Grade"]) == ["C, D", "C, inferred", "D, judgement"]
    assert list(table["Range"])[:2] == ["each over its own", "950 to 1,366 tanks"]
    assert table["At the highest (90 %)"][0] == "6.0 months more (5.4 to 6.6 months)"
    assert len(words.tornado_table(FOUND, NAMES, GAP, most=1)) == 1
    assert [one["id"] for one in words.tornado_rows(FOUND, COST)] == [TANKS, "choice.us_tie"]  # 0 is left out


def test_the_tornado_draws_two_bars_a_factor_in_the_unit_of_its_axis():
    data = words.tornado_data(FOUND, NAMES, COST)
    assert list(data.iloc[0]) == [
        "Poland, Main battle tanks: requirement", "At the lowest", -3.0, -4.0, -2.0
    ]  # fmt: skip
    assert len(data) == 4
    spec = words.tornado(data, COST, charts.LIGHT)
    assert spec["layer"][0]["encoding"]["x"]["title"] == "Change, $ bn"
    altair.Chart.from_dict({**spec, "data": {"values": data.to_dict("records")}}).to_dict()
    assert "build months, 2 numbers together: 3.6 months less" in words.tornado_alt(FOUND, NAMES, GAP)


def test_shares_of_variance_are_those_of_the_record():
    assert words.sobol_headline(FOUND, NAMES) == (
        "Moved all at once, “Production line: build months, 2 numbers together” explains most of what varies "
        "in “Gap-years, delivered, Poland”: 62 % (50 % to 74 %) alone and 70 % (60 % to 80 %) together with "
        "the others. Of the variance of the means, 12 % is chance and is taken out; of that of single runs, "
        "these 2 factors explain 83 %."
    )
    assert words.sobol_headline(FOUND, NAMES, COST) == (
        "Moved all at once, these 2 factors do not change “Cost” by more than chance at 128 points with 4 "
        "runs each."
    )
    table = words.sobol_table(FOUND, NAMES, GAP)
    assert table["With the others (90 %)"][1] == "31 % (20 % to 42 %)"
    assert list(words.sobol_table(FOUND, NAMES, COST)["Alone (90 %)"]) == ["–", "–"]
    data = words.sobol_data(FOUND, NAMES, GAP)
    assert list(data.iloc[1])[1:] == pytest.approx([20.0, 31.0, 20.0, 42.0])
    assert words.sobol_data(FOUND, NAMES, COST).empty
    spec = words.sobol_chart(data, charts.DARK)
    altair.Chart.from_dict({**spec, "data": {"values": data.to_dict("records")}}).to_dict()
    assert "70 % (60 % to 80 %)" in words.sobol_alt(FOUND, NAMES, GAP)


def test_research_is_listed_by_influence_and_grade():
    table = words.research_table(FOUND, NAMES)
    assert list(table["Influence"]) == ["2.00", "0.71"]
    assert list(table["Priority"]) == ["7.00", "2.13"]
    sentence = words.research_words(FOUND, NAMES)
    assert sentence.startswith(
        "Most worth researching next: “Production line: build months, 2 numbers together” (influence 2.00, "
        "grade C, D)."
    )
    assert "no number stands out" in words.research_words({**FOUND, "research": []}, NAMES)


def test_a_lever_has_its_label_and_no_grade():
    lever = {"id": "threat", "kind": "lever", "members": ["threat"], "unit": "index", "grades": "D",
             "low": 0.3, "middle": 1.0, "high": 2.0, "effects": {GAP: effect(TANKS)}}  # fmt: skip
    table = words.tornado_table({**FOUND, "moves": [lever]}, NAMES, GAP)
    assert list(table.iloc[0])[:3] == ["Felt threat", "0.3 to 2", "setting"]


def test_the_two_dates_of_an_order_are_named_together():
    dates = [name for name in NAMES.seeds.named if name.endswith(("first_due", "last_due"))][:2]
    order = {"id": dates[0], "kind": "fact", "members": dates}
    assert NAMES.factor(order).endswith(": first due and last due")
