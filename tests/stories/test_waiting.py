"""A story: every month between contract and first delivery has one cause, and the causes add up exactly.

A busy line, consent, finance, a plant that has not opened, usual lateness, a plant that stands still, an
army served first and a licence withheld, one after the other and together.
"""

import pytest

from sim.model.lever_rows import (
    EUROPEAN_HOME_PRIORITY,
    KOREAN_CREDIT,
    OUTPUT_FIRST,
    SLOT_LENDING,
    US_LICENCE_RELEASE,
)
from sim.model.stages.offer import offer
from sim.model.stages.sign import sign
from sim.model.state import CAUSES, NONE, URGENT
from tests.worlds import book_contract, call_tender, number, run, set_lever, small_state

A, B = 0, 1
BUSY = 24.0


def story(last=80, line=None, rules=None, levers=(), quantity=6.0, busy=BUSY, month=0, **pair):
    """B signs for six behind A's order; levers are (from month, row, value). Return B's contract."""
    state = small_state(
        buyers=({}, {}), lines=(line or {},), authorities=({"member": 1}, {}), rules=rules or {}
    )
    if busy:
        book_contract(state, buyer=A, line=0, quantity=busy, first_due=0, last_due=int(busy) - 1)
    for begins, row, value in levers:
        if begins <= month:
            set_lever(state, row, value)
    state.clock["month"] = month
    call_tender(state, B, quantity=quantity, **pair)
    offer(0, state)
    state.pairs["chosen"][B] = 0
    sign(B, state)
    mine = int(state.clock["contracts"][0]) - 1
    for now in range(month, last + 1):
        for begins, row, value in levers:
            if begins == now:
                set_lever(state, row, value)
        for _ in run(state, now, now):
            pass
    return {
        "waited": number(state.contracts, mine, "first_month") - number(state.contracts, mine, "signed"),
        **{cause: number(state.contracts, mine, f"months_{cause}") for cause in CAUSES},
    }


def shown(found):
    """The causes that are not nil."""
    return {cause: found[cause] for cause in CAUSES if found[cause]}


def test_a_queue():
    found = story()
    assert found["waited"] == 24.0
    assert shown(found) == {"process": 2.0, "queue": 16.0, "build": 6.0}


def test_an_empty_line():
    found = story(busy=0)
    assert found["waited"] == 8.0
    assert shown(found) == {"process": 2.0, "build": 6.0}


def test_finance_of_a_korean_loan():
    # Six months of consent for a non-member, four of finance, six of building.
    found = story(
        busy=0,
        line={"korean": 1, "authority": 1},
        levers=[(0, KOREAN_CREDIT, 1.0)],
        rules={"quote_local_threshold": 50.0},
    )
    assert found["waited"] == 16.0
    assert shown(found) == {"process": 6.0, "finance": 4.0, "build": 6.0}


def test_a_plant_that_is_not_open_yet():
    # It opens in month 30; half of the six months of building is prepared: ready in month 33.
    found = story(busy=0, line={"opens": 2028.5})
    assert found["waited"] == 33.0
    assert shown(found) == {"process": 2.0, "ramp": 25.0, "build": 6.0}


def test_usual_lateness():
    found = story(rules={"slip_on_time": 0.0, "slip_mean": 0.5})
    assert found["residual"] > 0.0
    assert found["waited"] == 24.0 + found["residual"]


def test_a_plant_that_stands_still_for_four_months():
    found = story(levers=[(0, OUTPUT_FIRST, 1.0), (10, OUTPUT_FIRST, 0.0), (14, OUTPUT_FIRST, 1.0)])
    assert found["waited"] == 28.0
    assert shown(found) == {"process": 2.0, "queue": 16.0, "build": 6.0, "supply": 4.0}


def test_an_army_that_comes_first():
    # From month 24 on the plant makes half, and the army, due one a month until month 29, takes all.
    line = {"european": 1, "home": 0b01}
    found = story(line=line, busy=30.0, levers=[(0, EUROPEAN_HOME_PRIORITY, 1.0), (20, OUTPUT_FIRST, 0.5)])
    assert found["priority"] > 0.0
    assert found["waited"] == sum(found[cause] for cause in CAUSES)


def test_a_licence_withheld():
    line = {"us_part": 1}
    found = story(line=line, levers=[(20, US_LICENCE_RELEASE, 0.0), (31, US_LICENCE_RELEASE, 1.0)])
    assert found["waited"] == 31.0
    assert shown(found) == {"process": 2.0, "queue": 16.0, "build": 6.0, "licence": 7.0}


def test_lent_slots():
    line = {"korean": 1, "in_korea": 1, "outside_share": 0.5, "authority": 1}
    found = story(line=line, busy=0, levers=[(0, SLOT_LENDING, 1.0)], route=URGENT)
    assert found["waited"] == 9.0
    assert shown(found) == {"process": 6.0, "build": 3.0}


def test_all_at_once_with_the_causes_one_by_one():
    # Late by the plant in months 24 to 27, then withheld until month 33.
    levers = [(20, OUTPUT_FIRST, 0.0), (24, OUTPUT_FIRST, 1.0), (26, US_LICENCE_RELEASE, 0.0),
              (34, US_LICENCE_RELEASE, 1.0)]  # fmt: skip
    found = story(line={"us_part": 1}, levers=levers)
    assert found["waited"] == 34.0
    assert shown(found) == {"process": 2.0, "queue": 16.0, "build": 6.0, "supply": 4.0, "licence": 6.0}


LINES = [{}, {"opens": 2028.5}, {"build_months": 30.5}, {"outside_share": 0.3}, {"output_share": 0.7},
         {"rate_now": 1.5, "rate_planned": 1.5, "build_months": 40.0}, {"rate_now": 5.0, "rate_planned": 9.0,
          "rate_planned_year": 2028.0}, {"korean": 1, "us_part": 1, "authority": 1}]  # fmt: skip


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("quantity", [1.0, 2.0, 7.0])
@pytest.mark.parametrize("month", [0, 5])
def test_the_causes_add_up_to_the_months_whatever_the_line(line, quantity, month):
    levers = [(9, OUTPUT_FIRST, 0.4), (15, OUTPUT_FIRST, 1.0), (30, US_LICENCE_RELEASE, 0.5),
              (60, US_LICENCE_RELEASE, 1.0)]  # fmt: skip
    for mean in (0.0, 0.1):
        found = story(last=119, line=line, quantity=quantity, month=month, levers=levers, busy=7.0,
                      rules={"slip_on_time": 0.0, "slip_mean": mean})  # fmt: skip
        assert found["waited"] > NONE
        assert found["waited"] == sum(found[cause] for cause in CAUSES)
