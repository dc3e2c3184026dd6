"""The other parts of the Evidence page: sources, dissent, the claims of both documents, the record."""

from __future__ import annotations

import pandas as pd
import streamlit as st

import sim
from sim.evidence.records import Claim
from sim.evidence.starts import BASE
from sim.policy.scenario import Scenario
from sim.report import claims, history_tables, ledger, published, tables, words
from sim.report.claims import Meeting
from sim.report.language import _, plural
from sim.web import catalogue, choice, engine, links
from sim.web.ledger import Book, download, page, show
from sim.web.text import plain


def sources(book: Book) -> None:
    """Every source: address, publisher, and how many numbers rest on it."""
    rows = ledger.sources_table(book.seeds, book.entries)
    st.markdown(
        _("{number} sources, those on which most numbers rest first. The year is that of reading.").format(
            number=f"{len(rows):,}"
        )
    )
    _table(rows, "sources", _("Sources"), book)


def dissent(book: Book) -> None:
    """Every number for which somebody gives another value."""
    if book.seeds.start != BASE:
        st.markdown(
            _("Other values are recorded for the numbers of {month} only.").format(month=words.month(BASE))
        )
        return
    rows = ledger.dissent(book.seeds, book.entries)
    st.markdown(
        plural(
            "For {number} number another value is known. Both are shown, and why one is used.",
            "{number} times another value than the one used is known. Both are shown, and why one is used.",
            len(rows),
        ).format(number=len(rows))
    )
    st.caption(
        _(
            "Other sources and makers come first, then earlier estimates of the same publisher, then earlier "
            "counts of this project. Where no second value is known, the range and the note tell of a doubt."
        )
    )
    _table(rows, "dissent", _("Where sources disagree"), book)


def documents(book: Book) -> None:
    """The claims of both documents, where they meet first, then all of them."""
    for one in book.seeds.documents():
        st.markdown(
            _("{label}: {title}, by {author}").format(
                label=f"**{plain(_(one.label).capitalize())}**",
                title=page(one.title, one.address),
                author=plain(one.author),
            )
        )
    st.caption(_("Claims are put in our own words."))
    questions = list(catalogue.load(book.seeds.start).questions.values())
    found = claims.meetings(book.seeds)
    st.subheader(_("Where both speak to the same point"), anchor=False)
    for met in found:
        meeting(met, book, questions)
    expected(book, [one for one in questions if one.expect])
    st.subheader(_("All claims"), anchor=False)
    rows = claims.table(book.seeds, book.names, questions, published.checks())
    _table(rows, "claims", _("All claims"), book)


def meeting(one: Meeting, book: Book, questions: list[Scenario]) -> None:
    """One point: what each document says, side by side, and how the model can be asked."""
    labels = {document.id: _(document.label) for document in book.seeds.documents()}
    with st.container(border=True, key=f"meeting_{one.claim.id}"):
        st.markdown(f"**{plain(one.relation)}**")
        for column, side in zip(st.columns(2), ((one.claim,), one.counterparts), strict=True):
            for claim in side:
                with column:
                    st.markdown(f"*{plain(labels[claim.document].capitalize())}:* {plain(_(claim.claim))}")
                    key = f"ask_{one.claim.id}_{claim.id}"
                    with st.popover(_("In the model and in the record"), type="tertiary", key=key):
                        _ask(claim, questions, book)


def _ask(claim: Claim, questions: list[Scenario], book: Book) -> None:
    """What the model and the record say, then links: scenarios with what was expected, and the number."""
    lines = [
        claims.where(claim, book.names),
        *claims.findings(claim, published.checks()),
        _("The record: {note}").format(note=_(claim.note)),
    ]
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))
    key = claims.fact_key(claim)
    asked = claims.asked(claim, questions)
    for scenario in asked:
        links.to_scenario(scenario.id, _(scenario.title))
        why = " ".join(_(expected.why) for expected in scenario.expect)
        st.caption(plain(_("Expected before any run: {why}").format(why=why)))
    if key:
        subject, _dot, attribute = key.rpartition(".")
        links.to_fact(subject, attribute, book.seeds.start)
    if not asked and not key:
        st.markdown(
            _("No scenario asks this. What would show it: {what}").format(what=plain(_(claim.observation)))
        )


def expected(book: Book, questions: list[Scenario]) -> None:
    """What the author of a scenario expected before the first run, and what the model says now."""
    st.subheader(_("What was expected, and what the model says"), anchor=False)
    titles = {one.id: _(one.title) for one in questions}
    asked = st.selectbox(
        _("Scenario"),
        list(titles),
        index=None,
        format_func=lambda one: titles[one],
        placeholder=_("choose one to run it"),
        key="expected",
    )
    if asked is None:
        return
    scenario = next(one for one in questions if one.id == asked)
    try:
        with st.spinner(engine.waiting(), show_time=True):
            pair = engine.pair(choice.opened(scenario), catalogue.load(scenario.start), engine.REPLICATIONS)
    except sim.Cancelled:
        engine.give_way()
    st.markdown(plain(_(scenario.question)))
    st.table(claims.expectations(sim.compare(pair.base, pair.other).expected(pair.other), book.seeds))
    st.caption(
        _("{number} runs beside the baseline; a direction counts where the mean difference is clear.").format(
            number=pair.other.replications
        )
    )
    links.to_scenario(scenario.id, _("Open it on the Compare page"))


def decisions(book: Book) -> None:
    """Real decisions with the offers that were on the table."""
    rows = history_tables.decisions(book.seeds)
    st.markdown(
        _(
            "{number} real decisions, the latest first. They were picked by hand and are no random sample; "
            "a blank is unknown, not no."
        ).format(number=len(rows))
    )
    _table(rows, "decisions", _("Decisions"), book)


def deliveries(book: Book) -> None:
    """Promised and actual first deliveries."""
    rows = history_tables.deliveries(book.seeds)
    st.markdown(
        _(
            "{number} recorded first deliveries: promised and actual date, often known to the year only."
        ).format(number=len(rows))
    )
    _table(rows, "deliveries", _("Deliveries"), book)


def _table(rows: pd.DataFrame, name: str, title: str, book: Book) -> None:
    show(rows, f"table_{name}", title)
    about = {"table": name, "start": book.seeds.start, "model_version": sim.MODEL_VERSION}
    download(lambda: tables.csv_text(about, rows), f"leadtime-{name}.csv")
