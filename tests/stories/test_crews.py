"""A story: what is delivered in month m is usable in month m + k.

Crews of a family in service are ready after two months, of a new family after five. A full hub programme
halves both for Korean equipment: one month, and three (two and a half, rounded up). A first load of
munitions must be there too: twelve months after the order where a category needs that long.
"""

import pytest

from sim.model.lever_rows import MRO_HUBS, MUNITIONS_OUTPUT, TRAINING_EXCHANGE
from sim.model.stages.need import assess
from tests.worlds import book_contract, fill, run, set_lever, small_state

KOREAN = {"korean": 1}
ALL_IN_ITS_TIME = [0.0, 0.0, 1.0, 2.0, 3.0, 3.0]


def usable(months, new, line=None, levers=None, munitions=0.0, signed=0):
    """Usable units at the end of each month; three are delivered, in months 0, 1 and 2."""
    state = small_state(lines=(line or {},), categories=({"munition_months": munitions},))
    for row, value in (levers or {}).items():
        set_lever(state, row, value)
    book_contract(
        state, buyer=0, line=0, quantity=3.0, first_due=0, last_due=2, new_family=new, signed=signed
    )
    return state, [float(state.pairs["usable"][0]) for _ in run(state, 0, months - 1)]


def test_a_known_family_is_usable_two_months_after_delivery():
    state, seen = usable(6, new=0)
    assert seen == ALL_IN_ITS_TIME
    assert state.contracts["usable_month"][0] == 2


def test_a_new_family_is_usable_five_months_after_delivery():
    state, seen = usable(9, new=1)
    assert seen == [0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 3.0, 3.0]
    assert state.contracts["usable_month"][0] == 5


@pytest.mark.parametrize(("new", "wait"), [(0, 1), (1, 3)])
def test_hubs_halve_the_wait_for_korean_equipment(new, wait):
    state, seen = usable(6, new, KOREAN, {MRO_HUBS: 4.0})
    assert state.contracts["usable_month"][0] == wait
    assert seen[wait - 1 : wait + 2] == [0.0, 1.0, 2.0]


@pytest.mark.parametrize(
    ("levers", "wait"),
    [
        ({MRO_HUBS: 2.0}, 4),  # 5 x (1 - 0.25) = 3.75
        ({MRO_HUBS: 8.0}, 3),  # no more than a full programme
        ({TRAINING_EXCHANGE: 1.0}, 4),  # 5 x (1 - 0.2)
        ({MRO_HUBS: 4.0, TRAINING_EXCHANGE: 1.0}, 2),  # 5 x (1 - 0.5 - 0.2) = 1.5, halves go up
    ],
)
def test_hubs_and_training_cut_their_part(levers, wait):
    assert usable(1, 1, KOREAN, levers)[0].contracts["usable_month"][0] == wait


def test_korean_hubs_and_training_do_nothing_for_other_makers():
    levers = {MRO_HUBS: 4.0, TRAINING_EXCHANGE: 1.0}
    assert usable(1, 1, levers=levers)[0].contracts["usable_month"][0] == 5


def test_crews_that_are_ready_wait_for_munitions():
    # Twelve months from the order in month 0: all three are usable in month 12, not in 2, 3 and 4.
    state, seen = usable(14, new=0, munitions=12.0)
    assert seen[:12] == [0.0] * 12
    assert seen[12:] == [3.0, 3.0]
    assert state.contracts["usable_month"][0] == 12


def test_munitions_ordered_long_ago_keep_nobody_waiting():
    assert usable(6, new=0, munitions=12.0, signed=-11)[1] == ALL_IN_ITS_TIME


def test_half_the_output_of_munitions_doubles_their_wait_and_twice_halves_it():
    half = usable(1, 0, levers={MUNITIONS_OUTPUT: 0.5}, munitions=12.0)[0]
    twice = usable(1, 0, levers={MUNITIONS_OUTPUT: 2.0}, munitions=12.0)[0]
    assert (half.contracts["usable_month"][0], twice.contracts["usable_month"][0]) == (24, 6)


def test_usable_equipment_is_counted_at_base_price():
    state, _ = usable(6, new=0)
    assert state.buyers["usable_base"][0] == pytest.approx(39.0)  # 3 x 13


def test_units_that_retire_in_the_meantime_never_make_more_usable_than_there_are():
    # Four old ones leave, one a month in batches of three, while three new ones arrive and wait for crews.
    fleet = {"buyer": 0, "category": 0, "family": 1, "stock_start": 4.0, "retire_month": 1.0}
    state = small_state(
        buyers=({"last_fleet": 1},), lines=({"family": 0},), families=({}, {}), fleets=(fleet,)
    )
    state.stock[0, 1] = 4.0
    fill(state.pairs, 0, {"stock": 4.0, "usable": 4.0})
    book_contract(state, buyer=0, line=0, quantity=3.0, first_due=0, last_due=2, new_family=1)
    stock, ready = [], []
    for month in range(9):
        state.clock["month"] = month
        assess(0, state)
        for _ in run(state, month, month):
            stock.append(float(state.pairs["stock"][0]))
            ready.append(float(state.pairs["usable"][0]))
    # 4 - 3 + 1 = 2 in month 0; the last old one leaves in month 3
    assert stock == [2.0, 3.0, 4.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0]
    assert all(some <= there for some, there in zip(ready, stock, strict=True))
    assert ready[:3] == pytest.approx([1.0, 1.0, 1.0])
    assert ready[-1] == pytest.approx(3.0)
    assert state.stock[0].tolist() == [3.0, 0.0]
