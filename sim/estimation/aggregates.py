"""Published aggregates of 2022 to 2025: what was observed, how well, and the same of the model's books.

The list with its errors and sources is aggregates.csv, beside this module.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import numpy as np
import pandas as pd

from sim.estimation.checks import FOLDER, read_list
from sim.estimation.history import YEARS
from sim.estimation.market import Market
from sim.estimation.matching import Array, Targets
from sim.estimation.pattern_delivery import targets_by
from sim.estimation.pattern_ties import NOT_DIRECT, recorded_direct
from sim.estimation.record import deliveries, purchase_table
from sim.estimation.samples import Span, spread_span
from sim.estimation.shares import UNION_MAKERS, Scope, import_share, union_shares
from sim.estimation.views import BILLION, View, orders, share, summed, yearly
from sim.evidence.seeds import Seeds

FILE = "aggregates.csv"
HALF_WIDTH: Final = 1.645  # standard deviations from the middle to the end of a 90 % interval
LEAST: Final = 0.5  # half a unit or half a billion stands for nothing, so that logarithms exist
MEDIAN: Final = math.sqrt(math.pi / 2)  # standard error of a median over that of a mean, large samples
IISS_END: Final = 2024.75  # the published shares of contracts end with September 2024
UNITS: Final = {
    "tank": "main_battle_tank",
    "howitzer": "self_propelled_howitzer",
    "ifv": "infantry_fighting_vehicle",
    "aircraft": "combat_aircraft",
    "air_defence": "air_defence",
    "rockets": "rocket_artillery",
    "rounds": "artillery_ammunition_155mm",
    "submarine": "submarine",
}
KINDS: Final = ("stock", "hot", "queued", "new", "aircraft")


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One row of the list. Standard deviations are in logarithms where the scale is log, else in the unit.

    `error` of the observation beside its counting error, `discrepancy` of the model; `common` is the part of
    both together that it shares with all rows that have one.
    """

    name: str
    use: Literal["matched", "held_out"]
    scale: Literal["log", "plain"]
    title: str
    unit: str
    error: float
    discrepancy: float
    common: float
    source: str
    note: str

    def scaled(self, value: float) -> float:
        """A value on the scale of the comparison."""
        return math.log(max(value, LEAST)) if self.scale == "log" else value

    def unscaled(self, value: float) -> float:
        """A value of the scale of the comparison in the unit."""
        return math.exp(value) if self.scale == "log" else value


@dataclass(frozen=True, slots=True)
class Observed:
    """A value of the record in its unit, and its counting error on the scale of the comparison."""

    value: float
    error: float = 0.0


def read_aggregates(folder: Path = FOLDER) -> tuple[Aggregate, ...]:
    """The list, in its order."""
    with (folder / FILE).open(encoding="utf-8", newline="") as text:
        return tuple(_aggregate(row) for row in csv.DictReader(text))


def _aggregate(row: Mapping[str, str]) -> Aggregate:
    use: Literal["matched", "held_out"] = "matched" if row["use"] == "matched" else "held_out"
    scale: Literal["log", "plain"] = "log" if row["scale"] == "log" else "plain"
    return Aggregate(
        row["name"], use, scale, row["title"], row["unit"], float(row["error"]), float(row["discrepancy"]),
        float(row["common"]), row["source"], row["note"],
    )  # fmt: skip


def targets(listed: tuple[Aggregate, ...], known: Mapping[str, Observed]) -> Targets:
    """The observations for matching; the counting error and that of the list add as variances."""
    return Targets(
        observed=np.array([one.scaled(known[one.name].value) for one in listed]),
        error=np.array([math.hypot(one.error, known[one.name].error) for one in listed]),
        discrepancy=np.array([one.discrepancy for one in listed]),
        common=np.array([one.common for one in listed]),
        matched=np.array([one.use == "matched" for one in listed]),
    )


