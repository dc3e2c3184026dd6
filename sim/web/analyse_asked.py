"""What the reader asks on the Analyse page: a method and its arguments, in the session and in the address.

The address is the link to an experiment and to its result. It is written when the reader changes something or
starts; until then it stays as it came, as on the Why page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from sim.evidence.facts import nearest, quoted
from sim.model.version import MODEL_VERSION
from sim.policy.errors import ScenarioError
from sim.report import versions
from sim.report.language import _
from sim.web import choice
from sim.web.analyse_fields import Arguments, Field
from sim.web.analyse_method import Method
from sim.web.analyse_methods import methods
from sim.web.catalogue import Catalogue

METHOD = "method"
RAW = "analyse_raw"  # what was moved or came with an address, as text by name, whatever the method
SEEN, OPENED, PROBLEMS = "analyse_address", "analyse_opened", "analyse_problems"


@dataclass(frozen=True)
class Asked:
    """A method with all its arguments, checked."""

    method: Method
    arguments: Mapping[str, str]

    @property
    def query(self) -> dict[str, str]:
        """The parameters of an address that asks the same."""
        return {METHOD: self.method.id, **self.arguments}


def key(name: str) -> str:
    """The key of the control of an argument."""
    return f"analyse_{name}"


def read(book: Catalogue) -> Asked:
    """What is asked now: from a new address, else as the reader left it."""
    query = _present()
    here = key(METHOD) in st.session_state
    new = query != st.session_state.get(SEEN) or not here
    if new:
        if query or here:
            st.session_state[RAW] = query
        st.session_state[SEEN] = query
    raw: dict[str, str] = st.session_state.setdefault(RAW, {})
    problems: list[str] = []
    asked = _checked(raw, book, problems)
    if new:
        said = problems if query else []  # what no longer fits since the last visit is not a fault of a link
        bad = versions.problem(made_with()) if made_with() else ""
        st.session_state[OPENED], st.session_state[PROBLEMS] = asked.query, [*said, *([bad] if bad else [])]
    return asked


def moved(field: Field, book: Catalogue, before: Arguments) -> None:
    """Take what the reader did at a control."""
    value = st.session_state[key(field.name)]
    st.session_state[RAW] = {
        **st.session_state.get(RAW, {}), field.name: field.text(value, book, before)
    }  # fmt: skip


def ask() -> None:
    """Take the question that the reader chose."""
    st.session_state[RAW] = {**st.session_state.get(RAW, {}), METHOD: st.session_state[key(METHOD)]}


def problems(asked: Asked) -> list[str]:
    """What could not be used of the address, until the reader changes something."""
    found: list[str] = st.session_state.get(PROBLEMS, [])
    return found if st.session_state.get(OPENED) == asked.query else []


def made_with() -> str:
    """The model version in the address; nothing where there is none."""
    return st.query_params.get(choice.MODEL, "")


def write(asked: Asked, started: bool = False) -> None:
    """Make the address ask the same, once the reader has changed or started something."""
    choice.leave()
    if started or st.session_state.get(OPENED) != asked.query:
        st.query_params.from_dict({**asked.query, choice.MODEL: MODEL_VERSION})
        st.session_state[SEEN] = st.session_state[OPENED] = asked.query
        st.session_state[PROBLEMS] = []


def _checked(raw: Mapping[str, str], book: Catalogue, problems: list[str]) -> Asked:
    """The method and its arguments; what cannot be used begins as usual, with a sentence."""
    known = methods()
    name = raw.get(METHOD, next(iter(known)))
    if name not in known:
        sentence = _("{field} is {value}; {nearest}")
        problems.append(sentence.format(field=METHOD, value=quoted(name), nearest=nearest(name, list(known))))
        name = next(iter(known))
    arguments: dict[str, str] = {}
    for field in known[name].fields:
        if not field.needed(arguments):
            continue
        if field.name in raw:
            try:
                arguments[field.name] = field.check(raw[field.name], book, arguments)
                continue
            except ScenarioError as error:
                problems.append(str(error))
        arguments[field.name] = field.begin(book, arguments)
    return Asked(known[name], arguments)


def _present() -> dict[str, str]:
    names = {METHOD} | {field.name for one in methods().values() for field in one.fields}
    return {name: text for name, text in st.query_params.items() if name in names}
