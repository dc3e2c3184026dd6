"""Scripts: fixed ways to play a seat. Simple ones show what the score can be talked into, two are sensible.

A script is a function of where the game stands and nothing else, so a game with scripts replays as any other.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from sim.evidence.facts import nearest, quoted
from sim.evidence.seeds import load_seeds
from sim.game.allowed import LARGEST_STEP, cost_of, joint_agreed, lever_now, refused
from sim.game.errors import GameError
from sim.game.orders import (
    GROWTH,
    PRICE,
    PROMISE,
    Choose,
    Expand,
    Hold,
    Launch,
    Order,
    Price,
    Promise,
    SetLever,
    Wait,
    merged,
)
from sim.game.replay import Standing
from sim.game.seats import ALLIANCE, INDUSTRY, STATE, Seat, find_seat
from sim.game.turn import lines_of, need_row
from sim.game.view import BuyerView, NeedSeen, OfferSeen, TenderSeen, buyer_view, lines_by_id, money_of
from sim.model.stages.offer import may_sell
from sim.model.stages.output import years_of_cover
from sim.policy.levers import levers

Script = Callable[[Standing, Seat], Iterator[Order]]
FINE: Final = 1e4  # policies are set to four decimals
HALF_WORTH: Final = 24.0  # months of waiting that weigh as much as a price twice as high, in `balanced`
PRESSING: Final = 1 / 3  # urgency from which `pressing` buys without a contest: share missing, by threat


def play(name: str, stand: Standing, seat: str, given: Sequence[Order] = ()) -> tuple[Order, ...]:
    """What a seat orders in the turn now open when a script plays it; raises GameError for an unknown name.

    given: orders that a person gave for the seat in this turn; they stand, and the script adds to them.
    """
    script = script_of(name, find_seat(seat))
    if stand.game.over:
        return tuple(given)
    orders, said = tuple(given), {one.about for one in given}
    for order in script(stand, find_seat(seat)):
        if order.about not in said and refused(stand, seat, order, orders) is None:
            orders = merged(orders, order)
    return orders


def scripts_for(seat: Seat) -> Mapping[str, Script]:
    """The scripts that can play a seat, by name."""
    return SCRIPTS[seat.kind]


def script_of(name: str, seat: Seat) -> Script:
    """The script of this name for a seat; raises GameError naming the nearest."""
    known = scripts_for(seat)
    if name not in known:
        raise GameError(f"there is no script {quoted(name)} for {seat.id}; {nearest(name, known)}")
    return known[name]


# Buyers: what to do about a tender that is decided now, and about a need without one.

Decide = Callable[[Standing, TenderSeen], Order | None]
Begin = Callable[[Standing, NeedSeen], Order | None]


def _buyer(decide: Decide, begin: Begin) -> Script:
    def script(stand: Standing, seat: Seat) -> Iterator[Order]:
        seen = buyer_view(stand, seat.id)
        for tender in seen.tenders:
            if (order := decide(stand, tender)) is not None:
                yield order
        room = {one.state: one.tenders for one in seen.money}
        for need in _idle(seen):
            if room[need.state] > 0 and (order := begin(stand, need)) is not None:
                room[need.state] -= 1
                yield order

    return script


def _idle(seen: BuyerView) -> list[NeedSeen]:
    """The needs without a tender, the most urgent first."""
    decided = {(tender.state, tender.category) for tender in seen.tenders}
    free = [one for one in seen.needs if one.running is None and (one.state, one.category) not in decided]
    return sorted(free, key=lambda one: (-one.urgency, one.state, one.category))


def _leave(stand: Standing, what: TenderSeen | NeedSeen) -> Order | None:
    """The rules decide."""
    return None


def _wait(stand: Standing, tender: TenderSeen) -> Order | None:
    """No contract, but where another state was promised to buy together."""
    if joint_agreed(stand, tender.state, tender.category):
        return None
    return Wait(state=tender.state, category=tender.category)


def _best(worth: Callable[[OfferSeen], tuple[float, ...]]) -> Decide:
    """The offer with the least of something; ties by name."""

    def decide(stand: Standing, tender: TenderSeen) -> Order | None:
        offers = sorted(tender.offers, key=lambda one: (*worth(one), one.line))
        return _choice(tender, offers[:1])

    return decide


def _choice(tender: TenderSeen, offers: Sequence[OfferSeen]) -> Order | None:
    """The first of these offers, with the second beside it where there is one; None without any."""
    if not offers:
        return None
    second = offers[1].line if len(offers) > 1 and tender.may_split else None
    return Choose(state=tender.state, category=tender.category, line=offers[0].line, second=second)


_fastest: Final = _best(lambda one: (one.likely, one.all_in))
_cheapest: Final = _best(lambda one: (one.all_in, one.likely))


def _home_or_union(stand: Standing, tender: TenderSeen) -> Order | None:
    """The cheapest of one's own plants, else of Europe's, else nothing."""
    lines = lines_by_id()
    home = [one for one in tender.offers if tender.state in (*lines[one.line].home, lines[one.line].country)]
    europe = [one for one in tender.offers if one.industry == "europe"]
    offers = sorted(home or europe, key=lambda one: (one.all_in, one.line))
    return _choice(tender, offers[:1]) or _wait(stand, tender)


def _split(stand: Standing, tender: TenderSeen) -> Order | None:
    """The cheapest, and beside it the cheapest under another government."""
    lines = lines_by_id()
    offers = sorted(tender.offers, key=lambda one: (one.all_in, one.line))
    others = [one for one in offers if lines[one.line].authority != lines[offers[0].line].authority]
    return _choice(tender, [*offers[:1], *others[:1]])


def _balanced(stand: Standing, tender: TenderSeen) -> Order | None:
    """Likely months by urgency, price, and how much of the fleet those who could withhold hold already."""
    if not tender.offers:
        return None
    least = min(one.all_in for one in tender.offers)
    held = _held(stand, tender.state)

    def burden(one: OfferSeen) -> float:
        could = {*one.delivery, *one.support}
        hold = max((held[name] for name in could), default=0.0)
        waiting = (0.5 + min(tender.urgency, 2.0)) * one.likely / HALF_WORTH
        return waiting + math.log2(one.all_in / least) + hold

    return _choice(tender, sorted(tender.offers, key=lambda one: (burden(one), one.line))[:1])


def _held(stand: Standing, state: str) -> dict[str, float]:
    """The share of a state's fleet, by value, whose support each government could stop."""
    buyer = stand.world.buyers.index(state)
    fleet = float(stand.state.buyers["fleet_value"][buyer])
    held = stand.state.holds[buyer]
    return {
        name: float(held[at]) / fleet if fleet > 0.0 else 0.0
        for at, name in enumerate(stand.world.authorities)
    }


