"""What an ensemble measured: arrays that know their axes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.model.record import INDUSTRY_MEASURES, MEASURES, Measure
from sim.model.records import Array
from sim.model.replication import COUNTS
from sim.model.stages.books import INDUSTRY_SERIES, SERIES
from sim.model.version import MODEL_VERSION
from sim.model.world import World
from sim.policy.scenario import Scenario

if TYPE_CHECKING:
    import xarray

TOTAL = "europe_canada"


@dataclass(frozen=True, eq=False)
class Result:
    """Measures of every replication of one scenario.

    values[measure] has shape (replications, places); places = "europe_canada" and the states;
    a measure that does not exist in a replication (no contract, no fleet) is nan.
    industry_values[measure] has shape (replications, industries). series[name] has shape
    (kept replications, places, quarters + 1), industry_series[name] (kept, industries, quarters + 1);
    place 0 is the start and holds no number.
    """

    scenario: Scenario
    model_version: str
    random_seed: int
    uncertainty: str
    places: tuple[str, ...]
    industries: tuple[str, ...]
    values: dict[str, Array]
    industry_values: dict[str, Array]
    series: dict[str, Array]
    industry_series: dict[str, Array]
    counts: dict[str, Array]

    @classmethod
    def from_arrays(
        cls, scenario: Scenario, world: World, random_seed: int, arrays: tuple[Array, ...], uncertainty: str
    ) -> Result:
        """Name the axes of the raw arrays of an ensemble."""
        values, industry, series, industry_series, counts = arrays
        for array in arrays:
            array.setflags(write=False)
        return cls(
            scenario=scenario,
            model_version=MODEL_VERSION,
            random_seed=random_seed,
            uncertainty=uncertainty,
            places=(TOTAL, *world.buyers),
            industries=world.industries,
            values={m.id: values[:, at] for at, m in enumerate(MEASURES)},
            industry_values={m.id: industry[:, at] for at, m in enumerate(INDUSTRY_MEASURES)},
            series=_shares({name: series[:, at] for at, name in enumerate(SERIES)}),
            industry_series={name: industry_series[:, at] for at, name in enumerate(INDUSTRY_SERIES)},
            counts={name: counts[:, at] for at, name in enumerate(COUNTS)},
        )

    @property
    def start(self) -> str:
        """The first month of the run, such as "2026-01"."""
        return self.scenario.start

    @property
    def replications(self) -> int:
        """How many replications ran."""
        return len(self.counts["contracts"])

    def summary(self) -> dict[str, Any]:
        """The result as plain data, as `sim run --json` prints it: p10, p50, p90, mean by measure."""
        return {
            "scenario": self.scenario.id,
            "model_version": self.model_version,
            "random_seed": self.random_seed,
            "replications": self.replications,
            "uncertainty": self.uncertainty,
            "measures": {m.id: _described(m, self.values[m.id][:, 0]) for m in MEASURES},
            "by_buyer": {
                place: {m.id: quantiles(self.values[m.id][:, at]) for m in MEASURES}
                for at, place in enumerate(self.places)
                if at > 0
            },
            "by_industry": {
                industry: {m.id: quantiles(self.industry_values[m.id][:, at]) for m in INDUSTRY_MEASURES}
                for at, industry in enumerate(self.industries)
            },
        }

    def to_xarray(self) -> xarray.Dataset:
        """The measures as a labelled dataset with axes replication, place and industry."""
        import xarray

        by_place = {name: (("replication", "place"), array) for name, array in self.values.items()}
        by_industry = {
            name: (("replication", "industry"), array) for name, array in self.industry_values.items()
        }
        return xarray.Dataset(
            {**by_place, **by_industry},
            coords={"place": list(self.places), "industry": list(self.industries)},
            attrs={"scenario": self.scenario.id, "model_version": self.model_version},
        )


def _shares(series: dict[str, Array]) -> dict[str, Array]:
    """Turn the values of gaps into shares of what is required, and keep the rest."""
    required = series["required"]
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = {
            f"{name}_share": np.where(required > 0, series[name] / required, np.nan)
            for name in ("gap", "usable_gap")
        }
    return {**shares, "spending": series["spending"], "reliance_fleet": series["reliance_fleet"]}


def quantiles(values: Array) -> dict[str, float | None]:
    """p10, p50, p90 and mean over the replications in which the measure exists; None where it never does."""
    known = values[~np.isnan(values)]
    if known.size == 0:
        return {"p10": None, "p50": None, "p90": None, "mean": None}
    p10, p50, p90 = np.quantile(known, [0.1, 0.5, 0.9])
    return {"p10": float(p10), "p50": float(p50), "p90": float(p90), "mean": float(known.mean())}


def _described(measure: Measure, values: Array) -> dict[str, Any]:
    return {"label": measure.label, "unit": measure.unit, "better": measure.better, **quantiles(values)}
