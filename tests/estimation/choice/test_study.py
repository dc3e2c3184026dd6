"""What so few decisions could tell: planted truths are found, intervals hold them, chance teaches nothing."""

from dataclasses import replace

import numpy as np
import pytest

from sim.estimation.choice.estimate import fitted
from sim.estimation.choice.exam import Record
from sim.estimation.choice.logit import chances
from sim.estimation.choice.study import ablations, permutations, planted, power
from tests.estimation.choice.made_up import fewer_draws, made_record, own, plain_priors, small_own

PRIORS = plain_priors(("x", "y"))
TRUTH = np.array([1.5, -1.0, 0.4])


def tiled(known, times, draws):
    """The same offers many times over, under ids of their own."""
    rows = np.tile(np.arange(len(known.sets)), times)
    sets = tuple(replace(known.sets[row], id=f"{known.sets[row].id}.{at}") for at, row in enumerate(rows))
    return Record(sets, fewer_draws(known.table, draws).take(rows), len(sets))


def test_winners_are_drawn_from_the_planted_weights():
    known = made_record(300)
    drawn = planted(known, TRUTH, 0).table.chosen
    expected = chances(known.table, TRUTH).mean(axis=0)
    assert np.bincount(drawn, minlength=3) / 300 == pytest.approx(expected, abs=0.07)
    assert np.array_equal(planted(known, TRUTH, 0).table.chosen, drawn)
    assert not np.array_equal(planted(known, TRUTH, 1).table.chosen, drawn)


def test_planted_winners_are_among_the_offers():
    known = own().known
    for again in range(3):
        drawn = planted(known, own().posterior.draws(1)[0], again).table.chosen
        assert (drawn < known.table.sizes()).all()


def test_many_decisions_like_the_projects_own_give_planted_weights_back():
    found = own()
    truth = found.posterior.draws(3)[2]
    posterior = fitted(planted(tiled(found.known, 20, 1), truth, 0), found.priors).posterior
    estimated = np.where(found.priors.negative, np.log(np.abs(truth)), truth)
    off = (posterior.mean - estimated) / np.sqrt(np.diag(posterior.covariance))
    assert np.abs(off).max() < 3.0
    before, after = found.priors.sd, np.sqrt(np.diag(posterior.covariance))
    assert np.median(after / before) < 0.5  # so that this says something


def test_nine_tenths_of_the_intervals_hold_the_truth():
    found = fitted(made_record(30), PRIORS)
    powers = power(found, repeats=128)
    assert [one.name for one in powers] == ["x", "y"]
    assert 0.80 <= np.mean([one.coverage for one in powers]) <= 0.98


def test_more_decisions_find_the_sign_of_a_weight_more_often():
    few, many = (power(fitted(made_record(count), PRIORS), repeats=16)[0] for count in (4, 60))
    assert many.found > few.found
    assert many.planted == few.planted  # the same truths were planted


def test_progress_of_the_power_study_is_told():
    told = []
    power(fitted(made_record(4), PRIORS), repeats=3, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_leaving_out_what_decided_costs_and_leaving_out_nothing_does_not():
    known = made_record(30)
    decided = planted(known, np.array([4.0, 0.0, 0.4]), 0)
    lost = {one.name: one.loss for one in ablations(fitted(decided, PRIORS))}
    assert lost["x"].low > 0.2
    assert abs(lost["y"].mean) < 0.1
    assert lost["x"].low < lost["x"].mean < lost["x"].high


def test_with_winners_drawn_evenly_the_model_is_no_better_than_guessing():
    found = fitted(planted(made_record(20), np.array([4.0, -4.0, 0.4]), 0), PRIORS)
    model, even = permutations(found, repeats=3)
    assert even == pytest.approx(np.log(3.0))
    assert model > even - 0.05


def test_the_projects_own_decisions_can_be_left_out_attribute_by_attribute():
    found = small_own(rivals=3, direct=1, draws=1)
    lost = ablations(found)
    assert [one.name for one in lost] == list(found.known.table.attributes)
    assert all(np.isfinite([one.loss.low, one.loss.mean, one.loss.high]).all() for one in lost)
