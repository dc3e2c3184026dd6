"""A story: what is delivered in month m is usable in month m + k.

Crews of a family in service are ready after two months, of a new family after five. A full hub programme
halves both for Korean equipment: one month, and three (two and a half, rounded up).
"""

import pytest

from sim.model.lever_rows import MRO_HUBS
from sim.model.stages.deliver import deliver, produce
from sim.model.stages.need import assess
from tests.worlds import book_contract, set_lever, small_state

KOREAN = {"korean": 1}


def usable(months, new, line=None, hubs=0.0, quantity=3.0):
    """Usable units at the end of each month; three are delivered, in months 0, 1 and 2."""
    state = small_state(lines=(line or {},))
    set_lever(state, MRO_HUBS, hubs)
    book_contract(state, buyer=0, line=0, quantity=quantity, first_due=0, last_due=2, new_family=new)
    seen = []
    for month in range(months):
        state.clock["month"] = month
        produce(0, state)
        deliver(0, state)
        seen.append(float(state.pairs["usable"][0]))
    return state, seen


def test_a_known_family_is_usable_two_months_after_delivery():
    state, seen = usable(6, new=0)
    assert seen == [0.0, 0.0, 1.0, 2.0, 3.0, 3.0]
    assert state.contracts["usable_month"][0] == 2


def test_a_new_family_is_usable_five_months_after_delivery():
    state, seen = usable(9, new=1)
    assert seen == [0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 3.0, 3.0]
    assert state.contracts["usable_month"][0] == 5


@pytest.mark.parametrize(("new", "wait"), [(0, 1), (1, 3)])
def test_hubs_halve_the_wait_for_korean_equipment(new, wait):
    state, seen = usable(6, new, KOREAN, hubs=4.0)
    assert state.contracts["usable_month"][0] == wait
    assert seen[wait - 1 : wait + 2] == [0.0, 1.0, 2.0]


def test_half_the_hubs_cut_a_quarter():
    # 5 x (1 - 0.25) = 3.75: four months
    assert usable(1, 1, KOREAN, hubs=2.0)[0].contracts["usable_month"][0] == 4


def test_more_hubs_than_a_full_programme_cut_no_more():
    assert usable(1, 1, KOREAN, hubs=8.0)[0].contracts["usable_month"][0] == 3


def test_korean_hubs_do_nothing_for_other_makers():
    assert usable(1, 1, hubs=4.0)[0].contracts["usable_month"][0] == 5


def test_usable_equipment_is_counted_at_base_price():
    state, _ = usable(6, new=0)
    assert state.buyers["usable_base"][0] == pytest.approx(39.0)  # 3 x 13


def test_units_that_retire_in_the_meantime_never_make_more_usable_than_there_are():
    # Four old ones leave, one a month, while three new ones arrive and wait for crews.
    fleet = {"buyer": 0, "category": 0, "family": 1, "stock_start": 4.0, "retire_month": 1.0}
    state = small_state(
        buyers=({"last_fleet": 1},), lines=({"family": 0},), families=({}, {}), fleets=(fleet,)
    )
    state.stock[0, 1] = state.pairs["stock"][0] = state.pairs["usable"][0] = 4.0
    book_contract(state, buyer=0, line=0, quantity=3.0, first_due=0, last_due=2, new_family=1)
    stock, ready = [], []
    for month in range(9):
        state.clock["month"] = month
        assess(0, state)
        produce(0, state)
        deliver(0, state)
        stock.append(float(state.pairs["stock"][0]))
        ready.append(float(state.pairs["usable"][0]))
    assert stock == [4.0, 4.0, 4.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0]
    assert all(some <= there for some, there in zip(ready, stock, strict=True))
    assert ready[-1] == pytest.approx(3.0)
    assert state.stock[0].tolist() == [3.0, 0.0]
