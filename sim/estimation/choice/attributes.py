"""What is known of an offer before the decision, winner or loser alike: one number per attribute and draw.

Each attribute is the model's own rule with a weight of one, so what is estimated is what a run uses. What is
uncertain is drawn within its range, what is missing over all that is known of its kind; nothing is zero for
want of a record. Local production and prices as recorded with the decisions are not used: they are known of
winners and rarely of losers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import stats

from sim.estimation.choice.given import Given, given
from sim.estimation.choice.months import PastMonths, past_months
from sim.estimation.choice.sets import ChoiceSet, Offer
from sim.evidence.orders import PastOrders, past_orders
from sim.evidence.seeds import Seeds
from sim.model.randomness import name_key, triangular
from sim.model.rules import choice, reliance

Array = npt.NDArray[np.float64]
DRAWS: Final = 24  # draws of what is uncertain; the chance of a choice is their mean
THREAT_ROSE: Final = 2014.15, 2022.15  # Crimea; the full invasion of Ukraine
LEFT_UNION: Final = {"GBR": 2020.08}
PRICE_PARTS: Final = ("price_platform", "price_support")
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
    is one; nest: (sets, places) industry; chosen: (sets,) place of the winner.
    """

    values: Array
    there: npt.NDArray[np.bool_]
    nest: npt.NDArray[np.int64]
    chosen: npt.NDArray[np.int64]
    attributes: tuple[str, ...] = ATTRIBUTES

    def take(self, rows: Sequence[int] | npt.NDArray[np.int64]) -> Table:
        """The same of some of the sets."""
        at = np.asarray(rows, dtype=np.int64)
        return Table(self.values[at], self.there[at], self.nest[at], self.chosen[at], self.attributes)

    def without(self, *names: str) -> Table:
        """The same without some attributes."""
        kept = [at for at, name in enumerate(self.attributes) if name not in names]
        left = tuple(self.attributes[at] for at in kept)
        return Table(self.values[..., kept], self.there, self.nest, self.chosen, left)

    def won_by(self, chosen: npt.NDArray[np.int64]) -> Table:
        """The same with other winners."""
        return Table(self.values, self.there, self.nest, chosen, self.attributes)

    def sizes(self) -> npt.NDArray[np.int64]:
        """How many offers each set has."""
        return np.asarray(self.there.sum(axis=1))


