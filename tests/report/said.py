"""Numbers read back from sentences, and the same worked out from plain arrays, without sim/report."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

NUMBER = r"[−-]?\$?[\d,]+(?:\.\d+)?"
UNITS = {
    "bn": 1000.0,
    "m": 1.0,
    "%": 0.01,
    "percentage points": 0.01,
    "points": 0.01,
    "years": 1.0,
    "months": 1.0,
    "days": 1.0,
    "": 1.0,
}
IN_YEARS = {"years": 1.0, "months": 1 / 12, "days": 1 / 365.25}
SIZE = re.compile(rf"({NUMBER}) ?(bn|m\b|%|percentage points|points|years|months|days)?")


@dataclass(frozen=True)
class Said:
    """A number as a reader takes it: its value in the model's unit, and half of its last figure."""

    value: float
    slack: float

    def holds(self, truth: float) -> bool:
        """Whether the truth rounds to what is said."""
        return abs(self.value - truth) <= self.slack * 1.001 + 1e-9


def said(text: str, kind: str, unit: str = "") -> Said:
    """The first number of a text; `unit` is that of the number after it where its own is left out."""
    found = SIZE.search(text)
    assert found, text
    digits, own = found[1].replace("−", "-").replace("$", "").replace(",", ""), found[2] or unit
    factor = IN_YEARS[own] if kind == "years" else UNITS[own]
    decimals = len(digits.partition(".")[2])
    return Said(float(digits) * factor, 0.5 * 10**-decimals * factor)


def ends(text: str, kind: str) -> tuple[Said, Said]:
    """Both ends of an interval such as `−3 to 8 days`, whose unit may stand once."""
    low, high = text.split(" to ")
    last = SIZE.search(high)
    assert last, text
    return said(low, kind, last[2] or ""), said(high, kind)


@dataclass(frozen=True)
class Truth:
    """A paired difference: means, the middle 90 % of it, and what one may say of it."""

    base: float
    other: float
    change: float
    low: float
    high: float
    up: float
    down: float
    direction: str  # up, down, mostly up, mostly down, unclear, tiny, same, none


# What rounds to nothing: half a day, a twentieth of a month or of a point, half a million, a two-hundredth.
TINY = {"years": 0.5 / 365.25, "months": 0.05, "share": 0.0005, "musd": 0.5, "number": 0.005}


def truth(base: np.ndarray, other: np.ndarray, kind: str) -> Truth:
    """Worked out from two columns, replication by replication."""
    pairs = [(b, o) for b, o in zip(base.tolist(), other.tolist(), strict=True) if b == b and o == o]
    if not pairs:
        return Truth(*[float("nan")] * 7, "none")
    change = np.array([o - b for b, o in pairs])
    low, high = np.quantile(change, 0.05), np.quantile(change, 0.95)
    up, down = (change > 0).mean(), (change < 0).mean()
    error = 1.645 * change.std(ddof=1) / len(change) ** 0.5
    direction = "unclear"
    if not change.any():
        direction = "same"
    elif max(abs(low), abs(high), abs(change.mean())) < max(
        TINY[kind], 0.001 * abs(np.mean([b for b, _ in pairs]))
    ):
        direction = "tiny"
    elif low > 0 or high < 0:
        direction = "up" if low > 0 else "down"
    elif max(up, down) >= 2 / 3 and abs(change.mean()) > error:
        direction = "mostly up" if change.mean() > 0 else "mostly down"
    before, after = (float(np.mean([pair[at] for pair in pairs])) for at in (0, 1))
    return Truth(before, after, float(change.mean()), low, high, float(up), float(down), direction)


def reading(direction: str, better: str) -> str:
    """The words for a direction where less or more is better, or neither."""
    fixed = {
        "none": "no figure",
        "same": "unchanged",
        "tiny": "practically the same",
        "unclear": "no clear difference",
    }
    if direction in fixed:
        return fixed[direction]
    way = direction.removeprefix("mostly ")
    plain = {"up": "more", "down": "less"}[way]
    word = plain if not better else "better" if plain == better else "worse"
    return word + (" on average" if direction.startswith("mostly") else "")
