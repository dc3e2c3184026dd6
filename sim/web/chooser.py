"""A row of buttons of which one is always chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st


def one_of(label: str, options: Sequence[str], key: str, name: Callable[[str], str] = str) -> str:
    """The chosen option, the first at first; `name` puts an option in words."""
    return str(
        st.segmented_control(label, options, default=options[0], required=True, format_func=name, key=key)
    )
