"""A method of the Analyse page: its question in plain words, its controls, its runs, its result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.experiment.kept import Record
from sim.experiment.points import Work
from sim.policy.scenario import Scenario
from sim.report import charts
from sim.report.charts import Palette
from sim.web.analyse_fields import Arguments, Field
from sim.web.catalogue import Catalogue


@dataclass(frozen=True)
class Prepared:
    """An experiment that can start: its scenarios, how many replications it takes, and what carries it out.

    command: the same on a command line; notes: what to know about it. at_most: the method may need fewer.
    """

    scenarios: tuple[Scenario, ...]
    replications: int
    runs: int
    call: Callable[[Work], Record]
    command: Sequence[str]
    notes: Sequence[str] = ()
    at_most: bool = False


@dataclass(frozen=True)
class View:
    """What a result is shown with: its arguments, the catalogue of its start, light or dark.

    key: the fingerprint of the experiment, for what is worked out once for all readers.
    """

    arguments: Arguments
    book: Catalogue
    dark: bool
    key: str

    @property
    def names(self) -> dict[str, str]:
        """Of states and industries, by id."""
        return {**self.book.states, **self.book.industries}

    @property
    def colours(self) -> Palette:
        """For charts."""
        return charts.palette(self.dark)


@dataclass(frozen=True)
class Method:
    """One question of the page. `headline`, `show` and `table` work from the record, kept or new.

    prepare raises ScenarioError, whose sentence says what to change.
    """

    id: str
    question: str
    about: str
    fields: tuple[Field, ...]
    prepare: Callable[[Arguments, Catalogue], Prepared]
    headline: Callable[[Record, View], str]
    show: Callable[[Record, View], None]
    table: Callable[[Record, View], pd.DataFrame]


def values_of(numbers: list[Any]) -> npt.NDArray[np.float64]:
    """The array of which these are the numbers."""
    return np.array(numbers, dtype=np.float64)  # None becomes nan
