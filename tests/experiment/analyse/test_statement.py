"""Statements: read as written, with a margin above zero where they hold."""

import numpy as np
import pytest

from sim.experiment.analyse.statement import parse
from sim.experiment.points import Outcome
from sim.policy.errors import ScenarioError

PLACES, INDUSTRIES = ["europe_canada", "POL"], ["korea"]


@pytest.mark.parametrize(
    ("text", "outcome", "below", "threshold"),
    [
        ("gap_years.POL < base", Outcome("gap_years", "POL"), True, None),
        ("  gap_years>base ", Outcome("gap_years"), False, None),
        ("usable_gap_years.POL > 2", Outcome("usable_gap_years", "POL"), False, 2.0),
        ("capacity.korea < 10.5", Outcome("capacity", "korea"), True, 10.5),
    ],
)
def test_a_statement_is_read_and_written_again(text, outcome, below, threshold):
    found = parse(text, PLACES, INDUSTRIES)
    assert (found.outcome, found.below, found.threshold) == (outcome, below, threshold)
    assert parse(found.text, PLACES, INDUSTRIES) == found


def test_the_margin_is_above_zero_where_it_holds():
    base, other = np.array([3.0, 3.0]), np.array([1.0, 4.0])
    below, above = (parse(f"gap_years {sign} base", PLACES, INDUSTRIES) for sign in "<>")
    assert below.margin(base, other).tolist() == [2.0, -1.0]
    assert above.margin(base, other).tolist() == [-2.0, 1.0]
    assert parse("gap_years < 2", PLACES, INDUSTRIES).margin(base, other).tolist() == [1.0, -2.0]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("gap_years is low", "'gap_years is low' is not a statement such as 'gap_years.POL < base'"),
        ("gap_years <= base", "is not a statement"),
        ("gap_years < base or so", "is not a statement"),
        ("gap_year < base", "the nearest is 'gap_years'"),
        ("gap_years.PLO < 1", "the nearest is 'POL'"),
        ("gap_years < 1e9", "is not a statement"),
    ],
)
def test_what_is_no_statement_is_refused(text, sentence):
    with pytest.raises(ScenarioError, match=sentence):
        parse(text, PLACES, INDUSTRIES)
