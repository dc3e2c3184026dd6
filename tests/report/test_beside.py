"""Several scenarios beside each other: sentences from numbers typed by hand; tables and charts agree."""

import altair
import numpy as np
import pytest

from sim.report import beside, charts, tables
from sim.report.beside import LETTERS, Side
from sim.report.measures import DIALS, SERIES
from tests.report import fake

FLAT = [1.0] * 10
WAVE = [0.1 * (-1) ** run for run in range(10)]


def side(letter: str, gap: list[float], cost: list[float] = FLAT, reliance: list[float] = FLAT) -> Side:
    return Side(letter, f"Scenario {letter}", fake.result(gap, cost, reliance))


def shifted(by: float, noise: float = 0.0) -> list[float]:
    return [1.0 + by + noise * wave for wave in WAVE]


BASE = fake.result(FLAT, FLAT, FLAT)


def said(*sides: Side) -> str:
    return beside.headline(BASE, sides, "POL", "Poland")


def test_the_headline_names_who_is_clearly_ahead_of_all_others() -> None:
    assert said(side("A", shifted(-0.5)), side("B", shifted(-0.2))) == (
        "In this model, for Poland: A closes gaps soonest, 3.6 months before B "
        "(90 % interval 3.6 to 3.6 months); no clear difference in cost and reliance."
    )


def test_the_baseline_can_be_ahead() -> None:
    dear = [20_000.0] * 10
    text = beside.headline(fake.result(FLAT, [10_000.0] * 10, FLAT), [side("A", FLAT, dear)], "POL", "Poland")
    assert "the baseline costs least, $10.0 bn less than A (90 % interval $10.0 bn to $10.0 bn)" in text


def test_several_share_the_lead_where_nothing_tells_them_apart() -> None:
    text = said(side("A", shifted(-0.5, 1)), side("B", shifted(-0.5, -1)), side("C", shifted(0.3)))
    assert "A and B close gaps soonest, with little or no clear difference between them" in text


def test_where_most_lead_together_those_behind_are_named() -> None:
    text = said(side("A", shifted(0.001, 1)), side("B", shifted(0.001, -1)), side("C", shifted(0.9)))
    assert "C closes gaps later than the others, with little or no clear difference between those" in text


def test_nobody_is_named_where_the_interval_holds_zero() -> None:
    text = said(side("A", shifted(-0.02, 1)))
    assert text == "In this model, for Poland: no clear difference in speed, cost and reliance."
    unclear = said(side("A", shifted(0.05, 3)), side("B", shifted(0.2)))
    assert "it is not clear which closes gaps soonest" in unclear, "B is later than the baseline, A is not"


def test_what_holds_on_average_only_is_said_so() -> None:
    mostly = [0.5] * 8 + [1.2] * 2
    assert "on average A closes gaps soonest, 4.3 months before the baseline (90 % of runs: " in said(
        side("A", mostly)
    )


def test_what_is_small_is_not_made_into_news() -> None:
    assert "little or no clear difference in speed" in said(side("A", shifted(-0.01)))


def test_a_place_without_figures_says_so() -> None:
    nothing = [float("nan")] * 10
    text = beside.headline(
        fake.result(nothing, nothing, nothing), [side("A", nothing, nothing, nothing)], "POL", "Poland"
    )
    assert text == "In this model, there is no figure for Poland: nothing is bought there."


SIDES = [side("A", shifted(-0.5, 1)), side("B", shifted(0.2, 2)), side("C", FLAT)]


def test_table_chart_and_text_have_the_paired_differences() -> None:
    rows = beside.paired(BASE, SIDES, "gap_years", "POL")
    data = beside.dots_data(rows, ["A", "B", "C"])
    assert list(data["change"]) == pytest.approx([-6.0, 2.4, 0.0]), "months, since none reaches a year"
    assert list(data["label"]) == [
        "A: −6.0 months, better",
        "B: +2.4 months, no clear difference",
        "C: unchanged",
    ]
    for row, one in zip(rows, SIDES, strict=True):
        assert row == tables.compare_place(BASE, one.run, "gap_years", "POL")
    table = beside.table(BASE, SIDES, list(DIALS), "POL")
    assert list(table.columns) == ["Measure", "Baseline", "A", "B", "C"]
    assert table["A"][0] == "−6.0 months (−7.2 to −4.8 months): better"
    assert table["C"].tolist() == ["unchanged"] * 3
    assert "A, Scenario A: −6.0 months (−7.2 to −4.8 months): better" in beside.dots_alt(
        rows, SIDES, "Poland"
    )


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("measure", list(DIALS))
def test_dots_are_valid_and_hold_all_intervals_and_the_baseline(measure: str, dark: bool) -> None:
    rows = beside.paired(BASE, SIDES, measure, "POL")
    spec = beside.dots(rows, ["A", "B", "C"], charts.palette(dark))
    altair.LayerChart.from_dict({**spec, "data": {"values": []}})
    low, high = spec["layer"][1]["encoding"]["x"]["scale"]["domain"]
    data = beside.dots_data(rows, ["A", "B", "C"])
    assert low < min(0, data["low"].min()) <= max(0, data["high"].max()) < high


def test_letters_differ_in_colour_shape_and_dash() -> None:
    for colours in (charts.LIGHT, charts.DARK):
        shades = {*beside.hues(colours).values(), colours.baseline}
        assert len(shades) == len(LETTERS) + 1
        assert beside.hues(colours)["A"] == colours.scenario
    assert len(set(beside.SHAPES.values())) == len(set(beside.SIGNS.values())) == len(LETTERS)
    assert len({str(dash) for dash in [*beside.DASHES.values(), [5, 4]]}) == len(LETTERS) + 1


def test_lines_are_the_middle_of_all_runs_with_a_label_at_the_end() -> None:
    data = beside.lines_data(BASE, SIDES, "gap_share", "POL")
    assert list(dict.fromkeys(data["who"])) == ["Baseline", "A", "B", "C"]
    alone = tables.fan(tables.place_series(BASE, "gap_share", "POL"), BASE.start)
    assert list(data[data["who"] == "B"]["middle"]) == list(alone["middle"])
    ends = data[data["at"].notna()]
    assert (ends["date"] == data["date"].max()).all()
    assert len(ends) == 4
    apart = np.diff(np.sort(ends["at"]))
    assert (apart >= 0.99 * beside.LABEL / beside.LINES * data["middle"].max()).all()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("series", list(SERIES))
def test_a_chart_of_lines_is_valid_and_draws_the_baseline_dashed_grey(series: str, dark: bool) -> None:
    spec = beside.lines(["A", "C"], SERIES[series], charts.palette(dark))
    altair.LayerChart.from_dict({**spec, "data": {"values": []}})
    drawn = spec["layer"][0]["encoding"]
    assert (
        drawn["color"]["scale"]["domain"] == drawn["strokeDash"]["scale"]["domain"] == ["Baseline", "A", "C"]
    )
    assert drawn["color"]["scale"]["range"][0] == charts.palette(dark).baseline
    assert drawn["strokeDash"]["scale"]["range"][0] == [5, 4]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([5.0, 5.0, 1.0], [5.0, 6.0, 1.0]),
        ([9.9, 10.0], [9.0, 10.0]),
        ([1.0, 4.0, 8.0], [1.0, 4.0, 8.0]),
    ],
)
def test_labels_are_moved_apart_in_their_order(values: list[float], expected: list[float]) -> None:
    assert beside.spread(values, 10.0, 1.0) == pytest.approx(expected)
