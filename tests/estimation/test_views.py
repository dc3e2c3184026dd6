"""Views of books: dates, waits, sums with zeros kept, deliveries spread over years."""

import pytest

from sim.estimation.views import (
    concentration,
    counted,
    delivered_between,
    orders,
    quantiles,
    share,
    summed,
    yearly,
)
from tests.estimation.frames import AMERICA, KOREA, books, worth


def test_months_become_calendar_years_from_the_start():
    assert books([{"signed": 11.0}]).contracts["year"].item() == 2026
    assert books([{"signed": 12.0}]).contracts["year"].item() == 2027
    assert books([{"signed": 11.0}], start="2022-02").contracts["year"].item() == 2023
    assert books([{"signed": -1.0, "existing": 1}]).contracts["year"].item() == 2025


def test_the_wait_is_the_promised_one_where_nothing_arrived_in_the_run():
    one = books([{"first": 22.0}, {"first": float("nan")}])
    assert list(one.contracts["wait"]) == [12.0, 30.0]


def test_orders_leave_out_loans_and_what_was_in_the_books():
    one = books(
        [
            worth(1.0),
            worth(2.0, existing=1),
            worth(4.0, buyer="DEU"),
            worth(8.0, signed=70.0, **KOREA),
            worth(16.0, route="loan"),
        ]
    )
    assert orders(one, 2026, 2026)["value"].sum() == 5.0
    assert orders(one, 2026, 2035, ["POL"])["value"].sum() == 9.0
    assert orders(one, 2026, 2035, industry="korea")["value"].sum() == 8.0


def test_replications_without_a_row_count_as_nothing():
    one = books([worth(3.0, replication=1)], replications=3)
    assert list(summed(one.contracts, one)) == [0.0, 3.0, 0.0]
    assert list(counted(one.contracts, one)) == [0.0, 1.0, 0.0]
    assert list(yearly(one.contracts, one, [2026, 2027])) == [0.0, 0.0, 3.0, 0.0, 0.0, 0.0]


def test_shares_and_concentration():
    one = books([worth(75.0), worth(25.0, **KOREA)])
    assert share(one.contracts, one.contracts["industry"] == "korea", one).item() == 0.25
    assert concentration(one.contracts, one).item() == pytest.approx(0.75**2 + 0.25**2)
    assert concentration(books([worth(75.0, **AMERICA)]).contracts, one).item() == 1.0


def test_deliveries_are_spread_from_the_first_month_to_the_last():
    one = books([{"first": 6.0, "last": 17.0, "delivered": 12.0}])
    parts = [delivered_between(one.contracts, one, year, year).item() for year in (2026, 2027, 2028)]
    assert parts == pytest.approx([6.0, 6.0, 0.0])
    nothing = books([{"first": float("nan"), "last": float("nan"), "delivered": 0.0}])
    assert delivered_between(nothing.contracts, nothing, 2026, 2035).item() == 0.0


def test_quantiles_of_nothing_are_not_numbers():
    one = books([])
    assert str(quantiles(one.contracts["value"], 0.5)) == "[nan]"
