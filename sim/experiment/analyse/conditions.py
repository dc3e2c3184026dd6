"""Conditions on outcomes as a person writes them: `usable_gap_years.POL > 2`, `reliance_fleet <= 40 %`."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.evidence.facts import quoted
from sim.evidence.index import number
from sim.evidence.seeds import Seeds
from sim.experiment.points import Outcome, outcome
from sim.experiment.result import TOTAL
from sim.policy.errors import ScenarioError

SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le,
}  # fmt: skip
FORM = re.compile(r"\s*([A-Za-z0-9_.]+)\s*(>=|<=|>|<)\s*([^\s%]+)\s*(%?)\s*")
EXAMPLE = "usable_gap_years.POL > 0.8"


@dataclass(frozen=True, slots=True)
class Condition:
    """An outcome beyond a limit, in the unit of its measure (shares from 0 to 1)."""

    outcome: Outcome
    sign: str
    limit: float

    @property
    def text(self) -> str:
        """As written on a command line."""
        return f"{self.outcome.id} {self.sign} {self.limit:g}"

    def holds(self, values: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """Where it holds; nowhere where there is no figure (nan)."""
        found: npt.NDArray[np.bool_] = SIGNS[self.sign](values, self.limit)
        return found


def condition(text: str, seeds: Seeds, option: str = "--fails") -> Condition:
    """Read a condition; raises ScenarioError with one sentence that names the option."""
    found = FORM.fullmatch(text)
    limit = number(found[3]) if found else None
    if found is None or limit is None:
        raise ScenarioError(
            f'{option}: {quoted(text)} is not of the form measure.place > number, such as "{EXAMPLE}"'
        )
    try:
        what = outcome(found[1], places(seeds), industries(seeds))
    except ScenarioError as error:
        raise ScenarioError(f"{option}: {error}") from None
    return Condition(what, found[2], limit / 100 if found[4] else limit)


def places(seeds: Seeds) -> Sequence[str]:
    """`europe_canada`, then the states."""
    return (TOTAL, *(state.id for state in seeds.states()))


def industries(seeds: Seeds) -> Sequence[str]:
    """The industries."""
    return tuple(one.id for one in seeds.industries())
