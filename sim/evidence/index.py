"""What the seeds know by name: the ids of every kind, the data dictionary, the units of the levers."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from sim.evidence.facts import Attribute
from sim.evidence.files import Folder, Row
from sim.evidence.tables import SUBJECT_KINDS, expand

NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d{1,3})?")
RULE_SUBJECT = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")


@dataclass(frozen=True)
class Index:
    """ids: kind -> known ids; attributes: (kind, attribute) -> Attribute; kinds: attribute -> kinds."""

    ids: Mapping[str, frozenset[str]]
    attributes: Mapping[tuple[str, str], Attribute]
    kinds: Mapping[str, list[str]]
    lever_units: Mapping[str, str]

    def kinds_of(self, attribute: str) -> list[str]:
        """The kinds of subject that may have this attribute (`effect.x` is listed as `effect.*`)."""
        return self.kinds.get(generic(attribute), [])

    def kind_of(self, subject: str, attribute: str) -> str:
        """The kind of subject a fact speaks of; one in no table is a rule, if rules have the attribute."""
        kinds = self.kinds_of(attribute)
        own = (kind for kind in kinds if subject in self.ids[kind])
        return next(own, "rule" if "rule" in kinds else kinds[0])


def generic(attribute: str) -> str:
    """The name under which the data dictionary lists an attribute."""
    return "effect.*" if attribute.startswith("effect.") else attribute


def number(text: str) -> float | None:
    """A plain finite decimal number, or None (no nan, inf, underscores, percent or commas)."""
    if not NUMBER.fullmatch(text):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


def build_index(folder: Folder) -> Index:
    """Collects the ids of every kind from the tables, without judging them."""
    states, categories = folder.ids("states"), folder.ids("categories")
    levers: set[str] = set()
    for pattern in folder.ids("levers"):
        levers |= {pattern, *expand(pattern, tuple(states), tuple(categories))}
    needs = [(row.cells["state"], row.cells["category"]) for row in folder.tables["needs"]]
    families = [(row.cells["id"], row.cells["category"]) for row in folder.tables["families"]]
    ids = {
        "state": states,
        "category": categories,
        "family": [name for name, _ in families],
        "other_family": folder.ids("other_families"),
        "industry": folder.ids("industries"),
        "authority": folder.ids("authorities"),
        "supplier": folder.ids("suppliers"),
        "line": folder.ids("lines"),
        "contract": folder.ids("contracts"),
        "open_tender": folder.ids("open_tenders"),
        "framework": folder.ids("frameworks"),
        "gift": folder.ids("gifts"),
        "document": folder.ids("documents"),
        "claim": folder.ids("claims"),
        "policy": folder.ids("policies"),
        "lever": levers,
        "shock": folder.ids("shocks"),
        "observed": folder.ids("observed"),
        "decision": folder.ids("decisions"),
        "source": [row.cells["id"] for row in folder.sources],
        "fleet": [f"{state}.{category}" for state, category in needs],
        "fleet_family": [f"{s}.{c}.{f}" for s, c in needs for f, of in families if of == c],
    }
    attributes = _dictionary(folder)
    kinds: dict[str, list[str]] = {}
    for kind, name in attributes:
        kinds.setdefault(name, []).append(kind)
    ids["rule"] = _rules(folder, kinds)
    sets = {kind: frozenset(names) for kind, names in ids.items()}
    return Index(sets, attributes, kinds, _lever_units(folder))


def attribute_of(row: Row) -> Attribute:
    """One checked row of the data dictionary; blank limits mean no limit."""
    cells = row.cells
    return Attribute(
        attribute=cells["attribute"],
        subject_kind=cells["subject_kind"],
        unit=cells["unit"],
        minimum=number(cells["minimum"]),
        maximum=number(cells["maximum"]),
        required=cells["required"] == "1",
        description=cells["description"],
    )


def _dictionary(folder: Folder) -> dict[tuple[str, str], Attribute]:
    listed = map(attribute_of, folder.attributes)
    return {(a.subject_kind, a.attribute): a for a in listed if a.subject_kind in SUBJECT_KINDS}


def _rules(folder: Folder, kinds: Mapping[str, list[str]]) -> list[str]:
    """The rules that have numbers: well-formed subjects of an attribute that only rules have."""
    return [
        row.cells["subject"]
        for row in folder.facts
        if kinds.get(row.cells["attribute"]) == ["rule"] and RULE_SUBJECT.fullmatch(row.cells["subject"])
    ]


def _lever_units(folder: Folder) -> dict[str, str]:
    """The unit in which each lever's default is given, also for the ids a pattern stands for."""
    states, categories = tuple(folder.ids("states")), tuple(folder.ids("categories"))
    units: dict[str, str] = {}
    for row in folder.facts:
        if row.cells["attribute"] == "default":
            for name in expand(row.cells["subject"], states, categories):
                units.setdefault(name, row.cells["unit"])
            units[row.cells["subject"]] = row.cells["unit"]
    return units
