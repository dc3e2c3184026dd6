"""Numbers of the evidence in words: the value as it stands in the seeds, with its unit, not rounded."""

from __future__ import annotations

from sim.report import words
from sim.report.language import _, mark

HUNDREDFOLD = ("share", "share_per_year", "share_of_gdp")
# How a number of each unit is written; a unit that is not listed is written as a plain number.
TEMPLATES = {
    "share": mark("{number} %"),
    "share_per_year": mark("{number} % a year"),
    "share_of_gdp": mark("{number} % of GDP"),
    "musd": mark("${number} m"),
    "musd_per_year": mark("${number} m a year"),
    "busd": mark("${number} bn"),
    "busd_per_year": mark("${number} bn a year"),
    "beur": mark("€{number} bn"),
    "mchf": mark("CHF {number} m"),
    "bkrw": mark("{number} bn won"),
    "tkrw": mark("{number} tn won"),
    "days": mark("{number} days"),
    "months": mark("{number} months"),
    "years": mark("{number} years"),
    "units": mark("{number} {counted}"),
    "units_per_year": mark("{number} {counted} a year"),
    "thousand_rounds": mark("{number} thousand rounds"),
    "thousand_rounds_per_year": mark("{number} thousand rounds a year"),
    "states": mark("{number} states"),
    "tenders": mark("{number} tenders"),
    "hubs": mark("{number} hubs"),
    "multiplier": mark("{number} times"),
    "per_year": mark("{number} a year"),
    "points": mark("{number} points"),
    "utility_points": mark("{number} points"),
    "points_per_year": mark("{number} points a year"),
    "points_per_log_price": mark("{number} points per log of the price"),
    "points_per_log_user": mark("{number} points per log of users"),
    "points_per_log_purchase": mark("{number} points per log of purchases"),
}
# The same for exactly one; what is counted is named in the plural only.
SINGLE = {
    "days": mark("{number} day"),
    "months": mark("{number} month"),
    "years": mark("{number} year"),
    "units": mark("{counted}: {number}"),
    "states": mark("{number} state"),
    "tenders": mark("{number} tender"),
    "hubs": mark("{number} hub"),
}
BILLION = 1000.0  # million dollars


def quantity(value: float, unit: str, counted: str = "") -> str:
    """A value in words with its unit; `counted` is what units of this subject are, such as tanks."""
    return span(value, value, unit, counted)


def span(low: float, high: float, unit: str, counted: str = "") -> str:
    """A range in words, such as `80 to 110 tanks a year`; one number where low and high are equal."""
    if unit in ("musd", "musd_per_year") and max(abs(low), abs(high)) >= BILLION:
        low, high, unit = low / BILLION, high / BILLION, unit.replace("musd", "busd")
    ends = [_end(low, unit)] if low == high else [_end(low, unit), _end(high, unit)]
    number = _("{low} to {high}").format(low=ends[0], high=ends[1]) if len(ends) == 2 else ends[0]
    template = SINGLE.get(unit) if number == "1" else None
    template = template or TEMPLATES.get(unit, "{number}")
    return _(template).format(number=number, counted=counted or _("units"))


def unit(unit: str, counted: str = "") -> str:
    """A unit alone, such as `%` or `tanks a year`; empty for a plain number."""
    named = {"year": _("year"), "switch": _("0 or 1"), "flag": _("0 or 1")}
    if unit in named:
        return named[unit]
    text = _(TEMPLATES.get(unit, "{number}")).format(number="", counted=counted or _("units"))
    return " ".join(text.split())


def _end(value: float, unit: str) -> str:
    if unit in ("switch", "flag"):
        return _("on") if value >= 0.5 else _("off")
    if unit == "year":
        return year(value)
    return plain_number(100 * value if unit in HUNDREDFOLD else value)


def plain_number(value: float) -> str:
    """A number with all its figures (up to six), thousands apart and a true minus sign."""
    return f"{value:,.6g}".replace("-", "−") if abs(value) < 1e6 else f"{value:,.0f}".replace("-", "−")


def year(value: float) -> str:
    """A date of the seeds in words: 2028 is a year, 2028.25 is April 2028."""
    months = round(12 * value)
    if months % 12 == 0:
        return f"{months // 12}"
    return words.month(f"{months // 12}-{months % 12 + 1}")
