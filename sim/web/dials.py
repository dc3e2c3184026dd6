"""The three dials: speed, cost and reliance, each with its paired difference and interval."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from sim.report import charts, findings, numbers, tables, words
from sim.report.language import _
from sim.report.measures import DIALS, MEASURES
from sim.report.tables import Paired
from sim.web.engine import Pair
from sim.web.text import plain


def dials(rows: Sequence[Paired], is_baseline: bool, dark: bool) -> None:
    """One tile per dial, side by side."""
    for column, row in zip(st.columns(len(rows)), rows, strict=True):
        with column.container(border=True, height="stretch", key=f"dial_{row.measure}"):
            _tile(row, is_baseline, dark)


def all_measures(pair: Pair, place: str, name: str) -> None:
    """The dials and every other measure of the place as a table, behind an opener."""
    title = _("All measures as a table")
    box = st.expander(title, icon=":material/table:", key="all_measures", on_change="rerun")
    if box.open:
        order = [*DIALS, *(one for one in tables.all_measures(pair.base) if one not in DIALS)]
        rows = tables.dials(pair.base, pair.other, place, order)
        box.caption(
            _("{place}. What each measure counts is said below, under “Every state”.").format(place=name)
        )
        table = findings.dial_table(rows).map(plain)
        box.table(table.iloc[:, :2] if pair.is_baseline else table, hide_index=True, alt=title)


def _tile(row: Paired, is_baseline: bool, dark: bool) -> None:
    shown = MEASURES[row.measure]
    st.metric(_(DIALS[row.measure]), numbers.amount(shown.kind, row.other), help=_(shown.meaning))
    if is_baseline:
        return
    st.markdown(f"**{plain(findings.sentence(row))}**")
    if not row.is_still:
        table = pd.DataFrame({"low": [row.low], "change": [row.change], "high": [row.high]})
        st.vega_lite_chart(
            table,
            charts.interval(tables.scale(row), charts.palette(dark)),
            alt=f"{findings.sentence(row)}. {words.dial_range(row)}.",
        )
    base = _("Baseline {level}").format(level=numbers.amount(shown.kind, row.base))
    st.caption(plain(". ".join(part for part in (base, words.dial_range(row)) if part) + "."))
