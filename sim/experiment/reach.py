"""How far a scenario reaches into a place, from the books: deliveries that differ, orders that it touches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from sim.experiment.books import Books
from sim.experiment.deliveries import of_place
from sim.policy.dates import MONTHS
from sim.policy.scenario import Scenario
from sim.policy.shocks import Shock

if TYPE_CHECKING:
    import pandas as pd

# The industry whose goods wait (for a customer abroad), and whose offers stop, with a lever.
DELIVERY: Final = {"us_delivery_release": "united_states", "korean_delivery_release": "korea"}
SUPPLY: Final = {"us_supply": "united_states", "korean_supply": "korea"}


@dataclass(frozen=True)
class Touch:
    """A lever that stands elsewhere than in the baseline, from a month to before another (0 = the start)."""

    lever: str
    first: int
    last: int


@dataclass(frozen=True)
class Touched:
    """What a lever touches in a place under the baseline: its industry, and in how many runs there is any.

    `latest`: the month by which all orders placed there before the lever moves are delivered, in every run
    (nan without such an order, infinity where that is after the end of the run).
    """

    touch: Touch
    industry: str
    runs: int
    latest: float

    @property
    def of_deliveries(self) -> bool:
        """Whether goods ordered are touched, else new orders."""
        return self.touch.lever in DELIVERY


def differing(base: Books, other: Books, place: str) -> dict[str, float]:
    """For each category the share of units that come from another line or in another year than in `base`.

    Run by run: the units that only one of both has, over the units of both, from 0 (all alike) to 1.
    """
    keys = ["category", "line", "year", "replication"]
    one, two = (
        of_place(books.deliveries, place).groupby(keys, observed=True)["units"].sum()
        for books in (base, other)
    )
    both, apart = one.add(two, fill_value=0.0), one.sub(two, fill_value=0.0).abs()
    shares = apart.groupby("category", observed=True).sum() / both.groupby("category", observed=True).sum()
    return {str(category): float(share) for category, share in shares.items()}


def touches(now: Scenario, base: Scenario, cards: Mapping[str, Shock]) -> list[Touch]:
    """Every lever that a scenario moves against `base`: for the whole run, from a date on, or by a card."""
    before = base.levers
    found = [Touch(name, 0, MONTHS) for name, value in now.settings if value != before[name]]
    found += [Touch(one.lever, one.month, MONTHS) for one in now.schedule if one not in base.schedule]
    for card in now.shocks:
        if card not in base.shocks:
            found += [
                Touch(effect.lever, card.month, min(MONTHS, card.month + card.months))
                for effect in cards[card.card].effects
            ]
    return list(dict.fromkeys(found))


def touched(touch: Touch, base: Books, place: str) -> Touched | None:
    """What the books say of a lever that holds back goods or offers of an industry; None of other levers."""
    industry = DELIVERY.get(touch.lever) or SUPPLY.get(touch.lever)
    if industry is None:
        return None
    rows = of_place(base.contracts, place)
    rows = rows[rows["industry"] == industry]
    if touch.lever in SUPPLY:
        hit = rows[(rows["existing"] == 0) & rows["signed"].between(touch.first, touch.last - 1)]
        return Touched(touch, industry, _runs(hit), float("nan"))
    rows = rows[rows["domestic"] == 0]
    done = rows["last"].fillna(np.inf)
    hit = rows[(rows["signed"] < touch.last) & (done >= touch.first)]
    latest = float(done[rows["signed"] < touch.first].max())
    return Touched(touch, industry, _runs(hit), latest)


def _runs(rows: pd.DataFrame) -> int:
    return int(rows["replication"].nunique())
