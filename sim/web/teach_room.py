"""What the console and the projector share of a room: its way in, its clock, its people."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from sim.game.clock import Clock, clock
from sim.game.entry import utc_now
from sim.game.log import Told
from sim.game.plans import Plan, plan_of_setup
from sim.game.replay import Standing, standing
from sim.game.setup import scenario_of
from sim.game.store import GameRecord, PlayerRecord
from sim.report import game_prompts
from sim.report.language import _
from sim.web import game_host, teach_address
from sim.web.text import plain


@dataclass(frozen=True)
class Room:
    """A room at a moment: its record, its log folded, its clock."""

    game: GameRecord
    told: Told
    clock: Clock

    @property
    def plan(self) -> Plan | None:
        """The plan of the session."""
        return plan_of_setup(self.told.game.setup)

    @property
    def turns(self) -> int:
        """How many turns there are."""
        return self.told.game.setup.turns

    @property
    def phase(self) -> str:
        """Where the session stands, in words."""
        state = self.clock.state
        if state == "play" and self.told.game.over:
            return _("All turns are played")
        return game_prompts.phase(state, self.game.turn, self.turns)

    @property
    def start(self) -> str:
        """The first month of the game, such as "2026-01"."""
        return scenario_of(self.told.game.setup).start

    def standing(self) -> Standing:
        """Where the game stands at the beginning of the turn now open."""
        return standing(self.told.game)


def look(game: GameRecord) -> Room:
    """A room as it stands now; raises GameError."""
    host = game_host.host()
    phases = host.rooms.store.entries(game.id, kinds=("phase",))
    return Room(game, host.told_of(game), clock(phases, utc_now()))


def led(token: str) -> Room:
    """The facilitator's room."""
    return look(game_host.host().rooms.game(token))


def shown(code: str) -> Room:
    """The room with this code."""
    return look(game_host.host().rooms.find(code, game_host.client()))


def players(room: Room) -> list[PlayerRecord]:
    """Everybody who ever joined; only names and seats of it may be shown to a class."""
    return game_host.host().rooms.store.players(room.game.id)


def way_in(room: Room, big: bool) -> None:
    """The code, large, with the address and a code to scan."""
    address = teach_address.join(room.game.code)
    picture, said = st.columns([1, 2], vertical_alignment="center")
    with picture:
        teach_address.qr(
            address, _("Code to scan: it opens {address}").format(address=address), 420 if big else 180
        )
    with said:
        with st.container(key="room_code_big" if big else "room_code"):
            st.markdown(room.game.code)
        st.markdown(_("Scan, or open this address and type the code:"))
        st.code(teach_address.page("play"), language=None, wrap_lines=True)
    if teach_address.is_local():
        st.warning(
            _(
                "This address opens on this computer only. For a class, start the program with “sim app "
                "--address” and an address of this computer in the network, open this page by it, and the "
                "code leads there."
            ),
            icon=":material/wifi_off:",
        )


def time_left(room: Room, big: bool) -> None:
    """The clock and the phase."""
    left = (
        ""
        if room.clock.left is None and room.clock.state == "brief"
        else game_prompts.clock_text(room.clock.left)
    )
    key = "room_clock_big" if big else "room_clock"
    with st.container(key=key, horizontal=True, horizontal_alignment="distribute"):
        st.markdown(plain(room.phase))
        if left:
            st.markdown(f"**{plain(left)}**", width="content")
