"""Views of the books of a run: orders by date, deliveries by year, sums by replication with zeros kept."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sim.estimation.record import LEAST_MONTHS, delivery_kind
from sim.policy.dates import MONTHS, month_count

if TYPE_CHECKING:
    from sim.experiment.books import Books

BILLION = 1000.0  # musd in a billion


@dataclass(frozen=True)
class View:
    """The frames of one run. `first_month` counts months since year 0, so that dates become numbers."""

    contracts: pd.DataFrame
    states: pd.DataFrame
    fleets: pd.DataFrame
    lines: pd.DataFrame
    frameworks: pd.DataFrame
    families: pd.DataFrame
    first_month: int

    @property
    def replications(self) -> list[int]:
        """The numbers of the replications."""
        return sorted(int(one) for one in self.states["replication"].unique())


def view(books: Books) -> View:
    """The frames of some books, with the calendar dates that the checks use."""
    return view_of_frames(
        books.contracts, books.states, books.fleets, books.lines, books.frameworks, books.families,
        books.start,
    )  # fmt: skip


def view_of_frames(
    contracts: pd.DataFrame,
    states: pd.DataFrame,
    fleets: pd.DataFrame,
    lines: pd.DataFrame,
    frameworks: pd.DataFrame,
    families: pd.DataFrame,
    start: str,
) -> View:
    """A view: contracts gain `year` of signing, `date` of signing in years, `wait` in months and `group`.

    wait = months from contract to first delivery; where that lies outside the run, the promised months.
    """
    first_month = month_count(start)
    made = named(contracts)
    made["date"] = (first_month + made["signed"]) / 12
    made["year"] = np.floor(made["date"]).astype(int)
    promised = (made["promised"] - made["signed"]).clip(lower=LEAST_MONTHS)
    made["wait"] = (made["first"] - made["signed"]).clip(lower=LEAST_MONTHS).fillna(promised)
    made["promised_wait"] = promised
    made["group"] = made["kind"].astype(str)
    for pair, _ in made.groupby(["category", "kind"], observed=True):
        rows = (made["category"] == pair[0]) & (made["kind"] == pair[1])
        made.loc[rows, "group"] = delivery_kind(str(pair[0]), str(pair[1]))
    return View(
        made, named(states), named(fleets), named(lines), named(frameworks), named(families), first_month
    )


def named(frame: pd.DataFrame) -> pd.DataFrame:
    """A copy of a frame with columns of ids as categories, which are small and quick to compare."""
    words = [name for name in frame.columns if not pd.api.types.is_numeric_dtype(frame[name])]
    return frame.astype(dict.fromkeys(words, "category"))


def orders(
    one: View, first: int, last: int, buyers: Collection[str] | None = None, industry: str | None = None
) -> pd.DataFrame:
    """Contracts signed within the run in the calendar years first to last, both included; loans are none."""
    frame = one.contracts
    kept = (frame["existing"] == 0) & (frame["route"] != "loan") & frame["year"].between(first, last)
    if buyers is not None:
        kept &= frame["buyer"].isin(list(buyers))
    if industry is not None:
        kept &= frame["industry"] == industry
    return frame[kept]


def summed(frame: pd.DataFrame, one: View, column: str = "value") -> pd.Series:
    """The sum of a column by replication; a replication without a row has 0."""
    found = frame.groupby("replication", observed=True)[column].sum()
    return found.reindex(one.replications, fill_value=0.0).astype(float)


def counted(frame: pd.DataFrame, one: View) -> pd.Series:
    """The number of rows by replication; a replication without a row has 0."""
    found = frame.groupby("replication", observed=True).size()
    return found.reindex(one.replications, fill_value=0).astype(float)


def yearly(frame: pd.DataFrame, one: View, years: Sequence[int], column: str = "value") -> pd.Series:
    """The sum of a column by replication and calendar year of signing, with zeros."""
    found = frame.groupby(["replication", "year"], observed=True)[column].sum()
    index = pd.MultiIndex.from_product([one.replications, list(years)], names=["replication", "year"])
    return found.reindex(index, fill_value=0.0).astype(float)


def share(frame: pd.DataFrame, part: pd.Series, one: View, column: str = "value") -> pd.Series:
    """The share of a column that falls to rows where `part` is true, by replication."""
    return summed(frame[part], one, column) / summed(frame, one, column).replace(0.0, np.nan)


def delivered_between(frame: pd.DataFrame, one: View, first: int, last: int) -> pd.Series:
    """Units of each contract delivered in the calendar years first to last.

    The books hold the first and last month of delivery: what came between is spread evenly.
    """
    end = frame["last"].fillna(MONTHS - 1)
    start = frame["first"]
    length = (end - start + 1).clip(lower=1)
    low, high = 12 * first - one.first_month, 12 * (last + 1) - one.first_month
    inside = ((end + 1).clip(upper=high) - start.clip(lower=low)).clip(lower=0)
    arrived: pd.Series = (frame["delivered"] * (inside / length).clip(upper=1)).fillna(0.0)
    return arrived


def quantiles(values: pd.Series, *points: float) -> list[float]:
    """Quantiles of the values that are numbers; nan where there is none."""
    kept = values.dropna()
    return [float(kept.quantile(point)) if len(kept) else float("nan") for point in points]


def concentration(frame: pd.DataFrame, one: View) -> pd.Series:
    """The sum of squared shares of authorities in the value of orders, by replication."""
    parts = frame["value"].groupby([frame["replication"], frame["authority"].astype(str)]).sum()
    total = summed(frame, one).replace(0.0, np.nan)
    squares: pd.Series = (parts**2).groupby(level="replication").sum().reindex(one.replications)
    return squares / total**2
