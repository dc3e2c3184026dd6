"""What a seat may order now: an order is held against what stands on the table as the turn begins."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from sim.evidence.facts import nearest, quoted
from sim.evidence.seeds import load_seeds
from sim.game.errors import GameError
from sim.game.orders import Choose, Hold, Launch, Order, SetLever, Wait, without
from sim.game.replay import Standing
from sim.game.seats import INDUSTRY, STATE, Seat, find_seat
from sim.game.turn import Inject, lines_of, need_row
from sim.model.stages.decide import may_split
from sim.model.stages.offer import may_sell
from sim.model.stages.tender import has_framework, money_open
from sim.policy.errors import ScenarioError
from sim.policy.levers import Lever, check_value, levers
from sim.policy.scenario_file import LONGEST, STRONGEST

WHOLE_RANGE: Final = 20.0  # political capital that moving a policy across all of its range costs
URGENT_A_TURN: Final = 1  # purchases without a contest that a state can begin in a turn
LARGEST_STEP: Final = 0.5  # of its range, that a policy can move in one turn


def check_order(stand: Standing, name: str, order: Order, given: Sequence[Order] = ()) -> None:
    """Raise GameError where a seat cannot give an order in the turn now open.

    given: what the seat has ordered in this turn already; an order about the same thing is replaced.
    """
    if stand.game.over:
        raise GameError("the game is over: no more orders can be given")
    if name not in stand.game.setup.seats:
        raise GameError(f"{quoted(name)} has no seat in this game; {nearest(name, stand.game.setup.seats)}")
    seat = find_seat(name)
    others = without(given, order)
    if isinstance(order, SetLever):
        _check_lever(stand, seat, order, others)
    elif isinstance(order, Choose | Wait | Launch | Hold):
        _check_need(stand, seat, order)
        if isinstance(order, Choose | Wait):
            _check_decision(stand, order)
        elif isinstance(order, Launch):
            _check_launch(stand, order, others)
    else:
        if seat.kind != INDUSTRY or seat.industry is None:
            raise GameError(f"{seat.name} runs no industry, so it has no prices, promises or plants to set")
        _check_category(stand, order.category)
        if not lines_of(stand.world, seat.industry, order.category):
            raise GameError(f"the industry of {seat.name} makes nothing for {order.category} in this model")


def check_inject(stand: Standing, inject: Inject) -> None:
    """Raise GameError where a facilitator cannot place this card in the turn now open."""
    cards = stand.world.cards
    if stand.game.over:
        raise GameError("the game is over: no more cards can be placed")
    if inject.card not in cards:
        raise GameError(f"there is no card {quoted(inject.card)}; {nearest(inject.card, cards)}")
    if not 1 <= inject.months <= LONGEST:
        raise GameError(f"months: {inject.months} is outside 1 to {LONGEST}")
    if not 0.0 <= inject.strength <= STRONGEST:
        raise GameError(f"strength: {inject.strength} is outside 0 to {STRONGEST:g}")


def refused(stand: Standing, name: str, order: Order, given: Sequence[Order] = ()) -> str | None:
    """The sentence with which an order would be refused, None where it can be given (see `check_order`)."""
    try:
        check_order(stand, name, order, given)
    except GameError as error:
        return str(error)
    return None


def due_rows(stand: Standing, seat: Seat) -> list[int]:
    """The needs of a seat's states whose tender is decided now."""
    state = stand.state
    due = state.due[: int(state.clock["due"][0])] if not stand.game.over else ()
    mine = {stand.world.buyers.index(name) for name in seat.states}
    return sorted(int(row) for row in due if int(state.pairs["buyer"][row]) in mine)


def lever_now(stand: Standing, name: str) -> float:
    """The value at which a policy stands as the turn begins."""
    return float(
        stand.plan.levers[min(stand.game.month, len(stand.plan.levers) - 1), _lever_row(stand, name)]
    )


def cost_of(lever: Lever, before: float, after: float) -> float:
    """Political capital that a move of a policy costs."""
    return WHOLE_RANGE * abs(after - before) / (lever.high - lever.low)


