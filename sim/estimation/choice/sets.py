"""Choice sets: a real decision, the offers on the table, and what each offer is in the words of the seeds."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sim.estimation.choice.files import Cells, check_date, check_sizes, country, is_chosen, units_of
from sim.evidence.facts import EvidenceError, nearest, quoted
from sim.evidence.orders import year_of
from sim.evidence.records import Line
from sim.evidence.seeds import Seeds

EARLIEST_OPENING = 2020.0  # the seeds give lines that were open before as opened then
USED = re.compile(r"\b(used|surplus|stock|lease|leased|second.?hand|ex-\w+)\b", re.IGNORECASE)
CATEGORIES: Mapping[str, str] = {
    "main battle tank": "main_battle_tank",
    "self-propelled howitzer": "self_propelled_howitzer",
    "infantry fighting vehicle": "infantry_fighting_vehicle",
    "rocket artillery": "rocket_artillery",
    "combat aircraft": "combat_aircraft",
    "ground-based air defence": "air_defence",
    "artillery ammunition": "artillery_ammunition_155mm",
    "submarine/frigate": "submarine",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """An offer; `line` and `family` are ids of the seeds or None where the system is not known there."""

    system: str
    supplier: str
    industry: str
    line: str | None
    family: str | None
    used: bool


@dataclass(frozen=True, slots=True)
class ChoiceSet:
    """A decision among offers: `chosen` is the place of the winner, `date` a year and its part.

    direct = no rival was reported, so that the set is assumed: what was for sale to this buyer then.
    quantity: units asked for; nan where it is not known.
    """

    id: str
    buyer: str
    date: float
    category: str
    offers: tuple[Offer, ...]
    chosen: int
    direct: bool = False
    quantity: float = math.nan


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A decision that is no choice set, and why."""

    id: str
    why: str


class Names:
    """Finds the line and family behind the name of a system."""

    def __init__(self, seeds: Seeds) -> None:
        """Read the alias table once."""
        self.lines: dict[str, Line] = {line.id: line for line in seeds.lines()}
        self.families = {one.id for one in seeds.families()} | {one.id for one in seeds.other_families()}
        self.categories = {one.id: one.category for one in seeds.lines()}
        self.categories |= {one.id: one.category for one in seeds.families()}
        self.categories |= {one.id: CATEGORIES[one.category] for one in seeds.other_families()}
        self.industries = {one.id: one.industry for one in seeds.authorities() if one.industry}
        self.known: dict[str, dict[str, str]] = {}
        for alias in seeds.aliases():
            if alias.id:
                self.known.setdefault(alias.kind, {})[plain(alias.name)] = alias.id

    def offer(self, system: str, supplier: str, family: str = "", category: str = "") -> Offer:
        """An offer by the name of its system and the country of its supplier.

        If given, by its family too, and of this category only: a frigate may be called as a howitzer is.
        """
        line, kind = self._find(system, family, supplier, category)
        return Offer(
            system=system,
            supplier=supplier or (self.lines[line].country if line else ""),
            industry=self.lines[line].industry if line else self.industry(supplier),
            line=line,
            family=kind,
            used=bool(USED.search(f"{system} {family}".replace("/", " "))) or _is_stock(self.lines, line),
        )

    def industry(self, supplier: str) -> str:
        """The industry of a country by the list of authorities; of any other country the fourth, `other`."""
        return self.industries.get(supplier, "other")

    def _find(self, system: str, family: str, supplier: str, category: str) -> tuple[str | None, str | None]:
        """By the exact name, then by the family column, then by the longest known name inside the name."""
        for kinds, name in ((("system", "past", "family"), system), (("family", "past", "system"), family)):
            for kind in kinds:
                found = self.known.get(kind, {}).get(plain(name))
                if found and self._fits(found, category):
                    return self._line_and_family(found, supplier)
        inside = self._inside(plain(system), category)
        return self._line_and_family(inside, supplier) if inside else (None, None)

    def _fits(self, found: str, category: str) -> bool:
        """Whether a line or family is of a category; of one that this model does not know any may be."""
        return category not in CATEGORIES.values() or self.categories.get(found, category) == category

    def _inside(self, system: str, category: str) -> str | None:
        """The id of the longest known name whose words are in this order in the name."""
        named = {
            name: found
            for kind in ("system", "past", "family")
            for name, found in self.known.get(kind, {}).items()
            if self._fits(found, category)
        }
        fits = [name for name in named if len(name) > 1 and f" {name} " in f" {system} "]
        return named[max(fits, key=len)] if fits else None

    def _line_and_family(self, found: str, supplier: str) -> tuple[str | None, str | None]:
        if found in self.lines:
            return found, self.lines[found].family
        makers = [one for one in self.lines.values() if one.family == found and one.kind != "stock"]
        makers.sort(key=lambda one: (one.country != supplier, one.kind == "local", one.id))
        return (makers[0].id if makers else None), (found if found in self.families else None)


def plain(name: str) -> str:
    """A name in small letters, one blank between words; 2A8NO are four words, so that K2NO holds K2."""
    return " ".join(re.findall(r"[a-z]+|[0-9]+", name.lower()))


def _is_stock(lines: Mapping[str, Line], line: str | None) -> bool:
    return line is not None and lines[line].kind == "stock"


