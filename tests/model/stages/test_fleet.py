"""Stage 12: families, readiness and holds over fleets, counted by hand."""

import pytest

from sim.model.lever_rows import MRO_HUBS
from sim.model.stages.books import WORST, check_alliance, check_buyer
from sim.model.stages.fleet import hub_bill, look_at_all_fleets, look_at_fleet
from sim.model.state import EVERY
from tests.worlds import set_lever, small_state

FAMILIES = ({"price": 10.0, "support_mask": 0b010}, {"price": 5.0, "support_mask": 0b110, "korean": 1},
            {"price": 20.0, "support_mask": 0b001})  # fmt: skip


def fleet(*units, **changes):
    """A state with some units of three families of one category, looked at in the first month."""
    state = small_state(
        buyers=({"authority": 0},), families=FAMILIES, categories=({"family_cost": 24.0},), **changes
    )
    state.stock[0] = units
    look_at_fleet(0, state)
    return {name: state.buyers[name][0].item() for name in state.buyers.dtype.names}, state


def test_a_fleet_of_two_families_costs_one_extra_and_loses_readiness():
    # 6 x 10 + 8 x 5 = 100; 0.8 usual less 0.05 for the second family
    buyer, _ = fleet(6.0, 8.0, 0.0)
    assert (buyer["families"], buyer["fleet_value"]) == (2, 100.0)
    assert buyer["ready_value"] == pytest.approx(75.0)
    assert buyer["extra_month"] == pytest.approx(2.0)  # 24 a year


def test_hubs_make_the_korean_part_of_the_fleet_readier():
    # 40 of 100 by value are Korean: 0.1 x 0.4 more, and with half the hubs half of that
    assert fleet(6.0, 8.0, 0.0, levers={"mro_hubs": 4.0})[0]["ready_value"] == pytest.approx(79.0)
    assert fleet(6.0, 8.0, 0.0, levers={"mro_hubs": 2.0})[0]["ready_value"] == pytest.approx(77.0)


def test_holds_over_the_fleet_are_counted_by_authority():
    # Authority 1 could stop both families (100 of 120), authority 2 one (40); the third is its own.
    buyer, state = fleet(6.0, 8.0, 1.0)
    assert state.holds[0].tolist() == [0.0, 100.0, 40.0]
    assert buyer["fleet_vetoed"] == pytest.approx(100.0 / 120.0)
    assert buyer["worst_share"] == pytest.approx(100.0 / 120.0)
    # (100 + 40)^2 / (100^2 + 40^2) = 19,600 / 11,600
    assert buyer["effective"] == pytest.approx(19_600.0 / 11_600.0)


def test_a_fleet_nobody_else_could_stop_has_no_foreign_authority():
    buyer, _ = fleet(0.0, 0.0, 3.0)
    assert (buyer["worst_share"], buyer["fleet_vetoed"], buyer["effective"]) == (0.0, 0.0, 0.0)


def test_a_state_without_a_fleet_can_be_counted():
    buyer, _ = fleet(0.0, 0.0, 0.0)
    assert (buyer["families"], buyer["fleet_value"], buyer["ready_value"]) == (0, 0.0, 0.0)


def test_fleets_are_counted_once_a_year():
    _, state = fleet(6.0, 8.0, 0.0)
    state.stock[0, 0] = 12.0
    for month, value in ((0, 100.0), (5, 100.0), (11, 160.0)):
        state.clock["month"] = month
        check_buyer(0, state)
        assert state.buyers["fleet_value"][0] == value


def test_less_than_one_unit_is_no_family():
    buyer, _ = fleet(0.9, 8.0, 0.0)
    assert (buyer["families"], buyer["fleet_value"]) == (1, 40.0)


def test_a_new_family_works_at_half_its_rate_for_two_years():
    # 40 of 100 came in month 0; in month 11 half of it works, in month 24 all.
    _, state = fleet(6.0, 8.0, 0.0, rules={"usable_new_months": 24.0})
    state.since[0] = (-1000.0, 0.0, 0.0)
    for month, part in ((11, 0.8), (23, 0.8), (24, 1.0)):
        state.clock["month"] = month
        look_at_fleet(0, state)
        assert state.buyers["ready_value"][0] == pytest.approx(75.0 * part)


def test_us_types_abroad_work_as_far_as_their_spares_go():
    # Authority 2 is the United States: 40 of 100 depend on it; half of the spares are there.
    _, state = fleet(6.0, 8.0, 0.0)
    state.clock["usa"], state.clock["us_spares"] = 2, 0.5
    look_at_fleet(0, state)
    assert state.buyers["ready_value"][0] == pytest.approx(60.0)
    assert state.pairs["ready"][0] == pytest.approx(0.6)
    state.buyers["authority"] = 2
    look_at_fleet(0, state)
    assert state.buyers["ready_value"][0] == pytest.approx(75.0)


def test_the_bill_of_hubs_is_shared_by_the_users_of_korean_families():
    # two hubs at 12 million a year: 24, half of it each; a state without Korean families pays nothing
    state = small_state(buyers=({}, {}, {}), families=FAMILIES, levers={"mro_hubs": 2.0})
    state.families["users"] = (0b111, 0b011, 0b100)
    assert [hub_bill(buyer, state) for buyer in range(3)] == [12.0, 12.0, 0.0]
    set_lever(state, MRO_HUBS, 0.0)
    assert hub_bill(0, state) == 0.0
    set_lever(state, MRO_HUBS, 2.0)
    state.stock[0] = (6.0, 8.0, 0.0)
    look_at_fleet(0, state)
    assert state.buyers["extra_month"][0] == pytest.approx(1.0)  # 12 a year


def test_europe_and_canada_together_add_up_their_holds():
    # 100 and 60 by value; authority 0 could stop 80 of them, authority 1 120; the third state is not of them.
    state = small_state(buyers=({}, {}, {"in_total": 0}))
    state.buyers["fleet_value"] = (100.0, 60.0, 900.0)
    state.holds[:, :2] = ((50.0, 100.0), (30.0, 20.0), (900.0, 0.0))
    look_at_all_fleets(state)
    assert state.clock["worst_share"][0] == pytest.approx(120.0 / 160.0)
    assert state.clock["effective"][0] == pytest.approx(200.0**2 / (80.0**2 + 120.0**2))


def test_the_largest_hold_of_all_is_noted_each_quarter():
    state = small_state()
    state.clock["worst_share"], state.clock["month"] = 0.4, 2
    check_alliance(state)
    assert state.series[WORST, EVERY, 1] == pytest.approx(0.4)
