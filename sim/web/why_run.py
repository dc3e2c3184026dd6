"""Decisions for the Why page, kept by what they depend on, so that a class computes them once."""

from __future__ import annotations

import streamlit as st

from sim.experiment.decisions import Decisions, explain
from sim.experiment.flips import Turning, turning
from sim.policy.scenario import Scenario
from sim.web import engine

REPLICATIONS = 50


def decisions(scenario: Scenario, buyer: str, category: str) -> Decisions:
    """The decisions on one need over all runs. Raises sim.Cancelled when the reader has moved on."""
    return _decisions(scenario.fingerprint(), buyer, category, REPLICATIONS, scenario)


def turned(found: Decisions, number: int) -> Turning | None:
    """What would have turned one of the tenders found; None where there was no choice between offers."""
    key = (found.scenario.fingerprint(), found.buyer, found.category, str(found.replications))
    return _turned(key, number, found)


@st.cache_resource(max_entries=8, show_spinner=False)
def _decisions(
    fingerprint: str, buyer: str, category: str, replications: int, _wanted: Scenario
) -> Decisions:
    return explain(
        _wanted,
        buyer,
        category,
        replications=replications,
        random_seed=engine.RANDOM_SEED,
        cancel=engine.moved_on(),
    )


@st.cache_resource(max_entries=64, show_spinner=False)
def _turned(key: tuple[str, ...], number: int, _found: Decisions) -> Turning | None:
    return turning(_found, _found.tenders[number])