def capital_spent(stand: Standing, orders: Sequence[Order]) -> float:
    """Political capital that the policies among these orders cost; what states decide is free."""
    known = levers(load_seeds())
    return sum(
        cost_of(known[one.lever], lever_now(stand, one.lever), one.value)
        for one in orders
        if isinstance(one, SetLever) and not one.lever.startswith(("doctrine.", "agreement."))
    )


def _lever_row(stand: Standing, name: str) -> int:
    return stand.world.levers.index(name)


def suppliers(stand: Standing, row: int) -> list[str]:
    """The lines that may sell for a need now."""
    state, pair = stand.state, stand.state.pairs[row]
    first, last = (int(state.categories[edge][pair["category"]]) for edge in ("first_line", "last_line"))
    return [stand.world.lines[at] for at in range(first, last) if may_sell(row, at, state)]


def _check_lever(stand: Standing, seat: Seat, order: SetLever, others: Sequence[Order]) -> None:
    if order.lever not in seat.levers:
        raise GameError(f"{seat.name} cannot set {quoted(order.lever)}; {nearest(order.lever, seat.levers)}")
    lever = levers(load_seeds())[order.lever]
    try:
        check_value(lever, order.value)
    except ScenarioError as error:
        raise GameError(str(error)) from error
    now = lever_now(stand, order.lever)
    step = LARGEST_STEP * (lever.high - lever.low)
    if not order.lever.startswith("doctrine.") and abs(order.value - now) > step + 1e-9:
        low, high = max(lever.low, now - step), min(lever.high, now + step)
        raise GameError(f"{lever.label} can only move to between {low:g} and {high:g} in one turn")
    spent = capital_spent(stand, [*others, order])
    if spent > stand.game.setup.capital + 1e-9:
        raise GameError(
            f"that would take {spent:.1f} of {stand.game.setup.capital:g} points of political capital; "
            "move less, or take back another move"
        )


def _check_category(stand: Standing, category: str) -> None:
    if category not in stand.world.categories:
        known = stand.world.categories
        raise GameError(f"there is no category {quoted(category)}; {nearest(category, known)}")


def _check_need(stand: Standing, seat: Seat, order: Choose | Wait | Launch | Hold) -> None:
    if seat.kind != STATE or order.state not in seat.states:
        theirs = ", ".join(seat.states) or "no state"
        raise GameError(f"{seat.name} decides for {theirs}, not for {quoted(order.state)}")
    _check_category(stand, order.category)
    row = need_row(stand.world, order.state, order.category)
    if stand.state.pairs["needed"][row] == 0:
        raise GameError(f"{order.state} has no need of {order.category} in this model")


def _check_decision(stand: Standing, order: Choose | Wait) -> None:
    state, row = stand.state, need_row(stand.world, order.state, order.category)
    due = state.due[: int(state.clock["due"][0])]
    if row not in due:
        raise GameError(f"{order.state} has no tender for {order.category} to decide now")
    if isinstance(order, Wait):
        if joint_agreed(stand, order.state, order.category):
            raise GameError(
                f"{order.state} agreed to buy {order.category} together with another state, which would be "
                "left alone: choose an offer, or leave the choice to the ministry"
            )
        return
    slot = int(state.pairs["slot"][row])
    for name in (order.line, *((order.second,) if order.second is not None else ())):
        offered = [line for at, line in enumerate(stand.world.lines) if state.offers["valid"][slot, at] == 1]
        category = int(state.pairs["category"][row])
        first, last = (int(state.categories[edge][category]) for edge in ("first_line", "last_line"))
        offered = [line for line in offered if first <= stand.world.lines.index(line) < last]
        if name not in offered:
            raise GameError(f"{quoted(name)} makes no offer in this tender; {nearest(name, offered)}")
    if order.second == order.line:
        raise GameError("second: a tender can only be split over two different offers")
    if order.second is not None and not may_split(row, state):
        raise GameError("second: this tender is too small to be split over two suppliers")