def sets_of(
    seeds: Seeds, decisions: Iterable[Cells], offers: Iterable[Cells], flags: Iterable[Cells] = ()
) -> tuple[list[ChoiceSet], list[LeftOut]]:
    """The choice sets of two tables in the format of `seeds/`, and the decisions that are none.

    Raises EvidenceError where a row cannot be understood.
    """
    names, by_id, left = Names(seeds), _offers_by_decision(offers), []
    usable = {row["id"]: row.get("usable_for_choice_model", "1") == "1" for row in flags}
    found: list[ChoiceSet] = []
    seen: set[str] = set()
    states = [state.id for state in seeds.states()]
    for row in decisions:
        _check_decision(row, seen)
        mine, buyer = by_id.pop(row["id"], []), row["buyer_iso3"].upper()
        why = "" if usable.get(row["id"], True) else "not usable for a choice by its flags"
        if buyer not in states:
            why = f"unknown buyer {quoted(row['buyer_iso3'])}; {nearest(buyer, states)}"
        why = why or _why_not(mine)
        if why:
            left.append(LeftOut(row["id"], why))
            continue
        date, category = year_of(row["decision_date"]), _category(row["category"])
        options = tuple(names.offer(o["system"], country(o), o.get("family", ""), category) for o in mine)
        _check_suppliers(row["id"], options)
        chosen = next(at for at, o in enumerate(mine) if is_chosen(o))
        units = units_of(row)
        found.append(ChoiceSet(row["id"], buyer, date, category, options, chosen, quantity=units))
    check_sizes(len(seen), max((len(one.offers) for one in found), default=0))
    for name in by_id:
        raise EvidenceError(
            f"the offers name the decision {quoted(name)}, which is not among the decisions; "
            f"{nearest(name, seen)}"
        )
    return found, left


def _category(name: str) -> str:
    """A category in the words of this model, whatever its capitals."""
    return CATEGORIES.get(name.lower(), name)


def _offers_by_decision(offers: Iterable[Cells]) -> dict[str, list[Cells]]:
    found: dict[str, list[Cells]] = {}
    for row in offers:
        if not row["system"]:
            raise EvidenceError(f"an offer of {quoted(row['decision_id'])} has no system")
        is_chosen(row)  # refuses what is neither yes nor no
        found.setdefault(row["decision_id"], []).append(row)
    return found


def _check_suppliers(decision: str, offers: Sequence[Offer]) -> None:
    """Raise EvidenceError for an offer whose maker's country neither the file nor the seeds know."""
    for one in offers:
        if not one.supplier:
            raise EvidenceError(
                f"offer {quoted(one.system)} of {quoted(decision)} has no supplier_iso3, and the system is "
                "not known here"
            )


def _check_decision(row: Cells, seen: set[str]) -> None:
    name = row["id"]
    if not name or name in seen:
        raise EvidenceError(f"decision id {quoted(name)} is {'used twice' if name else 'blank'}")
    seen.add(name)
    check_date(row)


def _why_not(offers: Sequence[Cells]) -> str:
    """Why offers are no choice, or an empty text."""
    winners = sum(is_chosen(row) for row in offers)
    if len(offers) < 2:
        return "fewer than two offers are known"
    if winners != 1:
        return f"{winners} offers are marked as chosen"
    return ""


def seed_sets(seeds: Seeds) -> tuple[list[ChoiceSet], list[LeftOut]]:
    """The choice sets among the seeds' own decisions: those with reported rivals."""
    flags = [dict(row) for row in seeds.decision_flags()]
    for row in flags:
        if row["repeat_or_option_order"] == "1":
            row["usable_for_choice_model"] = "0"  # repeats inflate the worth of what a state has
    return sets_of(seeds, seeds.decisions(), seeds.offers(), flags)


def direct_sets(seeds: Seeds) -> list[ChoiceSet]:
    """Decisions of the seeds without reported rivals, each against all that was for sale to that buyer.

    Repeats, used equipment, provisional and cancelled choices are left out. The set is an assumption: lines
    of the same category and tier that were open for export to the buyer at that date.
    """
    names, flags = Names(seeds), {row["id"]: row for row in seeds.decision_flags()}
    found = []
    for row in seeds.decisions():
        flag, line = flags[row["id"]], names.lines.get(row["line"])
        out = ("repeat_or_option_order", "used_or_stock_equipment", "provisional", "cancelled_later",
               "component_only", "multi_winner")  # fmt: skip
        if line is None or flag["n_alternatives"] != "1" or any(flag[name] == "1" for name in out):
            continue
        date = year_of(row["decision_date"])
        lines = [one for one in names.lines.values() if _for_sale(seeds, one, line, row["buyer_iso3"], date)]
        options = tuple(_as_offer(one) for one in lines)
        if line in lines and len(lines) > 1:
            found.append(
                ChoiceSet(
                    row["id"],
                    row["buyer_iso3"],
                    date,
                    line.category,
                    options,
                    lines.index(line),
                    direct=True,
                    quantity=units_of(row),
                )
            )
    return found


def _for_sale(seeds: Seeds, one: Line, chosen: Line, buyer: str, date: float) -> bool:
    """Whether a line of the category and tier of the chosen one was open to a buyer at a date."""
    if one.category != chosen.category or one.tier != chosen.tier or one.kind == "stock":
        return False
    if one is chosen:
        return True
    if any(pair.buyer == buyer and pair.line == one.id for pair in seeds.refused_pairs()):
        return False
    opened = seeds.value(one.id, "opens") <= max(date, EARLIEST_OPENING)
    at_home = one.country == buyer or buyer in one.home
    return opened and (at_home or (not one.home_only and seeds.value(one.id, "export_from") <= date))


def _as_offer(line: Line) -> Offer:
    return Offer(line.name, line.authority, line.industry, line.id, line.family, used=False)
