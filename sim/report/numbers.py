"""Numbers as words: levels, differences and intervals with their units, in about two figures."""

from __future__ import annotations

import math

from sim.report.language import _


def decimals(value: float) -> int:
    """Decimals that leave about two figures: 12.3 -> 1, 0.04 -> 2, 350 -> 0."""
    size = abs(value)
    if size >= 99.5:
        return 0
    return 1 if size >= 0.095 or size < 0.0005 else 2


def number(value: float) -> str:
    """A plain number with thousands separated by commas and a true minus sign."""
    text = f"{abs(value):,.{decimals(value)}f}"
    return f"−{text}" if value < 0 and text.strip("0.,") else text


def amount(kind: str, value: float) -> str:
    """A level with its unit: `1.4 years`, `$12.3 bn`, `37 %`; a dash where the model has no figure."""
    if not math.isfinite(value):
        return "–"
    if kind == "share":
        return _("{number} %").format(number=number(100 * value))
    if kind == "musd":
        return money(value)
    if kind == "years":
        return _("{number} years").format(number=number(value))
    if kind == "months":
        return _("{number} months").format(number=f"{value:.0f}" if abs(value) >= 9.5 else number(value))
    return number(value)


def difference(kind: str, value: float) -> str:
    """The size of a change in words, without its sign: shares in percentage points."""
    size = abs(value)
    if kind == "share" and math.isfinite(size):
        return _("{number} percentage points").format(number=number(100 * size))
    return amount(kind, size)


def bounds(kind: str, low: float, high: float) -> str:
    """An interval in words, signed, unit once where it can be: `−0.2 to 0.7 years`."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return "–"
    if kind == "musd":
        return _("{low} to {high}").format(low=money(low), high=money(high))
    factor = 100 if kind == "share" else 1
    texts = {"low": number(factor * low), "high": number(factor * high)}
    if kind == "share":
        return _("{low} to {high} points").format(**texts)
    if kind == "years":
        return _("{low} to {high} years").format(**texts)
    if kind == "months":
        return _("{low} to {high} months").format(**texts)
    return _("{low} to {high}").format(**texts)


def money(value: float) -> str:
    """Million US dollars of 2025 as `$12.3 bn` or `$350 m`."""
    sign = "−" if value < 0 else ""
    size = abs(value)
    if size >= 999.5:
        return _("{sign}${number} bn").format(sign=sign, number=number(size / 1000))
    return _("{sign}${number} m").format(sign=sign if size >= 0.05 else "", number=number(size))
