"""The seeds as one frozen object: facts by subject and attribute, sources, and typed tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar, cast

from sim.evidence import records as t
from sim.evidence.check import check_folder
from sim.evidence.facts import Attribute, EvidenceError, Fact, Source, nearest, quoted
from sim.evidence.files import Folder, Row, read_folder
from sim.evidence.index import Index, build_index
from sim.evidence.starts import BASE
from sim.evidence.tables import TABLES

DEFAULT_FOLDER = Path(__file__).resolve().parents[2] / "seeds"
Cells = Mapping[str, str]
Record = TypeVar("Record")


@dataclass(frozen=True, eq=False)
class Seeds:
    """Everything under `seeds/`, checked, as it stands at one start ("2026-01" or "2022-02").

    facts: (subject, attribute) -> Fact; index: ids by kind, and (subject kind, attribute) -> Attribute;
    tables: table name -> rows as text; the methods give the same rows as typed records, in file order.
    """

    folder: Path
    start: str
    facts: Mapping[tuple[str, str], Fact]
    sources: Mapping[str, Source]
    index: Index
    tables: Mapping[str, tuple[Cells, ...]]
    records: Mapping[str, tuple[object, ...]]

    @cached_property
    def attributes(self) -> Mapping[tuple[str, str], Attribute]:
        """The data dictionary."""
        return MappingProxyType(self.index.attributes)

    @cached_property
    def named(self) -> Mapping[str, Fact]:
        """The facts by the name that scenarios and links give them: `subject.attribute`."""
        return MappingProxyType({f"{who}.{what}": fact for (who, what), fact in self.facts.items()})

    def fact(self, subject: str, attribute: str) -> Fact:
        """The fact about a subject; raises EvidenceError naming the nearest subject or attribute."""
        found = self.facts.get((subject, attribute))
        if found is not None:
            return found
        own = [name for who, name in self.facts if who == subject]
        if own:
            raise EvidenceError(
                f"the seeds hold no {quoted(attribute)} of {quoted(subject)}; {nearest(attribute, own)}"
            )
        others = {who for who, name in self.facts if name == attribute} or {who for who, _ in self.facts}
        raise EvidenceError(f"the seeds hold no subject {quoted(subject)}; {nearest(subject, others)}")

    def value(self, subject: str, attribute: str) -> float:
        """The central value of a fact, in the unit of its attribute; raises EvidenceError like `fact`."""
        return self.fact(subject, attribute).value

    def has(self, subject: str, attribute: str) -> bool:
        """Whether the seeds hold this fact (for attributes that are not required)."""
        return (subject, attribute) in self.facts

    def holding(self, values: Mapping[tuple[str, str], float]) -> Seeds:
        """These seeds with some facts, by subject and attribute, at a value that is taken as certain.

        Raises EvidenceError like `fact`.
        """
        held = {
            name: replace(self.fact(*name), value=value, low=value, high=value)
            for name, value in values.items()
        }
        return replace(self, facts=MappingProxyType({**self.facts, **held}))

    def states(self) -> tuple[t.State, ...]:
        """The NATO states."""
        return self._typed("states", t.State)

    def categories(self) -> tuple[t.Category, ...]:
        """The categories of equipment."""
        return self._typed("categories", t.Category)

    def families(self) -> tuple[t.Family, ...]:
        """The families of equipment, legacy ones included."""
        return self._typed("families", t.Family)

    def other_families(self) -> tuple[t.OtherFamily, ...]:
        """Types named in real decisions that no line of this model makes."""
        return self._typed("other_families", t.OtherFamily)

    def users(self) -> tuple[t.User, ...]:
        """Who first ordered which family when, beside what decisions and contracts say."""
        return self._typed("users", t.User)

    def published_ranks(self) -> tuple[t.PublishedRank, ...]:
        """Which state published when that it had ranked a family first."""
        return self._typed("published_ranks", t.PublishedRank)

    def needs(self) -> tuple[t.Need, ...]:
        """Which state has a need in which category."""
        return self._typed("needs", t.Need)

    def industries(self) -> tuple[t.Industry, ...]:
        """The four industries."""
        return self._typed("industries", t.Industry)

    def authorities(self) -> tuple[t.Authority, ...]:
        """The governments that could withhold."""
        return self._typed("authorities", t.Authority)

    def suppliers(self) -> tuple[t.Supplier, ...]:
        """The firms."""
        return self._typed("suppliers", t.Supplier)

    def lines(self) -> tuple[t.Line, ...]:
        """The production lines."""
        return self._typed("lines", t.Line)

    def line_authorities(self) -> tuple[t.LineAuthority, ...]:
        """Who could withhold which line's goods at which stage."""
        return self._typed("line_authorities", t.LineAuthority)

    def refused_pairs(self) -> tuple[t.RefusedPair, ...]:
        """Documented refusals between a buyer and a line."""
        return self._typed("refused_pairs", t.RefusedPair)

    def contracts(self) -> tuple[t.Contract, ...]:
        """Firm orders in the books at the start."""
        return self._typed("contracts", t.Contract)

    def aliases(self) -> tuple[t.Alias, ...]:
        """Spellings in the evidence and the ids they mean."""
        return self._typed("aliases", t.Alias)

    def deliveries(self) -> tuple[t.Delivery, ...]:
        """The delivery record."""
        return self._typed("deliveries", t.Delivery)

    def policies(self) -> tuple[t.Policy, ...]:
        """Real policy instruments."""
        return self._typed("policies", t.Policy)

    def levers(self) -> tuple[t.LeverRow, ...]:
        """The words of the levers (`sim.policy.levers.levers` joins them with their numbers)."""
        return self._typed("levers", t.LeverRow)

    def shocks(self) -> tuple[t.ShockRow, ...]:
        """The words of the shock cards (`sim.policy.shocks.shocks` joins them with their numbers)."""
        return self._typed("shocks", t.ShockRow)

    def shock_effects(self) -> tuple[t.ShockEffect, ...]:
        """Which lever each card moves."""
        return self._typed("shock_effects", t.ShockEffect)

    def open_tenders(self) -> tuple[t.OpenTender, ...]:
        """Purchases announced but not in the books at the start."""
        return self._typed("open_tenders", t.OpenTender)

    def frameworks(self) -> tuple[t.Framework, ...]:
        """Frames signed before the start of which a part is not ordered yet."""
        return self._typed("frameworks", t.Framework)

    def gifts(self) -> tuple[t.Gift, ...]:
        """Equipment known to be given away after the start."""
        return self._typed("gifts", t.Gift)

    def documents(self) -> tuple[t.Document, ...]:
        """The two documents whose theses are compared."""
        return self._typed("documents", t.Document)

    def claims(self) -> tuple[t.Claim, ...]:
        """The claims of the two documents."""
        return self._typed("claims", t.Claim)

    def dissents(self) -> tuple[t.Dissent, ...]:
        """Other values that somebody gives for a fact of the base."""
        return self._typed("dissents", t.Dissent)

    def observed(self) -> tuple[t.Observed, ...]:
        """Published aggregates to check against."""
        return self._typed("observed", t.Observed)

    def decisions(self) -> tuple[Cells, ...]:
        """Real procurement decisions, as text rows with the columns of the evidence."""
        return self.tables["decisions"]

    def offers(self) -> tuple[Cells, ...]:
        """The offers of each decision, as text rows."""
        return self.tables["decisions_offers"]

    def decision_flags(self) -> tuple[Cells, ...]:
        """Which decisions can be used for what, as text rows."""
        return self.tables["decision_flags"]

    def _typed(self, table: str, kind: type[Record]) -> tuple[Record, ...]:
        return cast("tuple[Record, ...]", self.records[table])


