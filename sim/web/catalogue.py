"""What the page offers, read once: levers with their sources, scenarios, names of places and industries."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from sim.evidence.seeds import Seeds, load_seeds
from sim.evidence.starts import BASE, STARTS
from sim.experiment.reach import touches
from sim.policy.levers import Lever, levers
from sim.policy.measures import ALLIANCE
from sim.policy.scenario import Scenario, list_scenarios, load_scenario, scenario_from_dict
from sim.policy.shocks import Shock, shocks
from sim.report import words
from sim.report.language import _, mark

GROUPS = ("alliance", "brussels", "washington", "seoul", "buyer", "world")
FEW = 6
# The levers that stand first in a group of more than a few; the rest is one click further down.
FIRST = (
    "dialogue",
    "spending_delivery",
    "joint_share",
    "two_suppliers",
    "stopgap_loans",
    "mro_hubs",
    "safe_envelope",
    "content_threshold",
    "union_preference",
    "european_growth",
    "european_investment",
    "slot_lending",
    "korean_growth",
    "korean_credit",
    "korean_delivery_release",
    "korean_supply",
    "threat",
    "rest_of_world_demand",
    "price_inflation",
    "budget_squeeze",
    "shock_chance",
)
OF_A_STATE = ("agreement.", "doctrine.")
BEFORE_THE_WAR = "eve_2022"
SEVERAL = "several"  # in place of a group where a scenario moves levers of more than one


@dataclass(frozen=True)
class Catalogue:
    """Everything the page can offer at one start; `cards` are the shock cards by id.

    `questions` holds the scenarios of all starts by who decides, those that move few levers first;
    `baselines` what those of each start are compared with; `decides` the group of each, SEVERAL or nothing.
    """

    seeds: Seeds
    levers: dict[str, Lever]
    questions: dict[str, Scenario]
    baselines: dict[str, Scenario]
    states: dict[str, str]
    industries: dict[str, str]
    cards: dict[str, Shock]
    decides: dict[str, str]

    @property
    def baseline(self) -> Scenario:
        """What scenarios of this start are compared with."""
        return self.baselines[self.seeds.start]

    def group(self, group: str) -> tuple[list[Lever], list[Lever]]:
        """The levers of one group, those used most and the rest; levers of a single state are left out."""
        found = [one for one in self.levers.values() if one.group == group and not is_of_a_state(one.id)]
        if len(found) <= FEW:
            return found, []
        known = {one.id: one for one in found}
        first = [known[name] for name in FIRST if name in known]
        return first, [one for one in found if one not in first]

    def of_state(self, state: str) -> list[Lever]:
        """The levers of one state: its agreement with Korea and its three doctrine levers."""
        names = (f"agreement.{state}", *(one for one in self.levers if one.startswith(f"doctrine.{state}.")))
        return [self.levers[name] for name in names if name in self.levers]

    def sources(self, ids: Sequence[str]) -> list[tuple[str, str]]:
        """Title and address of sources; the address is empty for judgements."""
        rows = [self.seeds.sources[one] for one in ids if one in self.seeds.sources]
        return [(row.name, row.address) for row in rows]

    def places(self) -> list[str]:
        """Europe and Canada first, then the states by name."""
        return [ALLIANCE, *sorted(self.states, key=lambda state: _(self.states[state]))]


def is_of_a_state(lever: str) -> bool:
    """Whether a lever belongs to one state, so that it is shown for a chosen state only."""
    return lever.startswith(OF_A_STATE)


def state_of(lever: str) -> str:
    """The state a lever of a single state belongs to."""
    return lever.split(".")[1]


def who_decides(moved: Collection[str], known: Mapping[str, Lever]) -> str:
    """The group of these levers, as in the panel; SEVERAL groups, or nothing if there is no lever."""
    found = {"buyer" if is_of_a_state(one) else known[one].group for one in moved if one in known}
    return SEVERAL if len(found) > 1 else "".join(found)


def listed_title(scenario: Scenario, decides: str) -> str:
    """The title of a scenario in the list of questions, with who decides what it changes."""
    title = question_title(scenario)
    if not decides or scenario.start != BASE:
        return title
    who = _("Several decide") if decides == SEVERAL else words.group_title(decides)
    return _("{title} · {who}").format(title=title, who=who)


def question_title(scenario: Scenario) -> str:
    """The title of a scenario in the list of questions, where another start is said."""
    title = _(scenario.title)
    if scenario.start == BASE:
        return title
    month = words.month(scenario.start)
    if title == month:
        return _("Back in time: {month}, with what has happened since").format(month=month)
    return _("Back in time: {title}").format(title=title)


@st.cache_resource(show_spinner=False)
def load(start: str = BASE) -> Catalogue:
    """The catalogue at a start, read once for all readers."""
    return read(start)


def read(start: str = BASE) -> Catalogue:
    """The catalogue of the repository; raises EvidenceError or ScenarioError if a file is wrong."""
    seeds = load_seeds(start=start)
    found = [load_scenario(name) for name in list_scenarios()]
    baselines = {one: found[0] if one == BASE else before_the_war(one) for one in STARTS}
    known, cards = levers(seeds), shocks(seeds)
    moved = {one.id: {by.lever for by in touches(one, baselines[one.start], cards)} for one in found}
    decides = {id: who_decides(levers_moved, known) for id, levers_moved in moved.items()}
    order = ("", *GROUPS, SEVERAL)
    listed = sorted(
        found,
        key=lambda one: (one.start != BASE, order.index(decides[one.id]), len(moved[one.id]), one.title),
    )
    listed += [one for one in baselines.values() if one.start != BASE]
    return Catalogue(
        seeds=seeds,
        levers=known,
        questions={one.id: one for one in listed},
        baselines=baselines,
        states={state.id: state.name for state in seeds.states()},
        industries={industry.id: industry.label for industry in seeds.industries()},
        cards=cards,
        decides=decides,
    )


def before_the_war(start: str) -> Scenario:
    """The baseline of the earlier start: its books, and every lever as it stood then."""
    return scenario_from_dict(
        {
            "title": mark("February 2022, on the eve of the war"),
            "question": mark("What if the world had stayed as it stood in February 2022?"),
            "start": start,
            "horizon_year": 2026,
        },
        id=BEFORE_THE_WAR,
    )