def _urgent(stand: Standing, need: NeedSeen) -> Order | None:
    """All of a gap at once from whoever has the least work in hand."""
    line = quickest(stand, need.state, need.category)
    if line is None or need.gap < need.smallest or need.price <= 0.0:
        return None
    if need.smallest * need.price > money_of(stand, need.state).room:
        return None
    return Launch(state=need.state, category=need.category, route="urgent", quantity=need.largest, line=line)


def _if_pressing(stand: Standing, need: NeedSeen) -> Order | None:
    return _urgent(stand, need) if need.urgency >= PRESSING else None


def quickest(stand: Standing, state: str, category: str) -> str | None:
    """Of the lines that may sell to a need, the one that builds soonest by the work it has in hand."""
    row = need_row(stand.world, state, category)
    kind = int(stand.state.pairs["category"][row])
    first, last = (int(stand.state.categories[edge][kind]) for edge in ("first_line", "last_line"))
    months = {
        stand.world.lines[at]: float(stand.state.lines["build_months"][at])
        + 12.0 * float(years_of_cover(at, stand.state))
        for at in range(first, last)
        if may_sell(row, at, stand.state)
    }
    return min(months, key=lambda name: (months[name], name), default=None)


def _never(stand: Standing, seat: Seat) -> Iterator[Order]:
    """No contract, and no new tender by the ministry."""
    seen = buyer_view(stand, seat.id)
    for tender in seen.tenders:
        if (order := _wait(stand, tender)) is not None:
            yield order
    for need in seen.needs:
        yield Hold(state=need.state, category=need.category)


def _splurge(stand: Standing, seat: Seat) -> Iterator[Order]:
    """Nothing until the last turn, then everything."""
    late = stand.game.number == stand.game.setup.turns
    yield from (_buyer(_fastest, _urgent) if late else _never)(stand, seat)


# Industries and the Alliance


def _nothing(stand: Standing, seat: Seat) -> Iterator[Order]:
    yield from ()


def _plants(*make: Callable[[str], Order]) -> Script:
    """The same orders in every category that an industry makes."""

    def script(stand: Standing, seat: Seat) -> Iterator[Order]:
        for category in stand.world.categories:
            if seat.industry is not None and lines_of(stand.world, seat.industry, category):
                yield from (one(category) for one in make)

    return script


def _policies(**targets: float) -> Script:
    """Policies towards values, one after the other, as far as steps and political capital allow."""

    def script(stand: Standing, seat: Seat) -> Iterator[Order]:
        known, left = levers(load_seeds()), stand.game.setup.capital
        for name, target in targets.items():
            lever, now = known[name], lever_now(stand, name)
            span = lever.high - lever.low
            reach = min(abs(target - now), LARGEST_STEP * span, left * span / cost_of(lever, 0.0, span))
            step = math.copysign(math.floor(reach * FINE + 1e-6) / FINE, target - now)
            if step != 0.0:
                left -= cost_of(lever, now, now + step)
                yield SetLever(lever=name, value=now + step)

    return script


SCRIPTS: Final[Mapping[str, Mapping[str, Script]]] = {
    STATE: {
        "doctrine": _nothing,  # somebody sits there, and the rules decide
        "wait": _never,
        "fastest": _buyer(_fastest, _leave),
        "cheapest": _buyer(_cheapest, _leave),
        "home_or_union": _buyer(_home_or_union, _leave),
        "split": _buyer(_split, _leave),
        "urgent": _buyer(_fastest, _urgent),
        "splurge": _splurge,
        "balanced": _buyer(_balanced, _leave),
        "pressing": _buyer(_balanced, _if_pressing),
    },
    INDUSTRY: {
        "rule": _nothing,
        "cheap_promises": _plants(
            lambda kind: Price(category=kind, factor=PRICE[0]),
            lambda kind: Promise(category=kind, factor=PROMISE[0]),
        ),
        "early": _plants(lambda kind: Promise(category=kind, factor=PROMISE[0])),
        "dear": _plants(lambda kind: Price(category=kind, factor=PRICE[1])),
        "expand": _plants(lambda kind: Expand(category=kind, share=GROWTH)),
    },
    ALLIANCE: {
        "idle": _nothing,
        "talks": _policies(dialogue=1.0, observer_seats=1.0),
        "union": _policies(union_preference=2.0, content_threshold=0.9, european_investment=2.0),
    },
}
