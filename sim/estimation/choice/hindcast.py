"""`sim hindcast`: chances of real decisions, what they rest on, and their scores beside naive rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.estimation.choice import exam, naive
from sim.estimation.choice.attributes import Attributes, Table
from sim.estimation.choice.estimate import Estimate, estimate
from sim.estimation.choice.files import Cells
from sim.estimation.choice.logit import fit, predict
from sim.estimation.choice.scores import Scores, Span, score
from sim.estimation.choice.sets import ChoiceSet, LeftOut, sets_of
from sim.evidence.facts import EvidenceError
from sim.evidence.seeds import Seeds

Array = npt.NDArray[np.float64]
WORTH_SAYING = 0.1  # points by which an attribute must set the winner apart to be named


@dataclass(frozen=True)
class Reason:
    """What set the winner apart from the mean of its rivals: points of worth, and the attribute of both."""

    attribute: str
    points: float
    winner: float
    rivals: float


@dataclass(frozen=True)
class Judged:
    """A decision with the chance of each of its offers, and what speaks for and against the winner."""

    set: ChoiceSet
    chances: tuple[float, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Hindcast:
    """Scores of the model and of the naive rules on the same decisions, and the decisions one by one.

    forward: scores when only earlier decisions are known; None for decisions from outside.
    """

    how: str
    fitted_on: int
    scores: Scores
    baselines: dict[str, Scores]
    forward: Scores | None
    forward_baselines: dict[str, Scores]
    decisions: tuple[Judged, ...]
    left_out: tuple[LeftOut, ...]

    def gains(self) -> dict[str, Span]:
        """By how much the log score is lower than each naive rule's, with intervals."""
        return {rule: self.scores.gain(other) for rule, other in self.baselines.items()}


def hindcast_own(found: Estimate, progress: exam.Progress | None = None, forward: bool = True) -> Hindcast:
    """The exam on the project's own decisions: each left out in turn, and each from the past alone."""
    known = found.known
    answers = exam.leave_one_out(known, found.priors, progress)
    later = exam.forward(known, found.priors, progress) if forward else None
    rules = naive.RULES
    return Hindcast(
        how="leave_one_out",
        fitted_on=len(known.sets) - 1,
        scores=exam.scores_of(known, answers.chances),
        baselines={r: exam.scores_of(known, exam.naive_chances(r, known, known.others)) for r in rules},
        forward=None if later is None else exam.scores_of(known, later),
        forward_baselines={
            r: exam.scores_of(known, exam.naive_chances(r, known, known.before)) for r in rules
        },
        decisions=_judged(known.sets[: known.rivals], known.table, answers),
        left_out=found.left_out,
    )


def hindcast_file(
    seeds: Seeds, decisions: Sequence[Cells], offers: Sequence[Cells], flags: Sequence[Cells] = ()
) -> Hindcast:
    """The exam on decisions from outside, each from our own less the same purchase; raises EvidenceError."""
    sets, left = sets_of(seeds, decisions, offers, flags)
    if not sets:
        why = f": {left[0].why} ({left[0].id})" if left else ""
        raise EvidenceError(f"no decision has two offers or more and one winner{why}")
    found = estimate(seeds)
    table = Attributes(seeds).table(sets)
    answers, named, fewest = _without_themselves(found, sets, table)
    return Hindcast(
        how="fitted_on_other_decisions",
        fitted_on=fewest,
        scores=score(answers.chances, table.there, table.chosen),
        baselines={rule: score(one, table.there, table.chosen) for rule, one in named.items()},
        forward=None,
        forward_baselines={},
        decisions=_judged(sets, table, answers),
        left_out=tuple(left),
    )


def _without_themselves(
    found: Estimate, sets: Sequence[ChoiceSet], table: Table
) -> tuple[exam.Answers, dict[str, Array], int]:
    """Chances by the model and by each naive rule, each set from our decisions less the same purchase.

    Returns the model's, (sets, places) by rule, and the fewest decisions a set was judged from.
    """
    known, alike = found.known, [tuple(found.known.unlike([one])) for one in sets]
    chances, weights = np.zeros(table.there.shape), np.zeros((len(sets), len(found.priors.names)))
    named = {rule: np.zeros(table.there.shape) for rule in naive.RULES}
    for rows in set(alike):
        mine = [at for at, seen in enumerate(alike) if seen == rows]
        part, learnt = table.take(mine), known.table.take([row for row in rows if row < known.rivals])
        whole = len(rows) == len(known.sets)
        posterior = found.posterior if whole else fit(known.table.take(rows), found.priors)
        chances[mine], weights[mine] = predict(part, posterior), posterior.draws().mean(axis=0)
        for rule in naive.RULES:
            named[rule][mine] = naive.chances(rule, part, learnt)
    return exam.Answers(chances, weights), named, min(len(rows) for rows in alike)


def _judged(sets: Sequence[ChoiceSet], table: Table, answers: exam.Answers) -> tuple[Judged, ...]:
    """Each decision with its chances, and its reasons by the very weights that gave them."""
    return tuple(
        Judged(
            one,
            tuple(float(x) for x in answers.chances[row, : len(one.offers)]),
            _reasons(table, row, answers.weights[row]),
        )
        for row, one in enumerate(sets)
    )


def _reasons(table: Table, row: int, weights: Array) -> tuple[Reason, ...]:
    """What set the winner apart, the weightiest first; weights: posterior means, the scale last."""
    places = np.flatnonzero(table.there[row])
    chosen = int(table.chosen[row])
    values = table.values[row].mean(axis=0)
    rivals = values[[place for place in places if place != chosen]].mean(axis=0)
    points = weights[:-1] * (values[chosen] - rivals)
    order = np.argsort(-np.abs(points))
    return tuple(
        Reason(table.attributes[at], float(points[at]), float(values[chosen, at]), float(rivals[at]))
        for at in order
        if abs(points[at]) >= WORTH_SAYING
    )
