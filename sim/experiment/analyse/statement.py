"""Statements about a comparison that can be true or false: `gap_years.POL < base`, `usable_gap_years > 2`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sim.evidence.facts import quoted
from sim.experiment.points import Array, Outcome, outcome
from sim.policy.errors import ScenarioError

FORM: Final = re.compile(r"\s*([\w.]+)\s*([<>])\s*(base|-?\d+(?:\.\d+)?)\s*")
BASE: Final = "base"


@dataclass(frozen=True)
class Statement:
    """An outcome of OTHER lies below or above BASE's, or a number; true where the mean margin is above zero.

    threshold is None where BASE is meant, else a number in the unit of the measure (shares from 0 to 1).
    """

    outcome: Outcome
    below: bool
    threshold: float | None

    @property
    def text(self) -> str:
        """As written on a command line."""
        than = BASE if self.threshold is None else f"{self.threshold:g}"
        return f"{self.outcome.id} {'<' if self.below else '>'} {than}"

    def margin(self, base: Array, other: Array) -> Array:
        """By how much it holds in each replication (negative: it does not), in the unit of the measure."""
        than = base if self.threshold is None else self.threshold
        found: Array = than - other if self.below else other - than
        return found


def parse(text: str, places: Sequence[str], industries: Sequence[str]) -> Statement:
    """The statement as written; raises ScenarioError saying what can be written."""
    found = FORM.fullmatch(text)
    if found is None:
        raise ScenarioError(
            f"{quoted(text)} is not a statement such as 'gap_years.POL < base' or 'usable_gap_years.POL > 2'"
        )
    what, sign, than = found.groups()
    place = outcome(what, places, industries)
    return Statement(place, sign == "<", None if than == BASE else float(than))
