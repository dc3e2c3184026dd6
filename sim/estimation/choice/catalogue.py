"""Months and prices of offers from the catalogue of lines, with what is uncertain about each drawn.

What is known of a line is drawn within its range; of an unknown system, over the lines of its category.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import stats

from sim.estimation.choice.months import PastMonths, past_months
from sim.estimation.choice.sets import ChoiceSet, Offer
from sim.evidence.seeds import Seeds
from sim.model.randomness import name_key, triangular

Array = npt.NDArray[np.float64]
DRAWS: Final = 24  # draws of what is uncertain; the chance of a choice is their mean
PRICE_PARTS: Final = ("price_platform", "price_support")


class Catalogue:
    """What the lines of the seeds would have offered at a date."""

    def __init__(self, seeds: Seeds) -> None:
        """Read the lines and what is known of their past deliveries."""
        self.seeds = seeds
        self.waits: PastMonths = past_months(seeds)
        self.lines = {line.id: line for line in seeds.lines()}

    def listed(self, one: ChoiceSet, offer: Offer, consent: float) -> tuple[float, float]:
        """Months to the first delivery and price (musd) at the middle of all that is uncertain.

        consent: months for the consent of governments.
        """
        price = sum(self._middle(offer, part, one.category) for part in PRICE_PARTS)
        if self._used_price(offer):
            price *= self.seeds.value("past", "used_price")
        if offer.used:
            return self.seeds.value("past", "used_months"), price
        listed = np.array([self._middle(offer, "build_months", one.category) + consent])
        return float(self.waits.shrunk(offer.line, one.date, one.buyer, listed)[0]), price

    def months(self, one: ChoiceSet, offer: Offer, consent: float) -> Array:
        """Months to the first delivery, (draws,): catalogue, and what the line had promised or done before.

        Of used equipment the months it takes to hand it over. consent: months for that of governments.
        """
        if offer.used:
            return self._range("past", "used_months", self.chances(offer, "months"))
        listed = self.spread(offer, "build_months", one.category) + consent
        usual = self.waits.shrunk(offer.line, one.date, one.buyer, listed)
        return np.asarray(usual * self._departure(one, offer, "months"))

    def price(self, one: ChoiceSet, offer: Offer) -> Array:
        """Catalogue price of platform and support, musd, (draws,); of used equipment a part of it."""
        price = np.sum([self.spread(offer, part, one.category) for part in PRICE_PARTS], axis=0)
        if self._used_price(offer):
            price = price * self._range("past", "used_price", self.chances(offer, "used"))
        return np.asarray(np.maximum(price * self._departure(one, offer, "price"), 1e-6))

    def spread(self, offer: Offer, attribute: str, category: str) -> Array:
        """A fact of an offer's line within its range, (draws,); without one, over lines of the category."""
        chances = self.chances(offer, attribute)
        if offer.line is not None:
            return self._range(offer.line, attribute, chances)
        return np.asarray(np.quantile(self._alike(attribute, category), chances))

    def chances(self, offer: Offer, purpose: str) -> Array:
        """Chances that belong to what is drawn, by its name: the same of a line wherever it is offered."""
        return chances_of(f"{offer.line or offer.system}.{purpose}")

    def _used_price(self, offer: Offer) -> bool:
        """Whether a used system is listed at the price of a new one."""
        return offer.used and (offer.line is None or self.lines[offer.line].kind != "stock")

    def _middle(self, offer: Offer, attribute: str, category: str) -> float:
        if offer.line is not None:
            return self.seeds.value(offer.line, attribute)
        return float(np.median(self._alike(attribute, category)))

    def _alike(self, attribute: str, category: str) -> Array:
        """A fact of all lines of a category that are sold abroad; of all lines where there is none."""
        alike = [one.id for one in self.lines.values() if one.category == category and not one.home_only]
        return np.array([self.seeds.value(one, attribute) for one in alike or self.lines])

    def _range(self, subject: str, attribute: str, chances: Array) -> Array:
        fact = self.seeds.fact(subject, attribute)
        return np.array([triangular(fact.low, fact.value, fact.high, one) for one in chances])

    def _departure(self, one: ChoiceSet, offer: Offer, attribute: str) -> Array:
        """By what factor this offer may have differed from the catalogue; none on the mean of logarithms."""
        spread = self.seeds.value("past", f"offer_{attribute}_spread")
        normal = stats.norm.ppf(
            chances_of(f"{one.buyer}.{one.category}.{one.date:.2f}.{offer.system}.{attribute}")
        )
        return np.asarray(np.exp(spread * (normal - normal.mean())))


@cache
def chances_of(name: str) -> Array:
    """(DRAWS,) chances in (0, 1) that belong to a name, one in each of as many equal parts."""
    keys = [int(name_key(f"{name}.{at}")) / 2.0**64 for at in range(DRAWS)]
    order = np.argsort(keys)
    return np.asarray((np.argsort(order) + np.array(keys)) / DRAWS).clip(1e-6, 1.0 - 1e-6)
