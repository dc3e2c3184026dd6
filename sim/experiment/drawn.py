"""Which facts of the evidence a run draws anew in each replication."""

from __future__ import annotations

from collections.abc import Callable

from sim.evidence.facts import Fact
from sim.evidence.seeds import Seeds
from sim.experiment.worlds import world_of
from sim.model.fields import CONTRACT_FACTS, RENAMED
from sim.model.randomness import name_key

OF_AN_ORDER = frozenset(RENAMED.get(field, field) for field in CONTRACT_FACTS)


def draws(seeds: Seeds) -> Callable[[Fact], bool]:
    """Whether a run draws a fact anew in each replication, as the world of these seeds has it."""
    world = world_of(seeds)
    keys = frozenset(world.spots["key"].tolist())
    orders = frozenset(order.id for order in seeds.contracts())

    def drawn(fact: Fact) -> bool:
        if fact.low >= fact.high:
            return False
        if fact.subject in orders:  # the facts of one order take the same draw
            return fact.attribute in OF_AN_ORDER and int(name_key(fact.subject)) in keys
        return int(name_key(f"{fact.subject}.{fact.attribute}")) in keys

    return drawn
