"""The tables per state and per industry: every measure with its paired difference and interval; sortable."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from sim.report import charts, maps, tables, terms, words
from sim.report.language import _
from sim.report.measures import DIALS, INDUSTRY_MEASURES, MEASURES, Measure
from sim.web.catalogue import Catalogue
from sim.web.engine import Pair

FACTORS = {"share": 100.0, "musd": 0.001}


def states(pair: Pair, book: Catalogue, dark: bool) -> None:
    """One measure as a map, and as one row per state."""
    st.header(_("Every state"), divider="gray", anchor=False)
    known = tables.all_measures(pair.base)
    measure = MEASURES[_chooser("state_measure", sorted(known, key=lambda one: one not in DIALS), MEASURES)]
    rows = tables.places_table(pair.base, pair.other, (measure.id,))
    order = {place: number for number, place in enumerate(book.places())}
    rows = rows.sort_values("place", key=lambda places: places.map(order))
    _maps(rows, measure, pair.is_baseline, book, dark)
    _show(rows, measure, _("State"), lambda place: words.place_name(place, book.states), pair.is_baseline)


def _maps(rows: pd.DataFrame, measure: Measure, base: bool, book: Catalogue, dark: bool) -> None:
    """Europe, and beside it the two states across the Atlantic."""
    numeric = {state.id: state.numeric for state in book.seeds.states()}
    found = maps.rows(rows, measure, numeric, book.states, base)
    colours = charts.palette(dark)
    for column, where in zip(st.columns((3, 2)), maps.PANELS, strict=True):
        spec = maps.panel(found, measure, where, base, colours)
        column.vega_lite_chart(spec, alt=maps.alt(found, measure, base), key=f"map_{where}")
    st.caption(maps.legend(base))


def industries(pair: Pair, book: Catalogue) -> None:
    """One row per industry for one measure."""
    known = tables.all_industry_measures(pair.base)
    measure = INDUSTRY_MEASURES[_chooser("industry_measure", known, INDUSTRY_MEASURES)]
    rows = tables.industries_table(pair.base, pair.other, (measure.id,))
    _show(rows, measure, _("Industry"), lambda industry: _(book.industries[industry]), pair.is_baseline)


def _chooser(key: str, options: list[str], shown: Mapping[str, Measure]) -> str:
    return str(
        st.selectbox(
            _("Measure"), options, format_func=lambda one: _(DIALS.get(one, shown[one].label)), key=key
        )
    )


def _show(rows: pd.DataFrame, measure: Measure, head: str, name: Callable[[str], str], alone: bool) -> None:
    """The table in the unit that people read, and how to read it; `alone`: the baseline, against nothing."""
    if alone:
        st.caption(_(measure.meaning))
    else:
        text = _("{meaning} Difference: scenario less baseline, paired run by run, with its 90 % interval.")
        st.caption(
            text.format(meaning=_(measure.meaning)),
            help=" ".join((terms.meaning("paired"), terms.meaning("interval"))),
        )
    unit = unit_name(measure.kind)
    factor = FACTORS.get(measure.kind, 1.0)
    fine_unit, fine = (_("days"), 365.25) if measure.kind == "years" else (unit, factor)
    figures = {_("Baseline ({unit})").format(unit=unit): _rounded(factor * rows["baseline"])}
    if not alone:
        figures |= {
            _("Scenario ({unit})").format(unit=unit): _rounded(factor * rows["scenario"]),
            _("Difference ({unit})").format(unit=fine_unit): _rounded(fine * rows["difference"]),
            _("90 % of runs: from ({unit})").format(unit=fine_unit): _rounded(fine * rows["low"]),
            _("90 % of runs: to ({unit})").format(unit=fine_unit): _rounded(fine * rows["high"]),
        }
    table = pd.DataFrame({head: [name(place) for place in rows["place"]], **figures})
    if not alone:
        table[_("Reading")] = [words.verdict_word(verdict, measure.better) for verdict in rows["verdict"]]
    figure = st.column_config.NumberColumn(format="%.2f")
    st.dataframe(
        table,
        hide_index=True,
        column_config={head: st.column_config.TextColumn(pinned=True), **dict.fromkeys(figures, figure)},
        placeholder="–",
        alt=_("{label}, one row each").format(label=_(measure.label)),
        key=f"standings_{head}",
    )


def unit_name(kind: str) -> str:
    """The unit of a column."""
    units = {"share": "%", "musd": _("$ bn"), "years": _("years"), "months": _("months")}
    return units.get(kind, _("number"))


def _rounded(column: pd.Series[float]) -> pd.Series[float]:
    """Two decimals, and no zero with a minus sign."""
    return column.round(2) + 0.0


def csv(pair: Pair, about: Mapping[str, str]) -> str:
    """Every measure of every place and industry as CSV, in raw units, under lines on where it comes from."""
    states = tables.places_table(pair.base, pair.other, tables.all_measures(pair.base))
    industry = tables.industries_table(pair.base, pair.other, tables.all_industry_measures(pair.base))
    return tables.csv_text(about, pd.concat([states, industry], ignore_index=True))
