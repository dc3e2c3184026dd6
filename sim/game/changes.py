"""What changed since the turn before: contracts, deliveries, failed tenders, cards that struck."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from sim.game.replay import Standing, standing
from sim.game.turn import scenario_of_game
from sim.model.state import NONE, ROUTES
from sim.policy.dates import month_text

LATENESS: Final = ("residual", "supply", "priority", "licence")  # causes of waiting beyond a promise


@dataclass(frozen=True)
class Change:
    """One thing that happened: signed, delivered, late, nothing or card; month as text, units, musd a unit.

    months: of a promise (signed), of lateness so far (late); cause: of most of that lateness.
    """

    kind: str
    month: str
    state: str = ""
    category: str = ""
    line: str = ""
    units: float = 0.0
    price: float = 0.0
    months: float = 0.0
    cause: str = ""
    route: str = ""
    card: str = ""

    def record(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def changes(stand: Standing, states: Iterable[str]) -> tuple[Change, ...]:
    """What happened to some states, and to all by cards, since the beginning of the turn before."""
    if not stand.game.turns:
        return ()
    before = standing(stand.game.undo())
    wanted = {stand.world.buyers.index(name) for name in states}
    found = [*_cards(stand, before), *_contracts(stand, before, wanted), *_nothing(stand, before, wanted)]
    return tuple(sorted(found, key=lambda one: one.month))


def _contracts(stand: Standing, before: Standing, wanted: set[int]) -> list[Change]:
    contracts = stand.contracts
    known = int(before.state.clock["contracts"][0])
    found: list[Change] = []
    for number, contract in enumerate(contracts):
        if int(contract["buyer"]) in wanted:
            had = float(before.state.contracts["delivered"][number]) if number < known else 0.0
            found += _of_contract(stand, before.game.month, contract, float(contract["delivered"]) - had)
    return found


def _of_contract(stand: Standing, since: int, contract: Any, handed: float) -> list[Change]:
    """What happened to one contract since a month; handed = units handed over since."""
    line, now = int(contract["line"]), stand.game.month
    one = Change(
        kind="",
        month="",
        state=stand.world.buyers[int(contract["buyer"])],
        category=stand.world.categories[int(stand.state.lines["category"][line])],
        line=stand.world.lines[line],
        units=float(contract["quantity"]),
        price=float(contract["unit_price"]),
        route=ROUTES[int(contract["route"])],
    )
    found = []
    signed, promised = int(contract["signed"]), int(contract["first_due"])
    if signed >= since:
        month = _month(stand, signed)
        found.append(replace(one, kind="signed", month=month, months=float(promised - signed)))
    if handed >= 1.0:
        month = _month(stand, int(contract["last_month"]))
        found.append(replace(one, kind="delivered", month=month, units=handed))
    if contract["first_month"] == NONE and promised < now:
        month = _month(stand, promised)
        cause = max(LATENESS, key=lambda name: float(contract[f"months_{name}"]))
        found.append(replace(one, kind="late", month=month, months=float(now - promised), cause=cause))
    return found


def _nothing(stand: Standing, before: Standing, wanted: set[int]) -> list[Change]:
    """Tenders that were decided in the first month of the turn before and brought no contract."""
    due = before.state.due[: int(before.state.clock["due"][0])]
    contracts = stand.contracts
    signed = {int(one["pair"]) for one in contracts if one["signed"] == before.game.month}
    pairs = before.state.pairs
    return [
        Change(
            "nothing",
            _month(stand, before.game.month),
            state=stand.world.buyers[int(pairs["buyer"][row])],
            category=stand.world.categories[int(pairs["category"][row])],
            units=float(pairs["quantity"][row]),
            route=ROUTES[int(pairs["route"][row])],
        )
        for row in due
        if int(pairs["buyer"][row]) in wanted and int(row) not in signed
    ]


def cards_in_force(stand: Standing) -> list[str]:
    """Cards that began before the turn now open and have not ended, each once."""
    names = [*stand.world.cards, *(card.card for card in scenario_of_game(stand.game).shocks)]
    now = stand.game.month
    struck = [
        names[at] for at, card in enumerate(stand.state.cards) if 0 <= card["since"] < now < card["until"]
    ]
    return list(dict.fromkeys(struck))


def _cards(stand: Standing, before: Standing) -> list[Change]:
    """Cards that struck since; a card placed by hand stands behind those of the seeds under its own row."""
    cards = stand.state.cards
    names = [*stand.world.cards, *(card.card for card in scenario_of_game(stand.game).shocks)]
    return [
        Change(
            "card",
            _month(stand, int(card["since"])),
            card=names[at],
            months=float(card["until"] - card["since"]),
        )
        for at, card in enumerate(cards)
        if before.game.month <= card["since"] < stand.game.month
    ]


def _month(stand: Standing, month: int) -> str:
    return month_text(month, stand.world.start)
