"""Ranges about orders, contracts and months are measured as their sentences say."""

import pytest

from sim.estimation.checks import judge, read_list
from sim.estimation.ranges import contract_ranges, order_ranges
from tests.estimation.frames import KOREA, books, small

ASKED = {one.name: one for one in read_list("plausibility.csv")}
MARKET = small(
    members=frozenset({"POL", "DEU", "CAN"}), european=frozenset({"POL", "DEU", "CAN"}),
    producers=frozenset({"DEU"}),
    small=frozenset({"EST"}),
)  # fmt: skip
PAST = books(
    [{"value": 12_500.0, **KOREA, "route": "urgent"}, {"value": 27_500.0, "signed": 30.0}], start="2022-02"
)
BOAT = {"category": "submarine", "buyer": "CAN", **KOREA}


def passes(name, found):
    return judge("plausibility", ASKED[name], found[name]).passed


def year(number: int, value: float, **more):
    """A contract of a calendar year, counted from 2026, in musd."""
    return {"signed": 12.0 * number, "value": value, **more}


@pytest.fixture(scope="module")
def ranges():
    rows = [year(n, 46_000.0) for n in range(5)] + [year(n, 4_000.0, **KOREA) for n in range(5)]
    rows += [year(0, 15_000.0, **BOAT), year(1, 100.0, buyer="DEU", korea_bid=1), year(1, 40.0)]
    rows += [year(1, 100.0, buyer="DEU", **KOREA, korea_bid=1), year(1, 500.0, existing=1)]
    return order_ranges(books(rows), PAST, MARKET)


def test_orders_a_year(ranges):
    assert ranges["orders_2026_30"].value == pytest.approx((5 * 50_000 + 15_240) / 5000)
    assert passes("orders_2026_30", ranges)
    assert ranges["orders_2022_25"].value == pytest.approx(10.0)
    assert not passes("orders_2022_25", ranges)


def test_only_large_contracts_are_counted(ranges):
    assert ranges["orders_count"].value == pytest.approx(13 / 5)


def test_korean_orders(ranges):
    assert ranges["korea_2022"].value == pytest.approx(12.5)
    assert passes("korea_2022", ranges)
    assert not passes("korea_2025", ranges)
    assert ranges["korea_mean"].value == pytest.approx((5 * 4_000 + 100) / 5000)
    assert passes("korea_mean", ranges)
    assert ranges["korea_submarine"].value == pytest.approx(15.0)
    assert not passes("korea_p10", ranges)
    assert not passes("korea_p90", ranges)


def test_korean_shares(ranges):
    assert ranges["korea_poland_early"].value == 1.0
    assert ranges["korea_poland_later"].value == pytest.approx(20_000 / 35_100)
    assert ranges["korea_contracts"].value == pytest.approx(35_100 / 265_240)
    assert ranges["korea_producers"].value == pytest.approx(0.5)
    assert not passes("korea_producers", ranges)
    assert ranges["korea_wins"].value == pytest.approx(0.5)


def test_without_korean_orders_shares_are_not_measured():
    found = order_ranges(books([year(0, 1.0)]), PAST, MARKET)
    assert not passes("korea_submarine", found)
    assert not passes("korea_wins", found)
    assert not passes("korea_poland_later", found)


def test_contracts_routes_and_months():
    rows = [
        year(n % 5, 100.0, route="urgent" if n < 3 else "competition" if n < 10 else "fms") for n in range(20)
    ]
    rows += [year(0, 1.0, buyer="EST")] * 3
    rows += [{"signed": 0.0, "first": 5.0, "kind": "stock"}, {"signed": 0.0, "first": 99.0, "kind": "new"}]
    found = contract_ranges(books(rows), PAST, MARKET)
    assert found["contracts_poland"].value == pytest.approx(22 / 5)
    assert passes("contracts_poland", found)
    assert not passes("contracts_germany", found)
    assert found["contracts_small"].value == pytest.approx(3 / 5)
    assert found["contracts_urgent"].value == pytest.approx(3 / 22)
    assert found["contracts_direct"].value == pytest.approx(15 / 22)
    assert found["contracts_poland_urgent"].value == pytest.approx(1.0)
    assert found["contracts_collapsed"].value == pytest.approx(0.3)  # one fell and two were left, of ten
    assert passes("months_stock", found)
    assert not passes("months_new", found)
    assert not passes("months_submarine", found)
