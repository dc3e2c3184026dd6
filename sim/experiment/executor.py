"""Who carries runs out: tasks of some replications each, on the threads of this machine or elsewhere.

Every run goes through here, so that there is one way: tasks are dealt, an `Executor` carries them out in
whatever order, and each answer says which replications of which scenario it holds. A replication has the same
draws wherever it runs, so its numbers are the same, bit for bit.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

from sim.evidence.seeds import Seeds
from sim.experiment.result import TOTAL
from sim.experiment.worlds import world_of
from sim.model.plan import Plan, plan_of
from sim.model.record import INDUSTRY_MEASURES, MEASURES
from sim.model.replication import Workspace, result_arrays, run_replications, workspace
from sim.model.world import World, copied_starts, template_run
from sim.policy.scenario import Scenario

BLOCK = 10  # replications a thread runs between two looks at the cancel button
STOPPED = "stopped before all replications had run"
Uncertainty = Literal["evidence", "none"]
Cancel = Callable[[], bool]
Progress = Callable[[int, int], None]
Array = npt.NDArray[np.float64]
Answer = Any  # of a piece: `Results`, or an Array (replications, outcomes) where outcomes were named


class Cancelled(Exception):
    """The caller asked to stop before all replications had run."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A measure at a place: a state, `europe_canada` or an industry."""

    measure: str
    place: str = TOTAL

    @property
    def id(self) -> str:
        """As written on a command line: `gap_years` or `gap_years.POL`."""
        return self.measure if self.place == TOTAL else f"{self.measure}.{self.place}"


@dataclass(frozen=True)
class Asked:
    """What all tasks of a run have in common: the draws, and what is wanted of each replication.

    outcomes: the numbers wanted, or None for everything; then the monthly series of the first `kept`
    replications come too. seeds: None for the project's own.
    """

    random_seed: int
    uncertainty: Uncertainty
    outcomes: tuple[Outcome, ...] | None = None
    kept: int = 0
    seeds: Seeds | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Piece:
    """Replications `first` to `last` - 1 of a scenario, which is number `row` of those asked for."""

    row: int
    scenario: Scenario
    first: int
    last: int


@dataclass(frozen=True)
class Task:
    """Some pieces of work, carried out one after the other; plain data that can be sent elsewhere."""

    asked: Asked
    pieces: tuple[Piece, ...]

    @property
    def replications(self) -> int:
        """How many replications the task runs."""
        return sum(piece.last - piece.first for piece in self.pieces)


Answers = Generator[tuple[Task, list[Answer]], None, None]
Numbered = Generator[tuple[int, Any], None, None]


class Executor(Protocol):
    """Carries out tasks."""

    def size(self, replications: int) -> int:
        """How many replications a task should have where this many are wanted altogether."""

    def answers(self, tasks: Sequence[Task], cancel: Cancel | None) -> Answers:
        """Each task with an answer per piece, in any order; raises Cancelled where cancel() says True."""

    def each(self, function: Callable[[Any], Any], items: Iterable[Any], cancel: Cancel | None) -> Numbered:
        """What a function gives for each item, with the item's number, in any order; raises Cancelled.

        For work that reads whole books, so that only what it makes of them travels. The function is one of
        this package, or a `partial` of one; it and the items are plain data and it never gives a text.
        """


def deal(scenarios: Sequence[Scenario], replications: int, size: int, asked: Asked) -> list[Task]:
    """Tasks of about `size` replications: long scenarios are cut, short ones put together."""
    tasks: list[Task] = []
    hand: list[Piece] = []
    held = 0
    for row, scenario in enumerate(scenarios):
        for first in range(0, replications, size):
            piece = Piece(row, scenario, first, min(first + size, replications))
            if hand and held + piece.last - piece.first > size:
                tasks.append(Task(asked, tuple(hand)))
                hand, held = [], 0
            hand.append(piece)
            held += piece.last - piece.first
    return [*tasks, Task(asked, tuple(hand))] if hand else tasks


def carry_out(
    workers: Executor,
    tasks: Sequence[Task],
    take: Callable[[Piece, Answer], None],
    progress: Progress | None,
    cancel: Cancel | None,
) -> None:
    """Have tasks carried out and hand over each answer; progress(done, all) counts replications.

    Raises Cancelled. Whatever is raised on the way, no task is left running.
    """
    done, wanted = 0, sum(task.replications for task in tasks)
    with closing(workers.answers(tasks, cancel)) as finished:
        for task, answers in finished:
            for piece, answer in zip(task.pieces, answers, strict=True):
                take(piece, answer)
            done += task.replications
            if progress is not None:
                progress(done, wanted)


