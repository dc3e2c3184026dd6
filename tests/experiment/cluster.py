"""A Dask scheduler and its workers, each a process of its own, on this machine."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.structure.tree import ROOT

PATIENCE = 60.0  # seconds for a process to be there


def eventually(there) -> None:
    """Wait until there() says so."""
    end = time.monotonic() + PATIENCE
    while not there():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


class Processes:
    """A scheduler and workers that are killed in the end; `folder` holds what they print."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack = folder, stack
        self.workers: dict[str, subprocess.Popen] = {}
        self._file = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--host", "127.0.0.1", "--port", "0")
        eventually(lambda: self._file.exists() and self._file.read_text(encoding="utf-8").endswith("}"))
        from distributed import Client

        self.client = stack.enter_context(Client(scheduler_file=str(self._file), set_as_default=False))
        self.address = self.client.scheduler.address

    def worker(self, name: str, project: Path = ROOT) -> str:
        """Start a worker with one thread that takes Leadtime from a folder; its address."""
        known = set(self.client.nthreads())
        words = ("--host", "127.0.0.1", "--nthreads", "1", "--no-nanny", "--name", name)
        self.workers[name] = self._start("worker", *words, project=project)
        eventually(lambda: set(self.client.nthreads()) - known)
        return (set(self.client.nthreads()) - known).pop()

    def kill(self, name: str) -> None:
        """Kill a worker as a machine that loses its power would."""
        self.workers.pop(name).send_signal(signal.SIGKILL)

    def _start(self, what: str, *words: str, project: Path = ROOT) -> subprocess.Popen:
        log = self._stack.enter_context((self._folder / f"{len(self.workers)}-{what}.log").open("w"))
        command = [sys.executable, "-m", "dask", what, "--scheduler-file", str(self._file), "--no-dashboard"]
        process = subprocess.Popen(
            [*command, *words],
            env={**os.environ, "PYTHONPATH": str(project)},
            cwd=self._folder, stdout=log, stderr=log,
        )  # fmt: skip
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        return process


@contextmanager
def processes(folder: Path, workers: int = 2) -> Iterator[Processes]:
    """A scheduler on loopback with so many workers."""
    with ExitStack() as stack:
        found = Processes(folder, stack)
        for number in range(workers):
            found.worker(f"worker-{number}")
        yield found
