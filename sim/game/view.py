"""What a buyer's seat sees at the beginning of a turn: money, needs, tenders with their offers, dials."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from sim.evidence.records import Line
from sim.evidence.seeds import load_seeds
from sim.game.allowed import due_rows, largest_launch, room_for_tenders, smallest_launch
from sim.game.replay import Standing
from sim.game.seats import Seat, find_seat
from sim.game.turn import need_row
from sim.model.rules import reliance
from sim.model.stages.decide import may_split
from sim.model.stages.offer import has_family
from sim.model.stages.strength import fielded
from sim.model.stages.tender import has_framework, money_open
from sim.model.state import NONE, ROUTES
from sim.policy.dates import month_text


@dataclass(frozen=True)
class OfferSeen:
    """An offer: months counted from now, prices in musd a unit (all_in with one more family), shares 0-1.

    likely, worst: months to the first delivery with the usual lateness of quotes, middle and ninth tenth.
    delivery, support: foreign governments that could withhold it.
    """

    line: str
    name: str
    industry: str
    first: float
    last: float
    likely: float
    worst: float
    price: float
    all_in: float
    local_share: float
    content: float
    credit: float
    korean_loan: bool
    new_family: bool
    delivery: tuple[str, ...]
    support: tuple[str, ...]


@dataclass(frozen=True)
class TenderSeen:
    """A tender that is decided now; affordable: units that money reaches for, by offer."""

    state: str
    category: str
    label: str
    unit: str
    route: str
    quantity: float
    urgency: float
    may_split: bool
    known_line: str | None
    offers: tuple[OfferSeen, ...]
    affordable: tuple[float, ...]


@dataclass(frozen=True)
class NeedSeen:
    """A need: units required, in service, usable, on order; gap at the planning horizon, orders counted.

    running: route of a tender that is not decided now, with the month in which it is (`decided`).
    smallest, largest: quantities that a new tender may ask for; price: usual price of a unit, musd.
    missing: the gap as a share of what will be required then; ahead: months to the planning horizon.
    """

    state: str
    category: str
    label: str
    unit: str
    required: float
    stock: float
    usable: float
    lent: float
    on_order: float
    gap: float
    urgency: float
    decided: str | None
    running: str | None
    smallest: int
    largest: int
    price: float
    tiers: tuple[str, ...]
    home_only: bool
    framework: str | None
    framework_units: float
    missing: float
    ahead: int


@dataclass(frozen=True)
class MoneySeen:
    """A state's money, musd: in hand, inflow of a year, signed and unpaid, loans, what it can promise."""

    state: str
    cash: float
    inflow: float
    committed: float
    debt: float
    credit: float
    room: float
    tenders: int


@dataclass(frozen=True)
class Dial:
    """A state's three dials.

    speed: share of what it needs that is usable, by value; cost: price over base price of what it ordered
    since the start, None before its first order; reliance: largest foreign hold on its fleet, a share.
    """

    state: str
    speed: float
    cost: float | None
    reliance: float


