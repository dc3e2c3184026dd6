"""Stage 5: the months of an offer: consent, finance, opening, queue and build, from a plan by half-years."""

import pytest

from sim.model.lever_rows import EUROPEAN_HOME_PRIORITY, SLOT_LENDING
from sim.model.stages.offer import offer
from sim.model.stages.queue import build_months, late_units, least_spread
from sim.model.stages.sign import sign
from sim.model.state import EXPORT, HOME, URGENT
from tests.worlds import call_tender, fill, run, set_lever, small_state

OWN = {"country_buyer": 0}  # no consent


def asked(line=None, quantity=6.0, month=0, lever=None, rules=None, change=None, buyers=({},), **pair):
    """The offer of one line to one tender."""
    state = small_state(lines=({**OWN, **(line or {})},), buyers=buyers, rules=rules)
    for row, value in (lever or {}).items():
        set_lever(state, row, value)
    state.clock["month"] = month
    call_tender(state, 0, quantity=quantity, **pair)
    if change is not None:
        change(state)
    offer(0, state)
    given = state.offers[0, 0]
    return {name: given[name].item() for name in given.dtype.names}


def test_an_empty_line_delivers_after_building_one_a_month():
    found = asked()
    assert (found["months"], found["last"]) == (6.0, 11.0)
    assert (found["process"], found["queue"], found["ramp"], found["build"]) == (0.0, 0.0, 0.0, 6.0)


@pytest.mark.parametrize("month", [0, 1, 4, 5, 6, 17])
@pytest.mark.parametrize("quantity", [1.0, 6.0, 20.0])
def test_an_empty_line_keeps_what_it_quotes_and_never_plans_more_than_it_makes(month, quantity):
    state = small_state(lines=(OWN,))
    state.clock["month"] = month
    call_tender(state, 0, quantity=quantity)
    offer(0, state)
    state.pairs["chosen"][0] = 0
    sign(0, state)
    assert state.booked.max() <= 6.0 + 1e-9
    assert state.steps.max() <= 1.0 + 1e-9
    for _ in run(state, month, month + 40):
        pass
    contract = state.contracts[0]
    assert (contract["first_month"], contract["last_month"]) == (contract["first_due"], contract["last_due"])


def test_a_single_large_unit_takes_slots_before_it_is_due_and_is_ready_when_promised():
    # Three a year: four months a unit, within the six of building.
    state = small_state(lines=({**OWN, "rate_now": 3.0, "rate_planned": 3.0},))
    call_tender(state, 0, quantity=1.0)
    offer(0, state)
    state.pairs["chosen"][0] = 0
    sign(0, state)
    contract = state.contracts[0]
    assert (contract["start"], contract["first_due"]) == (3, 6)
    for _ in run(state, 0, 8):
        pass
    assert contract["first_month"] == 6


@pytest.mark.parametrize(
    "line",
    [
        {},
        {"opens": 2028.5},
        {"build_months": 30.5},
        {"build_months": 0.4},
        {"rate_now": 0.6, "rate_planned": 9.0},
    ],
)
def test_causes_add_up_to_the_months(line):
    for country in (0, -1):
        found = asked({**line, "country_buyer": country})
        parts = ("process", "finance", "queue", "ramp", "build")
        assert sum(found[part] for part in parts) == pytest.approx(found["months"])


def test_a_plant_that_opens_later_delivers_after_it_has_opened():
    # It opens in month 30 and prepared half of its six months of building before.
    found = asked({"opens": 2028.5})
    assert (found["months"], found["ramp"], found["build"], found["queue"]) == (33.0, 27.0, 6.0, 0.0)


def test_a_plant_that_grows_serves_the_sooner():
    # One a month until month 11, from the half-year 12 to 17 on two: six by month 11, twelve more by 17.
    def grows(state):
        state.path[0, 2:] = 24.0

    assert asked(quantity=18.0, change=grows)["last"] == 17.0
    assert asked(quantity=18.0)["last"] == 23.0


def test_a_half_year_with_almost_nothing_free_counts_as_full():
    # 5.5 of the six of months 6 to 11 are promised: a half is less than a tenth of the output.
    def promised(units):
        def book(state):
            state.booked[0, EXPORT, 1] = units

        return book

    assert asked(change=promised(5.5))["months"] == 12.0
    assert asked(change=promised(4.0))["months"] == 8.0  # a third of a unit a month: one after three


