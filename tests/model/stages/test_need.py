"""Stages 3 and 4: money arrives, old equipment leaves, gaps are seen, tenders open."""

import numpy as np
import pytest

from sim.model.randomness import stream
from sim.model.stages.need import assess, call_due, launch
from sim.model.state import NONE, URGENT
from tests.worlds import fill, small_state

MONEY = {"gdp": 60_000.0, "defence_share": 0.02, "equipment_share": 0.3, "modelled_share": 1.0 / 3.0,
         "pledge_year": 2035.0}  # fmt: skip


def of(state, name, row=0, table="pairs"):
    """A number of a record."""
    return float(getattr(state, table)[name][row])


def test_ten_million_arrive_in_a_month():
    state = small_state(buyers=(MONEY,), levers={"spending_delivery": 0.0})
    assess(0, state)
    assert of(state, "inflow", table="buyers") == pytest.approx(10.0)
    assert of(state, "received", table="buyers") == pytest.approx(10.0)


def test_money_grows_towards_the_pledge():
    # 2 % to 3.5 % by the start of 2035 is 108 months; after month 53 half of it: 2.75 %, so 13.75
    state = small_state(buyers=(MONEY,))
    state.clock["month"] = 53
    assess(0, state)
    assert of(state, "inflow", table="buyers") == pytest.approx(13.75)


def test_an_eu_loan_is_opened_once_and_grows_with_the_envelope():
    state = small_state(buyers=({"safe_allocation": 400.0},), rules={"money_safe_modelled": 0.5})
    assess(0, state)
    assess(0, state)
    assert of(state, "credit_left", table="buyers") == pytest.approx(200.0)
    state.levers[:] = np.where(state.levers == 150.0, 300.0, state.levers)  # a doubled envelope
    assess(0, state)
    assert of(state, "credit_left", table="buyers") == pytest.approx(400.0)


def old_fleet(stock=10.0, usable=10.0):
    """A state with a family that leaves at one a month."""
    fleet = {"buyer": 0, "category": 0, "family": 0, "stock_start": stock, "retire_month": 1.0}
    state = small_state(buyers=({"last_fleet": 1},), fleets=(fleet,))
    state.stock[0, 0] = stock
    fill(state.pairs, 0, {"stock": stock, "usable": usable, "stock_start": stock, "announced": stock})
    state.families["users"][0] = 1
    return state


def test_old_equipment_leaves_and_takes_its_part_of_what_is_usable():
    state = old_fleet(stock=10.0, usable=5.0)
    assess(0, state)
    assert of(state, "stock") == 9.0
    assert of(state, "usable") == pytest.approx(4.5)


def test_a_family_leaves_until_none_is_left_and_then_has_no_user():
    state = old_fleet(stock=2.5, usable=2.5)
    seen = []
    for _ in range(4):
        assess(0, state)
        seen.append(of(state, "stock"))
    assert seen == [1.5, 0.5, 0.0, 0.0]
    assert of(state, "usable") == 0.0
    assert state.families["users"][0] == 0


def needing(**pair):
    """A state that holds 100 and plans 200 five years on; it looks a year ahead."""
    state = small_state(buyers=({"threat_exposure": 0.5},))
    usual = {"stock_start": 100.0, "stock": 100.0, "announced": 200.0, "announced_year": 2031.0}
    fill(state.pairs, 0, usual, pair)
    return state


def test_the_gap_is_seen_a_year_ahead():
    # Month 18 requires 130; a year later 150, of which 100 are there.
    state = needing()
    state.clock["month"] = 18
    assess(0, state)
    assert of(state, "requirement") == pytest.approx(130.0)
    assert of(state, "gap") == pytest.approx(50.0)
    assert of(state, "gap_ratio") == pytest.approx(1.0 / 3.0)
    assert of(state, "urgency") == pytest.approx(1.0 / 6.0)  # exposure of a half


def test_what_is_on_order_is_not_missing():
    state = needing(on_order=30.0)
    state.clock["month"] = 18
    assess(0, state)
    assert of(state, "gap") == pytest.approx(20.0)


def test_what_will_retire_within_the_year_is_missing():
    # 60 of the 100 leave over ten years: 6 a year
    state = needing(legacy_due=60.0)
    state.clock["month"] = 18
    assess(0, state)
    assert of(state, "gap") == pytest.approx(56.0)


def test_a_state_without_the_need_sees_no_gap():
    state = needing(needed=0)
    assess(0, state)
    assert of(state, "gap") == 0.0


def test_a_greater_threat_widens_the_gap_of_an_exposed_state():
    state = small_state(categories=({"threat_elasticity": 1.0},), levers={"threat": 1.2})
    fill(state.pairs, 0, {"stock_start": 100.0, "stock": 100.0, "announced": 100.0})
    assess(0, state)
    assert of(state, "gap") == pytest.approx(20.0)


