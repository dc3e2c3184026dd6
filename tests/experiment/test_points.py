"""Many scenarios at once: each as if it had run alone, under the same draws."""

import numpy as np
import pytest

from sim.experiment.ensemble import BLOCK, Cancelled, run
from sim.experiment.points import Outcome, Work, evaluate, outcome
from sim.policy.errors import ScenarioError
from sim.policy.scenario import load_scenario

WANTED = (Outcome("gap_years"), Outcome("gap_years", "POL"), Outcome("share_orders", "korea"))


def test_each_point_is_the_run_of_its_scenario():
    base = load_scenario("baseline")
    points = [
        base,
        base.with_levers({"threat": 1.2}),
        base.with_facts({"POL.main_battle_tank.requirement": 900.0}),
    ]
    found = evaluate(points, WANTED, Work(replications=4, random_seed=3))
    assert found.shape == (3, 4, 3)
    for row, point in enumerate(points):
        alone = run(point, replications=4, random_seed=3)
        korea = alone.industry_values["share_orders"][:, alone.industries.index("korea")]
        assert np.array_equal(found[row, :, 0], alone.values["gap_years"][:, 0])
        assert np.array_equal(found[row, :, 2], korea)
    assert not np.array_equal(found[0], found[1])
    assert not np.array_equal(found[0], found[2])


def test_progress_counts_replications_and_cancel_stops():
    base, told = load_scenario("baseline"), []
    work = Work(replications=BLOCK, progress=lambda done, all_: told.append((done, all_)))
    evaluate([base, base], WANTED, work)
    assert told == [(BLOCK, 2 * BLOCK), (2 * BLOCK, 2 * BLOCK)]
    with pytest.raises(Cancelled):
        evaluate([base], WANTED, Work(replications=2, cancel=lambda: True))


def test_an_outcome_is_a_measure_and_a_place():
    places, industries = ["europe_canada", "POL", "DEU"], ["korea", "europe"]
    assert outcome("gap_years", places, industries) == Outcome("gap_years", "europe_canada")
    assert outcome("gap_years.POL", places, industries).id == "gap_years.POL"
    assert outcome("backlog.korea", places, industries).place == "korea"
    with pytest.raises(ScenarioError, match="gap_years"):
        outcome("gap_year", places, industries)
    with pytest.raises(ScenarioError, match="POL"):
        outcome("gap_years.POl", places, industries)
    with pytest.raises(ScenarioError, match="no place"):
        outcome("backlog", places, industries)
