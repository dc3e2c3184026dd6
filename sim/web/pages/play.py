"""Play: a game alone or in a class; parts, and with them the game, are loaded when the page is opened."""

import streamlit as st

from sim.report import language
from sim.web import catalogue, choice, game_host, vocabulary

language.use(st.context.locale or language.SOURCE_LANGUAGE)
book = catalogue.load()
choice.leave()
game_host.warm()

from sim.web import play  # noqa: E402  (the game is imported behind the first words of the page)

play.page(book, st.context.theme.type == "dark")
vocabulary.words_used("play")
