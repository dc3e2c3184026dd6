"""Predicts deliveries: months to the first and slips, from what was known at signing.

Two predictions: months by kind alone, and, where a date was promised, the promise and its usual lateness.
Each case is predicted without itself and without its like (`Case.alike`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from scipy import special

from sim.estimation import delivery_naive as naive
from sim.estimation.delivery_cases import Case, record_cases
from sim.estimation.delivery_model import LAST, Fit, Likelihoods, Record, priors, promised_months
from sim.estimation.delivery_scores import quantiles
from sim.evidence.seeds import Seeds

Array = npt.NDArray[np.float64]
Said = TypeVar("Said")
FEWEST_BEFORE = 10  # contracts signed before: with fewer a forward prediction would be the prior alone
POOLED = "all"


@dataclass(frozen=True)
class Prediction:
    """What was said of a case, by the exam and by the naive rules; chances of each month, (MONTHS,).

    to_month: chances on time by the exam and the rules where a promised year is one unknown month of it.
    """

    case: Case
    months: Array
    from_promise: Array | None = None
    slip: naive.Slip | None = None
    rules: dict[str, Array] = field(default_factory=dict)
    slip_rules: dict[str, naive.Slip] = field(default_factory=dict)
    to_month: dict[str, float] = field(default_factory=dict)


class Predictor:
    """Predicts cases from the record of the seeds."""

    def __init__(self, seeds: Seeds) -> None:
        """Read the record, the priors and the catalogue."""
        self.seeds = seeds
        self.record = Record(record_cases(seeds), Likelihoods(priors(seeds)))
        self.catalogue = naive.catalogue(seeds)
        on_time, mean = seeds.value("slip", "on_time"), seeds.value("slip", "mean")
        self.usual = np.array([mean]), np.array([1.0 - on_time])  # the model's own rule

    def without(self, case: Case) -> Prediction:
        """Predict a case from the whole record but the case itself and its like."""
        seen = [at for at, other in enumerate(self.record.cases) if not case.alike(other)]
        return self._predict(case, self.record.fit(seen), [self.record.cases[at] for at in seen])

    def forward(self, case: Case) -> Prediction | None:
        """Predict a case from what was known when it was signed; None with too few contracts before."""
        before = self.record.before(float(case.start.mean()))
        seen = [at for at, other in enumerate(before.cases) if not case.alike(other)]
        if len(seen) < FEWEST_BEFORE:
            return None
        return self._predict(case, before.fit(seen), [before.cases[at] for at in seen])

    def _predict(self, case: Case, fit: Fit, past: Sequence[Case]) -> Prediction:
        alike, listed = naive.of_kind(past, case.kinds), self.catalogue(case)
        rules = {
            "all_others": naive.past_months(past),
            "same_kind": naive.past_months(alike),
            "catalogue": None if listed is None else naive.spread(np.array([listed])),
        }
        found = Prediction(case, fit.months(case.kinds))
        if not case.promised:
            return replace(found, rules=_known(rules))
        rules["as_promised"] = naive.spread(case.promise)
        months = fit.from_promise(case.kinds, case.promise)
        usual = promised_months(case.promise, *self.usual)
        slips = {
            "as_promised": naive.Slip(1.0, 0.0),
            "all_others": naive.past_slip(past),
            "same_kind": naive.past_slip(alike),
            "model": naive.slip_of(usual, case),
        }
        return replace(
            found,
            from_promise=months,
            slip=naive.slip_of(months, case),
            rules=_known(rules),
            slip_rules=_known(slips),
            to_month=self._to_month(case, fit, past, alike),
        )

    def _to_month(
        self, case: Case, fit: Fit, past: Sequence[Case], alike: Sequence[Case]
    ) -> dict[str, float]:
        """The chance of on time to the month: of the exam, and of each rule."""
        due, counts = np.unique(np.minimum(case.promise, LAST), return_counts=True)
        exam = [fit.from_promise(case.kinds, np.array([one]))[int(one) - 1] for one in due]
        usual = [promised_months(np.array([one]), *self.usual)[int(one) - 1] for one in due]
        rules = {"all_others": naive.past_slip(past, True), "same_kind": naive.past_slip(alike, True)}
        found = {"exam": float(np.average(exam, weights=counts)), "as_promised": 1.0}
        found |= {name: slip.on_time for name, slip in rules.items() if slip is not None}
        return found | {"model": float(np.average(usual, weights=counts))}

    def kinds(self) -> dict[str, dict[str, Any]]:
        """What the whole record says of each kind: months, chance on time with its 90 % interval."""
        fit, found = self.record.fit(), {}
        grid = self.record.likely.priors.slips
        for kind, weight in fit.slips_of.items():
            low, middle, high = quantiles(fit.months([kind]))
            share = special.expit(grid.x)
            found[kind] = {
                "n": int(fit.counts.get(kind, 0)),
                "dated": sum(case.dated for case in self.record.cases if case.kinds[0] == kind),
                "low": low, "middle": middle, "high": high,
                "on_time": _span(share, weight.sum(axis=0)),
            }  # fmt: skip
        return found

    def facts(self) -> dict[str, dict[str, Any]]:
        """The model's `slip` facts beside the same numbers estimated from the record as one group.

        year_end: the same where a promise of a year alone is kept by the end of that year.
        """
        months, ends = self._slips(lambda case: case), self._slips(_due_by_year_end)
        found: dict[str, dict[str, Any]] = {}
        for name in ("on_time", "mean"):
            fact = self.seeds.fact("slip", name)
            found[name] = {
                "fact": {"middle": fact.value, "low": fact.low, "high": fact.high},
                "estimate": months[name],
                "year_end": ends[name],
            }
        return found

    def _slips(self, change: Callable[[Case], Case]) -> dict[str, dict[str, float]]:
        cases = [replace(change(case), kinds=(POOLED,)) for case in self.record.cases]
        fit = Record(cases, self.record.likely).fit()
        grid, weight = self.record.likely.priors.slips, fit.slips_of[POOLED]
        return {
            "on_time": _span(special.expit(grid.x), weight.sum(axis=0)),
            "mean": _span(grid.shared, weight.sum(axis=1)),
        }


def _due_by_year_end(case: Case) -> Case:
    """The case with the last of the months that its promise may mean."""
    return replace(case, promise=case.due) if case.promised else case


def _known(rules: Mapping[str, Said | None]) -> dict[str, Said]:
    """The rules that have something to say."""
    return {name: said for name, said in rules.items() if said is not None}


def _span(values: Array, weights: Array) -> dict[str, float]:
    """The mean of a weighted grid and its 90 % interval."""
    below = np.cumsum(weights)
    low, high = (
        float(values[min(int(np.searchsorted(below, one)), len(values) - 1)]) for one in (0.05, 0.95)
    )
    return {"middle": float(values @ weights), "low": low, "high": high}
