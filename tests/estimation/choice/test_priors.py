"""Priors: what the facts say, as what is estimated."""

import math

import pytest

from sim.estimation.choice.attributes import ATTRIBUTES
from sim.estimation.choice.priors import NEGATIVE, priors
from tests.estimation.choice.made_up import seeds


@pytest.fixture(scope="module")
def found():
    return priors(seeds())


def test_every_attribute_and_the_dissimilarity_have_one(found):
    assert found.names == (*ATTRIBUTES, "dissimilarity_logit")
    assert {name for name, negative in zip(found.names, found.negative, strict=True) if negative} == NEGATIVE


def test_a_prior_lies_between_its_ends_with_nine_tenths(found):
    at = found.names.index("family")
    fact = seeds().fact("prior", "family")
    assert found.mean[at] == fact.value
    assert found.mean[at] + 1.644854 * found.sd[at] == pytest.approx(fact.high, abs=1e-5)
    assert found.mean[at] - 1.644854 * found.sd[at] == pytest.approx(fact.low, abs=1e-5)


def test_a_weight_that_can_only_be_negative_is_log_normal_between_its_ends(found):
    at = found.names.index("price")
    fact = seeds().fact("prior", "price")
    assert -math.exp(found.mean[at]) == pytest.approx(fact.value)
    ratio = math.exp(2.0 * 1.644854 * found.sd[at])
    assert ratio == pytest.approx(fact.low / fact.high, rel=1e-5)
    draws = found.as_posterior().draws(2000)[:, at]
    assert (draws < 0.0).all()
    # 5 % of it below the low end: not far off, since the middle is about that of the ends
    assert (draws < fact.low).mean() == pytest.approx(0.05, abs=0.03)


def test_some_of_the_weights_keep_their_priors_and_the_dissimilarity(found):
    few = found.only(("months", "family"))
    assert few.names == ("months", "family", "dissimilarity_logit")
    assert few.sd.tolist() == [found.sd[0], found.sd[found.names.index("family")], found.sd[-1]]
    assert few.negative.tolist() == [True, False, False]


def test_no_prior_says_more_than_that_sooner_and_cheaper_are_better(found):
    """Whatever else a weight is, the other sign is within its prior."""
    for name in ATTRIBUTES:
        fact = seeds().fact("prior", name)
        if name not in (*NEGATIVE, "domestic", "family_direct", "domestic_direct"):
            assert fact.low < 0.0 < fact.high, name
