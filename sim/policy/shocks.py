"""Shocks: dated cards that move levers for a while; drawn by chance or placed by a scenario or a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sim.evidence.records import ShockEffect
from sim.evidence.seeds import Seeds
from sim.evidence.tables import expand


class Effect(NamedTuple):
    """What a card does to one lever at strength 1: set it to, add, or multiply by `value`."""

    lever: str
    operation: str
    value: float


@dataclass(frozen=True, slots=True)
class Shock:
    """A card: chance per year (0-1), usual duration in months, and its effects."""

    id: str
    label: str
    probability: float
    months: int
    effects: tuple[Effect, ...]
    correlated_with: tuple[str, ...] = ()


def shocks(seeds: Seeds) -> dict[str, Shock]:
    """Every card by id; an effect on a pattern (`output.*`) becomes one effect per lever it stands for."""
    rows: dict[str, list[ShockEffect]] = {}
    for effect in seeds.shock_effects():
        rows.setdefault(effect.shock, []).append(effect)
    return {
        card.id: Shock(
            id=card.id,
            label=card.label,
            probability=seeds.value(card.id, "annual_probability"),
            months=max(1, round(seeds.value(card.id, "months"))),
            effects=tuple(effect for row in rows.get(card.id, []) for effect in _effects(seeds, row)),
            correlated_with=card.correlated_with,
        )
        for card in seeds.shocks()
    }


def _effects(seeds: Seeds, row: ShockEffect) -> list[Effect]:
    states = tuple(state.id for state in seeds.states())
    categories = tuple(category.id for category in seeds.categories())
    value = seeds.value(row.shock, f"effect.{row.lever}")
    return [Effect(name, row.operation, value) for name in expand(row.lever, states, categories)]
