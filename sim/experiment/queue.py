"""A queue of experiments: one runs at a time, the others wait; each can be watched and stopped.

Heavy work takes no machine away from those who only look: the workers are few and give way to other
threads. Whoever asks for an experiment that waits or runs already joins it; one that was run before is read
from disk (sim/experiment/kept.py).
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Literal

from sim.experiment.ensemble import Cancelled
from sim.experiment.kept import Experiment, Kept, Record
from sim.experiment.plain import plain
from sim.policy.errors import ScenarioError

State = Literal["waiting", "running", "done", "cancelled", "failed"]
Progress = Callable[[int, int], None]
Stop = Callable[[], bool]
Call = Callable[[Progress, Stop], Record]

PRESENT = 15.0  # seconds since somebody last looked, after which an experiment is no longer theirs
MOST_WAITING = 20
REMEMBERED = 40  # ended experiments that stay in memory
GIVING_WAY = 5  # how far the workers' threads stand behind others (Linux)
ANY = ""  # in the table of paces: whatever the method
FAILED = "the program failed while it ran this; what it says stands in the log of the server"

_log = logging.getLogger(__name__)


class Full(Exception):
    """Too many experiments wait already."""


@dataclass(frozen=True)
class Seen:
    """An experiment as it stands: what is done of it, in replications, who is before it, how long it takes.

    ahead: experiments before it; seconds: estimate until its end, None where it has ended; sentence: why it
    failed; others: how many look at it besides the one who asks.
    """

    state: State
    done: int = 0
    runs: int = 0
    ahead: int = 0
    seconds: float | None = None
    sentence: str = ""
    others: int = 0
    record: Record | None = field(default=None, repr=False)


@dataclass(eq=False)
class _Job:
    """An experiment in the queue; changed under the lock only."""

    experiment: Experiment
    call: Call
    runs: int
    askers: dict[str, float]
    state: State = "waiting"
    before: int = 0  # replications of the calls that are finished: a method may ask for its runs in parts
    done: int = 0
    part: int = 0  # replications of the present call
    first: tuple[float, int] | None = None  # when the first replications were there, and how many
    stop: threading.Event = field(default_factory=threading.Event)
    sentence: str = ""
    record: Record | None = None

    @property
    def counted(self) -> int:
        return min(self.before + self.done, self.runs)


class Queue:
    """Experiments that wait, run or have ended. All methods may be called from any thread.

    measure() gives seconds per replication where nothing ran before; clock() seconds.
    """

    def __init__(
        self,
        kept: Kept,
        workers: int = 1,
        measure: Callable[[], float] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._kept, self._workers, self._measure, self._clock = kept, workers, measure, clock
        self._lock = threading.Lock()
        self._measuring = threading.Lock()
        self._jobs: dict[str, _Job] = {}
        self._waiting: deque[_Job] = deque()
        self._busy = 0
        self._pace = kept.pace()

    def look(self, experiment: Experiment, who: str) -> Seen | None:
        """How an experiment stands, and that `who` looks at it; None where it was never asked for."""
        fingerprint = experiment.fingerprint()
        with self._lock:
            job = self._jobs.get(fingerprint)
            if job is not None and job.state in ("waiting", "running"):
                job.askers[who] = self._clock()
            if job is not None and job.state != "cancelled":
                return self._seen(job, who)
        record = self._kept.read(experiment)
        if record is not None:
            return Seen("done", record=record)
        return None if job is None else Seen("cancelled")

    def start(self, experiment: Experiment, call: Call, runs: int, who: str) -> Seen:
        """Ask for an experiment of so many replications; joins the one that waits or runs already.

        One that failed or was cancelled is run again, one that is done is not. Raises Full.
        """
        found = self.look(experiment, who)
        if found is not None and found.state in ("waiting", "running", "done"):
            return found
        with self._lock:
            job = self._jobs.get(experiment.fingerprint())
            if job is None or job.state in ("cancelled", "failed"):
                if len(self._waiting) >= MOST_WAITING:
                    raise Full
                job = _Job(experiment, call, max(runs, 1), {who: self._clock()})
                self._forget()
                self._jobs[experiment.fingerprint()] = job
                self._waiting.append(job)
                self._employ()
            return self._seen(job, who)

    def cancel(self, experiment: Experiment, who: str) -> Seen | None:
        """Take back what `who` asked for; it stops only where nobody else looks at it."""
        with self._lock:
            job = self._jobs.get(experiment.fingerprint())
            if job is None or job.state not in ("waiting", "running"):
                return None if job is None else self._seen(job, who)
            job.askers.pop(who, None)
            if not self._others(job, who):
                job.stop.set()
                if job.state == "waiting":
                    self._waiting.remove(job)
                job.state = "cancelled"
            return self._seen(job, who)

    def seconds(self, method: str, runs: int) -> float:
        """How long so many replications take on this machine, those before them in the queue not counted.

        Where nothing ran before, it is measured first, which takes a moment.
        """
        return runs * self._pace_of(method)

    def waiting_time(self) -> float:
        """Seconds until what waits and runs now is done, as estimated."""
        with self._lock:
            return self._left([*self._running(), *self._waiting])

    def _pace_of(self, method: str) -> float:
        with self._measuring:  # two who ask at once wait for one measurement
            with self._lock:
                known = self._pace.get(method, self._pace.get(ANY))
            if known is None:
                known = self._measure() if self._measure is not None else 0.0
                with self._lock:
                    self._pace.setdefault(ANY, known)
            return known

    def _seen(self, job: _Job, who: str) -> Seen:
        ahead: list[_Job] = []
        if job.state == "waiting":
            ahead = [*self._running(), *list(self._waiting)[: self._waiting.index(job)]]
        seconds = self._left([*ahead, job]) if job.state in ("waiting", "running") else None
        return Seen(
            state=job.state,
            done=job.counted,
            runs=job.runs,
            ahead=len(ahead),
            seconds=seconds,
            sentence=job.sentence,
            others=self._others(job, who),
            record=job.record,
        )

    def _others(self, job: _Job, who: str) -> int:
        now = self._clock()
        return sum(one != who and now - seen <= PRESENT for one, seen in job.askers.items())

    def _running(self) -> list[_Job]:
        return [job for job in self._jobs.values() if job.state == "running"]

    def _left(self, jobs: list[_Job]) -> float:
        """Seconds that these still take, one after the other."""
        total = 0.0
        for job in jobs:
            pace = self._pace.get(job.experiment.method, self._pace.get(ANY, 0.0))
            if job.first is not None and job.counted > job.first[1]:
                since, counted = job.first
                pace = (self._clock() - since) / (job.counted - counted)
            total += (job.runs - job.counted) * pace
        return total / self._workers

    def _forget(self) -> None:
        """Let those that ended longest ago go from memory; their results are on disk."""
        ended = [name for name, job in self._jobs.items() if job.state not in ("waiting", "running")]
        for name in ended[: max(0, len(ended) - REMEMBERED)]:
            del self._jobs[name]

    def _employ(self) -> None:
        """One more worker, where there is work and room for one."""
        if self._busy < self._workers:
            self._busy += 1
            threading.Thread(target=self._serve, name="experiments", daemon=True).start()

    def _serve(self) -> None:
        """Take one experiment after the other until none waits."""
        give_way()
        while True:
            with self._lock:
                if not self._waiting:
                    self._busy -= 1
                    return
                job = self._waiting.popleft()
                job.state = "running"
            self._carry_out(job)

    def _carry_out(self, job: _Job) -> None:
        try:
            record = plain(job.call(lambda done, part: self._advance(job, done, part), job.stop.is_set))
            self._learn(job)
            with suppress(ValueError, TypeError):  # no JSON: shown from memory
                self._kept.write(job.experiment, record)
            self._end(job, "done", record=record)
        except Cancelled:
            self._end(job, "cancelled")
        except ScenarioError as error:
            self._end(job, "failed", sentence=str(error))
        except Exception:  # noqa: BLE001  # whatever it is, the queue goes on and the reader is told
            _log.exception("experiment %s failed", job.experiment.method)
            self._end(job, "failed", sentence=FAILED)

    def _advance(self, job: _Job, done: int, part: int) -> None:
        with self._lock:
            if done < job.done:  # the next part
                job.before += job.part
            job.done, job.part = done, part
            if job.first is None:
                job.first = (self._clock(), job.counted)

    def _learn(self, job: _Job) -> None:
        """How long a replication took, from the first ones on: what comes before is not paid again."""
        with self._lock:
            if job.first is None or job.runs <= job.first[1]:
                return
            since, counted = job.first
            took = (self._clock() - since) / (job.runs - counted)
            if took <= 0.0:
                return
            for name in (job.experiment.method, ANY):
                known = self._pace.get(name)
                self._pace[name] = took if known is None else (known + took) / 2.0
            paces = dict(self._pace)
        self._kept.write_pace(paces)

    def _end(self, job: _Job, state: State, record: Record | None = None, sentence: str = "") -> None:
        with self._lock:
            job.state, job.record, job.sentence = state, record, sentence


def give_way() -> None:
    """Put this thread behind the others of the machine, where the system can do that for one thread."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), GIVING_WAY)
