"""Ranges of known contracts: when what is in the books at the start arrives, and how many units it is."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sim.estimation.checks import Asked, Check, Found, judge, within
from sim.estimation.views import View, delivered_between

FILE = Path(__file__).with_name("known_contracts.csv")
SLACK_YEARS = 0.5  # six months either way
SLACK_UNITS = 0.25  # a quarter either way
SOURCE = "PLAUSIBILITY: judgement; 6 months and 25 % either way"
LEOPARD = "leopard_2a8_munich"
LEOPARD_YEARS = (2028, 2030)
LEOPARD_RATE = (70.0, 80.0)


@dataclass(frozen=True, slots=True)
class Known:
    """Contracts of some buyers with some lines; dates in years, None where the text gives none."""

    name: str
    title: str
    buyers: tuple[str, ...]
    lines: tuple[str, ...]
    first: tuple[float | None, float | None]
    last: tuple[float | None, float | None]
    units: float | None


def known_contracts() -> tuple[Known, ...]:
    """The contracts of the file, in its order."""
    with FILE.open(encoding="utf-8", newline="") as text:
        return tuple(
            Known(
                row["name"], row["title"], tuple(row["buyers"].split()), tuple(row["lines"].split()),
                (_number(row["first_low"]), _number(row["first_high"])),
                (_number(row["last_low"]), _number(row["last_high"])), _number(row["units"]),
            )
            for row in csv.DictReader(text)
        )  # fmt: skip


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def known_checks(one: View) -> list[Check]:
    """Every known contract against its window, and the yearly output of the busiest tank plant."""
    checks = [judge("plausibility", _asked(known), arrival(one, known)) for known in known_contracts()]
    low, high = LEOPARD_RATE[0] * (1 - SLACK_UNITS), LEOPARD_RATE[1] * (1 + SLACK_UNITS)
    rate = Asked(
        "known_leopard_rate", "known contracts",
        "Leopard 2A8 of contracts in the books delivered a year, 2028 to 2030.", "70 to 80",
        low, high, "tanks a year", SOURCE,
    )  # fmt: skip
    return [
        *checks,
        judge("plausibility", rate, Found(yearly_output(one, LEOPARD, *LEOPARD_YEARS, booked=True))),
    ]


def _asked(known: Known) -> Asked:
    dated = known.first[0] is not None
    low, high = _wider(known.first, SLACK_YEARS) if dated else _share(known.units)
    unit = "year of first delivery" if dated else "units"
    return Asked(
        f"known_{known.name}", "known contracts", f"{known.title}.", _words(known), low, high, unit, SOURCE
    )


def _wider(window: tuple[float | None, float | None], slack: float) -> tuple[float | None, float | None]:
    low, high = window
    return (None if low is None else low - slack), (None if high is None else high + slack)


def _share(units: float | None) -> tuple[float | None, float | None]:
    return (None, None) if units is None else (units * (1 - SLACK_UNITS), units * (1 + SLACK_UNITS))


def _words(known: Known) -> str:
    parts = []
    if known.first[0] is not None:
        parts.append(f"first {known.first[0]:g} to {known.first[1]:g}")
    if known.last[0] is not None:
        parts.append(f"last {known.last[0]:g} to {known.last[1]:g}")
    if known.units is not None:
        parts.append(f"{known.units:g} units")
    return ", ".join(parts)


def arrival(one: View, known: Known) -> Found:
    """Medians over replications of the first and last delivery and of the units; all must be in range."""
    frame = one.contracts
    rows = frame[
        (frame["existing"] == 1) & frame["buyer"].isin(known.buyers) & frame["line"].isin(known.lines)
    ]
    if not len(rows):
        return Found(math.nan, "no such contract in the books")
    by_run = rows.groupby("replication")
    first = _date(by_run["first"].min(), one)
    last = _date(rows["last"].fillna(math.inf).groupby(rows["replication"]).max(), one)
    units = float(by_run["quantity"].sum().median())
    dated = known.first[0] is not None
    holds = (
        (not dated or within(first, *_wider(known.first, SLACK_YEARS)))
        and (known.last[0] is None or within(last, *_wider(known.last, SLACK_YEARS)))
        and within(units, *_share(known.units))
    )
    words = f"first {first:.1f}, last {last:.1f}, {units:g} units"
    return Found(first if dated else units, words, holds=holds)


def _date(months: pd.Series, one: View) -> float:
    return (one.first_month + float(months.fillna(math.inf).median())) / 12


def yearly_output(
    one: View, line: str, first: int, last: int, buyers: tuple[str, ...] = (), booked: bool = False
) -> float:
    """Units a year that a line delivers, to all or some states; booked = from contracts in the books only."""
    rows = one.contracts[one.contracts["line"] == line]
    if booked:
        rows = rows[rows["existing"] == 1]
    if buyers:
        rows = rows[rows["buyer"].isin(buyers)]
    units = float(delivered_between(rows, one, first, last).sum())
    return units / len(one.replications) / (last - first + 1)
