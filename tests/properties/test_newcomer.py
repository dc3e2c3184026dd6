"""A newcomer changes nothing for those it cannot reach: no state's luck hangs on the roster."""

from dataclasses import replace
from itertools import count
from types import MappingProxyType

import numpy as np
import pytest

from sim import Result, run
from sim.evidence.seeds import Seeds, load_seeds
from sim.experiment.subset import scenario_for, with_lines, with_states
from sim.model.builder import build_world
from sim.model.futures import advance
from sim.model.records import DTYPES, Array
from sim.model.state import (
    CHOOSE,
    COMPETITION,
    EXPAND,
    HOLD,
    LAUNCH,
    MONTHS,
    PRICE,
    PROMISE,
    SEAT,
    State,
)
from tests.properties.runs import ensemble, named, opened, same, toy_scenario
from tests.toy import add, toy_with_rules
from tests.worlds import orders_of

REPLICATIONS = 20
STATE_FACTS = {"gdp": 800000, "defence_share": 0.04, "equipment_share": 0.35, "modelled_share": 0.3,
               "pledge_year": 2035, "threat_exposure": 0.8, "procurement_capacity": 3, "safe_allocation": 0,
               "us_tie": 0.5}  # fmt: skip
STATE_UNITS = dict(
    zip(STATE_FACTS, ("musd", *["share"] * 3, "year", "index", "tenders", "musd", "index"), strict=True)
)
NEED_FACTS = {"stock": 40, "legacy_due": 40, "requirement": 200, "requirement_year": 2032, "upper_share": 1}
NEED_UNITS = dict(zip(NEED_FACTS, ("units", "units", "units", "year", "share"), strict=True))
PLANT_FACTS = {"price_platform": 6, "price_support": 2, "price_munitions": 1, "rate_now": 40,
               "rate_planned": 60, "rate_planned_year": 2028, "output_share": 0.8, "outside_share": 0.2,
               "outside_backlog": 10, "build_months": 18, "content_europe": 0.9, "local_share_max": 0.3,
               "opens": 2020, "export_from": 2020, "growth_cap": 0.2, "support_rate": 0.03}  # fmt: skip
PLANT = (
    "home_gun_works,Home gun,self_propelled_howitzer,home_gun,home_works,europe,CZE,CZE,upper,hot,1,CZE,"
    "running,toy_report,B,"
)


def differing(one: Result, other: Result, place: str) -> list[str]:
    """The measures and series that differ in any bit at a place of both results."""
    left, right = one.places.index(place), other.places.index(place)
    return [
        name
        for table in ("values", "series")
        for name, numbers in getattr(one, table).items()
        if not same(numbers[:, left], getattr(other, table)[name][:, right])
    ]


@pytest.mark.parametrize("gone", ["ISL", "MNE", "ALB"])
def test_a_state_without_needs_leaves_everyone_else_as_they_are(gone):
    seeds, base = load_seeds(), ensemble("baseline", REPLICATIONS)
    assert gone not in {need.state for need in seeds.needs()}
    smaller = with_states(seeds, [state.id for state in seeds.states() if state.id != gone])
    result = run(scenario_for(named("baseline"), smaller), replications=REPLICATIONS, seeds=smaller)
    assert set(base.places) - set(result.places) == {gone}
    for place in result.places[1:]:
        assert differing(base, result, place) == [], place
    for table in ("industry_values", "industry_series", "counts"):
        for name, numbers in getattr(base, table).items():
            assert same(numbers, getattr(result, table)[name]), name


def add_fact(folder, file, subject, facts, units):
    """Add the facts of a subject without a range to a file of facts."""
    for attribute, value in facts.items():
        row = f"{subject},{attribute},{value},{value},{value},{units[attribute]},2025-12,toy_report,C,toy"
        add(folder, f"facts/{file}.csv", row)


def add_state(folder, name):
    """Add a state of the size of the toy world's others, not counted in the total."""
    row = f"{name},{name.title()},{next(NUMERIC)},1,1,1,1999,0,,europe,toy_report,toy"
    add(folder, "states.csv", row)
    add_fact(folder, "states", name, STATE_FACTS, STATE_UNITS)


NUMERIC = count(901)


def add_need(folder, state, category, family, home_only):
    """Add a need with a large gap and an old fleet of one family."""
    add(folder, "needs.csv", f"{state},{category},{home_only},upper,toy_report,B,")
    add_fact(folder, "fleets", f"{state}.{category}", NEED_FACTS, NEED_UNITS)
    add_fact(folder, "fleets", f"{state}.{category}.{family}", {"stock": 40}, NEED_UNITS)


@pytest.fixture(scope="module")
def larger(tmp_path_factory) -> Seeds:
    """The toy world with a state that buys only from its own plant and one that buys what the others buy."""
    folder = toy_with_rules(tmp_path_factory.mktemp("newcomers"))
    add(folder, "authorities.csv", "CZE,Czechia,europe,1,1")
    add(folder, "suppliers.csv", "home_works,Home Works,CZE,europe,toy_report,A,")
    add(folder, "families.csv", "home_gun,Home gun,self_propelled_howitzer,0,CZE,toy_report,")
    add(folder, "lines.csv", PLANT)
    for stage in ("delivery", "support", "retransfer"):
        add(folder, "line_authorities.csv", f"home_gun_works,CZE,{stage},toy_report,B,")
    add_fact(folder, "lines", "home_gun_works", PLANT_FACTS, line_units(folder))
    add_state(folder, "CZE")
    add_need(folder, "CZE", "self_propelled_howitzer", "home_gun", home_only=1)
    add_state(folder, "EST")
    add_need(folder, "EST", "main_battle_tank", "soviet_tank", home_only=0)
    return load_seeds(folder)


