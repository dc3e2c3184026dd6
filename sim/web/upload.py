"""A scenario file of the reader: checked, then the present choice; a bad one changes nothing."""

from __future__ import annotations

import shlex
from codecs import BOM_UTF8
from dataclasses import replace

import streamlit as st

from sim.evidence.facts import quoted
from sim.policy.scenario import Scenario, ScenarioError, scenario_from_toml
from sim.report import versions
from sim.report.language import _
from sim.web import choice
from sim.web.catalogue import Catalogue
from sim.web.choice import Choice
from sim.web.text import plain

OWN = "file"  # the first part of its id; a hyphen and a fingerprint follow, as for all that needs a file
KEY, PROBLEM = "scenario_file", "scenario_file_problem"
LARGEST = 1  # MB that the browser sends; what a scenario may hold is far less and checked on reading


def upload(book: Catalogue) -> None:
    """A box that opens a scenario file, and the sentence on a file that cannot be used."""
    box = st.expander(_("Open a scenario file"), key="open_file", on_change="rerun", expanded=False)
    if not box.open:
        return
    with box:
        st.caption(
            _(
                "A file saved under “Take it with you”, or one of your own. "
                "It replaces the present choice; undo brings that back."
            )
        )
        st.file_uploader(
            _("Scenario file (TOML)"),
            type="toml",
            key=KEY,
            on_change=_take,
            args=(book,),
            max_upload_size=LARGEST,
        )
        if problem := st.session_state.get(PROBLEM):
            st.error(plain(problem), icon=":material/error:")


def _take(book: Catalogue) -> None:
    """Make the file the present choice, or say why not."""
    st.session_state[PROBLEM] = ""
    file = st.session_state[KEY]
    if file is None:
        return  # the reader took the file away; what it opened stays
    try:
        asked = read(file.getvalue(), file.name, book)
    except ScenarioError as error:
        st.session_state[PROBLEM] = _("This file cannot be used: {why}. Nothing has changed.").format(
            why=error
        )
        return
    now = choice.current()
    opened = replace(asked, place=now.place, beside=now.beside)
    choice.change(opened)
    choice.arrive(choice.Arrival(opened, made_with=versions.saved_with(file.getvalue())))


def read(content: bytes, name: str, book: Catalogue) -> Choice:
    """The choice that a scenario file stands for; raises ScenarioError, naming the file.

    A file that says the same as a scenario of the repository opens that one. The page keeps every choice in
    its address, so a scenario too long for a link is refused here.
    """
    scenario = scenario_from_toml(content.removeprefix(BOM_UTF8), id=quoted(name))
    for known in book.questions.values():
        if known.fingerprint() == scenario.fingerprint():
            return choice.opened(known)
    asked = choice.opened(_named(scenario))
    try:
        choice.to_query(asked)
    except ScenarioError:
        command = shlex.join(["sim", "compare", "baseline", name])
        sentence = _("{name} is too long for the link that this page keeps; on the command line: {command}")
        raise ScenarioError(sentence.format(name=quoted(name), command=command)) from None
    return asked


def _named(scenario: Scenario) -> Scenario:
    """The scenario with an id of its own and with words that stand on one line."""
    return replace(
        scenario,
        id=f"{OWN}-{scenario.fingerprint()[:6]}",
        title=" ".join(scenario.title.split()) or _("A scenario file"),
        question=" ".join(scenario.question.split()),
    )
