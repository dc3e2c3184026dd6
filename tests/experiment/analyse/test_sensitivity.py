"""Which assumption matters: effects on hand-made columns, and a small analysis of the real model."""

import numpy as np
import pytest

from sim.experiment.analyse import one_at_a_time
from sim.experiment.analyse.one_at_a_time import effect, effects
from sim.experiment.analyse.sensitivity import ROOM, Options, analyse, runs
from sim.experiment.ensemble import Cancelled, run
from sim.experiment.points import Work
from sim.policy.errors import ScenarioError
from sim.policy.scenario import load_scenario

BASE = load_scenario("baseline")
TANKS, DISCOUNT = "POL.main_battle_tank.requirement", "money.discount"
FEW = Options(facts=(TANKS, DISCOUNT), outcomes=("gap_years.POL", "cost_pv"))


def test_an_effect_is_the_paired_difference_at_both_ends():
    base = np.array([10.0, 20.0, 30.0])
    one = effect(base, base - np.array([1.0, 2.0, 3.0]), base + 4.0)
    assert (one.low.mean, one.high.mean, one.swing.mean) == (-2.0, 4.0, 6.0)
    assert one.size == 6.0
    assert one.is_clear
    assert one.high.mean_low == one.high.mean_high == 4.0
    assert one.least == pytest.approx(6.0 - 2.128 / 3**0.5, abs=1e-3)  # the swing: deviation 1, 3 runs


def test_what_does_nothing_has_no_effect_and_what_is_chance_is_not_clear():
    base = np.array([1.0, 2.0, 3.0])
    still = effect(base, base, base)
    assert (still.size, still.least, still.is_clear) == (0.0, 0.0, False)
    shaky = effect(base, base + np.array([5.0, -5.0, 1.0]), base)
    assert (shaky.least, shaky.is_clear) == (0.0, False)
    assert shaky.size == pytest.approx(1 / 3)


def test_effects_of_a_linear_model_are_its_weights():
    weights, runs_ = np.array([3.0, 0.0, -1.0]), np.linspace(0.0, 1.0, 5)
    ends = np.array([[(runs_ - w)[:, None], (runs_ + w)[:, None]] for w in weights])
    found = [one.swing.mean for (one,) in effects(runs_[:, None], ends)]
    assert found == pytest.approx([6.0, 0.0, -2.0])


def test_a_move_is_the_run_with_that_fact_held():
    told = []
    work = Work(replications=3, progress=lambda done, all_: told.append((done, all_)))
    found = analyse(BASE, FEW, work)
    fact = found.moves[[one.factor.id for one in found.moves].index(TANKS)]
    result = run(BASE.with_facts({TANKS: fact.factor.high[0]}), replications=3, random_seed=1)
    alone = run(BASE, replications=3, random_seed=1)
    place = result.places.index("POL")
    change = result.values["gap_years"][:, place] - alone.values["gap_years"][:, place]
    assert fact.effects[0].high.mean == pytest.approx(change.mean())
    assert told[-1] == (runs(BASE, FEW, work),) * 2
    discount = found.moves[[one.factor.id for one in found.moves].index(DISCOUNT)]
    assert discount.effects[0].size == 0.0  # the rate at which costs are discounted buys nothing
    assert discount.effects[1].size > 0.0
    assert one_at_a_time.ranked(found.moves, 0)[0].factor.id == TANKS


def test_the_record_says_what_was_run_and_what_to_research():
    found = analyse(BASE, FEW, Work(replications=3)).record()
    assert (found["replications"], found["random_seed"]) == (3, 1)
    assert found["scenarios"][0]["fingerprint"] == BASE.fingerprint()
    assert list(found["outcomes"]) == ["gap_years.POL", "cost_pv"]
    assert found["sobol"] is None
    discount = next(one for one in found["research"] if one["id"] == DISCOUNT)
    spread = found["outcomes"]["cost_pv"]["spread"]
    move = next(one for one in found["moves"] if one["id"] == DISCOUNT)["effects"]["cost_pv"]
    swing = move["swing"]
    assert 0.0 < move["least"] < abs(swing["mean"]) < move["least"] + 2 * (swing["high"] - swing["low"])
    assert discount["influence"] == pytest.approx(move["least"] / spread / 2)  # the mean over two outcomes
    assert discount["priority"] == pytest.approx(discount["influence"] * ROOM[discount["grades"]])
    order = [one["priority"] for one in found["research"]]
    assert order == sorted(order, reverse=True)


def test_sobol_finds_the_factor_that_costs():
    options = Options(facts=(TANKS, DISCOUNT), outcomes=("cost_pv",), sobol=True, points=32, per_point=2)
    work = Work(replications=2)
    found = analyse(BASE, options, work)
    assert runs(BASE, options, work) == 2 * 5 + 32 * 4 * 2
    assert found.joint is not None
    shares = found.record()["sobol"]["outcomes"]["cost_pv"]["indices"]
    assert shares[DISCOUNT]["total"]["mean"] > 0.8
    assert shares[TANKS]["total"]["mean"] < 0.2
    assert found.joint.indices[0].is_clear


def test_groups_are_counted_before_and_can_be_stopped():
    work = Work(replications=2, cancel=lambda: True)
    assert runs(BASE, Options(), work) > 2 * 2 * 200
    with pytest.raises(Cancelled):
        analyse(BASE, Options(), work)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (Options(facts=("POL.tank*",)), "no drawn fact fits 'POL.tank\\*'; the nearest is"),
        (Options(levers=("thret",)), "no lever fits 'thret'; the nearest is 'threat'"),
        (Options(outcomes=("gap_year",)), "no measure 'gap_year'; the nearest is 'gap_years'"),
        (Options(sobol=True, points=200), "points must be a power of two between 128"),
        (Options(sobol=True, points=64), "points must be a power of two between 128"),
        (Options(top=1), "must lie between 2 and 50"),
        (Options(per_point=0), "at least 1"),
    ],
)
def test_what_cannot_be_analysed_is_refused(options, sentence):
    with pytest.raises(ScenarioError, match=sentence):
        analyse(BASE, options, Work(replications=1))
