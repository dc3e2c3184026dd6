"""The claims of the two documents: side by side, where each lives in the model, and what the model says.

What the model says is not run here: it is what `sim patterns` found and published in docs/patterns.json, and
what authors of scenarios expected before any run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

import pandas as pd

from sim.estimation.checks import Check
from sim.evidence.records import Claim, parts
from sim.evidence.seeds import Seeds
from sim.policy.scenario import Scenario
from sim.report import words
from sim.report.language import _, mark
from sim.report.measures import EVERY
from sim.report.subjects import RULES, Names

KINDS = {
    "lever": mark("Lever: {name}"),
    "fact": mark("Number: {name}"),
    "rule": mark("Rule: {name}"),
    "pattern": mark("Pattern {name} of the record"),
    "not_modelled": mark("Not modelled"),
}
SHORT = {"production": "produce", "investment": "invest"}  # the rules under which their numbers stand
RELATIONS = {"agrees": mark("They point the same way"), "disputes": mark("They read it differently")}


@dataclass(frozen=True)
class Meeting:
    """One point on which both documents speak: a claim of the first and those of the second that meet it."""

    claim: Claim
    counterparts: tuple[Claim, ...]

    @property
    def relation(self) -> str:
        """Whether they agree, in words."""
        return _(RELATIONS[self.claim.relation])


def meetings(seeds: Seeds) -> list[Meeting]:
    """The points on which both documents speak, in the order of the first document; disputes first."""
    first = seeds.documents()[0].id
    known = {one.id: one for one in seeds.claims()}
    found = [
        Meeting(one, tuple(known[name] for name in one.counterpart))
        for one in known.values()
        if one.document == first and one.counterpart
    ]
    return sorted(found, key=lambda one: one.claim.relation != "disputes")


def where(claim: Claim, names: Names) -> str:
    """Where a claim lives in the model, in words."""
    shown = [_represented(claim.represented_by_kind, one, names) for one in parts(claim.represented_by)]
    return _(KINDS[claim.represented_by_kind]).format(name=_(", ").join(shown))


def _represented(kind: str, name: str, names: Names) -> str:
    if kind == "lever":
        return names.of(name, "default").name
    if kind == "fact":
        subject, _dot, attribute = name.rpartition(".")
        return f"{names.of(subject, attribute).name}, {names.attribute(attribute)}"
    if kind == "rule":
        return _(RULES.get(SHORT.get(name, name), name))
    return name.removeprefix("pattern_")


def fact_key(claim: Claim) -> str:
    """The fact behind a claim's lever or number, as a link names it; empty for the rest."""
    name = next(iter(parts(claim.represented_by)), "")
    return {"lever": f"{name}.default", "fact": name}.get(claim.represented_by_kind, "")


def asked(claim: Claim, scenarios: Iterable[Scenario]) -> list[Scenario]:
    """The scenarios that move the lever of a claim and say what their author expected."""
    levers = parts(claim.represented_by) if claim.represented_by_kind == "lever" else ()
    return [one for one in scenarios if one.expect and _moves(one, levers)]


def _moves(scenario: Scenario, levers: Collection[str]) -> bool:
    moved = {*scenario.deviations, *(change.lever for change in scenario.schedule)}
    return any(fnmatchcase(name, lever) for name in moved for lever in levers)


def findings(claim: Claim, checks: Iterable[Check]) -> list[str]:
    """What checks of patterns, as published, say on a claim's lever or pattern, one sentence each."""
    names = parts(claim.represented_by)
    if claim.represented_by_kind == "pattern":
        wanted = [one for one in checks if one.kind == "pattern" and f"pattern_{one.about}" in names]
    else:
        levers = [f"p15_{name}" for name in names] if claim.represented_by_kind == "lever" else []
        wanted = [one for one in checks if one.name in levers]
    met, missed = _("{check} Met by the model."), _("{check} Not met by the model.")
    return [(met if one.passed else missed).format(check=_(one.title)) for one in wanted]


def table(
    seeds: Seeds, names: Names, scenarios: Collection[Scenario], checks: Sequence[Check]
) -> pd.DataFrame:
    """One row per claim: whose, what, where it lives, what the record and the model say on it."""
    labels = {one.id: _(one.label) for one in seeds.documents()}
    known = {one.id: one for one in seeds.claims()}
    rows = []
    for one in known.values():
        address = next(
            (seeds.sources[name].address for name in one.source if seeds.sources[name].address), None
        )
        others = " / ".join(_(known[name].claim) for name in one.counterpart)
        titles = _("; ").join(_(scenario.title) for scenario in asked(one, scenarios))
        rows.append(
            (labels[one.document], _(one.claim), where(one, names), _(one.note),
             " ".join(findings(one, checks)), titles, others,
             _(RELATIONS[one.relation]) if one.relation else "", _(one.observation), address)
        )  # fmt: skip
    columns = [
        _("Document"), _("Claim"), _("In the model"), _("What the record says"), _("What the model says"),
        _("Scenarios that ask"), _("The other document"), _("How they meet"), _("What would show it"),
        _("Address"),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def expectations(expected: Iterable[Mapping[str, Any]], seeds: Seeds) -> pd.DataFrame:
    """What a scenario's author expected before any run and whether the runs kept to it, one row each.

    `expected`: the rows of `sim.experiment.compare.Comparison.expected`.
    """
    places = {one.id: one.name for one in seeds.states()} | {one.id: one.label for one in seeds.industries()}
    directions = {"more": _("more"), "less": _("less")}
    verdicts = {True: _("as expected"), False: _("the opposite"), None: _("no clear difference")}
    rows = [
        (
            _("{measure}, {place}").format(
                measure=_(EVERY[one["measure"]].label), place=words.place_name(one["place"], places)
            ),
            directions[one["direction"]],
            verdicts[one["kept"]],
            _(one["why"]),
        )
        for one in expected
    ]
    return pd.DataFrame(rows, columns=[_("Measure"), _("Expected"), _("In the model"), _("Why")])
