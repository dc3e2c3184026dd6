"""The projector view: what a whole class may see, large, and without secrets."""

from __future__ import annotations

import streamlit as st

from sim.game import overview
from sim.game.errors import GameError
from sim.game.replay import Standing
from sim.report import game_news, language, numbers, words
from sim.report.charts import palette
from sim.report.language import _
from sim.web import tables, teach_room
from sim.web.teach_room import Room
from sim.web.text import plain

EVERY = 2.0
DIALS = game_news.DIALS


def look() -> None:
    """No menu beside it, and letters for the last row of a class."""
    st.html('<style>[data-testid="stSidebar"]{display:none}</style>')


@st.fragment(run_every=EVERY)
def view(code: str, dark: bool) -> None:
    """The room as it stands; draws itself anew."""
    language.use(st.context.locale or language.SOURCE_LANGUAGE)
    try:
        room = teach_room.shown(code)
    except GameError as error:
        st.warning(plain(words.started(str(error))), icon=":material/error:")
        return
    with st.container(key="projector"):
        contents(room, dark)


def contents(room: Room, dark: bool) -> None:
    """Before the start the way in, then the game; always what this model cannot say."""
    st.title(plain(room.game.title), anchor=False)
    if room.game.turn == 0:
        before(room)
    else:
        teach_room.time_left(room, big=True)
        during(room, dark)
    st.header(_("What this model cannot say"), divider="gray", anchor=False)
    tables.bullets(words.limits())


def before(room: Room) -> None:
    """The way in, and how many have joined at which seat."""
    teach_room.way_in(room, big=True)
    players = [one for one in teach_room.players(room) if not one.left_at]
    st.header(_("At the table: {number}").format(number=len(players)), anchor=False)
    said = []
    for seat in room.told.game.setup.seats:
        here = [one.name or _("Person {number}").format(number=one.id) for one in players if one.seat == seat]
        said.append(
            _("{seat}: {people}").format(
                seat=game_news.seat_name(seat), people=", ".join(here) if here else _("agent, by rules")
            )
        )
    for column, part in zip(st.columns(2), (said[::2], said[1::2]), strict=True):
        with column:
            tables.bullets(part)


def during(room: Room, dark: bool) -> None:
    """What happened, the gaps of all, the dials of each seat."""
    stand = room.standing()
    colours = palette(dark)
    left, right = st.columns([5, 4], gap="large")
    with left:
        st.header(_("What happened in the last turn"), anchor=False)
        happened(stand)
        st.header(_("Missing in Europe and Canada"), anchor=False)
        start = overview.at_start(room.told.game)
        st.markdown(
            _(
                "{now} of all that is needed cannot be used now, by value; at the start it was {start}."
            ).format(
                now=numbers.percent(overview.all_missing(stand)),
                start=numbers.percent(overview.all_missing(start)),
            )
        )
        rows = overview.gaps(room.told.game)
        tables.draw(
            game_news.gap_frame(rows),
            game_news.gap_chart(rows, colours, big=True),
            game_news.gap_alt(rows),
            game_news.gap_table(rows),
            "show_gaps",
        )
        st.caption(_("Bar: now. Tick: at the start of the game."))
    with right:
        seats = overview.dials_of_seats(stand)
        if not seats:
            return
        for measure in DIALS:
            st.header(game_news.dial_title(measure), anchor=False)
            st.vega_lite_chart(
                game_news.dial_frame(seats),
                game_news.dial_chart(seats, measure, colours, big=True),
                alt=game_news.dial_alt(seats, measure),
            )
        st.caption(
            _("Seats stand in the order of the table. It is no ranking: they began with different gaps.")
        )
        tables.opener(game_news.dials_table(seats), _("The same numbers as a table"), "show_dials")


def happened(stand: Standing) -> None:
    """What happened since the turn before, in five sentences at most."""
    if not stand.game.turns:
        st.markdown(_("The first turn is open: nothing has been decided yet."))
        return
    tables.bullets(game_news.story(overview.news(stand)))
