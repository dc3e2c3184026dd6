"""By category: one small chart each for the chosen place, in its own unit; computed when opened."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from sim.evidence.records import Category
from sim.experiment.books import Books
from sim.experiment.category_tables import by_category
from sim.report import categories, words
from sim.report.language import _
from sim.web import accounts, fans, top
from sim.web.accounts import BookPair
from sim.web.catalogue import Catalogue
from sim.web.choice import Choice
from sim.web.chooser import one_of
from sim.web.text import plain

ACROSS = 3
HEIGHT = 170


def section(now: Choice, book: Catalogue, dark: bool) -> None:
    """The opener; nothing is computed while it is closed."""
    place = words.place_name(now.place, book.states)
    st.header(_("By category: {place}").format(place=place), divider="gray", anchor=False)
    within = words.place_within(now.place, book.states)
    accounts.opener(
        _("Gaps, usable equipment, orders and availability in each category"),
        ":material/grid_view:",
        "by_category",
        now,
        book,
        lambda pair: _charts(now, pair, book, within, dark),
    )


def _charts(now: Choice, pair: BookPair, book: Catalogue, place: str, dark: bool) -> None:
    base = _table(pair.base.scenario.fingerprint(), now.place, pair.base)
    other = base if pair.is_baseline else _table(pair.other.scenario.fingerprint(), now.place, pair.other)
    if base.empty:
        st.markdown(_("In this model {place} needs nothing in any category.").format(place=place))
        return
    labels = {one.id: one.label for one in book.seeds.categories()}
    found = categories.changes(base, other, now.place, now.until, pair.base.start)
    if pair.is_baseline:
        text = categories.baseline_headline(found, labels, place, now.until)
    else:
        text = categories.headline(found, labels, place, top.subject(book), now.until)
    st.markdown(f"**{plain(text)}**")
    views = list(categories.VIEWS)
    view = one_of(_("Show"), views, "category_view", lambda one: _(categories.VIEWS[one]))
    st.caption(
        _(
            "{meaning} Each chart has its own unit and scale, and units of different categories are never "
            "added up. Line: the middle of {number} runs at the end of each year. Band: 8 of 10 runs. "
            "Dashed grey: the baseline."
        ).format(meaning=_(categories.MEANINGS[view]), number=pair.base.replications)
    )
    needed = [one for one in book.seeds.categories() if one.id in set(base["category"])]
    drawn = {
        one: categories.fans(base, None if pair.is_baseline else other, one.id, view, pair.base.start)
        for one in needed
    }
    _grid(view, {one: table for one, table in drawn.items() if table is not None}, dark)
    unneeded = [one for one in book.seeds.categories() if one not in needed]
    _left_out(_("Left out, as {place} has no need there in this model: {names}."), unneeded, place)
    empty = [one for one, table in drawn.items() if table is None]
    _left_out(_("Left out, as {place} has no such equipment: {names}."), empty, place)


def _grid(view: str, drawn: dict[Category, pd.DataFrame], dark: bool) -> None:
    """The charts, some beside each other."""
    shown = list(drawn)
    for start in range(0, len(shown), ACROSS):
        for column, one in zip(st.columns(ACROSS), shown[start : start + ACROSS], strict=False):
            with column:
                whose = categories.counted_in(view, one)
                fans.draw(categories.series_of(view, one), whose, drawn[one], dark, HEIGHT)


def _left_out(sentence: str, which: Sequence[Category], place: str) -> None:
    if which:
        names = words.listed([_(one.label) for one in which])
        st.caption(plain(sentence.format(place=place, names=names)))


@st.cache_resource(max_entries=16, show_spinner=False)
def _table(fingerprint: str, place: str, _books: Books) -> pd.DataFrame:
    """The table of one place, shared by all readers: never write into it."""
    return by_category(_books, place)
