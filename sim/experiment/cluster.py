"""A cluster: the workers of a Dask scheduler carry out tasks as the threads of one machine would.

The numbers are the same, bit for bit, only where everything that makes them is the same. So every worker says
what it computes with, and one that differs is refused: at the start, and by each task, since workers may join
later. A worker that dies costs time: what it had not handed over is run again elsewhere.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import platform
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

from sim.evidence.seeds import DEFAULT_FOLDER
from sim.experiment.executor import STOPPED, Answers, Cancel, Cancelled, Numbered, Task, carried_out
from sim.model.compiled import source_hash
from sim.model.version import MODEL_VERSION
from sim.policy.errors import ScenarioError

LONGEST = 50  # replications of a task: about a fifth of a second, against 2 ms to send it
SHARES = 4  # tasks a thread should get at least, so that none waits long for the last
AHEAD = 8  # tasks per thread that are with the scheduler at a time
RETRIES = 2  # of a task that fails for reasons of the network
WAIT = 10.0  # seconds to find a scheduler, or its first worker
GONE = 60.0  # seconds without any worker after which nobody is expected any more
PAUSE = 0.05  # seconds between two looks at what is done and at the cancel button
PARTS = ("evidence", "policy", "model", "experiment", "estimation")  # the layers whose code makes the numbers
Identity = Mapping[str, str]


class ClusterError(ScenarioError):
    """The cluster cannot carry out what was asked; the text is one sentence that says why."""


@cache
def identity() -> Identity:
    """What numbers are computed with here: versions, code, evidence and processor."""
    from llvmlite import binding

    features = hashlib.sha256(binding.get_host_cpu_features().flatten().encode()).hexdigest()[:8]
    package = Path(__file__).parents[1]
    code = hashlib.sha256("".join(source_hash(package / part) for part in PARTS).encode()).hexdigest()
    return {
        "Python": platform.python_version(),
        "numpy": version("numpy"),
        "pandas": version("pandas"),
        "numba": version("numba"),
        "llvmlite": version("llvmlite"),
        "C library": " ".join(platform.libc_ver()).strip(),
        "processor": f"{binding.get_host_cpu_name()} with features {features}",
        "model": MODEL_VERSION,
        "code": code[:16],
        "evidence": _files_hash(DEFAULT_FOLDER),
    }


def _files_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(file.relative_to(folder).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def difference(here: Identity, there: Identity) -> str:
    """In words, the first thing that differs; an empty text where nothing does."""
    for what, mine in here.items():
        if there.get(what) != mine:
            return f"{what} {there.get(what) or 'unknown'} instead of {mine}"
    return ""


def carried_out_alike(function: Callable[[Any], Any], item: Any, here: Identity) -> Any:
    """On a worker: what a function gives; where this worker differs from whoever asks, who it is and how."""
    found = difference(here, identity())
    if not found:
        return function(item)
    from distributed import get_worker

    return _refusal(get_worker().address, found)


def _refusal(worker: str, found: str) -> str:
    return (
        f"worker {worker} has {found}, so its numbers could differ; start it with the same installation "
        "on the same kind of machine, or leave it out"
    )


class Cluster:
    """The workers of the Dask scheduler at an address such as tcp://10.0.0.1:8786; close it after use."""

    def __init__(self, address: str) -> None:
        """Connect and look at every worker.

        Raises ClusterError without Dask, scheduler or workers, and for a worker that differs.
        """
        self._dask = _dask()
        self.address = address
        try:
            _knock(address)
            self._client = self._dask.Client(address, timeout=WAIT, set_as_default=False)
        except (OSError, ValueError, TypeError):  # also TimeoutError
            raise ClusterError(
                f"no Dask scheduler answers at {address}; start one with `dask scheduler` "
                "and say its address, such as tcp://10.0.0.1:8786"
            ) from None
        try:
            self._look_at_workers()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        """The cluster itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the scheduler; it and its workers go on."""
        self.close()

    def close(self) -> None:
        """Leave the scheduler; it and its workers go on."""
        self._client.close()

    @property
    def threads(self) -> int:
        """How many threads the workers have altogether at present, at least 1."""
        found: dict[str, int] = self._client.nthreads()
        return max(1, sum(found.values()))

    def size(self, replications: int) -> int:
        """As many as make sending cheap, and fewer where there would be too few tasks for all threads."""
        return max(1, min(LONGEST, replications // (SHARES * self.threads)))

    def answers(self, tasks: Sequence[Task], cancel: Cancel | None) -> Answers:
        """Each task with its answers, as they come in."""
        if any(task.asked.seeds is not None for task in tasks):
            raise ClusterError(
                "workers know the seeds of the project only; run with seeds of your own on this machine"
            )
        with closing(self._numbered(carried_out, map(_bare, tasks), cancel)) as found:
            for number, answers in found:
                yield tasks[number], answers

    def each(self, function: Callable[[Any], Any], items: Iterable[Any], cancel: Cancel | None) -> Numbered:
        """What a function gives for each item, as it comes in; workers use the seeds of the project."""
        return self._numbered(function, items, cancel)

    def _numbered(
        self, function: Callable[[Any], Any], items: Iterable[Any], cancel: Cancel | None
    ) -> Numbered:
        self._look_at_workers()
        coming, most = enumerate(items), AHEAD * self.threads
        waiting: dict[Any, int] = {}
        done = self._dask.as_completed([], loop=self._client.loop)
        try:
            while self._send(function, coming, waiting, done, most):
                if cancel is not None and cancel():
                    raise Cancelled(STOPPED)
                futures = self._next(done)
                for future, found in zip(futures, self._client.gather(futures), strict=True):
                    if isinstance(found, str):
                        raise ClusterError(found)
                    yield waiting.pop(future), found
        except self._lost as error:
            raise ClusterError(f"the cluster at {self.address} broke off: {error}") from None
        finally:
            with suppress(*self._lost):  # nobody is left to be told
                self._client.cancel(list(waiting))

    def _send(
        self,
        function: Callable[[Any], Any],
        coming: Iterator[tuple[int, Any]],
        waiting: dict[Any, int],
        done: Any,
        most: int,
    ) -> bool:
        """Hand items to the scheduler until it has enough; whether it has any."""
        while len(waiting) < most and (following := next(coming, None)) is not None:
            number, item = following
            future = self._client.submit(
                carried_out_alike, function, item, dict(identity()), pure=False, retries=RETRIES
            )
            waiting[future] = number
            done.add(future)
        return bool(waiting)

    def _next(self, done: Any) -> list[Any]:
        """The tasks that have come to an end since the last look, after a pause where there are none."""
        futures: list[Any] = done.next_batch(block=False)
        if not futures:
            time.sleep(PAUSE)
            self._look_for_life()
        return futures

    @property
    def _lost(self) -> tuple[type[BaseException], ...]:
        """What is raised where the cluster and not the work failed."""
        closed = getattr(self._dask.client, "ClosedClientError", OSError)  # newer versions have their own
        return self._dask.KilledWorker, closed, CancelledError, asyncio.CancelledError, OSError

    def _look_at_workers(self) -> None:
        """Raises ClusterError where there is no worker, or one computes with something else."""
        try:
            self._client.wait_for_workers(1, timeout=WAIT)
        except TimeoutError:
            raise ClusterError(
                f"the scheduler at {self.address} has no workers; "
                f"start some with `dask worker {self.address}`"
            ) from None
        for worker, found in sorted(self._client.run(identity, on_error="return").items()):
            if isinstance(found, BaseException):
                raise ClusterError(f"worker {worker} cannot load Leadtime ({found}); install it there")
            if other := difference(identity(), found):
                raise ClusterError(_refusal(worker, other))
        self._alive = time.monotonic()

    def _look_for_life(self) -> None:
        """Raises ClusterError where there has been no worker for a while."""
        now = time.monotonic()
        if self._client.scheduler_info().get("workers"):
            self._alive = now
        elif now - self._alive > GONE:
            raise ClusterError(
                f"all workers of {self.address} are gone; start some and say the command again"
            )


def _knock(address: str) -> None:
    """Raises OSError or ValueError where no scheduler answers; Dask's own client would go on trying.

    In a thread of its own, because a notebook has a loop in this one.
    """
    from distributed import core

    rpc: Any = core.rpc  # not typed

    async def asked() -> Mapping[str, Any]:
        async with rpc(address, timeout=WAIT) as there:
            who: Mapping[str, Any] = await asyncio.wait_for(there.identity(), WAIT)
        return who

    with ThreadPoolExecutor(1) as thread:
        if thread.submit(lambda: asyncio.run(asked())).result()["type"] != "Scheduler":
            raise ValueError(f"{address} is no scheduler")


def _bare(task: Task) -> Task:
    """A task without the words of its scenarios and the catalogue of levers, which no run reads."""
    plain: dict[str, Any] = {"title": "", "question": "", "expect": (), "sources": (), "catalogue": ()}
    pieces = tuple(replace(piece, scenario=replace(piece.scenario, **plain)) for piece in task.pieces)
    return replace(task, pieces=pieces)


def _dask() -> Any:
    """The package distributed; raises ClusterError where it is not installed."""
    try:
        import distributed
    except ImportError:
        raise ClusterError(
            "a cluster needs Dask, which is not installed; install Leadtime with its extra `cluster`"
        ) from None
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # what breaks is said in a sentence
    return distributed
