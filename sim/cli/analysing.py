"""How a method of the analyst's bench is carried out: with a bar for whoever watches, and Ctrl-C."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import typer

from sim.cli.experiments import compiles_first, run_one
from sim.cli.say import note, progress, stoppable

if TYPE_CHECKING:
    from sim.experiment.points import Work
    from sim.policy.scenario import Scenario

Found = TypeVar("Found")


def carried_out(title: str, some: Scenario, work: Work, go: Callable[[Work], Found]) -> Found:
    """What `go` finds with this work, told how far it is; Ctrl-C stops it with exit code 130.

    some: any scenario, run once where the rules are still to be compiled.
    """
    from sim.experiment.ensemble import Cancelled

    if compiles_first():
        run_one(some, 1, work.random_seed, work.uncertainty)
    with progress(title) as ticks, stoppable() as stopped:
        try:
            return go(replace(work, progress=ticks, cancel=stopped))
        except Cancelled as stop:
            note(str(stop))
            raise typer.Exit(130) from None


def say_before(title: str, runs: int) -> None:
    """How much is asked for, told to a person before the start."""
    note(f"{title}: {runs:,} runs of ten years")
