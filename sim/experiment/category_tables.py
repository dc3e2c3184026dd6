"""What a place has, needs and waits for in each category, from the books; categories are never added up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from sim.experiment.books import Books
from sim.model.records import Array
from sim.policy.measures import ALLIANCE

if TYPE_CHECKING:
    import pandas as pd

COUNTED: Final = ("requirement", "gap", "usable", "on_order")


def by_category(books: Books, place: str) -> pd.DataFrame:
    """A row per replication, category and year end of a state, or of all states of Europe and Canada.

    requirement, gap, usable and on_order are in units of the category: gap = requirement less stock where
    that is positive, state by state, so that a surplus of one state fills no gap of another; usable = crewed
    and integrated, or on loan. availability = share of the stock that is ready; nan without a stock. The
    categories that the place does not need have no row.
    """
    kept = books.fleets
    if place == ALLIANCE:
        members = books.states.loc[books.states["in_total"] == 1, "state"].astype(str).unique()
        kept = kept[kept["state"].astype(str).isin(members)]
    else:
        kept = kept[kept["state"] == place]
    usable = np.minimum(kept["stock"], kept["usable"]) + kept["lent"]
    found = kept.assign(
        category=kept["category"].astype(str),
        gap=np.maximum(0.0, kept["requirement"] - kept["stock"]),
        usable=usable,
        ready=(kept["stock"] * kept["availability"]).fillna(0.0),
        counted=kept["stock"].where(kept["availability"].notna(), 0.0),
    )
    keys = ["replication", "category", "year"]
    summed = found.groupby(keys, as_index=False)[[*COUNTED, "ready", "counted"]].sum()
    summed["availability"] = summed["ready"] / summed["counted"].where(summed["counted"] > 0.0)
    return summed[[*keys, *COUNTED, "availability"]]


def over_years(table: pd.DataFrame, category: str, column: str) -> Array:
    """One column of one category as an array (replication, year end)."""
    rows = table[table["category"] == category]
    return rows.pivot(index="replication", columns="year", values=column).to_numpy(dtype=float)


def missing_share(table: pd.DataFrame, category: str, years: int) -> Array:
    """The share of the requirement that is missing, the mean of the first year ends, by replication."""
    gap, required = (over_years(table, category, name)[:, :years] for name in ("gap", "requirement"))
    share = np.divide(gap, required, out=np.full(gap.shape, np.nan), where=required > 0.0)
    known = np.isfinite(share)
    count = known.sum(axis=1)
    mean: Array = np.where(count > 0, np.where(known, share, 0.0).sum(axis=1) / np.maximum(1, count), np.nan)
    return mean
