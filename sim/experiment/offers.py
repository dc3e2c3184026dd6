"""One tender on the table: its offers with each part of their worth, and why the other lines made none.

Every number comes out of the model's own stages; no rule is written a second time. What bars a line is
found by asking the stage again with that obstacle, and only that one, in place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from sim.model.lever_rows import KOREAN_SUPPLY, US_SUPPLY
from sim.model.records import Array
from sim.model.stages import worth
from sim.model.stages.decide import usual_price
from sim.model.stages.offer import may_offer
from sim.model.state import COMPETITION, HALF, State
from sim.model.world import World, words_of

PARTS: Final = ("months", "price", "product", "users", "reliance", "ties", "home", "credit", "fit")
NUMBERS: Final = ("months", "last", "price", "all_in", "local_share", "content", "credit")
CALENDAR_END: Final = "calendar"
Write = Callable[[int, int, State], None]


@dataclass(frozen=True)
class Offer:
    """A valid offer: months from the decision, prices in musd a unit, shares 0-1, worth in points.

    parts: points by PARTS, in the order in which the model adds them up; worth is their sum.
    """

    line: str
    industry: str
    months: float
    last: float
    price: float
    all_in: float
    local_share: float
    content: float
    credit: float
    parts: Mapping[str, float]

    @property
    def worth(self) -> float:
        """What the buyer can see of the offer's worth, points."""
        return sum(self.parts.values())


def _not_refused(row: int, index: int, state: State) -> None:
    state.refused[state.pairs["buyer"][row], index] = 0.0


def _has_units(row: int, index: int, state: State) -> None:
    state.lines["surplus_left"][index] = state.pairs["quantity"][row]


def _has_plant(row: int, index: int, state: State) -> None:
    state.path[index, int(state.clock["month"][0]) // HALF] = 1.0


def _lever_on(lever: int) -> Write:
    def lift(row: int, index: int, state: State) -> None:
        state.levers[lever] = 1.0

    return lift


def _of_need(**values: int) -> Write:
    def lift(row: int, index: int, state: State) -> None:
        for name, value in values.items():
            state.pairs[name][row] = value

    return lift


def _of_line(**values: int) -> Write:
    def lift(row: int, index: int, state: State) -> None:
        for name, value in values.items():
            state.lines[name][index] = value

    return lift


# What could keep a line from offering, and the state in which that obstacle is gone.
OBSTACLES: Final[dict[str, Write]] = {
    "framework": _of_need(route=COMPETITION),
    "tier": _of_need(accepts_upper=1, accepts_lower=1),
    "refused": _not_refused,
    "own_army_only": _of_line(home_only=0),
    "buys_at_home": _of_need(home_only=0),
    "export_date": _of_line(export_month=0),
    "seoul": _lever_on(KOREAN_SUPPLY),
    "washington": _lever_on(US_SUPPLY),
    "units": _has_units,
    "plant": _has_plant,
}
REASONS: Final = (*OBSTACLES, CALENDAR_END)


@contextmanager
def untouched(row: int, index: int, state: State) -> Iterator[None]:
    """Put back what is written for a need and a line inside: records, offers, refusals, trust, levers."""
    buyer, slot = int(state.pairs["buyer"][row]), int(state.pairs["slot"][row])
    parts: tuple[Array, ...] = (
        state.pairs[row : row + 1],
        state.lines[index : index + 1],
        state.offers[slot : slot + 1],
        state.refused[buyer],
        state.memory[buyer],
        state.path[index],
        state.levers,
    )
    words = [words_of(part) for part in parts]  # copied without a look at their fields
    before = [part.copy() for part in words]
    try:
        yield
    finally:
        for part, kept in zip(words, before, strict=True):
            part[:] = kept


def lines_asked(row: int, state: State) -> range:
    """The lines that make what a need is for."""
    category = state.categories[state.pairs["category"][row]]
    return range(int(category["first_line"]), int(category["last_line"]))


def lines_offering(row: int, state: State) -> list[int]:
    """Those of them with a valid offer to a need whose tender is due this month."""
    valid = state.offers["valid"][state.pairs["slot"][row]]
    return [index for index in lines_asked(row, state) if valid[index] == 1]


def offers_of(world: World, row: int, state: State) -> tuple[Offer, ...]:
    """The valid offers to a need whose tender is due this month, in the order of the lines."""
    return tuple(_offer(world, row, index, state) for index in lines_offering(row, state))


def _offer(world: World, row: int, index: int, state: State) -> Offer:
    answer = state.offers[state.pairs["slot"][row], index]
    return Offer(
        line=world.lines[index],
        industry=world.industries[int(state.lines["industry"][index])],
        **{name: float(answer[name]) for name in NUMBERS},
        parts=parts_of(row, index, state),
    )


def parts_of(row: int, index: int, state: State) -> dict[str, float]:
    """Each part of an offer's worth by the model's own function for it, points; in the order of its sum."""
    usual = usual_price(row, int(state.lines["upper"][index]), state)
    found: dict[str, float] = {}
    for name in PARTS:
        part: Callable[..., float] = getattr(worth, f"worth_of_{name}")
        found[name] = part(row, index, usual, state) if name == "price" else part(row, index, state)
    return found


def silent_lines(world: World, row: int, state: State) -> dict[str, tuple[str, ...]]:
    """Lines of the category without a valid offer to a need, each with what bars it (REASONS)."""
    offering = lines_offering(row, state)
    silent = [index for index in lines_asked(row, state) if index not in offering]
    return {world.lines[index]: bars(row, index, state) for index in silent}


def bars(row: int, index: int, state: State) -> tuple[str, ...]:
    """What bars a line: each obstacle that alone, with all others gone, still keeps it from offering.

    A line that may offer but made no valid offer would deliver after the end of the plants' calendar.
    """
    if may_offer(row, index, state):
        return (CALENDAR_END,)
    return tuple(name for name in OBSTACLES if not _may_offer_but_for(name, row, index, state))


def _may_offer_but_for(obstacle: str, row: int, index: int, state: State) -> bool:
    with untouched(row, index, state):
        for name, lift in OBSTACLES.items():
            if name != obstacle:
                lift(row, index, state)
        return bool(may_offer(row, index, state))