def observed(seeds: Seeds, market: Market) -> dict[str, Observed]:
    """What happened, by the name of the aggregate."""
    record = purchase_table(seeds, market)
    pairs = zip(record["id"], record["category"], strict=True)
    record = record.assign(units=[_units(seeds, *pair) for pair in pairs])
    by_year = record.groupby("year")["value"].sum() / BILLION
    found = {"orders_total": Observed(float(by_year.sum()))}
    found |= {f"orders_{year}": Observed(float(by_year[year])) for year in range(YEARS[0], YEARS[1] + 1)}
    units = record.groupby("category")["units"].sum()
    found |= {f"units_{name}": Observed(float(units.get(one, 0.0))) for name, one in UNITS.items()}
    found |= _published(seeds) | _recorded_delivery(seeds, market)
    return found | {"price_paid": _recorded_price(record, market)} | _recorded_spread(record, market)


def _units(seeds: Seeds, name: str, category: str) -> float:
    """Units of a purchase: of its contracts, or of the decision where that has more (part was delivered).

    Decisions on air defence count launchers or missiles as published, so there contracts come first.
    """
    decision = next((row for row in seeds.decisions() if row["id"] == name), None)
    chosen = decision["quantity"] if decision else ""
    ordered = sum(
        seeds.value(one.id, "quantity")
        for one in seeds.contracts()
        if one.id == name or (decision and one.decision == name and one.buyer == decision["buyer_iso3"])
    )
    if category == UNITS["air_defence"] and ordered:
        return ordered
    return max(ordered, float(chosen or 0))


def _published(seeds: Seeds) -> dict[str, Observed]:
    rows = {
        "share_europe": "iiss_europe_2022_24",
        "share_others": "iiss_others_2022_24",
        "imports_us": "sipri_us_2021_25",
        "imports_korea": "sipri_korea_2021_25",
        "union_makers": "iiss_eu_origin_2022_25",
    }
    facts = {name: seeds.fact(row, "value_observed") for name, row in rows.items()}
    found = {name: _of_span(Span(one.value, one.low, one.high)) for name, one in facts.items()}
    asked = next(one for one in read_list("patterns.csv") if one.name == "p14_collapse")
    low, high = asked.low or 0.0, asked.high or 1.0
    return found | {
        "collapsed": _of_span(Span((low + high) / 2, low, high)),
        "direct_share": _of_span(recorded_direct(seeds.decision_flags())),
    }


def _of_span(span: Span, scale: str = "plain") -> Observed:
    """An observation from a middle with a 90 % interval around it."""
    ends = (math.log(span.low), math.log(span.high)) if scale == "log" else (span.low, span.high)
    return Observed(span.middle, (ends[1] - ends[0]) / 2 / HALF_WIDTH)


def _recorded_delivery(seeds: Seeds, market: Market) -> dict[str, Observed]:
    spans = targets_by(deliveries(seeds, market), "group")
    return {f"months_{kind}": _of_span(spans[kind], "log") for kind in KINDS}


def _recorded_price(record: pd.DataFrame, market: Market) -> Observed:
    """The median of published values over units times the price of the seeds."""
    rows = record[(record["basis"] == "published") & (record["units"] > 0)]
    base = rows["units"] * rows["line"].map(dict(market.line_price)).astype(float)
    logs = np.log((rows["value"] / base).to_numpy(dtype=float))
    error = MEDIAN * float(np.std(logs, ddof=1)) / math.sqrt(len(logs))
    return Observed(math.exp(float(np.median(logs))), error)


def _recorded_spread(record: pd.DataFrame, market: Market) -> dict[str, Observed]:
    total = float(record["value"].sum())
    korea = record[record["industry"] == "korea"].groupby("year")["value"].sum()
    spread, mean = spread_span(list(korea)), float(korea.mean())
    lumps = Span(spread.middle / mean, spread.low / mean, spread.high / mean)
    makers = record[record["buyer"].isin(market.producers)]
    parts = record.groupby("buyer")["value"].sum() / total
    return {
        "korea_orders": Observed(float(korea.sum()) / BILLION),
        "korea_lumps": _of_span(lumps),
        "buyers_squares": Observed(float((parts**2).sum())),
        "poland_share": Observed(float(parts["POL"])),
        "home_share": Observed(
            float(makers.loc[makers["domestic"] == 1, "value"].sum() / makers["value"].sum())
        ),
    }


