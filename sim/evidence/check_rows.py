"""Checks each row of the wide tables and of the sources by itself: ids, links, choices, grades, addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from urllib.parse import urlsplit

from sim.evidence.facts import nearest, quoted
from sim.evidence.files import Folder, Problem, Row
from sim.evidence.index import Index
from sim.evidence.records import parts
from sim.evidence.tables import GRADES, SOURCE_KINDS, TABLES, Table

ISO3 = re.compile(r"[A-Z]{3}")
SNAKE = re.compile(r"[a-z0-9][a-z0-9_]*")
LEVER = re.compile(r"[a-z][a-z0-9_]*(\.(\*|[A-Z]{3}|[a-z0-9_]+))*")
FREE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
ID_FORMS = {"states": ISO3, "authorities": ISO3, "levers": LEVER}
FREE_IDS = (
    "contracts",
    "open_tenders",
    "frameworks",
    "gifts",
    "documents",
    "decisions",
    "decision_flags",
    "deliveries",
    "claims",
)
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
MONTH_OR_YEAR = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")
DATES = {
    "contracts": {"signed": MONTH},
    "frameworks": {"signed": MONTH, "expires": MONTH},
    "gifts": {"month": MONTH},
    "published_ranks": {"month": MONTH},
    "users": {"since": MONTH_OR_YEAR, "until": MONTH_OR_YEAR},
    "deliveries": dict.fromkeys(("signed", "promised", "actual", "none_by", "some_by"), MONTH_OR_YEAR),
}
MAY_BE_BLANK = ("promised", "actual", "none_by", "some_by", "until")
# Mirrors, scrapers and proxies met while collecting: the fact stays with a weak grade, the link does not.
WEAK_HOSTS = ("news-pravda", "rbtfl", "pulseaugur", "imowlawn", "amazonaws.com")


def check_sources(folder: Folder) -> Iterator[Problem]:
    """Sources: kind known, an address unless judged or derived, one address per id, no weak host."""
    seen: dict[str, str] = {}
    for row in folder.sources:
        cells = row.cells
        name, address = cells["id"], cells["address"]
        if not FREE.fullmatch(name):
            yield row.problem("id", f"{quoted(name)} is not an id of letters, digits and underscores")
        if seen.setdefault(name, address) != address:
            yield row.problem("address", f"source {quoted(name)} has another address elsewhere: {seen[name]}")
        if cells["kind"] not in SOURCE_KINDS:
            yield row.problem(
                "kind", f"{quoted(cells['kind'])} is unknown; {nearest(cells['kind'], SOURCE_KINDS)}"
            )
        elif cells["kind"] in ("judgement", "derived"):
            if address:
                yield row.problem(
                    "address", "a judged or derived source has no address; give it another kind"
                )
        else:
            fault = address_fault(address)
            if fault:
                yield row.problem("address", f"{quoted(address)} {fault}")


def address_fault(address: str) -> str:
    """What is wrong with a web address (no http, weak outlet, tracking), or an empty text."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return "is not a web address"
    if not address.startswith(("https://", "http://")) or "." not in host:
        return "is not a web address"
    if any(weak in host for weak in WEAK_HOSTS):
        return "is a mirror or scraper; give the original page, or grade D without a link"
    if "utm_" in address:
        return "carries tracking parameters; remove them"
    return ""


def check_tables(folder: Folder, index: Index) -> Iterator[Problem]:
    """Every wide table: unique keys, well-formed ids, known links, valid choices and flags, provenance."""
    for name, table in TABLES.items():
        seen: dict[tuple[str, ...], int] = {}
        for row in folder.tables[name]:
            key = tuple(row.cells[column] for column in table.key)
            if key and key in seen:
                yield row.problem(
                    ", ".join(table.key), f"{quoted(' '.join(key))} is already on line {seen[key]}"
                )
            seen.setdefault(key, row.line)
            yield from _check_row(name, table, row, index)


def _check_row(name: str, table: Table, row: Row, index: Index) -> Iterator[Problem]:
    if "id" in table.key:
        form = FREE if name in FREE_IDS else ID_FORMS.get(name, SNAKE)
        if not form.fullmatch(row.cells["id"]):
            yield row.problem("id", f"{quoted(row.cells['id'])} is not a well-formed id of this table")
    for column, link in table.links.items():
        yield from _check_link(row, column, link, index)
    for column, allowed in table.choices.items():
        words = parts(row.cells[column]) if column == "accepts" else (row.cells[column],)
        for word in words or ("",):
            if word not in allowed:
                yield row.problem(column, f"{quoted(word)} is not a choice; {nearest(word, allowed)}")
    for column in _flags(table):
        if row.cells[column] not in ("0", "1"):
            yield row.problem(column, f"{quoted(row.cells[column])} is neither 0 nor 1")
    for column, form in DATES.get(name, {}).items():
        cell = row.cells[column]
        if not form.fullmatch(cell) and (cell or column not in MAY_BE_BLANK):
            yield row.problem(column, f"{quoted(cell)} is not a date like 2025-08")
    for column in ("source_url", "source_urls", "address"):
        for address in parts(row.cells.get(column, "")):
            if fault := address_fault(address):
                yield row.problem(column, f"{quoted(address)} {fault}")
    # A claim is its document's; its sources are those of the check of it, where there was something to check.
    yield from check_provenance(row, index, may_be_blank=name == "claims")


def _flags(table: Table) -> list[str]:
    return [f.name for f in fields(table.record) if f.type is bool] if table.record is not None else []


def _check_link(row: Row, column: str, link: str, index: Index) -> Iterator[Problem]:
    kinds = link.rstrip("?").rstrip(";").split("|")
    known = frozenset().union(*(index.ids[kind] for kind in kinds))
    cell = row.cells[column]
    words = parts(cell) if ";" in link else ((cell,) if cell else ())
    if not words and not link.endswith("?"):
        yield row.problem(column, f"is blank; it must name a {' or '.join(kinds)}")
    for word in words:
        if word not in known:
            yield row.problem(column, f"unknown {' or '.join(kinds)} {quoted(word)}; {nearest(word, known)}")


def check_provenance(row: Row, index: Index, may_be_blank: bool = False) -> Iterator[Problem]:
    """A row with source or grade columns names known sources and one grade; judgements are graded D."""
    cells = row.cells
    sources = parts(cells.get("source", ""))
    if "source" in cells and not sources and not may_be_blank:
        yield row.problem("source", "is blank; every number and claim names its source")
    for word in sources:
        if word not in index.ids["source"]:
            yield row.problem(
                "source", f"unknown source {quoted(word)}; {nearest(word, index.ids['source'])}"
            )
    if "grade" in cells:
        grade = cells["grade"]
        if grade not in GRADES:
            yield row.problem("grade", f"{quoted(grade)} is not one of A, B, C, D")
        elif sources == ("judgement",) and grade != "D":
            yield row.problem("grade", f"a judgement is graded D, not {grade}")
        elif sources == ("derived",) and grade not in ("C", "D"):
            yield row.problem("grade", f"a derived number is graded C or D, not {grade}")
