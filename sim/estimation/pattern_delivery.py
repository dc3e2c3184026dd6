"""Patterns 1 and 2: how long contracts take to the first delivery, and how far promises slip."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from sim.estimation.checks import Found, within
from sim.estimation.samples import Span, exponential, share_span, shrunk, spread_span

GROUPS = ("stock", "hot", "queued", "new", "aircraft")  # submarines: none in the record has arrived yet
SIGNED_BEFORE = 60  # months: later contracts have too little of the run left to show their delivery
GRACE = 3.0  # months after the promise that still count as on time
FEWEST = 30  # contracts of the model for a median of a cell
FEWEST_RECORDED = 2  # deliveries for a target of a category within a kind


def months_of_kinds(contracts: pd.DataFrame, record: pd.DataFrame) -> dict[str, Found]:
    """Median months to first delivery of each kind against the record, each kind drawn towards all."""
    targets = targets_by(record, "group")
    medians = contracts.groupby("group")["wait"].median()
    return {group: _against(float(medians.get(group, math.nan)), targets.get(group)) for group in GROUPS}


def _against(value: float, target: Span | None) -> Found:
    if target is None:
        return Found(math.nan, "the record has no delivery of this kind")
    words = f"{target.middle:.0f} months in the record"
    return Found(value, low=target.low, high=target.high, target=words)


def targets_by(record: pd.DataFrame, column: str) -> dict[str, Span]:
    """Months to first delivery in the record by a column, shrunk, as medians with 90 % intervals."""
    known = record.dropna(subset=["actual"])
    groups = {str(name): [math.log(one) for one in rows["actual"]] for name, rows in known.groupby(column)}
    return {name: exponential(span) for name, span in shrunk(groups).items()}


def categories_within_kinds(contracts: pd.DataFrame, record: pd.DataFrame) -> Found:
    """The share of cells of kind and category whose median lies in the shrunk interval of the record."""
    good, total, off = 0, 0, []
    for group, rows in record.dropna(subset=["actual"]).groupby("group"):
        sizes = rows["category"].value_counts()
        for category, target in targets_by(rows, "category").items():
            cell = contracts[(contracts["group"] == group) & (contracts["category"] == category)]
            if sizes[category] < FEWEST_RECORDED or len(cell) < FEWEST:
                continue
            total += 1
            median = float(cell["wait"].median())
            if within(median, target.low, target.high):
                good += 1
            else:
                words = f"{target.low:.0f}-{target.high:.0f}"
                off.append(f"{category} from {group}: {median:.0f} against {words}")
    note = f"{good} of {total} cells; off: {'; '.join(off) or 'none'}"
    return Found(good / total if total else math.nan, note)


def industries_within_kinds(contracts: pd.DataFrame, record: pd.DataFrame) -> Found:
    """The largest factor between two industries within a kind, against what the record's spread allows."""
    largest, where = math.nan, ""
    for group in GROUPS:
        rows = contracts[contracts["group"] == group]
        sizes = rows["industry"].value_counts()
        medians = rows.groupby("industry", observed=True)["wait"].median()
        kept = medians[[one for one in medians.index if sizes[one] >= FEWEST]]
        if len(kept) > 1 and not kept.max() / kept.min() <= largest:
            largest = float(kept.max() / kept.min())
            where = f"{group}: {kept.idxmax()} {kept.max():.0f}, {kept.idxmin()} {kept.min():.0f} months"
    return Found(largest, where, high=allowed_factor(record))


def allowed_factor(record: pd.DataFrame) -> float:
    """The factor between slowest and fastest industry within a kind that the shrunk record leaves open."""
    known = record.dropna(subset=["actual"])
    logs = pd.Series(np.log(known["actual"].astype(float)), index=known.index)
    rest = logs - logs.groupby(known["group"]).transform("mean")
    groups = {str(name): list(values) for name, values in rest.groupby(known["industry"])}
    spans = shrunk(groups).values()
    return math.exp(max(span.high for span in spans) - min(span.low for span in spans)) if spans else math.nan


def slips(contracts: pd.DataFrame, record: pd.DataFrame) -> dict[str, Found]:
    """Share on time, mean and spread of slips, the model's contracts weighted to the kinds of the record."""
    known = record.dropna(subset=["promised", "actual"])
    known = known[known["group"].isin(GROUPS)]
    real = known["actual"] - known["promised"]
    weights = _weights(contracts["group"], {name: int((known["group"] == name).sum()) for name in GROUPS})
    slip = contracts["wait"] - contracts["promised_wait"]
    on_time, spread = share_span(int((real <= GRACE).sum()), len(real)), spread_span(list(real))
    reach = 1.645 * spread.middle / math.sqrt(len(real)) if len(real) else math.nan
    mean = _mean(slip, weights)
    deviation = math.sqrt(_mean((slip - mean) ** 2, weights)) if len(slip) else math.nan
    record_words = f"in {len(real)} deliveries"
    return {
        "on_time": Found(_mean(slip <= GRACE, weights), low=on_time.low, high=on_time.high,
                         target=f"{on_time.middle:.0%} {record_words}"),
        "mean": Found(mean, low=float(real.mean()) - reach, high=float(real.mean()) + reach,
                      target=f"{real.mean():.1f} months {record_words}"),
        "spread": Found(deviation, low=spread.low, high=spread.high,
                        target=f"{spread.middle:.1f} months {record_words}"),
    }  # fmt: skip


def _weights(groups: pd.Series, recorded: Mapping[str, int]) -> pd.Series:
    each = {name: recorded.get(str(name), 0) / size for name, size in groups.value_counts().items()}
    return groups.map(each).astype(float)


def _mean(values: pd.Series, weights: pd.Series) -> float:
    total = float(weights.sum())
    return float((values.astype(float) * weights).sum()) / total if total else math.nan


def never_always_on_time(contracts: pd.DataFrame) -> Found:
    """The share on time of the industry that keeps its promises most often."""
    late = contracts["wait"] - contracts["promised_wait"] > GRACE
    sizes = contracts["industry"].value_counts()
    shares = 1.0 - late.groupby(contracts["industry"], observed=True).mean()
    kept = shares[[one for one in shares.index if sizes[one] >= FEWEST]]
    words = ", ".join(f"{name} {value:.0%}" for name, value in kept.items())
    return Found(float(kept.max()) if len(kept) else math.nan, words)
