"""Runs for the page: the scenario against the cached baseline, in the thread of the reader who asked.

Results are kept by what they depend on (fingerprint, replications, random seed), not by session, so that a
class that looks at the same link computes it once. They are shared: nobody may write into their arrays.
What was asked for longest ago goes first. A page asks for all it shows at every move, so the scenarios that a
reader keeps beside stay while a slider leaves one after another, each as a first look and whole (20 runs take
0.6 MB, 200 take 6 MB, 1,000 take 18 MB).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import NoReturn

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

import sim
from sim.model.compiled import is_warm
from sim.policy.scenario import Scenario
from sim.report.language import _
from sim.web.catalogue import Catalogue
from sim.web.choice import Choice

RANDOM_SEED = 1
FIRST_LOOK = 20  # a move shows so many runs at once, and the rest when they are there
REPLICATIONS = 200
PRECISE = 1000
LATELY = 12  # scenarios of a reader that are shown whole at once; the cache holds more
BREATH = 0.3  # seconds between a first look and the long run behind it
PATIENCE = 0.05  # seconds between two looks whether a waiting reader has moved on
_ran = threading.Event()
_long = threading.Lock()


@dataclass(frozen=True)
class Pair:
    """Two runs that share their random seed: the baseline and the reader's scenario."""

    base: sim.Result
    other: sim.Result

    @property
    def is_baseline(self) -> bool:
        """Whether the reader's scenario is the baseline itself."""
        return self.base is self.other


def pair(choice: Choice, book: Catalogue, replications: int) -> Pair:
    """The baseline of its start and the scenario of a choice, computed now or taken from the cache.

    Raises sim.Cancelled when the reader moved on while the scenario was computed.
    """
    base = replace(book.baselines[choice.preset.start], horizon_year=choice.until)
    other = choice.scenario
    first = _baseline(base.fingerprint(), replications, base)
    if other.fingerprint() == base.fingerprint():
        return Pair(first, first)
    run = _precise if replications > REPLICATIONS else _quick
    return Pair(first, run(other.fingerprint(), replications, other))


def shown(now: Choice, asked: int) -> int:
    """How many of the runs asked for to show: a few for what is new to this reader, so that it comes at once.

    The page is drawn again when all are there; what this reader has seen lately is shown whole.
    """
    seen: list[tuple[str, int]] = st.session_state.setdefault("seen", [])
    scenario = now.scenario.fingerprint()
    if (scenario, asked) in seen:
        return asked
    before = max((number for one, number in seen if one == scenario and number < asked), default=FIRST_LOOK)
    seen.append((scenario, asked))
    del seen[:-LATELY]
    return min(before, asked)


def breathe() -> None:
    """Give the browser time to draw a first look, and a reader who goes on moving time to do so.

    Raises sim.Cancelled when the reader moved on.
    """
    gone = moved_on()
    until = time.monotonic() + BREATH
    while time.monotonic() < until:
        if gone():
            raise sim.Cancelled
        time.sleep(PATIENCE)


def give_way() -> NoReturn:
    """End this run for the one that the reader has asked for; what is on screen stays until that draws it."""
    st.empty()  # here Streamlit looks for what waits, and goes over to it
    st.stop()


def waiting() -> str:
    """What to read while a run is computed; the first run on a machine compiles the model."""
    if _ran.is_set() or is_warm():
        return _("Computing …")
    return _("The model is being prepared for this computer. That takes about a minute, and only once.")


def moved_on() -> Callable[[], bool]:
    """Say, from any thread, whether this reader's page waits to be drawn anew or was closed."""
    requests = getattr(get_script_run_ctx(suppress_warning=True), "script_requests", None)

    def asked() -> bool:
        # Streamlit has no open way to ask this. Should the name change, nothing is cancelled any more.
        state = getattr(requests, "_state", None)
        return getattr(state, "name", "") in ("RERUN", "STOP")

    return asked


def _run(replications: int, wanted: Scenario, cancel: Callable[[], bool] = lambda: False) -> sim.Result:
    with _turn(replications, cancel):
        result = sim.run(wanted, replications=replications, random_seed=RANDOM_SEED, cancel=cancel)
    _ran.set()
    return result


@contextmanager
def _turn(replications: int, cancel: Callable[[], bool]) -> Iterator[None]:
    """Long runs go one after the other, so that the first look of another reader meets one of them at most.

    Raises sim.Cancelled when the reader moved on while waiting.
    """
    if replications <= FIRST_LOOK:
        yield
        return
    while not _long.acquire(timeout=PATIENCE):
        if cancel():
            raise sim.Cancelled
    try:
        yield
    finally:
        _long.release()


@st.cache_resource(max_entries=12, show_spinner=False)
def _baseline(fingerprint: str, replications: int, _wanted: Scenario) -> sim.Result:
    return _run(replications, _wanted)


@st.cache_resource(max_entries=64, show_spinner=False)
def _quick(fingerprint: str, replications: int, _wanted: Scenario) -> sim.Result:
    return _run(replications, _wanted, moved_on())


@st.cache_resource(max_entries=12, show_spinner=False)
def _precise(fingerprint: str, replications: int, _wanted: Scenario) -> sim.Result:
    return _run(replications, _wanted, moved_on())
