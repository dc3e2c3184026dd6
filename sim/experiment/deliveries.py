"""Who delivers what to whom and when: sums over the books of an ensemble, run by run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.books import Books
from sim.model.records import Array
from sim.policy.measures import ALLIANCE

if TYPE_CHECKING:
    import pandas as pd


def of_place(table: pd.DataFrame, place: str, category: str = "") -> pd.DataFrame:
    """The rows for one buyer, or for Europe and Canada, and for one category if it is given.

    table: contracts or deliveries of the books.
    """
    mine = table["in_total"] == 1 if place == ALLIANCE else table["buyer"] == place
    return table[mine & (table["category"] == category)] if category else table[mine]


def handed_over(
    books: Books, keys: Sequence[str], place: str, years: tuple[int, int], category: str = ""
) -> dict[str, pd.DataFrame]:
    """Units, and their value in million 2025 US dollars, handed over from the first to the last year.

    Two tables (`units`, `value`) with a row per group of `keys`, columns of `Books.deliveries`, and a column
    per replication; what a replication does not have is nil.
    """
    rows = of_place(books.deliveries, place, category)
    rows = rows[rows["year"].between(*years)]
    summed = rows.groupby([*keys, "replication"], observed=True)[["units", "value"]].sum()
    runs = range(books.replications)
    return {
        name: summed[name].unstack("replication", fill_value=0).reindex(columns=runs, fill_value=0.0)
        for name in ("units", "value")
    }


def programmes(books: Books, place: str, category: str = "") -> pd.DataFrame:
    """A row per replication and programme: when it was signed, and when its first and last units arrive.

    A programme is a contract in the books at the start (`contract` is its id), or all that a buyer signs with
    a line later on (`contract` is empty): from its first signature to the last delivery of its contracts.
    Months count from the start of the run; a delivery that comes after its end has month infinity. `units`
    are those ordered, `value` their price in million 2025 US dollars.
    """
    rows = of_place(books.contracts, place, category)
    rows = rows.assign(
        contract=rows["contract"].astype(object).where(rows["contract"].notna(), ""),
        first=rows["first"].fillna(np.inf),
        last=rows["last"].fillna(np.inf),
    )
    groups = rows.groupby(["buyer", "line", "contract", "replication"], observed=True, sort=True)
    found: pd.DataFrame = groups.agg(
        category=("category", "first"), industry=("industry", "first"), signed=("signed", "min"),
        first=("first", "min"), last=("last", "max"), units=("quantity", "sum"), value=("value", "sum"),
    ).reset_index()  # fmt: skip
    return found


def quantiles(months: Array, groups: Array, share: float) -> Array:
    """For each group (0, 1, ...) the smallest of its months by which so large a share of its rows is done.

    Nothing is interpolated, which has no meaning between a month and "after the end" (infinity).
    """
    ordered = months[np.lexsort((months, groups))]
    sizes = np.bincount(groups)
    found: Array = ordered[np.cumsum(sizes) - sizes + np.maximum(0, np.ceil(share * sizes).astype(int) - 1)]
    return found
