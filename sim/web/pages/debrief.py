"""Debrief: what happened in a game, why, how much of it was luck, and what else could have happened."""

import streamlit as st

from sim.report import language
from sim.report.language import _
from sim.web import choice, debrief, game_host

language.use(st.context.locale or language.SOURCE_LANGUAGE)
choice.leave()
game_host.warm()
room = debrief.room()
if room is None:
    st.title(_("Debrief"), anchor=False)
    debrief.ask_for_code()
elif not debrief.is_open(room):
    st.title(_("Debrief"), anchor=False)
    debrief.not_yet()
else:
    debrief.page(room, st.context.theme.type == "dark")
