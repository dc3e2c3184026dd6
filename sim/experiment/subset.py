"""A smaller market: the seeds with only some of the states or lines, to see how the cost of a run grows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from sim.evidence.records import Line, Need
from sim.evidence.seeds import Seeds
from sim.policy.levers import levers
from sim.policy.scenario import Scenario


def spread(items: Sequence[str], count: int) -> tuple[str, ...]:
    """`count` of the items, evenly spaced over the whole list, in its order (all where count is larger)."""
    total = len(items)
    return (
        tuple(items[at * total // count] for at in range(min(count, total)))
        if count < total
        else tuple(items)
    )


def with_states(seeds: Seeds, states: Sequence[str]) -> Seeds:
    """The seeds with only these states; what is of others goes with them."""
    kept = set(states)
    records = {
        **seeds.records,
        "states": tuple(state for state in seeds.states() if state.id in kept),
        "needs": tuple(need for need in seeds.needs() if need.state in kept),
        "contracts": tuple(contract for contract in seeds.contracts() if contract.buyer in kept),
        "refused_pairs": tuple(pair for pair in seeds.refused_pairs() if pair.buyer in kept),
        "open_tenders": tuple(tender for tender in seeds.open_tenders() if tender.buyer in kept),
        "frameworks": tuple(framework for framework in seeds.frameworks() if framework.buyer in kept),
        "gifts": tuple(gift for gift in seeds.gifts() if gift.state in kept),
    }
    gone = {state.id for state in seeds.states()} - kept
    facts = {key: fact for key, fact in seeds.facts.items() if re.split("[.-]", key[0])[0] not in gone}
    return _smaller(seeds, records, facts)


def with_lines(seeds: Seeds, lines: Sequence[str]) -> Seeds:
    """The seeds with only these production lines and the contracts with them.

    Every need keeps a line at each tier where it had one, so a few lines more may stay.
    """
    kept = set(lines)
    for need in seeds.needs():
        for tier in ("lower", "upper"):
            served = [line.id for line in seeds.lines() if line.tier == tier and _could_serve(line, need)]
            if served and kept.isdisjoint(served):
                kept.add(served[0])
    records = {
        **seeds.records,
        "lines": tuple(line for line in seeds.lines() if line.id in kept),
        "line_authorities": tuple(row for row in seeds.line_authorities() if row.line in kept),
        "contracts": tuple(contract for contract in seeds.contracts() if contract.line in kept),
        "refused_pairs": tuple(pair for pair in seeds.refused_pairs() if pair.line in kept),
        "open_tenders": tuple(
            tender for tender in seeds.open_tenders() if tender.line in kept or not tender.line
        ),
        "frameworks": tuple(framework for framework in seeds.frameworks() if framework.line in kept),
    }
    return _smaller(seeds, records, dict(seeds.facts))


def _could_serve(line: Line, need: Need) -> bool:
    """Whether a line makes what a need is for and sells to this state, or is its own."""
    sold = not (need.home_only or line.home_only)
    return line.category == need.category and (sold or need.state in line.home)


def _smaller(seeds: Seeds, records: dict[str, tuple[Any, ...]], facts: dict[Any, Any]) -> Seeds:
    """The same seeds with other records; its tables of text keep the same ids."""
    tables = dict(seeds.tables)
    for name, rows in records.items():
        if rows and hasattr(rows[0], "id"):
            ids = {row.id for row in rows}
            tables[name] = tuple(row for row in tables[name] if row["id"] in ids)
        elif not rows:
            tables[name] = ()
    return replace(
        seeds,
        records=MappingProxyType(records),
        facts=MappingProxyType(facts),
        tables=MappingProxyType(tables),
    )


def scenario_for(scenario: Scenario, seeds: Seeds) -> Scenario:
    """The scenario with the levers of a smaller market, and nothing expected of places that are gone."""
    known = levers(seeds)
    settings = tuple((name, scenario.levers[name]) for name in known)
    return replace(scenario, settings=settings, expect=(), catalogue=tuple(known.values()))
