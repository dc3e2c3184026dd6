"""Known contracts hold where they arrive in their window in their number, and fail otherwise."""

import pytest

from sim.estimation.checks import read_list
from sim.estimation.known import Known, arrival, known_checks, known_contracts, yearly_output
from sim.evidence.seeds import load_seeds
from tests.estimation.frames import books

TANKS = Known("tanks", "Tanks", ("POL",), ("k2_changwon",), (2027.0, 2028.0), (2029.0, 2030.0), 100.0)
BOOKED = {"line": "k2_changwon", "existing": 1, "signed": -10.0, "quantity": 100.0}


@pytest.mark.parametrize(
    ("first", "last", "units", "holds"),
    [
        (12.0, 40.0, 100.0, True),
        (7.0, 53.0, 75.0, True),  # six months and a quarter off
        (5.0, 40.0, 100.0, False),  # too early
        (12.0, 60.0, 100.0, False),  # the last too late
        (12.0, 40.0, 70.0, False),  # too few
        (12.0, float("nan"), 100.0, False),  # never finished
    ],
)
def test_a_known_contract_arrives_in_its_window_or_not(first, last, units, holds):
    one = books([{**BOOKED, "first": first, "last": last, "quantity": units}])
    assert arrival(one, TANKS).holds is holds


def test_several_contracts_count_together_and_others_do_not():
    half = {**BOOKED, "quantity": 50.0}
    one = books([{**half, "first": 12.0, "last": 20.0}, {**half, "first": 30.0, "last": 40.0},
                 {**half, "existing": 0, "first": 60.0}])  # fmt: skip
    found = arrival(one, TANKS)
    assert found.note == "first 2027.0, last 2029.3, 100 units"
    assert found.value == 2027.0


def test_a_contract_that_is_not_in_the_books_is_not_measured():
    assert arrival(books(), TANKS).note == "no such contract in the books"


def test_units_a_year_of_a_line():
    one = books([{"first": 24.0, "last": 47.0, "delivered": 120.0, "buyer": "DEU"},
                 {"first": 24.0, "last": 47.0, "delivered": 24.0}])  # fmt: skip
    assert yearly_output(one, "leopard_2a8_munich", 2028, 2029) == pytest.approx(72.0)
    assert yearly_output(one, "leopard_2a8_munich", 2028, 2029, ("DEU",)) == pytest.approx(60.0)
    assert yearly_output(one, "leopard_2a8_munich", 2028, 2029, booked=True) == 0.0


def test_every_known_contract_is_in_the_seeds():
    booked = {(row.buyer, row.line) for row in load_seeds().contracts()}
    for known in known_contracts():
        assert any((buyer, line) in booked for buyer in known.buyers for line in known.lines), known.name


def test_names_do_not_clash_with_the_other_ranges():
    names = [check.name for check in known_checks(books())]
    assert len(names) == len(set(names)) == len(known_contracts()) + 1
    assert not set(names) & {one.name for one in read_list("plausibility.csv")}
