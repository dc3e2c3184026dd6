"""Compare: move a lever and see what changes in speed, cost and reliance, beside the baseline."""

import streamlit as st

import sim
from sim.report import language, tables, words
from sim.report.language import _
from sim.report.measures import DIALS
from sim.web import catalogue, choice, deliveries, dials, engine, fans, foot, panel, standings, top

language.use(st.context.locale or language.SOURCE_LANGUAGE)
book = catalogue.load()
problems = choice.read_address(book)
book = catalogue.load(choice.current().preset.start)
with st.sidebar:
    panel.panel(book)

now = choice.current()
dark = st.context.theme.type == "dark"
place = words.place_name(now.place, book.states)
number = engine.PRECISE if st.session_state.get("precise", False) else engine.REPLICATIONS

top.introduction()
top.problems(problems)
top.choosers(book)
try:
    with st.spinner(engine.waiting(), show_time=True):
        pair = engine.pair(now, book, number)
except sim.Cancelled:
    st.stop()  # the reader has moved on, and the page is drawn anew at once
rows = tables.dials(pair.base, pair.other, now.place, tuple(DIALS))

top.headline(rows, book, pair.is_baseline)
dials.dials(rows, pair.is_baseline, dark)
dials.all_measures(pair, now.place, place)
st.toggle(_("More precise: {number} runs").format(number=f"{engine.PRECISE:,}"), key="precise")
fans.places(pair, now.place, place, dark)
fans.industries(pair, book, dark)
standings.industries(pair, book)
standings.states(pair, book, dark)
deliveries.section(now, book, dark)
foot.changes(book)
foot.take_away(pair, book)
foot.limits(pair)
choice.write_address()
