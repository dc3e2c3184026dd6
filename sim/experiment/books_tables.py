"""From copies of records to tables: one function per table of the books, arrays joined once.

Each takes the world and, per replication, a list of pages (copies of records, see books.py): the first at
the start, then one at the end of each year.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from sim.model.records import Array
from sim.model.state import CAUSES, MONTHS, NONE, ROUTES, YEAR
from sim.model.world import World
from sim.policy.dates import month_count

if TYPE_CHECKING:
    import pandas as pd

HOT_MONTHS: Final = 3  # a longer queue makes a line a queued one
KINDS: Final = ("stock", "hot", "queued", "new")
PLAN_YEARS: Final = 3  # years of money of which the part committed at the start is counted
Pages = dict[str, Array]
Replications = list[list[Pages]]


def contracts(world: World, replications: Replications) -> pd.DataFrame:
    """A row per contract: who, what, when, at what price, and why it waited."""
    import pandas as pd

    last = [pages[-1] for pages in replications]
    rows = np.concatenate([page["contracts"] for page in last])
    lines, buyers = last[0]["lines"], last[0]["buyers"]
    line = rows["line"]
    parts = [page["contracts"] for page in last]
    table = pd.DataFrame({"replication": _numbered(parts), "contract": _known(world, parts)})
    ids = (
        ("buyer", world.buyers, rows["buyer"]),
        ("line", world.lines, line),
        ("category", world.categories, lines["category"][line]),
        ("industry", world.industries, lines["industry"][line]),
        ("family", world.families, lines["family"][line]),
        ("authority", world.authorities, lines["authority"][line]),
        ("route", ROUTES, rows["route"]),
        ("kind", KINDS, _kinds(rows, lines)),
    )
    for name, names, codes in ids:
        table[name] = _ids(codes, names)
    table["domestic"] = (rows["lane"] == 0).astype(int)
    korea = world.industries.index("korea") if "korea" in world.industries else 0
    table["korea_bid"] = (rows["bidders"] >> korea) & 1
    numbers = (
        "existing", "opened", "signed", "quantity", "delivered", "unit_price", "quoted_price", "base_price",
        "local_share", "content", "credit", "new_family", "lent", "slip",
    )  # fmt: skip
    for name in numbers:
        table[name] = rows[name]
    table["value"] = rows["quantity"] * rows["unit_price"]
    table["promised"], table["last_promised"] = rows["first_due"], rows["last_due"]
    table["first"], table["usable"] = _month(rows["first_month"]), _month(rows["usable_month"])
    done = rows["delivered"] >= rows["quantity"]
    table["last"] = np.where(done, _month(rows["last_month"]), np.nan)
    table["urgency"] = np.where(rows["existing"] == 1, np.nan, rows["urgency"])
    for cause in CAUSES:
        table[f"months_{cause}"] = rows[f"months_{cause}"]
    table["in_total"] = buyers["in_total"][rows["buyer"]]
    return table


def _known(world: World, parts: list[Array]) -> Any:
    """The ids of the contracts in the books at the start, which come first in every replication."""
    known = len(world.contracts)
    codes = [np.where(np.arange(len(part)) < known, np.arange(len(part)), -1) for part in parts]
    return _ids(np.concatenate(codes), world.contracts)


def deliveries(world: World, replications: Replications) -> pd.DataFrame:
    """A row per contract and calendar year in which units were handed over: who, what, how many, worth."""
    import pandas as pd

    lines, first = replications[0][-1]["lines"], month_count(world.start) // 12
    parts = []
    for number, pages in enumerate(replications):
        rows = pages[-1]["contracts"]
        by_now = [*(page["handed"] for page in pages[1:]), rows["delivered"]]
        padded = np.stack([np.pad(units, (0, len(rows) - len(units))) for units in by_now])
        units = np.diff(padded, axis=0, prepend=0.0)
        year, row = np.nonzero(units)
        parts.append((np.full(len(row), number), first + year, units[year, row], rows[row]))
    replication, years, handed, of = (np.concatenate(column) for column in zip(*parts, strict=True))
    line = of["line"]
    table = pd.DataFrame({"replication": replication, "year": years})
    table["buyer"] = _ids(of["buyer"], world.buyers)
    table["line"] = _ids(line, world.lines)
    table["category"] = _ids(lines["category"][line], world.categories)
    table["industry"] = _ids(lines["industry"][line], world.industries)
    table["existing"], table["in_total"] = (
        of["existing"],
        replications[0][-1]["buyers"]["in_total"][of["buyer"]],
    )
    table["units"], table["value"] = handed, handed * of["unit_price"]
    return table


def months_to_january(start: str) -> int:
    """Months from the start of a run to the end of its first calendar year: 1 to 12."""
    return 12 - month_count(start) % 12


def _kinds(rows: Array, lines: Array) -> Array:
    """Whether each contract came from stock, a line with a free slot, a full line, or one still to open."""
    chosen = [
        lines["surplus"][rows["line"]] == 1,
        rows["months_ramp"] > 0.0,
        rows["months_queue"] > HOT_MONTHS,
    ]
    return np.select(chosen, [KINDS.index(name) for name in ("stock", "new", "queued")], KINDS.index("hot"))


def states(world: World, replications: Replications) -> pd.DataFrame:
    """A row per state: its tenders and money over the run, and equipment money by calendar year."""
    import pandas as pd

    rows = np.concatenate([pages[-1]["buyers"] for pages in replications])
    table = pd.DataFrame({"replication": _numbered([pages[-1]["buyers"] for pages in replications])})
    codes = np.tile(np.arange(len(world.buyers)), len(replications))
    table["state"] = _ids(codes, world.buyers)
    names = ("tenders", "contracts", "collapsed", "waited", "loans", "orders_value", "received", "lapsed",
             "paid", "committed", "debt", "cash", "in_total")  # fmt: skip
    for name in names:
        table[name] = rows[name]
    for at, year in enumerate(_years(world), start=1):
        table[f"inflow_{year}"] = np.concatenate(
            [pages[at]["buyers"]["received"] - pages[at - 1]["buyers"]["received"] for pages in replications]
        )
    # What was committed before the start and falls due within the first years, over their money.
    due = np.concatenate([_committed(len(world.buyers), pages[0]["contracts"]) for pages in replications])
    money = sum(table[f"inflow_{year}"].to_numpy() for year in _years(world)[:PLAN_YEARS])
    table["committed_2028"] = due / np.maximum(money, 1e-9)
    return table


def _committed(count: int, rows: Array) -> Array:
    """Payments for contracts in the books that fall due in the first years, by state."""
    end = 12.0 * PLAN_YEARS
    share = np.clip((end - rows["start"]) / np.maximum(1, rows["finish"] - rows["start"] + 1), 0.0, 1.0)
    before = np.clip((0.0 - rows["start"]) / np.maximum(1, rows["finish"] - rows["start"] + 1), 0.0, 1.0)
    units = rows["quantity"] * (share - np.where(rows["start"] < 0, before, 0.0))
    value = units * rows["unit_price"] * (1.0 - rows["paid_share"]) * (1.0 - rows["credit"])
    return np.bincount(rows["buyer"], weights=value, minlength=count)


def fleets(world: World, replications: Replications) -> pd.DataFrame:
    """A row per need and year end: what is there, usable, lent, required and on order."""

    mine = np.flatnonzero(replications[0][-1]["pairs"]["needed"] == 1)
    rows = np.concatenate([page["pairs"][mine] for pages in replications for page in pages[1:]])
    table = _yearly(world, replications, len(mine))
    table["state"] = _ids(rows["buyer"], world.buyers)
    table["category"] = _ids(rows["category"], world.categories)
    for name in ("stock", "usable", "lent", "requirement", "on_order", "base_price", "urgency", "gap"):
        table[name] = rows[name]
    table["availability"] = np.where(rows["stock"] >= 1.0, rows["ready"], np.nan)
    return table


def families(world: World, replications: Replications) -> pd.DataFrame:
    """A row per state, family and year end that has one unit or more: units, and those at the usual rate."""
    import pandas as pd

    parts: dict[str, list[Array]] = {
        name: [] for name in ("replication", "year", "state", "family", "stock", "usable")
    }
    for number, pages in enumerate(replications):
        for year, page in zip(_years(world), pages[1:], strict=True):
            state, family = np.nonzero(page["stock"] >= 1.0)
            units = page["stock"][state, family]
            new = page["month"] - page["since"][state, family] < page["new"][0]
            found = {"replication": np.full(len(units), number), "year": np.full(len(units), year),
                     "state": state, "family": family, "stock": units,
                     "usable": units * np.where(new, page["new"][1], 1.0)}  # fmt: skip
            for name, column in found.items():
                parts[name].append(column)
    table = pd.DataFrame({name: np.concatenate(columns) for name, columns in parts.items()})
    table["state"] = _ids(table["state"].to_numpy(), world.buyers)
    table["family"] = _ids(table["family"].to_numpy(), world.families)
    return table


def lines(world: World, replications: Replications) -> pd.DataFrame:
    """A row per line and year end: claimed capacity, units made in the year, order book and price."""

    pages = [page for one in replications for page in one[1:]]
    rows = np.concatenate([page["lines"] for page in pages])
    capacity = np.concatenate([page["capacity"] for page in pages])
    table = _yearly(world, replications, len(world.lines))
    codes = np.tile(np.arange(len(world.lines)), len(pages))
    table["line"] = _ids(codes, world.lines)
    table["category"] = _ids(rows["category"], world.categories)
    table["industry"] = _ids(rows["industry"], world.industries)
    table["capacity"] = capacity
    table["backlog"] = rows["backlog"]
    produced = rows["produced"].reshape(len(replications), -1, len(world.lines))
    here = np.diff(produced, axis=1, prepend=0.0).reshape(-1)
    # Customers outside the 32 states always take their share.
    table["made"] = here + capacity * rows["output_share"] * rows["outside_share"]
    table["made_here"] = here
    real = np.maximum(1e-6, capacity * rows["output_share"])
    table["cover"] = (rows["backlog"] + rows["outside_backlog"]) / real
    prices = np.repeat([float(page["prices"]) for page in pages], len(world.lines))
    table["price_now"] = prices * (rows["price_now"] + rows["price_support"] + rows["price_munitions"])
    table["base_price"] = rows["price_platform"] + rows["price_support"] + rows["price_munitions"]
    return table


def frameworks(world: World, replications: Replications) -> pd.DataFrame:
    """A row per framework in force at the start: units it allowed, and those ordered from it."""
    import pandas as pd

    at = [row for _, row in world.frameworks]
    names = [name for name, _ in world.frameworks]
    return pd.DataFrame({
        "replication": np.repeat(np.arange(len(replications)), len(at)),
        "framework": names * len(replications),
        "units": np.concatenate([pages[0]["pairs"]["framework_units"][at] for pages in replications]),
        "converted": np.concatenate([pages[-1]["pairs"]["framework_called"][at] for pages in replications]),
    })  # fmt: skip


def _years(world: World) -> list[int]:
    """The calendar years at whose end, or in which, a year of the run ends."""
    first = -(-month_count(world.start) // 12)  # a start within a year belongs to the next
    return list(range(first, first + MONTHS // YEAR))


def _yearly(world: World, replications: Replications, each: int) -> pd.DataFrame:
    """The columns replication and year of a table with so many rows per year."""
    import pandas as pd

    years = _years(world)
    return pd.DataFrame({
        "replication": np.repeat(np.arange(len(replications)), len(years) * each),
        "year": np.tile(np.repeat(years, each), len(replications)),
    })  # fmt: skip


def _ids(codes: Array, names: tuple[str, ...]) -> Any:
    """A column of ids from their rows."""
    import pandas as pd

    return pd.Categorical.from_codes(codes, list(names))  # type: ignore[call-overload]


def _numbered(parts: list[Array]) -> Array:
    """The number of its part for every row."""
    return np.repeat(np.arange(len(parts)), [len(part) for part in parts])


def _month(months: Array) -> Array:
    return np.where(months == NONE, np.nan, months)


TABLES: Final[dict[str, Callable[[World, Replications], Any]]] = {
    "contracts": contracts,
    "deliveries": deliveries,
    "states": states,
    "fleets": fleets,
    "families": families,
    "lines": lines,
    "frameworks": frameworks,
}
