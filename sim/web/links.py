"""Links from one page to another that keep the reader in the app."""

from __future__ import annotations

import streamlit as st

from sim.evidence.starts import BASE
from sim.model.version import MODEL_VERSION
from sim.report.language import _

COMPARE = "sim/web/pages/compare.py"
WHY = "sim/web/pages/why.py"
ANALYSE = "sim/web/pages/analyse.py"
EVIDENCE = "sim/web/pages/evidence.py"


def to_fact(subject: str, attribute: str, start: str = BASE, label: str = "") -> None:
    """A link to everything known about one number; `label` stands in place of the usual words."""
    query = {"fact": f"{subject}.{attribute}"} | ({} if start == BASE else {"start": start})
    st.page_link(
        EVIDENCE, label=label or _("All about this number"), icon=":material/menu_book:", query_params=query
    )


def to_scenario(scenario: str, title: str) -> None:
    """A link that opens a scenario on the Compare page."""
    query = {"scenario": scenario, "model": MODEL_VERSION}
    st.page_link(COMPARE, label=title, icon=":material/compare_arrows:", query_params=query)


def to_exam() -> None:
    """A link to the exam of past decisions."""
    st.page_link(
        EVIDENCE, label=_("Does it hold up?"), icon=":material/fact_check:", query_params={"part": "holdup"}
    )


def to_analysis(method: str, label: str) -> None:
    """A link that asks a question of the Analyse page about the scenario at hand."""
    st.page_link(ANALYSE, label=label, icon=":material/query_stats:", query_params={"method": method})
