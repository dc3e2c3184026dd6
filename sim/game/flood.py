"""Against guessing of codes: some wrong ones are forgiven, more have to wait.

Two measures fill with every wrong code and empty with time: one for each client (for a class that is the
school's address, so it forgives thirty typing errors) and one for all clients together. Both live in memory:
a guesser cannot restart the server.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import TypeVar

from sim.game.errors import TooManyTries, UnknownCode

Found = TypeVar("Found")

MOST_CLIENTS = 10_000  # remembered at once


@dataclass(frozen=True)
class Limit:
    """How many wrong codes are forgiven at once, and seconds until one more is."""

    at_once: int
    seconds: float


# One guess a second among 22**6 codes: with ten rooms open, four months for one hit.
PER_CLIENT = Limit(30, 5.0)
OVERALL = Limit(120, 1.0)


class Measure:
    """How many wrong codes are not yet forgiven; `now` in seconds."""

    def __init__(self, limit: Limit) -> None:
        self._limit = limit
        self._level, self._since = 0.0, 0.0

    def level(self, now: float) -> float:
        """Wrong codes that still count at `now`."""
        return max(0.0, self._level - (now - self._since) / self._limit.seconds)

    def wait(self, now: float) -> float:
        """Seconds until the next code may be tried, 0 or less when it may be now."""
        return (self.level(now) + 1 - self._limit.at_once) * self._limit.seconds

    def add(self, now: float) -> None:
        """Count one wrong code."""
        self._level, self._since = self.level(now) + 1, now


class Flood:
    """Watches over codes by client. `now` gives seconds on a clock that never goes back."""

    def __init__(
        self,
        now: Callable[[], float] = time.monotonic,
        per_client: Limit = PER_CLIENT,
        overall: Limit = OVERALL,
    ) -> None:
        self._now = now
        self._per_client = per_client
        self._overall = Measure(overall)
        self._clients: dict[str, Measure] = {}
        self._lock = Lock()

    def guarded(self, client: str, look_up: Callable[[], Found]) -> Found:
        """What `look_up` finds; a wrong code (UnknownCode) counts, and too many raise TooManyTries unseen.

        One at a time, so that nobody can try many codes in the same instant; a look-up takes a millisecond.
        """
        with self._lock:
            now = self._now()
            own = self._clients.get(client) or Measure(self._per_client)
            wait = max(own.wait(now), self._overall.wait(now))
            if wait > 0:
                raise TooManyTries(
                    f"Too many wrong codes were tried: wait {math.ceil(wait)} seconds and try again."
                )
            try:
                return look_up()
            except UnknownCode:
                own.add(now)
                self._overall.add(now)
                self._remember(client, own, now)
                raise

    def _remember(self, client: str, own: Measure, now: float) -> None:
        if len(self._clients) >= MOST_CLIENTS:
            self._clients = {name: each for name, each in self._clients.items() if each.level(now) > 0}
        self._clients[client] = own
