"""What a state could field while a government withholds its support, held to numbers worked out on paper."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.model.stages.strength import fielded
from sim.model.state import NONE
from tests.worlds import fill, small_state

FIRST, SECOND, THIRD = range(3)  # authorities


def army(buyer=None, **pair):
    """Six units of a family that the second authority supports, four of one that nobody could stop."""
    families = ({"support_mask": 1 << SECOND}, {"support_mask": 0})
    state = small_state(
        buyers=(buyer or {},),
        lines=({"family": 0, "support_mask": 1 << SECOND}, {"family": 1}),
        families=tuple({"category": 0, "price": 13.0, **family} for family in families),
    )
    state.stock[0] = [6.0, 4.0]
    fill(state.pairs, 0, {"requirement": 10.0, "stock": 10.0, "usable": 8.0}, pair)
    return state


@pytest.mark.parametrize(
    ("authority", "left", "share"),
    [
        (NONE, 0.5, 0.8),
        (FIRST, 0.5, 0.8),
        (SECOND, 0.5, 0.56),  # of eight usable six tenths stop by half: 8 x 0.7 of 10
        (SECOND, 0.0, 0.32),
        (SECOND, 1.0, 0.8),
    ],
)
def test_what_a_government_supports_works_in_part_when_it_withholds(authority, left, share):
    assert fielded(0, authority, left, army()) == pytest.approx(share)


def test_a_states_own_government_withholds_nothing_from_it():
    assert fielded(0, SECOND, 0.5, army(buyer={"authority": SECOND})) == pytest.approx(0.8)


def test_equipment_on_loan_counts_and_stops_with_the_support_of_its_line():
    assert fielded(0, NONE, 0.5, army(lent=2.0, lent_line=0)) == pytest.approx(1.0)
    assert fielded(0, SECOND, 0.5, army(lent=2.0, lent_line=0)) == pytest.approx(0.66)  # 5.6 + 1 of 10
    assert fielded(0, SECOND, 0.5, army(lent=2.0, lent_line=1)) == pytest.approx(0.76)  # 5.6 + 2 of 10


def test_more_than_is_required_counts_for_nothing():
    # 30 usable, 12 of them hold by other support and 9 more run on: more than the ten required
    state = army(stock=30.0, usable=30.0)
    assert fielded(0, NONE, 0.5, state) == 1.0
    assert fielded(0, SECOND, 0.5, state) == 1.0
    assert fielded(0, SECOND, 0.0, army(stock=10.0, usable=30.0)) == pytest.approx(0.4)


def test_needs_count_by_what_their_equipment_is_worth():
    # 10 at 13 of which 8 are there, 5 at 26 of which none: 104 of 260. A need that is none counts nothing.
    state = small_state(categories=({}, {}, {}), lines=({}, {"category": 1}, {"category": 2}))
    for row, fields in enumerate((
        {"requirement": 10.0, "stock": 8.0, "usable": 8.0},
        {"requirement": 5.0, "base_price": 26.0},
        {"requirement": 5.0, "stock": 5.0, "usable": 5.0, "needed": 0},
    )):  # fmt: skip
        fill(state.pairs, row, fields)
    assert fielded(0, NONE, 0.5, state) == pytest.approx(0.4)


def test_without_a_need_there_is_no_share():
    assert math.isnan(fielded(0, SECOND, 0.5, army(needed=0)))
    assert math.isnan(fielded(0, SECOND, 0.5, army(requirement=0.0)))


UNITS = st.floats(0.0, 50.0)


@given(required=st.floats(0.5, 50.0), first=UNITS, second=UNITS, usable=UNITS, lent=UNITS,
       lent_line=st.sampled_from([NONE, 0, 1]), left=st.floats(0.0, 1.0))  # fmt: skip
def test_withholding_never_helps(required, first, second, usable, lent, lent_line, left):
    state = army(requirement=required, stock=first + second, usable=usable, lent=lent, lent_line=lent_line)
    state.stock[0] = [first, second]
    whole = fielded(0, NONE, left, state)
    assert 0.0 <= whole <= 1.0 + 1e-12
    for authority in (FIRST, SECOND, THIRD):
        assert 0.0 <= fielded(0, authority, left, state) <= whole + 1e-12
    assert fielded(0, SECOND, 1.0, state) == pytest.approx(whole)
