"""How long first deliveries took, or were to take, as known at a date: by line, shrunk to its catalogue."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from sim.estimation.choice.sets import USED
from sim.evidence.orders import OWN_LAG, year_of
from sim.evidence.seeds import Seeds

Array = npt.NDArray[np.float64]
WORTH_OF_LIST: Final = 2.0  # earlier contracts that the months of the catalogue weigh as much as
LEAST: Final = 1.0  # months: a delivery in the month of signing


@dataclass(frozen=True, slots=True)
class Wait:
    """A contract of a line: signed, promised first delivery and, once it happened, the delivery; years."""

    line: str
    buyer: str
    signed: float
    promised: float
    actual: float

    def months(self, date: float) -> float:
        """From signing to the first delivery if that had happened by a date, else to the promised one."""
        known = self.actual if self.actual < date else self.promised
        return max(LEAST, 12.0 * (known - self.signed)) if math.isfinite(known) else math.nan


@dataclass(frozen=True)
class PastMonths:
    """The waits on file by line."""

    by_line: Mapping[str, tuple[Wait, ...]]

    def shrunk(self, line: str | None, date: float, buyer: str, listed: Array) -> Array:
        """Months to expect of a line at a date: the geometric mean of its contracts and the listed months.

        listed: months by catalogue, any shape; they weigh as much as WORTH_OF_LIST contracts. The buyer's own
        contracts of the year before are not looked at.
        """
        seen = [
            math.log(one.months(date))
            for one in self.by_line.get(line or "", ())
            if one.signed < date - (OWN_LAG if one.buyer == buyer else 1e-6)
            and math.isfinite(one.months(date))
        ]
        logs = (WORTH_OF_LIST * np.log(np.maximum(listed, LEAST)) + sum(seen)) / (WORTH_OF_LIST + len(seen))
        return np.asarray(np.exp(logs))


def past_months(seeds: Seeds) -> PastMonths:
    """Waits of the delivery record and of decisions with a promised date; used equipment is left out."""
    found: dict[str, list[Wait]] = {}
    for one in _waits(seeds):
        found.setdefault(one.line, []).append(one)
    return PastMonths({line: tuple(waits) for line, waits in found.items()})


def _waits(seeds: Seeds) -> Iterable[Wait]:
    taken: set[tuple[str, str, int]] = set()
    for row in seeds.deliveries():
        signed = year_of(row.signed)
        taken.add((row.line, row.buyer, int(signed)))
        if row.kind != "stock":
            yield Wait(row.line, row.buyer, signed, _date(row.promised, signed), _date(row.actual, signed))
    for cells in seeds.decisions():
        signed = year_of(cells["decision_date"])
        known = (cells["line"], cells["buyer_iso3"], int(signed)) in taken
        if cells["line"] and not known and not USED.search(cells["winner_system"]):
            promised = _date(cells["first_delivery_promised"], signed)
            actual = _date(cells["first_delivery_actual"], signed)
            yield Wait(cells["line"], cells["buyer_iso3"], signed, promised, actual)


def _date(text: str, signed: float) -> float:
    """A date in years, the middle of what is left of a bare year; without a date, never."""
    if not text:
        return math.inf
    if len(text) == 4:
        return (max(signed, float(text)) + float(text) + 1.0) / 2.0
    return year_of(text)
