"""Ranges about money, German tanks, availability, capacity and the start are measured as they say."""

import pytest

from sim.estimation.checks import judge, read_list
from sim.estimation.ranges_industry import (
    BUDGETS_2030,
    availability_ranges,
    budget_ranges,
    capacity_ranges,
    german_tanks,
    growth,
    hub_gain,
    new_family_share,
    start_ranges,
)
from sim.evidence.seeds import load_seeds
from tests.estimation.frames import books, known, small

ASKED = {one.name: one for one in read_list("plausibility.csv")}
MARKET = known()


def passes(name, found):
    return judge("plausibility", ASKED[name], found[name]).passed


@pytest.mark.parametrize(("money", "holds"), [(25_000.0, True), (9_000.0, False)])
def test_money_of_2030_is_scaled_to_all_equipment(money, holds):
    states = [
        {
            "state": state,
            "inflow_2030": money * MARKET.modelled_share[state],
            "committed_2028": money / 30_000,
        }
        for state in BUDGETS_2030
    ]
    found = budget_ranges(books(states=states), MARKET)
    assert found["budget_pol_2030"].value == pytest.approx(money / 1000)
    assert passes("budget_pol_2030", found) is holds
    assert passes("budget_pol_committed", found) is holds


def test_money_of_2025_comes_from_the_seeds():
    rich = small(equipment_2025={**MARKET.equipment_2025, "EST": 5_000.0})
    one = books()
    assert passes("budget_est_2025", budget_ranges(one, MARKET))
    assert not passes("budget_est_2025", budget_ranges(one, rich))


@pytest.mark.parametrize(("tanks", "holds"), [(700.0, True), (1_200.0, False)])
def test_german_tanks(tanks, holds):
    delivered = {"buyer": "DEU", "first": 24.0, "last": 95.0, "delivered": tanks / 2}
    found = german_tanks(books([delivered], fleets=[{"state": "DEU", "year": 2035, "stock": tanks}]))
    assert found["germany_tanks_a_year"].value == pytest.approx(tanks / 12)
    assert passes("germany_tanks_2035", found) is holds
    assert passes("germany_thousand", found) is holds


def test_availability_is_weighted_by_stock():
    one = books(
        fleets=[{"stock": 300.0, "availability": 0.6}, {"stock": 100.0, "availability": 0.2, "state": "DEU"}]
    )
    found = availability_ranges(one, lambda name: one, load_seeds(), MARKET)
    assert found["available_main_battle_tank"].value == pytest.approx(0.5)
    assert passes("available_main_battle_tank", found)
    assert not passes("available_submarine", found)
    assert passes("available_family", found)


@pytest.mark.parametrize(("better", "points"), [(0.62, 4.0), (0.60, 0.0)])
def test_hubs_add_points_over_the_korean_share(better, points):
    families = [{"family": "k2", "stock": 50.0, "year": 2032}, {"stock": 50.0, "year": 2032}]
    without, full = (
        books(fleets=[{"year": 2032, "availability": value}], families=families) for value in (0.60, better)
    )
    assert hub_gain(without, full, MARKET).value == pytest.approx(points)


@pytest.mark.parametrize(("usable", "share"), [(50.0, 0.5), (90.0, 0.9)])
def test_a_new_family_counts_in_its_first_two_years(usable, share):
    families = [{"family": "k2", "year": year, "stock": 100.0, "usable": usable} for year in (2028, 2029)]
    families += [{"family": "k2", "year": 2030}, {"family": "k2", "year": 2027, "stock": 0.0}]
    families += [{"year": 2026}, {"year": 2027}]
    assert new_family_share(books(families=families), MARKET) == pytest.approx(share)


def lines(line: str, *capacities: float, first: int = 2026, made: float = 70.0):
    """A line by year."""
    return [
        {"line": line, "year": first + n, "capacity": value, "made": made}
        for n, value in enumerate(capacities)
    ]


@pytest.mark.parametrize(("step", "holds"), [(1.2, True), (1.5, False)])
def test_growth_counts_years_of_expansion_only(step, holds):
    rows = lines("leopard_2a8_munich", 100.0, 100.0, 100.0 * step, 90.0)
    rows += lines("shell_rheinmetall", 100.0, 112.0) + lines("patriot_andover", 100.0, 115.0)
    rows += lines("a26_karlskrona", 1.0, 1.05)
    past = books(lines=lines("shell_rheinmetall", 100.0, 140.0, first=2022), start="2022-02")
    found = capacity_ranges(books(lines=rows), past, MARKET)
    assert found["capacity_land"].value == pytest.approx(step - 1)
    assert passes("capacity_land", found) is holds
    assert all(
        passes(f"capacity_{name}", found) for name in ("missiles", "shells_first", "shells_later", "ships")
    )


@pytest.mark.parametrize(("made", "holds"), [(70.0, True), (30.0, False)])
def test_output_over_capacity(made, holds):
    one = books(lines=lines("leopard_2a8_munich", 100.0, made=made))
    assert passes("capacity_output", capacity_ranges(one, one, MARKET)) is holds


def test_a_line_that_never_expands_has_no_growth():
    assert growth(books(), MARKET, ("submarine",), 2026, 2030).note == "0 line-years"


@pytest.mark.parametrize(("value", "holds"), [(900.0, True), (100.0, False)])
def test_the_start(value, holds):
    found = start_ranges(books([{"value": value}]), load_seeds(), MARKET)
    assert passes("start_money_binds", found) is holds
    assert 150 < found["start_unpaid"].value < 400
