"""Stage 3: money arrives, old equipment leaves, loans come back, gaps are seen."""

import pytest

from sim.model.lever_rows import BUDGET_SQUEEZE, SAFE_ENVELOPE
from sim.model.randomness import stream
from sim.model.stages.need import assess, consider_squeeze, requirement_at, take_out
from sim.model.state import NONE
from tests.worlds import fill, set_lever, small_state

MONEY = {"gdp": 60_000.0, "defence_share": 0.02, "equipment_share": 0.3, "modelled_share": 1.0 / 3.0,
         "pledge_year": 2035.0, "cash": 0.0, "received": 0.0}  # fmt: skip


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


def test_a_state_with_a_pledge_of_its_own_climbs_to_that():
    # 2 % to 5 %: half way is 3.5 %, so 17.5
    state = small_state(buyers=(MONEY | {"pledge_share": 0.05},))
    state.clock["month"] = 53
    assess(0, state)
    assert of(state, "inflow", table="buyers") == pytest.approx(17.5)


@pytest.mark.parametrize(("marginal", "inflow"), [(0.2, 13.75), (0.6, 17.5), (1.0, 22.5)])
def test_of_new_money_more_goes_to_equipment(marginal, inflow):
    # 30 % of 2 % is 10 million a month. The 0.75 points on top are 12.5 a month, of which at least the usual
    # 30 % buy equipment: 3.75, then 60 % are 7.5, and all of it is 12.5.
    state = small_state(buyers=(MONEY,), rules={"money_marginal_equipment": marginal})
    state.clock["month"] = 53
    assess(0, state)
    assert of(state, "inflow", table="buyers") == pytest.approx(inflow)


def test_money_grows_with_the_economy():
    state = small_state(buyers=(MONEY,), levers={"spending_delivery": 0.0})
    state.clock["growth"] = 1.1
    assess(0, state)
    assert of(state, "inflow", table="buyers") == pytest.approx(11.0)


def test_a_squeeze_cuts_a_quarter_of_the_money():
    state = small_state(buyers=(MONEY | {"squeezed_until": 12},), levers={"spending_delivery": 0.0})
    for month, money in ((1, 7.5), (11, 7.5), (13, 10.0)):
        state.clock["month"] = month
        assess(0, state)
        assert of(state, "inflow", table="buyers") == pytest.approx(money)


def squeezed(lever, chance=0.1, count=4000):
    """The share of years in which a squeeze begins."""
    state = small_state(rules={"money_squeeze_chance": chance})
    set_lever(state, BUDGET_SQUEEZE, lever)
    hits = 0
    for replication in range(count):
        state.clock["stream"] = stream(1, replication)
        state.buyers["squeezed_until"] = NONE
        consider_squeeze(0, state)
        hits += int(state.buyers["squeezed_until"][0] == 18)
    return hits / count


def test_one_year_in_ten_brings_a_squeeze_of_eighteen_months_and_twice_as_many_where_times_are_hard():
    assert squeezed(1.0) == pytest.approx(0.1, abs=3.0 * (0.09 / 4000) ** 0.5)
    assert squeezed(2.0) == pytest.approx(0.2, abs=3.0 * (0.16 / 4000) ** 0.5)
    assert squeezed(0.0, count=200) == 0.0


def test_a_squeeze_is_only_considered_at_the_turn_of_a_year():
    state = small_state(rules={"money_squeeze_chance": 1.0})
    state.clock["month"] = 7
    assess(0, state)
    assert state.buyers["squeezed_until"][0] == NONE
    state.clock["month"] = 12
    assess(0, state)
    assert state.buyers["squeezed_until"][0] == 30


def test_an_eu_loan_grows_with_the_envelope_less_what_was_drawn():
    state = small_state(buyers=({"safe_allocation": 400.0},), rules={"money_safe_modelled": 0.5})
    assess(0, state)
    assert of(state, "credit_left", table="buyers") == pytest.approx(200.0)
    state.buyers["drawn"] = 150.0
    assess(0, state)
    assert of(state, "credit_left", table="buyers") == pytest.approx(50.0)
    set_lever(state, SAFE_ENVELOPE, 300.0)  # a doubled envelope
    assess(0, state)
    assert of(state, "credit_left", table="buyers") == pytest.approx(250.0)


def test_eu_loans_end_with_their_year():
    # what is drawn stays drawn; nothing more from January 2031 on, month 60
    state = small_state(buyers=({"safe_allocation": 400.0, "drawn": 150.0},))
    for month, left in ((59, 250.0), (60, 0.0)):
        state.clock["month"] = month
        assess(0, state)
        assert of(state, "credit_left", table="buyers") == left


