"""Loans are finite: no state borrows more than it was granted, and Korean credit keeps to its ceiling."""

import numpy as np
import pytest

from sim.experiment.ensemble import world_of
from sim.model.lever_rows import KOREAN_CREDIT
from tests.properties.runs import months, named, opened

RUNS = [("baseline", 0), ("baseline", 4), ("fortress_europe", 1), ("nato_five_percent", 2)]
NEAR = 1e-3  # million dollars


@pytest.fixture(params=RUNS, ids=lambda run: f"{run[0]}-{run[1]}")
def state(request):
    """A replication before its first month."""
    name, replication = request.param
    return opened(named(name), replication).state


def loans_of(state):
    """The loan in each contract signed so far, million dollars."""
    contracts = state.contracts[: int(state.clock["contracts"][0])]
    return contracts, contracts["quantity"] * contracts["unit_price"] * contracts["credit"]


def test_no_state_draws_more_eu_loans_than_it_was_ever_granted(state):
    """Korean lines are left out: their contracts may carry Korean credit instead."""
    granted = np.zeros(len(state.buyers))
    for _ in months(state):
        granted = np.maximum(granted, state.buyers["granted"])
    contracts, loans = loans_of(state)
    loans = np.where(state.lines["korean"][contracts["line"]] == 1, 0.0, loans)
    drawn = np.bincount(contracts["buyer"], weights=loans, minlength=len(granted))
    world = world_of()
    over = [
        f"{world.buyers[row]} drew {drawn[row]:.0f} of {granted[row]:.0f}"
        for row in np.flatnonzero(drawn > granted + NEAR)
    ]
    assert not over


def test_what_is_left_of_a_loan_is_never_negative(state):
    for month in months(state):
        left = state.buyers["credit_left"]
        assert left.min() >= -NEAR, f"{world_of().buyers[int(left.argmin())]} in month {month}"


def test_new_korean_credit_keeps_to_its_ceiling(state):
    used = 0.0
    for month in months(state):
        before, used = used, float(state.clock["korean_credit"][0])
        ceiling = 1000 * float(state.levers[KOREAN_CREDIT])
        assert used <= max(before, ceiling) + NEAR, f"month {month}"


def test_every_loan_is_an_eu_loan_or_a_korean_one(state):
    for _ in months(state):
        pass
    _, loans = loans_of(state)
    clock = state.clock[0]
    assert np.isclose(loans.sum(), clock["safe_used"] + clock["korean_credit"], rtol=1e-9)
