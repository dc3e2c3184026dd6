"""Many scenarios at once: the outcomes of each, replication by replication, under the same draws.

What every method of `sim/experiment/analyse/` asks for its runs with. A scenario is one point: its levers,
dated changes, shocks and held facts say all there is to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from sim.evidence.facts import nearest, quoted
from sim.evidence.seeds import Seeds
from sim.experiment.ensemble import Cancelled, Uncertainty, check_arguments, run
from sim.experiment.result import TOTAL, Result
from sim.model.record import INDUSTRY_MEASURES, MEASURES
from sim.policy.errors import ScenarioError
from sim.policy.scenario import Scenario

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A measure at a place: a state, `europe_canada` or an industry."""

    measure: str
    place: str = TOTAL

    @property
    def id(self) -> str:
        """As written on a command line: `gap_years` or `gap_years.POL`."""
        return self.measure if self.place == TOTAL else f"{self.measure}.{self.place}"


@dataclass(frozen=True)
class Work:
    """How runs are carried out: how many replications of each scenario, with which draws, and who is told.

    progress(done, all) counts replications; cancel() returning True stops and raises Cancelled.
    """

    replications: int = 50
    random_seed: int = 1
    uncertainty: Uncertainty = "evidence"
    progress: Callable[[int, int], None] | None = None
    cancel: Callable[[], bool] | None = None
    seeds: Seeds | None = field(default=None, repr=False)


def outcome(text: str, places: Sequence[str], industries: Sequence[str]) -> Outcome:
    """The outcome written as `gap_years` or `gap_years.POL`; raises ScenarioError naming the nearest."""
    measure, _, place = text.strip().partition(".")
    of_industry = {one.id for one in INDUSTRY_MEASURES}
    known = [one.id for one in MEASURES] + sorted(of_industry)
    if measure not in known:
        raise ScenarioError(f"there is no measure {quoted(measure)}; {nearest(measure, known)}")
    where = list(industries) if measure in of_industry else list(places)
    found = place or (TOTAL if measure not in of_industry else "")
    if found not in where:
        raise ScenarioError(
            f"{quoted(text)}: there is no place {quoted(found)} for {measure}; {nearest(found, where)}"
        )
    return Outcome(measure, found)


def evaluate(scenarios: Sequence[Scenario], outcomes: Sequence[Outcome], work: Work) -> Array:
    """The outcomes of every scenario: (scenarios, replications, outcomes), nan where there was nothing.

    Replication k of each has the same draws. Raises ScenarioError, Cancelled.
    """
    check_arguments(work.replications, work.random_seed, work.uncertainty)
    found = np.empty((len(scenarios), work.replications, len(outcomes)))
    for row, scenario in enumerate(scenarios):
        if work.cancel is not None and work.cancel():
            raise Cancelled("stopped before all scenarios had run")
        result = run(
            scenario,
            replications=work.replications,
            random_seed=work.random_seed,
            uncertainty=work.uncertainty,
            cancel=work.cancel,
            seeds=work.seeds,
        )
        found[row] = columns(result, outcomes)
        if work.progress is not None:
            work.progress((row + 1) * work.replications, len(scenarios) * work.replications)
    return found


def columns(result: Result, outcomes: Sequence[Outcome]) -> Array:
    """The outcomes of one result: (replications, outcomes)."""
    return np.column_stack([_column(result, one) for one in outcomes])


def _column(result: Result, one: Outcome) -> Array:
    if one.place in result.industries:
        return result.industry_values[one.measure][:, result.industries.index(one.place)]
    return result.values[one.measure][:, result.places.index(one.place)]
