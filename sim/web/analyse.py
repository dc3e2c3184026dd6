"""The Analyse page around its methods: question, start, progress, what to take along."""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from functools import partial
from urllib.parse import urlencode

import streamlit as st

from sim.experiment.kept import Experiment, Record
from sim.experiment.queue import Full, Seen
from sim.model.version import MODEL_VERSION
from sim.policy.errors import ScenarioError
from sim.report import experiment_words as said
from sim.report import tables, terms, words
from sim.report.language import _
from sim.web import analyse_asked, analyse_queue, catalogue, choice, engine, top
from sim.web.analyse_asked import Asked
from sim.web.analyse_fields import Field, SeveralOf
from sim.web.analyse_method import Prepared, View
from sim.web.analyse_methods import methods
from sim.web.catalogue import Catalogue
from sim.web.text import plain

EVERY = 1.0  # seconds between two looks at what runs
ACROSS = 3  # controls in a row


def introduction() -> None:
    """What this page is for."""
    st.title(_("Analyse"), anchor=False)
    st.markdown(
        _(
            "Questions that need many scenarios at once. Choose one, start it, and look at something else "
            "meanwhile: the answer is kept, and its link opens it again."
        )
    )


def questions(asked: Asked) -> None:
    """The questions in plain words, and what the chosen one does."""
    known = methods()
    choice.seat(analyse_asked.key(analyse_asked.METHOD), asked.method.id)
    st.radio(
        _("What do you want to know?"),
        list(known),
        format_func=lambda one: _(known[one].question),
        key=analyse_asked.key(analyse_asked.METHOD),
        on_change=analyse_asked.ask,
    )
    st.markdown(_(asked.method.about))


def controls(asked: Asked, book: Catalogue) -> None:
    """The arguments of the method, a few in a row."""
    shown = [field for field in asked.method.fields if field.name in asked.arguments]
    for row in _rows(shown):
        # A field for several values has room for them.
        columns = [st.container()] if isinstance(row[0], SeveralOf) else st.columns(ACROSS)
        for column, field in zip(columns, row, strict=False):
            before = {name: asked.arguments[name] for name in _before(asked, field.name)}
            with column:
                field.show(
                    analyse_asked.key(field.name),
                    asked.arguments[field.name],
                    book,
                    before,
                    partial(analyse_asked.moved, field, book, before),
                )


def _rows(fields: Sequence[Field]) -> list[list[Field]]:
    """The fields by rows: up to ACROSS beside each other, those that take several values alone."""
    rows: list[list[Field]] = []
    for field in fields:
        alone = isinstance(field, SeveralOf)
        if not rows or alone or isinstance(rows[-1][0], SeveralOf) or len(rows[-1]) == ACROSS:
            rows.append([])
        rows[-1].append(field)
    return rows


def _before(asked: Asked, name: str) -> list[str]:
    names = list(asked.arguments)
    return names[: names.index(name)]


def link_problems(asked: Asked) -> None:
    """What could not be used of the address, and what is shown instead."""
    if found := analyse_asked.problems(asked):
        st.warning(
            _("This link cannot be used as it is ({why}). What stands here is shown instead.").format(
                why=plain("; ".join(found))
            ),
            icon=":material/link_off:",
        )
    top.other_version(analyse_asked.made_with())


def prepared(asked: Asked, book: Catalogue) -> Prepared | None:
    """The experiment that is asked for; None, and why, where it cannot be."""
    try:
        return asked.method.prepare(asked.arguments, book)
    except ScenarioError as error:
        st.info(plain(words.started(f"{error}.")), icon=":material/info:")
        return None


def answer(asked: Asked, ready: Prepared, dark: bool) -> None:
    """What there is of the experiment: its start, its progress, or its result."""
    wanted = analyse_queue.experiment(asked, ready)
    seen = analyse_queue.look(wanted)
    if seen is not None and seen.state in ("waiting", "running"):
        progress(wanted)
    elif seen is not None and seen.record is not None:
        book = catalogue.load(ready.scenarios[0].start)
        result(asked, ready, seen.record, View(asked.arguments, book, dark, wanted.fingerprint()))
    else:
        not_ended(seen)
        begin(asked, wanted, ready)


