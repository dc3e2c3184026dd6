"""The standard tenders of a probe: every need of every state asks at once, and nothing is signed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.model.records import Array
from sim.model.schedule import suppliers_offer, tenders_fall_due
from sim.model.stages.decide import usual_price, weigh
from sim.model.stages.output import package
from sim.model.stages.tender import enter_due
from sim.model.stages.worth import worth_of_months, worth_of_price, worth_of_reliance
from sim.model.state import NONE, State


@dataclass(frozen=True, eq=False)
class Offers:
    """The offers on a table as columns: the numbers of each, and whose they are."""

    numbers: dict[str, Array]
    korean: Array
    american: Array  # from US makers to customers abroad
    union: Array  # from plants in the Union to states of the Union
    eu_loan: Array  # that an EU loan could finance in part


def copied(state: State) -> State:
    """A state of its own that starts with the same numbers."""
    return State(**{name: getattr(state, name).copy() for name in state.names})


def standard_tenders(state: State, route: int) -> State:
    """A copy of the state in which every need has a tender of usual size due now, with its offers."""
    table = copied(state)
    pairs, month = table.pairs, int(table.clock["month"][0])
    table.falls_due[month] = NONE
    for row in np.flatnonzero(pairs["needed"] == 1):
        pair = pairs[row]
        lower_only, upper_only = pair["accepts_upper"] == 0, pair["accepts_lower"] == 0
        pairs["tier"][row] = 0 if lower_only else int(upper_only or pair["upper_share"] >= 0.5)
        pairs["quantity"][row] = np.floor(table.categories["lot_typical"][pair["category"]])
        pairs["route"][row], pairs["known_line"][row], pairs["opened"][row] = route, NONE, month
        enter_due(int(row), month, table)
    tenders_fall_due(table)
    suppliers_offer(table)
    for due in rows_due(table):
        weigh(due, table)
    return table


def rows_due(table: State) -> list[int]:
    """The needs whose tender is on the table, in the order drawn."""
    due: list[int] = table.due[: int(table.clock["due"][0])].tolist()
    return due


def gathered(table: State) -> Offers:
    """The valid offers on a table, each number as the stages worked it out."""
    due = np.array(rows_due(table))
    places, lines = np.nonzero(table.offers["valid"][: len(due)] == 1)
    answers, makers = table.offers[places, lines], table.lines[lines]
    buyers = table.buyers[table.pairs["buyer"][due[places]]]
    at_home = (makers["home"] & buyers["self_mask"]) != 0
    return Offers(
        numbers={
            "months": answers["months"],
            "utility": answers["utility"],
            "price": answers["price"] / np.array([package(line, table) for line in lines.tolist()]),
            **parts_of_worth(due[places], lines, table),
        },
        korean=makers["korean"] == 1,
        american=(makers["american"] == 1) & ~at_home,
        union=(buyers["eu"] == 1) & (makers["eu_plant"] == 1) & (makers["korean"] == 0),
        eu_loan=(answers["credit"] > 0.0) & (answers["korean_loan"] == 0),
    )


def parts_of_worth(rows: Array, lines: Array, table: State) -> dict[str, Array]:
    """What months, price and exposure add to or take from the worth of each offer, points."""
    asked = list(zip(rows.tolist(), lines.tolist(), table.lines["upper"][lines].tolist(), strict=True))
    usual = [usual_price(row, upper, table) for row, _, upper in asked]
    return {
        "speed": np.array([worth_of_months(row, line, table) for row, line, _ in asked]),
        "cost": np.array(
            [worth_of_price(asked[at][0], asked[at][1], price, table) for at, price in enumerate(usual)]
        ),
        "reliance": np.array([worth_of_reliance(row, line, table) for row, line, _ in asked]),
    }


def measures_of(asked: Sequence[Offers]) -> dict[str, float]:
    """The measures of all offers made, over all tables together."""
    numbers = {name: np.concatenate([one.numbers[name] for one in asked]) for name in asked[0].numbers}
    korean, american = joined(asked, "korean"), joined(asked, "american")
    return {
        "offer_months": mean(numbers["months"]),
        "korea_offer_months": mean(numbers["months"][korean]),
        "us_offer_months": mean(numbers["months"][american]),
        "korea_offers": float(korean.sum()),
        "us_offers": float(american.sum()),
        "loan_eligible_offers": float(joined(asked, "eu_loan").sum()),
        "korea_offer_worth": mean(numbers["utility"][korean]),
        "union_offer_worth": mean(numbers["utility"][joined(asked, "union")]),
        "offer_price": mean(numbers["price"]),
        "speed_weight": mean(np.abs(numbers["speed"])),
        "price_weight": mean(np.abs(numbers["cost"])),
        "reliance_weight": -mean(numbers["reliance"]),
    }


def joined(asked: Sequence[Offers], name: str) -> Array:
    """One column of all tables."""
    return np.concatenate([getattr(one, name) for one in asked])


def mean(values: Array) -> float:
    """The mean; nan of nothing."""
    return float(values.mean()) if len(values) else float("nan")