def test_what_is_late_is_made_up_for_first():
    # Three late units take half of the first half-year before the order is ready; all of months 6 to 11
    # is free, so nothing changes; nine late ones take half of that too.
    def late(units):
        def owe(state):
            state.lanes["promised"][0, EXPORT] = units

        return owe

    assert asked(change=late(3.0))["months"] == 6.0
    found = asked(change=late(9.0))
    assert (found["months"], found["last"]) == (7.0, 14.0)  # half a unit a month until month 11: three


def test_late_units_are_those_of_both_lanes():
    state = small_state()
    state.lanes["promised"][0] = (5.0, 7.0)
    state.lanes["produced"][0] = (4.0, 4.5)
    assert late_units(0, state) == pytest.approx(3.5)


@pytest.mark.parametrize(("priority", "months"), [(0.0, 12.0), (1.0, 6.0)])
def test_a_home_army_with_priority_does_not_wait_for_slots_promised_abroad(priority, months):
    def abroad(state):
        state.booked[0, EXPORT, :2] = 6.0

    line = {"european": 1, "home": 1}
    found = asked(line, lever={EUROPEAN_HOME_PRIORITY: priority}, change=abroad)
    assert found["months"] == months


def test_priority_at_home_does_not_help_against_other_orders_of_the_army_or_for_others():
    def at_home(state):
        state.booked[0, HOME, :2] = 6.0

    lever = {EUROPEAN_HOME_PRIORITY: 1.0}
    assert asked({"european": 1, "home": 1}, lever=lever, change=at_home)["months"] == 12.0

    def abroad(state):
        state.booked[0, EXPORT, :2] = 6.0

    assert asked({"european": 1}, lever=lever, change=abroad)["months"] == 12.0


def test_an_order_that_cannot_be_finished_within_the_plan_is_not_offered():
    # 24 years are planned: at one a year 24 units would need longer than is left.
    slow = {"rate_now": 1.0, "rate_planned": 1.0, "growth_cap": 0.0}
    assert asked(slow, quantity=20.0)["valid"] == 1
    assert asked(slow, quantity=24.0)["valid"] == 0


def test_a_large_order_is_quoted_with_the_growth_it_brings():
    # 60 on a line of 12 a year are two years over the target: 1.2 a year more from month 12 on, up to 2.4.
    alone = asked({"growth_cap": 0.0}, quantity=60.0)["last"]
    grown = asked(quantity=60.0)["last"]
    assert alone == 65.0  # months 6 to 65
    # 12 by month 17 (months 6-17 at one a month), then 1.05, 1.1, 1.15 and from month 36 on 1.2 a month:
    # 6.3, 6.6 and 6.9 a half-year make 31.8 by month 35; 28.2 more at 1.2 take 24 months, to month 59.
    assert grown == 59.0


def test_a_line_that_makes_nothing_within_the_plan_does_not_offer():
    assert asked({"rate_now": 0.012, "rate_planned": 0.012}, quantity=1.0)["valid"] == 0


def test_lent_slots_halve_the_building_of_an_urgent_korean_order():
    line = {"korean": 1, "in_korea": 1, "outside_share": 0.5, "rate_now": 24.0, "rate_planned": 24.0}
    usual = asked(line, route=URGENT)
    lent = asked(line, route=URGENT, lever={SLOT_LENDING: 1.0})
    assert (usual["months"], lent["months"]) == (6.0, 3.0)
    assert (usual["lent"], lent["lent"]) == (0.0, 6.0)
    assert (usual["build"], lent["build"]) == (6.0, 3.0)


def test_what_lent_slots_do_not_cover_waits_for_the_plan():
    # Six of nine are lent; the plan makes the other three, half a unit a month, months 3 to 8.
    line = {"korean": 1, "in_korea": 1, "outside_share": 0.5}
    found = asked(line, quantity=9.0, route=URGENT, lever={SLOT_LENDING: 1.0})
    assert (found["months"], found["lent"]) == (3.0, 6.0)
    assert found["last"] == 15.0  # a year's slots take a year


@pytest.mark.parametrize(("lent", "months"), [(0.0, 0), (1.0, 2), (6.0, 12), (3.0, 6)])
def test_lent_slots_deliver_at_the_pace_at_which_an_army_gets_them(lent, months):
    # half of twelve a year
    assert least_spread(lent, 0, small_state(lines=({"outside_share": 0.5},))) == months


def test_months_of_building():
    state = small_state()
    call_tender(state, 0)
    assert build_months(0, 0, state) == 6.0
    fill(state.offers, (0, 0), {"lent": 1.0})
    assert build_months(0, 0, state) == 3.0
