"""A story: a person has a plant promise other months than it plans. Work stays as it is; trust does not."""

import pytest

from sim.model.lever_rows import KOREAN_CREDIT
from sim.model.stages.offer import offer
from sim.model.stages.sign import sign
from sim.model.state import CALENDAR, CAUSES, URGENT
from tests.worlds import book_contract, call_tender, run, small_state

A, B = 0, 1
BUSY = 24  # months that the plant works for A, one unit in each


def offered(promise, line=None, rules=None, quantity=6.0, busy=BUSY, levers=None, **pair):
    """The plant has answered B's tender for six behind A's order."""
    state = small_state(
        buyers=({}, {}),
        lines=({"promise": promise, **(line or {})},),
        authorities=({"member": 1}, {}),
        rules=rules,
        levers=levers,
    )
    if busy:
        book_contract(state, buyer=A, line=0, quantity=busy, first_due=0, last_due=busy - 1)
    call_tender(state, B, quantity=quantity, **pair)
    offer(0, state)
    return state


def story(promise, last=110, **parts):
    """B signs, and all is delivered. Return the state; B's contract is the last one."""
    state = offered(promise, **parts)
    state.pairs["chosen"][B] = 0
    sign(B, state)
    for _ in run(state, 0, last):
        pass
    return state


def contract_of(state):
    """B's contract as a plain row."""
    row = state.contracts[int(state.clock["contracts"][0]) - 1]
    return {name: row[name].item() for name in row.dtype.names}


def test_half_the_months_are_promised_and_the_rest_is_lateness():
    # Two months of consent, six of building, sixteen in the queue: month 24, promised for month 12.
    found = contract_of(story(0.5))
    assert (found["first_due"], found["last_due"], found["slip"]) == (12, 17, 12.0)
    assert (found["first_month"], found["last_month"]) == (24, 29)
    causes = {cause: found[f"months_{cause}"] for cause in CAUSES if found[f"months_{cause}"]}
    assert causes == {"process": 2.0, "build": 6.0, "queue": 4.0, "residual": 12.0}


CASES = {
    "a queue": {},
    "an empty plant": {"busy": 0},
    "large units": {"line": {"rate_now": 3.0, "rate_planned": 3.0}, "quantity": 2.0, "busy": 0},
    "a plant not open yet": {"line": {"opens": 2028.5}, "busy": 0},
    "usual lateness": {"rules": {"slip_on_time": 0.0, "slip_mean": 0.5}},
    "finance": {
        "line": {"korean": 1, "authority": 1},
        "levers": {"korean_credit": 1.0},
        "rules": {"quote_local_threshold": 50.0},
    },
    "local work": {
        "line": {"local_share_max": 0.5},
        "rules": {"quote_local_threshold": 50.0, "quote_local_lag": 6.0},
    },
    "urgent": {"route": URGENT},
}


@pytest.mark.parametrize("parts", CASES.values(), ids=CASES)
@pytest.mark.parametrize("promise", [0.0, 0.3, 0.5, 0.99, 1.0, 1.25, 2.0])
def test_what_is_promised_moves_no_work(promise, parts):
    plain, found = contract_of(story(1.0, **parts)), contract_of(story(promise, **parts))
    for name in ("start", "finish", "first_month", "last_month", "usable_month", "quantity", "unit_price",
                 "local_share", "content", "credit"):  # fmt: skip
        assert found[name] == plain[name], name
    planned = plain["first_due"]  # signed in month 0
    promised = planned - int((1.0 - promise) * planned // 1)
    assert found["first_due"] == promised
    assert found["last_due"] - found["first_due"] == plain["last_due"] - plain["first_due"]
    assert found["first_month"] == sum(found[f"months_{cause}"] for cause in CAUSES)
    assert found["months_residual"] == plain["months_residual"] + planned - promised
    for cause in CAUSES:
        if cause != "residual" and promise <= 1.0:
            assert 0.0 <= found[f"months_{cause}"] <= plain[f"months_{cause}"], cause


def test_who_is_served_later_than_promised_remembers():
    late = {promise: story(promise).late[B, 0] for promise in (0.5, 1.0, 2.0)}
    assert late[0.5] > 0.0
    assert late[1.0] == late[2.0] == 0.0


def test_no_promise_makes_an_offer_of_what_can_never_be_delivered():
    full = {"busy": CALENDAR - 10, "line": {"growth_cap": 0.0}, "quantity": 60.0}
    for promise in (1.0, 0.5, 0.0):
        assert offered(promise, **full).offers["valid"][0, 0] == 0
    assert offered(0.5, **{**full, "busy": 200}).offers["valid"][0, 0] == 1


def test_the_lever_of_the_loan_is_the_one_meant():
    """The story of finance above would show nothing without a loan."""
    state = offered(1.0, **CASES["finance"])
    assert state.levers[KOREAN_CREDIT] == 1.0
    assert state.offers["finance"][0, 0] == 4.0
