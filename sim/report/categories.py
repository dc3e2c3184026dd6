"""Categories beside each other, each in its own unit: views, fans over the year ends, and one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from sim.evidence.records import Category
from sim.experiment.category_tables import missing_share, over_years
from sim.model.state import QUARTERS
from sim.policy.dates import january_index
from sim.report import numbers, tables, words
from sim.report.language import _, mark
from sim.report.measures import Series
from sim.report.tables import FloatArray, Paired

VIEWS: Final = {
    "gap": mark("Missing"),
    "usable": mark("Usable"),
    "on_order": mark("On order"),
    "availability": mark("Availability"),
}
MEANINGS: Final = {
    "gap": mark("What is required less what is there, state by state."),
    "usable": mark("Units that are crewed and integrated, or on loan."),
    "on_order": mark("Units ordered and not yet delivered."),
    "availability": mark("Share of the stock that is ready."),
}
FULL_YEARS: Final = QUARTERS // tables.YEAR


def series_of(view: str, category: Category) -> Series:
    """A view of one category as a series; its title is the category."""
    kind = "share" if view == "availability" else "number"
    return Series(f"{view}_{category.id}", category.label, kind, False, MEANINGS[view])


def counted_in(view: str, category: Category) -> str:
    """What a chart of one category counts, to stand behind its name: `missing (tanks)`."""
    if view == "availability":
        return _("share that is ready")
    label = {"gap": _("missing ({unit})"), "usable": _("usable ({unit})"), "on_order": _("on order ({unit})")}
    return label[view].format(unit=_(category.unit_label))


def fans(
    base: pd.DataFrame, other: pd.DataFrame | None, category: str, view: str, start: str
) -> pd.DataFrame | None:
    """The fans of a view of one category in baseline and scenario; None where either never has a figure.

    base, other: tables of `category_tables.by_category`; other is None where nothing is changed.
    """
    found = [_quarters(table, category, view) for table in (base, other) if table is not None]
    if not all(np.isfinite(one).any() for one in found):
        return None
    names = (_("Baseline"), _("This scenario"))
    return tables.fans(found[0], found[1] if other is not None else None, names, start)


def _quarters(table: pd.DataFrame, category: str, view: str) -> FloatArray:
    """Year ends in their place among the quarters of a run, as `tables.fans` reads them."""
    ends = over_years(table, category, view)
    placed = np.full((len(ends), QUARTERS + 1), np.nan)
    placed[:, tables.YEAR : tables.YEAR * (ends.shape[1] + 1) : tables.YEAR] = ends
    return placed


def changes(base: pd.DataFrame, other: pd.DataFrame, place: str, until: int, start: str) -> list[Paired]:
    """The paired difference of each category's missing share of the requirement, mean of the year ends until
    1 January of a year; the first year end where there is none.
    """
    years = min(max(1, january_index(until, start) // 12), FULL_YEARS)
    return [
        tables.compare_columns(
            category, place, missing_share(base, category, years), missing_share(other, category, years)
        )
        for category in base["category"].unique()
    ]


def headline(found: Sequence[Paired], labels: Mapping[str, str], place: str, who: str, until: int) -> str:
    """Where the change closes most of a gap, where it opens one most, and where it makes no clear difference.

    A category counts only where its paired difference is clear and not small.
    """
    shown = [one for one in found if one.verdict != "none"]
    clear = [one for one in shown if one.is_clear and not one.is_small]
    if not clear:
        return _(
            "In this model, for {place}, {who} makes little or no clear difference to what is missing before "
            "{until}, in any category."
        ).format(place=place, who=who, until=until)
    order = list(labels)
    clauses = [*_helped(clear, labels), *_widened(clear, labels)]
    rest = sorted((one for one in shown if one not in clear), key=lambda one: order.index(one.measure))
    if rest:
        names = words.listed([_quoted(one, labels) for one in rest])
        clauses.append(_("makes little or no clear difference in {names}").format(names=names))
    return _("In this model, for {place} and on average before {until}, {who} {clauses}.").format(
        place=place, until=until, who=who, clauses=_("; it ").join(clauses)
    )


def _helped(clear: Sequence[Paired], labels: Mapping[str, str]) -> list[str]:
    """Where gaps close, the most first."""
    found = sorted((one for one in clear if one.change < 0), key=lambda one: one.change)
    text = _("helps most in {category}, where {size} less of what is required is missing ({interval})")
    clauses = [_sized(text, one, labels) for one in found[:1]]
    if len(found) > 1:
        names = words.listed([_quoted(one, labels) for one in found[1:]])
        clauses.append(_("helps less in {names}").format(names=names))
    return clauses


def _widened(clear: Sequence[Paired], labels: Mapping[str, str]) -> list[str]:
    """Where gaps widen, the most first."""
    found = sorted((one for one in clear if one.change > 0), key=lambda one: -one.change)
    text = _("widens gaps most in {category}, where {size} more of what is required is missing ({interval})")
    clauses = [_sized(text, one, labels) for one in found[:1]]
    if len(found) > 1:
        names = words.listed([_quoted(one, labels) for one in found[1:]])
        clauses.append(_("widens them less in {names}").format(names=names))
    return clauses


def baseline_headline(found: Sequence[Paired], labels: Mapping[str, str], place: str, until: int) -> str:
    """Where the baseline leaves the largest and the smallest part of a requirement unmet."""
    shown = sorted((one for one in found if one.verdict != "none"), key=lambda one: one.base)
    if not shown:
        return _("In this model, there is no figure for {place}.").format(place=place)
    most, least = (
        _("{category} ({share})").format(
            category=_quoted(one, labels), share=numbers.amount("share", one.base)
        )
        for one in (shown[-1], shown[0])
    )
    if len(shown) == 1:
        text = _("In this model’s baseline, what is missing in {place} on average before {until}: {most}.")
    else:
        text = _(
            "In this model’s baseline, the largest part of what {place} requires is missing in {most}, "
            "the smallest in {least}, on average before {until}."
        )
    return text.format(place=place, until=until, most=most, least=least)


def _quoted(one: Paired, labels: Mapping[str, str]) -> str:
    return _("“{title}”").format(title=_(labels[one.measure]))


def _sized(text: str, one: Paired, labels: Mapping[str, str]) -> str:
    size = numbers.difference("share", one.change)
    return text.format(category=_quoted(one, labels), size=size, interval=_interval(one))


def _interval(one: Paired) -> str:
    if one.verdict.startswith("mostly"):
        return _("90 % of runs: {spread}").format(
            spread=numbers.spread("share", one.low, one.high, one.reach)
        )
    return _("90 % interval {span}").format(span=numbers.bounds("share", *words.sized(one)))
