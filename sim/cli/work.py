"""What the long commands share: how often to run, with which draws, where, with a bar and Ctrl-C."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.experiments import RandomSeed, Replications, Uncertainty, compiles_first
from sim.cli.say import note, progress, stoppable

if TYPE_CHECKING:
    from sim.experiment.points import Work

__all__ = ["RandomSeed", "Replications", "Scheduler", "Uncertainty", "working"]

Scheduler = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Run on the workers of this Dask scheduler: tcp://HOST:8786."),
]


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
    block ends the command with exit code 130. Raises ScenarioError for numbers out of range.
    """
    from sim.experiment.ensemble import Cancelled, check_arguments
    from sim.experiment.points import Work

    check_arguments(replications, random_seed, uncertainty)
    compiles_first()
    with progress(title) as ticks, stoppable() as stopped:
        try:
            yield Work(replications, random_seed, uncertainty, ticks, stopped)  # type: ignore[arg-type]
        except Cancelled as stop:
            note(str(stop))
            raise typer.Exit(130) from None