def measured(one: View, known: Scope, listed: tuple[Aggregate, ...]) -> Array:
    """The aggregates of a run from February 2022, (replications, aggregates), on the scale of the comparison.

    Not a number where a replication has nothing to measure.
    """
    market = known.market
    found = orders(one, *YEARS, market.members)
    columns = _sums(one, found) | _months(one, found) | _ways(one, found, market) | _flows(one, known)
    table = np.column_stack([columns[row.name].to_numpy(dtype=float) for row in listed])
    logs = np.array([row.scale == "log" for row in listed])
    return np.where(logs, np.log(np.maximum(table, LEAST)), table)


def _sums(one: View, found: pd.DataFrame) -> dict[str, pd.Series]:
    years = range(YEARS[0], YEARS[1] + 1)
    by_year = yearly(found, one, years).unstack("year") / BILLION
    units = {f"units_{name}": summed(found[found["category"] == of], one, "quantity")
             for name, of in UNITS.items()}  # fmt: skip
    return {"orders_total": by_year.sum(axis=1)} | {f"orders_{year}": by_year[year] for year in years} | units


def _months(one: View, found: pd.DataFrame) -> dict[str, pd.Series]:
    medians = found.groupby(["replication", "group"])["wait"].median().unstack("group")
    return {f"months_{kind}": medians.reindex(index=one.replications, columns=list(KINDS))[kind]
            for kind in KINDS}  # fmt: skip


def _ways(one: View, found: pd.DataFrame, market: Market) -> dict[str, pd.Series]:
    """How contracts come about and at what price, by replication."""
    direct = (~found["route"].isin(NOT_DIRECT)).groupby(found["replication"]).mean()
    price = (found["unit_price"] / found["base_price"]).groupby(found["replication"]).median()
    states = one.states[one.states["state"].isin(market.members)]
    tenders = states.groupby("replication")[["tenders", "collapsed", "waited"]].sum()
    return {
        "direct_share": direct.reindex(one.replications),
        "price_paid": price.reindex(one.replications),
        "collapsed": (tenders["collapsed"] + tenders["waited"]) / tenders["tenders"].replace(0, np.nan),
    }


def _flows(one: View, known: Scope) -> dict[str, pd.Series]:
    """Who supplies whom, each under the definition of its observation, by replication."""
    market = known.market
    found = orders(one, *YEARS, market.members)
    early = orders(one, *YEARS, market.european)
    early = early[early["date"] < IISS_END]
    korea = found[found["industry"] == "korea"]
    by_year = yearly(korea, one, range(YEARS[0], YEARS[1] + 1)).unstack("year")
    makers = found[found["buyer"].isin(market.producers)]
    parts = found.groupby(["replication", found["buyer"].astype(str)])["value"].sum()
    squares = (parts**2).groupby(level="replication").sum().reindex(one.replications)
    return {
        "share_europe": share(early, early["industry"] == "europe", one),
        "share_others": share(early, early["industry"].isin(["korea", "other"]), one),
        "imports_us": import_share(one, market.european, *YEARS, "united_states"),
        "imports_korea": import_share(one, market.european, *YEARS, "korea"),
        "union_makers": union_shares(one, known, *YEARS)[UNION_MAKERS],
        "korea_orders": by_year.sum(axis=1) / BILLION,
        "korea_lumps": by_year.std(axis=1, ddof=1) / by_year.mean(axis=1).replace(0.0, np.nan),
        "buyers_squares": squares / summed(found, one).replace(0.0, np.nan) ** 2,
        "poland_share": share(found, found["buyer"] == "POL", one),
        "home_share": share(makers, makers["domestic"] == 1, one),
    }
