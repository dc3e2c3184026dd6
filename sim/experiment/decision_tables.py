"""What the decisions on one need come to over all replications: outcomes, winners, offers, waiting."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sim.experiment.decisions import OUTCOMES, Decisions, Tender
from sim.experiment.offers import NUMBERS, PARTS, REASONS, Offer
from sim.model.state import CAUSES

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Waiting:
    """Mean months from signature to first delivery over the contracts delivered so far, by cause.

    months by CAUSES; total is their sum; promised the mean months promised at signature; contracts and
    delivered count contracts signed since the start and those of them with a first delivery.
    """

    contracts: int
    delivered: int
    months: dict[str, float]
    total: float
    promised: float

    @property
    def late(self) -> float:
        """How much later than promised, months."""
        return self.total - self.promised


def outcomes(found: Decisions) -> dict[str, int]:
    """How many tenders came to each outcome (OUTCOMES), over all replications."""
    counted = Counter(tender.outcome for tender in found.tenders)
    return {outcome: counted[outcome] for outcome in OUTCOMES}


def winners(found: Decisions) -> pd.DataFrame:
    """A row per line that signed: line, industry, contracts, share of all contracts, runs with one or more.

    Sorted by runs, then contracts.
    """
    import pandas as pd

    contracts = Counter(line for tender in found.tenders for line in tender.signed)
    runs = Counter(
        line for _, line in {(one.replication, line) for one in found.tenders for line in one.signed}
    )
    total = max(1, sum(contracts.values()))
    rows = [
        {"line": line, "industry": found.lines[line], "contracts": count, "share": count / total,
         "runs": runs[line]}
        for line, count in contracts.items()
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["line", "industry", "contracts", "share", "runs"])
    return table.sort_values(["runs", "contracts", "line"], ascending=[False, False, True], ignore_index=True)


def industries(found: Decisions) -> pd.DataFrame:
    """A row per industry that signed: industry, contracts, share of all contracts."""
    table = winners(found).groupby("industry", as_index=False)[["contracts", "share"]].sum()
    return table.sort_values("contracts", ascending=False, ignore_index=True)


def first_signed(found: Decisions) -> tuple[int, dict[str, float]]:
    """Runs with a contract, and the month of their first signature from the start: p10, p50, p90."""
    first: dict[int, int] = {}
    for tender in found.tenders:
        if tender.signed:
            first.setdefault(tender.replication, tender.month)
    if not first:
        return 0, {}
    levels = np.quantile(list(first.values()), [0.1, 0.5, 0.9])
    return len(first), dict(zip(("p10", "p50", "p90"), levels.tolist(), strict=True))


def offers(found: Decisions) -> pd.DataFrame:
    """A row per line of the category: how often it offered and was chosen, and its offers on average.

    Columns: line, industry, offers, chosen, the numbers of an offer, its parts and worth; nan without offers.
    """
    import pandas as pd

    made: dict[str, list[Offer]] = {line: [] for line in found.lines}
    for tender in found.tenders:
        for one in tender.offers:
            made[one.line].append(one)
    chosen = Counter(tender.chosen for tender in found.tenders if tender.chosen is not None)
    rows = [
        {
            "line": line,
            "industry": found.lines[line],
            "offers": len(mine),
            "chosen": chosen[line],
            **{name: _mean([getattr(one, name) for one in mine]) for name in NUMBERS},
            **{f"worth_{name}": _mean([one.parts[name] for one in mine]) for name in PARTS},
            "worth": _mean([one.worth for one in mine]),
        }
        for line, mine in made.items()
    ]
    table = pd.DataFrame(rows)
    return table.sort_values("worth", ascending=False, ignore_index=True, na_position="last")


def silence(found: Decisions) -> pd.DataFrame:
    """A row per line and reason (REASONS) for which it could not offer; framework calls are left out.

    tenders: how many this reason barred; silent: in how many the line was barred by any of them.
    """
    import pandas as pd

    counted: Counter[tuple[str, str]] = Counter()
    silent: Counter[str] = Counter()
    for tender in found.tenders:
        for line, reasons in tender.silent.items():
            own = [reason for reason in reasons if reason != "framework"]
            counted.update((line, reason) for reason in own)
            silent[line] += bool(own)
    rows = [
        {"line": line, "reason": reason, "tenders": counted[line, reason], "silent": silent[line]}
        for line in found.lines
        for reason in REASONS
        if counted[line, reason]
    ]
    return pd.DataFrame(rows, columns=["line", "reason", "tenders", "silent"])


def difference(tender: Tender, winner: str, rival: str) -> dict[str, float]:
    """By how many points each part spoke for the winner rather than the rival."""
    one, other = tender.offer(winner).parts, tender.offer(rival).parts
    return {name: one[name] - other[name] for name in PARTS}


def mean_difference(found: Decisions) -> tuple[int, dict[str, float]]:
    """The same against the best of the other offers, as a mean over the choices made; how many these were."""
    rows = []
    for tender in found.tenders:
        others = [one for one in tender.offers if one.line != tender.chosen]
        if tender.weighed and tender.chosen is not None and others:
            best = max(others, key=lambda one: one.worth)
            rows.append(difference(tender, tender.chosen, best.line))
    return len(rows), {name: _mean([row[name] for row in rows]) for name in PARTS}


def waiting(found: Decisions) -> Waiting:
    """Why equipment of this category is waited for: months by cause, which add up to the first delivery."""
    table = found.of_category
    here = table[table["first"].notna()]
    months = {cause: _mean(here[f"months_{cause}"].tolist()) for cause in CAUSES}
    return Waiting(
        contracts=len(table),
        delivered=len(here),
        months=months,
        total=sum(months.values()),
        promised=_mean((here["promised"] - here["signed"]).tolist()),
    )


def _mean(values: list[float]) -> float:
    """The mean; nan of nothing."""
    return float(np.mean(values)) if values else float("nan")
