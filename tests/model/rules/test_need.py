"""Need: requirements, gaps and urgency, worked by hand."""

import pytest

from sim.model.rules.need import announced_path, force_goal, gap, required, retirement_pace, urgency


@pytest.mark.parametrize(
    ("month", "units"),
    [
        (0.0, 100.0),
        (30.0, 150.0),  # half of 60 months: half of the 100 more
        (45.0, 175.0),  # three quarters
        (60.0, 200.0),
        (119.0, 200.0),
    ],
)
def test_a_requirement_climbs_evenly_from_100_to_200_in_five_years_and_stays(month, units):
    assert announced_path(100.0, 200.0, 60.0, month) == pytest.approx(units)


def test_a_requirement_that_falls_does_so_on_the_same_straight_line():
    assert announced_path(80.0, 40.0, 40.0, 10.0) == pytest.approx(70.0)  # a quarter of the 40 fewer


def test_a_requirement_whose_year_has_passed_holds_at_once():
    assert announced_path(80.0, 120.0, 0.0, 0.0) == 120.0
    assert announced_path(80.0, 120.0, -24.0, 0.0) == 120.0


def test_force_goals_add_30_per_cent_by_the_horizon():
    assert force_goal(100.0, 0.3, 120.0, 120.0) == pytest.approx(130.0)
    assert force_goal(100.0, 0.3, 60.0, 120.0) == pytest.approx(115.0)
    assert force_goal(100.0, 0.3, 0.0, 120.0) == 100.0


def test_force_goals_stop_growing_at_the_horizon():
    assert force_goal(100.0, 0.3, 132.0, 120.0) == pytest.approx(130.0)


def test_a_state_without_such_equipment_has_no_force_goal_for_it():
    assert force_goal(0.0, 0.3, 120.0, 120.0) == 0.0


def test_the_larger_of_plan_and_force_goal_is_required():
    assert required(150.0, 130.0, 0.5, 0.8, 1.0) == 150.0
    assert required(110.0, 130.0, 0.5, 0.8, 1.0) == 130.0


def test_a_threat_half_as_large_again_raises_an_exposed_states_requirement_by_a_fifth():
    # 0.5 elasticity x 0.8 exposure x 0.5 more threat = 0.2
    assert required(100.0, 0.0, 0.5, 0.8, 1.5) == pytest.approx(120.0)


def test_a_lesser_threat_lowers_the_requirement_but_never_below_nothing():
    assert required(100.0, 0.0, 0.5, 0.8, 0.5) == pytest.approx(80.0)
    assert required(100.0, 0.0, 4.0, 1.0, 0.5) == 0.0  # 1 - 4 x 0.5 = -1


def test_more_threat_exposure_or_elasticity_never_lowers_a_requirement():
    steps = (0.0, 0.3, 0.6, 0.9)
    for argument in range(3):
        values = []
        for step in steps:
            elasticity, exposure, threat = (0.5 + step * (at == argument) for at in range(3))
            values.append(required(100.0, 0.0, elasticity, exposure, 1.0 + threat))
        assert values == sorted(values)
        assert values[0] < values[-1]


def test_what_is_due_leaves_by_the_end_and_a_part_of_the_rest_with_age():
    # 120 of 300 are due in 120 months: 1 a month. Of the other 180, with 30 years of life, half a unit a
    # month would be renewed; a quarter of that comes on top: 0.125.
    assert retirement_pace(120.0, 300.0, 120.0, 30.0, 0.25) == 1.125
    assert retirement_pace(0.0, 0.0, 120.0, 30.0, 0.25) == 0.0
    assert retirement_pace(300.0, 300.0, 120.0, 30.0, 1.0) == 2.5


def test_a_gap_is_what_will_be_required_less_what_will_be_there():
    # 200 required; 150 there of which 20 leave; 40 on order: 200 - 130 - 40
    assert gap(200.0, 150.0, 20.0, 40.0) == 30.0


def test_more_on_order_than_missing_is_no_gap():
    assert gap(200.0, 150.0, 20.0, 90.0) == 0.0


def test_urgency_is_gap_times_threat_times_exposure():
    assert urgency(0.5, 1.2, 0.8, 1.5) == pytest.approx(0.48)
    assert urgency(0.0, 2.0, 1.0, 1.5) == 0.0


def test_urgency_stops_at_one_and_a_half():
    assert urgency(1.0, 2.0, 1.0, 1.5) == 1.5
