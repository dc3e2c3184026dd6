"""Months to the first delivery and lateness against the promise, by kind, from a record of cases.

Months: log-normal within a kind, one spread for all kinds, the middles of the kinds partly pooled. Contracts
not delivered yet count with the chance of taking longer than they have. Lateness has the form of the model's
own rule (`slip_of` in sim/model/stages/sign.py): on time with a chance, by kind and partly pooled; else late
by an exponential share of the promised months, in whole months, one mean for all kinds.
Priors: seeds/facts/deliveries.csv. Source: survival likelihood with censoring, Klein and Moeschberger 2003.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import special

from sim.estimation.delivery_cases import KINDS, Case
from sim.estimation.pooled import Pool, log_normal, logit_normal, points, pool
from sim.evidence.seeds import Seeds

Array = npt.NDArray[np.float64]
LAST = 300  # months: what takes longer is put here
MONTHS = np.arange(1.0, LAST + 1.0)
SHARED, FINE = 20, 81
PRIOR = "delivery_prior"


@dataclass(frozen=True)
class Priors:
    """The grids of both parts with their priors."""

    months: Pool
    slips: Pool

    @cached_property
    def cells(self) -> Array:
        """The chance of each of MONTHS: (within, middle of the kind, months)."""
        ends = _log_normal_below(np.append(MONTHS[:-1] + 0.5, np.inf), self.months)
        return np.moveaxis(np.diff(ends, axis=0, prepend=0.0), 0, -1)


def priors(seeds: Seeds) -> Priors:
    """The priors of seeds/facts/deliveries.csv as grids."""
    within = np.exp(log_normal(seeds.fact(PRIOR, "months_within")).ppf(points(SHARED)))
    late = np.exp(log_normal(seeds.fact(PRIOR, "lateness")).ppf(points(SHARED)))
    first, kept = log_normal(seeds.fact(PRIOR, "first_months")), logit_normal(seeds.fact(PRIOR, "kept"))
    return Priors(
        pool(np.linspace(0.0, np.log(LAST), FINE), within, first, seeds.value(PRIOR, "months_between")),
        pool(np.linspace(-5.0, 5.0, FINE), late, kept, seeds.value(PRIOR, "kept_between")),
    )


class Likelihoods:
    """Log likelihoods of cases on the grids, each worked out once."""

    def __init__(self, given: Priors) -> None:
        """Start with nothing known."""
        self.priors = given

    def months(self, case: Case) -> Array:
        """Of the months of a case: (within, middle of the kind)."""
        low, high, weight = _distinct(case.low, case.high)
        grid = self.priors.months
        below = _log_normal_below(np.where(low > 1.0, low - 0.5, 0.0), grid)
        chance = _log_normal_below(high + 0.5, grid) - below
        return np.asarray(np.log(np.maximum(np.tensordot(weight, chance, 1), 1e-300)))

    def slips(self, case: Case) -> Array:
        """Of the lateness of a case with a promise: (mean lateness, chance on time)."""
        promise, low, high, weight = _distinct(case.promise, case.low, case.high)
        first, last = np.maximum(low - promise, 0.0), np.maximum(high - promise, 0.0)
        grid = self.priors.slips
        chance = _later(first, promise, grid) - _later(last + 1.0, promise, grid)
        return np.asarray(np.log(np.maximum(np.tensordot(weight, chance, 1), 1e-300)))


def _distinct(*columns: Array) -> tuple[Array, ...]:
    """The distinct rows of some columns and the share of each."""
    rows, counts = np.unique(np.stack(columns), axis=1, return_counts=True)
    return *rows, counts / counts.sum()


def _log_normal_below(months: Array, grid: Pool) -> Array:
    """The chance of at most so many months: (months, within, middle)."""
    with np.errstate(divide="ignore"):
        logs = np.log(months)[:, None, None]
    return np.asarray(special.ndtr((logs - grid.x) / grid.shared[:, None]))


def _later(months: Array, promise: Array, grid: Pool) -> Array:
    """The chance of being at least so many whole months late: (cases, mean lateness, chance on time)."""
    fade = np.exp(-months[:, None] / (grid.shared * promise[:, None]))[:, :, None]
    return np.where(months[:, None, None] >= 1.0, special.expit(-grid.x) * fade, 1.0)


def promised_months(promise: Array, means: Array, late: Array) -> Array:
    """The chance of each of MONTHS after a promise (equally likely months): on time, or late by its rule.

    late: the chance of being late with each of `means`, the mean lateness as a share of the promised months.
    """
    found = np.zeros(LAST)
    for months, share in zip(*_distinct(np.minimum(promise, LAST)), strict=True):
        at_least = np.exp(-np.arange(LAST + 1.0)[:, None] / (means * months)) @ late
        at_least[0] = 1.0
        first = int(months) - 1
        found[first:] += share * -np.diff(at_least)[: LAST - first]
    found[-1] += 1.0 - found.sum()
    return found


@dataclass(frozen=True)
class Fit:
    """What a record says: posterior weights on the grids by kind, and how often each kind is on record."""

    months_of: dict[str, Array]
    slips_of: dict[str, Array]
    counts: dict[str, float]
    priors: Priors

    def months(self, kinds: Sequence[str]) -> Array:
        """The chance of each of MONTHS for the first delivery of a case of one of these kinds."""
        return np.asarray(np.tensordot(self._mixed(self.months_of, kinds), self.priors.cells, 2))

    def from_promise(self, kinds: Sequence[str], promise: Array) -> Array:
        """The chance of each of MONTHS where a promise (equally likely months) is known."""
        grid = self.priors.slips
        late = self._mixed(self.slips_of, kinds) @ special.expit(-grid.x)
        return promised_months(promise, grid.shared, late)

    def _mixed(self, weights: dict[str, Array], kinds: Sequence[str]) -> Array:
        """The weights of a case that may be of several kinds, by how often each is on record."""
        shares = np.array([self.counts.get(kind, 0.0) for kind in kinds])
        shares = shares / shares.sum() if shares.sum() else np.full(len(kinds), 1.0 / len(kinds))
        return np.asarray(sum(share * weights[kind] for share, kind in zip(shares, kinds, strict=True)))


class Record:
    """Cases to learn from; each fit says which of them it may see."""

    def __init__(self, cases: Iterable[Case], likelihoods: Likelihoods) -> None:
        """Keep the cases that are of one known kind, with their likelihoods."""
        self.cases = [case for case in cases if len(case.kinds) == 1 and not case.silent]
        self.likely = likelihoods
        self.months = [likelihoods.months(case) for case in self.cases]
        self.slips = [likelihoods.slips(case) if case.promised else None for case in self.cases]

    def fit(self, seen: Sequence[int] | None = None) -> Fit:
        """The fit to some of the cases, by place (default: all)."""
        months: dict[str, Array] = {}
        slips: dict[str, Array] = {}
        counts: dict[str, float] = {}
        for at in range(len(self.cases)) if seen is None else seen:
            kind, late = self.cases[at].kinds[0], self.slips[at]
            counts[kind] = counts.get(kind, 0.0) + 1.0
            months[kind] = months.get(kind, 0.0) + self.months[at]
            if late is not None:
                slips[kind] = slips.get(kind, 0.0) + late
        given = self.likely.priors
        kinds = dict.fromkeys([*KINDS, *counts])
        return Fit(given.months.weights(months, kinds), given.slips.weights(slips, kinds), counts, given)

    def before(self, month: float) -> Record:
        """The record as it stood in a month: contracts signed before, and what was then known of them."""
        known = [case.seen_at(month) for case in self.cases if float(case.start.mean()) < month]
        return Record(known, self.likely)
