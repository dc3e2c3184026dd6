"""Books made by hand: a contract, a fleet or a line is a few typed numbers on top of plain ones."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from sim.estimation.market import Market, market
from sim.estimation.views import View, view_of_frames
from sim.evidence.seeds import load_seeds

CONTRACT: dict[str, Any] = {
    "replication": 0, "buyer": "POL", "line": "leopard_2a8_munich", "category": "main_battle_tank",
    "industry": "europe", "family": "leopard_2", "authority": "DEU", "route": "government", "existing": 0,
    "domestic": 0, "kind": "queued", "opened": 0.0, "signed": 10.0, "promised": 40.0, "first": 44.0,
    "last_promised": 60.0, "last": 64.0, "usable": 50.0, "quantity": 10.0, "delivered": 10.0,
    "unit_price": 10.0, "quoted_price": 10.0, "base_price": 10.0, "value": 100.0, "local_share": 0.0,
    "content": 0.9, "credit": 0.0, "new_family": 0, "urgency": 0.5, "months_queue": 10.0, "korea_bid": 0,
}  # fmt: skip
KOREA = {"line": "k2_changwon", "industry": "korea", "family": "k2", "authority": "KOR"}
AMERICA = {"line": "abrams_lima", "industry": "united_states", "family": "abrams", "authority": "USA"}
STATE: dict[str, Any] = {
    "replication": 0, "state": "POL", "tenders": 10, "contracts": 8, "collapsed": 1, "waited": 2,
    "orders_value": 100.0, "committed_2028": 0.8, "received": 1000.0, "lapsed": 0.0,
} | {f"inflow_{year}": 100.0 for year in range(2026, 2036)}  # fmt: skip
FLEET: dict[str, Any] = {
    "replication": 0, "state": "POL", "category": "main_battle_tank", "year": 2030, "stock": 100.0,
    "usable": 80.0, "requirement": 100.0, "on_order": 0.0, "availability": 0.6,
}  # fmt: skip
LINE: dict[str, Any] = {
    "replication": 0, "line": "leopard_2a8_munich", "year": 2030, "capacity": 100.0, "delivered": 50.0,
    "backlog": 300.0, "cover": 3.0, "price_now": 10.0, "made": 70.0,
}  # fmt: skip
FAMILY: dict[str, Any] = {
    "replication": 0, "state": "POL", "family": "leopard_2", "year": 2030, "stock": 100.0, "usable": 80.0,
}  # fmt: skip
FRAMEWORK: dict[str, Any] = {"replication": 0, "framework": "k2", "units": 100.0, "converted": 50.0}
Rows = list[Mapping[str, Any]]


def table(plain: Mapping[str, Any], rows: Rows) -> pd.DataFrame:
    """A frame of rows that say only what differs from a plain row."""
    made = pd.DataFrame([{**plain, **row} for row in rows], columns=list(plain))
    return made.astype({name: type(value) for name, value in plain.items()})


def books(
    contracts: Rows = (),
    *,
    states: Rows = (),
    fleets: Rows = (),
    lines: Rows = (),
    families: Rows = (),
    frameworks: Rows = (),
    start: str = "2026-01",
    replications: int = 1,
) -> View:
    """A view of books made by hand; every replication has a row of Poland at least."""
    every = [{"replication": number} for number in range(replications)]
    return view_of_frames(
        table(CONTRACT, list(contracts)),
        table(STATE, list(states) or every),
        table(FLEET, list(fleets)),
        table(LINE, list(lines)),
        table(FRAMEWORK, list(frameworks)),
        table(FAMILY, list(families)),
        start,
    )


def worth(value: float, **more: Any) -> dict[str, Any]:
    """A contract of ten units with this value in musd, at the base price."""
    return {"value": value, "quantity": 10.0, "unit_price": value / 10, "base_price": value / 10, **more}


def known() -> Market:
    """The market of the project's seeds."""
    return market(load_seeds())


def small(**changes: Any) -> Market:
    """The market of the project's seeds with some lookups replaced."""
    return replace(known(), **changes)
