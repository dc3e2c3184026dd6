"""Names and labels of decisions: lines, outcomes, routes, parts of worth, obstacles, causes of waiting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sim.evidence.seeds import Seeds
from sim.policy.dates import month_text
from sim.report import words
from sim.report.language import _, mark

PARTS: Final = {
    "months": mark("Months to delivery"),
    "price": mark("Price"),
    "product": mark("The product itself"),
    "users": mark("Types in service, and other buyers"),
    "reliance": mark("Reliance on a foreign government"),
    "ties": mark("Ties: earlier purchases, security, Union, agreement"),
    "home": mark("Home industry and local work"),
    "credit": mark("Loan"),
    "fit": mark("Fit with what was asked for"),
}
OUTCOMES: Final = {
    "signed": mark("a contract is signed"),
    "waited": mark("no offer is good enough, and the buyer waits"),
    "no_offer": mark("no line makes an offer"),
    "collapsed": mark("the tender fails for other reasons, such as courts, elections or changed plans"),
    "no_money": mark("the money no longer reaches"),
    "no_stock": mark("another buyer took the last used units"),
}
ROUTES: Final = {
    "urgent": mark("urgent purchase"),
    "option": mark("call from a framework"),
    "government": mark("direct award"),
    "fms": mark("US government sale"),
    "competition": mark("competition"),
    "joint": mark("joint purchase"),
    "stock": mark("used stock"),
    "loan": mark("loan of equipment"),
}
REASONS: Final = {
    "framework": mark("framework call to another line"),
    "tier": mark("another class (lighter or heavier) is asked for"),
    "refused": mark("the sale is refused or barred on record"),
    "own_army_only": mark("made for its own armed forces only"),
    "buys_at_home": mark("the buyer buys such equipment at home only"),
    "export_date": mark("exports have not begun"),
    "seoul": mark("Seoul takes no new orders"),
    "washington": mark("Washington takes no new orders"),
    "units": mark("too few used units are left"),
    "plant": mark("no plant that could make it"),
    "calendar": mark("the queue reaches beyond the years that plants plan for"),
}
CAUSES: Final = {
    "process": mark("Consent of governments"),
    "finance": mark("Finance"),
    "queue": mark("Slots promised to others"),
    "ramp": mark("A plant not open yet"),
    "build": mark("Build time"),
    "residual": mark("Usual lateness of promises"),
    "supply": mark("The plant makes less than planned"),
    "priority": mark("Others are served first"),
    "licence": mark("A government withholds delivery"),
}


@dataclass(frozen=True)
class Names:
    """The names of ids as they stand in sentences; an unknown id stays as it is."""

    states: Mapping[str, str]
    categories: Mapping[str, str]
    units: Mapping[str, str]
    lines: Mapping[str, str]
    industries: Mapping[str, str]
    authorities: Mapping[str, str]

    def state(self, id: str) -> str:
        """A state: `Poland`."""
        return _(self.states.get(id, id))

    def state_within(self, id: str) -> str:
        """A state inside a sentence: `the United States`."""
        return words.place_within(id, self.states)

    def category(self, id: str) -> str:
        """A category inside a sentence: `main battle tanks`."""
        return lowered(_(self.categories.get(id, id)))

    def unit(self, id: str) -> str:
        """What a category is counted in: `tanks`."""
        return _(self.units.get(id, id))

    def line(self, id: str) -> str:
        """A production line, its place in brackets: `K2 tank (Changwon)`."""
        product, _comma, place = _(self.lines.get(id, id)).partition(", ")
        return _("{product} ({place})").format(product=product, place=place) if place else product

    def industry(self, id: str) -> str:
        """An industry: `Korea`."""
        return _(self.industries.get(id, id))

    def authority(self, id: str) -> str:
        """A government: `Republic of Korea`."""
        return _(self.authorities.get(id, id))


def names(seeds: Seeds) -> Names:
    """The names in the seeds."""
    return Names(
        states={one.id: one.name for one in seeds.states()},
        categories={one.id: one.label for one in seeds.categories()},
        units={one.id: one.unit_label for one in seeds.categories()},
        lines={one.id: one.name for one in seeds.lines()},
        industries={one.id: one.label for one in seeds.industries()},
        authorities={one.id: one.name for one in seeds.authorities()},
    )


def lowered(label: str) -> str:
    """A label inside a sentence: its first letter small, unless an abbreviation or a number starts it."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def month(index: float, start: str) -> str:
    """A month of the run in words; index counts from the start."""
    return words.month(month_text(round(index), start))
