"""The two theses where past decisions could tell them apart: whether agreements with Korea move choices.

Both say that price, speed and reliable supply sell. They differ on whether a standing agreement makes a
Korean offer more likely to be chosen, all else equal. Each thesis is a prior on that one weight, of equal
width; everything else is shared.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy import stats

from sim.estimation.choice import exam
from sim.estimation.choice.attributes import Table
from sim.estimation.choice.estimate import Estimate
from sim.estimation.choice.logit import (
    Posterior,
    Priors,
    chances,
    fit,
    log_likelihood,
    weights_of,
)
from sim.estimation.choice.priors import SUBJECT, normal
from sim.estimation.choice.scores import Span
from sim.estimation.choice.sets import ChoiceSet
from sim.evidence.seeds import Seeds, load_seeds
from sim.model.randomness import PLANTED, name_key, stream, uniform

Array = npt.NDArray[np.float64]
AGREEMENT: Final = "agreement"
BEFORE: Final = "2022-02"  # agreements as they stood before the orders that later ones followed
LISTED: Final = (
    2016.0  # decisions from then on: of agreements before it the list of 2020 does not tell enough
)
THESES: Final = ("enabler", "exporter")
GRID: Final = np.linspace(0.0, 1.0, 201)
COPIES: Final = (1, 4, 16)  # how many times as many decisions with Korean offers
REPEATS: Final = 64
WEIGHTS: Final = np.linspace(-2.5, 3.0, 45)  # of an agreement, points: where the evidence is added up
SURE: Final = 0.9


@dataclass(frozen=True)
class Thesis:
    """A thesis: what it expects of a full agreement, points, and how the record changes that."""

    name: str
    expects: float
    spread: float
    weight: float
    weight_sd: float
    log_evidence: float


@dataclass(frozen=True)
class Power:
    """With `copies` times as many decisions: how often the right thesis would get a chance above SURE."""

    copies: int
    decisions: int
    right: dict[str, float]
    wrong: dict[str, float]


@dataclass(frozen=True)
class BreakEven:
    """A Dialogue or agreement worth this many points would equal the step named; with its 90 % range."""

    step: str
    points: Span


@dataclass(frozen=True)
class Contest:
    """The two theses against the record: chances with even odds before, mixture weight, power, break-evens.

    mixture: share of decisions that follow the enabler thesis. assumed: what a run takes a full agreement to
    be worth, points.
    """

    theses: tuple[Thesis, ...]
    enabler_chance: float
    mixture: Span
    decisions: int
    powers: tuple[Power, ...]
    break_evens: tuple[BreakEven, ...]
    assumed: Span


def with_agreements(table: Table, sets: Sequence[ChoiceSet], seeds: Seeds) -> Table:
    """The table with one more attribute: how far an agreement with Korea stood, 0-1, of Korean offers."""
    past = load_seeds(start=BEFORE) if seeds is load_seeds() else seeds
    levels = {}
    for one in sets:
        name = f"agreement.{one.buyer}"
        levels[one.buyer] = past.value(name, "default") if past.has(name, "default") else 0.0
    extra = np.zeros((*table.values.shape[:3], 1))
    for row, one in enumerate(sets):
        for place, offer in enumerate(one.offers):
            extra[row, :, place, 0] = levels[one.buyer] if offer.industry == "korea" else 0.0
    values = np.concatenate([table.values, extra], axis=3)
    return replace(table, values=values, attributes=(*table.attributes, AGREEMENT))


def prior_of(thesis: str, priors: Priors, seeds: Seeds) -> Priors:
    """The shared priors and the thesis's own on the weight of an agreement."""
    mean, sd = normal(seeds.fact(SUBJECT, f"{AGREEMENT}_{thesis}"))
    at = len(priors.names) - 1
    return Priors(
        (*priors.names[:at], AGREEMENT, priors.names[at]),
        np.insert(priors.mean, at, mean),
        np.insert(priors.sd, at, sd),
        np.insert(priors.negative, at, False),
    )


def log_evidence(table: Table, priors: Priors, posterior: Posterior) -> float:
    """The log chance of all winners under a prior, by Laplace's approximation (Gelman et al. 2013, ch. 7)."""
    off = (posterior.mean - priors.mean) / priors.sd
    likelihood = float(log_likelihood(table, weights_of(posterior.mean, priors.negative)).sum())
    prior = -0.5 * float(off @ off) - float(np.log(priors.sd).sum())
    return likelihood + prior + 0.5 * float(np.linalg.slogdet(posterior.covariance)[1])


def contest(seeds: Seeds, found: Estimate) -> Contest:
    """Let the theses compete on the record, and say what it could tell at all.

    Only decisions with reported rivals count: what was assumed to be on offer cannot tell the theses apart.
    """
    known = _telling(found.known)
    table = with_agreements(known.table, known.sets, seeds)
    priors = {name: prior_of(name, found.priors, seeds) for name in THESES}
    fits = {name: fit(table, priors[name]) for name in THESES}
    evidence = {name: log_evidence(table, priors[name], fits[name]) for name in THESES}
    korean = [at for at, one in enumerate(known.sets) if _is_korean(one)]
    return Contest(
        theses=tuple(_thesis(name, priors[name], fits[name], evidence[name]) for name in THESES),
        enabler_chance=1.0 / (1.0 + math.exp(evidence["exporter"] - evidence["enabler"])),
        mixture=mixture(_of_winners(exam.Record(known.sets, table, known.rivals), korean, priors)),
        decisions=len(korean),
        powers=powers(table.take(korean), found.posterior, priors),
        break_evens=break_evens(seeds, found),
        assumed=_assumed(seeds),
    )


