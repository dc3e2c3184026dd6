"""Tables against numbers worked out by hand."""

from dataclasses import replace

import numpy as np
import pytest

from sim.report import tables
from tests.report import fake


def compare(before: list[float], after: list[float]) -> tables.Paired:
    return tables.compare_columns("gap_years", "POL", np.array(before), np.array(after))


def test_difference_is_paired_by_replication() -> None:
    row = compare([1, 2, 3, 4, 5], [2, 3, 4, 5, 6])
    assert (row.base, row.other, row.change) == (3, 4, 1)
    assert (row.low, row.high) == (1, 1)
    assert (row.share_up, row.share_down, row.verdict) == (1, 0, "up")


def test_interval_holds_the_middle_ninety_per_cent() -> None:
    row = compare([0.0] * 101, [float(step) for step in range(-50, 51)])
    assert row.change == pytest.approx(0)
    assert (row.low, row.high) == (-45, 45)
    assert row.verdict == "unclear"


@pytest.mark.parametrize(
    ("after", "verdict"),
    [
        ([0.0] * 10, "same"),
        ([-1.0] * 10, "down"),
        ([-1.0] * 9 + [1.0], "mostly_down"),
        ([1.0] * 9 + [-1.0], "mostly_up"),
        ([1.0] * 6 + [-1.0] * 4, "unclear"),
        ([-1.0] * 9 + [30.0], "unclear"),
        ([float("nan")] * 10, "none"),
    ],
)
def test_verdict(after: list[float], verdict: str) -> None:
    assert compare([0.0] * 10, after).verdict == verdict


def test_replications_without_a_figure_are_left_out_on_both_sides() -> None:
    row = compare([1, float("nan"), 3], [2, 5, float("nan")])
    assert (row.base, row.other, row.change) == (1, 2, 1)


def test_fan_quantiles_by_hand() -> None:
    quarters = np.tile(np.arange(11.0)[:, None], (1, 3))
    fan = tables.fan(quarters)
    assert list(fan["low"]) == [1, 1, 1]
    assert list(fan["middle"]) == [5, 5, 5]
    assert list(fan["high"]) == [9, 9, 9]
    assert [str(date) for date in fan["date"]] == ["2026-01", "2026-04", "2026-07"]


def test_quarters_are_counted_from_the_start_of_the_run() -> None:
    fan = tables.fan(np.ones((2, 5)), "2022-02")
    assert [str(date) for date in fan["date"]] == ["2022-02", "2022-05", "2022-08", "2022-11", "2023-02"]


def test_a_flow_is_what_came_in_the_last_twelve_months() -> None:
    outcome = fake.result([1], [1], [1])  # running totals that grow by one a quarter
    spending = tables.place_series(outcome, "spending", "POL")
    assert np.isnan(spending[0, :4]).all()
    assert (spending[0, 4:] == 4).all()
    assert len(tables.fan(spending)["date"]) == fake.POINTS - 4
    assert str(tables.fan(spending)["date"][0]) == "2027-01"


def test_a_flow_counts_the_first_quarter_too() -> None:
    outcome = fake.result([1], [1], [1])
    totals = outcome.series["spending"].copy()
    totals[:, :, 0] = 99.0  # what stands in place 0 is no number of the run
    spending = tables.place_series(replace(outcome, series={"spending": totals}), "spending", "POL")
    assert spending[0, 4] == 4


def test_a_level_starts_at_the_end_of_the_first_quarter() -> None:
    level = tables.place_series(fake.result([1], [1], [1]), "gap_share", "POL")
    assert np.isnan(level[0, 0])
    assert (level[0, 1], level[0, 4]) == (1, 4)


def test_a_level_counted_once_a_year_has_no_zeros_before_the_first_count() -> None:
    outcome = fake.result([1, 1], [1, 1], [1, 1])
    holds = outcome.series["reliance_fleet"].copy()
    holds[:, :, :4] = 0.0
    counted = tables.place_series(replace(outcome, series={"reliance_fleet": holds}), "reliance_fleet", "POL")
    assert np.isnan(counted[:, :4]).all()
    assert (counted[:, 4] == 4).all()
    early = tables.place_series(outcome, "reliance_fleet", "POL")
    assert (early[:, 1] == 1).all(), "what was counted in the first year stays"


def test_yearly_rows_are_the_first_and_the_januaries() -> None:
    outcome = fake.result([1], [1], [1])
    table = tables.fans(tables.place_series(outcome, "gap_share", "POL"), None, ("Baseline", "Other"))
    yearly = tables.by_year(table)
    assert len(yearly) == 11
    assert list(yearly["middle"])[:3] == [1, 4, 8]


def test_tables_have_a_row_per_place_and_industry() -> None:
    base, other = fake.result([1], [1], [1]), fake.result([2], [1], [1])
    places = tables.places_table(base, other, ("gap_years", "cost_pv"))
    assert len(places) == len(fake.PLACES) * 2
    poland = places[(places["place"] == "POL") & (places["measure"] == "gap_years")].iloc[0]
    assert (poland["baseline"], poland["scenario"], poland["difference"], poland["verdict"]) == (
        1,
        2,
        1,
        "up",
    )
    industries = tables.industries_table(base, other, ("orders_value",))
    assert list(industries["baseline"]) == [1, 2, 3, 4]


def test_csv_says_where_it_comes_from() -> None:
    table = tables.places_table(fake.result([1], [1], [1]), fake.result([2], [1], [1]), ("gap_years",))
    text = tables.csv_text({"scenario": "no_korea", "question": "two\nlines"}, table)
    lines = text.splitlines()
    assert lines[:2] == ["# scenario: no_korea", "# question: two lines"]
    assert lines[2] == "place,measure,baseline,scenario,difference,low,high,verdict"
    assert len(lines) == 3 + len(fake.PLACES)
