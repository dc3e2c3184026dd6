"""What the numbers on screen rest on: the largest inputs of the place, each with a link to the evidence."""

from __future__ import annotations

import streamlit as st

from sim.report import inputs, language
from sim.report import ledger as report
from sim.report.language import _
from sim.report.ledger import Entry
from sim.web import choice, ledger, links
from sim.web.catalogue import Catalogue
from sim.web.text import plain


def section(book: Catalogue) -> None:
    """An opener with the moved levers, money, needs, orders and lines that weigh most."""
    box = st.expander(
        _("What these numbers rest on"), icon=":material/menu_book:", key="rests_on", on_change="rerun"
    )
    if not box.open:
        return
    now, seeds = choice.current(), book.seeds
    known = ledger.load(seeds.start, language.spoken()).known
    groups = {
        _("Numbers that you hold"): list(now.facts),
        _("Money, the largest orders in the books, the largest lines"): inputs.largest(seeds, now.place),
        _("What is required, and what is there"): inputs.needs(seeds, now.place),
    }
    with box:
        st.caption(
            _(
                "The largest of {number} numbers. Each leads to its source, its range and who disagrees."
            ).format(number=f"{len(known):,}")
        )
        st.caption(report.legend())
        for title, keys in groups.items():
            found = [known[key] for key in keys if key in known]
            if found:
                st.markdown(f"**{title}**")
                for one in found:
                    links.to_fact(one.fact.subject, one.fact.attribute, seeds.start, label=_told(one))


def _told(entry: Entry) -> str:
    """A number on one line."""
    sentence = _("{what}: {value}, grade {grade}")
    return plain(sentence.format(what=entry.what, value=entry.value, grade=entry.fact.grade))
