"""How the command line speaks: results on stdout, everything else on stderr, progress only to a person."""

from __future__ import annotations

import json
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sim.experiment.plain import plain

if TYPE_CHECKING:
    from rich.console import Console

PIPE_WIDTH = 130  # columns for a reader that is not a terminal


class Refused(Exception):
    """What was asked for cannot be done; the text is one sentence that says why."""


def console() -> Console:
    """Where tables go; plain text without colour or markup unless a person is looking."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else PIPE_WIDTH
    return Console(width=width, markup=False, highlight=False, emoji=False)


def warn(sentence: str) -> None:
    """One line on the error stream."""
    print(f"sim: {sentence}", file=sys.stderr, flush=True)


def note(sentence: str) -> None:
    """One line on the error stream for a person at a terminal; nothing in scripts."""
    if sys.stderr.isatty():
        warn(sentence)


def one_sentence(message: str, longest: int = 400) -> str:
    """A message on one line, of printable characters only, cut where it is too long to read."""
    line = "".join(ch if ch.isprintable() else " " for ch in message)
    line = " ".join(line.split())
    return line if len(line) <= longest else f"{line[: longest - 3]}..."


def json_text(value: Any) -> str:
    """Data as JSON in plain ASCII, which every terminal and pipe passes on unharmed."""
    return json.dumps(plain(value), indent=2, allow_nan=False) + "\n"


def print_json(value: Any) -> None:
    """JSON, and nothing else, on stdout."""
    sys.stdout.write(json_text(value))
    sys.stdout.flush()


@contextmanager
def progress(title: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on the error stream: yields progress(done, all), or None where nobody looks."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True, markup=False), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def stoppable() -> Iterator[Callable[[], bool]]:
    """Ctrl-C stops a run between two blocks of replications; pressed again it stops at once."""
    stop = threading.Event()

    def pressed(number: int, frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    if threading.current_thread() is not threading.main_thread():
        yield stop.is_set
        return
    before = signal.signal(signal.SIGINT, pressed)
    try:
        yield stop.is_set
    finally:
        signal.signal(signal.SIGINT, before)
