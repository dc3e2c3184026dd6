"""Checks what the market tables say together: home-only needs, contracts, authorities, shocks, levers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sim.evidence.facts import nearest, quoted
from sim.evidence.files import Folder, Problem, Row
from sim.evidence.index import number
from sim.evidence.records import parts
from sim.evidence.tables import expand

Facts = Mapping[tuple[str, str], Row]


def check_market(folder: Folder) -> Iterator[Problem]:
    """Every rule that ties two tables of the market together."""
    facts = {(row.cells["subject"], row.cells["attribute"]): row for row in folder.facts}
    lines = {row.cells["id"]: row for row in folder.tables["lines"]}
    yield from _families(folder)
    yield from _home_only(folder, lines)
    yield from _contracts(folder, facts, lines)
    yield from _frameworks(folder, lines)
    yield from _gifts(folder, facts)
    yield from _authorities(folder)
    yield from _levers(folder, facts)
    yield from _shocks(folder, facts)


def _families(folder: Folder) -> Iterator[Problem]:
    """A line's family is a family of the line's category."""
    category = {row.cells["id"]: row.cells["category"] for row in folder.tables["families"]}
    for row in folder.tables["lines"]:
        own, family = row.cells["category"], row.cells["family"]
        if category.get(family, own) != own:
            yield row.problem("family", f"{quoted(family)} is a family of {category[family]}, not of {own}")


def _home_only(folder: Folder, lines: Mapping[str, Row]) -> Iterator[Problem]:
    """A need that only home industry may meet has a home line; a line kept at home has a home."""
    homes = {(state, row.cells["category"]) for row in lines.values() for state in parts(row.cells["home"])}
    for row in folder.tables["needs"]:
        state, category = row.cells["state"], row.cells["category"]
        if row.cells["home_only"] == "1" and (state, category) not in homes:
            message = f"{state} buys {category} only at home, but no line of lines.csv has {state} as home"
            yield row.problem("home_only", message)
    for row in lines.values():
        if row.cells["home_only"] == "1" and not row.cells["home"]:
            yield row.problem("home", f"line {quoted(row.cells['id'])} never exports but has no home state")


def _contracts(folder: Folder, facts: Facts, lines: Mapping[str, Row]) -> Iterator[Problem]:
    """A contract is open to its buyer and has its dates in order."""
    for row in folder.tables["contracts"]:
        name = row.cells["id"]
        yield from _purchase(row, folder, lines)
        first, last = (_value(facts, name, attribute) for attribute in ("first_due", "last_due"))
        if first is not None and last is not None and first > last:
            yield row.problem("", f"first_due {first:g} of {quoted(name)} is after last_due {last:g}")


def _frameworks(folder: Folder, lines: Mapping[str, Row]) -> Iterator[Problem]:
    """A framework is open to its buyer, runs beyond the start, and ends after it was signed."""
    for row in folder.tables["frameworks"]:
        yield from _purchase(row, folder, lines)
        if row.cells["expires"] <= max(row.cells["signed"], folder.start.books):
            yield row.problem("expires", f"{row.cells['expires']} is over before the start; remove the row")


def _purchase(row: Row, folder: Folder, lines: Mapping[str, Row]) -> Iterator[Problem]:
    """A purchase from a line fits a need of its buyer, is not refused, and is in the books at the start."""
    buyer, line = row.cells["buyer"], row.cells["line"]
    if line not in lines:
        return
    category = lines[line].cells["category"]
    if not _holds(folder, "needs", {"state": buyer, "category": category}):
        yield row.problem("line", f"{quoted(line)} makes {category}, which is not a need of {buyer}")
    if _holds(folder, "refused_pairs", {"buyer": buyer, "line": line}):
        yield row.problem("line", f"{buyer} and {quoted(line)} are a refused pair in refused_pairs.csv")
    if lines[line].cells["home_only"] == "1" and buyer not in parts(lines[line].cells["home"]):
        yield row.problem("line", f"{quoted(line)} never exports, but {buyer} is not its home")
    if row.cells["signed"] > folder.start.books:
        message = f"{row.cells['signed']} is after the start; the books close in {folder.start.books}"
        yield row.problem("signed", message)


def _holds(folder: Folder, table: str, cells: Mapping[str, str]) -> bool:
    return any(
        all(row.cells[column] == cell for column, cell in cells.items()) for row in folder.tables[table]
    )


def _gifts(folder: Folder, facts: Facts) -> Iterator[Problem]:
    """A gift leaves a stock that the state has at the start or gets by an order, and leaves it later."""
    families = {row.cells["id"]: row.cells["category"] for row in folder.tables["families"]}
    makes = {row.cells["id"]: row.cells["family"] for row in folder.tables["lines"]}
    orders = {(row.cells["buyer"], makes.get(row.cells["line"])) for row in folder.tables["contracts"]}
    for row in folder.tables["gifts"]:
        state, category, family = (row.cells[column] for column in ("state", "category", "family"))
        if families.get(family, category) != category:
            yield row.problem("family", f"{quoted(family)} is a family of {families[family]}, not {category}")
        stock = _value(facts, f"{state}.{category}.{family}", "stock")
        if not stock and (state, family) not in orders:
            yield row.problem("family", f"{state} has no {quoted(family)} in stock or on order to give")
        if row.cells["month"] < folder.start.id:
            yield row.problem("month", f"{row.cells['month']} is before the start; lower the stock instead")


def _authorities(folder: Folder) -> Iterator[Problem]:
    """Every line lists its own licensing government among those that could withhold delivery."""
    listed = {
        (row.cells["line"], row.cells["authority"])
        for row in folder.tables["line_authorities"]
        if row.cells["stage"] == "delivery"
    }
    for row in folder.tables["lines"]:
        pair = (row.cells["id"], row.cells["authority"])
        if pair not in listed:
            yield row.problem(
                "authority", f"{pair[1]} is not listed in line_authorities.csv for delivery of {pair[0]}"
            )


def _levers(folder: Folder, facts: Facts) -> Iterator[Problem]:
    """A lever says what it costs; a switch runs from 0 to 1; concrete ids do not repeat a pattern."""
    states, categories = tuple(folder.ids("states")), tuple(folder.ids("categories"))
    expanded = {
        name: row.cells["id"]
        for row in folder.tables["levers"]
        if "*" in row.cells["id"]
        for name in expand(row.cells["id"], states, categories)
    }
    for row in folder.tables["levers"]:
        name = row.cells["id"]
        for column in ("label", "help", "cost"):
            if not row.cells[column]:
                yield row.problem(column, f"lever {quoted(name)} has no {column}")
        if name in expanded:
            yield row.problem("id", f"{quoted(name)} is already one of {quoted(expanded[name])}")
        fact = facts.get((name, "default"))
        if fact is not None and row.cells["kind"] == "switch":
            shape = tuple(number(fact.cells[column]) for column in ("low", "high"))
            if shape != (0.0, 1.0) or number(fact.cells["value"]) not in (0.0, 1.0):
                yield fact.problem(
                    "value", f"the switch {quoted(name)} must be 0 or 1 in a range from 0 to 1"
                )


def _shocks(folder: Folder, facts: Facts) -> Iterator[Problem]:
    """Every effect of a card has its number and every such number has its effect."""
    effects = {(row.cells["shock"], row.cells["lever"]): row for row in folder.tables["shock_effects"]}
    for (shock, lever), row in effects.items():
        if (shock, f"effect.{lever}") not in facts:
            yield row.problem("lever", f"the facts hold no 'effect.{lever}' of shock {quoted(shock)}")
    for (subject, attribute), row in facts.items():
        if attribute.startswith("effect.") and (subject, attribute.removeprefix("effect.")) not in effects:
            known = [f"effect.{lever}" for shock, lever in effects if shock == subject]
            message = f"{quoted(attribute)} is not an effect of {quoted(subject)} in shock_effects.csv"
            yield row.problem("attribute", f"{message}; {nearest(attribute, known)}")
    for row in folder.tables["shocks"]:
        if row.cells["id"] not in {shock for shock, _ in effects}:
            yield row.problem("id", f"shock {quoted(row.cells['id'])} has no effect in shock_effects.csv")


def _value(facts: Facts, subject: str, attribute: str) -> float | None:
    row = facts.get((subject, attribute))
    return number(row.cells["value"]) if row is not None else None
