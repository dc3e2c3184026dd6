"""Aggregates of 2022 to 2025: the list, what was observed, and the same of books made by hand."""

import math

import numpy as np
import pytest

from sim.estimation.aggregates import HALF_WIDTH, measured, observed, read_aggregates, targets
from sim.estimation.record import purchase_table
from sim.estimation.shares import scope
from sim.evidence.seeds import load_seeds
from tests.estimation.frames import AMERICA, KOREA, books, known, worth

LISTED = read_aggregates()
SEEDS = load_seeds()


@pytest.fixture(scope="module")
def happened():
    return observed(SEEDS, known())


def test_every_row_says_how_it_is_used_how_well_it_is_known_and_why():
    assert len({one.name for one in LISTED}) == len(LISTED)
    assert {one.use for one in LISTED} == {"matched", "held_out"}
    assert {one.scale for one in LISTED} == {"log", "plain"}
    for one in LISTED:
        assert all((one.source, one.note, one.unit)), one.name
        assert min(one.error, one.common) >= 0, one.name
        assert one.discrepancy > 0, one.name
        assert one.common**2 <= one.error**2 + one.discrepancy**2, one.name


def test_every_row_has_an_observation(happened):
    assert set(happened) == {one.name for one in LISTED}
    assert all(one.value > 0 and one.error >= 0 for one in happened.values())


def test_observations_are_those_of_the_seeds(happened):
    record = purchase_table(SEEDS, known())
    years = [happened[f"orders_{year}"].value for year in range(2022, 2026)]
    assert happened["orders_total"].value == pytest.approx(record["value"].sum() / 1000)
    assert sum(years) == pytest.approx(happened["orders_total"].value)
    europe = SEEDS.fact("iiss_europe_2022_24", "value_observed")
    assert happened["share_europe"].value == europe.value
    assert happened["share_europe"].error == pytest.approx((europe.high - europe.low) / 2 / HALF_WIDTH)
    assert happened["collapsed"].value == pytest.approx(0.15)


def test_units_of_air_defence_are_batteries_and_not_launchers(happened):
    launchers = next(row for row in SEEDS.decisions() if row["id"] == "GBAD-POL-2023")["quantity"]
    assert float(launchers) == 100
    assert happened["units_air_defence"].value < 150


def test_errors_add_as_variances(happened):
    aims = targets(LISTED, happened)
    at = next(at for at, one in enumerate(LISTED) if one.name == "direct_share")
    assert aims.error[at] == pytest.approx(math.hypot(LISTED[at].error, happened["direct_share"].error))
    assert aims.observed[0] == pytest.approx(math.log(happened["orders_total"].value))
    assert aims.matched.sum() == sum(one.use == "matched" for one in LISTED)


def test_a_scale_and_back():
    logs = next(one for one in LISTED if one.scale == "log")
    plain = next(one for one in LISTED if one.scale == "plain")
    assert logs.unscaled(logs.scaled(20.0)) == pytest.approx(20.0)
    assert math.isfinite(logs.scaled(0.0))
    assert plain.unscaled(plain.scaled(0.3)) == 0.3


@pytest.fixture(scope="module")
def table():
    """Two replications: one with three contracts, one with a single one."""
    rows = [
        worth(2000.0, signed=5.0, route="competition", unit_price=220.0, **KOREA),
        worth(6000.0, signed=17.0, route="urgent", first=25.0, **AMERICA),
        worth(9999.0, signed=60.0, **AMERICA),  # 2027: too late to count
        worth(4000.0, signed=17.0, route="urgent", replication=1, buyer="DEU", domestic=1),
    ]
    one = books(rows, replications=2, start="2022-02")
    found = measured(one, scope(SEEDS), LISTED)
    return {row.name: found[:, at] for at, row in enumerate(LISTED)}


def test_orders_of_a_run_by_year_and_category(table):
    assert np.exp(table["orders_total"]) == pytest.approx([8.0, 4.0])
    assert np.exp(table["orders_2022"]) == pytest.approx([2.0, 0.5])  # half a billion stands for nothing
    assert np.exp(table["orders_2023"]) == pytest.approx([6.0, 4.0])
    assert np.exp(table["units_tank"]) == pytest.approx([20.0, 10.0])


def test_routes_prices_and_months_of_a_run(table):
    assert list(table["direct_share"]) == [0.5, 1.0]
    assert np.exp(table["price_paid"]) == pytest.approx([(220 / 200 + 1) / 2, 1.0])
    assert np.exp(table["months_queued"][0]) == pytest.approx((39 + 8) / 2)
    assert np.isnan(table["months_stock"]).all()
    assert list(table["collapsed"]) == pytest.approx([0.3, 0.3])  # one collapsed and two waiting of ten


def test_shares_of_a_run(table):
    assert list(table["share_others"]) == [0.25, 0.0]
    assert list(table["share_europe"]) == [0.0, 1.0]
    assert list(table["poland_share"]) == [1.0, 0.0]
    assert list(table["buyers_squares"]) == pytest.approx([1.0, 1.0])
    assert table["home_share"][1] == 1.0
    assert np.isnan(table["home_share"][0])
    assert np.exp(table["korea_orders"]) == pytest.approx([2.0, 0.5])