class Threads:
    """The threads of this machine; `threads`: how many, None = one per processor."""

    def __init__(self, threads: int | None = None) -> None:
        """Nothing starts before there are tasks."""
        self.threads = threads or os.cpu_count() or 1

    def size(self, replications: int) -> int:
        """Small: a task costs nothing here, and the cancel button is looked at between two."""
        return BLOCK

    def answers(self, tasks: Sequence[Task], cancel: Cancel | None) -> Answers:
        """Each task with its answers, as they are done."""
        stop = threading.Event()

        def work(task: Task) -> list[Answer]:
            if stop.is_set() or (cancel is not None and cancel()):
                raise Cancelled(STOPPED)
            return carried_out(task)

        count = min(self.threads, len(tasks))
        if count <= 1:
            yield from ((task, work(task)) for task in tasks)
            return
        with ThreadPoolExecutor(count) as pool:
            try:
                waiting = {pool.submit(work, task): task for task in tasks}
                for done in as_completed(waiting):
                    yield waiting.pop(done), done.result()
            finally:
                stop.set()
                pool.shutdown(cancel_futures=True)

    def each(self, function: Callable[[Any], Any], items: Iterable[Any], cancel: Cancel | None) -> Numbered:
        """What a function gives for each item, one after the other: such work has threads of its own."""
        for number, item in enumerate(items):
            if cancel is not None and cancel():
                raise Cancelled(STOPPED)
            yield number, function(item)


def carried_out(task: Task) -> list[Answer]:
    """The answers of a task, piece by piece."""
    return [_answer(task.asked, piece) for piece in task.pieces]


def _answer(asked: Asked, piece: Piece) -> Answer:
    bench = _bench(asked.seeds, piece.scenario)
    wanted = bench.world, piece.last, min(piece.last, asked.kept)
    arrays = result_arrays(*wanted)  # the rows before `first` are never touched, so they take no memory
    uncertain = asked.uncertainty == "evidence"
    run_replications(
        bench.place, uncertain, asked.random_seed, piece.first, piece.last, bench.plan.horizon, arrays
    )
    values, industry, series, industry_series, counts = (array[piece.first :] for array in arrays)
    if asked.outcomes is None:
        return values, industry, series, industry_series, counts
    return np.column_stack([_column(bench.world, one, values, industry) for one in asked.outcomes])


def _column(world: World, one: Outcome, values: Array, industry: Array) -> Array:
    """An outcome in each replication, from all measures."""
    if one.place in world.industries:
        at = [measure.id for measure in INDUSTRY_MEASURES].index(one.measure)
        return industry[:, at, world.industries.index(one.place)]
    at = [measure.id for measure in MEASURES].index(one.measure)
    return values[:, at, (TOTAL, *world.buyers).index(one.place)]


@dataclass(frozen=True, eq=False)
class _Bench:
    """What a thread has in front of it: a scenario as arrays, and the place to run it in."""

    seeds: Seeds | None
    scenario: Scenario
    world: World
    plan: Plan
    place: Workspace


_thread = threading.local()


def _bench(seeds: Seeds | None, scenario: Scenario) -> _Bench:
    """The bench of this thread with the scenario on it; what was on it before is put to use again."""
    last: _Bench | None = getattr(_thread, "bench", None)
    if last is not None and last.scenario is scenario and last.seeds is seeds:
        return last
    world = world_of(seeds, scenario.start, scenario.facts)
    plan = plan_of(scenario, world)
    fits = last is not None and _alike(last, world, plan)
    place = _refilled(last.place, world, plan) if last is not None and fits else workspace(world, plan)
    now = _thread.bench = _Bench(seeds, scenario, world, plan, place)
    return now


def _alike(last: _Bench, world: World, plan: Plan) -> bool:
    """Whether two worlds come from one building, and differ only in what facts are held at."""
    one_building = last.world.template["refused"] is world.template["refused"]  # a table that holds no fact
    before, now = ((len(one.cards), len(one.effects)) for one in (last.plan, plan))
    return one_building and before == now


def _refilled(place: Workspace, world: World, plan: Plan) -> Workspace:
    """A workspace made for one plan, ready for another: as `workspace` would make it, without new memory."""
    tables = {**world.template, "cards": plan.cards, "effects": plan.effects}
    spots = plan.spots.copy()
    spots["place"] += np.array(copied_starts(tables))[spots["table"]]
    place.state.plan[...] = plan.levers
    return replace(place, template=template_run(tables), spots=spots.view(type(place.spots)))
