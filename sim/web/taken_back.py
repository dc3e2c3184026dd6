"""One change of the reader in a sentence, with the button that takes it back."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from sim.report.language import _


def row(sentence: str, what: str, key: str, take_back: Callable[..., None], change: object) -> None:
    """Show a sentence, and beside it a button named after `what` that calls `take_back(change)`."""
    text, button = st.columns([5, 1], vertical_alignment="center")
    text.markdown(sentence)
    button.button(
        _("Take back: {what}").format(what=what),
        icon=":material/delete:",
        key=key,
        on_click=take_back,
        args=(change,),
    )