def test_interest_is_added_to_a_loan_each_month():
    # 12 % a year: 1 % of 100 and of 20
    state = small_state(buyers=({"debt": 100.0, "interest": 20.0},), rules={"money_loan_interest": 0.12})
    assess(0, state)
    assert of(state, "interest", table="buyers") == pytest.approx(21.2)


def old_fleet(stock=10.0, usable=10.0, gifts=()):
    """A state with a family that leaves at one a month, three a quarter."""
    fleet = {"buyer": 0, "category": 0, "family": 0, "stock_start": stock, "retire_month": 1.0}
    state = small_state(buyers=({"last_fleet": 1},), fleets=(fleet,), gifts=gifts)
    state.stock[0, 0] = stock
    fill(state.pairs, 0, {"stock": stock, "usable": usable, "stock_start": stock, "announced": stock})
    state.families["users"][0] = 1
    return state


def quarters(state, last, name="stock"):
    """A number of the need at the end of each month."""
    seen = []
    for month in range(last + 1):
        state.clock["month"] = month
        assess(0, state)
        seen.append(of(state, name))
    return seen


def test_old_equipment_leaves_by_the_quarter_and_was_usable():
    state = old_fleet(stock=10.0, usable=5.0)
    assert quarters(state, 4) == [7.0, 7.0, 7.0, 4.0, 4.0]
    assert of(state, "usable") == 0.0  # five usable, six gone


def test_a_family_leaves_until_none_is_left_and_then_has_no_user():
    state = old_fleet(stock=6.5, usable=6.5)
    assert quarters(state, 9)[::3] == [3.5, 0.5, 0.0, 0.0]
    assert of(state, "usable") == 0.0
    assert state.families["users"][0] == 0


def test_half_a_unit_left_still_has_a_user_and_less_has_none():
    state = old_fleet(stock=6.5)
    take_out(0, 0, 0, 6.0, state)
    assert state.families["users"][0] == 1
    take_out(0, 0, 0, 0.1, state)
    assert state.families["users"][0] == 0


def test_equipment_given_away_leaves_in_the_quarter_of_the_gift():
    gift = {"buyer": 0, "category": 0, "family": 0, "month": 4, "units": 2.0}
    state = old_fleet(stock=20.0, usable=15.0, gifts=(gift,))
    assert quarters(state, 6) == [17.0, 17.0, 17.0, 12.0, 12.0, 12.0, 9.0]
    assert of(state, "usable") == pytest.approx(4.0)  # eleven gone


def test_no_more_is_given_away_than_there_is_and_nothing_of_others():
    gifts = ({"buyer": 0, "family": 0, "month": 0, "units": 99.0}, {"buyer": 1, "family": 0, "units": 1.0})
    state = old_fleet(stock=5.0, gifts=gifts)
    assert quarters(state, 0) == [0.0]


def test_equipment_on_loan_goes_back_to_its_store():
    state = small_state(lines=({}, {"surplus": 1, "surplus_units": 4.0}), buyers=({"rent_month": 0.5},))
    fill(state.pairs, 0, {"lent": 3.0, "lent_line": 1, "lent_until": 3, "rent": 0.5, "lent_contract": 0})
    state.contracts["first_month"][0] = NONE
    assert quarters(state, 3, "lent") == [3.0, 3.0, 3.0, 0.0]
    assert state.lines["surplus_left"][1] == 7.0
    assert of(state, "rent_month", table="buyers") == 0.0


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


def test_gaps_are_reviewed_each_quarter():
    # 100 more in sixty months, seen a year ahead: 20 in month 0, 25 in month 3.
    assert quarters(needing(), 4, "gap") == pytest.approx([20.0, 20.0, 20.0, 25.0, 25.0])


def test_a_requirement_that_is_announced_lower_falls():
    state = needing(announced=80.0, stock_start=100.0)
    assert requirement_at(0, 0.0, state) == pytest.approx(80.0)


def test_force_goals_come_on_top():
    # 30 % more by month 120, half of it by month 60
    state = needing()
    state.rules["need_goal_growth"] = 0.3
    assert requirement_at(0, 120.0, state) == pytest.approx(260.0)
    assert requirement_at(0, 60.0, state) == pytest.approx(230.0)


@pytest.mark.parametrize(("gap", "running", "wanting"), [(4.0, 0, 1), (3.9, 0, 0), (4.0, 1, 0)])
def test_a_need_is_noted_when_its_gap_is_worth_a_tender_and_none_runs(gap, running, wanting):
    state = small_state(categories=({"lot_min": 4.0},))
    fill(state.pairs, 0, {"stock_start": 100.0, "stock": 100.0 - gap, "announced": 100.0, "open": running})
    assess(0, state)
    assert state.buyers["wanting"][0] == wanting
