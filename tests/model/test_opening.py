"""How the books open: prices, fleets, money and contracts in force."""

import pytest

from sim.model.lever_rows import KOREAN_HOME_PRIORITY
from sim.model.opening import (
    open_buyer,
    open_contract,
    open_fleet,
    open_line,
    open_pair,
    price_family,
    reserve,
    run_up,
)
from sim.model.state import NONE
from tests.worlds import book_contract, fill, run, set_lever, small_state


def test_a_family_is_worth_the_mean_of_its_lines():
    lines = ({"family": 0}, {"family": 0, "price_platform": 20.0}, {"family": 1, "price_platform": 33.0})
    state = small_state(lines=lines, families=({}, {}, {}))
    for family in range(3):
        price_family(family, state)
    # 13 and 23: 18; 36; and one no longer made a quarter of the mean of all three, 24
    assert state.families["price"].tolist() == pytest.approx([18.0, 36.0, 6.0])


def test_a_need_costs_what_the_lines_open_to_it_cost_by_tier():
    lines = ({}, {"price_platform": 20.0}, {"upper": 0, "price_platform": 3.0},
             {"home_only": 1, "home": 0b10, "price_platform": 99.0})  # fmt: skip
    state = small_state(buyers=({}, {}), lines=lines)
    fill(state.pairs, slice(None), {"upper_share": 0.75, "stock_start": 40.0, "announced": 60.0})
    for row in (0, 1):
        open_pair(row, state)
    assert (state.pairs["price_upper"][0], state.pairs["price_lower"][0]) == pytest.approx((18.0, 6.0))
    assert state.pairs["base_price"][0] == pytest.approx(15.0)  # three quarters of 18 and a quarter of 6
    assert state.pairs["price_upper"][1] == pytest.approx(46.0)  # its home line, 102, counts too
    assert state.pairs["requirement"][0] == 40.0


def fleets(legacy_due, life=20.0):
    """Sixty old and forty modern units listed, of which 200 are drawn in all."""
    rows = ({"buyer": 0, "category": 0, "family": 0, "stock_start": 60.0},
            {"buyer": 0, "category": 0, "family": 1, "stock_start": 40.0})  # fmt: skip
    state = small_state(
        buyers=({"last_fleet": 2},),
        categories=({"service_life": life},),
        lines=({"family": 1},),
        families=({"legacy": 1}, {}),
        fleets=rows,
    )
    fill(state.pairs, 0, {"stock_start": 200.0, "legacy_due": legacy_due})
    for row in (0, 1):
        open_fleet(row, state)
    return state


def test_families_are_scaled_to_the_drawn_total():
    state = fleets(legacy_due=0.0)
    assert state.stock[0].tolist() == pytest.approx([120.0, 80.0])
    assert (state.pairs["stock"][0], state.pairs["usable"][0]) == pytest.approx((200.0, 200.0))
    assert state.families["users"].tolist() == [1, 1]


def test_what_is_due_to_leave_is_taken_from_old_families_first():
    # 60 of the 120 old ones over 120 months; the other 60 and the 80 modern over 20 years.
    state = fleets(legacy_due=60.0)
    assert state.fleets["retire_month"].tolist() == pytest.approx([0.5 + 60.0 / 240.0, 80.0 / 240.0])


def test_what_is_due_beyond_old_families_is_taken_from_the_others():
    # all 120 old ones and 20 of the 80
    state = fleets(legacy_due=140.0)
    assert state.fleets["retire_month"].tolist() == pytest.approx([1.0, 20.0 / 120.0 + 60.0 / 240.0])


def test_no_more_leaves_than_there_is():
    state = fleets(legacy_due=999.0)
    assert float(state.fleets["retire_month"].sum()) * 120.0 == pytest.approx(200.0)


def test_a_running_line_starts_at_its_claimed_rate_and_a_new_one_at_nothing():
    state = small_state(
        lines=({"rate_now": 30.0, "rate_planned": 30.0}, {"opens": 2028.0, "surplus_units": 7.0})
    )
    for row in (0, 1):
        open_line(row, state)
    assert state.path[0, 0] == 30.0
    assert state.lines["output"].tolist() == pytest.approx([2.5, 0.0])
    assert state.lines["opening"].tolist() == [-1, 24]
    assert state.lines["surplus_left"].tolist() == [0.0, 7.0]
    assert state.lines["price_now"].tolist() == [10.0, 10.0]


