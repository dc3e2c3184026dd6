"""Patterns 8, 11, 12 and 14 hold and fail on books typed by hand."""

import math

import pandas as pd
import pytest

from sim.estimation.checks import Asked, judge
from sim.estimation.pattern_ties import (
    agreements,
    broken_promise,
    collapse,
    conversion_spread,
    direct_awards,
    fleet_share,
    lumps,
    pace_of_decay,
    recorded_direct,
    reliance_after_the_switch,
    victims,
)
from tests.estimation.frames import AMERICA, KOREA, books, known, worth

ASKED = Asked("one", "1", "One.", "", None, None, "", "")
MARKET = known()


def fleet(abrams: float, leopards: float, year: int = 2035, replication: int = 0):
    """American and German tanks of Poland at the end of a year."""
    return [
        {"family": "abrams", "stock": abrams, "year": year, "replication": replication},
        {"family": "leopard_2", "stock": leopards, "year": year, "replication": replication},
    ]


def test_the_share_of_the_fleet_that_an_authority_supports():
    one = books(families=fleet(25.0, 75.0))
    assert fleet_share(one, MARKET, ["POL"], "USA", 2035).item() == pytest.approx(0.25)


@pytest.mark.parametrize(("left", "holds"), [(20.0, True), (60.0, False)])
def test_reliance_falls_after_orders_switch_or_not(left, holds):
    base = books(
        families=[row for n in range(3) for row in fleet(50.0 + n, 50.0, replication=n)], replications=3
    )
    other = books(
        families=[row for n in range(3) for row in fleet(left + n, 50.0, replication=n)], replications=3
    )
    assert reliance_after_the_switch(base, other, MARKET, ["POL"], "USA")["falls"].holds is holds


@pytest.mark.parametrize(("left", "arrived", "pace"), [(90.0, 0.0, 1.0), (95.0, 5.0, 1.0), (50.0, 0.0, 5.0)])
def test_the_pace_of_decay_is_one_over_the_years_of_service(left, arrived, pace):
    """Forty years of service: of 100 tanks ten leave in four years."""
    rows = [{**AMERICA, "first": 75.0, "last": 80.0, "delivered": arrived}]
    one = books(rows, families=[*fleet(100.0, 0.0, 2031), *fleet(left, 0.0, 2035)])
    assert pace_of_decay(one, MARKET, ["POL"], "USA").value == pytest.approx(pace)


def korea(*values: float, signed: float = 30.0, **more):
    """Korean orders of some replications."""
    return books(
        [worth(value, replication=n, signed=signed, **KOREA, **more) for n, value in enumerate(values)],
        replications=len(values),
    )


def test_agreements_raise_later_orders_or_not():
    few, many = korea(1000.0, 2000.0, 3000.0), korea(2000.0, 3100.0, 3900.0)
    assert agreements(few, many, ["POL"]).value == pytest.approx(1.0)
    assert agreements(few, many, ["POL"]).holds
    assert not agreements(many, few, ["POL"]).holds
    assert not agreements(few, korea(9e3, 9e3, 9e3, signed=1.0), ["POL"]).holds  # too early to count


@pytest.mark.parametrize(("rates", "holds"), [((30.0, 60.0, 0.0), True), ((31.0, 30.0, 29.0), False)])
def test_frameworks_differ_widely_or_not(rates, holds):
    rows = [{"framework": str(number), "converted": rate} for number, rate in enumerate(rates)]
    found = conversion_spread(books(frameworks=rows), (0.36, 0.54, 0.0))
    assert judge("pattern", ASKED, found).passed is holds


def test_victims_are_those_whose_goods_were_due_while_held():
    due = {**AMERICA, "existing": 1, "signed": -10.0}
    one = books([
        {**due, "promised": 1.0, "last_promised": 5.0},
        {**due, "buyer": "DEU", "promised": 40.0, "last_promised": 50.0},
        {**due, **KOREA, "buyer": "NOR", "promised": 1.0, "last_promised": 5.0},
    ])  # fmt: skip
    assert victims(one, "united_states", ["POL", "DEU", "NOR"]) == ["POL"]


def later(us_of_poland: float, us_of_germany: float, korean: float = 50.0):
    """Later orders of Poland, whose US goods were held, and of Germany, in three replications."""
    rows = [{**AMERICA, "existing": 1, "signed": -10.0, "promised": 1.0, "last_promised": 5.0}]
    for n in range(3):
        for buyer, american in (("POL", us_of_poland), ("DEU", us_of_germany)):
            rows += [
                worth(american + n, buyer=buyer, replication=n, signed=50.0, **AMERICA),
                worth(100.0, buyer=buyer, replication=n, signed=50.0),
                worth(korean + n, buyer=buyer, replication=n, signed=50.0, **KOREA),
            ]
    return books(rows, replications=3)


def test_a_broken_promise_costs_shares_most_with_the_victim_or_not():
    base = later(100.0, 100.0)
    found = broken_promise(base, later(100.0, 100.0, korean=20.0), later(20.0, 90.0), ["POL", "DEU"])
    assert all(one.holds for one in found.values())
    assert "1 states hit" in found["victims"].note
    spared = broken_promise(base, later(100.0, 100.0, korean=90.0), later(90.0, 20.0), ["POL", "DEU"])
    assert not spared["korea"].holds
    assert not spared["victims"].holds


RECORD = pd.DataFrame(
    [("korea", 2022, 12.0), ("korea", 2023, 3.0), ("korea", 2024, 3.0), ("korea", 2025, 8.0)],
    columns=["industry", "year", "value"],
)


@pytest.mark.parametrize(("values", "holds"), [((12.0, 3.0, 3.0, 8.0), True), ((5.0, 5.0, 5.0, 5.0), False)])
def test_korean_orders_are_lumpy_or_smooth(values, holds):
    one = books([worth(value, signed=12.0 * year, **KOREA) for year, value in enumerate(values)])
    assert judge("pattern", ASKED, lumps(one, ["POL"], RECORD)).passed is holds


def test_collapse_and_direct_awards():
    one = books(
        [{"route": "urgent"}, {"route": "competition"}, {"route": "joint"}, {"route": "stock"}],
        states=[{"tenders": 20, "collapsed": 3, "waited": 1}],
    )
    assert collapse(one, ["POL"]) == pytest.approx(0.2)  # for whatever reason: three fell, one was left
    assert direct_awards(one, ["POL"]) == pytest.approx(0.5)
    assert math.isnan(direct_awards(books(), ["POL"]))


def test_recorded_direct_awards_name_no_rival():
    rows = (("2021-01", "1"), ("2023-01", "1"), ("2023-01", "3"), ("2024-01", "2"), ("2024-01", "1"))
    flags = [{"decision_date": date, "n_alternatives": rivals} for date, rivals in rows]
    assert recorded_direct(flags).middle == 0.5
