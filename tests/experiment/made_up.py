"""Decisions typed by hand, for tests of tables, sentences and charts."""

import pandas as pd

from sim.experiment.decisions import Decisions, Tender
from sim.experiment.flips import Flip, Turning
from sim.experiment.offers import PARTS, Offer
from sim.model.state import CAUSES
from sim.policy.scenario import load_scenario

LINES = {"k2_changwon": "korea", "leopard_2a8_munich": "europe", "altay_arifiye": "other"}


def offer(line: str, delivery: float, price: float, worth: dict[str, float]) -> Offer:
    """An offer with months to delivery, price and the parts of its worth; parts not given are nil."""
    return Offer(
        line=line, industry=LINES[line], months=delivery, last=delivery + 12.0, price=price, all_in=price,
        local_share=0.25, content=0.5, credit=0.0, parts={name: worth.get(name, 0.0) for name in PARTS},
    )  # fmt: skip


K2_WORTH = {"months": 1.5, "price": 0.3, "reliance": -0.4}
LEOPARD_WORTH = {"months": 0.5, "price": -0.3, "users": 0.9}


def two_offers() -> tuple[Offer, Offer]:
    """The K2 (worth 1.4 points) and the Leopard (worth 1.1 points)."""
    return (
        offer("k2_changwon", 18.0, 23.0, K2_WORTH),
        offer("leopard_2a8_munich", 40.0, 30.0, LEOPARD_WORTH),
    )


def tender(replication: int = 0, month: int = 12, outcome: str = "signed", **other: object) -> Tender:
    """A competition for 100 tanks that the K2 wins unless something else is said."""
    signed = outcome == "signed"
    given = {
        "replication": replication, "month": month, "opened": month - 6, "route": "competition",
        "quantity": 100.0, "urgency": 0.3, "outcome": outcome,
        "chosen": "k2_changwon" if outcome in ("signed", "no_money", "no_stock") else None,
        "second": None, "signed": ("k2_changwon",) if signed else (), "weighed": outcome != "collapsed",
        "offers": two_offers(), "silent": {"altay_arifiye": ("own_army_only",)},
    }  # fmt: skip
    return Tender(**{**given, **other})


def contract(replication: int, **other: object) -> dict[str, object]:
    """A contract signed in month 12 for 100 tanks at 23 million each, half of them delivered."""
    return {
        "replication": replication, "buyer": "POL", "category": "main_battle_tank", "line": "k2_changwon",
        "industry": "korea", "existing": 0, "signed": 12, "promised": 30.0, "first": 36.0,
        "quantity": 100.0, "delivered": 50.0, "value": 2300.0,
        **{f"months_{cause}": 0.0 for cause in CAUSES}, "months_build": 18.0, "months_queue": 6.0,
        **other,
    }  # fmt: skip


def decisions(*tenders: Tender, replications: int = 4, contracts: int = 2) -> Decisions:
    """Decisions of Poland on tanks, with so many contracts of one run each; half of the need is met."""
    table = pd.DataFrame([contract(at) for at in range(contracts)], columns=list(contract(0)))
    needs = [(at, "main_battle_tank", 200.0, 100.0, 50.0) for at in range(replications)]
    held = [(at, "KOR", 0.4) for at in range(replications)] + [(0, "USA", 0.0)]
    return Decisions(
        scenario=load_scenario("baseline"), start="2026-01", buyer="POL", category="main_battle_tank",
        replications=replications, random_seed=1, uncertainty="evidence", lines=LINES, tenders=tenders,
        contracts=table,
        needs=pd.DataFrame(needs, columns=["replication", "category", "requirement", "usable", "on_order"]),
        reliance=pd.DataFrame(held, columns=["replication", "authority", "share"]),
    )  # fmt: skip


def turned(*flips: Flip, **other: object) -> Turning:
    """The K2 before the Leopard, and what would have turned it."""
    given = {"tender": tender(), "winner": "k2_changwon", "rival": "leopard_2a8_munich",
             "otherwise": "leopard_2a8_munich", "flips": flips}  # fmt: skip
    return Turning(**{**given, **other})