def test_dates_of_a_line_become_months():
    state = small_state(lines=({"opens": 2027.5, "export_from": 2029.0, "rate_planned_year": 2030.0},))
    found = [int(state.lines[name][0]) for name in ("opening", "export_month", "plan_month")]
    assert found == [18, 36, 48]


def test_a_state_starts_with_some_months_of_money_and_its_part_of_the_loans():
    buyer = {"gdp": 60_000.0, "defence_share": 0.02, "equipment_share": 0.3, "modelled_share": 1.0 / 3.0,
             "safe_allocation": 400.0}  # fmt: skip
    rules = {"money_start_months": 6.0, "money_safe_modelled": 0.5}
    state = small_state(buyers=(buyer,), rules=rules)
    open_buyer(0, state)
    assert (state.buyers["cash"][0], state.buyers["received"][0]) == pytest.approx((60.0, 60.0))
    assert (state.buyers["credit_left"][0], state.buyers["reached"][0]) == (200.0, NONE)


def test_a_state_without_a_pledge_of_its_own_has_that_of_all():
    state = small_state(buyers=({"pledge_share": 0.0}, {"pledge_share": 0.05}))
    for row in (0, 1):
        open_buyer(row, state)
    assert state.buyers["pledge_share"].tolist() == [0.035, 0.05]


def test_a_state_with_a_line_that_serves_it_has_a_maker_at_home():
    state = small_state(buyers=({}, {}, {}), lines=({"home": 0b001}, {"home": 0b010, "surplus": 1}))
    for row in range(3):
        open_pair(row, state)
    assert state.pairs["home_maker"].tolist() == [1, 0, 0]


def in_force(line=None, **contract):
    """One contract in the books: twelve, months 10 to 21 unless given."""
    state = small_state(lines=(line or {},))
    usual = {"quantity": 12.0, "first_year": 2026.0 + 10.0 / 12.0, "last_year": 2026.0 + 21.0 / 12.0,
             "unit_price": 14.0, "paid_share": 0.5, "existing": 1}  # fmt: skip
    fill(state.contracts, 0, usual, contract)
    state.clock["contracts"] = 1
    open_contract(0, state)
    return state


def test_a_contract_in_force_stands_in_the_plan():
    state = in_force(first_year=2026.875, last_year=2027.875)  # months 10.5 and 22.5
    contract = state.contracts[0]
    assert (contract["first_due"], contract["last_due"], contract["first_month"]) == (10, 22, NONE)
    assert state.lines["backlog"][0] == state.pairs["on_order"][0] == 12.0
    assert state.booked[0].sum() == pytest.approx(12.0)
    assert state.events[10, 0] == 0


def test_of_a_contract_in_force_the_unpaid_part_is_committed():
    assert in_force().buyers["committed"][0] == pytest.approx(84.0)  # half of 12 x 14


def test_dates_that_have_passed_are_due_at_once():
    contract = in_force(first_year=2025.25, last_year=2025.5).contracts[0]
    assert (contract["first_due"], contract["last_due"]) == (0, 0)


def test_large_units_are_in_progress_when_the_books_open():
    # Two units due in months 0 and 24: 24 months each, so work on the first began in month -23.
    # Of 48 months' work on two, 23 are done: 0.958 units; 25 months remain in the plan.
    state = in_force(quantity=2.0, first_year=2026.0, last_year=2028.0)
    assert state.contracts["start"][0] == -23
    assert state.contracts["seen"][0] == pytest.approx(23.0 / 24.0)
    assert state.booked[0].sum() == pytest.approx(25.0 / 24.0)


def test_units_sold_from_store_before_the_start_are_not_taken_off_twice():
    state = in_force(line={"surplus": 1, "surplus_units": 30.0})
    assert state.lines["surplus_left"][0] == 30.0


def promised(line=None, at_home=False, lever=None):
    """Nine promised for months 6 to 11 by a line of 18 a year, half of which others usually take."""
    fields = {"rate_now": 18.0, "rate_planned": 18.0, "outside_share": 0.5, "home": 1 if at_home else 0}
    state = small_state(lines=(fields | (line or {}),), levers=lever)
    number = book_contract(state, line=0, buyer=0, quantity=9.0, first_due=6, last_due=11, existing=1)
    reserve(0, state)
    return state, number


def made_by_month(state, last=17):
    """What the line has made by the end of each month."""
    return [float(state.lines["produced"][0]) for _ in run(state, 0, last)]