@dataclass(frozen=True)
class BuyerView:
    """All that a buyer's seat sees."""

    seat: str
    turn: int
    turns: int
    month: str
    money: tuple[MoneySeen, ...]
    needs: tuple[NeedSeen, ...]
    tenders: tuple[TenderSeen, ...]
    dials: tuple[Dial, ...]

    def record(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def buyer_view(stand: Standing, name: str) -> BuyerView:
    """What a buyer's seat sees now."""
    seat, setup = find_seat(name), stand.game.setup
    return BuyerView(
        seat=name,
        turn=stand.game.number,
        turns=setup.turns,
        month=month_text(stand.game.month, stand.world.start),
        money=tuple(money_of(stand, state) for state in seat.states),
        needs=needs_of(stand, seat),
        tenders=tuple(_tender(stand, row) for row in due_rows(stand, seat)),
        dials=tuple(dial(stand, state) for state in seat.states),
    )


def money_of(stand: Standing, name: str) -> MoneySeen:
    """A state's money."""
    at = stand.world.buyers.index(name)
    buyer = stand.state.buyers[at]
    return MoneySeen(
        state=name,
        cash=float(buyer["cash"]),
        inflow=12.0 * float(buyer["usual_inflow"]),
        committed=float(buyer["committed"]),
        debt=float(buyer["debt"] + buyer["interest"]),
        credit=float(buyer["credit_left"]),
        room=float(money_open(at, stand.state)),
        tenders=room_for_tenders(stand, name),
    )


def dial(stand: Standing, name: str) -> Dial:
    """A state's dials."""
    at = stand.world.buyers.index(name)
    buyer = stand.state.buyers[at]
    base = float(buyer["orders_base"])
    return Dial(
        state=name,
        speed=float(fielded(at, NONE, 1.0, stand.state)),
        cost=float(buyer["orders_value"]) / base if base > 0.0 else None,
        reliance=float(buyer["worst_share"]),
    )


def needs_of(stand: Standing, seat: Seat) -> tuple[NeedSeen, ...]:
    """The needs of a seat's states, in the order of the categories."""
    state, world = stand.state, stand.world
    found = []
    for name in seat.states:
        for category in world.categories:
            row = need_row(world, name, category)
            if state.pairs["needed"][row] == 1:
                found.append(_need(stand, row))
    return tuple(found)


def _need(stand: Standing, row: int) -> NeedSeen:
    state, world, pair = stand.state, stand.world, stand.state.pairs[row]
    kind = load_seeds().categories()[int(pair["category"])]
    now = row in state.due[: int(state.clock["due"][0])]
    runs = pair["open"] == 1 and not now
    agreed = bool(has_framework(row, state))
    upper = pair["accepts_upper"] == 1
    return NeedSeen(
        state=world.buyers[int(pair["buyer"])],
        category=kind.id,
        label=kind.label,
        unit=kind.unit_label,
        required=float(pair["requirement"]),
        stock=float(pair["stock"]),
        usable=float(min(pair["stock"], pair["usable"])),
        lent=float(pair["lent"]),
        on_order=float(pair["on_order"]),
        gap=float(pair["gap"]),
        urgency=float(pair["urgency"]),
        decided=month_text(int(pair["due"]), world.start) if runs else None,
        running=ROUTES[int(pair["route"])] if runs else None,
        smallest=smallest_launch(stand, row),
        largest=largest_launch(stand, row),
        price=float(pair["price_upper" if upper else "price_lower"] * state.clock["prices"][0]),
        tiers=tuple(tier for tier in ("upper", "lower") if pair[f"accepts_{tier}"] == 1),
        home_only=bool(pair["home_only"] == 1),
        framework=world.lines[int(pair["framework_line"])] if agreed else None,
        framework_units=float(pair["framework_units"]) if agreed else 0.0,
        missing=float(pair["gap_ratio"]),
        ahead=int(state.categories["planning_months"][int(pair["category"])]),
    )


def _tender(stand: Standing, row: int) -> TenderSeen:
    state, world, pair = stand.state, stand.world, stand.state.pairs[row]
    kind = load_seeds().categories()[int(pair["category"])]
    known = int(pair["known_line"])
    offers = offers_seen(stand, row)
    money = float(money_open(int(pair["buyer"]), state))
    units = float(pair["quantity"])
    funded = pair["funded"] == 1
    return TenderSeen(
        state=world.buyers[int(pair["buyer"])],
        category=kind.id,
        label=kind.label,
        unit=kind.unit_label,
        route=ROUTES[int(pair["route"])],
        quantity=units,
        urgency=float(pair["urgency"]),
        may_split=bool(may_split(row, state)),
        known_line=world.lines[known] if known != NONE else None,
        offers=offers,
        affordable=tuple(
            units if funded else min(units, math.floor(max(0.0, money) / one.price + 1e-9)) for one in offers
        ),
    )


def offers_seen(stand: Standing, row: int) -> tuple[OfferSeen, ...]:
    """The offers on the table for a need whose tender is decided now."""
    state, pair = stand.state, stand.state.pairs[row]
    category = int(pair["category"])
    first, last = (int(state.categories[edge][category]) for edge in ("first_line", "last_line"))
    slot = int(pair["slot"])
    return tuple(
        _offer(stand, row, index) for index in range(first, last) if state.offers["valid"][slot, index] == 1
    )


def _offer(stand: Standing, row: int, index: int) -> OfferSeen:
    state, pair, line = stand.state, stand.state.pairs[row], stand.state.lines[index]
    answer, buyer = state.offers[int(pair["slot"]), index], int(pair["buyer"])
    months = float(answer["months"])
    mine = lines_by_id()[stand.world.lines[index]]
    return OfferSeen(
        line=mine.id,
        name=mine.name,
        industry=mine.industry,
        first=months,
        last=float(answer["last"]),
        likely=months + usual_slip(stand, months, 0.5),
        worst=months + usual_slip(stand, months, 0.9),
        price=float(answer["price"]),
        all_in=float(answer["all_in"]),
        local_share=float(answer["local_share"]),
        content=float(answer["content"]),
        credit=float(answer["credit"]),
        korean_loan=bool(answer["korean_loan"] == 1),
        new_family=not has_family(buyer, index, state),
        delivery=authorities(stand, int(line["delivery_mask"]), buyer),
        support=authorities(stand, int(line["support_mask"]), buyer),
    )


@lru_cache(maxsize=1)
def lines_by_id() -> Mapping[str, Line]:
    """Every line of the seeds by id."""
    return {one.id: one for one in load_seeds().lines()}


def usual_slip(stand: Standing, months: float, part: float) -> float:
    """Months by which a quote is usually exceeded: the given part of contracts is later by no more.

    The model's own law: a share on time, the rest late by an exponential with a mean in proportion to the
    months quoted, at the middle of the evidence (stages/sign.slip_of).
    """
    rules = stand.world.template["rules"]
    on_time = float(rules["slip_on_time"][0])
    if part <= on_time:
        return 0.0
    mean = float(rules["slip_mean"][0]) * months
    return math.floor(-mean * math.log(1.0 - (part - on_time) / (1.0 - on_time)))


def authorities(stand: Standing, mask: int, buyer: int) -> tuple[str, ...]:
    """The foreign governments of a mask."""
    foreign = int(reliance.foreign(mask, int(stand.state.buyers["authority"][buyer])))
    return tuple(name for at, name in enumerate(stand.world.authorities) if foreign >> at & 1)
