"""Numbers as words: levels, differences and intervals with their units, in about two figures."""

from __future__ import annotations

import math

from sim.report.language import _, plural

# Half of the finest step in which a difference is said (less rounds to none): a day, a tenth of a month
# or of a percentage point, a million dollars, a hundredth of a plain number.
FINEST = {"years": 0.5 / 365.25, "months": 0.05, "share": 0.0005, "musd": 0.5, "number": 0.005}
UNSEEN = 0.001  # of the level: less cannot be seen in a level of three figures


def is_tiny(kind: str, reach: float, level: float = 0.0) -> bool:
    """Whether differences up to `reach` are too small to be said, or to be seen in a level."""
    return reach < max(FINEST.get(kind, 0.0), UNSEEN * abs(level))


def decimals(value: float) -> int:
    """Decimals that leave about two figures: 350 -> 0, 12.3 -> 1, 0.04 -> 2, 0.004 -> 3."""
    size = abs(value)
    if size >= 99.5:
        return 0
    if size >= 0.095 or size < 0.0005:
        return 1
    return 2 if size >= 0.0095 else 3


def number(value: float) -> str:
    """A plain number with thousands separated by commas and a true minus sign."""
    text = f"{abs(value):,.{decimals(value)}f}"
    return f"−{text}" if value < 0 and not is_nil(text) else text


def amount(kind: str, value: float) -> str:
    """A level with its unit: `1.4 years`, `$12.3 bn`, `37 %`; a dash where the model has no figure."""
    if not math.isfinite(value):
        return "–"
    if kind == "share":
        return _("{number} %").format(number=number(100 * value))
    if kind == "musd":
        return money(value)
    if kind == "years":
        return _("{number} years").format(number=f"{value:.2f}" if abs(value) < 0.995 else number(value))
    if kind == "months":
        return _("{number} months").format(number=f"{value:.0f}" if abs(value) >= 9.5 else number(value))
    return number(value)


def difference(kind: str, value: float, reach: float = 0.0) -> str:
    """The size of a change in words, without its sign: shares in percentage points, short times in days.

    `reach` is the largest value that stands beside it, so that both come in the same unit.
    """
    size = abs(value)
    if not math.isfinite(size):
        return "–"
    if kind == "share":
        return _("{number} percentage points").format(number=number(100 * size))
    if kind == "years":
        factor, unit = time_unit(max(size, reach))
        return unit.format(number=(days if factor > 12 else number)(factor * size))
    return amount(kind, size)


def bounds(kind: str, low: float, high: float, reach: float = 0.0) -> str:
    """An interval in words, signed, with its unit: `−0.2 to 0.7 years`; `reach` as in `difference`."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return "–"
    if kind == "musd":
        return _("{low} to {high}").format(low=money(low), high=money(high))
    shown = number
    if kind == "share":
        factor, unit = 100.0, _("{number} points")
    elif kind == "years":
        factor, unit = time_unit(max(abs(low), abs(high), reach))
        shown = days if factor > 12 else number
    else:
        factor, unit = 1.0, _("{number} months") if kind == "months" else "{number}"
    return unit.format(number=_("{low} to {high}").format(low=shown(factor * low), high=shown(factor * high)))


def spread(kind: str, low: float, high: float, reach: float) -> str:
    """An interval around zero without signs: `5 days less to 3 days more`; `reach` as in `difference`."""
    less, more = (difference(kind, bound, reach) for bound in (low, high))
    if kind == "share":
        less = number(100 * abs(low))
    return _("{less} less to {more} more").format(less=less, more=more)


def time_unit(years: float) -> tuple[float, str]:
    """How to say a time of so many years: the factor and the words of years, months or days."""
    if years >= 0.95:
        return 1.0, _("{number} years")
    if years >= 0.2:
        return 12.0, _("{number} months")
    return 365.25, _("{number} days")


def days(value: float) -> str:
    """A number of days: whole where there are two or more."""
    return number(value) if abs(value) < 1.95 else f"{value:.0f}".replace("-", "−")


def money(value: float) -> str:
    """Million US dollars of 2025 as `$12.3 bn` or `$350 m`."""
    large = abs(value) >= 999.5
    figures = number(abs(value) / 1000 if large else abs(value))
    sign = "−" if value < 0 and not is_nil(figures) else ""
    return (_("{sign}${number} bn") if large else _("{sign}${number} m")).format(sign=sign, number=figures)


def is_nil(text: str) -> bool:
    """Whether a number in words rounds to nothing, which has no sign: `0.0 months`, `$0.0 m`."""
    return not any(figure in "123456789" for figure in text)


def percent(share: float) -> str:
    """A share in whole per cent, as counts of runs or tenders are said: `61 %`; a dash without a figure."""
    if not math.isfinite(share):
        return "–"
    if 0.0 < share < 0.005:
        return _("under 1 %")
    return _("{number} %").format(number=f"{100 * share:.0f}")


def whole_months(value: float) -> str:
    """A number of whole months: `1 month`, `27 months`."""
    return plural("{number} month", "{number} months", round(value)).format(number=round(value))


def signed(value: float) -> str:
    """A number with its sign and two decimals, such as points: `+0.42`; a plain nought for nothing."""
    return f"{value:+.2f}".replace("-", "−") if abs(value) >= 0.005 else "0"
