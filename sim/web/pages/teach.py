"""Teach: open a room, lead it, and show it to a class."""

import streamlit as st

from sim.game.errors import GameError
from sim.report import language, words
from sim.web import (
    catalogue,
    choice,
    game_host,
    teach_address,
    teach_console,
    teach_controls,
    teach_open,
    teach_room,
    teach_show,
)
from sim.web.text import plain

language.use(st.context.locale or language.SOURCE_LANGUAGE)
choice.leave()
game_host.warm()
code = st.query_params.get(teach_address.SHOW, "")
token = game_host.token(game_host.LEAD)

if code:
    teach_show.look()
    teach_show.view(code, st.context.theme.type == "dark")
    st.stop()
room = None
if token:
    try:
        room = teach_room.led(token)
    except GameError as error:
        st.warning(plain(words.started(str(error))), icon=":material/link_off:")
if room is None:
    book = catalogue.load()
    teach_open.introduction()
    teach_open.steps()
    teach_open.find_again()
    teach_open.form(book)
else:
    game_host.keep(game_host.LEAD, token)
    teach_open.secret_link(token)
    teach_console.top(token, room)
    teach_console.live(token)
    teach_controls.section(token, room, catalogue.load(room.start))
    teach_open.my_rooms(token)
