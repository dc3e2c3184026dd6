"""The three dials: speed, cost and reliance, each with its paired difference and interval."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from sim.report import charts, numbers, words
from sim.report.language import _
from sim.report.measures import DIALS, MEASURES
from sim.report.tables import Paired
from sim.web.text import plain


def dials(rows: Sequence[Paired], is_baseline: bool, dark: bool) -> None:
    """One tile per dial, side by side, and the same numbers as a table."""
    for column, row in zip(st.columns(len(rows)), rows, strict=True):
        with column.container(border=True, height="stretch", key=f"dial_{row.measure}"):
            _tile(row, is_baseline, dark)
    with st.expander(_("The dials as a table"), icon=":material/table:"):
        st.table(dial_table(rows), hide_index=True)


def _tile(row: Paired, is_baseline: bool, dark: bool) -> None:
    shown = MEASURES[row.measure]
    st.metric(_(DIALS[row.measure]), numbers.amount(shown.kind, row.other), help=_(shown.meaning))
    if is_baseline:
        st.caption(_("This is the baseline: nothing is changed yet."))
        return
    st.markdown(f"**{plain(sentence(row))}**")
    if row.verdict not in ("none", "same"):
        table = pd.DataFrame({"low": [row.low], "change": [row.change], "high": [row.high]})
        reach = max(abs(row.low), abs(row.high), abs(row.change))
        st.vega_lite_chart(
            table,
            charts.interval(reach, charts.palette(dark)),
            alt=f"{sentence(row)} {words.dial_range(row)}",
        )
    base = _("Baseline {level}").format(level=numbers.amount(shown.kind, row.base))
    st.caption(plain(". ".join(part for part in (base, words.dial_range(row)) if part) + "."))


def sentence(row: Paired) -> str:
    """The difference and what it means, such as `0.4 years longer than the baseline: worse`."""
    return _("{change}: {reading}").format(
        change=words.dial_change(row), reading=words.reading(row, MEASURES[row.measure].better)
    )


def dial_table(rows: Sequence[Paired]) -> pd.DataFrame:
    """The dials as a table for reading."""
    kinds = [MEASURES[row.measure].kind for row in rows]
    return pd.DataFrame(
        {
            _("Measure"): [_(DIALS[row.measure]) for row in rows],
            _("Baseline"): [numbers.amount(kind, row.base) for kind, row in zip(kinds, rows, strict=True)],
            _("Scenario"): [numbers.amount(kind, row.other) for kind, row in zip(kinds, rows, strict=True)],
            _("Difference"): [words.dial_change(row) for row in rows],
            _("90 % interval"): [
                numbers.bounds(kind, row.low, row.high) for kind, row in zip(kinds, rows, strict=True)
            ],
            _("Reading"): [words.reading(row, MEASURES[row.measure].better) for row in rows],
        }
    ).map(plain)
