"""An ensemble: many replications of one scenario, with progress and cancel."""

from __future__ import annotations

from collections.abc import Callable

from sim.evidence.seeds import Seeds
from sim.experiment.executor import (
    BLOCK,
    Asked,
    Cancelled,
    Executor,
    Piece,
    Threads,
    Uncertainty,
    carry_out,
    deal,
)
from sim.experiment.result import Result
from sim.experiment.worlds import world_of
from sim.model.replication import Results, result_arrays
from sim.policy.errors import ScenarioError
from sim.policy.scenario import Scenario

__all__ = ["BLOCK", "Cancelled", "Uncertainty", "check_arguments", "run", "world_of"]

KEPT_SERIES = 500  # replications whose monthly series are kept
MOST = 1_000_000


def run(
    scenario: Scenario,
    *,
    replications: int = 200,
    random_seed: int = 1,
    uncertainty: Uncertainty = "evidence",
    progress: Callable[[int, int], None] | None = None,
    cancel: Callable[[], bool] | None = None,
    seeds: Seeds | None = None,
    threads: int | None = None,
    executor: Executor | None = None,
) -> Result:
    """Run replications 0 to replications - 1 of a scenario and return what was measured.

    replications: 1 to a million; random_seed: 0 to 2^63 - 1; uncertainty "evidence" draws every fact
    from its range per replication, "none" takes the middle value. progress(done, all) is called as
    blocks finish; cancel() returning True stops and raises Cancelled. executor: who carries the
    replications out, by default `threads` threads of this machine. Replication k is the same
    whatever the number of replications, threads and machines. Raises ScenarioError for arguments out
    of range.
    """
    check_arguments(replications, random_seed, uncertainty)
    workers = executor or Threads(threads)
    asked = Asked(random_seed, uncertainty, None, min(replications, KEPT_SERIES), seeds)
    tasks = deal([scenario], replications, workers.size(replications), asked)
    world = world_of(seeds, scenario.start, scenario.facts)
    arrays = result_arrays(world, replications, asked.kept)

    def take(piece: Piece, answer: Results) -> None:
        for whole, part in zip(arrays, answer, strict=True):
            whole[piece.first : piece.last] = part  # of the series only what is kept is there

    carry_out(workers, tasks, take, progress, cancel)
    return Result.from_arrays(scenario, world, random_seed, arrays, uncertainty)


def check_arguments(replications: int, random_seed: int, uncertainty: str) -> None:
    """Raise ScenarioError where an ensemble cannot be run so."""
    if not 1 <= replications <= MOST:
        raise ScenarioError(f"replications must lie between 1 and {MOST}; got {replications}")
    if not 0 <= random_seed < 2**63:
        raise ScenarioError(f"the random seed must lie between 0 and 2^63 - 1; got {random_seed}")
    if uncertainty not in ("evidence", "none"):
        raise ScenarioError(f'uncertainty must be "evidence" or "none"; got "{uncertainty}"')
