"""What a report is on: runs, the scenarios behind them and places; names and dials for its parts to share."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

from sim.evidence.seeds import Seeds, load_seeds
from sim.experiment.result import Result
from sim.policy.levers import Lever, levers
from sim.policy.measures import ALLIANCE
from sim.policy.scenario import Scenario
from sim.policy.shocks import Shock, shocks
from sim.report import changed, tables, words
from sim.report.language import _
from sim.report.ledger import named
from sim.report.measures import DIALS
from sim.report.tables import Paired


@dataclass(frozen=True, eq=False)
class Case:
    """One scenario of a report: its run, and the scenario it was before this report changed it."""

    result: Result
    preset: Scenario

    @property
    def scenario(self) -> Scenario:
        """The scenario as it ran."""
        return self.result.scenario


@dataclass(frozen=True, eq=False)
class Report:
    """What a report is on: runs of the same random seed, compared with the first, for some places.

    Without `others` it shows the levels of `base` alone. places: `europe_canada` or states, at least one.
    """

    base: Result
    others: tuple[Case, ...]
    places: tuple[str, ...]
    date: datetime.date

    @property
    def is_base(self) -> bool:
        """Whether nothing is compared."""
        return not self.others

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """The scenarios shown in full: the others, or else the base itself."""
        return self.others or (Case(self.base, self.base.scenario),)

    @cached_property
    def seeds(self) -> Seeds:
        """The evidence at the start of these runs."""
        return load_seeds(start=self.base.start)

    @cached_property
    def levers(self) -> dict[str, Lever]:
        """Every lever by id."""
        return levers(self.seeds)

    @cached_property
    def cards(self) -> dict[str, Shock]:
        """Every shock card by id."""
        return shocks(self.seeds)

    @cached_property
    def states(self) -> dict[str, str]:
        """The names of the states by id."""
        return {state.id: state.name for state in self.seeds.states()}

    def place(self, place: str) -> str:
        """The name of a place as it stands alone."""
        return words.place_name(place, self.states)

    def ordered(self) -> list[str]:
        """Europe and Canada, then the states by name."""
        return [ALLIANCE, *sorted(self.states, key=lambda state: _(self.states[state]))]

    def dials(self, case: Case, place: str) -> list[Paired]:
        """The three dials of a place."""
        return tables.dials(self.base, case.result, place, tuple(DIALS))

    def title(self, case: Case) -> str:
        """The title of a scenario, and that it was changed where it was."""
        title = _(case.preset.title)
        if case.scenario.fingerprint() == case.preset.fingerprint():
            return title
        return _("{title}, with changes").format(title=title)

    def headline(self, case: Case, place: str) -> str:
        """The sentence by rule on the three dials."""
        rows, within = self.dials(case, place), words.place_within(place, self.states)
        if self.is_base:
            return words.baseline_headline(rows, within, case.scenario.horizon_year)
        moved = [_(self.levers[name].label) for name in changed.touched(case.scenario, case.preset)]
        moved += [one.what for one in named(self.seeds, changed.held(case.scenario, case.preset)).values()]
        placed = [
            _(self.cards[card.card].label) for card in case.scenario.shocks if card not in case.preset.shocks
        ]
        is_changed_base = case.preset.id == self.base.scenario.id and bool(moved or placed)
        who = words.subject(_(case.preset.title), is_changed_base, moved, placed)
        return words.headline(rows, within, who)
