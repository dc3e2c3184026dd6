"""Sections of a report drawn on a page of the app."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from sim.report.blocks import Block, Facts, Figure, Paragraph, Points, Section, Table
from sim.web import tables
from sim.web.text import plain


def section(one: Section, key: str, level: int = 2) -> None:
    """A section under its heading; those of the next level open on request."""
    if level == 2:
        st.header(plain(one.title), divider="gray", anchor=False)
    for number, item in enumerate(one.blocks):
        block(item, f"{key}_{number}")
    for number, part in enumerate(one.parts):
        box = st.expander(plain(part.title), key=f"{key}_part_{number}", on_change="rerun")
        if box.open:
            with box:
                section(part, f"{key}_{number}", level + 1)


def block(one: Block, key: str) -> None:
    """A part of a section."""
    if isinstance(one, Paragraph):
        text = plain(one.text)
        if one.look == "small":
            st.caption(text)
        else:
            st.markdown(f"**{text}**" if one.look == "strong" else text)
    elif isinstance(one, Points):
        tables.bullets(one.items)
    elif isinstance(one, Facts):
        tables.bullets([f"{name}: {value}" for name, value in one.items])
    elif isinstance(one, Table):
        _table(one, key)
    elif isinstance(one, Figure):
        st.markdown(f"**{plain(one.title)}**")
        if one.text:
            st.caption(plain(one.text))
        for picture in one.pictures:
            st.vega_lite_chart(picture.data, picture.spec, alt=picture.alt)
        if one.table is not None:
            _table(one.table, key)


def _table(one: Table, key: str) -> None:
    frame = pd.DataFrame([[str(cell) for cell in row] for row in one.rows], columns=list(one.head))
    if one.folded:
        tables.opener(frame, one.title, key)
    else:
        tables.small_table(frame, one.title)
