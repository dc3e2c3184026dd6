"""Decisions for the Why page, kept by what they depend on, so that a class computes them once."""

from __future__ import annotations

import streamlit as st

import sim
from sim.experiment import reach
from sim.experiment.decisions import Decisions, explain
from sim.experiment.flips import Turning, turning
from sim.policy.scenario import Scenario
from sim.web import accounts, engine
from sim.web.catalogue import Catalogue
from sim.web.choice import Choice

REPLICATIONS = 50


def decisions(scenario: Scenario, buyer: str, category: str) -> Decisions:
    """The decisions on one need over all runs. Raises sim.Cancelled when the reader has moved on."""
    return _decisions(scenario.fingerprint(), buyer, category, REPLICATIONS, scenario)


def turned(found: Decisions, number: int) -> Turning | None:
    """What would have turned one of the tenders found; None where there was no choice between offers."""
    key = (found.scenario.fingerprint(), found.buyer, found.category, str(found.replications))
    return _turned(key, number, found)


def moved(chosen: Choice, buyer: str, book: Catalogue) -> dict[str, float]:
    """How far the deliveries of each category to a state differ from the baseline (`reach.differing`).

    Empty for the baseline itself. A reader who has moved on is let go.
    """
    if chosen.is_baseline and not chosen.moves:
        return {}
    try:
        with st.spinner(engine.waiting(), show_time=True):
            pair = accounts.of_pair(chosen, book)
    except sim.Cancelled:
        engine.give_way()
    return reach.differing(pair.base, pair.other, buyer)


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
