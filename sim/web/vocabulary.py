"""The words used on a page, behind an opener at its foot."""

from __future__ import annotations

import streamlit as st

from sim.report import terms
from sim.report.language import _
from sim.web.text import plain


def words_used(page: str) -> None:
    """Every term of the page with its definition."""
    title = _("Words used here")
    box = st.expander(title, icon=":material/dictionary:", key=f"words_{page}", on_change="rerun")
    if box.open:
        box.markdown(
            "\n".join(f"- **{plain(word)}**: {plain(meaning)}" for word, meaning in terms.used(page))
        )
