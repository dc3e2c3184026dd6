"""What is believed of the weights before a decision is looked at: the facts of the subject `prior`."""

from __future__ import annotations

import numpy as np
from scipy import stats

from sim.estimation.choice.attributes import ATTRIBUTES
from sim.estimation.choice.logit import Priors
from sim.evidence.seeds import Seeds

SUBJECT = "prior"
DISSIMILARITY = "dissimilarity_logit"
REACH = float(stats.norm.ppf(0.95))  # low and high of a prior are its 5 and 95 % points


def priors(seeds: Seeds) -> Priors:
    """Normal priors of the weights, points, and of the logit of the dissimilarity; raises EvidenceError."""
    names = (*ATTRIBUTES, DISSIMILARITY)
    facts = [seeds.fact(SUBJECT, name) for name in names]
    sd = [(fact.high - fact.low) / (2.0 * REACH) for fact in facts]
    return Priors(names, np.array([fact.value for fact in facts]), np.array(sd))
