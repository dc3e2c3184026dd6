"""The address of the Why page: it opens the page with a scenario, a state and a category.

An address stays as it came while the reader has changed nothing: each one written is an entry in the
browser's history, and one written on arrival would lead the back button to this page again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from sim.evidence.facts import nearest, quoted
from sim.model.version import MODEL_VERSION
from sim.report import versions
from sim.report.language import _
from sim.web import choice

NAMES = ("scenario", "buyer", "category")  # of the parameters; each chooser has the key why_NAME
SEEN = "why_address"  # the address that was read or written last
OPENED = "why_opened"  # what it stands for
PROBLEMS = "why_problems"  # what could not be used of it


def key(name: str) -> str:
    """The key of the chooser of a parameter."""
    return f"why_{name}"


def arrived() -> bool:
    """Whether there is an address to read: of a link, of the back button, or of a reader from another page.

    From then on its choosers follow the address, until the reader moves one.
    """
    query = _present()
    if query == st.session_state.get(SEEN) and key(NAMES[0]) in st.session_state:
        return False
    bad = versions.problem(made_with()) if made_with() else ""
    st.session_state[SEEN], st.session_state[OPENED] = query, None
    st.session_state[PROBLEMS] = [bad] if bad else []
    return True


def made_with() -> str:
    """The model version in the address; nothing where there is none."""
    return st.query_params.get(choice.MODEL, "")


def seat(name: str, options: Sequence[str], usual: Sequence[str]) -> None:
    """Give a chooser what the address asks for, else the first of the usual values that there is."""
    asked = _present().get(name)
    if asked is not None and asked not in options:
        sentence = _("{field} is {value}; {nearest}")
        st.session_state[PROBLEMS].append(
            sentence.format(field=name, value=quoted(asked), nearest=nearest(asked, options))
        )
    wanted = (*((asked,) if asked is not None else ()), *usual)
    choice.seat(key(name), next((one for one in wanted if one in options), options[0]))


def opened(shown: Mapping[str, str]) -> None:
    """Note what the address stands for, as it was opened."""
    st.session_state[OPENED] = dict(shown)


def stands_for(shown: Mapping[str, str]) -> bool:
    """Whether the address opened, or was written for, what is shown."""
    return bool(st.session_state.get(OPENED) == dict(shown))


def problems() -> list[str]:
    """What could not be used of the address that stands there."""
    found: list[str] = st.session_state.get(PROBLEMS, [])
    return found


def write(shown: Mapping[str, str]) -> None:
    """Make the address open the page with what is shown, once the reader has changed it.

    Going back to the Compare page empties the address; there that must not look like a link to the baseline.
    """
    choice.leave()
    if not stands_for(shown):
        st.query_params.from_dict({**shown, choice.MODEL: MODEL_VERSION})
        st.session_state[SEEN], st.session_state[OPENED], st.session_state[PROBLEMS] = (
            dict(shown),
            dict(shown),
            [],
        )


def _present() -> dict[str, str]:
    return {name: st.query_params[name] for name in NAMES if name in st.query_params}
