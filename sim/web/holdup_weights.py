"""What past decisions taught, on the page: weights, power, what is lost, what to research next."""

from __future__ import annotations

import streamlit as st

from sim.report import charts, holdup, holdup_charts, odd
from sim.report import holdup_weights as report
from sim.report.language import _
from sim.web.ledger import Book, facts_table
from sim.web.tables import draw, opener
from sim.web.text import plain


def section(found: report.Record, book: Book, dark: bool) -> None:
    """Weights before and after; then the study and the research list, as far as they are published."""
    st.subheader(_("What the decisions taught"), divider="gray", anchor=False)
    st.markdown(plain(report.intro(found)))
    st.caption(odd.measured_with(found.get("model_version", "")))
    data = report.weights(found)
    spec = holdup_charts.before_after(data["what"].nunique(), charts.palette(dark))
    st.caption(
        _(
            "In points of worth. Grey square: believed before, from sources and judgement. Coloured dot: "
            "after the decisions. Bars: 90 %. That waiting and a price can only count against an offer is "
            "assumed."
        )
    )
    draw(data, spec, report.weights_alt(found), report.weights_table(found), "weights")
    if "power" in found:
        study(found, dark)
    next_research(found, book)


def study(found: report.Record, dark: bool) -> None:
    """What so few decisions could tell, what each attribute is worth, and winners by lot."""
    st.subheader(_("What so few decisions can tell"), divider="gray", anchor=False)
    st.markdown(plain(report.power_words(found)))
    opener(report.power_table(found), _("Weight by weight"), "power")
    st.markdown(plain(report.permuted_words(found)))
    st.subheader(_("What is lost without an attribute"), divider="gray", anchor=False)
    data = report.losses(found)
    st.caption(
        _("Dot: mean over the decisions. Bar: 90 % interval. Right of the dashes the attribute helps.")
    )
    spec = holdup_charts.spans(len(data), charts.palette(dark), _("Attribute"), _("Log score lost"))
    rows = holdup.spans_table(data, _("Attribute"), _("Log score lost"))
    draw(data, spec, report.losses_alt(data), rows, "losses")


def next_research(found: report.Record, book: Book) -> None:
    """Which doubts move an offer most, with their grade; and what no decision could teach."""
    st.subheader(_("Most worth researching next"), divider="gray", anchor=False)
    rows = report.influence_table(found, book.seeds)
    if not rows.empty:
        st.markdown(
            _(
                "The doubt about a weight (a standard deviation) times how much its attribute differs "
                "between the offers of a decision: so far it moves an offer up or down. A large number with "
                "a weak grade is where another source would help most. How far it moves the results of a "
                "run is not said here: `sim analyse sensitivity` measures that."
            )
        )
        title = _("Most worth researching next")
        st.table(rows.map(plain), hide_index=True, alt=title)
    assumed = report.assumed(found, book.entries)
    box = st.expander(
        _("Numbers of a buyer’s choice that no decision here could teach: {number}").format(
            number=len(assumed)
        ),
        icon=":material/table:",
        key="table_assumed",
        on_change="rerun",
    )
    if box.open:
        with box:
            facts_table(assumed, "assumed", _("Numbers that no decision here could teach"))
