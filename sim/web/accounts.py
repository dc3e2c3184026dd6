"""The books of the baseline and of the reader's scenario: every contract, fleet and line, kept like runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import streamlit as st

import sim
from sim.experiment.books import Books, books
from sim.policy.scenario import Scenario
from sim.web import engine
from sim.web.catalogue import Catalogue
from sim.web.choice import Choice

REPLICATIONS = 50


@dataclass(frozen=True)
class BookPair:
    """The books of two scenarios under the same draws; shared by all readers: never write into a table."""

    base: Books
    other: Books

    @property
    def is_baseline(self) -> bool:
        """Whether the reader's scenario is the baseline itself."""
        return self.base is self.other


def of_pair(choice: Choice, book: Catalogue) -> BookPair:
    """The books of the baseline of its start and of the scenario of a choice, 50 runs each.

    Raises sim.Cancelled when the reader moved on while they were written.
    """
    base = replace(book.baselines[choice.preset.start], horizon_year=choice.until)
    first = _books(base.fingerprint(), base)
    other = choice.scenario
    if other.fingerprint() == base.fingerprint():
        return BookPair(first, first)
    return BookPair(first, _books(other.fingerprint(), other))


def opener(
    title: str, icon: str, key: str, choice: Choice, book: Catalogue, show: Callable[[BookPair], None]
) -> None:
    """A box that shows something of the books once it is open; closed, nothing is computed."""
    box = st.expander(title, icon=icon, key=key, on_change="rerun")
    if not box.open:
        return
    with box:
        try:
            with st.spinner(engine.waiting(), show_time=True):
                pair = of_pair(choice, book)
        except sim.Cancelled:
            engine.give_way()
        show(pair)


@st.cache_resource(max_entries=8, show_spinner=False)
def _books(fingerprint: str, _wanted: Scenario) -> Books:
    return books(_wanted, replications=REPLICATIONS, random_seed=engine.RANDOM_SEED, cancel=engine.moved_on())
