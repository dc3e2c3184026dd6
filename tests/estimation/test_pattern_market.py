"""Patterns 6, 7, 9 and 13 hold and fail on pairs of runs typed by hand."""

import math

import pytest

from sim.estimation.pattern_market import (
    binding_states,
    budget_elasticity,
    busy_united_states,
    inflow,
    joint_purchase,
    price_elasticity,
    price_only_buyers,
    withheld,
)
from tests.estimation.frames import AMERICA, KOREA, books, small, worth


def money(amount: float):
    """Poland's money of every year."""
    return [{f"inflow_{year}": amount for year in range(2026, 2036)}]


def runs(*rows, **more):
    """The rows in each of three replications, the later ones a little larger."""
    return books(
        [{**row, "replication": number, "value": row.get("value", 100.0) * (1 + number / 100)}
         for number in range(3) for row in rows],
        replications=3, **more,
    )  # fmt: skip


def test_money_binds_where_orders_come_to_most_of_it():
    one = books([worth(850.0), worth(10.0, buyer="DEU")], states=[*money(100.0), {"state": "DEU"}])
    assert inflow(one, ["POL"]).item() == 1000.0
    assert binding_states(one, ["POL", "DEU"]) == ["POL"]


@pytest.mark.parametrize(("lapsed", "bound"), [(100.0, ["POL"]), (110.0, [])])
def test_a_state_that_lets_more_than_a_tenth_of_its_money_lapse_has_money_over(lapsed, bound):
    one = books([worth(850.0)], states=[{**money(100.0)[0], "received": 1000.0, "lapsed": lapsed}])
    assert binding_states(one, ["POL"]) == bound


@pytest.mark.parametrize(("units", "value"), [(8.0, -1.0), (10.0, 0.0)])
def test_volume_falls_as_prices_rise_or_not(units, value):
    base = books([worth(1000.0)], states=money(100.0))
    dearer = books(
        [{"quantity": units, "base_price": 100.0, "unit_price": 125.0, "value": units * 125.0}],
        states=money(100.0),
    )
    assert price_elasticity(base, dearer, ["POL"]).value == pytest.approx(value, abs=0.01)


def test_without_a_bound_state_there_is_no_price_elasticity():
    one = books([worth(1.0)], states=money(100.0))
    assert math.isnan(price_elasticity(one, one, ["POL"]).value)


@pytest.mark.parametrize(("orders", "holds"), [(105.0, True), (130.0, False), (95.0, False)])
def test_orders_rise_less_than_budgets_or_not(orders, holds):
    base, richer = books([worth(100.0)], states=money(100.0)), books([worth(orders)], states=money(110.0))
    assert budget_elasticity(base, richer, ["POL"]).holds is holds


def test_a_busy_united_states_moves_queue_price_and_orders_or_nothing():
    calm = runs(
        {"months_queue": 10.0, "unit_price": 10.0, **AMERICA}, {"value": 100.0}, {"value": 10.0, **KOREA}
    )
    busy = runs(
        {"months_queue": 20.0, "unit_price": 11.0, **AMERICA}, {"value": 150.0}, {"value": 20.0, **KOREA}
    )
    found = busy_united_states(calm, busy, ["POL"])
    assert all(one.holds for one in found.values())
    assert found["queue"].value == pytest.approx(10.0)
    assert found["price"].value == pytest.approx(0.1)
    assert not any(one.holds for one in busy_united_states(busy, calm, ["POL"]).values())


HELD = {"leopard_2": ("DEU",), "k2": ("KOR",), "krab": ("POL",)}


def hands():
    """A market of three families of one price, each in the hands of one authority."""
    categories = dict.fromkeys(HELD, "main_battle_tank")
    return small(
        family_authorities=HELD, family_category=categories, category_price={"main_battle_tank": 10.0}
    )


def fleet_of(shares: dict[str, float], *orders):
    """Three replications of a Polish fleet of 100 tanks by family, at the end of 2035."""
    families = [
        {"replication": n, "year": 2035, "family": name, "usable": units}
        for n in range(3)
        for name, units in shares.items()
    ]
    return books(
        [{**row, "replication": n} for n in range(3) for row in orders], families=families, replications=3
    )


def test_what_a_foreign_authority_could_withhold_is_a_share_of_what_is_usable():
    one = fleet_of({"leopard_2": 50.0, "k2": 30.0, "krab": 20.0})
    lost = withheld(one, ["POL"], hands(), 2035)
    assert lost.iloc[0].to_dict() == pytest.approx({"DEU": 0.5, "KOR": 0.3, "POL": 0.0})


def test_price_only_buyers_concentrate_and_do_worse_or_not():
    broad = fleet_of({"leopard_2": 50.0, "k2": 50.0}, worth(50.0), worth(50.0, **KOREA))
    narrow = fleet_of({"leopard_2": 90.0, "k2": 10.0}, worth(90.0), worth(10.0, **KOREA))
    found = price_only_buyers(broad, narrow, ["POL"], hands())
    assert found["concentration"].value == pytest.approx(0.82 - 0.5)
    # Over DEU, KOR and POL: variance of .5 .5 0 is 1/18, of .9 .1 0 it is .82 / 3 - 1/9.
    assert found["spread"].value == pytest.approx(0.82 / 3 - 1 / 9 - 1 / 18)
    assert found["worst"].value == pytest.approx(0.1 - 0.5)
    assert all(one.holds for one in found.values())
    back = price_only_buyers(narrow, broad, ["POL"], hands())
    assert not any(one.holds for one in back.values())


def test_price_only_buyers_are_compared_by_what_they_buy_abroad():
    tanks = {"leopard_2": 50.0, "k2": 50.0}
    broad = fleet_of(tanks, worth(50.0), worth(50.0, **KOREA))
    narrow = fleet_of(tanks, worth(90.0), worth(10.0, **KOREA), worth(900.0, domestic=1, **KOREA))
    assert price_only_buyers(broad, narrow, ["POL"], hands())["concentration"].value == pytest.approx(0.32)


def test_joint_purchase_is_cheaper_and_slower_or_not():
    alone = runs({"unit_price": 10.0, "signed": 10.0})
    together = runs({"unit_price": 9.0, "signed": 16.0})
    found = joint_purchase(alone, together, ["POL"])
    assert (found["price"].value, found["months"].value) == (pytest.approx(-0.1), pytest.approx(6.0))
    assert all(one.holds for one in found.values())
    assert not any(one.holds for one in joint_purchase(together, alone, ["POL"]).values())
