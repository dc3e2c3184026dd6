"""One record per kind of row of the wide tables; its fields, in order, are the columns of the table.

Without slots: creating a class with slots takes twice as long, and importing must stay quick.
(No `from __future__ import annotations` here: the field types are read to convert the cells.)
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TypeVar

Names = tuple[str, ...]
Record = TypeVar("Record")


@dataclass(frozen=True)
class State:
    """A NATO state; `numeric` is its ISO 3166 number as three digits, the flags are membership today."""

    id: str
    name: str
    numeric: str
    eu: bool
    safe_content: bool
    european_iiss: bool
    nato_since: str
    europe_canada: bool
    neighbours: Names
    home_industries: Names
    source: Names
    note: str


@dataclass(frozen=True)
class Category:
    """A kind of equipment that is counted in its own unit and never added to another."""

    id: str
    label: str
    unit_label: str
    note: str


@dataclass(frozen=True)
class Family:
    """A type in service; `authorities_support` could withhold its spares and support."""

    id: str
    name: str
    category: str
    legacy: bool
    authorities_support: Names
    source: Names
    note: str


@dataclass(frozen=True)
class OtherFamily:
    """A type named in real decisions that no line of this model makes; `category` in the words of those."""

    id: str
    name: str
    category: str
    country: str
    source: Names
    note: str


@dataclass(frozen=True)
class User:
    """When a state first ordered a family (year or month) and, blank if it has it still, when it went."""

    family: str
    state: str
    since: str
    until: str
    source: Names
    grade: str
    note: str


@dataclass(frozen=True)
class PublishedRank:
    """A state that published, in a month, that it had ranked a family before its `rivals`."""

    family: str
    state: str
    month: str
    rivals: Names
    source: Names
    grade: str
    note: str


@dataclass(frozen=True)
class Need:
    """That a state has a need in a category, and which tiers of equipment may meet it."""

    state: str
    category: str
    home_only: bool
    accepts: Names
    source: Names
    grade: str
    note: str


@dataclass(frozen=True)
class Industry:
    """One of the four groups of suppliers, with its colour on charts."""

    id: str
    label: str
    colour: str


@dataclass(frozen=True)
class Authority:
    """A government that could withhold delivery, support or re-transfer."""

    id: str
    name: str
    industry: str
    nato: bool
    eu: bool


@dataclass(frozen=True)
class Supplier:
    """A firm that offers equipment."""

    id: str
    name: str
    country: str
    industry: str
    source: Names
    grade: str
    note: str


@dataclass(frozen=True)
class Line:
    """One plant and one product; `home` are the states it serves as a domestic maker."""

    id: str
    name: str
    category: str
    family: str
    supplier: str
    industry: str
    country: str
    home: Names
    tier: str
    kind: str
    home_only: bool
    authority: str
    status: str
    source: Names
    grade: str
    note: str


@dataclass(frozen=True)
class LineAuthority:
    """A government that could withhold a line's goods at one stage: delivery, support or retransfer."""

    line: str
    authority: str
    stage: str
    source: Names
    grade: str
    note: str


@dataclass(frozen=True)
class RefusedPair:
    """A documented refusal or bar between a buyer and a line."""

    buyer: str
    line: str
    source: Names
    grade: str
    note: str


@dataclass(frozen=True)
class Contract:
    """A firm order in the books at the start; its numbers are facts with the contract's id as subject."""

    id: str
    buyer: str
    line: str
    route: str
    signed: str
    decision: str
    source: Names
    grade: str
    note: str


@dataclass(frozen=True)
class Alias:
    """How a name in the evidence is spelt, and the id it means (blank: outside the modelled market)."""

    name: str
    kind: str
    id: str
    note: str


@dataclass(frozen=True)
class Delivery:
    """One line of the delivery record: promised against actual first delivery, dates YYYY-MM or YYYY.

    Where the date of the first is not known: `none_by`, none had come by then; `some_by`, some had.
    """

    id: str
    line: str
    buyer: str
    signed: str
    promised: str
    actual: str
    none_by: str
    some_by: str
    kind: str
    quantity: str
    source: Names
    grade: str
    note: str


@dataclass(frozen=True)
class Policy:
    """A real policy instrument; its numbers are facts with the policy's id as subject."""

    id: str
    actor: str
    instrument: str
    kind: str
    start: str
    end: str
    effect: str
    source: Names
    grade: str
    note: str


@dataclass(frozen=True)
class LeverRow:
    """A lever's words; `*` in the id stands for every state (doctrine) or category (output)."""

    id: str
    group: str
    label: str
    help: str
    cost: str
    kind: str


@dataclass(frozen=True)
class ShockRow:
    """A card's words; its probability, duration and effects are facts."""

    id: str
    label: str
    affected: str
    episode: str
    correlated_with: Names
    source: Names
    grade: str
    note: str


@dataclass(frozen=True)
class ShockEffect:
    """Which lever a card moves and how; by how much is the fact `effect.<lever>` of the card."""

    shock: str
    lever: str
    operation: str


@dataclass(frozen=True)
class OpenTender:
    """A purchase announced but not in the books at the start; `line` is blank while makers compete."""

    id: str
    buyer: str
    line: str
    category: str
    expected: str
    status: str
    source: Names
    grade: str
    note: str


@dataclass(frozen=True)
class Framework:
    """A signed frame of which a part is not ordered yet; how many units is the fact `units` of its id."""

    id: str
    buyer: str
    line: str
    signed: str
    expires: str
    source: Names
    grade: str
    note: str


@dataclass(frozen=True)
class Gift:
    """Equipment that leaves a state's stock after the start because it is given away (fact `units`)."""

    id: str
    state: str
    category: str
    family: str
    month: str
    source: Names
    grade: str
    note: str


@dataclass(frozen=True)
class Document:
    """One of the two documents whose theses are compared; their texts are not reproduced."""

    id: str
    title: str
    author: str
    date: str
    address: str
    label: str
    note: str


@dataclass(frozen=True)
class Claim:
    """A claim of one of the two documents, what stands for it here, and claims of the other that meet it."""

    id: str
    document: str
    claim: str
    represented_by_kind: str
    represented_by: str
    observation: str
    note: str
    source: Names
    counterpart: Names
    relation: str


@dataclass(frozen=True)
class Dissent:
    """Another value that somebody gives for a fact, in the fact's unit, and why it was not taken."""

    subject: str
    attribute: str
    other: str
    who: str
    source: Names
    note: str


@dataclass(frozen=True)
class Observed:
    """A published aggregate that results can be held against, under its own definition."""

    id: str
    label: str
    definition: str
    period: str
    note: str


def parts(cell: str) -> Names:
    """The parts of a `;` list cell, without blanks around them."""
    if ";" not in cell:  # nearly always, and splitting takes time on thousands of rows
        return (cell,) if cell else ()
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def build(record: type[Record], cells: Mapping[str, str]) -> Record:
    """One checked row as its record: flags become bool, list cells tuples, the rest stays text."""
    values: dict[str, object] = {}
    for item in fields(record):  # type: ignore[arg-type]
        cell = cells[item.name]
        values[item.name] = cell == "1" if item.type is bool else parts(cell) if item.type == Names else cell
    return record(**values)
