"""The records of the state: which numbers each entity has, their units and meaning.

Each entity is a row of a structured array, so a rule reads `line.capacity` and a stage writes it.
A field is either a *fact* (set when the world is drawn) or *state* (zero at the start, moved by a
stage). Money is in million 2025 US dollars, time in months counted
from the start, shares from 0 to 1.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from sim.model.compiled import without_compilation
from sim.model.records_demand import BUYER, CATEGORY, FLEET, GIFT, PAIR, Field
from sim.model.records_supply import AUTHORITY, CONTRACT, FAMILY, LANE, LINE, OFFER

CARD: Final[tuple[Field, ...]] = (
    ("probability", "per_year", "chance of striking in a year"),
    ("partners", "mask", "cards that tend to strike together with it"),
    ("key", "key", "hash of the card's id"),
    ("placed", "month", "month placed by the scenario, -1 if drawn only"),
    ("since", "month", "month in which it last struck, -1 before"),
    ("until", "month", "active before this month"),
    ("struck", "count", "times struck"),
    ("months", "months", "duration"),
    ("strength", "number", "strength while active"),
    ("placed_months", "months", "duration where placed"),
    ("placed_strength", "number", "strength where placed"),
)

EFFECT: Final[tuple[Field, ...]] = (
    ("card", "index", "card"),
    ("lever", "index", "lever moved"),
    ("operation", "count", "0 set, 1 add, 2 multiply"),
    ("amount", "number", "by how much at full strength"),
)

ORDER: Final[tuple[Field, ...]] = (
    ("month", "month", "month in which it is carried out"),
    ("kind", "count", "what is ordered, state.ORDERS"),
    ("row", "index", "need, line or state that it is about"),
    ("line", "index", "line chosen, -1 if none"),
    ("second", "index", "second line chosen, -1 if none"),
    ("route", "index", "route of a tender"),
    ("upper", "flag", "1 upper tier, 0 lower"),
    ("amount", "number", "units, months, or a factor"),
    ("months", "months", "how long it holds"),
)

CLOCK: Final[tuple[Field, ...]] = (
    ("stream", "key", "key of this replication's draws"),
    ("month", "month", "month in progress"),
    ("looked", "month", "month in which all last looked at who ordered what"),
    ("start_year", "year", "year and part of a year in which the run starts"),
    ("contracts", "count", "contracts in the books"),
    ("due", "count", "tenders decided this month"),
    ("due_categories", "mask", "categories with a tender decided this month"),
    ("draws", "count", "random draws taken in decisions"),
    ("version", "count", "changes of levers and plans so far"),
    ("safe_used", "musd", "EU loans drawn by all"),
    ("korean_credit", "musd", "Korean export credit in use"),
    ("prices", "number", "price level of equipment against the start"),
    ("growth", "number", "gross domestic product against the start"),
    ("discount", "number", "worth today of a payment this month"),
    ("seoul", "number", "what Seoul can give at home and under pressure, 1 = as at the start"),
    ("codeveloped", "share", "part of the joint development with Korea that has borne fruit"),
    ("us_spares", "share", "part of the usual spares of US types at hand"),
    ("existing", "count", "contracts in the books at the start"),
    ("usa", "index", "row of the United States among authorities, -1 if none"),
    ("worst_share", "share", "share of all fleets the worst foreign authority could stop supporting"),
    ("effective", "number", "effective number of foreign authorities over all fleets"),
    ("first_order", "count", "first of the orders of seats carried out this month"),
    ("last_order", "count", "one past the last of them"),
    ("units_error", "units", "largest breach of the conservation of units"),
    ("money_error", "musd", "largest breach of the conservation of money"),
)

KINDS: Final = {"key": "u8", "mask": "i8", "count": "i4", "index": "i4", "month": "i4", "flag": "i1"}
BLOCK: Final = 64  # bytes that a processor reads at once: a record begins where such a block begins


def in_blocks(size: int) -> int:
    """Return the bytes of the whole blocks that `size` bytes need."""
    return -(-size // BLOCK) * BLOCK


def _dtype(fields: tuple[Field, ...]) -> np.dtype[np.void]:
    """The layout of a record: as C would have it; those longer than a block fill whole blocks."""
    plain = np.dtype([(name, KINDS.get(unit, "f8")) for name, unit, _ in fields], align=True)
    if plain.itemsize <= BLOCK:
        return plain
    assert plain.fields is not None
    layout: Any = {
        "names": list(plain.names or ()),
        "formats": [plain.fields[name][0] for name in plain.names or ()],
        "offsets": [plain.fields[name][1] for name in plain.names or ()],
        "itemsize": in_blocks(plain.itemsize),
    }
    return np.dtype(layout, align=True)


RECORDS: Final[dict[str, tuple[Field, ...]]] = {
    "buyers": BUYER,
    "categories": CATEGORY,
    "pairs": PAIR,
    "lines": LINE,
    "lanes": LANE,
    "families": FAMILY,
    "fleets": FLEET,
    "gifts": GIFT,
    "contracts": CONTRACT,
    "cards": CARD,
    "effects": EFFECT,
    "orders": ORDER,
    "authorities": AUTHORITY,
    "clock": CLOCK,
    "offers": OFFER,
}
DTYPES: Final = {name: _dtype(fields) for name, fields in RECORDS.items()}

Array = npt.NDArray[Any]


def records(name: str, *shape: int) -> Array:
    """Return zeroed records of a kind; without compilation their fields read as attributes too."""
    array = np.zeros(shape, DTYPES[name])
    return array.view(np.recarray) if without_compilation() else array


def rule_records(names: tuple[str, ...]) -> Array:
    """Return the one record of the rules' constants, a field per name."""
    array = np.zeros(1, np.dtype([(name, "f8") for name in names], align=True))
    return array.view(np.recarray) if without_compilation() else array
