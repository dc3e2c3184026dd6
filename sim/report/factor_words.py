"""Factors, outcomes and their changes in words, for the methods that move the numbers of the evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.evidence.seeds import Seeds
from sim.experiment.result import TOTAL
from sim.policy.levers import levers
from sim.report import numbers, units, words
from sim.report.language import _, plural
from sim.report.ledger import named
from sim.report.measures import EVERY, Measure
from sim.report.subjects import KINDS, Names

Record = Mapping[str, Any]
FIGURES = 4  # of a value that an analysis arrived at


class FactorWords:
    """What the records of an analysis speak of, in the reader's language."""

    def __init__(self, seeds: Seeds) -> None:
        """Read the names once."""
        self.seeds = seeds
        self.names = Names(seeds)
        self.levers = levers(seeds)
        self.places = self.names.states | {one.id: one.label for one in seeds.industries()}

    def factor(self, one: Record) -> str:
        """A factor of a record (`id`, `kind`, `members`): a fact, a lever, or all facts of one attribute."""
        if one["kind"] == "lever":
            return _(self.levers[one["id"]].label)
        if one["kind"] == "group":
            return self._group(one)
        subject = named(self.seeds, [one["id"]])[one["id"]].subject.name
        return words.started(_("{subject}: {what}").format(subject=subject, what=self._attributes(one)))

    def _group(self, one: Record) -> str:
        """All facts of one attribute: what they are about, what of it, and how many."""
        first = self.seeds.named[one["members"][0]]
        return plural(
            "{kind}: {what}, {number} number together",
            "{kind}: {what}, {number} numbers together",
            len(one["members"]),
        ).format(
            kind=_(KINDS[self.seeds.index.kind_of(first.subject, first.attribute)]),
            what=self._attributes(one),
            number=len(one["members"]),
        )

    def _attributes(self, one: Record) -> str:
        """What is moved of its subjects: mostly one attribute, of an order both its dates."""
        found = dict.fromkeys(self.seeds.named[name].attribute for name in one["members"])
        return words.listed([self.names.attribute(attribute) for attribute in found])

    def outcome(self, name: str) -> str:
        """An outcome such as `gap_years.POL`: the measure, and the place where it is a single one."""
        measure, _dot, place = name.partition(".")
        label = _(EVERY[measure].label)
        if place in ("", TOTAL):
            return label
        return _("{measure}, {place}").format(
            measure=label, place=words.place_name(place, {at: _(one) for at, one in self.places.items()})
        )

    def value(self, one: Record, value: float) -> str:
        """A value of a single fact or lever with its unit, in a few figures."""
        shown = value if one["unit"] == "year" else float(f"{value:.{FIGURES}g}")
        return units.quantity(shown, one["unit"], self._counted(one))

    def range(self, one: Record) -> str:
        """The range of a single fact or lever with its unit; nothing for facts moved together."""
        if one["kind"] == "group":
            return ""
        return units.span(one["low"], one["high"], one["unit"], self._counted(one))

    def sources(self, one: Record) -> str:
        """Who published what a single fact rests on."""
        from sim.report.ledger import cited

        return cited(named(self.seeds, [one["id"]])[one["id"]])

    def _counted(self, one: Record) -> str:
        if one["kind"] == "lever":
            return ""
        return named(self.seeds, [one["id"]])[one["id"]].subject.counted


def measure_of(outcome: str) -> Measure:
    """How the measure of an outcome such as `gap_years.POL` is shown."""
    return EVERY[outcome.partition(".")[0]]


def change(kind: str, part: Record, level: float = 0.0, short: bool = False) -> str:
    """A mean change with its interval: `48 days more (90 % interval: 46 to 50 days)`, or that there is none.

    short: in a table, whose heading names the interval.
    """
    if part["mean"] is None:
        return _("no figure")
    low, high = part["low"], part["high"]
    reach = max(abs(end) for end in (part["mean"], low, high) if end is not None)
    if part["mean"] == low == high == 0.0:
        return _("no change")
    if numbers.is_tiny(kind, reach, level):
        return _("practically no change")
    more = _("{size} more") if part["mean"] > 0.0 else _("{size} less")
    said = more.format(size=numbers.difference(kind, part["mean"], reach))
    if low is None or high is None:
        return said
    whole = _("{change} ({interval})") if short else _("{change} (90 % interval: {interval})")
    return whole.format(change=said, interval=numbers.bounds(kind, low, high, reach))


def axis(kind: str) -> tuple[float, str]:
    """How changes of a kind are drawn: the factor from the model's unit, and the title of the axis."""
    return {
        "share": (100.0, _("Change, percentage points")),
        "musd": (0.001, _("Change, $ bn")),
        "years": (1.0, _("Change, years")),
        "months": (1.0, _("Change, months")),
    }.get(kind, (1.0, _("Change")))


def grades(one: Record) -> str:
    """The grades of a factor, such as `B, C, D`; of a single fact with its meaning."""
    return words.grade(one["grades"]) if len(one["grades"]) == 1 else _(", ").join(one["grades"])
