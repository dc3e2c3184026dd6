"""The widget of a lever: a switch, or a slider in its unit with round steps."""

from __future__ import annotations

from typing import Any

import streamlit as st

from sim.policy.levers import Lever
from sim.report.language import _
from sim.web import choice
from sim.web.steps import step


def setting(lever: Lever, label: str, value: float, key: str, **options: Any) -> float:
    """Show a lever at a value and return where the reader has it; options go to the widget of Streamlit."""
    if lever.kind == "switch":
        choice.seat(key, value >= 0.5)
        return float(st.toggle(label, key=key, **options))
    choice.seat(key, float(value))
    return float(
        st.slider(
            label,
            lever.low,
            lever.high,
            step=step(lever.low, lever.high, lever.default),
            key=key,
            format=slider_format(lever.unit),
            **options,
        )
    )


def slider_format(unit: str) -> str:
    """The number format of a slider in the notation of the widget."""
    formats = {
        "share": "percent",
        "share_per_year": "percent",
        "beur": _("€%g bn"),
        "busd": _("$%g bn"),
        "months": _("%g months"),
        "multiplier": _("×%g"),
    }
    return formats.get(unit, "%g")