def _is_korean(one: ChoiceSet) -> bool:
    """Whether a Korean offer was on the table."""
    return any(offer.industry == "korea" for offer in one.offers)


def _telling(known: exam.Record) -> exam.Record:
    """The decisions with rivals, less those with a Korean offer from before the agreements are known."""
    rows = [
        at for at, one in enumerate(known.sets[: known.rivals]) if not _is_korean(one) or one.date >= LISTED
    ]
    return exam.Record(tuple(known.sets[at] for at in rows), known.table.take(rows), len(rows))


def _thesis(name: str, prior: Priors, posterior: Posterior, evidence: float) -> Thesis:
    at = prior.names.index(AGREEMENT)
    sd = float(np.sqrt(posterior.covariance[at, at]))
    return Thesis(name, float(prior.mean[at]), float(prior.sd[at]), float(posterior.mean[at]), sd, evidence)


def _of_winners(known: exam.Record, rows: Sequence[int], priors: dict[str, Priors]) -> Array:
    """The chance of each winner under each thesis, fitted on all other decisions; (rows, 2)."""
    places, won = np.arange(len(rows)), known.table.chosen[list(rows)]
    left_out = [exam.leave_one_out(known, priors[name], rows=rows) for name in THESES]
    return np.column_stack([found.chances[places, won] for found in left_out])


def mixture(given: Array) -> Span:
    """The share of decisions that follow the first thesis, all alike before; (decisions, 2) chances."""
    logs = np.array([np.log(share * given[:, 0] + (1 - share) * given[:, 1]).sum() for share in GRID])
    weight = np.exp(logs - logs.max())
    weight /= weight.sum()
    grown = np.cumsum(weight)
    low, high = (float(GRID[int(np.searchsorted(grown, q))]) for q in (0.05, 0.95))
    return Span(float(weight @ GRID), low, high)


def powers(table: Table, posterior: Posterior, priors: dict[str, Priors]) -> tuple[Power, ...]:
    """Plant each thesis in copies of decisions with Korean offers: which would the record name?

    table: those decisions with the attribute AGREEMENT. All other weights are taken as known, so this is the
    most that a record of this size could tell.
    """
    at = table.attributes.index(AGREEMENT)
    beliefs = {name: stats.norm(one.mean[at], one.sd[at]) for name, one in priors.items()}
    named = {name: _named(table, posterior, at, beliefs, name) for name in THESES}
    return tuple(
        Power(
            copies,
            copies * len(table.chosen),
            right={name: float((named[name][:, step] > SURE).mean()) for name in THESES},
            wrong={name: float((named[name][:, step] < 1.0 - SURE).mean()) for name in THESES},
        )
        for step, copies in enumerate(COPIES)
    )


def _named(table: Table, posterior: Posterior, at: int, beliefs: dict[str, Any], truth: str) -> Array:
    """The chance that a planted thesis gets, by repeat and number of copies; (REPEATS, COPIES)."""
    others = posterior.draws(REPEATS)
    planted = beliefs[truth].ppf((np.arange(REPEATS) + 0.5) / REPEATS)
    prior = {name: one.pdf(WEIGHTS) for name, one in beliefs.items()}
    rows, found = np.arange(len(table.chosen)), np.zeros((REPEATS, len(COPIES)))
    for again in range(REPEATS):
        grid = np.stack([chances(table, _with(others[again], at, one)) for one in WEIGHTS])
        true = np.cumsum(chances(table, _with(others[again], at, planted[again])), axis=1)
        key, name = np.uint64(stream(3, again)), name_key(truth)
        logs, copy = np.zeros(len(WEIGHTS)), 0
        for step, copies in enumerate(COPIES):
            while copy < copies:
                drawn = [uniform(key, PLANTED, name, name_key(f"{copy}.{row}"), 0) for row in rows]
                won = (true < np.array(drawn)[:, None] * true[:, -1:]).sum(axis=1)
                logs += np.log(grid[:, rows, won]).sum(axis=1)
                copy += 1
            weight = np.exp(logs - logs.max())
            evidence = {thesis: float(prior[thesis] @ weight) for thesis in THESES}
            found[again, step] = evidence[truth] / sum(evidence.values())
    return found


def _with(weights: Array, at: int, agreement: float) -> Array:
    """Weights with the weight of an agreement in its place."""
    return np.insert(weights, at, agreement)


def break_evens(seeds: Seeds, found: Estimate) -> tuple[BreakEven, ...]:
    """What an agreement would have to be worth to equal a lower price or an earlier delivery, in points."""
    draws = found.posterior.draws(1024)
    months, price = (-draws[:, found.posterior.names.index(name)] for name in ("months", "price"))
    floor = seeds.value("choice", "months_floor")
    return (
        BreakEven("price_10", _range(price * math.log(1.0 / 0.9))),
        BreakEven("months_6_urgent", _range(months * (floor + 1.0) * 0.5)),
        BreakEven("months_6_calm", _range(months * (floor + seeds.value("past", "gap")) * 0.5)),
    )


def _range(values: Array) -> Span:
    low, high = np.quantile(values, [0.05, 0.95])
    return Span(float(values.mean()), float(low), float(high))


def _assumed(seeds: Seeds) -> Span:
    fact = seeds.fact("choice", "framework")
    return Span(fact.value, fact.low, fact.high)
