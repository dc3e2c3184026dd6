"""Who had ordered which family when, and which was published as the best: what a buyer could know before."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sim.evidence.seeds import Seeds

OWN_LAG = 1.0  # years: a buyer's own order counts from then on, so that a purchase never explains itself


def year_of(date: str) -> float:
    """A date YYYY-MM-DD, YYYY-MM or YYYY as a year and its part: to the month; a bare year is its middle."""
    year, *rest = date.split("-")
    return float(year) + ((int(rest[0]) - 1) / 12.0 if rest else 0.5)


@dataclass(frozen=True, slots=True)
class Order:
    """A state ordered a family (first) at `since` and had it until `until`, years."""

    family: str
    state: str
    since: float
    until: float


@dataclass(frozen=True)
class PastOrders:
    """First orders by family.

    authority: the government that licenses a family of this model; supporters: all that could stop its
    support; ranks: of each family, who published when that it came first.
    """

    orders: tuple[Order, ...]
    authority: Mapping[str, str]
    supporters: Mapping[str, frozenset[str]]
    ranks: Mapping[str, tuple[tuple[str, float], ...]]
    roster: frozenset[str]

    @cached_property
    def _by_family(self) -> dict[str, list[Order]]:
        found: dict[str, list[Order]] = {}
        for one in self.orders:
            found.setdefault(one.family, []).append(one)
        return found

    @cached_property
    def _by_state(self) -> dict[str, list[Order]]:
        found: dict[str, list[Order]] = {}
        for one in self.orders:
            found.setdefault(one.state, []).append(one)
        return found

    def holders(self, family: str, date: float, buyer: str) -> set[str]:
        """The states of the roster that had ordered a family before a date and had not given it up.

        The buyer itself counts only with orders older than OWN_LAG.
        """
        return {
            one.state
            for one in self._by_family.get(family, ())
            if one.state in self.roster and _known(one, date, buyer) and one.until > date
        }

    def adopters(self, family: str, date: float, buyer: str, years: float) -> set[str]:
        """The other states of the roster that first ordered a family in the years before a date.

        An order cancelled before the date does not count.
        """
        first: dict[str, float] = {}
        for one in self._by_family.get(family, ()):
            mine = one.state == buyer or one.state not in self.roster
            if not mine and _known(one, date, buyer) and one.until > date:
                first[one.state] = min(one.since, first.get(one.state, math.inf))
        return {state for state, since in first.items() if since > date - years}

    def untried(self, family: str, date: float, buyer: str) -> bool:
        """Whether no state anywhere had ordered a family before a date."""
        return not any(_known(one, date, buyer) for one in self._by_family.get(family, ()))

    def firsts(self, date: float) -> Iterable[tuple[str, str, float]]:
        """State of the roster, family and year of each order before a date that it still has."""
        for one in self.orders:
            if one.state in self.roster and one.since < date < one.until:
                yield one.state, one.family, one.since

    def elsewhere(self, family: str, date: float) -> bool:
        """Whether a state outside the roster had ordered a family before a date."""
        return any(
            one.state not in self.roster and one.since < date for one in self._by_family.get(family, ())
        )

    def dealings(self, buyer: str, authority: str, date: float, years: float, but: str | None) -> int:
        """Families, but for one, that a buyer first ordered under an authority in the years before a date."""
        return len(
            {
                one.family
                for one in self._by_state.get(buyer, ())
                if one.family != but
                and self.authority.get(one.family) == authority
                and _known(one, date, buyer)
                and one.since > date - years
                and one.until > date
            }
        )

    def held_share(self, buyer: str, authority: str, date: float) -> float:
        """The part of the families a buyer holds whose support a government could stop; 0 if it holds none.

        A run weighs them by value (MODEL 5); the past has families only.
        """
        held = {
            one.family
            for one in self._by_state.get(buyer, ())
            if _known(one, date, buyer) and one.until > date and one.family in self.supporters
        }
        return sum(authority in self.supporters[family] for family in held) / len(held) if held else 0.0

    def ranked_first(self, family: str, date: float, years: float, but: str = "") -> bool:
        """Whether a government, but for one, had published in the years before a date that it came first."""
        return any(date - years < when < date and who != but for who, when in self.ranks.get(family, ()))


def _known(one: Order, date: float, buyer: str) -> bool:
    """An order of the month before the decision or earlier; of the buyer itself, a year or more before."""
    return one.since < date - (OWN_LAG if one.state == buyer else 1e-6)


def past_orders(seeds: Seeds) -> PastOrders:
    """First orders from the table of users, the contracts in the books and the decisions on file."""
    families = {line.id: line.family for line in seeds.lines()}
    return PastOrders(
        orders=tuple(_orders(seeds, families)),
        authority=_authorities(seeds),
        supporters={one.id: frozenset(one.authorities_support) for one in seeds.families()},
        ranks=_ranks(seeds),
        roster=frozenset(state.id for state in seeds.states()),
    )


def _orders(seeds: Seeds, families: Mapping[str, str]) -> Iterable[Order]:
    for user in seeds.users():
        until = year_of(user.until) if user.until else math.inf
        yield Order(user.family, user.state, year_of(user.since), until)
    for contract in seeds.contracts():
        yield Order(families[contract.line], contract.buyer, year_of(contract.signed), math.inf)
    flags = {row["id"]: row for row in seeds.decision_flags()}
    others = {one.name: one.id for one in seeds.aliases() if one.kind == "past"}
    for row in seeds.decisions():
        firm = not {"provisional", "cancelled_later"} & {k for k, v in flags[row["id"]].items() if v == "1"}
        family = families.get(row.get("line", "")) or others.get(row["winner_system"])
        if family and firm:
            yield Order(family, row["buyer_iso3"], year_of(row["decision_date"]), math.inf)


def _authorities(seeds: Seeds) -> dict[str, str]:
    """The government of each family of the model: that of its line, else the first that supports it."""
    found = {one.id: one.authorities_support[0] for one in seeds.families() if one.authorities_support}
    return found | {line.family: line.authority for line in seeds.lines() if line.family != "shell_155"}


def _ranks(seeds: Seeds) -> dict[str, tuple[tuple[str, float], ...]]:
    found: dict[str, list[tuple[str, float]]] = {}
    for one in seeds.published_ranks():
        found.setdefault(one.family, []).append((one.state, year_of(one.month)))
    return {family: tuple(ranks) for family, ranks in found.items()}
