"""The exam: chances of decisions that the fit has not seen, one left out at a time, or only from the past."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.estimation.choice import naive
from sim.estimation.choice.attributes import Attributes, Table
from sim.estimation.choice.logit import Posterior, Priors, fit, predict
from sim.estimation.choice.scores import Scores, score
from sim.estimation.choice.sets import ChoiceSet
from sim.model.randomness import PERMUTATION, name_key, stream, uniform

Array = npt.NDArray[np.float64]
Progress = Callable[[int, int], None]
SAME_PURCHASE = 1.0  # years between two dates of one purchase


@dataclass(frozen=True)
class Record:
    """Decisions to learn from: those with rivals, then those against an assumed set; and their table."""

    sets: tuple[ChoiceSet, ...]
    table: Table
    rivals: int

    def others(self, row: int) -> list[int]:
        """All rows but one."""
        return [at for at in range(len(self.sets)) if at != row]

    def before(self, row: int) -> list[int]:
        """The rows decided before that of a row."""
        return [at for at, one in enumerate(self.sets) if one.date < self.sets[row].date]

    def unlike(self, sets: Sequence[ChoiceSet]) -> list[int]:
        """The rows that are not one of these purchases under the same or another id."""
        return [at for at, one in enumerate(self.sets) if not any(same_purchase(one, new) for new in sets)]


@dataclass(frozen=True)
class Answers:
    """Chances (rows, places) of some decisions, and the mean weights (rows, weights) that gave them."""

    chances: Array
    weights: Array


def record(attributes: Attributes, rivals: Sequence[ChoiceSet], direct: Sequence[ChoiceSet]) -> Record:
    """The decisions with rivals and those without as one record."""
    sets = (*rivals, *direct)
    return Record(sets, attributes.table(sets), len(rivals))


def same_purchase(one: ChoiceSet, other: ChoiceSet) -> bool:
    """Whether two sets are about one purchase: the same id, or buyer, category and winner within a year."""
    if one.id == other.id:
        return True
    won, also = one.offers[one.chosen], other.offers[other.chosen]
    alike = won.family == also.family if won.family else won.system == also.system
    near = abs(one.date - other.date) <= SAME_PURCHASE
    return one.buyer == other.buyer and one.category == other.category and alike and near


def leave_one_out(
    known: Record, priors: Priors, progress: Progress | None = None, rows: Sequence[int] | None = None
) -> Answers:
    """The chances of each decision with rivals, or of some rows, fitted on all others.

    Each fit starts from that of the half without the decision, so that not even the search knows its winner.
    """
    asked = range(known.rivals) if rows is None else rows
    halves = [fit(known.table.take(range(at, len(known.sets), 2)), priors) for at in (0, 1)]
    found = np.zeros((len(asked), known.table.there.shape[1]))
    weights = np.zeros((len(asked), len(priors.names)))
    for done, row in enumerate(asked):
        found[done], posterior = _asked(known, priors, row, known.others(row), halves[1 - row % 2])
        weights[done] = posterior.draws().mean(axis=0)
        if progress:
            progress(done + 1, len(asked))
    return Answers(found, weights)


def forward(known: Record, priors: Priors, progress: Progress | None = None) -> Array:
    """The chances of each decision with rivals, fitted on what was decided before it; (rivals, places)."""
    found = np.zeros((known.rivals, known.table.there.shape[1]))
    near: Posterior | None = None  # of the decision before
    for done, row in enumerate(sorted(range(known.rivals), key=lambda at: known.sets[at].date)):
        found[row], near = _asked(known, priors, row, known.before(row), near)
        if progress:
            progress(done + 1, known.rivals)
    return found


def _asked(
    known: Record, priors: Priors, row: int, learn: Sequence[int], near: Posterior | None
) -> tuple[Array, Posterior]:
    """The chances of one decision by a fit on others, and that fit."""
    posterior = fit(known.table.take(learn), priors, near)
    return predict(known.table.take([row]), posterior)[0], posterior


def naive_chances(rule: str, known: Record, learn: Callable[[int], list[int]]) -> Array:
    """The chances of each decision with rivals by a naive rule that learnt its rate from the same rows."""
    found = np.zeros((known.rivals, known.table.there.shape[1]))
    for row in range(known.rivals):
        seen = [at for at in learn(row) if at < known.rivals]
        found[row] = naive.chances(rule, known.table.take([row]), known.table.take(seen))[0]
    return found


def scores_of(known: Record, chances: Array) -> Scores:
    """The scores of chances of the decisions with rivals."""
    rows = np.arange(known.rivals)
    part = known.table.take(rows)
    return score(chances, part.there, part.chosen)


def permuted(known: Record, again: int) -> Record:
    """The same decisions with winners drawn evenly among the offers: nothing is there to be learnt."""
    key, name = np.uint64(stream(1, again)), name_key("winner")
    drawn = [
        int(uniform(key, PERMUTATION, name, name_key(one.id), 0) * len(one.offers)) for one in known.sets
    ]
    return Record(known.sets, known.table.won_by(np.array(drawn, dtype=np.int64)), known.rivals)