class Attributes:
    """Works out the attributes of offers from the seeds."""

    def __init__(self, seeds: Seeds, orders: PastOrders | None = None) -> None:
        """Read what every offer needs; raises EvidenceError where a fact is missing."""
        self.seeds = seeds
        self.orders = orders or past_orders(seeds)
        self.waits: PastMonths = past_months(seeds)
        self.given: Given = given()
        self.lines = {line.id: line for line in seeds.lines()}
        self.states = {state.id: state for state in seeds.states()}
        self.industries = [one.id for one in seeds.industries()]
        self.holders: dict[str, set[str]] = {}
        for one in seeds.line_authorities():
            if one.stage in ("delivery", "support"):
                self.holders.setdefault(one.line, set()).add(one.authority)

    def table(self, sets: Sequence[ChoiceSet]) -> Table:
        """The attributes of some choice sets."""
        places = max((len(one.offers) for one in sets), default=0)
        shape = (len(sets), DRAWS, places, len(ATTRIBUTES))
        values, there = np.zeros(shape), np.zeros((len(sets), places), dtype=bool)
        nest = np.zeros((len(sets), places), dtype=np.int64)
        for row, one in enumerate(sets):
            there[row, : len(one.offers)] = True
            nest[row, : len(one.offers)] = [self.industries.index(offer.industry) for offer in one.offers]
            found = self.of(one)
            for at, name in enumerate(ATTRIBUTES):
                values[row, :, : len(one.offers), at] = found[name]
        return Table(values, there, nest, np.array([one.chosen for one in sets], dtype=np.int64))

    def of(self, one: ChoiceSet) -> dict[str, Array]:
        """The attributes of a set's offers, each of shape (draws, offers)."""
        known = {name: np.empty((DRAWS, len(one.offers))) for name in ATTRIBUTES}
        prices = np.stack([self._price(one, offer) for offer in one.offers], axis=1)
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
        buyer, date, family = one.buyer, one.date, offer.family
        held = family is not None and buyer in self.orders.holders(family, date, buyer)
        home = self._at_home(one, offer, held)
        urgency = self.urgency(buyer, one.category, date)
        floor = self.seeds.value("choice", "months_floor")
        months = [choice.value_of_time(1.0, floor, urgency, wait) for wait in self._months(one, offer)]
        return {
            "months": np.array(months),
            "capability": self._fact(offer, "capability", 0.0),
            "untried": self._untried(one, offer),
            "family": float(held),
            "adopters": self._adopters(one, offer, held),
            "neighbours": self._neighbours(one, offer, held),
            "previous": self._previous(one, offer),
            "exposure": self._exposure(one, offer),
            "us_tie": self._us_tie(one, offer),
            "union": float(self._in_union(one, offer) and not home),
            "domestic": float(home),
            "local": self._spread(offer, "local_share_max", one.category),
            "family_direct": float(held and one.direct),
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

    def _at_home(self, one: ChoiceSet, offer: Offer, held: bool) -> bool:
        """A maker of the buyer's own country, or a consortium the buyer had joined before the decision."""
        if offer.supplier == one.buyer:
            return True
        return held and offer.line is not None and one.buyer in self.lines[offer.line].home

    def _in_union(self, one: ChoiceSet, offer: Offer) -> bool:
        return all(self._member(country, one.date) for country in (one.buyer, offer.supplier))

    def _member(self, country: str, date: float) -> bool:
        if country in LEFT_UNION:
            return date < LEFT_UNION[country]
        return country in self.states and self.states[country].eu

    def _adopters(self, one: ChoiceSet, offer: Offer, held: bool) -> Array | float:
        years, repeat = self.seeds.value("choice", "adopter_years"), self.seeds.value("choice", "repeat_ties")
        if offer.family is None:
            return np.asarray(self._draw(offer, "adopters") * math.log(2.0))
        count = len(self.orders.adopters(offer.family, one.date, one.buyer, years))
        return choice.value_of_users(1.0, 0.0, count, 0, not held, repeat)

    def _neighbours(self, one: ChoiceSet, offer: Offer, held: bool) -> float:
        repeat = self.seeds.value("choice", "repeat_ties")
        if offer.family is None:
            return 0.0
        near = set(self.states[one.buyer].neighbours)
        count = len(self.orders.holders(offer.family, one.date, one.buyer) & near)
        return choice.value_of_users(0.0, 1.0, 0, count, not held, repeat)

    def _untried(self, one: ChoiceSet, offer: Offer) -> Array | float:
        if offer.family is None:
            return (self._draw(offer, "untried") < self.seeds.value("past", "untried_share")).astype(float)
        return float(self.orders.untried(offer.family, one.date, one.buyer))

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

    def _months(self, one: ChoiceSet, offer: Offer) -> Array:
        """Months to the first delivery by catalogue and by what the line had promised or done before.

        Of used equipment the months it takes to hand it over.
        """
        if offer.used:
            return self._range("past", "used_months", self._draw(offer, "months"))
        listed = self._spread(offer, "build_months", one.category) + self._consent(one, offer)
        usual = self.waits.shrunk(offer.line, one.date, one.buyer, listed)
        return np.asarray(usual * self._departure(one, offer, "months"))

    def _consent(self, one: ChoiceSet, offer: Offer) -> float:
        """Months for the consent of governments, as in a run: at home none, by who makes it abroad."""
        if offer.supplier == one.buyer:
            return 0.0
        if offer.industry == "united_states":
            return self.seeds.value("quote", "government_months")
        allied = offer.supplier in self.states or offer.supplier == "CHE"
        return self.seeds.value("quote", "ally_months" if allied else "partner_months")

    def _price(self, one: ChoiceSet, offer: Offer) -> Array:
        """Catalogue price of platform and support, musd; of used equipment a part of it."""
        parts = [self._spread(offer, part, one.category) for part in PRICE_PARTS]
        price = np.sum(parts, axis=0)
        if offer.used and (offer.line is None or self.lines[offer.line].kind != "stock"):
            price = price * self._range("past", "used_price", self._draw(offer, "used"))
        return np.asarray(np.maximum(price * self._departure(one, offer, "price"), 1e-6))

    def _spread(self, offer: Offer, attribute: str, category: str) -> Array:
        """A fact of an offer's line within its range; without a line, over the lines of the category."""
        chances = self._draw(offer, attribute)
        if offer.line is not None:
            return self._range(offer.line, attribute, chances)
        alike = [one.id for one in self.lines.values() if one.category == category and not one.home_only]
        alike = alike or list(self.lines)
        values = np.sort([self.seeds.value(one, attribute) for one in alike])
        return np.asarray(np.quantile(values, chances))

    def _range(self, subject: str, attribute: str, chances: Array) -> Array:
        fact = self.seeds.fact(subject, attribute)
        return np.array([triangular(fact.low, fact.value, fact.high, one) for one in chances])

    def _fact(self, offer: Offer, attribute: str, otherwise: float) -> float:
        known = offer.line is not None and self.seeds.has(offer.line, attribute)
        return self.seeds.value(str(offer.line), attribute) if known else otherwise

    def _draw(self, offer: Offer, purpose: str) -> Array:
        """Chances that belong to what is drawn, by its name: the same of a line wherever it is offered."""
        return chances_of(f"{offer.line or offer.system}.{purpose}")

    def _departure(self, one: ChoiceSet, offer: Offer, attribute: str) -> Array:
        """By what factor this offer may have differed from the catalogue."""
        spread = self.seeds.value("past", f"offer_{attribute}_spread")
        name = f"{one.buyer}.{one.category}.{one.date:.2f}.{offer.system}.{attribute}"
        return np.asarray(np.exp(spread * stats.norm.ppf(chances_of(name))))


@cache
def chances_of(name: str) -> Array:
    """(DRAWS,) chances in (0, 1) that belong to a name, one in each of as many equal parts."""
    keys = [int(name_key(f"{name}.{at}")) / 2.0**64 for at in range(DRAWS)]
    order = np.argsort(keys)
    return np.asarray((np.argsort(order) + np.array(keys)) / DRAWS).clip(1e-6, 1.0 - 1e-6)
