"""Three doors to a game: alone, in a class by its code, or back by the personal link."""

from __future__ import annotations

from typing import Final

import streamlit as st

from sim.game.seats import CLASS_OF_THIRTY, STATE, seats
from sim.game.secret import new_token
from sim.game.setup import Setup, new_setup
from sim.report import game_class, game_words
from sim.report.language import _
from sim.report.words import place_name
from sim.web import choice, game_host, play_session
from sim.web.catalogue import Catalogue
from sim.web.text import plain

SUGGESTED: Final = "POL"
TURNS: Final = (4, 5, 7)
ALONE, CLASS, BACK = "alone", "class", "back"


def doors(book: Catalogue) -> None:
    """What the game is, and the three ways in."""
    st.title(_("Play"), anchor=False)
    st.markdown(
        _(
            "Buy for a state, year by year. You see the offers that its ministry would see, and decide. What "
            "others do follows the rules of the model, or the people in your class. Waiting, and not buying, "
            "are choices too."
        )
    )
    said = st.session_state.pop(play_session.LINK, "")
    if said:
        st.warning(plain(said))
    if st.session_state.get("play_left"):
        st.button(_("Come back to it"), key="play_rejoin", on_click=_rejoin)
        play_session.problem(BACK)
    alone, klass, back = st.columns(3, border=True)
    with alone:
        _alone(book)
    with klass:
        _class()
    with back:
        _back()


def _alone(book: Catalogue) -> None:
    st.header(_("Alone"), anchor=False)
    states = sorted(
        (one.states[0] for one in seats().values() if one.kind == STATE and len(one.states) == 1),
        key=lambda state: place_name(state, book.states),
    )
    if "play_state" not in st.session_state:
        st.session_state["play_state"] = SUGGESTED
    st.selectbox(_("State"), states, format_func=lambda one: place_name(one, book.states), key="play_state")
    if "play_turns" not in st.session_state:
        st.session_state["play_turns"] = TURNS[1]
    st.radio(_("Years"), TURNS, key="play_turns", horizontal=True)
    scenarios = _scenarios(book)
    st.selectbox(_("World"), list(scenarios), format_func=lambda one: scenarios[one], key="play_scenario")
    st.button(_("Begin"), key="play_begin", on_click=_begin, icon=":material/play_arrow:")
    play_session.problem(ALONE)


def _scenarios(book: Catalogue) -> dict[str, str]:
    """Scenarios by id or link query: the one in the address or left on the Compare page first, if changed."""
    found: dict[str, str] = {}
    linked = st.query_params.get("scenario", "")
    if "~" in linked:
        found[linked] = _("as in your link")
    elif linked in book.questions:
        found[linked] = _(book.questions[linked].title)
    found |= {one.id: _(one.title) for one in book.baselines.values()}
    found |= {name: _(one.title) for name, one in book.questions.items()}
    return found


def _begin() -> None:
    """Open a game for one person, who ends its turns, too."""
    play_session.act(ALONE, _open_alone)


def _open_alone() -> None:
    state = st.session_state
    seat = state["play_state"]
    host, me = game_host.host(), new_token()
    record, lead = host.open(_setup(seat, state["play_turns"], state["play_scenario"]), capacity=1)
    host.rooms.join(record.code, me, game_host.client(), seat=seat)
    host.begin(lead)
    game_host.keep(game_host.ME, me)
    game_host.keep(game_host.LEAD, lead)


def _setup(seat: str, turns: int, scenario: str) -> Setup:
    """The set-up of a game for one: the seats of a class, with the own state for its place."""
    others = tuple(name for name in CLASS_OF_THIRTY if seat != name and seat not in seats()[name].states)
    return new_setup(
        title=game_words.seat_name(seat), scenario=scenario, turns=turns, seats=(seat, *others), plan="alone"
    )


def _class() -> None:
    st.header(_("In a class"), anchor=False)
    if "play_code" not in st.session_state:
        st.session_state["play_code"] = st.query_params.get(game_host.CODE, "")
    st.text_input(_("Code of the room"), key="play_code", max_chars=12, autocomplete="off")
    st.text_input(_("Your name, if you like"), key="play_name", max_chars=40, autocomplete="off")
    st.selectbox(_("Seat"), ["", *CLASS_OF_THIRTY], format_func=game_class.seat_option, key="play_seat")
    st.button(_("Join"), key="play_join", on_click=_join, icon=":material/login:")
    play_session.problem(CLASS)


def _join() -> None:
    play_session.act(CLASS, _sit_down)


def _sit_down() -> None:
    state, me = st.session_state, new_token()
    game_host.host().rooms.join(
        state["play_code"], me, game_host.client(), name=state["play_name"], seat=state["play_seat"]
    )
    game_host.forget(game_host.LEAD, game_host.CODE)
    game_host.keep(game_host.ME, me)


def _back() -> None:
    st.header(_("Back to a game"), anchor=False)
    st.text_input(_("Your personal link, or what stands in it after “me=”"), key="play_link_text")
    st.button(_("Go on"), key="play_back", on_click=_return, icon=":material/restore:")
    st.caption(_("The address of your game is your personal link: it opens your seat on any device."))


def _return() -> None:
    """Take the tokens of a link that was pasted."""
    from urllib.parse import parse_qs, urlsplit

    text = st.session_state["play_link_text"].strip()
    query = parse_qs(urlsplit(text).query)
    me = query.get(game_host.ME, [text])[0].strip().lower()
    if me:
        game_host.keep(game_host.ME, me)
    if game_host.LEAD in query:
        game_host.keep(game_host.LEAD, query[game_host.LEAD][0])


def _rejoin() -> None:
    token = st.session_state["play_left"]
    if play_session.act(BACK, lambda: game_host.host().rooms.rejoin(token)):
        st.session_state.pop("play_left")
        game_host.keep(game_host.ME, token)


def leave_button() -> None:
    """The way out: to the doors, with the seat kept under its link."""
    st.button(_("Another game"), key="play_other_game", on_click=_leave, icon=":material/logout:")


def _leave() -> None:
    game_host.forget(game_host.ME, game_host.LEAD)
    choice.leave()
