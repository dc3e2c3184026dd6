"""Checks the tables of words: names in the decisions, claims against the model, values that others give."""

from __future__ import annotations

from collections.abc import Iterator

from sim.evidence.facts import nearest, quoted
from sim.evidence.files import Folder, Problem
from sim.evidence.index import Index, number
from sim.evidence.records import parts

# What the id of an alias may be, by kind of name.
ALIAS_TARGETS = {
    "system": ("line", "family"),
    "family": ("family", "line"),
    "firm": ("supplier", "authority"),
    "region": ("industry",),
    "past": ("family", "other_family"),
}
NAMED = (
    ("decisions", "winner_system", ("system", "family")),
    ("decisions_offers", "system", ("system", "family")),
    ("decisions_offers", "family", ("family", "system")),
    ("decision_flags", "winner_region", ("region",)),
)


def check_words(folder: Folder, index: Index) -> Iterator[Problem]:
    """Aliases point to known ids, each name in the decisions has one, each claim is answered."""
    yield from _aliases(folder, index)
    yield from _names(folder)
    yield from _claims(folder, index)
    yield from _counterparts(folder)
    yield from _dissents(folder)


def _aliases(folder: Folder, index: Index) -> Iterator[Problem]:
    for row in folder.tables["aliases"]:
        name, kind, target = row.cells["name"], row.cells["kind"], row.cells["id"]
        kinds = ALIAS_TARGETS.get(kind)
        if not name:
            yield row.problem("name", "is blank")
        if not target and not row.cells["note"]:
            yield row.problem("note", f"{quoted(name)} has no id; say why (such as out of market)")
        if target and kinds is not None:
            known = frozenset().union(*(index.ids[k] for k in kinds))
            if target not in known:
                yield row.problem(
                    "id", f"unknown {' or '.join(kinds)} {quoted(target)}; {nearest(target, known)}"
                )


def _names(folder: Folder) -> Iterator[Problem]:
    """Every system, family and region named in the decisions is in the alias table."""
    known: dict[str, set[str]] = {}
    for row in folder.tables["aliases"]:
        known.setdefault(row.cells["kind"], set()).add(row.cells["name"])
    for table, column, kinds in NAMED:
        names = set().union(*(known.get(kind, set()) for kind in kinds))
        for row in folder.tables[table]:
            word = row.cells[column]
            if word and word not in names:
                yield row.problem(column, f"{quoted(word)} is not in aliases.csv; {nearest(word, names)}")


def _claims(folder: Folder, index: Index) -> Iterator[Problem]:
    """A claim names what stands for it (a known lever or fact), or which observation would bear on it."""
    facts = {f"{row.cells['subject']}.{row.cells['attribute']}" for row in folder.facts}
    for row in folder.tables["claims"]:
        kind, names = row.cells["represented_by_kind"], parts(row.cells["represented_by"])
        if not row.cells["claim"]:
            yield row.problem("claim", "is blank")
        if kind == "not_modelled":
            if not row.cells["observation"]:
                yield row.problem(
                    "observation", "a claim not modelled names the observation that would bear on it"
                )
            continue
        if not names:
            yield row.problem("represented_by", f"is blank; name the {kind} that stands for the claim")
        known = {"lever": index.ids["lever"], "fact": facts}.get(kind)
        for name in names:
            if known is not None and name not in known:
                yield row.problem("represented_by", f"unknown {kind} {quoted(name)}; {nearest(name, known)}")


def _counterparts(folder: Folder) -> Iterator[Problem]:
    """A claim that meets others says how, and they are claims of the other document."""
    documents = {row.cells["id"]: row.cells["document"] for row in folder.tables["claims"]}
    for row in folder.tables["claims"]:
        names, relation = parts(row.cells["counterpart"]), row.cells["relation"]
        if bool(names) != bool(relation):
            yield row.problem("relation", "and counterpart go together: fill both or none")
        for name in names:
            if documents.get(name) == row.cells["document"]:
                yield row.problem("counterpart", f"{quoted(name)} is a claim of the same document")


def _dissents(folder: Folder) -> Iterator[Problem]:
    """Another value is a number about a fact that the base holds, and says who gives it.

    A later start may have closed the order that a number is about, so only the base is held to it.
    """
    if folder.start.folder:
        return
    facts = {(row.cells["subject"], row.cells["attribute"]): row.cells["value"] for row in folder.facts}
    named = {f"{subject}.{attribute}" for subject, attribute in facts}
    for row in folder.tables["dissents"]:
        key = (row.cells["subject"], row.cells["attribute"])
        other = number(row.cells["other"])
        if not row.cells["who"]:
            yield row.problem("who", "is blank; say in a few words whose value this is")
        if key not in facts:
            yield row.problem(
                "subject", f"unknown fact {quoted('.'.join(key))}; {nearest('.'.join(key), named)}"
            )
        if other is None:
            yield row.problem("other", f"{quoted(row.cells['other'])} is not a plain finite number")
        elif other == number(facts.get(key, "")):
            yield row.problem("other", "is the value of the fact itself; only another value is dissent")
