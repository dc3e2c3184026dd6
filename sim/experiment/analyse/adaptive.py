"""Adaptive plans: "A if gap_years.POL > 1 by 2028 then B": the levers of B from a January on, where need be.

Two runs and a look: plan A; plan A judged on 1 January of the year, up to which gap-years are counted and
order books read; and plan A with the levers of B from then on. Under keyed draws both have the same past, so
that in each replication the outcome is that of the second where the trigger fires, else of the first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from sim.evidence.facts import quoted
from sim.evidence.seeds import Seeds
from sim.experiment.analyse.conditions import Condition, condition
from sim.policy.dates import years_within
from sim.policy.errors import ScenarioError
from sim.policy.scenario import Scenario, Scheduled

READABLE = ("gap_years", "usable_gap_years", "backlog")  # outcomes that a run tells as of a date
FORM = re.compile(r"\s*(\S+)\s+if\s+(.+?)\s+by\s+(\d{4})(-01)?\s+then\s+(\S+)\s*")
EXAMPLE = "baseline if gap_years.POL > 0.3 by 2028 then two_suppliers"


@dataclass(frozen=True)
class Trigger:
    """When a plan turns: on 1 January of `year` if the condition holds of the run so far."""

    condition: Condition
    year: int

    @property
    def month(self) -> str:
        """The month from which the other levers hold, such as "2028-01"."""
        return f"{self.year}-01"

    @property
    def text(self) -> str:
        """As written on a command line."""
        return f"{self.condition.text} by {self.year}"


@dataclass(frozen=True)
class Plan:
    """A plan in a comparison: a scenario; an adaptive one has a trigger and what it turns into."""

    id: str
    title: str
    scenario: Scenario
    trigger: Trigger | None = None
    turned: Scenario | None = None
    then: Scenario | None = None


def fixed(scenario: Scenario) -> Plan:
    """A plan that never turns."""
    return Plan(scenario.id, scenario.title, scenario)


def adaptive(first: Scenario, trigger: Trigger, then: Scenario) -> Plan:
    """A plan that turns from one scenario to the levers of another; raises ScenarioError."""
    if trigger.condition.outcome.measure not in READABLE:
        raise ScenarioError(
            f"--adaptive: {trigger.condition.outcome.measure} is not known before the end of a run; "
            f"a trigger can look at {', '.join(READABLE)}"
        )
    low, high = years_within(first.start)
    if not low <= trigger.year <= high:
        raise ScenarioError(f"--adaptive: {trigger.year} is outside {low} to {high}")
    turned = turn(first, then, trigger.month)
    return Plan(f"{first.id}_then_{then.id}", f"{first.title} → {then.title}", first, trigger, turned, then)


def turn(first: Scenario, then: Scenario, at: str) -> Scenario:
    """The first scenario with the levers of the other from a month on; raises ScenarioError.

    Dated changes of the first after that month fall away, those of the other hold.
    """
    for what in ("start", "facts", "shocks"):
        if getattr(first, what) != getattr(then, what):
            raise ScenarioError(
                f"a plan can turn to other levers only: {first.id} and {then.id} differ in their {what}"
            )
    before, after = standing(first, at), standing(then, at)
    entries = [entry for entry in first.schedule if entry.at < at]
    entries += [
        Scheduled(name, at, value, first.start) for name, value in after.items() if before[name] != value
    ]
    entries += [entry for entry in then.schedule if entry.at > at]
    # What the first would change in this very month, and the other leaves as it was before:
    named = {(entry.lever, entry.at) for entry in entries}
    entries += [entry for entry in first.schedule if entry.at == at and (entry.lever, at) not in named]
    found = replace(
        first, schedule=tuple(sorted(entries, key=lambda entry: (entry.at, entry.lever))), expect=()
    )
    return replace(found, id=f"{first.base_id}-{found.fingerprint()[:6]}")


def standing(scenario: Scenario, at: str) -> dict[str, float]:
    """The value of every lever in a month."""
    found = scenario.levers
    for entry in sorted(scenario.schedule, key=lambda entry: entry.at):
        if entry.at <= at:
            found[entry.lever] = entry.value
    return found


def as_of(scenario: Scenario, year: int) -> Scenario:
    """The same run, judged on 1 January of a year."""
    return replace(scenario, horizon_year=year)


def parse(text: str, seeds: Seeds) -> tuple[str, Trigger, str]:
    """Read "A if CONDITION by YEAR then B": both names and the trigger; raises ScenarioError."""
    found = FORM.fullmatch(text)
    if found is None:
        raise ScenarioError(
            f"--adaptive: {quoted(text)} is not of the form A if measure.place > number by year then B, such "
            f'as "{EXAMPLE}"'
        )
    return found[1], Trigger(condition(found[2], seeds, "--adaptive"), int(found[3])), found[5]
