"""Patterns 3, 4, 5 and 10: who is chosen, where orders go, and what a first purchase rests on."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from sim.estimation.checks import Found
from sim.estimation.samples import Span, mean_span
from sim.estimation.shares import import_share, order_share
from sim.estimation.views import View, orders, share

HIGH_EXPOSURE = 0.67  # quantile of threat exposure among states that buy
THIRD = 1 / 3


def contract_shares(one: View, states: Collection[str]) -> dict[str, float]:
    """Shares of industries in the value of contracts signed 2022 to 2024, orders at home included."""
    europe, united_states, korea, other = (
        _middle(order_share(one, states, 2022, 2024, name))
        for name in ("europe", "united_states", "korea", "other")
    )
    return {"europe": europe, "united_states": united_states, "others": korea + other}


def us_share_of_imports(one: View, states: Collection[str], first: int, last: int) -> float:
    """The US share of what arrived from abroad in some years, at base prices, as the import figures count."""
    return _middle(import_share(one, states, first, last, "united_states"))


def _middle(values: pd.Series) -> float:
    return float(values.mean())


def mixing(frame: pd.DataFrame, by: list[str]) -> pd.Series:
    """For each buyer: of its pairs of purchases in two categories, the share from two industries."""
    kept = frame[[*by, "category", "industry"]].astype({"category": str, "industry": str})
    cells = kept.groupby([*by, "category", "industry"], observed=True).size()
    square = (cells**2).groupby(level=by).sum()
    total = cells.groupby(level=by).sum() ** 2
    by_category = (cells.groupby(level=[*by, "category"]).sum() ** 2).groupby(level=by).sum()
    by_industry = (cells.groupby(level=[*by, "industry"]).sum() ** 2).groupby(level=by).sum()
    pairs = total - by_category
    return 1.0 - (by_industry - square)[pairs > 0] / pairs[pairs > 0]


def same_state_mixes(one: View, states: Collection[str], record: pd.DataFrame) -> Found:
    """How often a state buys in two categories from two industries, against its purchases of 2022 to 2025."""
    real = mean_span(list(mixing(record, ["buyer"])))
    found = mixing(orders(one, 2022, 2025, states), ["replication", "buyer"])
    by_run = found.groupby(level="replication").mean()
    words = f"{real.middle:.0%} in the record"
    return Found(float(by_run.mean()), low=real.low, high=real.high, target=words)


def bought_at_home(one: View, producers: Collection[str], first: int, last: int) -> Found:
    """The share of producer states' orders that goes to makers at home, by value."""
    found = orders(one, first, last, producers)
    value = found["value"].groupby(found["buyer"].astype(str)).sum()
    home = found["value"].where(found["domestic"] == 1, 0.0).groupby(found["buyer"].astype(str)).sum()
    words = ", ".join(f"{name!s} {part:.0%}" for name, part in (home / value).items())
    return Found(_middle(share(found, found["domestic"] == 1, one)), words)


def suppliers_at_once(one: View, buyer: str, first: int, last: int, record: pd.DataFrame) -> Found:
    """From how many foreign authorities' makers a state buys within two years; the record is in the note."""
    found = orders(one, first, last, [buyer])
    abroad = found[found["domestic"] == 0].astype({"authority": str})
    number = abroad.groupby("replication")["authority"].nunique().reindex(one.replications, fill_value=0)
    real = record[(record["buyer"] == buyer) & record["year"].between(first, last)]
    real = real[real["domestic"] == 0]
    words = f"{real['authority'].nunique()} in the record: {', '.join(sorted(set(real['authority'])))}"
    return Found(float(number.median()), words)


def urgent_against_calm(one: View, exposure: Mapping[str, float]) -> dict[str, Span]:
    """States that feel most threatened: the most urgent third of their contracts against the calmest third.

    Differences of the logarithms of promised months and of price over base price, each against the mean
    of its category and year; negative months are faster, a positive price is dearer.
    """
    frame = orders(one, 0, 9999).copy()
    frame["over_base"] = frame["unit_price"] / frame["base_price"]
    for name, column in (("months", "promised_wait"), ("price", "over_base")):
        logs = np.log(frame[column].where(frame[column] > 0))
        # Prices and queues move over the years: only contracts of one year and category are compared.
        by = [frame["category"], frame["signed"] // 12]
        frame[name] = logs - logs.groupby(by, observed=True).transform("mean")
    felt = frame["buyer"].map(lambda state: exposure.get(str(state), 0.0)).astype(float)
    edge = np.quantile(list(exposure.values()), HIGH_EXPOSURE)
    frame = frame[felt >= edge]
    rank = frame.groupby("category", observed=True)["urgency"].rank(pct=True)
    urgent, calm = frame[rank > 1 - THIRD], frame[rank <= THIRD]
    return {
        name: mean_span(
            (urgent.groupby("replication")[name].mean() - calm.groupby("replication")[name].mean()).dropna()
        )
        for name in ("months", "price")
    }


def ties_at_first(worth_first: float, worth_repeat: float) -> Found:
    """What allied and neighbouring users are worth at a first purchase, over the same at a repeat."""
    value = worth_first / worth_repeat if worth_repeat > 0 else math.inf if worth_first > 0 else math.nan
    odds = [math.exp(one) for one in (worth_first, worth_repeat)]
    words = f"odds x {odds[0]:.2f} at a first purchase, x {odds[1]:.2f} at a repeat"
    return Found(value, words, holds=worth_first > worth_repeat)