def not_ended(seen: Seen | None) -> None:
    """That an experiment was stopped, or why it failed."""
    if seen is None:
        return
    if seen.state == "cancelled":
        st.info(_("Cancelled. Nothing of it is kept."), icon=":material/cancel:")
    elif seen.state == "failed":
        st.error(plain(words.started(f"{seen.sentence}.")), icon=":material/error:")


def begin(asked: Asked, wanted: Experiment, ready: Prepared) -> None:
    """How long it takes, and the button that starts it."""
    with st.spinner(engine.waiting(), show_time=True):
        seconds = analyse_queue.queue().seconds(asked.method.id, ready.runs)
    st.markdown(said.before(seconds, ready.runs, analyse_queue.queue().waiting_time(), ready.at_most))
    st.button(
        _("Start"),
        type="primary",
        icon=":material/play_arrow:",
        key="analyse_start",
        on_click=_start,
        args=(asked, wanted, ready),
    )
    if st.session_state.pop("analyse_full", False):
        st.warning(_("Many experiments wait already. Try again in a few minutes."), icon=":material/timer:")


def _start(asked: Asked, wanted: Experiment, ready: Prepared) -> None:
    try:
        analyse_queue.start(wanted, ready)
    except Full:
        st.session_state["analyse_full"] = True
        return
    analyse_asked.write(asked, started=True)


@st.fragment(run_every=EVERY)
def progress(wanted: Experiment) -> None:
    """How far the experiment is, and the button that stops it; draws the page anew when it has ended."""
    seen = analyse_queue.look(wanted)
    if seen is None or seen.state not in ("waiting", "running"):
        st.rerun()
    seconds = seen.seconds or 0.0
    if seen.state == "waiting":
        st.progress(0.0, text=said.waiting(seen.ahead, seconds))
    else:
        st.progress(seen.done / seen.runs, text=said.running(seen.done, seen.runs, seconds))
    st.button(
        _("Cancel"),
        icon=":material/cancel:",
        key="analyse_cancel",
        on_click=analyse_queue.cancel,
        args=(wanted,),
        disabled=seen.others > 0,
        help=_("Others wait for the same experiment, so it goes on.") if seen.others else None,
    )
    st.caption(_("You can leave this page. It goes on, and the link above in your browser leads back to it."))


def result(asked: Asked, ready: Prepared, record: Record, view: View) -> None:
    """The answer in a sentence, its charts and tables, and how to take it along."""
    st.header(plain(asked.method.headline(record, view)), anchor=False)
    asked.method.show(record, view)
    st.caption(
        said.made(ready.runs, ready.replications, engine.RANDOM_SEED, MODEL_VERSION, ready.at_most),
        help=terms.meaning("run"),
    )
    take_away(asked, ready, record, view)


def take_away(asked: Asked, ready: Prepared, record: Record, view: View) -> None:
    """Link, command and downloads."""
    st.subheader(_("Take it with you"), divider="gray", anchor=False)
    address = st.context.url.split("?")[0] if st.context.url else ""
    link = f"{address}?{urlencode({**asked.query, choice.MODEL: MODEL_VERSION}, safe=choice.BETWEEN)}"
    st.markdown(_("Link to this result:"))
    st.code(link, language=None, wrap_lines=True)
    line = shlex.join(ready.command)
    st.markdown(_("The same on the command line:"))
    st.code(line, language=None, wrap_lines=True)
    for note in ready.notes:
        st.caption(note)
    about = {**asked.query, "random_seed": str(engine.RANDOM_SEED), "model_version": MODEL_VERSION}
    about |= {"command": line, "link": link}
    numbers, everything = st.columns(2)
    numbers.download_button(
        _("Download the table (CSV)"),
        data=lambda: tables.csv_text(about, asked.method.table(record, view)).encode(),
        file_name=f"leadtime-{asked.method.id}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )
    everything.download_button(
        _("Download everything (JSON)"),
        data=lambda: json.dumps({"about": about, "result": record}, indent=2).encode(),
        file_name=f"leadtime-{asked.method.id}.json",
        mime="application/json",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )


def limits() -> None:
    """What this model cannot say."""
    st.subheader(_("What this model cannot say"), divider="gray", anchor=False)
    st.markdown("\n".join(f"- {sentence}" for sentence in words.limits()))
