"""Deliveries: who hands over what to whom as arcs on a map, and when as bars; made only when it is opened."""

from __future__ import annotations

import streamlit as st

from sim.policy.dates import MONTHS, month_text
from sim.report import charts, flows, gantt
from sim.report.flows import Wanted
from sim.report.language import _
from sim.report.why_words import Names
from sim.web import accounts
from sim.web.accounts import BookPair
from sim.web.catalogue import Catalogue
from sim.web.choice import Choice
from sim.web.text import plain

EVERY = ""  # every category


def section(now: Choice, book: Catalogue, dark: bool) -> None:
    """The deliveries of the reader's scenario beside those of the baseline; computed once it is open."""
    st.header(_("Deliveries"), divider="gray", anchor=False)
    accounts.opener(
        _("Who delivers what to whom, and when"),
        ":material/local_shipping:",
        "deliveries",
        now,
        book,
        lambda pair: _shown(now, book, pair, dark),
    )


def _shown(now: Choice, book: Catalogue, pair: BookPair, dark: bool) -> None:
    places = flows.atlas(book.seeds)
    wanted = _choosers(now, book, pair)
    _map(pair, wanted, places, dark)
    _dates(pair, wanted, places.names, now.until, dark)


def _choosers(now: Choice, book: Catalogue, pair: BookPair) -> Wanted:
    """Which category, and the first and last year; the years follow the date until which gaps are counted."""
    labels = {EVERY: _("All categories"), **{one.id: _(one.label) for one in book.seeds.categories()}}
    what, when = st.columns(2)
    category = what.selectbox(
        _("Category"), list(labels), format_func=labels.__getitem__, key="delivery_category"
    )
    first, last = int(pair.other.start[:4]), int(month_text(MONTHS - 1, pair.other.start)[:4])
    years = when.slider(
        _("Years of delivery, the last one counted in full"),
        first, last, (first, min(last, now.until - 1)), key=f"delivery_years_{first}_{now.until}",
    )  # fmt: skip
    return Wanted(now.place, years, str(category))


def _map(pair: BookPair, wanted: Wanted, places: flows.Atlas, dark: bool) -> None:
    """The map of flows, how much of all it shows, and the flows as a table."""
    table = flows.flows(pair.base, pair.other, places.plants, wanted)
    st.subheader(_("From whom to whom"), anchor=False)
    sentences = [flows.how_much(table, wanted)]
    if not pair.is_baseline:
        sentences.append(flows.against(pair.base, pair.other, wanted))
    st.markdown(plain(" ".join(sentences)))
    spec = flows.chart(table, wanted, places, charts.palette(dark))
    st.vega_lite_chart(spec, alt=flows.alt(table, wanted, places), key="delivery_map")
    st.caption(flows.legend())
    title = _("The same deliveries as a table")
    box = st.expander(title, icon=":material/table:", key="table_delivery_map", on_change="rerun")
    if box.open:
        box.dataframe(
            flows.shown(table, places, pair.is_baseline), hide_index=True, alt=title, key="delivery_flows"
        )


def _dates(pair: BookPair, wanted: Wanted, names: Names, until: int, dark: bool) -> None:
    """The programmes as bars over the years, and all of them as a table."""
    found = gantt.programmes(pair.base, pair.other, wanted.place, wanted.category)
    few, part = gantt.drawn(found, wanted.place)
    start, about = pair.other.start, (wanted.place, pair.is_baseline, names, pair.other.start)
    st.subheader(_("When it comes"), anchor=False)
    if few.empty:
        st.markdown(_("Nothing is on order here, and nothing is signed."))
        return
    st.markdown(gantt.how_much(few, part))
    rows = gantt.bars(few, *about)
    spec = gantt.chart(rows, list(few["industry"]), until, start, names, charts.palette(dark))
    st.vega_lite_chart(spec, alt=gantt.alt(few, *about), key="delivery_dates")
    st.caption(gantt.legend(until, start, pair.is_baseline))
    title = _("All programmes as a table")
    box = st.expander(title, icon=":material/table:", key="table_delivery_dates", on_change="rerun")
    if box.open:
        box.dataframe(gantt.shown(found, *about), hide_index=True, alt=title, key="delivery_programmes")
