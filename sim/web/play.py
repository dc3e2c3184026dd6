"""The Play page in its order: doors, waiting room, a turn's screen by kind of seat, the end."""

from __future__ import annotations

import streamlit as st

from sim.game.clock import Clock
from sim.report.language import _
from sim.web import (
    game_host,
    play_advice,
    play_class,
    play_end,
    play_industry,
    play_needs,
    play_offers,
    play_policies,
    play_session,
    play_start,
    play_tenders,
    play_turn,
)
from sim.web.catalogue import Catalogue
from sim.web.play_session import Sitting


def page(book: Catalogue, dark: bool) -> None:
    """Whatever this reader's link opens."""
    token = game_host.token()
    sitting = play_session.sit(token) if token else None
    if sitting is None:
        game_host.forget(game_host.ME, game_host.LEAD)
        play_start.doors(book)
        return
    game_host.keep(game_host.ME, token)
    if sitting.lead:
        game_host.keep(game_host.LEAD, sitting.lead)
    with st.spinner(_("Setting the table …"), show_time=True):
        play_class.top(sitting)
        if sitting.told.game.over or sitting.clock.state in ("debrief", "over"):
            play_end.end(sitting)
        elif not_begun(sitting.clock):
            play_class.waiting_room(sitting)
        elif play_session.is_buyer(sitting):
            buyer(sitting, dark)
        else:
            other(sitting)
    play_start.leave_button()


def not_begun(clock: Clock) -> bool:
    """Whether the first turn is still closed."""
    return clock.within == "brief"


def buyer(sitting: Sitting, dark: bool) -> None:
    """A turn's screen of a seat that buys."""
    view = play_session.buyer_seen(sitting.told.game, sitting.seat.id)
    play_turn.headline(sitting, view)
    play_turn.happened(sitting)
    left, right = st.columns([3, 2])
    with left:
        play_turn.gaps(sitting, view, dark)
    with right:
        play_turn.money(sitting, view)
        play_turn.capitals(sitting, view)
    play_tenders.tenders(sitting, view)
    play_offers.inbox(sitting)
    st.header(_("What else you can do"), anchor=False)
    play_advice.advisor(sitting, view)
    play_advice.forecast(sitting, view)
    play_needs.needs(sitting, view)
    play_policies.policies(sitting)
    play_offers.make(sitting)
    play_turn.role(sitting)
    play_turn.dials(sitting)
    play_needs.given(sitting)
    play_class.closing(sitting)


def other(sitting: Sitting) -> None:
    """A turn's screen of an industry or of the Alliance."""
    view = play_session.other_seen(sitting.told.game, sitting.seat.id)
    play_industry.headline(sitting, view)
    play_turn.happened(sitting)
    play_turn.capitals(sitting, None)
    play_industry.plants(sitting, view)
    play_policies.policies(sitting)
    play_offers.inbox(sitting)
    play_offers.make(sitting)
    play_turn.role(sitting)
    play_turn.dials(sitting)
    play_needs.given(sitting)
    play_class.closing(sitting)
