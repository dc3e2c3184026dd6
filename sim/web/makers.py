"""Who supplies: shares of makers under the definition that the reader chooses; computed when opened."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from sim.estimation.shares import DEFINITIONS, Scope, scope, shares
from sim.estimation.views import view
from sim.experiment.books import Books
from sim.policy.dates import MONTHS
from sim.report import charts, makers, numbers
from sim.report.language import _
from sim.report.makers import Figure
from sim.web import accounts, catalogue, links
from sim.web.accounts import BookPair
from sim.web.catalogue import Catalogue
from sim.web.choice import Choice
from sim.web.chooser import one_of
from sim.web.text import plain

Window = tuple[int, int]


def section(now: Choice, book: Catalogue, dark: bool) -> None:
    """The opener; nothing is computed while it is closed."""
    st.header(_("Who supplies: it depends on how one counts"), divider="gray", anchor=False)
    accounts.opener(
        _("Shares of makers by contracts, deliveries or fleet"),
        ":material/balance:",
        "who_supplies",
        now,
        book,
        lambda pair: _shown(pair, book, *_choosers(book), dark),
    )


def _choosers(book: Catalogue) -> tuple[str, Window]:
    """Two choices: the way of counting, and the years."""
    start = book.seeds.start
    options = {makers.years(*one): one for one in makers.windows(book.seeds, int(start[:4]), MONTHS // 12)}
    definition = one_of(_("Count by"), DEFINITIONS, "count_by", lambda one: _(makers.DEFINITIONS[one].name))
    window = one_of(_("Years"), list(options), f"count_years_{start}")
    return definition, options[window]


def _shown(pair: BookPair, book: Catalogue, definition: str, window: Window, dark: bool) -> None:
    """The sentence, the definition, the chart, its table, published figures and all ways of counting."""
    base = _counted(pair.base.scenario.fingerprint(), window, pair.base)
    other = base if pair.is_baseline else _counted(pair.other.scenario.fingerprint(), window, pair.other)
    st.markdown(f"**{plain(makers.lesson(other, window, pair.is_baseline))}**")
    st.markdown(plain(_(makers.DEFINITIONS[definition].meaning)))
    known = makers.figures(book.seeds, definition)
    parts = {_("Baseline"): base[definition]}
    if not pair.is_baseline:
        parts[_("This scenario")] = other[definition]
    table = makers.frame(parts, known, definition)
    alt = makers.alt(table, definition, window)
    st.vega_lite_chart(table, makers.chart(table, charts.palette(dark)), alt=alt, key="makers_chart")
    st.caption(
        _(
            "Dot: the middle of {number} runs, so that dots need not add up to 100 %. Bar: 8 of 10 runs, or "
            "the range of a published figure. The model knows eight categories of equipment only."
        ).format(number=pair.base.replications)
    )
    _published(known, book.seeds.start)
    found = [] if pair.is_baseline else makers.differences(base[definition], other[definition], definition)
    _table(_("The same numbers as a table"), makers.table_of(table, found), alt, "makers_table")
    _table(_("All ways of counting beside each other"), makers.all_ways(other), _("Middle shares of makers"),
           "makers_all")  # fmt: skip


def _table(label: str, table: pd.DataFrame, alt: str, key: str) -> None:
    box = st.expander(label, icon=":material/table:", key=key, on_change="rerun")
    if box.open:
        first = st.column_config.TextColumn(pinned=True)
        box.dataframe(table, hide_index=True, column_config={_("Makers"): first}, alt=alt, key=f"{key}_rows")


def _published(known: Sequence[Figure], start: str) -> None:
    """The figures of the record under this definition, each with its period and a link to its sources."""
    if not known:
        st.markdown(_("The evidence of this project has no published figure that is counted in this way."))
        return
    st.markdown(
        _(
            "Published figures under this definition. They are of all equipment and each of its own period, "
            "so they say how much the way of counting matters, not whether a run is right."
        )
    )
    for definition in dict.fromkeys(one.definition for one in known):
        st.caption(plain(_("{definition}.").format(definition=_(definition))))
    for one in known:
        label = _("{share}, {period}: {label}").format(
            label=_(one.label), period=one.period.replace("-", "–"), share=numbers.percent(one.value)
        )
        links.to_fact(one.subject, "value_observed", start, label)


@st.cache_resource(max_entries=24, show_spinner=False)
def _counted(fingerprint: str, window: Window, _books: Books) -> dict[str, pd.DataFrame]:
    """Shares of makers under every definition, shared by all readers: never write into a table."""
    one, known = view(_books), _scope(_books.start)
    return {definition: shares(one, known, definition, *window) for definition in DEFINITIONS}


@st.cache_resource(show_spinner=False)
def _scope(start: str) -> Scope:
    return scope(catalogue.load(start).seeds)
