"""One past decision on the page: chances of its offers, reasons in the model and stated."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from sim.report import charts, holdup_charts
from sim.report import holdup_decisions as report
from sim.report.language import _
from sim.web.ledger import Book, page
from sim.web.tables import draw, small_table
from sim.web.text import plain


def section(exam: report.Record, book: Book, dark: bool) -> None:
    """Choose a decision and see it taken apart; the address opens the page with it."""
    st.subheader(_("Decision by decision"), divider="gray", anchor=False)
    known = report.by_id(exam)
    chosen = st.selectbox(
        _("Choose a decision, or write to search"),
        list(known),
        format_func=lambda one: report.label(known[one], book.seeds),
        key="decision",
    )
    one = known[str(chosen)]
    st.markdown(plain(one["explanation"]))
    data = report.offers(one)
    spec = holdup_charts.offers(len(data), charts.palette(dark))
    draw(data, spec, report.offers_alt(one), report.offers_table(data), "offers_past")
    left, right = st.columns(2, gap="large")
    with left:
        reasons(one)
    with right:
        stated(one, book)


def reasons(one: report.Record) -> None:
    """What set the winner apart in the model."""
    small_table(
        report.reasons_table(one),
        _("What the model makes of it"),
        _("Nothing known before set the winner apart by a tenth of a point or more."),
    )
    st.caption(
        _(
            "Chances and points are those of a fit that had not seen this decision. Numbers of users "
            "and purchases enter as logarithms, waiting as years "
            "times urgency, a price as a logarithm against the mean of the offers."
        )
    )


def stated(one: report.Record, book: Book) -> None:
    """What was stated as the reason, beside what the model knows of it, and where it was read."""
    rows = report.stated(one, book.seeds)
    small_table(rows, _("What was stated"), _("No stated reason is on file for this decision."))
    if not rows.empty:
        st.caption(
            _(
                "Stated reasons are put in our own words, and which number of the model comes nearest is "
                "found by their words alone: read the pages before you rely on it."
            )
        )
    read = report.addresses(one["id"], book.seeds)
    st.markdown(_("Read on:") if read else _("No page is on file for this decision."))
    st.markdown("\n".join(f"- {page(urlsplit(address).netloc, address)}" for address in read))
