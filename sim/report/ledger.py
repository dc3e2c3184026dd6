"""The ledger of facts: every number of the seeds in words, what it rests on, and how to find it.

Pure functions of the seeds; the Evidence page shows what they return.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from sim.evidence.facts import EvidenceError, Fact, Source, nearest, quoted
from sim.evidence.seeds import Seeds
from sim.evidence.starts import BASE
from sim.evidence.tables import GRADES
from sim.policy.assumptions import find_fact
from sim.report import units, words
from sim.report.language import _, mark, plural
from sim.report.subjects import KINDS, Names, Subject

NOT_READ = ("judgement", "derived")  # sources without a page
SOURCE_KINDS = {
    "official": mark("official"),
    "press": mark("press"),
    "research": mark("research"),
    "company": mark("company"),
    "judgement": mark("judgement"),
    "derived": mark("derived"),
}


@dataclass(frozen=True)
class Entry:
    """One fact in words; `meaning` is the line of the data dictionary on its attribute."""

    fact: Fact
    subject: Subject
    attribute: str
    meaning: str
    sources: tuple[Source, ...]

    @property
    def key(self) -> str:
        """What a link names it by: `subject.attribute`."""
        return f"{self.fact.subject}.{self.fact.attribute}"

    @property
    def what(self) -> str:
        """Subject and attribute in words."""
        return f"{self.subject.name}: {self.attribute}"

    @property
    def value(self) -> str:
        """The value with its unit."""
        return units.quantity(self.fact.value, self.fact.unit, self.subject.counted)

    @property
    def range(self) -> str:
        """Low to high with their unit."""
        return units.span(self.fact.low, self.fact.high, self.fact.unit, self.subject.counted)

    @property
    def address(self) -> str:
        """The first page it was read on; empty for judgements and derived numbers."""
        return next((one.address for one in self.sources if one.address), "")

    @cached_property
    def text(self) -> str:
        """Everything a search looks at, in small letters."""
        named = [part for one in self.sources for part in (one.title, one.publisher, one.id)]
        parts = (self.key, self.what, self.meaning, self.fact.note, _(KINDS[self.subject.kind]), *named)
        return " ".join(parts).lower()


def entries(seeds: Seeds) -> tuple[Entry, ...]:
    """Every fact of the seeds in words, by kind of subject and then as they stand in the files."""
    names, order = Names(seeds), list(KINDS)
    found = (_entry(fact, names) for fact in seeds.facts.values())
    return tuple(sorted(found, key=lambda one: order.index(one.subject.kind)))


def named(seeds: Seeds, keys: Collection[str]) -> dict[str, Entry]:
    """The facts of these names (`subject.attribute`) in words; raises ScenarioError for an unknown one."""
    if not keys:
        return {}
    names = Names(seeds)
    return {key: _entry(find_fact(key, seeds), names) for key in keys}


def _entry(fact: Fact, names: Names) -> Entry:
    subject = names.of(fact.subject, fact.attribute)
    meaning = names.meaning(subject.kind, fact.attribute)
    sources = tuple(names.seeds.sources[name] for name in fact.sources)
    return Entry(fact, subject, names.attribute(fact.attribute), meaning, sources)


def headline(ledger: Sequence[Entry]) -> str:
    """How many numbers there are, how many of each grade, and how many rest on judgement alone."""
    count = Counter(one.fact.grade for one in ledger)
    grades = words.listed(
        [
            _("{number} of grade {grade} ({meaning})").format(
                number=f"{count[one]:,}", grade=one, meaning=words.grade_meaning(one)
            )
            for one in GRADES
        ]
    )
    alone = sum(one.fact.sources == ("judgement",) for one in ledger)
    return plural(
        "{number} number stands behind this model: {grades}. {alone} rest on judgement alone.",
        "{number} numbers stand behind this model: {grades}. {alone} rest on judgement alone.",
        len(ledger),
    ).format(number=f"{len(ledger):,}", grades=grades, alone=f"{alone:,}")


def legend() -> str:
    """What the grades mean, and what is said of stocks."""
    return _(
        "Grades: A official text or contract, B good press, C inferred or worked out from sourced numbers, "
        "D judgement with a wide range. Stocks of named states are illustrative, from public sources."
    )


def search(
    ledger: Iterable[Entry], text: str = "", kinds: Collection[str] = (), grades: Collection[str] = ()
) -> list[Entry]:
    """The facts that hold every word of the text and are of these kinds and grades; none given means all."""
    asked = text.lower().split()
    return [
        one
        for one in ledger
        if (not kinds or one.subject.kind in kinds)
        and (not grades or one.fact.grade in grades)
        and all(word in one.text for word in asked)
    ]


def find(ledger: Sequence[Entry], key: str) -> Entry:
    """The fact a link names; a lever of one state may stand in its family (`agreement.*`).

    Raises EvidenceError, in one sentence, naming the nearest fact.
    """
    known = {one.key: one for one in ledger}
    if key in known:
        return known[key]
    parts = key.split(".")
    for place in range(1, len(parts) - 1):
        family = ".".join((*parts[:place], "*", *parts[place + 1 :]))
        if family in known:
            return known[family]
    same = [one for one in known if one.startswith(f"{parts[0]}.")] or known
    sentence = _("The seeds hold no number {key}; {nearest}. Search for it below.")
    raise EvidenceError(sentence.format(key=quoted(key), nearest=nearest(key, same)))


def table(ledger: Iterable[Entry]) -> pd.DataFrame:
    """One row per fact, in words, for the page."""
    rows = [
        (one.what, one.value, one.range, one.fact.grade, cited(one), one.address or None, one.fact.note,
         _(KINDS[one.subject.kind]), one.fact.as_of, one.key)
        for one in ledger
    ]  # fmt: skip
    columns = [
        _("What"), _("Value"), _("Range"), _("Grade"), _("Source"), _("Address"), _("Note"), _("Kind"),
        _("As of"), _("Name in links"),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def raw_table(ledger: Iterable[Entry]) -> pd.DataFrame:
    """One row per fact as in the seeds, with kind, words and addresses, for the download."""
    return pd.DataFrame(
        {
            "subject": one.fact.subject,
            "attribute": one.fact.attribute,
            "what": one.what,
            "kind": one.subject.kind,
            "value": one.fact.value,
            "low": one.fact.low,
            "high": one.fact.high,
            "unit": one.fact.unit,
            "as_of": one.fact.as_of,
            "grade": one.fact.grade,
            "source": ";".join(one.fact.sources),
            "address": ";".join(source.address for source in one.sources if source.address),
            "note": one.fact.note,
        }
        for one in ledger
    )


def cited(entry: Entry) -> str:
    """Who published what a fact rests on; judgements and derived numbers by their name."""
    return ", ".join(dict.fromkeys(one.publisher or title(one) for one in entry.sources))


def title(source: Source) -> str:
    """The title of a source, or the nearest thing to it."""
    named = {"judgement": _("our own judgement"), "derived": _("worked out from other numbers")}
    return named.get(source.id, source.name)


def use(entry: Entry, drawn: bool) -> str:
    """What a run does with the fact, in one sentence."""
    fixed = {
        "lever": _("It is a setting: low and high are the ends of its slider, and nothing is drawn."),
        "observed": _("No run reads it: results are held against it."),
        "policy": _("No run reads it: it describes an instrument on which levers rest."),
    }
    if entry.subject.kind in fixed:
        return fixed[entry.subject.kind]
    if drawn:
        return _(
            "Each replication draws it anew from a triangular distribution: never below low or above high, "
            "most often near the value."
        )
    if entry.fact.low < entry.fact.high:
        return _("It has a range, but it is not drawn: where a run uses it, it takes the value as it stands.")
    return _("It has no range: where a run uses it, it takes the value as it stands.")


def sharing(ledger: Iterable[Entry], entry: Entry) -> dict[Source, list[Entry]]:
    """The other facts that rest on each page of a fact; judgement and derivation are no page."""
    found: dict[Source, list[Entry]] = {one: [] for one in entry.sources if one.id not in NOT_READ}
    for other in ledger:
        if other.key != entry.key:
            for source in other.sources:
                if source in found:
                    found[source].append(other)
    return found


def sources_table(seeds: Seeds, ledger: Iterable[Entry]) -> pd.DataFrame:
    """One row per source: how many facts rest on it, and where it is; the most used first."""
    used = Counter(name for one in ledger for name in one.fact.sources)
    listed = sorted(seeds.sources.values(), key=lambda one: (-used[one.id], one.id))
    rows = [
        (title(one), one.publisher, used[one.id], _(SOURCE_KINDS.get(one.kind, one.kind)), one.seen,
         one.address or None, one.note)
        for one in listed
    ]  # fmt: skip
    columns = [_("Title"), _("Publisher"), _("Numbers"), _("Kind"), _("Read"), _("Address"), _("Note")]
    return pd.DataFrame(rows, columns=columns)


def dissent(seeds: Seeds, ledger: Sequence[Entry]) -> pd.DataFrame:
    """One row per value that somebody else gives for a fact, beside the value that is used.

    Other values are recorded for the base; an earlier start has numbers of its own.
    """
    known: Mapping[tuple[str, str], Entry] = {(one.fact.subject, one.fact.attribute): one for one in ledger}
    rows = []
    for one in seeds.dissents() if seeds.start == BASE else ():
        entry = known.get((one.subject, one.attribute))
        if entry is not None:
            other = units.quantity(float(one.other), entry.fact.unit, entry.subject.counted)
            pages = [seeds.sources[name] for name in one.source]
            address = next((page.address for page in pages if page.address), None)
            rows.append((entry.what, entry.value, cited(entry), other, one.who, one.note, address, entry.key))
    columns = [
        _("What"), _("Value used"), _("Source"), _("Other value"), _("Whose"), _("Why not taken"),
        _("Address"), _("Name in links"),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)
