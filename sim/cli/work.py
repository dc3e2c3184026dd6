"""What the long commands share: how often to run, with which draws, where, with a bar and Ctrl-C."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

import typer

from sim.cli.experiments import RandomSeed, Replications, Scheduler, Uncertainty, compiles_first
from sim.cli.say import note, progress, stoppable

if TYPE_CHECKING:
    from sim.experiment.points import Work

__all__ = ["RandomSeed", "Replications", "Scheduler", "Uncertainty", "working"]


@contextmanager
def working(
    title: str,
    replications: int,
    random_seed: int,
    uncertainty: str = "evidence",
    scheduler: str | None = None,
) -> Iterator[Work]:
    """The `Work` of a command, with a bar titled `title` for whoever watches.

    scheduler: the address of a Dask scheduler, or None for the threads of this machine. Ctrl-C within the
    block ends the command with exit code 130. Raises ScenarioError for numbers out of range and where the
    cluster cannot be used.
    """
    from sim.experiment.ensemble import Cancelled, check_arguments
    from sim.experiment.points import Work

    check_arguments(replications, random_seed, uncertainty)
    if scheduler is None:
        _compile()
    with _executor(scheduler) as executor, progress(title) as ticks, stoppable() as stopped:
        try:
            yield Work(
                replications=replications,
                random_seed=random_seed,
                uncertainty=uncertainty,  # type: ignore[arg-type]  # checked above
                progress=ticks,
                cancel=stopped,
                executor=executor,
            )
        except Cancelled as stop:
            note(str(stop))
            raise typer.Exit(130) from None


def _compile() -> None:
    """Compile the rules where that is still to be done, in the main thread, where Ctrl-C stops even that."""
    if not compiles_first():
        return
    from sim.experiment.ensemble import run
    from sim.policy.scenario import load_scenario

    run(load_scenario("baseline"), replications=1)


def _executor(scheduler: str | None) -> Any:
    """The executor of a command as a context: a cluster is left when the command ends."""
    if scheduler is None:
        return nullcontext()
    from sim.experiment.cluster import Cluster

    return Cluster(scheduler)
