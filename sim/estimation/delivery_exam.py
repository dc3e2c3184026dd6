"""The delivery exam: how far predicted months and slips are from what happened, and what beats them.

Months are scored twice: predicted by kind alone, and from the promise and its usual lateness. Only dated
deliveries have a ranked score, an error and a coverage; the log score counts what is not delivered yet too.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sim.estimation.choice.sets import LeftOut
from sim.estimation.delivery_cases import Case, read_cases, record_cases
from sim.estimation.delivery_naive import kept_promise, slip_share
from sim.estimation.delivery_predict import Prediction, Predictor
from sim.estimation.delivery_scores import (
    Array,
    difference,
    interval,
    log_score,
    mean,
    means,
    quantiles,
    score,
)
from sim.evidence.seeds import Seeds

Scores = dict[str, dict[str, float]]
RULES = {
    "as_promised": "as promised",
    "all_others": "as all other deliveries",
    "same_kind": "as other deliveries of its kind",
    "catalogue": "the catalogue's months and consent",
    "model": "the model's own slip rule, set from this record",
}
EXAMS = {
    "months": "months by kind",
    "months_from_promise": "months from the promise",
    "slips": "slips",
    "to_month": "slips to the month",
}
PARTS = ("crps", "mae", "coverage")


def own_record(seeds: Seeds) -> dict[str, Any]:
    """The exam on the project's own record: each case left out, and forward in time."""
    predictor, cases = Predictor(seeds), record_cases(seeds)
    found = scored([predictor.without(case) for case in cases])
    onward = scored([one for case in cases if (one := predictor.forward(case)) is not None])
    found["forward"] = {name: one for name, one in onward.items() if name not in ("cases", "left_out")}
    return _with_fit(found, predictor)


def of_file(seeds: Seeds, path: Path) -> dict[str, Any]:
    """The exam on the cases of a file; raises EvidenceError with one sentence when it cannot be used."""
    cases, left = read_cases(seeds, path)
    predictor = Predictor(seeds)
    return _with_fit(scored([predictor.without(case) for case in cases], left), predictor)


def _with_fit(found: dict[str, Any], predictor: Predictor) -> dict[str, Any]:
    return found | {"kinds_on_record": predictor.kinds(), "facts": predictor.facts()}


def scored(predictions: Sequence[Prediction], left: Sequence[LeftOut] = ()) -> dict[str, Any]:
    """The scores of some predictions: the exam, the naive rules, by kind and case by case; for JSON."""
    months = _months({one.case.id: (one.months, one.case) for one in predictions})
    promised = [one for one in predictions if one.from_promise is not None]
    onward = _months({one.case.id: (one.from_promise, one.case) for one in promised})  # type: ignore[misc]
    brier = _brier(promised, {one.case.id: one.slip.on_time for one in promised if one.slip})
    baselines = {
        "months": _month_rules(predictions, {"months": months, "months_from_promise": onward}),
        "slips": _slip_rules(promised, brier),
        "to_month": _to_month(promised),
    }
    return {
        "n": len(predictions),
        "months": means(months),
        "months_from_promise": means(onward),
        "slips": means({"brier": brier}) | _slips(promised),
        "slips_to_month": means({"brier": _brier(promised, _said(promised, "exam"), True)}),
        "baselines": baselines,
        "findings": _findings(baselines),
        "by_kind": _by_kind(predictions, months, brier),
        "cases": [_row(one) for one in predictions],
        "left_out": [{"id": one.id, "why": one.why} for one in left],
    }


def _months(said: Mapping[str, tuple[Array, Case]]) -> Scores:
    """Scores of predicted months: score -> case -> value."""
    found: Scores = {name: {} for name in ("log_score", *PARTS)}
    for name, (chances, case) in said.items():
        if not case.silent:
            found["log_score"][name] = log_score(chances, case)
        if case.dated:
            for part, value in zip(PARTS, score(chances, case), strict=True):
                found[part][name] = value
    return found


def _said(promised: Sequence[Prediction], rule: str) -> dict[str, float]:
    """The chance on time to the month that a rule gives, by case."""
    return {one.case.id: one.to_month[rule] for one in promised if rule in one.to_month}


def _to_month(promised: Sequence[Prediction]) -> dict[str, Any]:
    """Each naive rule for slips where a promised year is one unknown month of it."""
    exam, found = _brier(promised, _said(promised, "exam"), True), {}
    for rule in ("as_promised", "all_others", "same_kind", "model"):
        brier = _brier(promised, _said(promised, rule), True)
        found[rule] = means({"brier": brier}) | {"against": {"to_month": {"brier": difference(brier, exam)}}}
    return found


def _brier(
    promised: Sequence[Prediction], said: Mapping[str, float], to_month: bool = False
) -> dict[str, float]:
    """The squared error of the chance on time by case, mean over what the dates allow."""
    found = {}
    for one in promised:
        kept, chance = kept_promise(one.case, to_month), said.get(one.case.id)
        if kept is not None and chance is not None:
            found[one.case.id] = kept * (1.0 - chance) ** 2 + (1.0 - kept) * chance**2
    return found


