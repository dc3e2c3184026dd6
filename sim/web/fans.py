"""Fan charts over the years, the baseline always drawn, each with the same numbers as a table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from sim.report import charts, tables, words
from sim.report.language import _
from sim.report.measures import INDUSTRY_SERIES, SERIES, Series
from sim.web.catalogue import Catalogue
from sim.web.chooser import one_of
from sim.web.engine import Pair
from sim.web.text import plain


def labels(is_baseline: bool) -> tuple[str, ...]:
    """The names of the lines: baseline first."""
    return (_("Baseline"),) if is_baseline else (_("Baseline"), _("This scenario"))


def places(pair: Pair, place: str, name: str, dark: bool) -> None:
    """The series of one place, two beside each other."""
    st.header(_("Over the years: {place}").format(place=name), divider="gray", anchor=False)
    st.caption(_("Line: the middle of all runs. Band: 8 of 10 runs. Dashed grey: the baseline."))
    shown = [series for series in SERIES.values() if series.id in pair.base.series]
    for start in range(0, len(shown), 2):
        for column, series in zip(st.columns(2), shown[start : start + 2], strict=False):
            base = tables.place_series(pair.base, series.id, place)
            other = None if pair.is_baseline else tables.place_series(pair.other, series.id, place)
            with column:
                labels = (_("Baseline"), _("This scenario"))
                draw(series, name, tables.fans(base, other, labels, pair.base.start), dark)


def industries(pair: Pair, book: Catalogue, dark: bool) -> None:
    """One series of every industry, each on its own scale (they differ by ten times)."""
    st.header(_("Industries"), divider="gray", anchor=False)
    shown = {
        series.id: series for series in INDUSTRY_SERIES.values() if series.id in pair.base.industry_series
    }
    series = shown[one_of(_("Show"), list(shown), "industry_series", lambda one: _(shown[one].label))]
    drawn = {industry: industry_fan(pair, series.id, industry) for industry in pair.base.industries}
    st.caption(_("Each chart has its own scale. Line: the middle of all runs. Band: 8 of 10 runs."))
    for start in range(0, len(drawn), 2):
        for column, industry in zip(st.columns(2), list(drawn)[start : start + 2], strict=False):
            with column:
                draw(series, _(book.industries[industry]), drawn[industry], dark)


def industry_fan(pair: Pair, series: str, industry: str) -> pd.DataFrame:
    """The fans of one series of one industry."""
    base = tables.industry_series(pair.base, series, industry)
    other = None if pair.is_baseline else tables.industry_series(pair.other, series, industry)
    return tables.fans(base, other, (_("Baseline"), _("This scenario")), pair.base.start)


def draw(series: Series, whose: str, table: pd.DataFrame, dark: bool, height: int | None = None) -> None:
    """One chart with its title, and the same numbers by year in an opener under it; `height` in pixels."""
    names = labels(table["who"].nunique() == 1)
    title = _("{label}, {place}").format(label=_(series.label), place=whose)
    st.markdown(f"**{plain(title)}**", help=_(series.meaning))
    spec = charts.fan(names, series.kind, charts.palette(dark))
    if height is not None:
        spec["height"] = height
    st.vega_lite_chart(table, spec, alt=words.fan_alt(series.label, whose, table, series.kind))
    key = f"table_{series.id}_{whose}"
    box = st.expander(_("The same numbers as a table"), icon=":material/table:", key=key, on_change="rerun")
    if box.open:
        rows = words.years_table(tables.by_year(table), series.kind)
        box.table(rows.map(plain), hide_index=True, alt=title)
