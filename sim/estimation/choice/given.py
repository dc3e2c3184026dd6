"""What a state had given away before a date: the part of its gap that is on file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sim.evidence.orders import year_of
from sim.evidence.seeds import Seeds, load_seeds

YEARS: Final = 3.0  # for which equipment given away is a gap that a purchase may be to fill
START: Final = "2022-02"  # the start whose books hold what was given away since


@dataclass(frozen=True)
class Given:
    """Parts of the stock of early 2022 given away, by state and category: (date in years, share)."""

    parts: Mapping[tuple[str, str], tuple[tuple[float, float], ...]]

    def gap(self, state: str, category: str, date: float, usual: float) -> float:
        """The gap of a need at a date, 0-1: the usual one, and of the rest what was given away before."""
        parts = self.parts.get((state, category), ())
        gone = min(1.0, sum(share for when, share in parts if date - YEARS < when < date - 1e-6))
        return usual + (1.0 - usual) * gone


def given(seeds: Seeds | None = None) -> Given:
    """What was given away, from the seeds of early 2022."""
    past = seeds or load_seeds(start=START)
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for gift in past.gifts():
        stock = past.value(f"{gift.state}.{gift.category}", "stock")
        if stock > 0.0:
            share = past.value(gift.id, "units") / stock
            found.setdefault((gift.state, gift.category), []).append((year_of(gift.month), share))
    return Given({key: tuple(parts) for key, parts in found.items()})
