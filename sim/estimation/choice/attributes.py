"""What is known of an offer before the decision, winner or loser alike: one number per attribute and draw.

Each attribute is the model's own rule with a weight of one, so what is estimated is what a run uses. What is
uncertain is drawn within its range, what is missing over all that is known of its kind; nothing is zero for
want of a record. Local production and prices as recorded with the decisions are not used: they are known of
winners and rarely of losers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from sim.estimation.choice.catalogue import DRAWS, Catalogue
from sim.estimation.choice.given import Given, given
from sim.estimation.choice.sets import ChoiceSet, Names, Offer
from sim.evidence.orders import PastOrders, past_orders
from sim.evidence.seeds import Seeds
from sim.model.rules import choice, quote, reliance

Array = npt.NDArray[np.float64]
THREAT_ROSE: Final = 2014.15, 2022.15  # Crimea; the full invasion of Ukraine
CONSENT: Final = ("ally_months", "government_months", "partner_months", "union_share", "known_share")
LEFT_UNION: Final = {"GBR": 2020.08}
ATTRIBUTES: Final = (
    "months",
    "price",
    "capability",
    "untried",
    "family",
    "adopters",
    "neighbours",
    "previous",
    "exposure",
    "us_tie",
    "union",
    "domestic",
    "local",
    "family_direct",
    "domestic_direct",
)


@dataclass(frozen=True)
class Table:
    """The attributes of choice sets.

    values: (sets, draws, places, attributes), 0 where there is no offer; there: (sets, places) whether there
    is one; nest: (sets, places) industry; chosen: (sets,) place of the winner; listed: (sets, places, 2)
    months and price (musd) by catalogue, for the naive rules.
    """

    values: Array
    there: npt.NDArray[np.bool_]
    nest: npt.NDArray[np.int64]
    chosen: npt.NDArray[np.int64]
    listed: Array
    attributes: tuple[str, ...] = ATTRIBUTES

    def take(self, rows: Sequence[int] | npt.NDArray[np.int64]) -> Table:
        """The same of some of the sets."""
        at = np.asarray(rows, dtype=np.int64)
        return replace(
            self,
            values=self.values[at],
            there=self.there[at],
            nest=self.nest[at],
            chosen=self.chosen[at],
            listed=self.listed[at],
        )

    def without(self, *names: str) -> Table:
        """The same without some attributes."""
        kept = [at for at, name in enumerate(self.attributes) if name not in names]
        left = tuple(self.attributes[at] for at in kept)
        return replace(self, values=self.values[..., kept], attributes=left)

    def won_by(self, chosen: npt.NDArray[np.int64]) -> Table:
        """The same with other winners."""
        return replace(self, chosen=chosen)

    def sizes(self) -> npt.NDArray[np.int64]:
        """How many offers each set has."""
        return np.asarray(self.there.sum(axis=1))


class Attributes:
    """Works out the attributes of offers from the seeds."""

    def __init__(self, seeds: Seeds, orders: PastOrders | None = None) -> None:
        """Read what every offer needs; raises EvidenceError where a fact is missing."""
        self.seeds = seeds
        self.orders = orders or past_orders(seeds)
        self.catalogue = Catalogue(seeds)
        self.given: Given = given()
        self.lines = {line.id: line for line in seeds.lines()}
        self.states = {state.id: state for state in seeds.states()}
        self.allies = {one.id for one in seeds.authorities() if one.nato}
        self.industries = [one.id for one in seeds.industries()]
        self.holders: dict[str, set[str]] = {}
        for one in seeds.line_authorities():
            if one.stage in ("delivery", "support"):
                self.holders.setdefault(one.line, set()).add(one.authority)
        names = Names(seeds)
        self.families: dict[str, list[str]] = {}
        for family in sorted(names.families):
            self.families.setdefault(names.categories[family], []).append(family)

    def table(self, sets: Sequence[ChoiceSet]) -> Table:
        """The attributes of some choice sets."""
        places = max((len(one.offers) for one in sets), default=0)
        values = np.zeros((len(sets), DRAWS, places, len(ATTRIBUTES)))
        there, nest = np.zeros((len(sets), places), dtype=bool), np.zeros((len(sets), places), dtype=np.int64)
        listed = np.zeros((len(sets), places, 2))
        for row, one in enumerate(sets):
            there[row, : len(one.offers)] = True
            nest[row, : len(one.offers)] = [self.industries.index(offer.industry) for offer in one.offers]
            found = self.of(one)
            for at, name in enumerate(ATTRIBUTES):
                values[row, :, : len(one.offers), at] = found[name]
            for place, offer in enumerate(one.offers):
                listed[row, place] = self.catalogue.listed(one, offer, self._consent(one, offer))
        return Table(values, there, nest, np.array([one.chosen for one in sets], dtype=np.int64), listed)

    def of(self, one: ChoiceSet) -> dict[str, Array]:
        """The attributes of a set's offers, each of shape (draws, offers)."""
        known = {name: np.empty((DRAWS, len(one.offers))) for name in ATTRIBUTES}
        prices = np.stack([self.catalogue.price(one, offer) for offer in one.offers], axis=1)
        usual = prices.mean(axis=1)
        for at, offer in enumerate(one.offers):
            for name, value in self._single(one, offer).items():
                known[name][:, at] = value
            known["price"][:, at] = [
                choice.value_of_price(1.0, price, mean)
                for price, mean in zip(prices[:, at], usual, strict=True)
            ]
        return known

    def _single(self, one: ChoiceSet, offer: Offer) -> dict[str, Array | float]:
        """Everything about an offer that needs no look at its rivals."""
        held = self._over_families(one, offer, lambda family: float(self._holds(one, family)))
        home = self._at_home(one, offer)
        return {
            "months": self._months(one, offer),
            "capability": self._over_families(one, offer, lambda family: self._ranked(one, family)),
            "untried": self._over_families(one, offer, lambda family: self._untried(one, family)),
            "family": held,
            "adopters": self._over_families(one, offer, lambda family: self._adopters(one, family)),
            "neighbours": self._over_families(one, offer, lambda family: self._neighbours(one, family)),
            "previous": self._previous(one, offer),
            "exposure": self._exposure(one, offer),
            "us_tie": self._us_tie(one, offer),
            "union": float(self._in_union(one, offer)),
            "domestic": float(home),
            "local": self._local(one, offer),
            "family_direct": held * one.direct,
            "domestic_direct": float(home and one.direct),
        }

    def urgency(self, buyer: str, category: str, date: float) -> float:
        """How pressed a buyer was at a date: its exposure times the threat of that time times its gap."""
        gap = self.given.gap(buyer, category, date, self.seeds.value("past", "gap"))
        return self.seeds.value(buyer, "threat_exposure") * self._threat(date) * gap

    def _threat(self, date: float) -> float:
        """The threat of a time against today's."""
        if date >= THREAT_ROSE[1]:
            return 1.0
        calm = self.seeds.value("past", "threat_calm")
        return calm if date >= THREAT_ROSE[0] else 0.5 * calm

    def _over_families(self, one: ChoiceSet, offer: Offer, of: Callable[[str], float]) -> Array:
        """What holds of an offer's family, (draws,); of an unknown one, of any family of its category."""
        if offer.family is not None:
            return np.full(DRAWS, of(offer.family))
        families = self.families.get(one.category) or [
            name for known in self.families.values() for name in known
        ]
        at = (self.catalogue.chances(offer, "family") * len(families)).astype(int)
        return np.array([of(families[place]) for place in at])

    def _holds(self, one: ChoiceSet, family: str) -> bool:
        return one.buyer in self.orders.holders(family, one.date, one.buyer)

    def _ranked(self, one: ChoiceSet, family: str) -> float:
        """Whether another state had published that it came first."""
        years = self.seeds.value("past", "rank_years")
        return float(self.orders.ranked_first(family, one.date, years, one.buyer))

    def _untried(self, one: ChoiceSet, family: str) -> float:
        return float(self.orders.untried(family, one.date, one.buyer))

    def _adopters(self, one: ChoiceSet, family: str) -> float:
        years, repeat = (self.seeds.value("choice", name) for name in ("adopter_years", "repeat_ties"))
        count = len(self.orders.adopters(family, one.date, one.buyer, years))
        return choice.value_of_users(1.0, 0.0, count, 0, not self._holds(one, family), repeat)

    def _neighbours(self, one: ChoiceSet, family: str) -> float:
        near = set(self.states[one.buyer].neighbours)
        count = len(self.orders.holders(family, one.date, one.buyer) & near)
        repeat = self.seeds.value("choice", "repeat_ties")
        return choice.value_of_users(0.0, 1.0, 0, count, not self._holds(one, family), repeat)

    def _at_home(self, one: ChoiceSet, offer: Offer) -> bool:
        """A maker of the buyer's own country, or a consortium the buyer had joined before the decision."""
        if offer.supplier == one.buyer:
            return True
        if offer.family is None or offer.line is None or not self._holds(one, offer.family):
            return False
        return one.buyer in self.lines[offer.line].home

    def _in_union(self, one: ChoiceSet, offer: Offer) -> bool:
        return all(self._member(country, one.date) for country in (one.buyer, offer.supplier))

    def _member(self, country: str, date: float) -> bool:
        if country in LEFT_UNION:
            return date < LEFT_UNION[country]
        return country in self.states and self.states[country].eu

    def _previous(self, one: ChoiceSet, offer: Offer) -> float:
        if offer.supplier == one.buyer:
            return 0.0
        authority, years = self._authority(offer), self.seeds.value("choice", "previous_years")
        before = self.orders.dealings(one.buyer, authority, one.date, years, offer.family)
        return choice.value_of_dealings(1.0, before)

    def _authority(self, offer: Offer) -> str:
        return self.lines[offer.line].authority if offer.line else offer.supplier

    def _exposure(self, one: ChoiceSet, offer: Offer) -> float:
        """The model's exposure with the families a buyer held at that date, trust equal for all."""
        who = self.holders.get(offer.line, set()) if offer.line else {self._authority(offer)}
        start, least = self.seeds.value("trust", "start"), self.seeds.value("choice", "exposure_least")
        shares = [self.orders.held_share(one.buyer, x, one.date) for x in who if x != one.buyer]
        return max((reliance.exposure(share, least, 1.0 - start) for share in shares), default=0.0)

    def _us_tie(self, one: ChoiceSet, offer: Offer) -> float:
        if offer.industry != "united_states":
            return 0.0
        return self.seeds.value(one.buyer, "us_tie") * self._threat(one.date)

    def _local(self, one: ChoiceSet, offer: Offer) -> Array | float:
        """Work placed with the buyer's industry, as a run counts it: of large orders from makers abroad."""
        if offer.supplier == one.buyer:
            return 0.0
        part = self.seeds.value("past", "local_part")
        placed = self.catalogue.spread(offer, "local_share_max", one.category)
        return np.asarray(part * placed * self._is_large(one, offer))

    def _is_large(self, one: ChoiceSet, offer: Offer) -> Array:
        """Whether an order is large enough for local work, (draws,); drawn if its quantity is not known."""
        if math.isnan(one.quantity):
            return np.asarray(
                self.catalogue.chances(offer, "large") < self.seeds.value("past", "large_share")
            )
        value = one.quantity * self.catalogue.spread(offer, "price_platform", one.category)
        return np.asarray(value >= self.seeds.value("quote", "local_threshold"))

    def _months(self, one: ChoiceSet, offer: Offer) -> Array:
        """The worth of an offer's months to the first delivery with a weight of one."""
        floor, urgency = (
            self.seeds.value("choice", "months_floor"),
            self.urgency(one.buyer, one.category, one.date),
        )
        waits = self.catalogue.months(one, offer, self._consent(one, offer))
        return np.array([choice.value_of_time(1.0, floor, urgency, wait) for wait in waits])

    def _consent(self, one: ChoiceSet, offer: Offer) -> float:
        """Months for the consent of governments by the rule of a run, without what levers cut."""
        told = {name: self.seeds.value("quote", name) for name in CONSENT}
        return quote.process_months(
            offer.supplier == one.buyer,
            self._in_union(one, offer),
            offer.industry == "united_states",
            self._authority(offer) in self.allies,
            offer.family is not None and self._holds(one, offer.family),
            told["ally_months"],
            told["government_months"],
            told["partner_months"],
            0.0,
            0.0,
            told["union_share"],
            told["known_share"],
        )
