"""Naive rules that the delivery exam is held against: what one would say without a fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.estimation.delivery_cases import Case
from sim.estimation.delivery_model import LAST, MONTHS
from sim.evidence.orders import past_orders
from sim.evidence.seeds import Seeds
from sim.model.rules.quote import process_months

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Slip:
    """What a rule says of a promise: the chance of on time, the mean lateness as a share of its months."""

    on_time: float
    mean: float


def spread(months: Array) -> Array:
    """The chance of each month where these are equally likely."""
    at = np.clip(np.rint(months), 1, LAST).astype(int) - 1
    return np.bincount(at, minlength=LAST) / len(at)


def past_months(cases: Iterable[Case]) -> Array | None:
    """The chance of each month as it was in past deliveries, each case once; None without any."""
    dated = [spread(case.low) for case in cases if case.dated]
    return np.mean(dated, axis=0) if dated else None


def past_slip(cases: Sequence[Case], to_month: bool = False) -> Slip | None:
    """The share on time and the mean slip of past deliveries; None without any. to_month: `kept_promise`."""
    kept = [found for case in cases if (found := kept_promise(case, to_month)) is not None]
    slips = [found for case in cases if (found := slip_share(case)) is not None]
    return Slip(float(np.mean(kept)), float(np.mean(slips))) if kept and slips else None


def kept_promise(case: Case, to_month: bool = False) -> float | None:
    """The chance that a delivery came by the end of its promised month or year; None where that is open.

    to_month: a promised year stands for one unknown month of it, any alike, not for its end.
    """
    if not case.promised:
        return None
    due = case.promise if to_month else case.due
    on_time = case.high <= due
    decided = on_time | (case.low > due)
    return float(on_time.mean()) if decided.all() else None


def slip_share(case: Case) -> float | None:
    """The months past the end of the promised month or year as a share of those promised; None undated."""
    if not (case.promised and case.dated):
        return None
    return float((np.maximum(0.0, case.low - case.due) / case.due).mean())


def slip_of(chances: Array, case: Case) -> Slip:
    """What chances of each month say of a promise: on time by its end, and the mean slip."""
    due = np.minimum(case.due, LAST)
    kept = np.cumsum(chances)[due.astype(int) - 1]
    slips = np.maximum(0.0, MONTHS - due[:, None]) @ chances / due
    return Slip(float(kept.mean()), float(slips.mean()))


def of_kind(cases: Sequence[Case], kinds: Sequence[str]) -> list[Case]:
    """The cases of one of some kinds; all where there is none."""
    return [case for case in cases if case.kinds[0] in kinds] or list(cases)


def catalogue(seeds: Seeds) -> Callable[[Case], float | None]:
    """The months a catalogue gives for a case: those of the line with an empty queue, and consent.

    Used equipment takes the months of `past.used_months`. None where the line is not known.
    """
    lines, states = {one.id: one for one in seeds.lines()}, {one.id: one for one in seeds.states()}
    orders = past_orders(seeds)

    def of(case: Case) -> float | None:
        if case.line is None:
            return None
        line, used = lines[case.line], case.kinds == ("stock",)
        buyer, maker = states.get(case.buyer), states.get(line.country)
        date = float(case.start.mean()) / 12.0
        build = seeds.value("past", "used_months") if used else seeds.value(line.id, "build_months")
        return build + process_months(
            line.country == case.buyer,
            buyer is not None and maker is not None and buyer.eu and maker.eu,
            line.industry == "united_states" and not used,
            line.authority in states or used,
            case.buyer in orders.holders(line.family, date, case.buyer),
            seeds.value("quote", "ally_months"),
            seeds.value("quote", "government_months"),
            seeds.value("quote", "partner_months"),
            0.0,
            0.0,
            seeds.value("quote", "union_share"),
            seeds.value("quote", "known_share"),
        )

    return of
