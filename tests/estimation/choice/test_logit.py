"""The nested logit: chances worked out on paper, its gradient, its posterior, planted truths."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.estimation.choice.logit import (
    chances,
    check,
    dissimilarity,
    even_points,
    fit,
    gradient,
    log_likelihood,
    predict,
    weights_of,
)
from sim.estimation.choice.study import planted
from tests.estimation.choice.made_up import (
    a_table,
    fewer_draws,
    made_record,
    own,
    plain_priors,
)

HALF = 0.0  # logit of a dissimilarity of one half
ALMOST_PLAIN = 12.0  # 0.999994

FEWEST_DRAWS = 64  # an effective sample smaller than this would make the approximation doubtful


def test_two_offers_of_two_industries():
    # 1 / (1 + exp(-1)) = 0.731059: alone in its nest, an offer counts with its own worth
    found = chances(a_table([[[1.0], [0.0]]], [0]), np.array([1.0, HALF]))
    assert found.tolist() == [pytest.approx([0.731059, 0.268941], abs=1e-6)]


def test_two_offers_of_one_industry_are_told_apart_more_sharply():
    # dissimilarity 1/2: 1 / (1 + exp(-1 / 0.5)) = 1 / (1 + 0.135335) = 0.880797
    found = chances(a_table([[[1.0], [0.0]]], [0], [[0, 0]]), np.array([1.0, HALF]))
    assert found.tolist() == [pytest.approx([0.880797, 0.119203], abs=1e-6)]


def test_three_offers_two_of_them_of_one_industry():
    # Worths 1, 0 (one industry) and 0.5 (another), dissimilarity 1/2.
    # sum of the first industry: exp(2) + exp(0) = 7.389056 + 1 = 8.389056; its root 2.896387
    # of the second: exp(0.5) = 1.648721; chance of the first: 2.896387 / 4.545108 = 0.637254
    # within it 7.389056 / 8.389056 = 0.880797: 0.637254 x 0.880797 = 0.561291; 0.075963; 0.362746
    found = chances(a_table([[[1.0], [0.0], [0.5]]], [0], [[0, 0, 1]]), np.array([1.0, HALF]))
    assert found.tolist() == [pytest.approx([0.561291, 0.075963, 0.362746], abs=1e-6)]


def test_two_equal_offers_of_an_industry_do_not_count_twice():
    # dissimilarity 1/2: the industry of two is worth sqrt(2) = 1.414214; 1.414214 / 2.414214 = 0.585786
    found = chances(a_table([[[0.0], [0.0], [0.0]]], [0], [[0, 0, 1]]), np.array([1.0, HALF]))
    assert found.tolist() == [pytest.approx([0.292893, 0.292893, 0.414214], abs=1e-6)]


def test_with_a_dissimilarity_near_one_it_is_the_plain_logit():
    # exp(1), exp(0), exp(0.5) = 2.718282, 1, 1.648721; their sum 5.367003
    found = chances(a_table([[[1.0], [0.0], [0.5]]], [0], [[0, 0, 1]]), np.array([1.0, ALMOST_PLAIN]))
    assert found.tolist() == [pytest.approx([0.506480, 0.186324, 0.307196], abs=1e-4)]


def test_where_no_offer_is_there_is_no_chance():
    found = chances(a_table([[[1.0], [0.0]], [[0.0], [0.0], [0.0]]], [0, 0]), np.array([1.0, HALF]))
    assert found[0, 2] == 0.0
    assert found.sum(axis=1).tolist() == pytest.approx([1.0, 1.0])


def test_the_chance_is_the_mean_over_what_is_uncertain():
    # worth 1 or 0 against 0: (0.731059 + 0.5) / 2
    one, other = a_table([[[1.0], [0.0]]], [0]), a_table([[[0.0], [0.0]]], [0])
    both = type(one)(np.concatenate([one.values, other.values], axis=1), *(one.there, one.nest, one.chosen),
                     one.attributes)  # fmt: skip
    assert chances(both, np.array([1.0, HALF]))[0, 0] == pytest.approx(0.615529, abs=1e-6)
    assert log_likelihood(both, np.array([1.0, HALF]))[0] == pytest.approx(math.log(0.615529), abs=1e-5)


def test_worths_far_apart_break_nothing():
    found = chances(a_table([[[900.0], [-900.0], [0.0]]], [1], [[0, 0, 1]]), np.array([1.0, HALF]))
    assert found.tolist() == [pytest.approx([1.0, 0.0, 0.0])]
    assert np.isfinite(log_likelihood(a_table([[[900.0], [-900.0]]], [1]), np.array([1.0, HALF]))).all()


@settings(max_examples=25)
@given(weights=st.lists(st.floats(-2.0, 2.0), min_size=3, max_size=3))
def test_chances_add_up_and_the_gradient_is_that_of_finite_differences(weights):
    table = made_record(6).table.won_by(np.array([0, 1, 2, 0, 1, 2]))
    at, step = np.array(weights), 1e-5
    assert chances(table, at).sum(axis=1) == pytest.approx(np.ones(6))
    each = [
        (log_likelihood(table, at + move).sum() - log_likelihood(table, at - move).sum()) / (2 * step)
        for move in step * np.eye(3)
    ]
    assert gradient(table, at) == pytest.approx(np.array(each), abs=1e-5)


def test_the_gradient_on_the_projects_own_decisions():
    found = own()
    table, at, step = found.known.table, found.posterior.draws(1)[0], 1e-5
    each = [
        (log_likelihood(table, at + move).sum() - log_likelihood(table, at - move).sum()) / (2 * step)
        for move in step * np.eye(len(at))
    ]
    assert gradient(table, at) == pytest.approx(np.array(each), abs=1e-4)


def test_without_decisions_the_posterior_is_the_prior():
    table = made_record(3).table.take([])
    priors = plain_priors(("x", "y"), sd=0.7)
    posterior = fit(table, priors)
    assert posterior.mean == pytest.approx(priors.mean, abs=1e-6)
    assert posterior.covariance == pytest.approx(np.diag(priors.sd**2), abs=1e-6)


def test_one_decision_moves_a_weight_by_what_the_paper_says():
    # A priori N(0, 1). The offer with one more unit won: w solves w = 1 - 1 / (1 + exp(-w)): 0.401058
    # (0.401058 against 1 / (1 + exp(0.401058)) = 0.401058); variance 1 / (1 + 0.401058 x 0.598942) = 0.806312
    posterior = fit(a_table([[[1.0], [0.0]]], [0]), plain_priors(("x",)))
    assert posterior.mean[0] == pytest.approx(0.401058, abs=1e-4)
    assert posterior.covariance[0, 0] == pytest.approx(0.806312, abs=1e-3)


def test_a_weight_that_can_only_be_negative_stays_so():
    # The dearer offer wins every time: the weight goes to nothing and never beyond.
    table = a_table([[[1.0], [0.0]]] * 12, [0] * 12)
    priors = plain_priors(("x",), negative=("x",))
    weights = fit(table, priors).draws(500)[:, 0]
    assert (weights < 0.0).all()
    assert weights.mean() > priors.as_posterior().draws(500)[:, 0].mean()


def test_what_is_estimated_of_a_negative_weight_is_the_logarithm_of_its_size():
    found = weights_of(np.array([math.log(2.0), 3.0]), np.array([True, False]))
    assert found.tolist() == pytest.approx([-2.0, 3.0])


def test_draws_of_a_posterior_have_its_mean_and_spread():
    posterior = fit(made_record(12).table, plain_priors(("x", "y")))
    draws = posterior.draws(4096)
    assert draws.mean(axis=0) == pytest.approx(posterior.mean, abs=0.02)
    assert np.cov(draws.T) == pytest.approx(posterior.covariance, abs=0.03)


def test_a_prediction_is_the_mean_over_the_posterior():
    table = made_record(12).table
    posterior = fit(table, plain_priors(("x", "y")))
    by_hand = sum(chances(table, weights) for weights in posterior.draws(16)) / 16
    assert predict(table, posterior, 16) == pytest.approx(by_hand)


TRUTH = np.array([0.8, -0.5, 0.4])


def test_planted_weights_are_found_again():
    record = planted(made_record(600), TRUTH, 0)
    posterior = fit(record.table, plain_priors(("x", "y")))
    off = (posterior.mean - TRUTH) / np.sqrt(np.diag(posterior.covariance))
    assert np.abs(off).max() < 3.0
    assert np.sqrt(np.diag(posterior.covariance))[:2].max() < 0.15  # so that this says something
    assert (dissimilarity(TRUTH[2]) - dissimilarity(posterior.mean[2])) == pytest.approx(0.0, abs=0.3)


def test_starting_near_the_answer_changes_no_answer():
    table = planted(made_record(60), TRUTH, 1).table
    priors = plain_priors(("x", "y"))
    one, other = fit(table, priors), fit(table, priors, fit(table.take(range(59)), priors))
    assert one.mean == pytest.approx(other.mean, abs=1e-3)
    assert one.covariance == pytest.approx(other.covariance, abs=1e-3)


def test_the_approximation_stands_for_the_posterior_of_the_projects_own_decisions():
    found = own()
    few = fewer_draws(found.known.table, 6)
    posterior = fit(few, found.priors, found.posterior)
    checked = check(few, found.priors, posterior, count=512)
    assert checked.effective > FEWEST_DRAWS
    assert checked.effective > 0.4 * checked.count
    sd = np.sqrt(np.diag(posterior.covariance))
    assert np.abs(checked.mean - posterior.mean).max() < 0.6 * sd.max()
    assert checked.sd == pytest.approx(sd, rel=0.35)


def test_the_check_notices_a_posterior_in_the_wrong_place():
    record = planted(made_record(200), TRUTH, 2)
    priors = plain_priors(("x", "y"))
    posterior = fit(record.table, priors)
    wrong = type(posterior)(posterior.names, posterior.mean + 1.0, posterior.covariance, posterior.negative)
    good, bad = (check(record.table, priors, one, count=512).effective for one in (posterior, wrong))
    assert good > 400
    assert bad < FEWEST_DRAWS


@pytest.mark.parametrize(("count", "most"), [(64, 0.3), (256, 0.3), (1024, 0.1)])
def test_points_fill_the_cube_evenly_and_no_two_weights_go_together(count, most):
    points = even_points(17, count)
    assert points.shape == (count, 17)
    assert ((points > 0.0) & (points < 1.0)).all()
    assert np.abs(points.mean(axis=0) - 0.5).max() < 0.03
    assert np.abs(np.corrcoef(points.T) - np.eye(17)).max() < most
