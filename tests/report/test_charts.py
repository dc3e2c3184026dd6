"""Chart specifications are valid and keep their promises: baseline first, dashed, zero in sight."""

import altair
import pytest

from sim.report import charts, tables, words
from tests.report import fake

LABELS = ("Baseline", "This scenario")


@pytest.mark.parametrize("kind", ["share", "musd", "years"])
@pytest.mark.parametrize("dark", [False, True])
def test_a_fan_is_valid_vega_lite(kind: str, dark: bool) -> None:
    spec = charts.fan(LABELS, kind, charts.palette(dark))
    altair.LayerChart.from_dict({**spec, "data": {"values": []}})
    *bands, line = spec["layer"]
    grey = charts.palette(dark).baseline
    assert [band["transform"][0]["filter"]["equal"] for band in bands] == list(LABELS)
    assert bands[0]["mark"]["color"] == grey == line["encoding"]["color"]["scale"]["range"][0]
    assert line["encoding"]["strokeDash"]["scale"] == {"domain": list(LABELS), "range": [[5, 4], [1, 0]]}


def test_an_interval_keeps_zero_in_the_middle() -> None:
    spec = charts.interval(2.0, charts.palette(False))
    altair.LayerChart.from_dict({**spec, "data": {"values": []}})
    low, high = spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert low == -high
    assert high > 2.0


def test_the_alternative_text_says_where_the_lines_go() -> None:
    base = fake.result([1, 1], [1, 1], [1, 1])
    quarters = tables.place_series(base, "gap_share", "POL") / 200
    table = tables.fans(quarters, quarters + 0.1, LABELS)
    text = words.fan_alt("Equipment still missing", "Poland", table, "share")
    assert text == (
        "Equipment still missing, Poland. "
        "Baseline: 0.5 % in 2026, 20.0 % in 2036, 10 to 90 % band 20.0 % to 20.0 %; "
        "This scenario: 10.5 % in 2026, 30.0 % in 2036, 10 to 90 % band 30.0 % to 30.0 %."
    )


def test_the_table_beside_a_chart_has_the_same_numbers() -> None:
    base = fake.result([1, 1], [1, 1], [1, 1])
    quarters = tables.place_series(base, "gap_share", "POL") / 200
    rows = words.years_table(tables.by_year(tables.fans(quarters, quarters, LABELS)), "share")
    assert len(rows) == 11
    assert list(rows.columns) == [
        "Start of",
        "Baseline: middle (10 to 90 %)",
        "This scenario: middle (10 to 90 %)",
    ]
    assert rows.iloc[0].tolist()[:2] == ["April 2026", "0.5 % (0.5 % to 0.5 %)"]
    assert rows.iloc[1].tolist()[:2] == ["January 2027", "2.0 % (2.0 % to 2.0 %)"]
    assert rows.iloc[-1].tolist() == ["January 2036", *["20.0 % (20.0 % to 20.0 %)"] * 2]


def test_a_chart_of_another_start_carries_its_own_dates() -> None:
    base = fake.result([1, 1], [1, 1], [1, 1])
    quarters = tables.place_series(base, "gap_share", "POL") / 200
    table = tables.fans(quarters, quarters, LABELS, "2022-02")
    text = words.fan_alt("Equipment still missing", "Poland", table, "share")
    assert "Baseline: 0.5 % in 2022, 20.0 % in 2032" in text
    rows = words.years_table(tables.by_year(table), "share")
    assert list(rows["Start of"])[:3] == ["May 2022", "February 2023", "February 2024"]
    assert list(rows["Start of"])[-1] == "February 2032"
    assert [text.split(" (")[0] for text in rows.iloc[:3, 1]] == ["0.5 %", "2.0 %", "4.0 %"]
