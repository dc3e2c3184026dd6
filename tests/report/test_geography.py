"""Where countries lie, and the lines between them."""

import math

import pytest

from sim.evidence.seeds import load_seeds
from sim.report import flows, geography


@pytest.mark.parametrize(
    ("numeric", "west", "east", "south", "north"),
    [("616", 18, 21, 51, 53), ("840", -105, -95, 37, 42), ("578", 8, 18, 60, 67), ("250", 1, 4, 45, 48),
     ("410", 126, 129, 35, 38)],
)  # fmt: skip
def test_a_country_lies_at_the_centre_of_its_largest_piece(numeric, west, east, south, north):
    x, y = geography.centre(numeric)
    assert west < x < east
    assert south < y < north


@pytest.mark.parametrize("point", [(13.0, 53.5), (19.4, 52.1), (-100.0, 40.0), (128.0, 36.5)])
def test_the_plane_and_back(point):
    assert geography.from_plane(geography.to_plane(point)) == pytest.approx(point)


def test_the_plane_keeps_areas_and_puts_the_pole_where_snyder_does():
    # On the meridian of the middle the distance is 2 sin(angle / 2) radians (Snyder 1987, equation 24-1).
    assert geography.to_plane((13.0, 90.0)) == pytest.approx((0.0, 2 * math.sin(math.radians(36.5) / 2)))


def test_what_lies_beyond_the_map_is_where_the_straight_line_leaves_it():
    assert geography.within((0.1, -0.2)) == (0.1, -0.2)
    x, y = geography.within((2 * geography.EDGE[0], geography.EDGE[1]))
    assert (x, y) == pytest.approx((geography.EDGE[0], geography.EDGE[1] / 2))
    assert geography.is_within((0.0, 0.1))
    assert not geography.is_within((0.0, 1.0))


def test_an_arc_begins_and_ends_where_it_should_and_the_way_back_lies_apart():
    there = geography.arc((0.0, 0.0), (1.0, 0.0), bend=0.2, points=4)
    assert there[0] == (0.0, 0.0)
    assert there[-1] == (1.0, 0.0)
    assert there[2] == pytest.approx((0.5, 0.2))
    assert geography.arc((1.0, 0.0), (0.0, 0.0), bend=0.2, points=4)[2] == pytest.approx((0.5, -0.2))


def test_every_plant_and_every_state_of_the_seeds_has_its_place():
    seeds = load_seeds()
    atlas = flows.atlas(seeds)
    for country in {*atlas.plants.values(), *(state.id for state in seeds.states())}:
        assert all(math.isfinite(part) for part in atlas.place(country))
        assert atlas.country(country) != country
