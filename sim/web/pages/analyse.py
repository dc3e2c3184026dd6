"""Analyse: questions that take many scenarios at once, with progress, and answers that are kept."""

import streamlit as st

from sim.report import language
from sim.web import analyse, analyse_asked, catalogue, vocabulary

language.use(st.context.locale or language.SOURCE_LANGUAGE)
book = catalogue.load()

analyse.introduction()
asked = analyse_asked.read(book)
analyse.link_problems(asked)
analyse.questions(asked)
analyse.controls(asked, book)
ready = analyse.prepared(asked, book)
if ready is not None:
    analyse.answer(asked, ready, st.context.theme.type == "dark")
analyse.limits()
vocabulary.words_used("analyse")
analyse_asked.write(asked)
