"""What happened: purchases of 2022 to 2025 and the delivery record, read from the seeds."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from sim.estimation.market import Market
from sim.evidence.records import Contract, Delivery
from sim.evidence.seeds import Seeds

FIRST, LAST = "2022-02", "2025-12"
DEFINITION = (
    "Purchases of the eight categories by states of Europe and Canada, signed from February 2022 to "
    "December 2025, orders at home included. A decision and the contracts that carry it out count once, at "
    "the larger of the published value and the sum of the contracts; a decision without a published value at "
    "quantity times price of its contract, or else of the seeds. Provisional choices, choices still waiting "
    "for a contract and frameworks do not count, their firm calls do. A contract known only from the order "
    "book of December 2025 counts with what was then undelivered, so the sum is a floor. Money is not "
    "deflated."
)
FRAMEWORKS = frozenset({"AMM-DEU-2024"})  # decisions on a framework: only its calls in contracts.csv are firm
LEAST_MONTHS = 1.0  # a delivery in the month of signing counts as one month, so that logarithms exist


@dataclass(frozen=True, slots=True)
class Purchase:
    """One firm purchase; `value` in musd; `basis` says what the value rests on."""

    id: str
    buyer: str
    signed: str
    line: str
    value: float
    basis: str


def purchases(seeds: Seeds, market: Market) -> list[Purchase]:
    """The firm purchases of the period by states of Europe and Canada, each once."""
    firm = _linked(seeds)
    found: list[Purchase] = []
    taken: set[str] = set()
    for row in seeds.decisions():
        if not row["line"] or row["buyer_iso3"] not in market.members or row["id"] in FRAMEWORKS:
            continue
        own = [one for one in firm.get(row["id"], []) if one.buyer == row["buyer_iso3"]]
        if not own and _waits(seeds, row["buyer_iso3"], row["line"]):
            continue
        if row["decision_date"] < FIRST or _provisional(seeds, row["id"]):
            continue  # its contracts, if any, count one by one below
        taken |= {one.id for one in own}
        signed = min((one.signed for one in own), default=row["decision_date"])
        value, basis = _value(seeds, market, row["line"], row["contract_value_musd"], row["quantity"], own)
        found.append(Purchase(row["id"], row["buyer_iso3"], signed, row["line"], value, basis))
    for one in seeds.contracts():
        if one.id not in taken and one.buyer in market.members:
            found.append(_unlinked(seeds, one))
    return [one for one in found if FIRST <= one.signed <= LAST and one.value > 0]


def purchase_table(seeds: Seeds, market: Market) -> pd.DataFrame:
    """The purchases with year, category, industry, authority and whether they were made at home."""
    rows = [
        {
            "id": one.id, "buyer": one.buyer, "year": int(one.signed[:4]), "line": one.line,
            "category": market.line_category[one.line], "industry": market.line_industry[one.line],
            "authority": market.line_authority[one.line], "value": one.value, "basis": one.basis,
            "domestic": int(one.buyer in market.line_home[one.line]),
        }
        for one in purchases(seeds, market)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _linked(seeds: Seeds) -> dict[str, list[Contract]]:
    firm: dict[str, list[Contract]] = {}
    for one in seeds.contracts():
        if one.decision:
            firm.setdefault(one.decision, []).append(one)
    return firm


def _waits(seeds: Seeds, buyer: str, line: str) -> bool:
    """Whether a choice was still an open tender for its line at the end of 2025."""
    return any(one.buyer == buyer and one.line == line for one in seeds.open_tenders())


def _provisional(seeds: Seeds, name: str) -> bool:
    return any(row["id"] == name and row["provisional"] == "1" for row in seeds.decision_flags())


def _value(
    seeds: Seeds, market: Market, line: str, published: str, quantity: str, own: Iterable[Contract]
) -> tuple[float, str]:
    """The value of a decision in musd and what it rests on."""
    contracts = list(own)
    summed = sum(_worth(seeds, one.id) for one in contracts)
    if published:
        value = float(published)
        return (value, "published") if value >= summed else (summed, "sum of its contracts")
    units = float(quantity) if quantity else 0.0
    if contracts:
        price = max(seeds.value(one.id, "unit_price") for one in contracts)
        return max(units * price, summed), "quantity times price of its contract"
    return units * market.line_price[line], "quantity times price of the seeds"


def _unlinked(seeds: Seeds, one: Contract) -> Purchase:
    """A contract without a decision: what was undelivered, or all of it where the delivery record knows."""
    units = [
        float(row.quantity)
        for row in seeds.deliveries()
        if row.buyer == one.buyer and row.line == one.line and row.signed[:7] == one.signed and row.quantity
    ]
    value, basis = _worth(seeds, one.id), "undelivered part"
    if units and units[0] > seeds.value(one.id, "quantity"):
        value, basis = units[0] * seeds.value(one.id, "unit_price"), "quantity of the delivery record"
    return Purchase(one.id, one.buyer, one.signed, one.line, value, basis)


def _worth(seeds: Seeds, contract: str) -> float:
    return seeds.value(contract, "quantity") * seeds.value(contract, "unit_price")


def deliveries(seeds: Seeds, market: Market) -> pd.DataFrame:
    """The delivery record in months since signing: promised and actual first delivery, nan where not known.

    A date of which only the year is known stands for the middle of that year, or of what was left of it
    after the signing; it may be six months off either way.
    """
    rows = [_delivery(row, market) for row in seeds.deliveries()]
    return pd.DataFrame(rows)


def _delivery(row: Delivery, market: Market) -> dict[str, object]:
    category = market.line_category[row.line]
    signed = months(row.signed, -math.inf)
    kind = "new" if row.kind == "new_or_variant" else row.kind
    return {
        "id": row.id, "industry": market.line_industry[row.line], "category": category,
        "group": delivery_kind(category, kind),
        "promised": _wait(signed, months(row.promised, signed)),
        "actual": _wait(signed, months(row.actual, signed)),
        "exact": len(row.promised) > 4 and len(row.actual) > 4,
    }  # fmt: skip


def _wait(signed: float, date: float) -> float:
    return date if math.isnan(date) else max(LEAST_MONTHS, date - signed)


def months(text: str, after: float) -> float:
    """A date YYYY-MM or YYYY in months since year 0; a bare year is the middle of what lies after `after`."""
    if not text:
        return math.nan
    first = 12.0 * int(text[:4])
    if len(text) > 4:
        return first + int(text[5:7]) - 1
    return (max(first, min(after, first + 11)) + first + 11) / 2


def delivery_kind(category: str, kind: str) -> str:
    """The kind of a delivery in the record: fighters and submarines that are not from stock stand apart."""
    if kind != "stock" and category in ("combat_aircraft", "submarine") and kind != "new":
        return "aircraft" if category == "combat_aircraft" else "submarine"
    return kind
