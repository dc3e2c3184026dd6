"""Checks the facts against the data dictionary: subject, number, range, unit, date, completeness."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sim.evidence.check_rows import check_provenance
from sim.evidence.facts import Attribute, nearest, quoted
from sim.evidence.files import Folder, Problem, Row
from sim.evidence.index import Index, generic, number
from sim.evidence.tables import SUBJECT_KINDS

AS_OF = re.compile(r"(19|20)\d\d(-(0[1-9]|1[0-2]))?")


def check_attributes(folder: Folder) -> Iterator[Problem]:
    """The data dictionary: known kinds, unique lines, limits that are numbers in order, a description."""
    seen: set[tuple[str, str]] = set()
    for row in folder.attributes:
        cells = row.cells
        kind = cells["subject_kind"]
        if kind not in SUBJECT_KINDS:
            yield row.problem("subject_kind", f"{quoted(kind)} is unknown; {nearest(kind, SUBJECT_KINDS)}")
        if (kind, cells["attribute"]) in seen:
            yield row.problem("attribute", f"{quoted(cells['attribute'])} of a {kind} is listed twice")
        seen.add((kind, cells["attribute"]))
        for column in ("minimum", "maximum"):
            if cells[column] and number(cells[column]) is None:
                yield row.problem(column, f"{quoted(cells[column])} is not a plain number")
        low, high = number(cells["minimum"]), number(cells["maximum"])
        if low is not None and high is not None and low > high:
            yield row.problem("minimum", "is above the maximum")
        if cells["required"] not in ("0", "1"):
            yield row.problem("required", f"{quoted(cells['required'])} is neither 0 nor 1")
        for column in ("attribute", "unit", "description"):
            if not cells[column]:
                yield row.problem(column, "is blank")


def check_facts(folder: Folder, index: Index) -> Iterator[Problem]:
    """Every fact: known subject and attribute, value in range and limits, unit, date, source, grade."""
    seen: dict[tuple[str, str], Row] = {}
    for row in folder.facts:
        key = (row.cells["subject"], row.cells["attribute"])
        if key in seen:
            first = seen[key]
            yield row.problem(
                "subject", f"{key[0]} {key[1]} is already given in {first.file} line {first.line}"
            )
        seen.setdefault(key, row)
        attribute = _attribute(row, index)
        if isinstance(attribute, Problem):
            yield attribute
        else:
            yield from _check_unit(row, attribute, index)
        yield from _check_numbers(row, attribute if isinstance(attribute, Attribute) else None)
        if not AS_OF.fullmatch(row.cells["as_of"]):
            yield row.problem(
                "as_of", f"{quoted(row.cells['as_of'])} is not a year or month like 2025 or 2025-12"
            )
        yield from check_provenance(row, index)


def _attribute(row: Row, index: Index) -> Attribute | Problem:
    """The dictionary line a fact falls under, or what is wrong with its subject or attribute."""
    subject, name = row.cells["subject"], row.cells["attribute"]
    kinds = index.kinds_of(name)
    if not kinds:
        listed = {attribute for _, attribute in index.attributes}
        return row.problem("attribute", f"unknown attribute {quoted(name)}; {nearest(name, listed)}")
    for kind in kinds:
        if subject in index.ids[kind]:
            return index.attributes[kind, generic(name)]
    for kind, ids in index.ids.items():
        if subject in ids:
            message = (
                f"{quoted(name)} is an attribute of a {' or '.join(kinds)}, but {quoted(subject)} is a {kind}"
            )
            return row.problem("attribute", message)
    known_ids = frozenset().union(*(index.ids[kind] for kind in kinds))
    return row.problem(
        "subject", f"unknown {' or '.join(kinds)} {quoted(subject)}; {nearest(subject, known_ids)}"
    )


def _check_unit(row: Row, attribute: Attribute, index: Index) -> Iterator[Problem]:
    unit = row.cells["unit"]
    expected = {attribute.unit}
    if attribute.attribute != "effect.*" and attribute.unit == "varies":
        expected = {unit or "varies"}
    elif attribute.attribute == "effect.*":
        lever = row.cells["attribute"].removeprefix("effect.")
        expected = {index.lever_units.get(lever, unit), "multiplier"}
    if not unit or unit not in expected:
        yield row.problem("unit", f"{quoted(unit)} should be {quoted(sorted(expected)[0])}")


def _check_numbers(row: Row, attribute: Attribute | None) -> Iterator[Problem]:
    """value, low and high are finite, in order, and inside the limits of the attribute."""
    numbers: dict[str, float] = {}
    for column in ("value", "low", "high"):
        found = number(row.cells[column])
        if found is None:
            yield row.problem(column, f"{quoted(row.cells[column])} is not a plain finite number")
        else:
            numbers[column] = found
    if len(numbers) < 3:
        return
    if not numbers["low"] <= numbers["value"] <= numbers["high"]:
        shown = f"{row.cells['value']} is not within {row.cells['low']} to {row.cells['high']}"
        yield row.problem("value", shown)
    if attribute is None:
        return
    for column, found in numbers.items():
        if attribute.minimum is not None and found < attribute.minimum:
            yield row.problem(
                column, f"{row.cells[column]} is below the attribute's minimum {attribute.minimum:g}"
            )
        if attribute.maximum is not None and found > attribute.maximum:
            yield row.problem(
                column, f"{row.cells[column]} is above the attribute's maximum {attribute.maximum:g}"
            )


def check_required(folder: Folder, index: Index) -> Iterator[Problem]:
    """Every subject has the required attributes of its kind; a stock line also says how much is left."""
    given = {(row.cells["subject"], row.cells["attribute"]) for row in folder.facts}
    tables = {"fleet": "needs", "category": "categories", "industry": "industries", "policy": "policies"}
    for (kind, name), attribute in index.attributes.items():
        if not attribute.required or kind in ("rule", "fleet_family"):
            continue
        table = tables.get(kind, kind if kind == "observed" else f"{kind}s")
        for row in folder.tables[table]:
            cells = row.cells
            subject = f"{cells['state']}.{cells['category']}" if kind == "fleet" else cells["id"]
            if (subject, name) not in given:
                yield row.problem("", f"the facts hold no {quoted(name)} of {kind} {quoted(subject)}")
    for row in folder.tables["lines"]:
        if row.cells["kind"] == "stock" and (row.cells["id"], "surplus_units") not in given:
            yield row.problem(
                "", f"the facts hold no 'surplus_units' of the stock line {quoted(row.cells['id'])}"
            )


def check_fleets(folder: Folder) -> Iterator[Problem]:
    """A fleet's stock is the sum of the stocks of its families."""
    families: dict[str, float] = {}
    fleets: dict[str, tuple[float, Row]] = {}
    for row in folder.facts:
        found = number(row.cells["value"])
        if row.cells["attribute"] != "stock" or found is None:
            continue
        subject = row.cells["subject"]
        if subject.count(".") == 2:
            fleet = subject.rpartition(".")[0]
            families[fleet] = families.get(fleet, 0.0) + found
        else:
            fleets[subject] = (found, row)
    for subject, (stock, row) in fleets.items():
        total = families.get(subject, 0.0)
        if abs(total - stock) > 1e-6 * max(1.0, stock):
            yield row.problem(
                "value", f"stock {stock:g} of {subject} is not the sum {total:g} of its families"
            )
