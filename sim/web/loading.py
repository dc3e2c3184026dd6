"""What to read while the program itself is loaded, which the first visit after its start waits for."""

from __future__ import annotations

import sys
from importlib import import_module

import streamlit as st

from sim.report.language import _

PARTS = ("sim.web.catalogue", "sim.web.beside", "sim.web.deliveries", "sim.web.makers")  # they need the rest


def load() -> None:
    """Load what pages are made of and read the seeds, with a sentence on screen, at the first visit."""
    if all(name in sys.modules for name in PARTS):
        return
    with st.spinner(_("Leadtime is starting. That takes a few seconds."), show_time=True):
        parts = [import_module(name) for name in PARTS]
        parts[0].load()
