"""What each fact is about, in plain words: names of states, fleets, lines, orders, levers, cards, rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sim.evidence.index import generic
from sim.evidence.seeds import Seeds
from sim.policy.levers import levers
from sim.report import words
from sim.report.language import _, mark

# Kinds of subject in the order in which they are listed.
KINDS = {
    "state": mark("State"),
    "fleet": mark("Fleet"),
    "fleet_family": mark("Fleet by type"),
    "category": mark("Category of equipment"),
    "line": mark("Production line"),
    "contract": mark("Order in the books"),
    "open_tender": mark("Announced purchase"),
    "framework": mark("Framework or option"),
    "gift": mark("Equipment given away"),
    "lever": mark("Lever"),
    "shock": mark("Shock card"),
    "rule": mark("Rule of the model"),
    "policy": mark("Policy instrument"),
    "observed": mark("Published figure to check against"),
    "industry": mark("Industry"),
}
FLEETS = ("fleet", "fleet_family")
RULES = {
    "need": mark("How needs arise"),
    "money": mark("Money of a state"),
    "tender": mark("Tenders"),
    "quote": mark("Offers of makers"),
    "choice": mark("A buyer’s choice"),
    "produce": mark("Production"),
    "slip": mark("Lateness"),
    "usable": mark("From delivery to use"),
    "invest": mark("Investment in plants"),
    "trust": mark("Trust"),
    "partners": mark("What Seoul can give"),
    "fleet": mark("Fleets"),
    "shock": mark("Shock cards"),
}
# Attributes whose id does not read like words; the data dictionary says what each one means.
ATTRIBUTES = {
    "default": mark("setting at the start"),
    "value_observed": mark("published value"),
    "gdp": mark("gross domestic product"),
    "us_tie": mark("tie to the United States"),
    "safe_allocation": mark("EU loans set aside"),
    "modelled_share": mark("part of equipment money for the eight categories"),
    "legacy_due": mark("old equipment due to leave"),
    "rate_now": mark("output now"),
    "rate_planned": mark("output planned"),
    "rate_planned_year": mark("year of the planned output"),
    "output_share": mark("real against claimed output"),
    "outside_share": mark("part for other customers"),
    "outside_backlog": mark("queue of other customers"),
    "content_europe": mark("European content"),
    "local_share_max": mark("most work offered to a buyer"),
    "growth_cap": mark("fastest growth"),
    "support_rate": mark("support a year"),
    "paid_share": mark("part already paid"),
    "local_share": mark("part made in the buyer state"),
    "first_due": mark("first due"),
    "last_due": mark("last due"),
}


@dataclass(frozen=True)
class Subject:
    """What a fact is about: its kind, its name in words, and what its units are (tanks, guns)."""

    kind: str
    name: str
    counted: str = ""


class Names:
    """The subjects of one set of seeds by kind and id, in the reader's language."""

    def __init__(self, seeds: Seeds) -> None:
        """Read the names once; a list of facts asks for thousands of them."""
        self.seeds = seeds
        self.states = {one.id: _(one.name) for one in seeds.states()}
        self.categories = {one.id: _(one.label) for one in seeds.categories()}
        self.counted = {one.id: _(one.unit_label) for one in seeds.categories()}
        self.lines = {one.id: one for one in seeds.lines()}
        self.families = {one.id: one.name for one in seeds.families()}
        self.known = {(one.kind, name): one for name, one in self._all()}

    def of(self, subject: str, attribute: str) -> Subject:
        """What a fact is about; a subject without a name of its own keeps its id."""
        kind = self.seeds.index.kind_of(subject, attribute)
        found = self.known.get((kind, subject))
        if found is not None:
            return found
        if kind in FLEETS:
            return self._fleet(subject)
        return Subject(kind, _(RULES[subject]) if subject in RULES else subject.replace("_", " "))

    def attribute(self, attribute: str) -> str:
        """The name of an attribute in words: `rate_now` is `rate now`, an effect names its lever."""
        if attribute.startswith("effect."):
            lever = self.known.get(("lever", attribute.removeprefix("effect.")))
            return _("effect on “{lever}”").format(lever=lever.name if lever else attribute)
        return _(ATTRIBUTES[attribute]) if attribute in ATTRIBUTES else attribute.replace("_", " ")

    def meaning(self, kind: str, attribute: str) -> str:
        """The line of the data dictionary on an attribute."""
        found = self.seeds.attributes.get((kind, generic(attribute)))
        return found.description if found is not None else ""

    def _fleet(self, subject: str) -> Subject:
        """A fleet such as `POL.main_battle_tank`, or one type of it such as `POL.main_battle_tank.k2`."""
        state, category, *family = subject.split(".")
        name = f"{self.states[state]}, {self.categories.get(category, category)}"
        counted = self.counted.get(category, "")
        if not family:
            return Subject("fleet", name, counted)
        return Subject("fleet_family", f"{name}: {self.families.get(family[0], family[0])}", counted)

    def _all(self) -> Iterator[tuple[str, Subject]]:
        yield from ((one, Subject("state", name)) for one, name in self.states.items())
        for category, name in self.categories.items():
            yield category, Subject("category", name, self.counted[category])
        for one in self.lines.values():
            yield one.id, Subject("line", one.name, self.counted[one.category])
        yield from self._purchases()
        yield from self._choices()
        for industry in self.seeds.industries():
            yield industry.id, Subject("industry", _(industry.label))
        for policy in self.seeds.policies():
            actor = self.states.get(policy.actor, policy.actor)
            yield policy.id, Subject("policy", f"{policy.instrument} ({actor})")
        for figure in self.seeds.observed():
            yield figure.id, Subject("observed", f"{figure.label}, {figure.period}")

    def _purchases(self) -> Iterator[tuple[str, Subject]]:
        """Orders, announced purchases, frameworks and gifts: who, what, when."""
        for order in self.seeds.contracts():
            yield order.id, self._bought("contract", order.buyer, order.line, order.signed)
        for frame in self.seeds.frameworks():
            yield frame.id, self._bought("framework", frame.buyer, frame.line, frame.signed)
        for tender in self.seeds.open_tenders():
            if tender.line:
                yield tender.id, self._bought("open_tender", tender.buyer, tender.line, tender.expected)
            else:
                what = f"{self.states[tender.buyer]}, {self.categories[tender.category]}, {tender.expected}"
                yield tender.id, Subject("open_tender", what, self.counted[tender.category])
        for gift in self.seeds.gifts():
            what = f"{self.states[gift.state]}, {self.families.get(gift.family, gift.family)}, {gift.month}"
            yield gift.id, Subject("gift", what, self.counted[gift.category])

    def _bought(self, kind: str, buyer: str, line: str, when: str) -> Subject:
        made = self.lines[line]
        return Subject(kind, f"{self.states[buyer]}, {made.name}, {when}", self.counted[made.category])

    def _choices(self) -> Iterator[tuple[str, Subject]]:
        """Levers, their families (`agreement.*` stands for all states) and shock cards."""
        for lever in levers(self.seeds).values():
            yield lever.id, Subject("lever", _(lever.label))
        for row in self.seeds.levers():
            if "*" in row.id:
                whole = (
                    _("{label}, one for each category")
                    if row.id == "output.*"
                    else _("{label}, one for each state")
                )
                yield row.id, Subject("lever", whole.format(label=_(row.label)))
        for card in self.seeds.shocks():
            yield card.id, Subject("shock", _(card.label))


def date(text: str) -> str:
    """A date of the seeds (`2025` or `2025-12`) in words."""
    return words.month(text) if "-" in text else text