def line_units(folder) -> dict[str, str]:
    """The units of the facts of lines, from a row of each attribute in the file."""
    rows = (folder / "facts" / "lines.csv").read_text(encoding="utf-8").splitlines()[1:]
    return {row.split(",")[1]: row.split(",")[5] for row in rows}


def played(seeds: Seeds, **parts) -> Result:
    """The toy world under its own baseline."""
    return run(toy_scenario(seeds, **parts), replications=REPLICATIONS, seeds=seeds)


def test_a_newcomer_that_buys_at_its_own_plant_reaches_nobody(larger):
    before = with_states(larger, ["POL", "NOR", "USA"])
    one, other = played(before), played(with_states(larger, ["POL", "NOR", "USA", "CZE"]))
    orders = other.values["months_to_delivery"][:, other.places.index("CZE")]
    assert (orders > 0).any(), "the newcomer bought nothing: the test shows nothing"
    for place in one.places:
        assert differing(one, other, place) == [], place


def lasting(seeds: Seeds, orders: Array, replication: int) -> State:
    """The end of a replication of the toy world in which people order."""
    place = opened(toy_scenario(seeds), replication, world=build_world(seeds), orders=orders)
    advance(place, 0, MONTHS)
    return place.state


def test_orders_about_a_state_reach_nobody_it_shares_nothing_with(larger):
    seeds = with_states(larger, ["POL", "NOR", "USA", "CZE"])
    world = build_world(seeds)
    home, line = world.buyers.index("CZE"), world.lines.index("home_gun_works")
    row = home * len(world.categories) + world.categories.index("self_propelled_howitzer")
    orders = orders_of([
        {"kind": SEAT, "row": home, "amount": 12.0},
        {"kind": HOLD, "row": row, "months": 24},
        {"month": 30, "kind": LAUNCH, "row": row, "amount": 50.0, "route": COMPETITION},
        {"month": 72, "kind": CHOOSE, "row": row, "line": line},
        *({"month": month, "kind": EXPAND, "row": line, "amount": 0.2} for month in range(0, 120, 12)),
        {"month": 5, "kind": PRICE, "row": line, "amount": 1.3},
        {"month": 5, "kind": PROMISE, "row": line, "amount": 0.5},
    ])  # fmt: skip
    categories = len(world.categories)
    names = [name for name in DTYPES["pairs"].names if name not in ("slot", "next_due")]  # places in lists
    for replication in range(5):
        one, other = lasting(seeds, orders[:0], replication), lasting(seeds, orders, replication)
        assert not same(one.buyers["cost"][home], other.buyers["cost"][home]), "the orders did nothing"
        for buyer in set(range(len(world.buyers))) - {home}:
            needs = slice(buyer * categories, (buyer + 1) * categories)
            assert same(one.pairs[needs][names], other.pairs[needs][names]), buyer
            for table, rows in (("buyers", buyer), ("stock", buyer), ("memory", buyer)):
                assert same(getattr(one, table)[rows], getattr(other, table)[rows]), (buyer, table)
        rest = np.arange(len(world.lines)) != line
        for table in ("lines", "path", "booked"):
            assert same(getattr(one, table)[rest], getattr(other, table)[rest]), table


def test_a_newcomer_changes_those_it_shares_lines_with_and_nobody_else(larger):
    without = played(with_states(larger, ["POL", "NOR", "USA", "CZE"]))
    with_all = played(larger)
    for place in ("POL", "NOR"):
        assert "cost_pv" in differing(without, with_all, place), place
    assert differing(without, with_all, "CZE") == []


def test_the_order_of_the_roster_decides_nothing(larger):
    one = played(with_states(larger, ["POL", "NOR", "USA", "CZE", "EST"]))
    turned = reordered(larger)
    other = played(turned)
    assert [*reversed(one.places[1:])] == [*other.places[1:]]
    for place in one.places[1:]:
        assert differing(one, other, place) == [], place


def reordered(seeds: Seeds) -> Seeds:
    """The same seeds with the roster of states turned round."""
    records = {**seeds.records, "states": tuple(reversed(seeds.states()))}
    return replace(seeds, records=MappingProxyType(records))


def test_the_order_of_the_real_roster_decides_nothing():
    """Sums in another order may differ in their last digits, so figures are held to nine digits."""
    turned = reordered(load_seeds())
    result = run(scenario_for(named("baseline"), turned), replications=REPLICATIONS, seeds=turned)
    base = ensemble("baseline", REPLICATIONS)
    for name, numbers in base.values.items():
        places = [result.places.index(place) for place in base.places]
        same_figures = np.isclose(numbers, result.values[name][:, places], rtol=1e-9, equal_nan=True)
        states = sorted({base.places[at] for at in np.flatnonzero(~same_figures.all(axis=0))})
        assert not states, f"{name} depends on the order of the roster in {states}"


def test_a_line_that_may_never_offer_changes_nothing(larger):
    """The home plant of a state that is not there: no price, luck or choice hangs on its being listed."""
    three = with_states(larger, ["POL", "NOR", "USA"])
    without = with_lines(three, [line.id for line in three.lines() if line.id != "home_gun_works"])
    one, other = played(three), played(without)
    for place in one.places:
        assert differing(one, other, place) == [], place
