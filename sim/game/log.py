"""The log of a game: entries in the order in which they were acknowledged, folded to the game they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sim.game.entry import Entry
from sim.game.errors import GameError
from sim.game.orders import Order, merged, parse_order, without
from sim.game.propose import Proposal, parse_proposal
from sim.game.setup import Setup
from sim.game.turn import Game, Inject, Turn

RULE, PERSON, SCRIPT = "rule", "person", "script"


@dataclass(frozen=True)
class Open:
    """What has been said in the turn now open."""

    orders: Mapping[str, tuple[Order, ...]] = field(default_factory=dict)
    ready: frozenset[str] = frozenset()
    injects: tuple[Inject, ...] = ()
    proposals: Mapping[int, Proposal] = field(default_factory=dict)  # by the number of their entry
    answers: Mapping[int, bool] = field(default_factory=dict)  # of those


@dataclass(frozen=True)
class Told:
    """A log folded: the game, what was said in its open turn, who holds each seat, forecasts, advice used."""

    game: Game
    now: Open = field(default_factory=Open)
    holders: Mapping[str, str] = field(default_factory=dict)  # seat: rule, person or script:NAME
    forecasts: tuple[Entry, ...] = ()
    advice: Mapping[str, int] = field(default_factory=dict)  # by seat, in the whole game
    before: tuple[Open, ...] = ()  # what had been said in each resolved turn
    seq: int = 0

    def turn(self) -> Turn:
        """The open turn as it would be resolved now."""
        agreed = (self.now.proposals[at].agreement() for at, yes in sorted(self.now.answers.items()) if yes)
        return Turn(
            orders=tuple((seat, given) for seat, given in self.now.orders.items() if given),
            people=self.game.people,
            injects=self.now.injects,
            agreements=tuple(agreed),
        )


def fold(setup: Setup, entries: Iterable[Entry]) -> Told:
    """The game that a log makes; raises GameError for an entry that no game could have accepted."""
    return folded_on(Told(Game(setup)), entries)


def folded_on(told: Told, entries: Iterable[Entry]) -> Told:
    """The same with the entries that have come since."""
    for entry in entries:
        told = replace(_step(told, entry), seq=entry.seq)
    return told


def _step(told: Told, entry: Entry) -> Told:
    """The log with one more entry."""
    if entry.kind == "resolve":
        told = replace(told, now=completed(told.now, entry.payload))
        game = told.game.resolve(told.turn())
        return replace(told, game=game, before=(*told.before, told.now), now=Open())
    if entry.kind == "undo":
        game = told.game.undo().held_by(told.game.people)
        return replace(
            told, game=game, before=told.before[:-1], now=replace(told.before[-1], ready=frozenset())
        )
    if entry.kind == "take":
        return _taken(told, entry)
    if entry.kind == "forecast":
        return replace(told, forecasts=(*told.forecasts, entry))
    if entry.kind == "advice":
        return replace(told, advice={**told.advice, entry.seat: told.advice.get(entry.seat, 0) + 1})
    return replace(told, now=_said(told.now, entry))


def completed(now: Open, payload: Mapping[str, Any]) -> Open:
    """What has been said in a turn with what a "resolve" adds: orders of scripts, answers of rules.

    payload: {"orders": {seat: [order, ...]}, "answers": {number of a proposal: yes or no}}; either may miss.
    """
    orders = {seat: tuple(map(parse_order, some)) for seat, some in payload.get("orders", {}).items()}
    answers = {int(at): bool(yes) for at, yes in payload.get("answers", {}).items()}
    return replace(now, orders={**now.orders, **orders}, answers={**now.answers, **answers})


def order_of(payload: Mapping[str, Any]) -> tuple[Order, bool]:
    """The order of an entry, {"order": ...} given or {"withdraw": ...} taken back, and whether it stands."""
    if "withdraw" in payload:
        return parse_order(payload["withdraw"]), False
    return parse_order(payload.get("order")), True


def _taken(told: Told, entry: Entry) -> Told:
    holders = {**told.holders, str(entry.payload["seat"]): str(entry.payload["by"])}
    people = [seat for seat, by in holders.items() if by != RULE]
    return replace(told, holders=holders, game=told.game.held_by(people))


def _said(now: Open, entry: Entry) -> Open:
    """What has been said in the open turn with one more entry; notes and the timer say nothing about it."""
    if entry.kind == "order":
        order, stands = order_of(entry.payload)
        given = (merged if stands else without)(now.orders.get(entry.seat, ()), order)
        return replace(now, orders={**now.orders, entry.seat: given})
    if entry.kind == "ready":
        yes = bool(entry.payload.get("ready", True))
        return replace(now, ready=now.ready | {entry.seat} if yes else now.ready - {entry.seat})
    if entry.kind == "inject":
        inject = Inject(
            str(entry.payload["card"]),
            int(entry.payload["months"]),
            float(entry.payload.get("strength", 1.0)),
        )
        return replace(now, injects=(*now.injects, inject))
    if entry.kind == "propose":
        return replace(now, proposals={**now.proposals, entry.seq: parse_proposal(entry.payload)})
    if entry.kind == "answer":
        at = int(entry.payload["proposal"])
        if at not in now.proposals:
            raise GameError(f"there is no open proposal {at} to answer")
        return replace(now, answers={**now.answers, at: bool(entry.payload["accept"])})
    return now
