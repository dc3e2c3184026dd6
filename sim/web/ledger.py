"""The numbers on the Evidence page: one of them with everything known, and the search over all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
import streamlit as st

import sim
from sim.evidence.facts import EvidenceError, Fact, nearest, quoted
from sim.evidence.seeds import Seeds, load_seeds
from sim.evidence.starts import BASE, STARTS
from sim.evidence.tables import GRADES
from sim.experiment.drawn import draws
from sim.report import ledger, subjects, tables, words
from sim.report.language import _, plural
from sim.report.ledger import Entry
from sim.report.subjects import KINDS, Names
from sim.web import choice
from sim.web.ledger_address import LONGEST
from sim.web.text import plain

HOST = r"https?://(?:www\.)?([^/]+)"


@dataclass(frozen=True, eq=False)
class Book:
    """The facts of one start in the reader's language, and whether a run draws them."""

    seeds: Seeds
    names: Names
    entries: tuple[Entry, ...]
    drawn: Callable[[Fact], bool]

    @cached_property
    def known(self) -> dict[str, Entry]:
        """The facts by the name that links give them."""
        return {one.key: one for one in self.entries}


@st.cache_resource(show_spinner=False)
def load(start: str, language: str) -> Book:
    """The facts at a start, put in words once for each language."""
    seeds = load_seeds(start=start)
    return Book(seeds, Names(seeds), ledger.entries(seeds), draws(seeds))


def read_start() -> str:
    """The start that the address names; an unknown one gives a sentence and the first."""
    start = st.query_params.get("start", BASE)
    if start in STARTS:
        return start
    sentence = _("There is no start {start}; {nearest}. The numbers of {month} are shown.")
    month = words.month(BASE)
    st.warning(plain(sentence.format(start=quoted(start), nearest=nearest(start, STARTS), month=month)))
    return BASE


def change_start() -> None:
    """Put the chosen start in the address."""
    st.query_params["start"] = st.session_state["ledger_start"]


def linked(book: Book) -> None:
    """The number that the address names, alone and with everything known; or why there is none."""
    key = st.query_params.get("fact")
    if key is None:
        return
    try:
        entry = ledger.find(book.entries, key)
    except EvidenceError as error:
        st.warning(plain(str(error)), icon=":material/link_off:")
        return
    with st.container(border=True, key="fact"):
        card(entry, book)
    st.button(_("Close and see all numbers"), icon=":material/close:", on_click=close)


def close() -> None:
    """Take the number out of the address."""
    st.query_params.pop("fact", None)


def card(entry: Entry, book: Book) -> None:
    """Everything known about one number."""
    fact = entry.fact
    st.header(plain(entry.what), anchor=False)
    known = [
        _("Value: {value}. Range: {range}. As of {date}."),
        _("Meaning: {meaning}.") if entry.meaning else "",
        _("Grade of the evidence: {grade}."),
        ledger.use(entry, book.drawn(fact)),
        _("Note: {note}") if fact.note else "",
    ]
    texts = {
        "value": entry.value,
        "range": entry.range,
        "date": subjects.date(fact.as_of),
        "meaning": entry.meaning.rstrip("."),
        "grade": words.grade(fact.grade),
        "note": fact.note,
    }
    st.markdown("\n".join(f"- {plain(line.format(**texts))}" for line in known if line))
    st.markdown(_("It rests on:"))
    st.markdown("\n".join(f"- {page(ledger.title(one), one.address)}" for one in entry.sources))
    _dissent(entry, book)
    _sharing(entry, book)
    st.caption(_("Its name in links, in the seeds and in Python: {key}").format(key=plain(entry.key)))


def page(title: str, address: str) -> str:
    """A source as Markdown: its title, linked where it has an address."""
    return f"[{plain(title)}](<{address}>)" if address else plain(title)


def _dissent(entry: Entry, book: Book) -> None:
    rows = ledger.dissent(book.seeds, [entry])
    for _at, (_what, used, _source, other, whose, why, *_rest) in rows.iterrows():
        sentence = _("Others give another value: {other} ({whose}), against {used} here. {why}")
        text = sentence.format(other=other, whose=whose, used=used, why=why)
        st.info(plain(text), icon=":material/call_split:")


def _sharing(entry: Entry, book: Book) -> None:
    """The other numbers that rest on the same pages."""
    shared = ledger.sharing(book.entries, entry)
    others = list({one.key: one for found in shared.values() for one in found}.values())
    if not shared:
        return
    if not others:
        st.markdown(_("No other number rests on the same source."))
        return
    st.markdown(
        plural(
            "{number} other number rests on the same sources:",
            "{number} other numbers rest on the same sources:",
            len(others),
        ).format(number=len(others))
    )
    facts_table(others, f"sharing_{entry.key}", _("Numbers that rest on the same sources"))


def search(book: Book) -> None:
    """All numbers: text, kind of subject and grade narrow them; a row that is chosen opens at the top."""
    text = st.text_input(
        _("Search"),
        key="search",
        max_chars=LONGEST,
        placeholder=_("a state, a line, a lever, a source, a word of the note …"),
    )
    left, right, when = st.columns([3, 3, 2])
    kinds = left.multiselect(
        _("Kind of subject"), list(KINDS), format_func=lambda one: _(KINDS[one]), key="kinds"
    )
    grades = right.multiselect(_("Grade"), list(GRADES), format_func=words.grade, key="grades")
    choice.seat("ledger_start", book.seeds.start)
    when.selectbox(
        _("For runs from"), list(STARTS), format_func=words.month, key="ledger_start", on_change=change_start
    )
    found = ledger.search(book.entries, text, kinds, grades)
    st.markdown(
        _("{found} of {all} numbers. Choose a row to see everything known about it.").format(
            found=f"{len(found):,}", all=f"{len(book.entries):,}"
        )
        if found
        else _("No number fits. Take a word away, or choose fewer kinds and grades.")
    )
    if not found:
        return
    facts_table(found, "numbers", _("Numbers found"))
    about = {
        "start": book.seeds.start,
        "model_version": sim.MODEL_VERSION,
        "search": text,
        "kinds": " ".join(kinds),
        "grades": " ".join(grades),
        "numbers": str(len(found)),
    }
    download(lambda: tables.csv_text(about, ledger.raw_table(found)), "leadtime-numbers.csv")


def facts_table(found: Sequence[Entry], key: str, title: str) -> None:
    """A table of facts; the row that a reader chooses opens at the top."""
    keys = [one.key for one in found]
    show(ledger.table(found), key, title, lambda: opened(key, keys))


def opened(table: str, keys: Sequence[str]) -> None:
    """Put the chosen row's fact in the address."""
    rows = st.session_state[table]["selection"]["rows"]
    if rows and rows[0] < len(keys):
        st.query_params["fact"] = keys[rows[0]]


def show(table: pd.DataFrame, key: str, title: str, chosen: Callable[[], None] | None = None) -> None:
    """A table with its addresses as links; with `chosen`, a row can be chosen."""
    choosing: Mapping[str, Any] = {"on_select": chosen, "selection_mode": "single-row"} if chosen else {}
    st.dataframe(
        table,
        hide_index=True,
        column_config={_("Address"): st.column_config.LinkColumn(display_text=HOST)},
        alt=_("{title}: a table with the columns {columns}").format(
            title=title, columns=_(", ").join(table.columns)
        ),
        placeholder="–",
        key=key,
        **choosing,
    )


def download(text: Callable[[], str], name: str) -> None:
    """A button that saves a table as CSV."""
    st.download_button(
        _("Download this table (CSV)"),
        data=lambda: text().encode(),
        file_name=name,
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"save_{name}",
    )
