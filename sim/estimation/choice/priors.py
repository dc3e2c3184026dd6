"""What is believed of the weights before a decision is looked at: the facts of the subject `prior`."""

from __future__ import annotations

import math

import numpy as np
from scipy import stats

from sim.estimation.choice.attributes import ATTRIBUTES
from sim.estimation.choice.logit import Priors
from sim.evidence.facts import Fact
from sim.evidence.seeds import Seeds

SUBJECT = "prior"
DISSIMILARITY = "dissimilarity_logit"
NEGATIVE = frozenset({"months", "price"})  # an offer is never better for coming later or costing more
REACH = float(stats.norm.ppf(0.95))  # low and high of a prior are its 5 and 95 % points


def priors(seeds: Seeds) -> Priors:
    """The priors of the weights, points, and of the logit of the dissimilarity; raises EvidenceError."""
    names = (*ATTRIBUTES, DISSIMILARITY)
    found = [_prior(seeds, name) for name in names]
    mean, sd = (np.array(column) for column in zip(*found, strict=True))
    return Priors(names, mean, sd, np.array([name in NEGATIVE for name in names]))


def _prior(seeds: Seeds, name: str) -> tuple[float, float]:
    fact = seeds.fact(SUBJECT, name)
    if name in NEGATIVE:
        return math.log(-fact.value), math.log(fact.low / fact.high) / (2.0 * REACH)
    return normal(fact)


def normal(fact: Fact) -> tuple[float, float]:
    """Mean and standard deviation of a prior whose low and high are its 5 and 95 % points."""
    return fact.value, (fact.high - fact.low) / (2.0 * REACH)
