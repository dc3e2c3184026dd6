"""Books typed by hand: who got what in two runs, for tests of flows and dates of deliveries."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from sim.report.flows import Atlas
from sim.report.why_words import Names

NAMES = Names(
    states={"POL": "Poland", "NOR": "Norway", "USA": "United States"},
    categories={"tank": "Main battle tanks", "gun": "Self-propelled howitzers"},
    units={"tank": "tanks", "gun": "guns"},
    lines={"k2": "K2 tank, Changwon", "k9": "K9 howitzer, Changwon", "krab": "Krab howitzer, Stalowa Wola"},
    industries={"korea": "Korea", "europe": "Europe"},
    authorities={"KOR": "Republic of Korea"},
)
NUMERIC = {"POL": "616", "NOR": "578", "USA": "840", "KOR": "410"}
ATLAS = Atlas(NAMES, NUMERIC, {"k2": "KOR", "k9": "KOR", "krab": "POL"})
LINES = {"k2": ("tank", "korea"), "k9": ("gun", "korea"), "krab": ("gun", "europe")}

# replication, year, buyer, line, units, value
DELIVERED = (
    (0, 2026, "POL", "k2", 10, 300.0), (0, 2027, "POL", "k2", 20, 600.0), (1, 2027, "POL", "k2", 20, 600.0),
    (0, 2026, "POL", "k9", 5, 50.0), (0, 2027, "POL", "krab", 4, 80.0), (1, 2027, "POL", "krab", 4, 80.0),
    (1, 2027, "NOR", "k9", 2, 40.0), (0, 2027, "USA", "k9", 1, 20.0),
)  # fmt: skip
# replication, contract, buyer, line, signed, first, last, quantity, value
SIGNED = (
    (0, "POL-k2", "POL", "k2", -5, 4.0, 24.0, 116, 3600.0),
    (1, "POL-k2", "POL", "k2", -5, 6.0, np.nan, 116, 3600.0),
    (0, None, "POL", "k9", 12, 30.0, 40.0, 10, 170.0), (0, None, "POL", "k9", 20, 36.0, 50.0, 10, 170.0),
    (1, None, "NOR", "k9", 60, np.nan, np.nan, 4, 80.0),
)  # fmt: skip


def books(delivered: Any = DELIVERED, signed: Any = SIGNED, replications: int = 2) -> Any:
    """Books with the tables that deliveries are made of; ids are categorical, as in real ones."""
    given = ["replication", "year", "buyer", "line", "units", "value"]
    deliveries = pd.DataFrame(delivered, columns=given)
    given = ["replication", "contract", "buyer", "line", "signed", "first", "last", "quantity", "value"]
    contracts = pd.DataFrame(signed, columns=given)
    contracts["contract"] = pd.Categorical(contracts["contract"], ["POL-k2"])
    for table in (deliveries, contracts):
        table["category"] = pd.Categorical([LINES[line][0] for line in table["line"]], ["tank", "gun"])
        table["industry"] = pd.Categorical([LINES[line][1] for line in table["line"]], ["korea", "europe"])
        table["in_total"] = (table["buyer"] != "USA").astype(int)
        table["line"] = pd.Categorical(table["line"], list(LINES))
        table["buyer"] = pd.Categorical(table["buyer"], ["NOR", "POL", "USA"])
    return SimpleNamespace(
        deliveries=deliveries, contracts=contracts, replications=replications, start="2026-01"
    )
