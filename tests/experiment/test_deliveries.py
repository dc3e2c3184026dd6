"""Deliveries summed run by run, and programmes with their first and last months, by hand."""

import numpy as np
import pytest

from sim.experiment import deliveries
from tests.report import trade


def test_deliveries_are_summed_by_group_year_and_run_and_what_a_run_lacks_is_nil():
    found = deliveries.handed_over(trade.books(), ["line", "buyer"], "europe_canada", (2026, 2027))
    value = found["value"]
    assert list(value.columns) == [0, 1]
    assert value.loc[("k2", "POL")].tolist() == [900.0, 600.0]
    assert value.loc[("k9", "NOR")].tolist() == [0.0, 40.0]
    assert ("k9", "USA") not in value.index, "the United States are no part of Europe and Canada"
    assert found["units"].loc[("k2", "POL")].tolist() == [30.0, 20.0]
    first = deliveries.handed_over(trade.books(), ["line"], "POL", (2026, 2026))["value"]
    assert first.to_dict("index") == {"k2": {0: 300.0, 1: 0.0}, "k9": {0: 50.0, 1: 0.0}}
    guns = deliveries.handed_over(trade.books(), ["line"], "POL", (2026, 2027), "gun")["value"]
    assert set(guns.index) == {"k9", "krab"}


def test_no_delivery_at_all_gives_empty_tables_with_all_runs():
    found = deliveries.handed_over(trade.books(), ["line"], "NOR", (2030, 2031))
    assert {name: table.shape for name, table in found.items()} == {"units": (0, 2), "value": (0, 2)}


def test_a_contract_in_the_books_is_a_programme_and_later_ones_of_a_line_are_one_together():
    found = deliveries.programmes(trade.books(), "europe_canada").set_index(
        ["line", "contract", "replication"]
    )
    assert len(found) == 4
    assert found.loc[("k2", "POL-k2", 1), ["signed", "first", "last"]].tolist() == [-5, 6.0, np.inf]
    later = found.loc[("k9", "", 0)]
    assert later[["signed", "first", "last", "units", "value"]].tolist() == [12, 30.0, 50.0, 20, 340.0]
    assert found.loc[("k9", "", 1), "first"] == np.inf


@pytest.mark.parametrize(
    ("share", "expected"), [(0.1, [1.0, 7.0]), (0.5, [2.0, 7.0]), (0.7, [np.inf, 7.0]), (1.0, [np.inf, 7.0])]
)
def test_the_month_by_which_a_part_of_the_runs_is_done(share, expected):
    months = np.array([np.inf, 7.0, 2.0, 1.0])
    groups = np.array([0, 1, 0, 0])
    assert deliveries.quantiles(months, groups, share).tolist() == expected
