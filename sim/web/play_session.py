"""The player at the table: whose link it is, where the game stands, and one way to act that loses nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import streamlit as st

from sim.game.changes import Change, changes
from sim.game.clock import Clock
from sim.game.errors import GameError, NotAllowed
from sim.game.log import Told
from sim.game.orders import Order
from sim.game.replay import Standing, standing
from sim.game.room import Person
from sim.game.seats import STATE, Seat, find_seat, seats
from sim.game.secret import new_id
from sim.game.setup import scenario_of
from sim.game.store import PlayerRecord
from sim.game.turn import Game
from sim.game.view import BuyerView, Dial, buyer_view, dial
from sim.game.view_others import OtherView, other_view
from sim.policy.dates import month_text
from sim.report import game_words
from sim.web import game_host
from sim.web.text import plain

PROBLEM = "play_problem"  # the control and the sentence of what could not be done last
LINK = "play_link"  # the sentence about a link that opens nothing


@dataclass(frozen=True)
class Sitting:
    """A person in a seat as one drawing of the page sees it. lead: the second token of who plays alone."""

    token: str
    lead: str
    code: str
    player: PlayerRecord
    seat: Seat
    told: Told
    clock: Clock
    people: tuple[Person, ...]

    @property
    def turn(self) -> int:
        """The number of the turn now open."""
        return self.told.game.number

    @property
    def alone(self) -> bool:
        """Whether the player ends the turns, too."""
        return bool(self.lead)

    @property
    def stand(self) -> Standing:
        """Where the game stands."""
        return standing(self.told.game)

    @property
    def orders(self) -> tuple[Order, ...]:
        """What the seat has ordered in this turn."""
        return self.told.now.orders.get(self.seat.id, ())

    @property
    def mates(self) -> tuple[Person, ...]:
        """The people of the seat."""
        return tuple(one for one in self.people if one.seat == self.seat.id)

    def ordered(self, *about: str) -> Order | None:
        """What the seat has ordered about something."""
        return next((one for one in self.orders if one.about == about), None)


def sit(token: str) -> Sitting | None:
    """Who comes with this token; None with a sentence kept in the session where it opens no seat."""
    try:
        host = game_host.host()
        player = host.rooms.player(token)
        record = host.rooms.game(token)
        return Sitting(
            token=token,
            lead=game_host.token(game_host.LEAD),
            code=record.code,
            player=player,
            seat=find_seat(player.seat),
            told=host.told(token),
            clock=host.rooms.clock(token),
            people=tuple(host.rooms.people(token)),
        )
    except NotAllowed as error:
        st.session_state[LINK] = game_words.sentence(error)
        st.session_state["play_left"] = token
    except GameError as error:
        st.session_state[LINK] = game_words.sentence(error)
    return None


@lru_cache(maxsize=256)
def buyer_seen(game: Game, seat: str) -> BuyerView:
    """What a buyer's seat sees; computed once for all who look."""
    return buyer_view(standing(game), seat)


@lru_cache(maxsize=128)
def other_seen(game: Game, seat: str) -> OtherView:
    """What an industry's or the Alliance's seat sees; computed once for all who look."""
    return other_view(standing(game), seat)


@lru_cache(maxsize=128)
def happened(game: Game, states: tuple[str, ...]) -> tuple[Change, ...]:
    """What happened to some states since the turn before."""
    return changes(standing(game), states)


@lru_cache(maxsize=64)
def dials_of_all(game: Game) -> tuple[Dial, ...]:
    """The dials of every state with a seat, in the order of the seats."""
    states = [state for name in game.setup.seats for state in seats()[name].states]
    return tuple(dial(standing(game), state) for state in states)


def month_now(sitting: Sitting) -> str:
    """The first month of the turn now open, such as `2027-01`."""
    game = sitting.told.game
    return month_text(game.month, scenario_of(game.setup).start)


def is_buyer(sitting: Sitting) -> bool:
    """Whether the seat buys for states."""
    return sitting.seat.kind == STATE


def act(where: str, do: Callable[[], Any]) -> bool:
    """Do something in the game; what cannot be done is kept as a sentence for `problem`."""
    st.session_state.pop(PROBLEM, None)
    try:
        do()
    except GameError as error:
        st.session_state[PROBLEM] = (where, game_words.sentence(error))
        return False
    return True


def problem(where: str) -> None:
    """The sentence of what could not be done at this control, if it was the last thing tried."""
    at, said = st.session_state.get(PROBLEM, ("", ""))
    if at == where:
        st.error(plain(said))


def give(where: str, token: str, turn: int, order: Mapping[str, Any]) -> bool:
    """Give an order. Each is an entry of its own: what is ticked last holds, however fast."""
    return act(where, lambda: game_host.host().order(token, turn, order, new_id()))


def withdraw(where: str, token: str, turn: int, order: Mapping[str, Any]) -> bool:
    """Take an order back."""
    return act(where, lambda: game_host.host().withdraw(token, turn, order, new_id()))


def take_back(where: str, token: str, turn: int, order: Order) -> None:
    """Take back an order that stands."""
    from sim.game.orders import order_record

    withdraw(where, token, turn, order_record(order))


def follow(key: str, value: Any) -> None:
    """Let a control show what the log holds, unless the reader's own change of it is what the log holds.

    A text that is being typed stays: it is only replaced where the log has changed since.
    """
    seen: dict[str, Any] = st.session_state.setdefault("play_seen", {})
    if key not in st.session_state or seen.get(key) != value:
        st.session_state[key] = value
    seen[key] = value
