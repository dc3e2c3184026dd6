"""Does it hold up: the published exam of past decisions, what it taught, and what it says nothing of."""

from __future__ import annotations

import streamlit as st

from sim.report import charts, holdup, holdup_charts, holdup_others, odd, published
from sim.report.language import _
from sim.web import holdup_decision, holdup_weights
from sim.web.ledger import Book
from sim.web.tables import bullets, draw, opener, small_table
from sim.web.text import plain


def section(book: Book) -> None:
    """All of it, from docs/*.json: nothing is fitted or run here."""
    exam, fitted = published.record("hindcast"), published.record("estimate")
    dark = st.context.theme.type == "dark"
    st.header(_("Does it hold up?"), anchor=False)
    st.markdown(f"**{plain(holdup.headline(exam))}**")
    if exam:
        st.caption(odd.measured_with(exam.get("model_version", "")))
        scores(exam)
        gains(exam, dark)
        reliability(exam, dark)
        holdup_decision.section(exam, book, dark)
    if fitted:
        holdup_weights.section(fitted, book, dark)
    if exam:
        limits(exam, fitted, book)
    others()


def scores(exam: holdup.Record) -> None:
    """The model beside the naive rules, on decisions it had not seen and on later ones."""
    st.subheader(_("The model beside naive rules"), divider="gray", anchor=False)
    title = _("Each decision from all the others")
    st.markdown(plain(holdup.naive_wins(exam)))
    small_table(holdup.scores_table(exam), title)
    if "forward" in exam:
        st.markdown(plain(holdup.forward_words(exam)))
        st.markdown(plain(holdup.naive_wins(exam["forward"])))
        small_table(holdup.scores_table(exam["forward"]), _("Each decision from earlier ones alone"))
    st.caption(plain(holdup.scores_words(exam)))


def gains(exam: holdup.Record, dark: bool) -> None:
    """By how much the model beats each naive rule, with intervals."""
    st.subheader(_("Gain over each naive rule"), divider="gray", anchor=False)
    data = holdup.gains(exam)
    axis = _("Log score gained")
    spec = holdup_charts.spans(len(data), charts.palette(dark), _("Rule"), axis)
    st.caption(
        _(
            "Dot: mean over the decisions. Bar: 90 % interval. Right of the dashes the model is better."
            " An interval that holds zero may be luck."
        )
    )
    rows = holdup.spans_table(data, _("Rule"), _("Log score gained"))
    draw(data, spec, holdup.gains_alt(data), rows, "gains")


def reliability(exam: holdup.Record, dark: bool) -> None:
    """Whether what was given a chance of 30 per cent came in three of ten cases."""
    st.subheader(_("Stated chance and what happened"), divider="gray", anchor=False)
    data = holdup.reliability(exam)
    st.caption(
        _(
            "Offers are sorted by the chance the model gave them. On the dashed line as many were chosen as "
            "was said; the number at each dot is that of its offers. Few offers say little."
        )
    )
    spec, alt = holdup_charts.reliability(charts.palette(dark)), holdup.reliability_alt(data)
    draw(data, spec, alt, holdup.reliability_table(data), "reliability")


def limits(exam: holdup.Record, fitted: holdup.Record, book: Book) -> None:
    """What the exam says nothing of, and the decisions that are left out."""
    st.subheader(_("What is not examined"), divider="gray", anchor=False)
    bullets(holdup.not_examined(fitted["decisions"]["without"] if fitted else None))
    left = holdup.left_out(exam, book.seeds.decisions(), book.seeds.decision_flags())
    opener(left, _("Decisions that are left out: {number}").format(number=len(left)), "left_out")


def others() -> None:
    """The two theses, the exam of deliveries and the calibration, where they are published."""
    contest = published.record("theses")
    if contest:
        st.subheader(_("The two theses side by side"), divider="gray", anchor=False)
        st.markdown(plain(contest["headline"]))
        small_table(holdup_others.theses_table(contest), _("What each expects"))
        small_table(holdup_others.break_evens_table(contest), _("What an agreement would have to be worth"))
        st.caption(holdup_others.assumed_words(contest))
        small_table(
            holdup_others.deciding_table(contest), _("What would decide between them, and no run can")
        )
        st.caption(plain(contest["power_sentence"]))
        st.caption(odd.measured_with(contest.get("model_version", "")))
    exam, fit = published.record("deliveries_exam"), published.record("calibration")
    if exam:
        st.subheader(_("Deliveries: how long, how late"), divider="gray", anchor=False)
        bullets(holdup_others.deliveries_words(exam))
        small_table(holdup_others.deliveries_table(exam), _("The exam of deliveries"))
        st.caption(odd.measured_with(exam.get("model_version", "")))
    if fit:
        st.subheader(_("What the years 2022 to 2025 rule out"), divider="gray", anchor=False)
        st.markdown(plain(fit["headline"]))
        opener(holdup_others.facts_table(fit), _("What is left of the ranges"), "calibrated")
        opener(holdup_others.aggregates_table(fit), _("Published aggregates, matched and held out"), "fit")
        st.caption(plain(fit["caution"]))
        st.caption(odd.measured_with(fit.get("model_version", "")))
