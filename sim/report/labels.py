"""Labels in words: who decides over a lever, how good a piece of evidence is."""

from __future__ import annotations

from sim.report.language import _


def group_title(group: str) -> str:
    """The heading of a group: who decides."""
    titles = {
        "alliance": _("The Alliance decides"),
        "brussels": _("Brussels decides"),
        "washington": _("Washington decides"),
        "seoul": _("Seoul decides"),
        "buyer": _("A buyer state decides"),
        "world": _("Nobody decides: the world"),
    }
    return titles[group]


def grade(letter: str) -> str:
    """A grade in words."""
    names = {
        "A": _("A, official or contract"),
        "B": _("B, good press"),
        "C": _("C, inferred"),
        "D": _("D, judgement"),
    }
    return names.get(letter, letter)
