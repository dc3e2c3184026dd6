"""The facilitator's console: the clock, the next step, the next prompt, and who has not decided."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from sim.game import clock as clocks
from sim.game.clock import State
from sim.game.entry import Payload, utc_now
from sim.game.errors import GameError
from sim.game.log import PERSON, RULE
from sim.game.room import Person
from sim.game.secret import new_id
from sim.report import game_news, game_prompts, language, words
from sim.report.language import _, plural
from sim.web import game_host, teach_address, teach_room
from sim.web.teach_room import Room
from sim.web.text import plain

EVERY = 2.0  # seconds between two looks at the room
MORE = 60.0  # seconds of an extension
PROBLEM = "teach_problem"


def act(what: Callable[[], object]) -> None:
    """Do something to the room; what stands against it is said at the top."""
    try:
        what()
    except GameError as error:
        st.session_state[PROBLEM] = words.started(str(error))


def problem() -> None:
    """What stood against the last click."""
    if said := st.session_state.pop(PROBLEM, ""):
        st.warning(plain(said), icon=":material/error:")


def top(token: str, room: Room) -> None:
    """The room's name, the ways in, and the links to hand out."""
    st.title(plain(room.game.title), anchor=False)
    with st.expander(
        _("Way in: code {code}").format(code=room.game.code),
        icon=":material/qr_code_2:",
        expanded=room.game.turn == 0,
        key="teach_way_in",
        on_change="rerun",
    ) as box:
        if box.open:
            teach_room.way_in(room, big=False)
    left, right = st.columns(2)
    left.link_button(
        _("Projector view (no secrets)"),
        teach_address.show(room.game.code),
        icon=":material/cast:",
        width="stretch",
    )
    right.link_button(
        _("Debrief"), teach_address.debrief(room.game.code), icon=":material/forum:", width="stretch"
    )


@st.fragment(run_every=EVERY)
def live(token: str) -> None:
    """What changes by itself: clock, steps, prompts, people."""
    language.use(st.context.locale or language.SOURCE_LANGUAGE)
    host = game_host.host()
    try:
        if host.resolve_when_due(token) is not None:
            st.rerun()
        room = teach_room.led(token)
        people = host.rooms.people(token)
    except GameError as error:
        st.warning(plain(words.started(str(error))), icon=":material/error:")
        return
    if st.session_state.setdefault("teach_turn", room.game.turn) != room.game.turn:
        st.session_state["teach_turn"] = room.game.turn
        st.rerun()
    problem()
    teach_room.time_left(room, big=False)
    steps(token, room)
    prompts(room)
    present(room, people)


def steps(token: str, room: Room) -> None:
    """The next step, and what can be done to the clock."""
    state = room.clock.state
    with st.container(horizontal=True):
        next_step(token, room)
        if state in ("play", "brief", "debrief") and room.clock.left is not None:
            st.button(
                _("Pause"),
                icon=":material/pause:",
                key="teach_pause",
                on_click=act,
                args=(lambda: pause(token),),
            )
        if state == "paused":
            st.button(
                _("Go on"),
                icon=":material/play_arrow:",
                key="teach_resume",
                on_click=act,
                args=(lambda: resume(token),),
            )
        if room.clock.left is not None:
            st.button(
                _("One minute more"),
                icon=":material/more_time:",
                key="teach_extend",
                on_click=act,
                args=(lambda: phase(token, clocks.extend(MORE)),),
            )
        if state == "play" and not room.told.game.over and room.game.turn > 0:
            st.button(
                _("Look back now"), icon=":material/forum:", key="teach_stop", on_click=act,
                args=(lambda: begin(token, "debrief", room.plan.debrief if room.plan else None),),
                help=_("Ends the game here: no more turns, the debrief opens."),
            )  # fmt: skip


