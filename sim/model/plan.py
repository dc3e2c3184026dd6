"""A scenario as arrays: the levers month by month, and the cards it places."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

import numpy as np

from sim.model.randomness import name_key
from sim.model.records import Array, records
from sim.model.state import MONTHS
from sim.model.world import COPIED, World
from sim.policy.dates import january_index
from sim.policy.scenario import Scenario


@dataclass(frozen=True, eq=False)
class Plan:
    """What a scenario changes: levers (MONTHS, K), cards and effects with those placed, spots, horizon.

    orders: what seats ordered (records `orders`), empty unless people play.
    """

    levers: Array
    cards: Array
    effects: Array
    spots: Array
    horizon: int
    orders: Array = field(default_factory=partial(records, "orders", 0))


def plan_of(scenario: Scenario, world: World) -> Plan:
    """Return a scenario's arrays for a world; the scenario's ids were checked when it was loaded."""
    rows = {name: row for row, name in enumerate(world.levers)}
    settings = np.array([scenario.levers[name] for name in world.levers])
    levers = np.tile(settings, (MONTHS, 1))
    for change in sorted(scenario.schedule, key=lambda change: change.month):
        levers[change.month :, rows[change.lever]] = change.value
    cards, effects, spots = _placed(scenario, world)
    horizon = min(MONTHS, max(1, january_index(scenario.horizon_year, scenario.start)))
    return Plan(levers, cards, effects, spots, horizon)


def _placed(scenario: Scenario, world: World) -> tuple[Array, Array, Array]:
    """Cards, effects and spots with one more card for each placement; a placed card is not drawn as well."""
    cards, effects, spots = world.template["cards"], world.template["effects"], [world.spots]
    table, size = COPIED.index("effects"), effects.dtype.itemsize // 8
    base_effects = effects
    for number, placed in enumerate(scenario.shocks):
        row = world.cards.index(placed.card)
        card = cards[row : row + 1].copy()
        card["key"] = name_key(f"{placed.card}@{placed.at}#{number}")
        card["probability"], card["placed"] = 0.0, placed.month
        card["placed_months"], card["placed_strength"] = placed.months, placed.strength
        linked = (card["partners"][0] >> np.arange(len(world.cards))) & 1 == 1
        cards = cards.copy()
        cards["partners"][: len(world.cards)][linked] |= 1 << len(cards)
        mine = np.flatnonzero(base_effects["card"] == row)
        added = base_effects[mine].copy()
        added["card"] = len(cards)
        for at, old in enumerate(mine):
            drawn = world.spots[
                (world.spots["table"] == table) & (world.spots["place"] // size == old)
            ].copy()
            drawn["place"] += (len(effects) + at - old) * size
            spots.append(drawn)
        cards = _joined(cards, card)
        effects = _joined(effects, added)
    return cards, effects, np.concatenate(spots)


def _joined(table: Array, added: Array) -> Array:
    joined = np.empty(len(table) + len(added), table.dtype)  # numpy's own joining would lose the layout
    joined[: len(table)], joined[len(table) :] = table, added
    return joined.view(type(table))
