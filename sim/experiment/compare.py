"""Scenarios beside each other: paired differences, replication by replication, under the same draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.experiment.result import TOTAL, Result
from sim.model.record import INDUSTRY_MEASURES, MEASURES, Measure
from sim.model.records import Array
from sim.policy.errors import ScenarioError

LEVEL = 0.90


@dataclass(frozen=True, slots=True)
class Difference:
    """A paired difference (other minus base): its mean, and the interval holding 90 % of replications.

    share_better = share of replications in which the other scenario is better (ties count half);
    None where the measure is neither better nor worse, or exists in no replication of both.
    mean_low, mean_high = 90 % interval of the mean itself.
    """

    mean: float | None
    low: float | None
    high: float | None
    mean_low: float | None
    mean_high: float | None
    share_better: float | None


@dataclass(frozen=True, eq=False)
class Comparison:
    """A base result and others of the same random seed and number of replications."""

    base: Result
    others: tuple[Result, ...]

    def difference(self, other: Result, measure: str, place: str) -> Difference:
        """The paired difference of a measure at a place (state, "europe_canada" or industry)."""
        found = _measure(measure)
        return paired(_column(self.base, found, place), _column(other, found, place), found.better)

    def summary(self) -> dict[str, Any]:
        """The comparison as plain data, as `sim compare --json` prints it."""
        return {
            "base": self.base.scenario.id,
            "model_version": self.base.model_version,
            "random_seed": self.base.random_seed,
            "replications": self.base.replications,
            "level": LEVEL,
            "others": {other.scenario.id: self._one(other) for other in self.others},
        }

    def _one(self, other: Result) -> dict[str, Any]:
        return {
            "title": other.scenario.title,
            "measures": self._at(other, TOTAL, MEASURES),
            "by_buyer": {place: self._at(other, place, MEASURES) for place in self.base.places[1:]},
            "by_industry": {
                industry: self._at(other, industry, INDUSTRY_MEASURES) for industry in self.base.industries
            },
            "expected": self.expected(other),
        }

    def _at(self, other: Result, place: str, measures: tuple[Measure, ...]) -> dict[str, Any]:
        table = {}
        for measure in measures:
            found = self.difference(other, measure.id, place)
            interval = {"mean": found.mean, "low": found.low, "high": found.high,
                        "mean_low": found.mean_low, "mean_high": found.mean_high}  # fmt: skip
            table[measure.id] = {"difference": interval, "share_better": found.share_better}
        return table

    def expected(self, other: Result) -> list[dict[str, Any]]:
        """What the scenario's author expected before the run, and whether the mean difference kept to it.

        kept: True or False where the 90 % interval of the mean lies on one side of zero, else None.
        """
        kept = []
        for expectation in other.scenario.expect:
            found = self.difference(other, expectation.measure, expectation.place)
            verdict: bool | None = None
            low, high = found.mean_low, found.mean_high
            if low is not None and high is not None and (low > 0 or high < 0):
                verdict = (low > 0) == (expectation.direction == "more")
            kept.append(
                {
                    "measure": expectation.measure,
                    "place": expectation.place,
                    "direction": expectation.direction,
                    "why": expectation.why,
                    "kept": verdict,
                }
            )
        return kept


def compare(base: Result, *others: Result) -> Comparison:
    """Pair results of the same random seed and length; raises ScenarioError where they cannot be paired."""
    for other in others:
        if (other.start, other.random_seed, other.replications, other.uncertainty) != (
            base.start,
            base.random_seed,
            base.replications,
            base.uncertainty,
        ):
            raise ScenarioError(
                "only results with the same start, random seed, replications and uncertainty can be "
                "compared; "
                f"{base.scenario.id} and {other.scenario.id} differ"
            )
    return Comparison(base, others)


def paired(base: Array, other: Array, better: str | None) -> Difference:
    """The paired difference of two columns of replications; pairs with an undefined side are left out."""
    change = other - base
    change = change[~np.isnan(change)]
    if change.size == 0:
        return Difference(None, None, None, None, None, None)
    low, high = np.quantile(change, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    error = 1.645 * float(change.std(ddof=1)) / change.size**0.5 if change.size > 1 else 0.0
    share = None
    if better is not None:
        wins = change < 0 if better == "less" else change > 0
        share = float(wins.mean() + 0.5 * (change == 0).mean())
    mean = float(change.mean())
    if change.size == 1:
        return Difference(mean, float(low), float(high), None, None, share)
    return Difference(mean, float(low), float(high), mean - error, mean + error, share)


def _measure(name: str) -> Measure:
    for measure in (*MEASURES, *INDUSTRY_MEASURES):
        if measure.id == name:
            return measure
    raise ScenarioError(f'there is no measure "{name}"')


def _column(result: Result, measure: Measure, place: str) -> Array:
    if measure in INDUSTRY_MEASURES:
        return result.industry_values[measure.id][:, result.industries.index(place)]
    return result.values[measure.id][:, result.places.index(place)]
