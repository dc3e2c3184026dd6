"""An ensemble: many replications of one scenario, spread over threads, with progress and cancel."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from functools import lru_cache
from typing import Literal

from sim.evidence.seeds import Seeds, load_seeds
from sim.evidence.starts import BASE
from sim.experiment.result import Result
from sim.model.builder import build_world
from sim.model.plan import Plan, plan_of
from sim.model.replication import Results, result_arrays, run_replications, workspace
from sim.model.world import World
from sim.policy.assumptions import with_facts
from sim.policy.errors import ScenarioError
from sim.policy.scenario import Scenario

KEPT_SERIES = 500  # replications whose monthly series are kept
BLOCK = 10  # replications between two looks at the cancel button
MOST = 1_000_000
Uncertainty = Literal["evidence", "none"]


class Cancelled(Exception):
    """The caller asked to stop before all replications had run."""


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
) -> Result:
    """Run replications 0 to replications - 1 of a scenario and return what was measured.

    replications: 1 to a million; random_seed: 0 to 2^63 - 1; uncertainty "evidence" draws every fact
    from its range per replication, "none" takes the middle value. progress(done, all) is called as
    blocks finish; cancel() returning True stops and raises Cancelled. Replication k is the same
    whatever the number of replications and threads. Raises ScenarioError for arguments out of range.
    """
    check_arguments(replications, random_seed, uncertainty)
    world = world_of(seeds, scenario.start, scenario.facts)
    plan = plan_of(scenario, world)
    arrays = result_arrays(world, replications, min(replications, KEPT_SERIES))
    _spread(
        world, plan, uncertainty == "evidence", random_seed, replications, arrays, progress, cancel, threads
    )
    return Result.from_arrays(scenario, world, random_seed, arrays, uncertainty)


def check_arguments(replications: int, random_seed: int, uncertainty: str) -> None:
    """Raise ScenarioError where an ensemble cannot be run so."""
    if not 1 <= replications <= MOST:
        raise ScenarioError(f"replications must lie between 1 and {MOST}; got {replications}")
    if not 0 <= random_seed < 2**63:
        raise ScenarioError(f"the random seed must lie between 0 and 2^63 - 1; got {random_seed}")
    if uncertainty not in ("evidence", "none"):
        raise ScenarioError(f'uncertainty must be "evidence" or "none"; got "{uncertainty}"')


def world_of(
    seeds: Seeds | None = None, start: str = BASE, facts: tuple[tuple[str, float], ...] = ()
) -> World:
    """The world of the given seeds, or of the project's own at a start such as "2022-02" (kept once built).

    facts: those a scenario holds at a value of its own (`Scenario.facts`).
    """
    if seeds is None:
        return _default_world(start, facts)
    return build_world(with_facts(seeds, dict(facts)))


@lru_cache(maxsize=12)
def _default_world(start: str, facts: tuple[tuple[str, float], ...]) -> World:
    return build_world(with_facts(load_seeds(start=start), dict(facts)))


def _spread(
    world: World,
    plan: Plan,
    uncertain: bool,
    random_seed: int,
    replications: int,
    arrays: Results,
    progress: Callable[[int, int], None] | None,
    cancel: Callable[[], bool] | None,
    threads: int | None,
) -> None:
    """Deal blocks of replications to threads; each thread has a workspace of its own."""
    starts = iter(range(0, replications, BLOCK))
    count = max(1, min(threads or os.cpu_count() or 1, (replications + BLOCK - 1) // BLOCK))
    done = [0] * count

    def work(thread: int) -> None:
        place = workspace(world, plan)
        for first in starts:
            if cancel is not None and cancel():
                raise Cancelled("stopped before all replications had run")
            last = min(first + BLOCK, replications)
            run_replications(place, uncertain, random_seed, first, last, plan.horizon, arrays)
            done[thread] += last - first
            if progress is not None:
                progress(sum(done), replications)

    if count == 1:
        work(0)
        return
    with ThreadPoolExecutor(count) as pool:
        for finished in as_completed([pool.submit(work, thread) for thread in range(count)]):
            finished.result()
