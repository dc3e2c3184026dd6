"""Reliance: who could withhold, counted in masks of authorities, and how ready a fleet is."""

import pytest

from sim.model.rules.reliance import (
    availability,
    exposure,
    foreign,
    months_of_support,
    ready_units,
)


def test_a_buyers_own_government_is_not_foreign():
    assert foreign(0b1011, 1) == 0b1001


def test_a_buyer_that_is_not_among_them_faces_all():
    assert foreign(0b1011, 2) == 0b1011
    assert foreign(0b1011, -1) == 0b1011


def test_a_government_behind_the_whole_fleet_counts_by_its_distrust_alone():
    assert exposure(1.0, 0.25, 0.2) == pytest.approx(0.2)


def test_a_government_with_no_hold_yet_counts_a_quarter_of_its_distrust():
    assert exposure(0.0, 0.25, 0.2) == pytest.approx(0.05)


def test_a_hold_on_two_fifths_of_the_fleet():
    # (0.25 + 0.75 x 0.4) x 0.2 = 0.55 x 0.2
    assert exposure(0.4, 0.25, 0.2) == pytest.approx(0.11)


def test_nobody_minds_a_government_it_does_not_distrust():
    assert exposure(1.0, 0.25, 0.0) == 0.0


def ready(extra=0.0, korean=0.0, hubs=0.0, usual=0.7):
    """Availability with 2 points lost per extra family and 6 gained by a full hub programme."""
    return availability(usual, extra, 0.02, korean, hubs, 0.06)


def test_a_single_family_is_as_ready_as_usual():
    assert ready() == pytest.approx(0.7)


def test_three_extra_families_cost_six_points():
    assert ready(extra=3.0) == pytest.approx(0.64)


def test_half_a_hub_programme_on_half_a_fleet_gains_a_quarter_of_its_points():
    assert ready(korean=0.5, hubs=0.5) == pytest.approx(0.715)


def test_hubs_do_nothing_for_fleets_they_do_not_support():
    assert ready(korean=0.0, hubs=1.0) == pytest.approx(0.7)


def test_availability_stays_between_5_and_95_per_cent():
    assert ready(extra=60.0) == 0.05
    assert ready(korean=1.0, hubs=1.0, usual=0.94) == 0.95


def test_a_new_family_counts_half_for_its_first_two_years():
    assert ready_units(8.0, 23.0, 24.0, 0.5) == 4.0
    assert ready_units(8.0, 24.0, 24.0, 0.5) == 8.0


def test_half_of_a_fleet_that_one_authority_supports_in_full_stands_after_half_the_spares():
    assert months_of_support(1.0, 18.0, 120.0) == 9.0


def test_where_one_authority_supports_a_quarter_half_of_the_fleet_stands_on_paper_after_36_months():
    # A quarter wears down over 18 months; at that pace a half would take 36.
    assert months_of_support(0.25, 18.0, 120.0) == 36.0


def test_a_small_hold_is_worth_at_most_ten_years():
    assert months_of_support(0.05, 18.0, 120.0) == 120.0
    assert months_of_support(0.0, 18.0, 120.0) == 120.0
