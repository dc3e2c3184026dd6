"""Games in the browser: one host for the whole server, links that hold a token, keys that count once.

The Play and the Teach page share this. A personal link is `play?me=TOKEN`, the facilitator's is
`teach?lead=TOKEN`; who plays alone has both in one address. The game is imported when it is asked for.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

import streamlit as st

if TYPE_CHECKING:
    from sim.game.host import Host

ME: Final = "me"  # a player's token
LEAD: Final = "lead"  # the facilitator's token
CODE: Final = "code"  # a room to join
PLAY_PAGE: Final = "sim/web/pages/play.py"
TEACH_PAGE: Final = "sim/web/pages/teach.py"


@st.cache_resource(show_spinner=False)
def host() -> Host:
    """The one host of this server; raises GameError where the store of games cannot be used."""
    from sim.game.host import Host

    return Host()


def token(name: str = ME) -> str:
    """The token that the address holds under a name (ME or LEAD); empty where it holds none.

    Coming back from another page of the menu the address is empty: then the session still knows it.
    """
    kept: dict[str, str] = st.session_state.setdefault("game_tokens", {})
    if name in st.query_params:
        kept[name] = st.query_params[name].strip().lower()
    return kept.get(name, "")


def keep(name: str, value: str) -> None:
    """Keep a token in the address, so that a reload and a bookmark find the same place."""
    st.session_state.setdefault("game_tokens", {})[name] = value
    if st.query_params.get(name) != value:
        st.query_params[name] = value


def forget(*names: str) -> None:
    """Leave a game: its tokens go from the address and from this session."""
    kept: dict[str, str] = st.session_state.setdefault("game_tokens", {})
    for name in names:
        kept.pop(name, None)
        st.query_params.pop(name, None)


def client() -> str:
    """What tells this reader from others when codes are guessed: the address, behind a proxy the session."""
    address = st.context.ip_address
    return address if address else "here"


def form_key(about: str) -> str:
    """The key of a form that is filled in (Rooms.append): the same until `next_form` says it was taken.

    So a double click and a repeated run of the page are one entry.
    """
    forms: dict[str, str] = st.session_state.setdefault("game_forms", {})
    if about not in forms:
        from sim.game.secret import new_id

        forms[about] = f"{about}:{new_id()}"
    return forms[about]


def next_form(about: str) -> None:
    """After an entry was taken: what comes about the same thing is another one."""
    st.session_state.setdefault("game_forms", {}).pop(about, None)


def warm() -> None:
    """Make ready, beside the readers, what the first game would wait for (seconds, once a start)."""
    _warming()


@st.cache_resource(show_spinner=False)
def _warming() -> threading.Thread:
    from sim.game.warm import warm

    thread = threading.Thread(target=warm, name="warm", daemon=True)
    thread.start()
    return thread
