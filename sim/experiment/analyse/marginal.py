"""What each industry contributes: outcomes with and without its new offers abroad, and its Shapley value."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from sim.evidence.seeds import Seeds
from sim.experiment.analyse.heads import about, named
from sim.experiment.analyse.parts import Record, described, parts_record
from sim.experiment.analyse.shapley import Array, exact, interactions
from sim.experiment.points import Outcome, Work, evaluate
from sim.experiment.reach import SUPPLY
from sim.experiment.result import TOTAL
from sim.policy.assumptions import find_fact, limits
from sim.policy.scenario import Scenario
from sim.policy.scenario_build import seeds_at

AT_PLACE = (
    "gap_years",
    "usable_gap_years",
    "price_over_base",
    "reliance_orders",
    "worst_authority_share",
)
CAPACITY = Outcome("capacity", "europe")
EXPORT = "export_from"


@dataclass(frozen=True, eq=False)
class Marginal:
    """Outcomes with every set of industries offering abroad.

    values has shape (sets, replications, outcomes); bit i of a set's number says that industry i offers.
    parts (industries, replications, outcomes): Shapley values, nan in replications in which some set has no
    figure; they add up to all industries against none.
    """

    scenario: Scenario
    industries: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    work: Work
    values: Array
    parts: Array
    pairs: Array

    def record(self) -> Record:
        """The result as plain data, as `sim analyse marginal --json` prints it."""
        return {
            "method": "marginal",
            "scenario": named(self.scenario),
            **about(self.work),
            "start": self.scenario.start,
            "horizon_year": self.scenario.horizon_year,
            "industries": list(self.industries),
            "scenarios": len(self.values),
            "withdrawn": {one: _withdrawn(self.scenario, one, self.work.seeds) for one in self.industries},
            "measures": {one.id: self._measure(at) for at, one in enumerate(self.outcomes)},
        }

    def _measure(self, at: int) -> Record:
        """The parts from none (before) to all (after), and the difference each makes beside the others."""
        column, every = self.values[..., at], len(self.values) - 1
        with_without = {}
        for bit, industry in enumerate(self.industries):
            gained = column[every] - column[every ^ 1 << bit]
            known = gained[~np.isnan(gained)]
            with_without[industry] = {"replications": int(known.size), **described(known)}
        parts, pairs = self.parts[..., at], self.pairs[..., at]
        return {
            **parts_record(self.industries, column[0], column[every], parts, pairs=pairs),
            "with_minus_without": with_without,
        }


def marginal(scenario: Scenario, places: Sequence[str], work: Work) -> Marginal:
    """What each industry's new offers abroad change in a scenario; raises ScenarioError, Cancelled.

    places: "europe_canada" or states, of which AT_PLACE is measured, and the capacity of European plants at
    the end of the run. Without an industry: it signs no new contract outside the states whose own maker it
    is, from the start on; what is in the books is delivered, and home customers are served (see `without`).
    """
    names = industries(scenario, work.seeds)
    outcomes = outcomes_of(places)
    count = len(names)
    sets = [
        without(scenario, [one for bit, one in enumerate(names) if not number >> bit & 1], work.seeds)
        for number in range(1 << count)
    ]
    values = evaluate(sets, outcomes, work)
    whole = np.where(np.isnan(values).any(axis=0), np.nan, values)
    return Marginal(scenario, names, outcomes, work, values, exact(whole), interactions(whole))


def runs(scenario: Scenario, work: Work) -> int:
    """How many replications `marginal` will need."""
    return work.replications << len(industries(scenario, work.seeds))


def outcomes_of(places: Sequence[str] = (TOTAL,)) -> tuple[Outcome, ...]:
    """What is measured: speed, price and reliance at each place, and European capacity once."""
    return (*(Outcome(one, place) for place in places for one in AT_PLACE), CAPACITY)


def industries(scenario: Scenario, seeds: Seeds | None = None) -> tuple[str, ...]:
    """The industries that have a line, in the order of the seeds."""
    found = seeds_at(scenario.start, seeds)
    making = {line.industry for line in found.lines()}
    return tuple(one.id for one in found.industries() if one.id in making)


def without(scenario: Scenario, gone: Collection[str], seeds: Seeds | None = None) -> Scenario:
    """The scenario in which these industries sign no new contracts abroad, from the start on.

    Korea and the United States have a lever for it. Of other industries the first year of export of every
    line is held at the latest the evidence can say, beyond the run: customers abroad get no offer, the state
    in which a plant stands and its home customers do. Contracts in the books are not touched by either.
    """
    levers: dict[str, float] = {}
    facts: dict[str, float] = {}
    for industry in gone:
        said = _withdrawn(scenario, industry, seeds)
        levers |= said["levers"]
        facts |= said["facts"]
    return scenario.with_levers(levers).with_facts(facts, seeds)


def _withdrawn(scenario: Scenario, industry: str, seeds: Seeds | None) -> Record:
    """The levers and the facts that withdraw an industry's new offers abroad, with their values."""
    lever = next((name for name, whose in SUPPLY.items() if whose == industry), None)
    if lever is not None:
        return {"levers": {lever: 0.0}, "facts": {}}
    found = seeds_at(scenario.start, seeds)
    names = [
        f"{line.id}.{EXPORT}" for line in found.lines() if line.industry == industry and not line.home_only
    ]
    return {"levers": {}, "facts": {name: limits(find_fact(name, found), found)[1] for name in names}}
