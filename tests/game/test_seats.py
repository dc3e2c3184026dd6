"""Who may decide what."""

import pytest

from sim.evidence.seeds import load_seeds
from sim.game.errors import GameError
from sim.game.seats import (
    ALLIANCE,
    CLASS_OF_THIRTY,
    INDUSTRY,
    LEVERS,
    STATE,
    check_seats,
    find_seat,
    seats,
)  # fmt: skip
from sim.policy.levers import levers


def test_every_state_of_the_seeds_has_a_seat_and_so_have_three_industries_and_the_alliance():
    known = seats()
    states = {state.id for state in load_seeds().states()}
    assert {name for name, seat in known.items() if seat.kind == STATE} == states | {"BALTIC"}
    assert {name for name, seat in known.items() if seat.kind == INDUSTRY} == {
        "korea", "europe", "united_states",
    }  # fmt: skip
    assert [name for name, seat in known.items() if seat.kind == ALLIANCE] == ["alliance"]


def test_the_baltic_seat_decides_for_three_states():
    assert find_seat("BALTIC").states == ("EST", "LVA", "LTU")


def test_levers_of_seats_exist_and_none_is_in_two_seats():
    known, owners = levers(load_seeds()), {}
    for seat in seats().values():
        assert set(seat.levers) <= set(known), seat.id
        for lever in seat.levers:
            owners.setdefault(lever, set()).add(seat.id)
    shared = {lever: names for lever, names in owners.items() if len(names) > 1}
    assert all("BALTIC" in names and len(names) == 2 for names in shared.values())


def test_what_nobody_decides_is_in_no_seat():
    free = {"threat", "rest_of_world_demand", "us_supply", "korean_supply", "budget_squeeze", "shock_chance"}
    assert not free & {lever for names in LEVERS.values() for lever in names}


def test_a_class_of_thirty_sits_in_ten_seats():
    assert check_seats(CLASS_OF_THIRTY) == CLASS_OF_THIRTY
    assert len(CLASS_OF_THIRTY) == 10


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        (("POL", "POL"), "decided for in two seats"),
        (("LVA", "BALTIC"), "'LVA' would be decided for in two seats"),
        (("BALTIC", "EST"), "'EST' would be decided for in two seats"),
        (("POLAND",), "there is no seat 'POLAND'"),
    ],
)
def test_seats_that_cannot_be_at_one_table_are_refused(names, sentence):
    with pytest.raises(GameError, match=sentence):
        check_seats(names)
