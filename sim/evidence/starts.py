"""The months at which a run may start, and where the seeds of each stand."""

from __future__ import annotations

from dataclasses import dataclass

from sim.evidence.facts import EvidenceError, quoted

# These tables say what stands at the start itself; a later start has rows of its own, never some of each.
REPLACED = ("contracts", "open_tenders", "frameworks", "gifts")


@dataclass(frozen=True, slots=True)
class Start:
    """A first month: `folder` holds what differs from the base seeds, `books` is when its books close."""

    id: str
    folder: str
    books: str


BASE = "2026-01"
STARTS = {
    start.id: start
    for start in (
        Start(BASE, "", "2025-12"),
        # The books of 2022 stay open to the 24th of the month: the Finnish F-35 were signed on the 11th.
        Start("2022-02", "start_2022", "2022-02"),
    )
}


def find_start(start: str) -> Start:
    """The start of this name; raises EvidenceError that names the known ones."""
    if start not in STARTS:
        raise EvidenceError(f"unknown start {quoted(start)}; the known starts are {' and '.join(STARTS)}")
    return STARTS[start]
