"""Stage 9: what is let go, handed over, paid and trained on; whole stories are in tests/stories."""

import pytest

from sim.model.lever_rows import EUROPEAN_LICENCE_RELEASE, US_LICENCE_RELEASE
from sim.model.stages.deliver import batch, crew, hand_over, holder, next_look, note_delay, released_share
from tests.worlds import book_contract, number, set_lever, small_state


def booked(quantity=6.0, first_due=0, last_due=5, line=None, buyer=None, rules=None, **contract):
    """A contract in the books."""
    state = small_state(lines=(line or {},), buyers=(buyer or {},), rules=rules)
    book_contract(
        state, buyer=0, line=0, quantity=quantity, first_due=first_due, last_due=last_due, **contract
    )
    return state


def test_two_units_change_hands_in_all_books():
    state = booked(line={"industry": 2, "support_rate": 0.12}, paid_share=0.25, credit=0.5)
    state.clock["month"] = 4
    hand_over(0, 2.0, state)
    assert state.contracts["delivered"][0] == 2.0
    assert (state.contracts["first_month"][0], state.contracts["last_month"][0]) == (4, 4)
    assert (state.lines["backlog"][0], state.lines["delivered"][0]) == (4.0, 2.0)
    assert (state.pairs["stock"][0], state.pairs["on_order"][0]) == (2.0, 4.0)
    assert (state.stock[0, 0], state.since[0, 0], state.families["users"][0]) == (2.0, 4.0, 1)
    # 26, of which three quarters, 19.5, are due: half in cash, half from the loan
    assert (state.buyers["paid"][0], state.buyers["debt"][0]) == (9.75, 9.75)
    assert state.buyers["upkeep_month"][0] == pytest.approx(0.26)
    assert state.flows[2].tolist() == [0.0, 26.0, 26.0]


def test_what_a_home_maker_delivers_is_no_import():
    state = booked(line={"home": 1})
    hand_over(0, 2.0, state)
    assert state.flows[0].tolist() == [0.0, 26.0, 0.0]


def test_a_family_that_is_in_service_keeps_its_date():
    state = booked()
    state.stock[0, 0], state.since[0, 0], state.clock["month"] = 3.0, -50.0, 4
    hand_over(0, 1.0, state)
    assert state.since[0, 0] == -50.0


def test_crews_make_units_usable_in_their_month():
    state = booked()
    hand_over(0, 2.0, state)
    assert state.arriving[5, 0] == 2.0  # a new family: five months
    state.clock["month"] = 5
    crew(0, state)
    assert state.pairs["usable"][0] == 2.0
    assert state.buyers["usable_base"][0] == 26.0


@pytest.mark.parametrize(
    ("delivered", "batch_months", "units"),
    [(0.0, 3.0, 1.0), (1.0, 3.0, 3.0), (4.0, 3.0, 2.0), (1.0, 1.0, 1.0)],
)
def test_the_first_comes_alone_and_then_a_quarters_work_at_a_time(delivered, batch_months, units):
    state = booked(rules={"produce_batch_months": batch_months}, delivered=delivered)
    assert batch(0, state) == units


def test_large_units_come_one_by_one():
    assert booked(quantity=2.0, last_due=23, delivered=1.0).contracts["quantity"][0] == 2.0
    assert batch(0, booked(quantity=2.0, last_due=23, delivered=1.0)) == 1.0


@pytest.mark.parametrize(
    ("month", "contract", "look"),
    [
        (0, {"delivered": 1.0, "seen": 1.0, "allowed": 1.0}, 1),  # the second is planned for month 1
        (0, {"delivered": 1.0, "seen": 2.0, "allowed": 1.0}, 1),  # withheld
        (7, {"delivered": 2.0, "seen": 2.0, "allowed": 2.0}, 8),  # late
        (0, {"first_due": 9, "last_due": 14}, 3),  # nothing yet: after a quarter
        (8, {"first_due": 9, "last_due": 14}, 9),
    ],
)
def test_when_a_contract_is_looked_at_again(month, contract, look):
    state = booked(**contract)
    state.clock["month"] = month
    assert next_look(0, state) == look


def test_who_is_behind_a_delay():
    line = {"authority": 1, "us_part": 1, "part_holder": 2}
    state = booked(line=line)
    state.clock["usa"] = 0
    assert holder(0, state) == 1
    set_lever(state, EUROPEAN_LICENCE_RELEASE, 0.5)
    assert holder(0, state) == 1  # nothing is withheld: the plant itself is late
    state.contracts["seen"][0] = 2.0
    set_lever(state, EUROPEAN_LICENCE_RELEASE, 0.5)
    assert holder(0, state) == 2
    set_lever(state, US_LICENCE_RELEASE, 0.5)
    assert holder(0, state) == 0


def test_the_least_share_of_several_counts():
    state = booked(line={"us_part": 1, "part_holder": 2})
    assert released_share(0, state) == 1.0
    set_lever(state, US_LICENCE_RELEASE, 0.6)
    set_lever(state, EUROPEAN_LICENCE_RELEASE, 0.3)
    assert released_share(0, state) == 0.3
    state.buyers["authority"] = 2
    assert released_share(0, state) == 0.6


def test_months_of_delay_are_noted_against_others_only():
    state = booked(line={"authority": 1})
    note_delay(0, 2.0, state)
    note_delay(0, 1.0, state)
    assert (state.late[0].tolist(), number(state.buyers, 0, "late")) == ([0.0, 3.0, 0.0], 1.0)
    own = booked(line={"authority": 1}, buyer={"authority": 1})
    note_delay(0, 2.0, own)
    assert (own.late.sum(), number(own.buyers, 0, "late")) == (0.0, 0.0)
