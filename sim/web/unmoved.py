"""Sentences for a scenario that changes little or nothing for the place: why, as far as the books say."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

import sim
from sim.experiment import reach
from sim.report import unmoved, words
from sim.report.language import _
from sim.report.tables import Paired
from sim.web import accounts, engine
from sim.web.accounts import BookPair
from sim.web.catalogue import Catalogue
from sim.web.choice import Choice
from sim.web.text import plain


def say(spot: DeltaGenerator, rows: Sequence[Paired], now: Choice, book: Catalogue) -> None:
    """The sentences, where a change does not move the dials; the books are written only then."""
    if not unmoved.is_unmoved(rows):
        return
    try:
        with spot, st.spinner(engine.waiting(), show_time=True):
            pair = accounts.of_pair(now, book)
    except sim.Cancelled:
        engine.give_way()
    spot.markdown(plain(" ".join(sentences(pair, now, book))))


def sentences(pair: BookPair, now: Choice, book: Catalogue) -> list[str]:
    """What arrives otherwise, then what each change finds to touch."""
    place, runs = words.place_within(now.place, book.states), pair.base.replications
    labels = {one.id: one.label for one in book.seeds.categories()}
    shares = reach.differing(pair.base, pair.other, now.place)
    found = [unmoved.arrives({labels[one]: share for one, share in shares.items()}, place, runs)]
    for touch in reach.touches(now.scenario, book.baseline, book.cards):
        lever = book.levers[touch.lever]
        seen = reach.touched(touch, pair.base, now.place)
        if seen is not None:
            industry = _(book.industries[seen.industry])
            found.append(unmoved.reason(seen, _(lever.label), place, industry, runs, book.seeds.start))
        else:
            found.append(unmoved.of_another(lever, now.place, book.states, place))
    return [one for one in dict.fromkeys(found) if one]
