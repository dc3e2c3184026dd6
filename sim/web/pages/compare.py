"""Compare: move a lever and see what changes in speed, cost and reliance, beside the baseline."""

import streamlit as st

import sim
from sim.report import language, tables, terms, words
from sim.report.language import _
from sim.report.measures import DIALS
from sim.web import (
    beside,
    catalogue,
    categories,
    choice,
    deliveries,
    dials,
    engine,
    fans,
    foot,
    makers,
    panel,
    rests,
    standings,
    top,
    tour,
    unmoved,
    vocabulary,
)

language.use(st.context.locale or language.SOURCE_LANGUAGE)
book = catalogue.load()
tour.read_address()
problems = choice.read_address(book)
book = catalogue.load(choice.current().preset.start)
with st.sidebar:
    panel.panel(book)

now = choice.current()
dark = st.context.theme.type == "dark"
place = words.place_name(now.place, book.states)
asked = engine.PRECISE if st.session_state.get("precise", False) else engine.REPLICATIONS
number = engine.shown(now, asked)

top.introduction()
guide = st.container()
top.problems(problems)
top.other_version(choice.made_with())
top.choosers(book)
try:
    with st.spinner(engine.waiting(), show_time=True):
        pair = engine.pair(now, book, number)
        kept = beside.runs(book, number)
except sim.Cancelled:
    engine.give_way()
rows = tables.dials(pair.base, pair.other, now.place, tuple(DIALS))

tour.show(guide, pair, book)
top.headline(rows, book, pair.is_baseline)
why_so_little = st.container()
dials.dials(rows, pair.is_baseline, dark)
dials.all_measures(pair, now.place, place)
beside.controls(book)
more = _("More precise: {number} runs").format(number=f"{engine.PRECISE:,}")
st.toggle(more, key="precise", help=terms.meaning("run"))
top.how_many(number, asked)
beside.section(pair, kept, book, dark)
fans.places(pair, now.place, place, dark)
if number < asked:
    # A first look ends here. What stands below waits for all runs; Streamlit keeps it on screen until then.
    try:
        engine.breathe()
        engine.pair(now, book, asked)
        beside.runs(book, asked)
    except sim.Cancelled:
        engine.give_way()
    st.rerun()
categories.section(now, book, dark)
fans.industries(pair, book, dark)
standings.industries(pair, book)
makers.section(now, book, dark)
standings.states(pair, book, dark)
deliveries.section(now, book, dark)
foot.changes(book)
rests.section(book)
foot.take_away(pair, book)
foot.limits(pair)
vocabulary.words_used("compare")
choice.write_address()
tour.write_address()
# Last, so that no part of the page waits for the books.
if not pair.is_baseline:
    unmoved.say(why_so_little, rows, now, book)
