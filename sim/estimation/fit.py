"""What a calibration found, as plain data: what is left of each range, and the fit before and after."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import numpy as np
from scipy.stats import chi2

from sim.estimation.aggregates import HALF_WIDTH, Aggregate
from sim.estimation.calibration import Calibration, Fact
from sim.estimation.contrasts import PAST
from sim.estimation.matching import (
    CUT,
    Array,
    Flags,
    Wave,
    deciding,
    effective,
    emulated,
    implausible,
    misfit,
    weighed,
)
from sim.model.version import MODEL_VERSION

POINTS: Final = (0.05, 0.5, 0.95)  # a range is said to hold nine tenths
# Shares of a range from which a change is worth a word; of presentation only.
NARROWER, DISPLACED = 0.8, 0.15
AS_BEFORE: Final = "as before"
PARTS: Final = (1.0, 0.5, 0.0)  # of the judged error of the model, to see what hangs on it
METHOD: Final = (
    "The model starts in February 2022 at points of a Sobol sequence over the ranges of the facts, all with "
    "the same draws. A point is ruled out where the second largest distance from a matched aggregate is "
    "above three standard deviations of observation error, model discrepancy and chance (history matching); "
    "a quadratic regression stands for the model between points. What is left is weighed by how near it "
    "comes to all matched aggregates together (approximate Bayesian computation with those errors as its "
    "width), and run again where the weights are. Aggregates held out take no part in either."
)
CAUTION: Final = (
    "Errors and discrepancies are judged, row by row, in aggregates.csv; one draw of history is compared; "
    "years, categories and the total are the same orders, so part of their error is counted as shared. "
    "Weights depend on the judged errors more than the ruling out does. Other facts stay uncertain in every "
    "run. Nothing is written to the seeds."
)


def report(one: Calibration) -> dict[str, Any]:
    """Everything as plain data: headline, how it was made, facts, aggregates and what ruled out the most."""
    found = one.found
    return {
        "model_version": MODEL_VERSION,
        "scenario": PAST,
        "headline": headline(one),
        "method": METHOD,
        "caution": CAUTION,
        "points": len(found.first.points),
        "replications": int(found.first.samples.shape[1]),
        "points_by_regression": len(found.cube),
        "points_run_again": len(found.again.points),
        "cut": CUT,
        "left": {
            "by_regression": float(found.left.mean()),
            "of_the_design": float(found.first_left.mean()),
            "of_those_run_again": _mean(found.again_left),
            "effective_by_weight": effective(found.weights),
        },
        "together": _together(one),
        "stricter": stricter(one),
        "facts": [fact_row(fact, at, one) for at, fact in enumerate(one.facts)],
        "aggregates": [_aggregate_row(row, at, one) for at, row in enumerate(one.listed)],
    }


def headline(one: Calibration) -> str:
    """In a sentence or two: how much of the space is left, and which facts the record moves."""
    found = one.found
    if not found.left.any():
        return (
            "All of the space is ruled out: nowhere within the ranges does the model come near "
            f"{_culprits(one)}."
        )
    rows = [fact_row(fact, at, one) for at, fact in enumerate(one.facts)]
    moved = [row["fact"] for row in rows if row["verdict"] != AS_BEFORE]
    words = f"the record moves {', '.join(moved)}" if moved else "the record moves no fact clearly"
    share = f"{found.left.mean():.2%} of the space is not ruled out."
    left = "Nothing within the ranges is ruled out." if found.left.all() else share
    return (
        f"{left} Weighed by the fit, {words}; the weights come to {effective(found.weights):.0%} of the "
        "space, where 100% would say that the record tells nothing."
    )


def _culprits(one: Calibration) -> str:
    """The matched aggregates that no point of the second wave meets, the furthest first."""
    least = one.found.found.min(axis=0)
    far = [at for at in np.argsort(-least) if one.targets.matched[at] and least[at] > CUT]
    names = [one.listed[at].name for at in far]
    return f"what was observed of {', '.join(names)}" if names else "two of the aggregates at the same time"


def stricter(one: Calibration) -> list[dict[str, Any]]:
    """What would be left if the model's own error were all, half or none of what is judged (regression).

    With it goes what the aggregates share. `best` is the least squared distance from all of them together.
    """
    found, rows = one.found, []
    for part in PARTS:
        aims = replace(
            one.targets, discrepancy=part * one.targets.discrepancy, common=part * one.targets.common
        )
        left = deciding(emulated(found.cube, found.known, aims), aims) <= CUT
        distance = misfit(found.known.mean(found.cube), found.known, aims)
        weights = weighed(distance, left)
        moved = {
            fact.name: _moved(weighted_points(found.cube[:, at], weights))
            for at, fact in enumerate(one.facts)
            if left.any()
        }
        rows.append(
            {
                "part_of_discrepancy": part, "left": float(left.mean()), "best": float(distance.min()),
                "effective_by_weight": effective(weights),
                "moved": {name: how for name, how in moved.items() if how != AS_BEFORE},
            }
        )  # fmt: skip
    return rows


def _together(one: Calibration) -> dict[str, float]:
    """Squared distance from all matched aggregates: of the seeds, the best point, and what chance gives."""
    found, count = one.found, int(one.targets.matched.sum())
    return {
        "seeds": float(misfit(one.seed_run.mean, found.known, one.targets)[0]),
        "seeds_second_largest": float(deciding(implausible(one.seed_run, one.targets), one.targets)[0]),
        "best": float(found.distance.min()),
        "expected": float(count),
        "one_in_twenty": float(chi2.ppf(0.95, count)),
    }


def fact_row(fact: Fact, at: int, one: Calibration) -> dict[str, Any]:
    """One fact: its range in the seeds, what is not ruled out, and 5, 50 and 95 % points by weight."""
    found = one.found
    cells: dict[str, Any] = {
        "fact": fact.name, "unit": fact.unit, "low": fact.low, "value": fact.value, "high": fact.high,
    }  # fmt: skip
    if not found.left.any():
        return cells | {
            "not_ruled_out": None,
            "weighed": None,
            "verdict": "ruled out",
            "moves_most": _most(at, one),
        }
    places = found.cube[:, at]
    inside = places[found.left]
    points = weighted_points(places, found.weights)
    return cells | {
        "not_ruled_out": [fact.at(float(end)) for end in (inside.min(), inside.max())],
        "weighed": [fact.at(point) for point in points],
        "verdict": _moved(points),
        "moves_most": _most(at, one),
    }


def _moved(points: list[float]) -> str:
    """Whether the middle of a range is displaced, or it is narrower, than an even spread over the range.

    points: places in the range, 5, 50 and 95 %.
    """
    shift, width = points[1] - 0.5, (points[2] - points[0]) / (POINTS[2] - POINTS[0])
    if abs(shift) > DISPLACED:
        return "higher" if shift > 0 else "lower"
    return "narrower" if width < NARROWER else AS_BEFORE


def _most(at: int, one: Calibration) -> dict[str, Any]:
    """The matched aggregate that a fact moves most from its low to its high end, in standard deviations."""
    known, aims = one.found.known, one.targets
    width = np.sqrt(np.diag(known.noise) + aims.error**2 + aims.discrepancy**2)
    effects = np.where(aims.matched, known.slopes(len(one.facts))[at] / width, 0.0)
    most = int(np.argmax(np.abs(effects)))
    return {"aggregate": one.listed[most].name, "deviations": float(effects[most])}


def weighted_points(values: Array, weights: Array) -> list[float]:
    """The 5, 50 and 95 % points of values (P,) by weights (P,)."""
    order = np.argsort(values)
    below = np.cumsum(weights[order]) / weights.sum()
    return [
        float(values[order][min(int(np.searchsorted(below, point)), len(values) - 1)]) for point in POINTS
    ]


def _aggregate_row(row: Aggregate, at: int, one: Calibration) -> dict[str, Any]:
    """One aggregate: what was observed, its errors, the model before, where not ruled out, and by weight."""
    found, aims = one.found, one.targets
    before = _spread(row, at, found.first)
    after = _spread(row, at, found.again)
    apart = _apart(at, one)
    return {
        "name": row.name, "title": row.title, "unit": row.unit, "use": row.use, "scale": row.scale,
        "observed": one.known[row.name].value, "error": float(aims.error[at]),
        "discrepancy": row.discrepancy, "before": before,
        "not_ruled_out": _spread(row, at, found.first.at(found.first_left)), "weighed": after,
        "miss_before": apart[0], "miss_weighed": apart[1], "verdict": _verdict(apart),
        "ruled_out_alone": float((found.found[:, at] > CUT).mean()),
        "nearest": float(found.found[:, at].min()),
        "explained": float(found.known.explained[at]), "source": row.source, "note": row.note,
    }  # fmt: skip


def _spread(row: Aggregate, at: int, wave: Wave) -> list[float] | None:
    """The 5, 50 and 95 % points of all replications of some points, in the unit; none without a point."""
    values = wave.samples[:, :, at]
    values = values[np.isfinite(values)]
    return [row.unscaled(float(one)) for one in np.quantile(values, POINTS)] if len(values) else None


def _apart(at: int, one: Calibration) -> list[float | None]:
    """How far the model lies below (-) or above the record, over the design and by weight, in deviations.

    A deviation is that of chance at one point, observation and model: the same in both, so that they compare.
    By weight the regression is asked, which has more points than were run again.
    """
    found, aims = one.found, one.targets
    noise = float(found.known.noise[at, at])
    wide = float(np.sqrt(noise + aims.error[at] ** 2 + aims.discrepancy[at] ** 2))
    middles = [float(np.nanmean(found.first.mean[:, at]))]
    if found.left.any():
        middles.append(float(found.weights @ found.known.mean(found.cube)[:, at]))
    away = [middle - float(aims.observed[at]) for middle in middles]
    apart: list[float | None] = [one / wide if wide else float("inf") if one else 0.0 for one in away]
    return apart if len(apart) == 2 else [*apart, None]


def _verdict(apart: list[float | None]) -> str:
    """In words: whether the record lies within a 90 % range of chance and errors, and whether it came nearer.

    Misses count as shown, to a tenth of a standard deviation.
    """
    if apart[0] is None or apart[1] is None:
        return "nothing is left to compare"
    before, after = (round(abs(one), 1) for one in apart if one is not None)
    change = "nearer" if after < before else "further away" if after > before else "as far"
    return f"{'within' if after <= HALF_WIDTH else 'outside'}, {change}"


def _mean(flags: Flags) -> float | None:
    return float(flags.mean()) if len(flags) else None