def load_seeds(folder: Path | None = None, start: str = BASE) -> Seeds:
    """The checked seeds of a folder (default: the repository's `seeds/`, read once) at a start.

    Raises EvidenceError with the first problem and the count when anything in the folder is wrong, and when
    the start is unknown.
    """
    return _load_default(start) if folder is None else _load(folder, start)


@cache
def _load_default(start: str) -> Seeds:
    return _load(DEFAULT_FOLDER, start)


def _load(path: Path, start: str) -> Seeds:
    folder = read_folder(path, start)
    problems = [problem for problem in check_folder(folder) if problem.level == "error"]
    if problems:
        more = f" (and {len(problems) - 1} more problems)" if len(problems) > 1 else ""
        raise EvidenceError(f"{problems[0]}{more}")
    return _seeds(folder)


def _seeds(folder: Folder) -> Seeds:
    """Turns checked rows into records; only called when the check found nothing wrong."""
    facts = {(fact.subject, fact.attribute): fact for fact in map(_fact, folder.facts)}
    sources = {row.cells["id"]: Source(**row.cells) for row in folder.sources}
    rows = {name: tuple(MappingProxyType(dict(row.cells)) for row in folder.tables[name]) for name in TABLES}
    records: dict[str, tuple[object, ...]] = {}
    for name, table in TABLES.items():
        if table.record is not None:
            records[name] = tuple(t.build(table.record, cells) for cells in rows[name])
    return Seeds(
        folder=folder.path,
        start=folder.start.id,
        facts=MappingProxyType(facts),
        sources=MappingProxyType(sources),
        index=build_index(folder),
        tables=MappingProxyType(rows),
        records=MappingProxyType(records),
    )


def _fact(row: Row) -> Fact:
    cells = row.cells
    return Fact(
        subject=cells["subject"],
        attribute=cells["attribute"],
        value=float(cells["value"]),
        low=float(cells["low"]),
        high=float(cells["high"]),
        unit=cells["unit"],
        as_of=cells["as_of"],
        sources=t.parts(cells["source"]),
        grade=cells["grade"],
        note=cells["note"],
    )
