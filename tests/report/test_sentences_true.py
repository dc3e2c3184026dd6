"""What is said on real runs is true: numbers, directions and readings read back from the words themselves.

The truth comes from the arrays of the runs with numpy (tests/report/said.py), not from sim/report.
"""

from functools import cache

import pytest

import sim
from sim.report import beside, findings, tables, words
from sim.report.measures import DIALS, MEASURES
from tests.report.said import Said, Truth, ends, reading, said, truth

RUNS = 12
SCENARIOS = ("no_korea", "us_pause", "fortress_europe")
PLACES = ("europe_canada", "POL", "NOR", "EST", "USA", "LUX")


@cache
def run(name: str) -> sim.Result:
    return sim.run(sim.load_scenario(name), replications=RUNS, random_seed=1)


def truths(scenario: str, place: str) -> dict[str, Truth]:
    column = run("baseline").places.index(place)
    pair = run("baseline"), run(scenario)
    return {
        one: truth(*(result.values[one][:, column] for result in pair), kind=MEASURES[one].kind)
        for one in MEASURES
    }


def rows(scenario: str, place: str, measures: list[str]) -> list[tables.Paired]:
    return tables.dials(run("baseline"), run(scenario), place, measures)


def is_news(true: Truth) -> bool:
    clear = true.direction not in ("none", "same", "tiny", "unclear")
    return clear and abs(true.change) >= 0.02 * abs(true.base)


def check_cell(cell: str, kind: str, better: str, true: Truth) -> None:
    """A cell such as `+5.2 months (3.9 to 6.7 months): worse`."""
    numbers, _colon, word = cell.rpartition(": ")
    assert (word or cell) == reading(true.direction, better)
    if numbers:
        change, _bracket, interval = numbers.rstrip(")").partition(" (")
        size = said(change.lstrip("+−"), kind)
        assert Said(-size.value if change[0] == "−" else size.value, size.slack).holds(true.change), cell
        low, high = ends(interval, kind)
        assert low.holds(true.low), cell
        assert high.holds(true.high), cell


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("place", PLACES)
def test_every_cell_of_the_table_of_measures(scenario: str, place: str) -> None:
    true = truths(scenario, place)
    order = tables.all_measures(run("baseline"))
    table = findings.dial_table(rows(scenario, place, order))
    beside_it = beside.table(run("baseline"), [beside.Side("A", "", run(scenario))], order, place)
    for measure, row, other in zip(order, table.itertuples(), beside_it["A"], strict=True):
        shown, one = MEASURES[measure], true[measure]
        for text, level in ((row.Baseline, one.base), (row.Scenario, one.other)):
            if text not in ("–", "not in ten years"):
                assert said(text, shown.kind).holds(level), (measure, text)
            elif text == "not in ten years":
                assert level >= 10.0
        check_cell(row[4], shown.kind, shown.better, one)
        assert other == row[4], "the same number in two places"


@pytest.mark.parametrize("scenario", SCENARIOS)
@pytest.mark.parametrize("place", PLACES)
def test_dials_and_headline(scenario: str, place: str) -> None:
    true, found = truths(scenario, place), rows(scenario, place, list(DIALS))
    headline = words.headline(found, place, "it")
    said_of = {
        "gap_years": ("keeps gaps open", "closes gaps"),
        "cost_pv": ("more (", "less ("),
        "worst_authority_share": ("raises reliance", "lowers reliance"),
    }
    for row in found:
        one, kind = true[row.measure], MEASURES[row.measure].kind
        up, down = (clause in headline for clause in said_of[row.measure])
        assert (up, down) == (is_news(one) and one.change > 0, is_news(one) and one.change < 0), headline
        if one.direction in ("none", "same", "tiny"):
            assert words.dial_range(row) == ""
            continue
        sentence = findings.sentence(row)
        assert said(sentence, kind).holds(abs(one.change))
        assert ("longer" in sentence or "more than" in sentence) == (one.change > 0)
        interval, share = words.dial_range(row).removeprefix("90 % interval ").split("; ")
        low, high = ends(interval, kind)
        assert low.holds(one.low)
        assert high.holds(one.high)
        agree = one.up if share.startswith("higher") else one.down
        assert said(share, "share").holds(agree), (share, one)
        assert share.startswith("higher") == (one.change >= 0), "the direction of the mean"


def test_the_headline_of_the_baseline() -> None:
    for place in PLACES:
        true = truths("baseline", place)
        text = words.baseline_headline(rows("baseline", place, list(DIALS)), place, 2030)
        parts = text.split("is missing for ")[1], text.split("come to ")[1], text.split("supporting ")[1]
        for part, measure in zip(parts, DIALS, strict=True):
            assert said(part, MEASURES[measure].kind).holds(true[measure].base), text
