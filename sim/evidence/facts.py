"""The records of the evidence: a fact, a source, an attribute of the data dictionary."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


class EvidenceError(ValueError):
    """The seeds cannot be used, or do not hold what was asked for; the text is one sentence."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One number about one subject: value within [low, high], in `unit`, as of a date.

    `grade`: A official or contract, B good press, C inferred, D judgement.
    """

    subject: str
    attribute: str
    value: float
    low: float
    high: float
    unit: str
    as_of: str
    sources: tuple[str, ...]
    grade: str
    note: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number was read; judgement and derived sources have no address."""

    id: str
    address: str
    title: str
    publisher: str
    kind: str
    seen: str
    note: str

    @property
    def name(self) -> str:
        """Its title, or the nearest thing to it."""
        return self.title or self.publisher or self.id


@dataclass(frozen=True, slots=True)
class Attribute:
    """One line of the data dictionary: what may be said of a kind of subject, in which unit and limits."""

    attribute: str
    subject_kind: str
    unit: str
    minimum: float | None
    maximum: float | None
    required: bool
    description: str


def nearest(word: str, known: Iterable[str]) -> str:
    """The end of an error sentence: names the known word nearest to `word` (at most 60 characters of it)."""
    candidates = sorted(set(known))
    if not candidates:
        return "there is none to choose from"
    close = get_close_matches(word[:60], candidates, n=1, cutoff=0.0)
    return f"the nearest is '{close[0] if close else candidates[0]}'"


def quoted(text: object) -> str:
    """A cell or value as it may be shown in an error: quoted and never longer than 60 characters."""
    shown = str(text)
    if len(shown) > 60:
        shown = shown[:57] + "..."
    return repr(shown)
