"""Bars of deliveries: which programmes, when, how often, and the same in sentences."""

import altair
import numpy as np
import pytest

from sim.report import charts, gantt
from tests.report import trade

START = "2026-01"
LATER = tuple((*row[:5], row[5] + 3, *row[6:]) if row[3] == "k2" else row for row in trade.SIGNED)
WITHOUT = tuple(row for row in trade.SIGNED if row[3] != "k9")


def found(signed=trade.SIGNED, place="POL"):
    base = trade.books()
    other = base if signed is trade.SIGNED else trade.books(signed=signed)
    return gantt.programmes(base, other, place)


def about(place="POL", is_baseline=True):
    return place, is_baseline, trade.NAMES, START


def test_a_programme_stands_with_its_share_of_runs_and_its_months():
    table = found()
    assert table["line"].tolist() == ["k2", "k9"]
    known, new = (row for _at, row in table.iterrows())
    assert (known["contract"], known["share"], known["units"]) == ("POL-k2", 1.0, 116.0)
    assert (known["first_low"], known["first"], known["first_high"]) == (4.0, 4.0, 6.0)
    assert (known["last"], known["last_high"]) == (24.0, np.inf)
    assert (new["contract"], new["share"], new["signed"], new["first"], new["last"]) == (
        "",
        0.5,
        12,
        30.0,
        50.0,
    )
    assert new["value"] == 170.0, "a mean over all runs"


def test_a_later_first_delivery_is_a_difference_paired_run_by_run():
    known = found(LATER).iloc[0]
    assert (known["difference"], known["low"], known["high"], known["verdict"]) == (3.0, 3.0, 3.0, "up")
    shown = gantt.shown(found(LATER), *about(is_baseline=False)).iloc[0]
    assert shown["First delivery against the baseline"] == "+3.0 months (90 % interval 3.0 to 3.0 months)"
    assert shown["Reading"] == "worse"


def test_what_only_the_baseline_signs_stays_in_the_chart():
    table = found(WITHOUT)
    gone = table[table["line"] == "k9"].iloc[0]
    assert (gone["share"], gone["base_share"], gone["base_first"]) == (0.0, 0.5, 30.0)
    drawn, part = gantt.drawn(table, "POL")
    assert drawn["line"].tolist() == ["k2", "k9"]
    assert part == 1.0
    rows = gantt.bars(drawn, *about(is_baseline=False))
    assert rows[1]["head"] == "K9 howitzer (Changwon): in 0 % of runs (baseline 50 %), 20 guns"
    assert rows[1]["first"] is None
    assert rows[1]["base_first"] == "2028-07-01T00:00:00"
    assert gantt.shown(table, *about(is_baseline=False))["First delivery"].tolist()[1] == "–"


def test_a_comparison_of_too_few_runs_is_left_out(monkeypatch):
    monkeypatch.setattr(gantt, "RARE", 0.6)
    table = found(tuple(row for row in trade.SIGNED if row[:2] != (1, "POL-k2")))
    assert np.isnan(table.iloc[0]["difference"])
    assert table.iloc[0]["verdict"] == "none"


def test_of_one_state_what_is_in_the_books_comes_before_what_is_worth_more(monkeypatch):
    monkeypatch.setattr(gantt, "MOST_BARS", 1)
    signed = (*trade.SIGNED, (0, None, "POL", "krab", 5, 10.0, 20.0, 900, 99999.0))
    table = gantt.programmes(trade.books(signed=signed), trade.books(signed=signed), "POL")
    assert gantt.drawn(table, "POL")[0]["line"].tolist() == ["k2"]
    drawn, part = gantt.drawn(table, "europe_canada")
    assert drawn["line"].tolist() == ["krab"]
    assert part == pytest.approx(99999.0 / (99999.0 + 2 * 3600.0 + 340.0))


def test_bars_are_cut_at_the_end_of_the_run_and_say_so():
    table = found(place="europe_canada")
    rows = {row["head"]: row for row in gantt.bars(table, *about("europe_canada"))}
    late = rows["Norway: K9 howitzer (Changwon): in 50 % of runs, 4 guns"]
    assert late["first"] == "2036-01-01T00:00:00"
    assert late["first_text"] == "after December 2035"
    sure = rows["Poland: K2 tank (Changwon): 116 tanks, signed in August 2025"]
    assert sure["known"]
    assert sure["signed"] == "2025-08-01T00:00:00"
    assert sure["first_text"] == "May 2026 (8 of 10 runs: May 2026 to July 2026)"


@pytest.mark.parametrize("is_baseline", [True, False])
def test_the_chart_is_valid_vega_lite_with_the_baseline_behind(is_baseline):
    table = found(trade.SIGNED if is_baseline else LATER)
    rows = gantt.bars(table, *about(is_baseline=is_baseline))
    spec = gantt.chart(rows, list(table["industry"]), 2030, START, trade.NAMES, charts.palette(False))
    altair.LayerChart.from_dict(spec)
    drawn = [layer["encoding"].get("x", {}).get("field") for layer in spec["layer"]]
    assert ("base_first" in drawn) == (not is_baseline)
    assert spec["layer"][1]["data"]["values"] == [{"date": "2030-01-01T00:00:00"}]
    assert spec["height"] == 2 * gantt.ROW


def test_the_chart_in_sentences():
    assert gantt.alt(found(), *about()) == (
        "Programmes by first delivery. K2 tank (Changwon): 116 tanks, signed in August 2025: "
        "May 2026 to January 2028; K9 howitzer (Changwon): in 50 % of runs, 20 guns: July 2028 to March 2030."
    )
    empty = gantt.programmes(trade.books(), trade.books(), "USA")
    assert gantt.alt(empty, *about("USA")) == "Nothing is delivered."
    assert gantt.drawn(empty, "USA")[1] == 1.0
    assert gantt.how_much(found(), 1.0).startswith(
        "2 programmes, 1 of them contracts in the books at the start"
    )
    assert gantt.how_much(found().head(1), 0.9).startswith("1 programme, 1 of them in the books")
    assert "Grey behind: the baseline." in gantt.legend(2030, START, False)
    assert "January 2030" in gantt.legend(2030, START, True)


def test_units_and_value_of_a_row_are_of_the_same_runs():
    rows = gantt.shown(found(), *about())
    assert rows["Units"].tolist() == ["116 tanks", "20 guns"]
    assert rows["Value"].tolist() == ["$3.6 bn", "$340 m"], "the guns are signed in one run of two"
    gone = gantt.shown(found(WITHOUT), *about(is_baseline=False)).iloc[1]
    assert (gone["In runs"], gone["Units"], gone["Value"]) == ("0 %", "20 guns", "$340 m")


def test_one_unit_and_one_month_read_well():
    one = (0, "POL-k2", "POL", "k2", -5, 4.0, 4.0, 1, 30.0)
    alone = gantt.programmes(*[trade.books(signed=(one,), replications=1)] * 2, "POL")
    assert gantt.alt(alone, *about()) == (
        "Programmes by first delivery. K2 tank (Changwon): tanks: 1, signed in August 2025: May 2026."
    )
    assert gantt.alt(found(WITHOUT), *about(is_baseline=False)).endswith("20 guns: in the baseline only.")