def next_step(token: str, room: Room) -> None:
    """The one button that leads on."""
    turn, state, plan = room.game.turn, room.clock.within, room.plan
    what: Callable[[], object]
    if turn == 0:
        if room.clock.left is None and plan is not None:
            st.button(
                _("Start the clock of the briefing"), icon=":material/timer:", key="teach_brief",
                on_click=act,
                args=(lambda: begin(token, "brief", plan.brief),),
            )  # fmt: skip
        label, what = _("Begin turn 1"), lambda: begin(token, "play", plan.turn if plan else None)
    elif room.told.game.over or state == "debrief":
        if state == "over":
            return
        if state == "debrief":
            label, what = _("Close the room"), lambda: begin(token, "over", None)
        else:
            label, what = (
                _("Begin the debrief"),
                lambda: begin(token, "debrief", plan.debrief if plan else None),
            )
    elif state == "play":
        label = _("End turn {turn}").format(turn=turn)
        key = f"end:{room.game.seq}"  # the same click twice, or two windows, end one turn
        what = lambda: game_host.host().resolve(token, turn, key)  # noqa: E731
    else:
        return
    st.button(label, icon=":material/skip_next:", key="teach_next", on_click=act, args=(what,))


def begin(token: str, state: State, minutes: float | None) -> None:
    """Begin a phase."""
    limit = None if minutes is None else 60.0 * minutes
    phase(token, clocks.phase(state, limit, utc_now()))


def phase(token: str, payload: Payload) -> None:
    """Append what the clock is told."""
    game_host.host().rooms.phase(token, payload, f"phase:{new_id()}")


def pause(token: str) -> None:
    """Stop the clock."""
    phase(token, clocks.pause(game_host.host().rooms.clock(token)))


def resume(token: str) -> None:
    """Let the clock run again."""
    phase(token, clocks.resume(game_host.host().rooms.clock(token), utc_now()))


def prompts(room: Room) -> None:
    """What to say and ask now."""
    if room.plan is None:
        return
    setup = room.told.game.setup
    state = room.clock.within
    if state == "play" and room.told.game.over:
        state = "debrief"
    said = [
        game_prompts.prompt(one, setup.first_crisis, setup.last_crisis)
        for one in room.plan.prompts(state, max(1, room.game.turn))
    ]
    st.header(_("Say and ask"), anchor=False)
    st.markdown("\n".join(f"- {plain(one)}" for one in said))


def present(room: Room, people: list[Person]) -> None:
    """By seat and person: who is here, and who has not decided."""
    st.header(_("At the table"), anchor=False)
    playing = room.clock.within == "play" and room.game.turn > 0 and not room.told.game.over
    waiting = [one for one in people if not one.ready]
    if not people:
        st.markdown(_("Nobody has joined yet. Agents hold all seats until somebody does."))
    elif playing and waiting:
        st.markdown(
            plural(
                "{number} person has not decided yet.", "{number} people have not decided yet.", len(waiting)
            ).format(number=len(waiting))
        )
    elif playing:
        st.markdown(_("Everybody has decided: you can end the turn."))
    rows = [row for seat in room.told.game.setup.seats for row in _rows(seat, room, people, playing)]
    table = pd.DataFrame(rows, columns=[_("Seat"), _("Who"), _("Here"), _("Decided")])
    st.table(
        table.map(lambda cell: plain(str(cell))), hide_index=True, alt=_("Seats, people and who has decided")
    )


def _rows(seat: str, room: Room, people: list[Person], playing: bool) -> list[tuple[str, str, str, str]]:
    name = game_news.seat_name(seat)
    here = [one for one in people if one.seat == seat]
    if not here or room.told.holders.get(seat, RULE) != PERSON:
        found = [(name, holder(room.told.holders.get(seat, RULE)), "–", "–")]
        return found + [(name, who(one), _here(one), "–") for one in here]
    return [
        (name, who(one), _here(one), (_("yes") if one.ready else _("not yet")) if playing else "–")
        for one in here
    ]


def _here(one: Person) -> str:
    return _("yes") if one.present else _("away")


def who(one: Person) -> str:
    """A person, by the name they gave, else by number."""
    return one.name or _("Person {number}").format(number=one.id)


def holder(by: str) -> str:
    """Who plays a seat, in words."""
    if by == RULE:
        return _("agent, by rules")
    if by == PERSON:
        return _("people")
    return _("script “{name}”").format(name=by.partition(":")[2])