@pytest.mark.parametrize(
    ("line", "capacity"),
    [
        ({}, [18.0, 18.0, 18.0]),  # 1.5 a month are 18 a year: just enough
        ({"rate_now": 12.0, "rate_planned": 12.0}, [12.0, 18.0, 12.0]),
        ({"rate_now": 12.0, "rate_planned": 12.0, "output_share": 0.75}, [12.0, 24.0, 12.0]),  # really 18
        ({"rate_now": 36.0, "rate_planned": 36.0}, [36.0, 36.0, 36.0]),
    ],
)
def test_a_plant_can_make_what_was_promised_before_the_start(line, capacity):
    state, _ = promised(line)
    assert state.path[0, :3].tolist() == pytest.approx(capacity)


@pytest.mark.parametrize("output", [0.0, 0.1, 0.5, 1.5])
def test_a_shock_to_output_before_the_start_makes_no_plant_larger(output):
    state, _ = promised({"rate_now": 12.0, "rate_planned": 12.0}, lever={"output.c0": output})
    assert state.path[0, :3].tolist() == pytest.approx([12.0, 18.0, 12.0])


def test_half_of_the_output_makes_half_of_what_was_promised():
    state, _ = promised(lever={"output.c0": 0.5})
    assert made_by_month(state)[5:12] == pytest.approx([0.0, 0.75, 1.5, 2.25, 3.0, 3.75, 4.5])


def test_a_plant_whose_rate_is_too_small_keeps_its_promises_all_the_same():
    state, number = promised({"rate_now": 12.0, "rate_planned": 12.0})
    assert made_by_month(state)[5:12] == pytest.approx([0.0, 1.5, 3.0, 4.5, 6.0, 7.5, 9.0])
    assert state.contracts["last_month"][number] == 11


@pytest.mark.parametrize("at_home", [False, True])
def test_slots_promised_before_the_start_are_reserved_by_half_year(at_home):
    # nine in six months: 1.5 a month, home and export alike
    state, _ = promised(at_home=at_home)
    assert state.reserved[0, :4].tolist() == pytest.approx([0.0, 1.5, 0.0, 0.0])


def test_other_customers_wait_while_a_promise_from_before_the_start_is_kept():
    # The usual half of 1.5 a month would take until month 17; all of it keeps the promise.
    state, number = promised()
    made = made_by_month(state)
    assert made[5:12] == pytest.approx([0.0, 1.5, 3.0, 4.5, 6.0, 7.5, 9.0])
    assert (state.contracts["first_month"][number], state.contracts["last_month"][number]) == (6, 11)


def test_a_promise_given_since_the_start_gets_the_usual_share():
    state, number = promised()
    state.reserved[:] = 0.0
    made = made_by_month(state)
    assert made[5:12] == pytest.approx([0.0, 0.75, 1.5, 2.25, 3.0, 3.75, 4.5])
    assert state.contracts["last_month"][number] == 17


def test_the_home_army_takes_reserved_slots_in_its_own_need():
    # Half of all output is kept: 0.75 a month instead of 1.5.
    state, number = promised({"in_korea": 1})
    set_lever(state, KOREAN_HOME_PRIORITY, 0.5)
    made = made_by_month(state)
    assert made[5:9] == pytest.approx([0.0, 0.75, 1.5, 2.25])
    assert state.contracts["last_month"][number] > 11


def test_reserving_counts_at_once():
    state, _ = promised()
    state.clock["month"] = 6
    reserve(0, state)
    assert state.lines["output"][0] == pytest.approx(1.5)


def test_all_fleets_are_looked_at_before_the_first_month():
    # Two states of ten and thirty: authority 1 could stop both, authority 2 the larger: 40 and 30 of 40.
    buyers = ({"first_fleet": 0, "last_fleet": 1}, {"first_fleet": 1, "last_fleet": 2})
    families = ({"support_mask": 0b010, "price": 1.0}, {"support_mask": 0b110, "price": 1.0})
    state = small_state(buyers=buyers, lines=({"family": 0},), families=families)
    state.stock[0, 0], state.stock[1, 1] = 10.0, 30.0
    run_up(state)
    assert state.clock["worst_share"][0] == pytest.approx(1.0)
    assert state.clock["effective"][0] == pytest.approx(70.0**2 / (40.0**2 + 30.0**2))
    assert state.buyers["worst_share"].tolist() == [1.0, 1.0]
    assert int(state.clock["month"][0]) == 0
