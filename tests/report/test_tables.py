"""Tables against numbers worked out by hand."""

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
    months = np.tile(np.arange(11.0)[:, None], (1, 3))
    fan = tables.fan(months)
    assert list(fan["low"]) == [1, 1, 1]
    assert list(fan["middle"]) == [5, 5, 5]
    assert list(fan["high"]) == [9, 9, 9]
    assert [str(month) for month in fan["date"]] == ["2026-01", "2026-02", "2026-03"]


def test_a_flow_is_what_came_in_the_last_twelve_months() -> None:
    outcome = fake.result([1], [1], [1])  # running totals that grow by one a month
    spending = tables.place_series(outcome, "spending", "POL")
    assert np.isnan(spending[0, :12]).all()
    assert (spending[0, 12:] == 12).all()
    assert len(tables.fan(spending)["date"]) == fake.MONTHS - 12


def test_a_level_starts_in_the_first_month() -> None:
    level = tables.place_series(fake.result([1], [1], [1]), "gap_share", "POL")
    assert np.isnan(level[0, 0])
    assert (level[0, 1], level[0, 12]) == (1, 12)


def test_yearly_rows_are_the_first_and_the_januaries() -> None:
    outcome = fake.result([1], [1], [1])
    table = tables.fans(tables.place_series(outcome, "gap_share", "POL"), None, ("Baseline", "Other"))
    yearly = tables.by_year(table)
    assert len(yearly) == 11
    assert list(yearly["middle"])[:3] == [1, 12, 24]


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
