"""Delivery cases: contracts with what was known at signing, and what became of the first delivery.

A date of which only the year is known may be any month of it: a case holds all combinations of months that
its dates allow, each as likely as the next. A first delivery that has not come, or whose date is not on file,
is a range of months.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sim.estimation.choice.files import read_table
from sim.estimation.choice.sets import CATEGORIES, EARLIEST_OPENING, LeftOut, Names
from sim.estimation.delivery_dates import Months, read_counts, read_date
from sim.estimation.record import LEAST_MONTHS, delivery_kind
from sim.evidence.facts import EvidenceError, quoted
from sim.evidence.seeds import Seeds
from sim.evidence.starts import BASE, STARTS

Array = npt.NDArray[np.float64]
KINDS = ("stock", "hot", "queued", "new_or_variant", "aircraft", "submarine")
OPEN_LINE = ("hot", "queued")  # a line in output: whether its queue was long is not known
RECORDED = {"contract_date": "signed", "buyer_iso3": "buyer", "first_delivery_promised": "promised",
            "first_delivery_actual": "actual", "delivered_count_by_date": "counts"}  # fmt: skip
DATES = ("promised", "actual", "none_by", "some_by")
VARIANT = re.compile(r"\b(new|variant|version|prototype|adapted)\b", re.IGNORECASE)
WORDS = dict(CATEGORIES) | {
    "fighter": "combat_aircraft",
    "submarine": "submarine",
    "aircraft": "combat_aircraft",
}
Cells = Mapping[str, str]


@dataclass(frozen=True)
class Case:
    """A contract; `kinds` are those it may be of, equally weighed by how often each is on record.

    start: month of signing since year 0; promise: months from signing to the promised first delivery, nan
    without a promise; low, high: months between which the first came, alike where its date is known. All are
    (combinations,), equally likely.
    """

    id: str
    buyer: str
    line: str | None
    kinds: tuple[str, ...]
    signed: str
    start: Array
    promise: Array
    low: Array
    high: Array
    reasons: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """One word for its kind: `hot_or_queued` for a line in output, `unknown` for any."""
        return {1: self.kinds[0], len(OPEN_LINE): "hot_or_queued"}.get(len(self.kinds), "unknown")

    @property
    def dated(self) -> bool:
        """Whether the date of the first delivery is known, to the month or the year."""
        return bool(np.all(self.low == self.high))

    @property
    def silent(self) -> bool:
        """Whether nothing is known of the first delivery, not even that it had not come by a date."""
        return bool(np.all((self.low <= LEAST_MONTHS) & np.isinf(self.high)))

    @property
    def promised(self) -> bool:
        """Whether a date was promised."""
        return bool(np.all(np.isfinite(self.promise)))

    @property
    def due(self) -> Array:
        """Months to the end of the promised month, or of the promised year where no month was said."""
        return np.asarray(np.maximum(LEAST_MONTHS, (self.start + self.promise).max() - self.start))

    def seen_at(self, month: float) -> Case:
        """The case as it was known in a month: what came later had not come yet."""
        passed = np.maximum(0.0, month - self.start - 1.0)
        over = self.high <= passed
        low = np.where(over, self.low, np.minimum(self.low, passed + 1.0))
        return replace(self, low=low, high=np.where(over, self.high, math.inf))

    def alike(self, other: Case) -> bool:
        """Whether two cases may be one purchase: one buyer, and one line and year or one month of signing."""
        if self.buyer != other.buyer:
            return False
        line = self.line is not None and self.line == other.line and self.signed[:4] == other.signed[:4]
        return line or (len(self.signed) > 4 and self.signed == other.signed)


def record_cases(seeds: Seeds) -> list[Case]:
    """The delivery record of the seeds as cases, in file order."""
    found, left = cases_of(seeds, [dict(row) for row in seeds.tables["deliveries"]])
    if left:
        raise EvidenceError(f"the delivery record cannot be used: {left[0].id}: {left[0].why}")
    return found


def read_cases(seeds: Seeds, path: Path) -> tuple[list[Case], list[LeftOut]]:
    """The cases of a file with the columns of `seeds/deliveries.csv` or of the collected evidence.

    Raises EvidenceError with one sentence when the file cannot be used.
    """
    rows = read_table(path, ())
    if not rows:
        raise EvidenceError(f"{path} holds no delivery")
    columns = {RECORDED.get(name, name) for name in rows[0]}
    for need in ("buyer", "signed", "promised", "actual"):
        if need not in columns:
            long = next((name for name, short in RECORDED.items() if short == need), need)
            raise EvidenceError(
                f"{path} has no column {quoted(long)} or {quoted(need)}; "
                "it needs system or line, buyer, date of contract, promised and actual first delivery"
            )
    if not columns & {"system", "line"}:
        raise EvidenceError(f"{path} has no column 'system' or 'line', so no case can be placed")
    return cases_of(seeds, rows)


def cases_of(seeds: Seeds, rows: Iterable[Cells]) -> tuple[list[Case], list[LeftOut]]:
    """Rows as cases, and those that are none with the reason."""
    names, found, left = Names(seeds), [], []
    seen: set[str] = set()
    for number, row in enumerate(rows, start=1):
        cells = {RECORDED.get(name, name): text for name, text in row.items()}
        name = cells.get("id") or _name(cells) or f"row {number}"
        while name in seen:
            name += "b"
        seen.add(name)
        try:
            found.append(_case(seeds, names, name, cells))
        except EvidenceError as error:
            left.append(LeftOut(name, str(error)))
    return found, left


def _name(cells: Cells) -> str:
    what = re.sub(r"[^a-z0-9]+", "_", (cells.get("line") or cells.get("system", "")).lower()).strip("_")
    signed = read_date(cells["signed"])
    return "-".join(part for part in (cells["buyer"], what, _year(signed) if signed else "") if part)


def _case(seeds: Seeds, names: Names, name: str, cells: Cells) -> Case:
    """One row; raises EvidenceError with the reason where it is no case."""
    signed = read_date(cells["signed"])
    if signed is None:
        raise EvidenceError(f"the date of the contract, {quoted(cells['signed'])}, has no year")
    promised = _optional(cells, "promised")
    start, promise, low, high, reasons = _months(cells, signed, promised)
    line, kinds, why = _placed(seeds, names, cells, signed)
    when = _year(signed)
    if signed.first == signed.last:
        when += f"-{signed.first % 12 + 1:02d}"
    return Case(name, cells["buyer"], line, kinds, when, start, promise, low, high, (*why, *reasons))


def _year(date: Months) -> str:
    return f"{date.first // 12:04d}"


def _optional(cells: Cells, column: str) -> Months | None:
    """A date that may be blank, or say no year."""
    return read_date(cells.get(column, ""))


def _unread(cells: Cells) -> list[str]:
    """A remark for each date that is filled and has no year."""
    return [
        f"the {column} date {quoted(cells[column])} has no year and is taken as not known"
        for column in DATES
        if cells.get(column) and read_date(cells[column]) is None
    ]


def _months(
    cells: Cells, signed: Months, promised: Months | None
) -> tuple[Array, Array, Array, Array, list[str]]:
    """All combinations of start, promise, low and high that the dates allow, and remarks on them."""
    actual, none, some = _optional(cells, "actual"), _optional(cells, "none_by"), _optional(cells, "some_by")
    reasons = _unread(cells)
    if "none_by" not in cells and actual is None:
        none, some = read_counts(cells.get("counts", ""))
        books = read_date(STARTS[BASE].books)
        unsaid = none is None and some is None
        if unsaid and promised and books and promised.first > books.last >= signed.last:
            none = books
            reasons.append("promised for later than the books reach, so taken as not delivered by then")
    rows = [
        (start, promise, low, high)
        for start, due in product(_each(signed), _each(promised))
        if (promise := _since(start, due)) is not None
        for low, high in _outcomes(start, actual, none, some)
    ]
    if not rows:
        raise EvidenceError("its dates contradict each other: a delivery or a promise before the contract")
    for column, date in (("contract", signed), ("promise", promised), ("first delivery", actual)):
        if date is not None and date.first < date.last:
            reasons.append(f"only the year of the {column} is known")
    start, promise, low, high = np.array(rows, dtype=float).T
    return start, promise, low, high, reasons


def _each(date: Months | None) -> Sequence[float]:
    return (math.nan,) if date is None else range(date.first, date.last + 1)


def _since(start: float, date: float) -> float | None:
    """Months from a start to a date, at least one; nan without a date, None for one before the start."""
    if math.isnan(date):
        return math.nan
    return max(LEAST_MONTHS, date - start) if date >= start else None


def _outcomes(
    start: float, actual: Months | None, none: Months | None, some: Months | None
) -> list[tuple[float, float]]:
    """The ranges of months in which the first delivery may have come, equally likely."""
    if actual is not None:
        waits = [_since(start, month) for month in _each(actual)]
        return [(wait, wait) for wait in waits if wait is not None]
    low = LEAST_MONTHS if none is None else max(LEAST_MONTHS, none.first - start + 1.0)
    high = math.inf if some is None else some.last - start
    return [(low, max(LEAST_MONTHS, high))] if high >= max(0.0, low - LEAST_MONTHS) else []


def _placed(
    seeds: Seeds, names: Names, cells: Cells, signed: Months
) -> tuple[str | None, tuple[str, ...], list[str]]:
    """The line of a case, the kinds it may be of, and how they were found."""
    system = cells.get("system", "")
    line = cells.get("line") if cells.get("line") in names.lines else None
    offer = names.offer(system or str(cells.get("line", "")), cells.get("supplier_iso3", ""))
    line = line or offer.line
    category = names.lines[line].category if line else _category(f"{cells.get('category', '')} {system}")
    said = cells.get("kind", "")
    if said in KINDS:
        return line, (_recorded(category, said),), [f"kind {said}, as recorded"]
    why = [] if line else [f"no line of the seeds is known as {quoted(system)}"]
    kind = _guessed(seeds, names, line, category, offer.used or line_is_stock(names, line), system, signed)
    if kind is None:
        return line, KINDS, [*why, "kind not known: the mean of all kinds"]
    if kind == "open":
        return line, OPEN_LINE, [*why, "a line in output: between a free slot and a queue"]
    return line, (kind,), [*why, f"kind {kind}, from the line and the words of the system"]


def line_is_stock(names: Names, line: str | None) -> bool:
    """Whether a line is a store of used equipment."""
    return line is not None and names.lines[line].kind == "stock"


def _recorded(category: str | None, kind: str) -> str:
    """The kind as the checks of the model group it: fighters and submarines not from stock stand apart."""
    found = delivery_kind(category or "", "new" if kind == "new_or_variant" else kind)
    return "new_or_variant" if found == "new" else found


def _guessed(
    seeds: Seeds,
    names: Names,
    line: str | None,
    category: str | None,
    used: bool,
    system: str,
    signed: Months,
) -> str | None:
    """The kind that a line and a name suggest; `open` for a line in output, None where nothing is known."""
    if used:
        return "stock"
    if line is None and category is None:
        return None
    new = bool(VARIANT.search(system))
    if line is not None:
        opens = seeds.value(line, "opens")
        new = new or names.lines[line].kind in ("new", "variant")
        new = new or opens > max(EARLIEST_OPENING, signed.last / 12.0)
    found = _recorded(category, "new_or_variant" if new else "queued")
    return "open" if found == "queued" else found


def _category(words: str) -> str | None:
    """The category that some words name, or None."""
    plain = words.lower()
    return next((found for word, found in WORDS.items() if word in plain or found in plain), None)
