"""What several pages show alike: a chart with its numbers, tables opened or in full, sentences as a list."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from sim.report.charts import Spec
from sim.report.language import _
from sim.web.text import plain


def draw(data: pd.DataFrame, spec: Spec, alt: str, table: pd.DataFrame, key: str) -> None:
    """A chart with its alternative text, and the same numbers in an opener under it."""
    st.vega_lite_chart(data, spec, alt=alt)
    opener(table, _("The same numbers as a table"), key)


def opener(table: pd.DataFrame, title: str, key: str) -> None:
    """A table that opens on request."""
    box = st.expander(title, icon=":material/table:", key=f"table_{key}", on_change="rerun")
    if box.open:
        box.table(table.map(lambda cell: plain(str(cell))), hide_index=True, alt=title)


def small_table(rows: pd.DataFrame, title: str, nothing: str = "") -> None:
    """A small table under its title; where it has no rows, the sentence that says so."""
    st.markdown(f"**{plain(title)}**")
    if rows.empty:
        st.markdown(nothing)
    else:
        st.table(rows.map(lambda cell: plain(str(cell))), hide_index=True, alt=title)


def bullets(sentences: Sequence[str]) -> None:
    """Sentences as a list."""
    st.markdown("\n".join(f"- {plain(sentence)}" for sentence in sentences))