def _slips(promised: Sequence[Prediction]) -> dict[str, Any]:
    """Predicted against observed: the share on time and the mean slip as a share of the promised months."""
    said = {one.case.id: one.slip for one in promised if one.slip}
    pairs = {
        "on_time": {one.case.id: (said[one.case.id].on_time, kept_promise(one.case)) for one in promised},
        "mean_slip": {one.case.id: (said[one.case.id].mean, slip_share(one.case)) for one in promised},
    }
    found = {}
    for name, rows in pairs.items():
        known = {case: (chance, came) for case, (chance, came) in rows.items() if came is not None}
        errors = [chance - came for chance, came in known.values()]
        found[name] = {
            "n": len(known),
            "predicted": mean([chance for chance, _ in known.values()]),
            "observed": mean([came for _, came in known.values()]),
            "error": mean(errors),
            "interval": interval(list(known), errors),
        }
    return found


def _month_rules(predictions: Sequence[Prediction], exams: Mapping[str, Scores]) -> dict[str, Any]:
    """Each naive rule for months: its scores, and by how much it is worse than each exam."""
    found: dict[str, Any] = {}
    for rule in ("as_promised", "all_others", "same_kind", "catalogue"):
        own = _months({one.case.id: (one.rules[rule], one.case) for one in predictions if rule in one.rules})
        kept = {part: own[part] for part in ("crps", "mae")}
        found[rule] = means(kept) | {
            "against": {
                exam: {part: difference(kept[part], scores[part]) for part in kept}
                for exam, scores in exams.items()
            }
        }
    return found


def _slip_rules(promised: Sequence[Prediction], exam: dict[str, float]) -> dict[str, Any]:
    """Each naive rule for slips: its Brier score and mean slip, and by how much it is worse."""
    found = {}
    for rule in ("as_promised", "all_others", "same_kind", "model"):
        said = {one.case.id: one.slip_rules[rule] for one in promised if rule in one.slip_rules}
        brier = _brier(promised, {case: one.on_time for case, one in said.items()})
        errors = {
            one.case.id: said[one.case.id].mean - came
            for one in promised
            if one.case.id in said and (came := slip_share(one.case)) is not None
        }
        found[rule] = means({"brier": brier}) | {
            "mean_slip_error": mean(list(errors.values())),
            "against": {"slips": {"brier": difference(brier, exam)}},
        }
    return found


def _findings(baselines: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Where a naive rule scores better than the exam, one sentence each, and whether that is sure."""
    units = {
        "crps": ("ranked score", " months"),
        "mae": ("mean error", " months"),
        "brier": ("Brier score", ""),
    }
    found = []
    for rules in baselines.values():
        for rule, scores in rules.items():
            for exam, parts in scores["against"].items():
                for part, one in parts.items():
                    if not one["difference"] < 0.0:
                        continue
                    name, unit = units[part]
                    sure = "" if one["interval"][1] < 0.0 else ", though zero lies in the 90 % interval"
                    found.append(
                        f"Naive rule '{RULES[rule]}' beats {EXAMS[exam]}: {name} {one['rule']:.3g} against "
                        f"{one['exam']:.3g}{unit} in {one['n']} cases{sure}."
                    )
    return found


def _by_kind(
    predictions: Sequence[Prediction], months: Scores, brier: Mapping[str, float]
) -> dict[str, dict[str, Any]]:
    """How many cases of each kind, and their scores."""
    found: dict[str, dict[str, Any]] = {}
    for kind in sorted({one.case.kind for one in predictions}):
        own = [one for one in predictions if one.case.kind == kind]
        ids = {one.case.id for one in own}
        mine = {part: [value for case, value in months[part].items() if case in ids] for part in PARTS}
        slips = [value for case, value in brier.items() if case in ids]
        found[kind] = {"n": len(own), "dated": len(mine["mae"]), "promised_and_decided": len(slips)}
        found[kind] |= {part: mean(values) for part, values in mine.items()}
        found[kind] |= {"brier": mean(slips), "predicted": mean([quantiles(one.months)[1] for one in own])}
        found[kind]["actual"] = mean([float(one.case.low.mean()) for one in own if one.case.dated])
    return found


def _row(one: Prediction) -> dict[str, Any]:
    """One case in months since the contract: what was said, what was promised, what came."""
    case, (low, middle, high) = one.case, quantiles(one.months)
    row: dict[str, Any] = {"id": case.id, "kind": case.kind, "low": low, "middle": middle, "high": high}
    if one.from_promise is not None and one.slip is not None:
        row["from_promise"] = dict(zip(("low", "middle", "high"), quantiles(one.from_promise), strict=True))
        row |= {"on_time": one.slip.on_time, "mean_slip": one.slip.mean}
    row["actual"] = float(case.low.mean()) if case.dated else None
    row["promised"] = float(case.promise.mean()) if case.promised else None
    return row | {"reasons": [*case.reasons, *_known(case)]}


def _known(case: Case) -> list[str]:
    """What is known of a first delivery without a date."""
    if case.dated:
        return []
    if case.silent:
        return ["nothing is known of the first delivery, so it is predicted and not scored"]
    said = []
    if float(case.low.min()) > 1.0:
        said.append(f"none had come within {float(np.mean(case.low)) - 1.0:.0f} months")
    if math.isfinite(float(case.high.max())):
        said.append(f"some had come within {float(np.mean(case.high)):.0f} months")
    return said
