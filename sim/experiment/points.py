"""Many scenarios at once: the outcomes of each, replication by replication, under the same draws.

What every method of `sim/experiment/analyse/` asks for its runs with. A scenario is one point: its levers,
dated changes, shocks and held facts say all there is to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from sim.evidence.facts import nearest, quoted
from sim.evidence.seeds import Seeds
from sim.experiment.ensemble import check_arguments
from sim.experiment.executor import Asked, Executor, Outcome, Piece, Threads, Uncertainty, carry_out, deal
from sim.experiment.result import TOTAL
from sim.model.record import INDUSTRY_MEASURES, MEASURES
from sim.policy.errors import ScenarioError
from sim.policy.scenario import Scenario

__all__ = ["USUAL", "Outcome", "Work", "evaluate", "outcome", "part_of"]

Array = npt.NDArray[np.float64]
USUAL = (Outcome("gap_years"), Outcome("cost_pv"), Outcome("worst_authority_share"))  # speed, cost, reliance


@dataclass(frozen=True)
class Work:
    """How runs are carried out: how many replications of each scenario, with which draws, and who is told.

    progress(done, all) counts replications; cancel() returning True stops and raises Cancelled.
    executor: who carries them out; None for the threads of this machine.
    """

    replications: int = 50
    random_seed: int = 1
    uncertainty: Uncertainty = "evidence"
    progress: Callable[[int, int], None] | None = None
    cancel: Callable[[], bool] | None = None
    seeds: Seeds | None = field(default=None, repr=False)
    executor: Executor | None = None


def part_of(work: Work, before: int, all_: int) -> Work:
    """The same work as one part of a longer one: its progress counts on from `before` of `all_`."""
    tell = work.progress
    if tell is None:
        return work
    return replace(work, progress=lambda done, _all: tell(before + done, all_))


def outcome(text: str, places: Sequence[str], industries: Sequence[str]) -> Outcome:
    """The outcome written as `gap_years` or `gap_years.POL`; raises ScenarioError naming the nearest."""
    measure, _, place = text.strip().partition(".")
    of_industry = {one.id for one in INDUSTRY_MEASURES}
    known = [one.id for one in MEASURES] + sorted(of_industry)
    if measure not in known:
        raise ScenarioError(f"there is no measure {quoted(measure)}; {nearest(measure, known)}")
    where = list(industries) if measure in of_industry else list(places)
    found = place or (TOTAL if measure not in of_industry else "")
    if found not in where:
        raise ScenarioError(
            f"{quoted(text)}: there is no place {quoted(found)} for {measure}; {nearest(found, where)}"
        )
    return Outcome(measure, found)


def evaluate(scenarios: Sequence[Scenario], outcomes: Sequence[Outcome], work: Work) -> Array:
    """The outcomes of every scenario: (scenarios, replications, outcomes), nan where there was nothing.

    Replication k of each has the same draws. Raises ScenarioError, Cancelled.
    """
    check_arguments(work.replications, work.random_seed, work.uncertainty)
    workers = work.executor or Threads()
    asked = Asked(work.random_seed, work.uncertainty, tuple(outcomes), 0, work.seeds)
    tasks = deal(scenarios, work.replications, workers.size(len(scenarios) * work.replications), asked)
    found = np.empty((len(scenarios), work.replications, len(outcomes)))

    def take(piece: Piece, answer: Array) -> None:
        found[piece.row, piece.first : piece.last] = answer

    carry_out(workers, tasks, take, work.progress, work.cancel)
    return found
