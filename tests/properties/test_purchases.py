"""Nothing is bought that a state could never use, and nothing from a line that could not have sold it."""

import numpy as np
import pytest

from sim.evidence.seeds import load_seeds
from sim.experiment.ensemble import world_of
from sim.model.state import ROUTES
from tests.properties.runs import months, named, opened

SCENARIOS = ("baseline", "nato_five_percent", "fortress_europe", "cooperation_dialogue")
REPLICATIONS = 8


@pytest.fixture(scope="module")
def bought():
    """New contracts of several replications with the records of buyer, line and need beside each."""
    found = []
    for name in SCENARIOS:
        for replication in range(REPLICATIONS):
            state = opened(named(name), replication).state
            for _ in months(state):
                pass
            contracts = np.array(state.contracts[: int(state.clock["contracts"][0])])
            new = contracts[contracts["existing"] == 0]
            rows = (state.buyers[new["buyer"]], state.lines[new["line"]], state.pairs[new["pair"]])
            found.append((new, *(np.array(table) for table in rows)))
    return [np.concatenate(table) for table in zip(*found, strict=True)]


def test_there_is_something_to_look_at(bought):
    contracts, *_ = bought
    assert len(contracts) > 1000
    assert {ROUTES[route] for route in contracts["route"]} == set(ROUTES) - {"loan"}  # a loan is no order


def test_nothing_is_bought_without_the_need(bought):
    _, _, _, pairs = bought
    assert (pairs["needed"] == 1).all()


def test_no_need_that_is_met_at_home_is_met_abroad(bought):
    _, buyers, lines, pairs = bought
    at_home = (lines["home"] & buyers["self_mask"]) != 0
    assert at_home[pairs["home_only"] == 1].all()
    assert at_home[lines["home_only"] == 1].all()


def test_the_tier_fits_the_need(bought):
    _, _, lines, pairs = bought
    upper = lines["upper"] == 1
    assert (pairs["accepts_upper"][upper] == 1).all(), "upper-tier equipment where only lower fits"
    assert (pairs["accepts_lower"][~upper] == 1).all(), "lower-tier equipment where only upper fits"


def test_no_refused_sale_is_signed(bought):
    contracts, *_ = bought
    world = world_of()
    refused = {
        (world.buyers.index(pair.buyer), world.lines.index(pair.line))
        for pair in load_seeds().refused_pairs()
    }
    assert refused
    signed = set(zip(contracts["buyer"].tolist(), contracts["line"].tolist(), strict=True))
    assert not refused & signed


def test_no_line_exports_before_it_may(bought):
    contracts, buyers, lines, _ = bought
    abroad = (lines["home"] & buyers["self_mask"]) == 0
    abroad &= lines["country_buyer"] != contracts["buyer"]  # the state in which the plant stands
    first = np.floor(12 * (lines["export_from"] - 2026))  # the month in which it may begin
    assert (contracts["signed"] >= first)[abroad].all()


def test_no_line_delivers_before_it_opens(bought):
    contracts, _, lines, _ = bought
    here = contracts["first_month"] >= 0
    year = 2026 + (contracts["first_month"] + 1) / 12
    assert (year >= lines["opens"])[here].all()


def test_every_order_is_for_at_least_one_unit_at_a_price(bought):
    contracts, *_ = bought
    assert (contracts["quantity"] >= 1).all()
    assert (contracts["quantity"] == np.floor(contracts["quantity"])).all()
    assert (contracts["unit_price"] > 0).all()
    for share in ("paid_share", "local_share", "credit", "content"):
        assert ((contracts[share] >= 0) & (contracts[share] <= 1 + 1e-9)).all(), share


def test_prices_stay_near_what_the_equipment_costs(bought):
    contracts, *_ = bought
    ratio = contracts["unit_price"] / contracts["base_price"]
    assert ratio.min() > 0.5
    assert ratio.max() < 3.0


def test_no_more_surplus_is_sold_than_there_is(bought):
    """Line by line over one replication, the orders never pass the finite stock."""
    for replication in range(4):
        state = opened(named("nato_five_percent"), replication).state
        for _ in months(state):
            pass
        contracts = state.contracts[: int(state.clock["contracts"][0])]
        new = contracts[contracts["existing"] == 0]
        sold = np.bincount(new["line"], weights=new["quantity"], minlength=len(state.lines))
        surplus = state.lines["surplus"] == 1
        assert surplus.any()
        assert (sold <= state.lines["surplus_units"] + 1e-9)[surplus].all()
