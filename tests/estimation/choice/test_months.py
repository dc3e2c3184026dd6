"""Months known at a date: promised until delivered, shrunk to the catalogue, nothing from later."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.estimation.choice.months import PastMonths, Wait, past_months
from tests.estimation.choice.made_up import seeds

LISTED = np.array([20.0])
# Ordered in 2018, promised after two years, delivered after three.
SLOW = Wait("k9", "EST", 2018.0, 2020.0, 2021.0)


def expected(date, *waits, buyer="POL", line="k9"):
    return float(PastMonths({"k9": waits}).shrunk(line, date, buyer, LISTED)[0])


def test_before_the_delivery_the_promise_counts_and_after_it_the_delivery():
    assert SLOW.months(2019.0) == pytest.approx(24.0)
    assert SLOW.months(2021.0) == pytest.approx(24.0)  # in the month itself nobody knows yet
    assert SLOW.months(2021.1) == pytest.approx(36.0)


def test_a_delivery_in_the_month_of_signing_took_a_month():
    assert Wait("k9", "EST", 2018.0, 2018.0, 2018.0).months(2019.0) == 1.0


def test_without_a_date_nothing_is_known():
    assert math.isnan(Wait("k9", "EST", 2018.0, math.inf, math.inf).months(2019.0))
    assert expected(2019.0, Wait("k9", "EST", 2018.0, math.inf, math.inf)) == pytest.approx(20.0)


def test_the_catalogue_weighs_as_much_as_two_contracts():
    # (20 x 20 x 36)^(1/3) = 14400^(1/3) = 24.3288
    assert expected(2022.0, SLOW) == pytest.approx(24.3288, abs=1e-3)
    # before the delivery (20 x 20 x 24)^(1/3) = 9600^(1/3) = 21.2532
    assert expected(2019.0, SLOW) == pytest.approx(21.2532, abs=1e-3)


def test_without_contracts_the_catalogue_stands():
    assert expected(2022.0) == pytest.approx(20.0)
    assert expected(2022.0, SLOW, line=None) == pytest.approx(20.0)
    assert expected(2018.0, SLOW) == pytest.approx(20.0)  # signed in the month of the decision


def test_a_buyers_own_contract_counts_after_a_year():
    assert expected(2018.9, SLOW, buyer="EST") == pytest.approx(20.0)
    assert expected(2019.1, SLOW, buyer="EST") == pytest.approx(21.2532, abs=1e-3)


@given(
    date=st.floats(2010.0, 2030.0),
    more=st.lists(st.tuples(st.floats(0.0, 9.0), st.floats(0.0, 9.0), st.floats(0.0, 9.0)), max_size=4),
)
def test_contracts_after_a_decision_change_nothing_that_was_known_before_it(date, more):
    later = [Wait("k9", "NOR", date + a, date + a + b, date + a + c) for a, b, c in more]
    assert expected(date, SLOW, *later) == expected(date, SLOW)


@given(date=st.floats(2018.5, 2030.0), after=st.floats(0.0, 10.0))
def test_a_delivery_after_a_decision_changes_nothing_that_was_known_before_it(date, after):
    late = Wait("k9", "EST", 2018.0, 2020.0, date + after)
    never = Wait("k9", "EST", 2018.0, 2020.0, math.inf)
    assert expected(date, late) == expected(date, never)


def test_the_seeds_know_the_waits_of_lines_but_not_of_used_equipment():
    waits = past_months(seeds()).by_line
    assert len(waits["k9_changwon"]) > 2
    stocks = {line.id for line in seeds().lines() if line.kind == "stock"}
    assert not any(waits.get(line) for line in stocks)
    assert all(one.line == line for line, those in waits.items() for one in those)
