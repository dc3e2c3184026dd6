"""Stage 4: tenders open by their routes, and those that are due are called."""

import numpy as np
import pytest

from sim.model.lever_rows import JOINT_SHARE
from sim.model.randomness import stream
from sim.model.stages.tender import call_due, enter_due, launch, money_open, note_wanting
from sim.model.state import COMPETITION, GOVERNMENT, JOINT, NONE, OPTION, URGENT
from tests.worlds import fill, set_lever, small_state


def of(state, name, row=0, table="pairs"):
    """A number of a record."""
    return float(getattr(state, table)[name][row])


CERTAIN = {"tender_base": 1e6}  # a tender a month for every gap


def buying(gap=20.0, cash=1e6, rules=None, buyer=None, categories=({},), **pair):
    """A state with a gap that it may tender for this month."""
    state = small_state(
        buyers=({"cash": cash, **(buyer or {})},), categories=categories, rules={**CERTAIN, **(rules or {})}
    )
    for row in range(len(categories)):
        fill(state.pairs, row, {"gap": gap, "requirement": 100.0}, pair)
        note_wanting(row, state)
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
    state = buying(gap=3.0, smallest=4.0)
    launch(0, state)
    assert of(state, "open") == 0


def test_money_for_less_than_the_smallest_lot_is_kept():
    state = buying(gap=20.0, cash=100.0, smallest=8.0)  # 7.7 could be paid for
    launch(0, state)
    assert of(state, "open") == 0


def test_coming_years_and_open_credit_count_as_money():
    # 20 in hand, 24 months of 2 to come, credit of 10, less 13 promised: 65 = five at 13
    state = buying(gap=20.0, cash=20.0, buyer={"usual_inflow": 2.0, "credit_left": 10.0, "committed": 13.0})
    assert money_open(0, state) == pytest.approx(65.0)
    launch(0, state)
    assert of(state, "quantity") == 5.0


def test_a_need_that_no_line_can_serve_is_not_tendered_and_stops_nothing():
    state = buying(price_upper=0.0, price_lower=0.0)
    launch(0, state)
    assert of(state, "open") == 0


@pytest.mark.parametrize(
    ("pair", "tiers"),
    [
        ({"accepts_lower": 1, "upper_share": 0.5, "price_lower": 5.0}, {0, 1}),
        ({"accepts_lower": 1, "upper_share": 0.0, "price_lower": 5.0}, {0}),
        ({"accepts_lower": 0, "upper_share": 0.0}, {1}),
        ({"accepts_lower": 1, "accepts_upper": 0, "upper_share": 1.0, "price_lower": 5.0}, {0}),
    ],
)
def test_a_tender_asks_for_the_tier_that_fits(pair, tiers):
    found = set()
    for replication in range(40):
        state = buying(**pair)
        state.clock["stream"] = stream(1, replication)
        launch(0, state)
        found.add(int(of(state, "tier")))
    assert found == tiers


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
        note_wanting(0, state)
        launch(0, state)
        if state.pairs["route"][0] == URGENT:
            dues.add(int(state.pairs["due"][0]) - 5)
    assert dues == {1, 2, 3, 4, 5, 6}


FIXED = {"tender_direct_low": 10.0, "tender_direct_high": 10.0, "tender_competition_low": 30.0,
         "tender_competition_high": 30.0, "tender_joint_low": 7.0, "tender_joint_high": 7.0,
         "tender_option_low": 4.0, "tender_option_high": 4.0, "tender_urgent_low": 2.0,
         "tender_urgent_high": 2.0}  # fmt: skip
FRAMEWORK = {"framework_line": 0, "framework_units": 50.0, "framework_until": 99, "framework_ease": 1.0}


@pytest.mark.parametrize(
    ("shares", "pair", "joint", "route", "due"),
    [
        ({"tender_direct_share": 1.0}, {}, 0.0, GOVERNMENT, 10),
        ({"tender_direct_share": 0.0}, {}, 0.0, COMPETITION, 30),
        ({"tender_direct_share": 0.0}, {}, 1.0, JOINT, 37),  # talks come on top
        ({"tender_direct_share": 0.0}, {"home_only": 1}, 1.0, COMPETITION, 30),
        ({"tender_urgent_slope": 9.0, "tender_urgent_cap": 1.0}, {"urgency": 1.0}, 0.0, URGENT, 2),
        ({"tender_option_share": 1.0}, FRAMEWORK, 0.0, OPTION, 4),
        ({"tender_direct_share": 0.0, "tender_home_direct": 1.0}, {"home_maker": 1}, 0.0, GOVERNMENT, 10),
        ({"tender_direct_share": 1.0, "tender_home_direct": 0.0}, {"home_maker": 1}, 0.0, COMPETITION, 30),
    ],
)
def test_the_route_sets_the_months(shares, pair, joint, route, due):
    state = buying(rules=FIXED | shares, **pair)
    set_lever(state, JOINT_SHARE, joint)
    launch(0, state)
    assert (state.pairs["route"][0], state.pairs["due"][0], state.pairs["opened"][0]) == (route, due, 0)
    assert state.falls_due[due] == 0


def test_long_tenders_of_a_category_stretch_all_but_calls_from_frameworks():
    slow = ({"tender_factor": 2.0},)
    direct = buying(rules=FIXED | {"tender_direct_share": 1.0}, categories=slow)
    called = buying(rules=FIXED | {"tender_option_share": 1.0}, categories=slow, **FRAMEWORK)
    for state in (direct, called):
        launch(0, state)
    assert (direct.pairs["due"][0], called.pairs["due"][0]) == (20, 4)


def test_a_new_tender_has_no_line_chosen_beforehand():
    state = buying(known_line=0)
    launch(0, state)
    assert state.pairs["known_line"][0] == NONE


def running(*months, buyers=4):
    """Four states with a tender each that is decided in the given month."""
    state = small_state(buyers=({},) * buyers)
    for row, month in enumerate(months):
        enter_due(row, month, state)
    return state


def test_tenders_that_are_due_are_called_in_an_order_drawn_each_month():
    orders = set()
    for replication in range(30):
        state = running(3, 3, 9, 3)
        state.clock["stream"], state.clock["month"] = stream(1, replication), 3
        call_due(state)
        called = state.due[: int(state.clock["due"][0])].tolist()
        assert sorted(called) == [0, 1, 3]
        assert [int(state.pairs["slot"][row]) for row in called] == [0, 1, 2]
        orders.add(tuple(called))
    assert len(orders) == 6


def test_nothing_is_called_before_or_after_it_is_due():
    state = running(3, 3, 9, 3)
    for month, count in ((2, 0), (3, 3), (4, 0), (9, 1)):
        state.clock["month"] = month
        call_due(state)
        assert state.clock["due"][0] == count
        assert state.clock["due_categories"][0] == (1 if count else 0)


def test_a_tender_that_is_decided_after_the_run_is_never_called():
    state = running(120, 130)
    assert (state.falls_due == NONE).all()
    assert state.pairs["open"][:2].tolist() == [1, 1]