def joint_agreed(stand: Standing, state: str, category: str) -> bool:
    """Whether a tender runs because two seats agreed to buy together."""
    opened = int(stand.state.pairs["opened"][need_row(stand.world, state, category)])
    return any(
        agreed.kind == "joint" and state in agreed.states and agreed.category == category
        for number, turn in enumerate(stand.game.turns)
        for agreed in turn.agreements
        if number * stand.game.setup.turn_months + 1 == opened
    )


def smallest_launch(stand: Standing, row: int) -> int:
    """The smallest order worth a tender, units."""
    return max(1, math.ceil(float(stand.state.pairs["smallest"][row]) - 1e-9))


def largest_launch(stand: Standing, row: int) -> int:
    """The largest order that a need allows: its gap as planned, and at least the smallest lot; units."""
    gap = math.floor(float(stand.state.pairs["gap"][row]) + 1e-9)
    return max(gap, smallest_launch(stand, row))


def room_for_tenders(stand: Standing, state: str) -> int:
    """How many more tenders a ministry can run, once those decided now are closed."""
    buyer = stand.world.buyers.index(state)
    due = len(due_rows(stand, find_seat(state)))
    running = int(stand.state.buyers["open_tenders"][buyer]) - due
    return max(0, math.ceil(float(stand.state.buyers["procurement_capacity"][buyer]) - 1e-9) - running)


def urgent_left(state: str, given: Sequence[Order]) -> int:
    """How many more urgent purchases a state can begin in this turn.

    Source: Directive 2009/81/EC, article 28 (1) (c): no contest only where a crisis leaves no time for one.
    The rules of the model keep to it by chance (rules/tender.route); a person could call everything urgent.
    """
    used = sum(isinstance(one, Launch) and one.route == "urgent" and one.state == state for one in given)
    return max(0, URGENT_A_TURN - used)


def _check_launch(stand: Standing, order: Launch, others: Sequence[Order]) -> None:
    state, world = stand.state, stand.world
    row = need_row(world, order.state, order.category)
    pair = state.pairs[row]
    due = row in state.due[: int(state.clock["due"][0])]
    if pair["open"] == 1 and not due:
        raise GameError(f"{order.state} has a tender for {order.category} already; it runs on")
    if due:
        raise GameError(f"decide the tender for {order.category} first; a new one can follow next turn")
    waiting = sum(isinstance(one, Launch) and one.state == order.state for one in others)
    if waiting >= room_for_tenders(stand, order.state):
        raise GameError(f"the ministry of {order.state} cannot run another tender now")
    if order.route == "urgent" and urgent_left(order.state, others) < 1:
        raise GameError(
            f"{order.state} has one urgent purchase a turn, and it is taken: the law lets a ministry do "
            "without a contest in a crisis only, not for every need"
        )
    low, high = smallest_launch(stand, row), largest_launch(stand, row)
    if not low <= order.quantity <= high:
        raise GameError(f"quantity: {order.quantity} is outside {low} to {high}, from a usual lot to the gap")
    if order.tier is not None and pair[f"accepts_{order.tier}"] == 0:
        raise GameError(f"tier: {order.tier}-tier equipment does not fit this need")
    upper = order.tier == "upper" if order.tier is not None else pair["accepts_upper"] == 1
    price = float(pair["price_upper" if upper else "price_lower"] * state.clock["prices"][0])
    money = float(money_open(int(pair["buyer"]), state))
    if low * price > money:
        raise GameError(f"{order.state} can still promise {money:,.0f} million dollars, not enough for a lot")
    if order.route == "option" and not has_framework(row, state):
        raise GameError(f"{order.state} has no framework for {order.category} that allows more")
    if order.route == "joint":
        raise GameError("a joint purchase needs another state: propose it, and it starts once accepted")
    if order.line is not None:
        _check_supplier(stand, order, row)


def _check_supplier(stand: Standing, order: Launch, row: int) -> None:
    """Only an urgent purchase may name its supplier, one that may sell."""
    if order.route != "urgent":
        raise GameError("line: only an urgent purchase names its supplier; a contest is open to all")
    able = suppliers(stand, row)
    if order.line not in able:
        raise GameError(f"{quoted(str(order.line))} cannot sell here; {nearest(str(order.line), able)}")
