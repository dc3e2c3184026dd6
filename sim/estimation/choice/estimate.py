"""The estimated weights: what the decisions say beside the prior, and the facts that a run draws."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from sim.estimation.choice.attributes import Attributes
from sim.estimation.choice.exam import Record, record
from sim.estimation.choice.logit import Check, Posterior, Priors, check, dissimilarity, fit
from sim.estimation.choice.priors import DISSIMILARITY, priors
from sim.estimation.choice.sets import ChoiceSet, LeftOut, direct_sets, seed_sets
from sim.evidence.seeds import Seeds
from sim.evidence.tables import FACT_COLUMNS

Array = npt.NDArray[np.float64]
SUBJECT: Final = "choice"
SUMMARY_DRAWS: Final = 4096
HALF_WIDTH: Final = 6.0**0.5  # of a triangle, in its standard deviations: a run draws the mean and the spread
AS_OF: Final = "2025"


@dataclass(frozen=True)
class Weight:
    """A weight before and after the decisions were looked at, in points (dissimilarity: a number 0-1)."""

    name: str
    prior_mean: float
    prior_sd: float
    mean: float
    sd: float
    low: float
    high: float

    @property
    def learnt(self) -> float:
        """How much narrower the decisions made it: 0 nothing, 1 all."""
        return 1.0 - self.sd / self.prior_sd


@dataclass(frozen=True)
class Estimate:
    """What was fitted on what: `known` the decisions, `left_out` those that are none and why."""

    known: Record
    left_out: tuple[LeftOut, ...]
    priors: Priors
    posterior: Posterior
    weights: tuple[Weight, ...]


def estimate(seeds: Seeds, chosen: Sequence[ChoiceSet] | None = None) -> Estimate:
    """Fit the weights on the decisions of the seeds or on other choice sets; raises EvidenceError."""
    rivals, left = seed_sets(seeds) if chosen is None else (list(chosen), [])
    direct = direct_sets(seeds) if chosen is None else []
    known = record(Attributes(seeds), rivals, direct)
    return fitted(known, priors(seeds), tuple(left))


def fitted(known: Record, prior: Priors, left: tuple[LeftOut, ...] = ()) -> Estimate:
    """The estimate from a record and priors."""
    posterior = fit(known.table, prior)
    return Estimate(known, left, prior, posterior, summary(prior, posterior))


def summary(prior: Priors, posterior: Posterior) -> tuple[Weight, ...]:
    """Each weight before and after: mean, standard deviation and the ends between which it is drawn."""
    before, after = (_named(one.draws(SUMMARY_DRAWS)) for one in (prior.as_posterior(), posterior))
    least = np.array([0.05 if name == DISSIMILARITY else -np.inf for name in prior.names])
    most = np.where(prior.negative, 0.0, np.where(least > 0.0, 1.0, np.inf))
    reach = HALF_WIDTH * after.std(0)
    low, high = np.maximum(least, after.mean(0) - reach), np.minimum(most, after.mean(0) + reach)
    columns = (before.mean(0), before.std(0), after.mean(0), after.std(0), low, high)
    return tuple(
        Weight("dissimilarity" if name == DISSIMILARITY else name, *(float(x[at]) for x in columns))
        for at, name in enumerate(prior.names)
    )


def _named(draws: Array) -> Array:
    """Draws of the weights with the dissimilarity itself in place of its logit."""
    return np.column_stack([draws[:, :-1], dissimilarity(draws[:, -1])])


def largest_correlation(posterior: Posterior) -> float:
    """The largest correlation of two weights: a run draws them one by one, which leaves it out."""
    sd = np.sqrt(np.diag(posterior.covariance))
    found = np.abs(posterior.covariance / np.outer(sd, sd))
    np.fill_diagonal(found, 0.0)
    return float(found.max())


def quality(found: Estimate) -> Check:
    """How far the approximation stands from the posterior."""
    return check(found.known.table, found.priors, found.posterior)


def facts(found: Estimate, units: Mapping[str, str]) -> list[dict[str, str]]:
    """The rows of seeds/facts for the weights: a run's triangular draw has the posterior's mean and spread.

    units: attribute -> unit of the data dictionary.
    """
    rivals, direct = found.known.rivals, len(found.known.sets) - found.known.rivals
    return [
        {
            "subject": SUBJECT, "attribute": one.name, "value": f"{one.mean:.3f}", "low": f"{one.low:.3f}",
            "high": f"{one.high:.3f}", "unit": units[one.name], "as_of": AS_OF, "source": "derived",
            "grade": "C" if one.learnt > 0.2 else "D",
            "note": f"Posterior mean {one.mean:.2f}, sd {one.sd:.2f} from {rivals} decisions with rivals and "
            f"{direct} without; prior mean {one.prior_mean:.2f}, sd {one.prior_sd:.2f} (facts/priors.csv). "
            "Written by sim estimate --write.",
        }
        for one in found.weights
    ]  # fmt: skip


def write_facts(found: Estimate, seeds: Seeds) -> Path:
    """Put the weights into seeds/facts/choice.csv beside what is assumed there, and return its path."""
    path = seeds.folder / "facts" / "choice.csv"
    units = {name: one.unit for (kind, name), one in seeds.attributes.items() if kind == "rule"}
    new = facts(found, units)
    names = {row["attribute"] for row in new}
    with path.open(encoding="utf-8", newline="") as handle:
        kept = [row for row in csv.DictReader(handle) if row["attribute"] not in names]
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, FACT_COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(kept + new, key=lambda row: row["attribute"]))
    return path
