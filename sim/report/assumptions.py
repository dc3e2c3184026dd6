"""Facts that a scenario holds at a value of its own, in words beside what the evidence says."""

from __future__ import annotations

from sim.report import units, words
from sim.report.language import _
from sim.report.ledger import Entry


def sentence(entry: Entry, value: float) -> str:
    """One held number as a full sentence, with the value and range it replaces."""
    held = units.quantity(value, entry.fact.unit, entry.subject.counted)
    if entry.fact.low == entry.fact.high:
        return _("{what} is held at {value} instead of {usual}.").format(
            what=entry.what, value=held, usual=entry.value
        )
    return _("{what} is held at {value} in every run; the evidence says {usual} ({range}).").format(
        what=entry.what, value=held, usual=entry.value, range=entry.range
    )


def evidence(entry: Entry) -> str:
    """Value, range, grade and meaning of a number, on one line."""
    known = [
        _("Evidence: {value}; range {range}; grade {grade}.").format(
            value=entry.value, range=entry.range, grade=words.grade(entry.fact.grade)
        ),
        f"{entry.meaning.rstrip('.')}." if entry.meaning else "",
        _("As of {date}.").format(date=entry.fact.as_of),
    ]
    return " ".join(part for part in known if part)


def label(entry: Entry) -> str:
    """What is to be typed for a number and in which unit, such as `requirement (tanks)`."""
    unit = units.unit(entry.fact.unit, entry.subject.counted)
    return f"{entry.attribute} ({unit})" if unit else entry.attribute
