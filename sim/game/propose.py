"""Negotiation: joint purchases and frameworks that one seat offers and another must accept."""

from __future__ import annotations

import math
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.evidence.facts import nearest, quoted
from sim.game.allowed import largest_launch, room_for_tenders, smallest_launch
from sim.game.errors import GameError, first_fault
from sim.game.replay import Standing
from sim.game.seats import INDUSTRY, STATE, find_seat, seats
from sim.game.turn import Agreement, lines_of, need_row
from sim.model.stages.offer import may_sell
from sim.model.stages.tender import has_framework, money_open

FRAMEWORK_GAPS = 3  # times its gap that a state may agree on at most


class Proposal(BaseModel):
    """A joint purchase by two states, or a framework between an industry and a state.

    joint: `state` and `partner` buy `units` and `partner_units` of a category together. framework: `line`
    will deliver up to `units` to `state` without another contest. `sender` and `receiver` are seats, or for a
    state without a seat its id.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_max_length=160)
    kind: Literal["joint", "framework"]
    sender: str
    receiver: str
    state: str
    category: str
    units: int = Field(ge=1, le=100_000)
    partner: str | None = None
    partner_units: int | None = Field(default=None, ge=1, le=100_000)
    line: str | None = None
    reason: str = ""

    def agreement(self) -> Agreement:
        """What holds once both sides have said yes."""
        if self.kind == "framework":
            return Agreement("framework", (self.state,), self.category, (self.units,), self.line)
        assert self.partner is not None
        assert self.partner_units is not None
        both = (self.units, self.partner_units)
        return Agreement("joint", (self.state, self.partner), self.category, both)


def parse_proposal(data: object) -> Proposal:
    """A proposal from plain data; raises GameError with one sentence naming the field."""
    try:
        return Proposal.model_validate(data)
    except ValidationError as error:
        raise GameError(f"proposal: {first_fault(error, 'proposal')}") from error


def proposal_record(proposal: Proposal) -> dict[str, Any]:
    """A proposal as plain data."""
    return proposal.model_dump(mode="json", exclude_none=True)


def check_proposal(stand: Standing, proposal: Proposal) -> None:
    """Raise GameError where two seats cannot agree on this in the turn now open."""
    if stand.game.over:
        raise GameError("the game is over: nothing more can be agreed")
    if proposal.sender not in stand.game.setup.seats:
        raise GameError(f"{quoted(proposal.sender)} has no seat in this game")
    if proposal.sender == proposal.receiver:
        raise GameError("receiver: a seat cannot agree with itself")
    for name in (proposal.state, *((proposal.partner,) if proposal.partner is not None else ())):
        if name not in stand.world.buyers:
            raise GameError(f"there is no state {quoted(name)}; {nearest(name, stand.world.buyers)}")
    if proposal.category not in stand.world.categories:
        known = stand.world.categories
        raise GameError(
            f"there is no category {quoted(proposal.category)}; {nearest(proposal.category, known)}"
        )
    (_check_joint if proposal.kind == "joint" else _check_framework)(stand, proposal)


def answer_of_rules(stand: Standing, proposal: Proposal) -> bool:
    """What a seat without a person answers: yes to what it needs and can do.

    An industry agrees to any framework that it may serve; a state to a framework while it has none and a gap,
    and to a joint purchase of something for which it has a gap and money.
    """
    if proposal.kind == "framework" and find_seat(proposal.receiver).kind == INDUSTRY:
        return True
    state = proposal.state if proposal.kind == "framework" else str(proposal.partner)
    row = need_row(stand.world, state, proposal.category)
    pair = stand.state.pairs[row]
    if float(pair["gap"]) < float(pair["smallest"]):
        return False
    if proposal.kind == "framework":
        return not has_framework(row, stand.state)
    price = float(pair["price_upper" if pair["accepts_upper"] == 1 else "price_lower"])
    units = float(proposal.partner_units or 0)
    return price * units <= float(money_open(int(pair["buyer"]), stand.state))


def _owner(stand: Standing, state: str) -> str:
    """The seat that decides for a state; the state itself where nobody sits for it."""
    for name in stand.game.setup.seats:
        if state in seats()[name].states:
            return name
    return state


def _check_joint(stand: Standing, proposal: Proposal) -> None:
    if proposal.partner is None or proposal.partner_units is None:
        raise GameError("partner: a joint purchase names the other state and its units")
    if proposal.state == proposal.partner:
        raise GameError("partner: a joint purchase needs two states")
    if find_seat(proposal.sender).kind != STATE or _owner(stand, proposal.state) != proposal.sender:
        raise GameError(f"state: {proposal.sender} does not buy for {proposal.state}")
    if _owner(stand, proposal.partner) != proposal.receiver:
        owner = _owner(stand, proposal.partner)
        raise GameError(f"receiver: {owner} decides for {proposal.partner}, not {proposal.receiver}")
    for state, units in ((proposal.state, proposal.units), (proposal.partner, proposal.partner_units)):
        row = need_row(stand.world, state, proposal.category)
        pair = stand.state.pairs[row]
        if pair["needed"] == 0 or pair["home_only"] == 1:
            raise GameError(f"{state} does not buy {proposal.category} together with others")
        if pair["open"] == 1:
            raise GameError(f"{state} has a tender for {proposal.category} running already")
        if room_for_tenders(stand, state) < 1:
            raise GameError(f"the ministry of {state} cannot run another tender now")
        low, high = smallest_launch(stand, row), largest_launch(stand, row)
        if not low <= units <= high:
            raise GameError(f"{state} can buy between {low} and {high} now, not {units}")


def _check_framework(stand: Standing, proposal: Proposal) -> None:
    sender, receiver = find_seat(proposal.sender), find_seat(proposal.receiver)
    industry = sender if sender.kind == INDUSTRY else receiver
    buyer = receiver if industry is sender else sender
    if industry.industry is None or proposal.state not in buyer.states:
        raise GameError("a framework is agreed between an industry and a seat that buys for the state")
    row = need_row(stand.world, proposal.state, proposal.category)
    if stand.state.pairs["needed"][row] == 0:
        raise GameError(f"{proposal.state} has no need of {proposal.category} in this model")
    able = [
        stand.world.lines[at]
        for at in lines_of(stand.world, industry.industry, proposal.category)
        if may_sell(row, at, stand.state)
    ]
    if proposal.line not in able:
        raise GameError(
            f"line: {quoted(str(proposal.line))} cannot serve this need; {nearest(str(proposal.line), able)}"
        )
    if has_framework(row, stand.state):
        pair = stand.state.pairs[row]
        line, left = (
            stand.world.lines[int(pair["framework_line"])],
            math.floor(float(pair["framework_units"])),
        )
        raise GameError(f"{proposal.state} has a framework with {line} already, which allows {left} more")
    most = FRAMEWORK_GAPS * largest_launch(stand, row)
    if proposal.units > most:
        raise GameError(f"units: a framework for {proposal.state} may allow up to {most} now")