CERTAIN = {"tender_base": 1e6}  # a tender a month for every gap


def buying(gap=20.0, cash=1e6, rules=None, buyer=None, categories=({},), **pair):
    """A state with a gap that it may tender for this month."""
    state = small_state(
        buyers=({"cash": cash, **(buyer or {})},), categories=categories, rules={**CERTAIN, **(rules or {})}
    )
    for row in range(len(categories)):
        fill(state.pairs, row, {"gap": gap, "requirement": 100.0}, pair)
    return state


def test_a_tender_asks_for_half_of_a_large_gap():
    state = buying(gap=20.0)
    launch(0, state)
    assert of(state, "open") == 1
    assert of(state, "quantity") == 10.0
    assert of(state, "open_tenders", table="buyers") == 1


def test_a_tender_asks_for_no_more_than_there_is_money_for():
    state = buying(gap=20.0, cash=100.0)  # 100 / 13 = 7.7
    launch(0, state)
    assert of(state, "quantity") == 7.0


def test_prices_that_have_doubled_halve_what_can_be_asked_for():
    state = buying(gap=20.0, cash=100.0)
    state.clock["prices"] = 2.0
    launch(0, state)
    assert of(state, "quantity") == 3.0


def test_commitments_leave_no_room_for_a_tender():
    state = buying(cash=100.0, buyer={"committed": 90.0})
    launch(0, state)
    assert of(state, "open") == 0


def test_a_gap_below_the_smallest_lot_waits():
    state = buying(gap=3.0, categories=({"lot_min": 4.0},))
    launch(0, state)
    assert of(state, "open") == 0


def test_a_need_without_hazard_is_not_tendered():
    state = buying(rules={"tender_base": 0.0, "tender_slope": 0.0})
    launch(0, state)
    assert of(state, "open") == 0


def test_a_ministry_runs_no_more_tenders_than_it_can():
    state = buying(categories=({}, {}, {}))
    launch(0, state)
    assert state.pairs["open"].sum() == 2
    launch(0, state)
    assert of(state, "open_tenders", table="buyers") == 2


def test_which_need_comes_first_is_drawn_not_given_by_the_roster():
    firsts = set()
    for replication in range(60):
        state = buying(categories=({}, {}, {}), buyer={"procurement_capacity": 1.0})
        state.clock["stream"] = stream(1, replication)
        launch(0, state)
        firsts.add(int(np.argmax(state.pairs["open"])))
    assert firsts == {0, 1, 2}


def test_an_urgent_tender_is_decided_within_its_months():
    state = buying(rules={"tender_urgent_slope": 10.0}, urgency=1.5)
    state.clock["month"] = 5
    dues = set()
    for replication in range(200):
        state.clock["stream"] = stream(1, replication)
        fill(state.pairs, 0, {"open": 0})
        state.buyers["open_tenders"] = 0
        launch(0, state)
        if state.pairs["route"][0] == URGENT:
            dues.add(int(state.pairs["due"][0]) - 5)
    assert dues == {1, 2, 3, 4, 5, 6}


def test_a_joint_tender_takes_the_months_of_talks_on_top():
    fixed = {"tender_direct_share": 1.0, "tender_direct_low": 10.0, "tender_direct_high": 10.0,
             "tender_joint_low": 7.0, "tender_joint_high": 7.0}  # fmt: skip
    alone, joint = buying(rules=fixed), buying(rules=fixed)
    joint.levers[4] = 1.0
    for state in (alone, joint):
        launch(0, state)
    assert (alone.pairs["joint"][0], alone.pairs["due"][0]) == (0, 10)
    assert (joint.pairs["joint"][0], joint.pairs["due"][0]) == (1, 17)


def test_a_need_bought_at_home_is_never_bought_jointly():
    state = buying(rules={"tender_direct_share": 1.0}, home_only=1)
    state.levers[4] = 1.0
    launch(0, state)
    assert of(state, "joint") == 0


def test_a_new_tender_has_no_line_chosen_beforehand():
    state = buying(known_line=0)
    launch(0, state)
    assert state.pairs["known_line"][0] == NONE


def test_tenders_that_are_due_are_called_in_an_order_drawn_each_month():
    state = small_state(buyers=({},) * 4)
    fill(state.pairs, slice(None), {"open": 1, "due": 3})
    state.pairs["due"][2] = 9
    orders = set()
    for month in range(3, 9):
        state.clock["month"] = month
        call_due(state)
        called = state.due[: int(state.clock["due"][0])].tolist()
        assert sorted(called) == [0, 1, 3]
        orders.add(tuple(called))
    assert len(orders) > 1


def test_nothing_is_called_before_it_is_due():
    state = small_state(buyers=({},) * 4)
    fill(state.pairs, slice(None), {"open": 1, "due": 3})
    state.clock["month"] = 2
    call_due(state)
    assert state.clock["due"][0] == 0
