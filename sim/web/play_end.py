"""The end of a game: where everybody stands, and the way to the debrief."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from sim.report import game_turn
from sim.report.language import _
from sim.web import game_host, play_class, play_session, play_turn
from sim.web.play_session import Sitting

DEBRIEF = Path(__file__).parent / "pages" / "debrief.py"


def end(sitting: Sitting) -> None:
    """What is shown when the last turn is resolved, or the facilitator ends the game."""
    st.header(_("The game has ended. Nobody has won: look at what came of it."), anchor=False)
    if DEBRIEF.exists():
        st.page_link(
            "sim/web/pages/debrief.py",
            label=_("Go to the debrief: what happened, why, and what else could have happened"),
            icon=":material/forum:",
            query_params={game_host.ME: sitting.token}
            | ({game_host.LEAD: sitting.lead} if sitting.lead else {}),
        )
    table = game_turn.dials_table(sitting.seat.states, play_session.dials_of_all(sitting.told.game))
    st.table(table, hide_index=True, alt=_("The three dials of every state at the table"))
    play_turn.happened(sitting)
    if sitting.alone and sitting.told.game.turns:
        st.button(
            _("Take the last year back"),
            key=f"play_undo_{sitting.turn}",
            on_click=play_class.take_back_year,
            args=(sitting.lead, sitting.turn, sitting.told.seq),
            icon=":material/undo:",
        )
        play_session.problem(play_class.END)
