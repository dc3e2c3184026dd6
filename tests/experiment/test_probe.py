"""The probe: orders are frozen, what it asks leaves no trace, and cards do not hide a lever."""

import math
from dataclasses import replace

import numpy as np
import pytest

from sim.estimation.directions import directions
from sim.experiment.ensemble import world_of
from sim.experiment.probe import RUN, frozen, opened, probe, shock_months
from sim.experiment.probe_draws import at_opening, at_signing, borrowed
from sim.experiment.probe_table import copied, gathered, rows_due, standard_tenders
from sim.model.plan import plan_of
from sim.model.schedule import run_month
from sim.model.stages.decide import decide
from sim.model.state import GOVERNMENT, NONE, URGENT
from sim.policy.scenario import Card
from tests.properties.runs import named, same


def plan(scenario):
    """The arrays of a scenario for the project's own world."""
    return plan_of(scenario, world_of())


@pytest.fixture(scope="module")
def state():
    """The frozen baseline after two years."""
    after = frozen(world_of(), plan(named("baseline")))
    for month in range(25):
        run_month(after, month)
    return after


def changed(one, other):
    """The tables in which two states differ in any bit."""
    return [name for name in one.names if not same(getattr(one, name), getattr(other, name))]


def test_it_measures_what_every_direction_asks_for():
    found = probe(named("baseline"))
    assert {one.measure for one in directions()} <= set(found)
    assert all(math.isfinite(value) for value in found.values())
    assert probe(named("baseline")) == found


def test_nothing_is_signed_and_old_contracts_are_delivered():
    after = frozen(world_of(), plan(named("baseline")))
    for month in range(RUN):
        run_month(after, month)
    assert after.clock["contracts"][0] == after.clock["existing"][0]
    assert not after.pairs["open"].any()
    assert not after.buyers["open_tenders"].any()
    assert after.contracts["delivered"].sum() > 0


def test_asking_leaves_no_trace(state):
    before = copied(state)
    tables = [standard_tenders(state, route) for route in (URGENT, GOVERNMENT)]
    assert changed(before, state) == []
    asked = [copied(table) for table in tables]
    at_opening(tables[1])
    at_signing(tables)
    gathered(tables[0])
    assert [changed(*both) for both in zip(asked, tables, strict=True)] == [[], []]


@pytest.mark.parametrize("route", [URGENT, GOVERNMENT])
def test_every_need_asks_for_the_usual_lot(state, route):
    table = standard_tenders(state, route)
    rows = rows_due(table)
    assert sorted(rows) == np.flatnonzero(state.pairs["needed"] == 1).tolist()
    assert (table.pairs["route"][rows] == route).all()
    usual = table.categories["lot_typical"][table.pairs["category"][rows]]
    assert (table.pairs["quantity"][rows] == np.floor(usual)).all()


def test_offers_are_columns_of_one_length_and_of_somebody(state):
    offers = gathered(standard_tenders(state, URGENT))
    lengths = {len(column) for column in offers.numbers.values()}
    assert lengths == {len(offers.korean)}
    assert not (offers.korean & offers.american).any()
    assert not (offers.korean & offers.union).any()


def test_a_loan_goes_back_at_once():
    changes = {"stopgap_loans": 1.0}
    after = frozen(world_of(), plan(named("baseline").with_levers(changes)))
    run_month(after, 0)
    table = standard_tenders(after, URGENT)
    left = table.lines["surplus_left"].copy()
    values = []
    for row in rows_due(table):
        decide(row, table)
        if table.pairs["chosen"][row] != NONE:
            values.append(borrowed(row, table))
    assert max(values) > 0
    assert (table.lines["surplus_left"] == left).all()
    assert not table.pairs["lent"].any()
    assert np.allclose(table.buyers["rent_month"], 0.0)


def test_an_industry_that_offers_nothing_has_no_months():
    found = probe(named("no_korea"))
    assert found["korea_offers"] == 0.0
    assert math.isnan(found["korea_offer_months"])


def test_cards_do_not_hide_what_a_lever_does():
    calm = replace(named("baseline"), shocks=())
    stopped = replace(calm, shocks=(Card("us_pause_of_deliveries", "2026-02", 100, 1.0),))
    both = [probe(scenario) for scenario in (calm, stopped)]
    for found in both:
        found.pop("shock_months")
    assert both[0] == both[1]


def test_months_of_a_card_are_counted():
    quiet = replace(named("baseline").with_levers({"shock_chance": 0.0}), shocks=())
    assert shock_months(opened(world_of(), plan(quiet))) == 0.0
    placed = replace(quiet, shocks=(Card("us_pause_of_deliveries", "2026-02", 7, 1.0),))
    assert shock_months(opened(world_of(), plan(placed))) == 7.0
