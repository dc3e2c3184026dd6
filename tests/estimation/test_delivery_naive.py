"""The naive rules and what came of a promise, on cases with known answers."""

import math

import numpy as np
import pytest

from sim.estimation import delivery_naive as naive
from sim.estimation.delivery_cases import cases_of
from sim.evidence.seeds import load_seeds
from tests.estimation.deliveries import case


def test_what_past_deliveries_say():
    past = [case("a", "hot", 4), case("b", "hot", 8), case("c", "stock", 9, math.inf)]
    found = naive.past_months(past)
    assert (found[3], found[7], found.sum()) == (0.5, 0.5, 1.0)
    assert naive.past_months(past[2:]) is None
    assert [one.id for one in naive.of_kind(past, ["stock"])] == ["c"]
    assert naive.of_kind(past, ["submarine"]) == past


def test_promises_kept_and_broken():
    kept, late = case("a", "hot", 10, promise=10.0), case("b", "hot", 15, promise=10.0)
    waiting = case("c", "hot", 12.0, math.inf, promise=10.0)
    undecided = case("d", "hot", 5.0, math.inf, promise=10.0)
    assert [naive.kept_promise(one) for one in (kept, late, waiting, undecided)] == [1.0, 0.0, 0.0, None]
    assert [naive.slip_share(one) for one in (kept, late, waiting)] == [0.0, 0.5, None]
    assert naive.past_slip([kept, late, waiting]) == naive.Slip(pytest.approx(1 / 3), 0.25)


def test_a_promised_year_is_kept_by_its_end_or_to_a_month():
    row = {"buyer": "POL", "signed": "2023-03", "promised": "2023", "actual": "2023-09", "system": "K2"}
    one = cases_of(load_seeds(), [row])[0][0]
    assert naive.kept_promise(one) == 1.0
    assert naive.kept_promise(one, to_month=True) == 0.4  # September to December of March to December


def test_months_say_how_far_a_promise_slips():
    said = naive.slip_of(naive.spread(np.array([10.0, 15.0])), case("a", "hot", 1, promise=10.0))
    assert said == naive.Slip(0.5, 0.25)


def test_the_catalogue_gives_build_months_and_consent():
    seeds = load_seeds()
    rows = [
        {"buyer": "USA", "signed": "2022-04", "promised": "", "actual": "", "line": "abrams_lima"},
        {"buyer": "POL", "signed": "2012-04", "promised": "", "actual": "", "line": "abrams_lima"},
        {"buyer": "POL", "signed": "2022-04", "promised": "", "actual": "", "system": "Zebra"},
    ]
    home, abroad, unknown = cases_of(seeds, rows)[0]
    of = naive.catalogue(seeds)
    build = seeds.value("abrams_lima", "build_months")
    assert of(home) == build
    assert of(abroad) == build + seeds.value("quote", "government_months")
    assert of(unknown) is None
