"""What the seeds say about states, lines and families, in the form in which the checks ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.evidence.seeds import Seeds

PRICE_PARTS = ("price_platform", "price_support", "price_munitions")
MAKER_CATEGORIES = 6  # a producer state has lines of its own in at least this many of the eight categories
SMALL_MONEY = (300.0, 2000.0)  # equipment money of 2025 of a small state, musd


@dataclass(frozen=True)
class Market:
    """Lookups by id. Money in million 2025 US dollars; `members` are the states of Europe and Canada."""

    states: Mapping[str, str]
    industries: Mapping[str, str]
    members: frozenset[str]
    european: frozenset[str]
    producers: frozenset[str]
    small: frozenset[str]
    exposure: Mapping[str, float]
    equipment_2025: Mapping[str, float]
    equipment_at_pledge: Mapping[str, float]
    modelled_share: Mapping[str, float]
    categories: Mapping[str, str]
    service_life: Mapping[str, float]
    category_price: Mapping[str, float]
    line_category: Mapping[str, str]
    line_industry: Mapping[str, str]
    line_authority: Mapping[str, str]
    line_home: Mapping[str, tuple[str, ...]]
    line_price: Mapping[str, float]
    family_category: Mapping[str, str]
    family_authorities: Mapping[str, tuple[str, ...]]
    legacy: frozenset[str]
    korean_families: frozenset[str]


def market(seeds: Seeds) -> Market:
    """The lookups of some seeds."""
    lines, states = seeds.lines(), seeds.states()
    pledge = seeds.value("money", "core_pledge")
    prices = {line.id: sum(seeds.value(line.id, part) for part in PRICE_PARTS) for line in lines}
    categories = {one.id: one.label for one in seeds.categories()}
    members = frozenset(state.id for state in states if state.europe_canada)
    money = {one.id: _equipment(seeds, one.id, seeds.value(one.id, "defence_share")) for one in states}
    return Market(
        states={state.id: state.name for state in states},
        industries={one.id: one.label for one in seeds.industries()},
        members=members,
        european=frozenset(state.id for state in states if state.european_iiss),
        producers=_producers(seeds, members),
        small=frozenset(s for s in members if SMALL_MONEY[0] <= money[s] < SMALL_MONEY[1]),
        exposure={state.id: seeds.value(state.id, "threat_exposure") for state in states},
        equipment_2025=money,
        equipment_at_pledge={state.id: _equipment(seeds, state.id, pledge) for state in states},
        modelled_share={state.id: seeds.value(state.id, "modelled_share") for state in states},
        categories=categories,
        service_life={one: seeds.value(one, "service_life") for one in categories},
        category_price={one: _mean([prices[x.id] for x in lines if x.category == one]) for one in categories},
        line_category={line.id: line.category for line in lines},
        line_industry={line.id: line.industry for line in lines},
        line_authority={line.id: line.authority for line in lines},
        line_home={line.id: line.home for line in lines},
        line_price=prices,
        family_category={family.id: family.category for family in seeds.families()},
        family_authorities={family.id: family.authorities_support for family in seeds.families()},
        legacy=frozenset(family.id for family in seeds.families() if family.legacy),
        korean_families=frozenset(line.family for line in lines if line.industry == "korea"),
    )


def _equipment(seeds: Seeds, state: str, share: float) -> float:
    return seeds.value(state, "gdp") * share * seeds.value(state, "equipment_share")


def _producers(seeds: Seeds, members: frozenset[str]) -> frozenset[str]:
    served: dict[str, set[str]] = {}
    for line in seeds.lines():
        for state in line.home:
            served.setdefault(state, set()).add(line.category)
    return frozenset(one for one, own in served.items() if len(own) >= MAKER_CATEGORIES and one in members)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
