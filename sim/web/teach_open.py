"""Opening a room in one screen, and finding one's rooms again."""

from __future__ import annotations

import streamlit as st

from sim.game.errors import GameError
from sim.game.plans import PLANS, capacity_for, find_plan, seats_for
from sim.game.seats import seats
from sim.game.setup import LAST_CRISIS, Setup, new_setup
from sim.report import game_news, game_prompts, words
from sim.report.language import _
from sim.web import game_host, teach_address
from sim.web.catalogue import Catalogue
from sim.web.text import plain

CLASS = 30
MOST = 99
NEW = "teach_new"  # the token of a room just opened, whose link is shown once


def introduction() -> None:
    """What this page is for, and how a session goes."""
    st.title(_("Teach"), anchor=False)
    st.markdown(
        _(
            "Play Leadtime with a class: teams buy, sell and agree, one year a turn, and look back together. "
            "Nobody needs an account."
        )
    )


def steps() -> None:
    """The way to a running class, for who has never done it."""
    st.markdown(
        "\n".join(
            f"{number}. {text}"
            for number, text in enumerate(
                (
                    _("Open a room here. You get a secret link: keep it, it is your key to the room."),
                    _(
                        "Show the projector view. Students scan the code or type six letters; seats come by "
                        "lot."
                    ),
                    _("Read the first prompts aloud, then begin. Teams decide, you end each turn."),
                    _("After the last turn open the debrief together."),
                ),
                1,
            )
        )
    )


def form(book: Catalogue) -> None:
    """Plan, number of students, scenario and seats; the button that opens the room."""
    st.header(_("Open a room"), divider="gray", anchor=False)
    left, middle, right = st.columns(3)
    plan = find_plan(
        left.selectbox(
            _("How long is the session?"),
            list(PLANS),
            format_func=lambda one: game_prompts.title(PLANS[one]),
            index=1,
            key="teach_plan",
        )
    )
    people = int(middle.number_input(_("How many students?"), 1, MOST, CLASS, step=1, key="teach_people"))
    names = list(book.questions)
    scenario = right.selectbox(
        _("In which scenario?"),
        names,
        format_func=lambda one: _(book.questions[one].title),
        index=names.index("baseline"),
        key="teach_scenario",
    )
    wanted = seats_for(people)
    if st.session_state.get("teach_suggested") != wanted:  # a new suggestion replaces the choice
        st.session_state["teach_suggested"], st.session_state["teach_seats"] = wanted, list(wanted)
    chosen = st.multiselect(
        _("Seats at the table: {suggestion}").format(suggestion=game_prompts.suggested(people, len(wanted))),
        list(seats()),
        format_func=game_news.seat_name,
        key="teach_seats",
        help=_("Agents play by rules for every state without a seat, and for a seat that nobody holds."),
    )
    title = st.text_input(_("Name of the room"), _("Our class"), max_chars=80, key="teach_title")
    automatic = st.checkbox(
        _("A turn ends by itself when its time is up"),
        key="teach_automatic",
        help=_("Otherwise you end each turn by hand. You can change this at any time."),
    )
    explained(plan.turns)
    if st.button(_("Open the room"), icon=":material/meeting_room:", key="teach_open"):
        open_room(plan.id, people, scenario, tuple(chosen), title, automatic)


def explained(turns: int) -> None:
    """The hidden day, in plain words for who has never played."""
    st.info(
        _(
            "**The hidden day.** When the room opens, lot draws a day between the middle of 2028 and the "
            "end of {last}, and who withholds spare parts on it: one foreign government, or nobody. Neither "
            "you nor the students see it. After the {turns} turns the debrief shows two numbers: what a "
            "team could have used over many possible days (skill), and on the day that came (skill and "
            "luck)."
        ).format(last=LAST_CRISIS, turns=turns),
        icon=":material/casino:",
    )


def open_room(
    plan: str, people: int, scenario: str, chosen: tuple[str, ...], title: str, automatic: bool
) -> None:
    """Open a room and go to its console; a sentence where it cannot be."""
    try:
        setup = room_setup(plan, scenario, chosen, title)
        host = game_host.host()
        _game, token = host.open(setup, capacity_for(people, len(chosen)))
        if not automatic:
            host.set_automatic(token, False, "automatic:open")
    except GameError as error:
        st.warning(plain(words.started(str(error))), icon=":material/error:")
        return
    st.session_state[NEW] = token
    enter(token)


def room_setup(plan: str, scenario: str, chosen: tuple[str, ...], title: str) -> Setup:
    """The set-up of a room; raises GameError with one sentence."""
    if not chosen:
        raise GameError(_("choose at least one seat"))
    found = find_plan(plan)
    return new_setup(
        title=title.strip() or _("Our class"),
        scenario=scenario,
        seats=chosen,
        turns=found.turns,
        turn_months=found.turn_months,
        plan=found.id,
    )


def enter(token: str) -> None:
    """Go to the console of a room."""
    known: list[str] = st.session_state.setdefault("teach_rooms", [])
    if token not in known:
        known.append(token)
    game_host.keep(game_host.LEAD, token)
    st.rerun()


def find_again() -> None:
    """A way back for who has the link at hand but not in the address."""
    with st.expander(_("I have a room already"), icon=":material/key:", key="teach_again", on_change="rerun"):
        text = st.text_input(_("Paste your secret link"), key="teach_link")
        if text.strip():
            token = text.strip().rpartition("=")[2].strip().lower()
            try:
                game_host.host().rooms.who(token)
            except GameError as error:
                st.warning(plain(words.started(str(error))), icon=":material/link_off:")
                return
            enter(token)


def my_rooms(token: str) -> None:
    """Other rooms of this facilitator, each with its own link, and another one."""
    known: list[str] = st.session_state.setdefault("teach_rooms", [])
    if token not in known:
        known.append(token)
    if len(known) > 1:
        titles = {}
        for number, one in enumerate(known, 1):
            game = game_host.host().rooms.game(one)
            titles[one] = _("Room {number}: {title}, {code}").format(
                number=number, title=game.title, code=game.code
            )
        st.session_state["teach_room"] = token
        st.selectbox(
            _("Your rooms"),
            known,
            format_func=lambda one: titles[one],
            key="teach_room",
            on_change=lambda: game_host.keep(game_host.LEAD, st.session_state["teach_room"]),
        )
    st.button(
        _("Open another room"),
        icon=":material/add:",
        key="teach_another",
        on_click=game_host.forget,
        args=(game_host.LEAD,),
        type="tertiary",
    )


def secret_link(token: str) -> None:
    """The facilitator's link, shown once."""
    if st.session_state.get(NEW) != token:
        return
    with st.container(border=True):
        st.markdown(
            _(
                "**Keep this link.** It opens this console on any computer, also after a restart. "
                "It is shown only now, and nobody can look it up: copy it, or bookmark this page. "
                "Whoever has it can end turns, so do not project it."
            )
        )
        st.code(teach_address.lead(token), language=None, wrap_lines=True)
        if st.button(_("I have kept it"), icon=":material/check:", key="teach_kept"):
            st.session_state.pop(NEW)
            st.rerun()
