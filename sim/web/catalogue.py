"""What the page offers, read once: levers with their sources, scenarios, names of places and industries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from sim.evidence.seeds import Seeds, load_seeds
from sim.policy.levers import Lever, levers
from sim.policy.measures import ALLIANCE
from sim.policy.scenario import Scenario, list_scenarios, load_scenario
from sim.policy.shocks import shocks
from sim.report.language import _

GROUPS = ("alliance", "brussels", "washington", "seoul", "buyer", "world")


@dataclass(frozen=True)
class Catalogue:
    """Everything the page can offer; `cards` are the labels of the shock cards by id."""

    seeds: Seeds
    levers: dict[str, Lever]
    questions: dict[str, Scenario]
    states: dict[str, str]
    industries: dict[str, str]
    cards: dict[str, str]

    def group(self, group: str) -> list[Lever]:
        """The levers of one group, doctrines left out (they hang on the chosen state)."""
        return [one for one in self.levers.values() if one.group == group and not is_doctrine(one.id)]

    def doctrine(self, state: str) -> list[Lever]:
        """The three doctrine levers of a state."""
        return [one for one in self.levers.values() if one.id.startswith(f"doctrine.{state}.")]

    def sources(self, ids: Sequence[str]) -> list[tuple[str, str]]:
        """Title and address of sources; the address is empty for judgements."""
        rows = [self.seeds.sources[one] for one in ids if one in self.seeds.sources]
        return [(row.title or row.publisher or row.id, row.address) for row in rows]

    def places(self) -> list[str]:
        """Europe and Canada first, then the states by name."""
        return [ALLIANCE, *sorted(self.states, key=lambda state: _(self.states[state]))]


def is_doctrine(lever: str) -> bool:
    """Whether a lever is one state's doctrine."""
    return lever.startswith("doctrine.")


@st.cache_resource(show_spinner=False)
def load() -> Catalogue:
    """The catalogue, read once for all readers."""
    return read()


def read() -> Catalogue:
    """The catalogue of the repository; raises EvidenceError or ScenarioError if a file is wrong."""
    seeds = load_seeds()
    return Catalogue(
        seeds=seeds,
        levers=levers(seeds),
        questions={name: load_scenario(name) for name in list_scenarios()},
        states={state.id: state.name for state in seeds.states()},
        industries={industry.id: industry.label for industry in seeds.industries()},
        cards={card.id: card.label for card in shocks(seeds).values()},
    )
