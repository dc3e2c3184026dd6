"""Why: any decision explained from the model's own books."""

import streamlit as st

import sim
from sim.report import language
from sim.report.why_words import names as names_of
from sim.web import catalogue, engine, tour, vocabulary, why_address, why_parts, why_run

language.use(st.context.locale or language.SOURCE_LANGUAGE)
book = catalogue.load()
names = names_of(book.seeds)

why_parts.introduction()
tour.elsewhere(tour.WHY)
asked = why_parts.choosers(book, names)
try:
    with st.spinner(engine.waiting(), show_time=True):
        found = why_run.decisions(asked.scenario, asked.buyer, asked.category)
except sim.Cancelled:
    engine.give_way()
names = names_of(catalogue.load(asked.scenario.start).seeds)

why_parts.answer(found, names)
why_parts.offers(found, names)
why_parts.one_decision(found, names)
why_parts.waiting(found, names, st.context.theme.type == "dark")
why_parts.state_story(found, names)
why_parts.limits(asked)
vocabulary.words_used("why")
why_address.write(asked.query)
