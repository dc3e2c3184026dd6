"""Who ordered which family: two years by hand, and what is seen at once."""

import pytest

from sim.model.stages.orders import earlier_purchases, is_known, look_at_orders, note_first_order
from sim.model.state import NEVER
from tests.worlds import small_state

# Two families of government 1, one of government 2, one of several makers.
FAMILIES = ({"maker": 1}, {"maker": 1}, {"maker": 2}, {})
LINES = tuple({"family": row} for row in range(4))
FEW = {"choice_adopter_years": 1.0, "choice_previous_years": 2.0}


def world(rules=None):
    state = small_state(buyers=({}, {}), families=FAMILIES, lines=LINES, rules=rules or FEW)
    state.adopted[:] = NEVER
    return state


def test_before_any_order_nothing_is_known():
    state = world()
    look_at_orders(state)
    assert state.families["ordered"].tolist() == [0, 0, 0, 0]
    assert state.families["adopters"].tolist() == [0, 0, 0, 0]
    assert state.dealings.tolist() == [[0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]
    assert not is_known(0, 0, state)


def test_a_first_order_is_seen_at_once():
    state = world()
    state.clock["month"] = 5
    note_first_order(1, 0, state)
    assert state.adopted[1, 0] == 5
    assert state.families["ordered"].tolist() == [0b10, 0, 0, 0]
    assert state.families["adopters"].tolist() == [0b10, 0, 0, 0]


def test_a_states_own_order_makes_a_relation_a_year_later():
    state = world()
    note_first_order(1, 0, state)  # in month 0
    state.clock["month"] = 8
    look_at_orders(state)
    assert state.dealings.sum() == 0.0
    state.clock["month"] = 12
    look_at_orders(state)
    assert state.dealings.tolist() == [[0.0, 0.0, 0.0], [0.0, 1.0, 0.0]]


def test_a_second_order_of_a_family_is_no_news():
    state = world()
    state.clock["month"] = 5
    note_first_order(1, 0, state)
    state.clock["month"] = 9
    note_first_order(1, 0, state)
    assert state.adopted[1, 0] == 5


def test_a_family_of_several_makers_counts_for_no_government():
    state = world()
    note_first_order(0, 3, state)
    assert state.families["ordered"].tolist() == [0, 0, 0, 0b1]
    assert state.dealings.sum() == 0.0
    look_at_orders(state)
    assert state.dealings.sum() == 0.0


def test_two_years_by_hand():
    """State 0 orders family 0 in month 0 and 1 in month 8; state 1 orders family 0 in month 13.

    A buyer of the last year is recent; a purchase of one to two years ago makes a relation.
    """
    state = world()
    seen = {}
    for month in range(33):
        state.clock["month"] = month
        if month % 4 == 0:
            look_at_orders(state)
            seen[month] = (
                state.families["adopters"][:2].tolist(),
                state.families["ordered"][:2].tolist(),
                state.dealings[:, 1].tolist(),
            )
        for buyer, family, ordered in ((0, 0, 0), (0, 1, 8), (1, 0, 13)):
            if month == ordered:
                note_first_order(buyer, family, state)
    assert seen[0] == ([0, 0], [0, 0], [0.0, 0.0])
    assert seen[8] == ([0b01, 0], [0b01, 0], [0.0, 0.0])
    assert seen[12] == ([0, 0b01], [0b01, 0b01], [1.0, 0.0])  # month 0 is a year ago
    assert seen[16] == ([0b10, 0b01], [0b11, 0b01], [1.0, 0.0])
    assert seen[20] == ([0b10, 0], [0b11, 0b01], [2.0, 0.0])  # month 8 is a year ago
    assert seen[24] == ([0b10, 0], [0b11, 0b01], [1.0, 0.0])  # month 0 is two years ago
    assert seen[28] == ([0, 0], [0b11, 0b01], [1.0, 1.0])  # month 13 is a year ago
    assert seen[32] == ([0, 0], [0b11, 0b01], [0.0, 1.0])  # month 8 is two years ago


def test_orders_before_the_start_count_by_their_age():
    state = world()
    state.adopted[0, 0], state.adopted[1, 0] = -6.0, -18.0
    look_at_orders(state)
    assert state.families["adopters"][0] == 0b01
    assert state.families["ordered"][0] == 0b11
    assert state.dealings[:, 1].tolist() == [0.0, 1.0]


@pytest.mark.parametrize(("month", "known"), [(16, False), (17, True), (60, True)])
def test_a_family_is_known_a_year_after_its_first_order(month, known):
    state = world()
    state.adopted[0, 0] = 5.0
    state.clock["month"] = month
    assert is_known(0, 0, state) is known


def test_a_family_in_service_is_known():
    state = world()
    state.stock[0, 0] = 1.0
    assert is_known(0, 0, state)
    state.stock[0, 0] = 0.9
    assert not is_known(0, 0, state)


def test_earlier_purchases_leave_out_the_family_itself_and_other_governments():
    state = world()
    for family in (0, 1, 2):
        state.adopted[0, family] = -14.0
    look_at_orders(state)
    assert earlier_purchases(0, 0, 1, state) == 1.0  # family 1
    assert earlier_purchases(0, 2, 1, state) == 2.0  # families 0 and 1
    assert earlier_purchases(0, 2, 2, state) == 0.0
    assert earlier_purchases(1, 0, 1, state) == 0.0


def test_what_was_not_counted_at_the_last_look_is_not_taken_off():
    """Family 0 was ordered eight months before the start: too lately to count until the look of month 12."""
    state = world()
    state.adopted[0, 0], state.adopted[0, 1] = -8.0, -14.0
    look_at_orders(state)
    for month in (0, 5, 12):  # the look of month 12 comes after its decisions
        state.clock["month"] = month
        assert earlier_purchases(0, 0, 1, state) == 1.0  # family 1, the whole count
    look_at_orders(state)
    assert state.dealings[0, 1] == 1.0  # family 0; family 1 is 26 months old
    assert earlier_purchases(0, 0, 1, state) == 0.0
    assert earlier_purchases(0, 1, 1, state) == 1.0
