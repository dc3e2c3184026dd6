"""Tables of the game that are wider than a phone: they scroll by hand and by keyboard."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from sim.report import wide


def table(rows: pd.DataFrame, title: str) -> None:
    """A wide table."""
    st.html(wide.table(rows, title))


def opener(rows: pd.DataFrame, title: str, key: str) -> None:
    """A wide table that opens on request."""
    box = st.expander(title, icon=":material/table:", key=f"table_{key}", on_change="rerun")
    if box.open:
        with box:
            table(rows, title)
