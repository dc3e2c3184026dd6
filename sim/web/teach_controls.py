"""What a facilitator can change in a running game: cards, seats, people, turns, and how turns end."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.elements.lib.mutable_expander_container import ExpanderContainer

from sim.game import clock as clocks
from sim.game.entry import utc_now
from sim.game.errors import GameError
from sim.game.log import PERSON, RULE, SCRIPT
from sim.game.seats import find_seat
from sim.game.secret import new_id
from sim.policy.shocks import Shock
from sim.report import game_news, words
from sim.report.language import _, plural
from sim.web import game_host, teach_console
from sim.web.catalogue import Catalogue
from sim.web.teach_room import Room
from sim.web.text import plain

STRENGTHS = (0.5, 1.0, 1.5)


def box(title: str, icon: str, key: str) -> ExpanderContainer:
    """A part of the console that opens on request, and computes nothing before."""
    return st.expander(title, icon=icon, key=f"teach_{key}", on_change="rerun")


def section(token: str, room: Room, book: Catalogue) -> None:
    """Everything that is not needed in every turn."""
    st.header(_("When something is to change"), divider="gray", anchor=False)
    playing = room.game.turn > 0 and not room.told.game.over and room.game.status == "open"
    if playing and (part := box(_("Place a card"), ":material/playing_cards:", "card")).open:
        with part:
            card(token, room, book)
    if (part := box(_("Who plays a seat"), ":material/chair:", "holders")).open:
        with part:
            holders(token, room)
    if (part := box(_("Remove a person"), ":material/person_remove:", "people")).open:
        with part:
            remove(token, room)
    if room.told.game.turns and (part := box(_("Undo a turn"), ":material/undo:", "undo_turn")).open:
        with part:
            undo(token, room)
    automatic(token, room)


def card(token: str, room: Room, book: Catalogue) -> None:
    """A shock card: which one, for how long, how strong; it begins in the second month of this turn."""
    known = book.cards
    name = st.selectbox(
        _("Card"), list(known), format_func=lambda one: _(known[one].label), key="teach_card_name"
    )
    months = int(
        st.number_input(
            _("For how many months?"), 1, 60, min(60, known[name].months), key=f"teach_months_{name}"
        )
    )
    strength = st.segmented_control(
        _("How strong?"), STRENGTHS, default=1.0, format_func=strength_words, key="teach_strength"
    )
    st.markdown(plain(card_words(known[name], months, strength or 1.0)))
    for one in room.told.now.injects:
        st.caption(
            _("Placed in this turn: {card}, {months}").format(
                card=plain(_(known[one.card].label)), months=months_words(one.months)
            )
        )
    if st.button(_("Place this card"), icon=":material/add:", key="teach_place"):
        payload = {"card": name, "months": months, "strength": strength or 1.0}
        done(
            lambda: game_host.host().rooms.append(
                token, room.game.turn, "inject", payload, f"card:{new_id()}"
            )
        )


def strength_words(strength: float) -> str:
    """How strong a card is."""
    return {0.5: _("half"), 1.0: _("as assumed"), 1.5: _("half as much again")}[strength]


def months_words(months: int) -> str:
    """A number of months."""
    return plural("{number} month", "{number} months", months).format(number=months)


def card_words(card: Shock, months: int, strength: float) -> str:
    """What a card will do, in a sentence."""
    return _(
        "“{card}” begins in the second month of this turn and lasts {months}, its effects {strength}. "
        "Everybody sees it when the turn has ended."
    ).format(card=_(card.label), months=months_words(months), strength=strength_words(strength))


def holders(token: str, room: Room) -> None:
    """Take a seat over by rules or a script, or give it back to its people."""
    left, right = st.columns(2)
    seat = left.selectbox(
        _("Seat"), room.told.game.setup.seats, format_func=game_news.seat_name, key="teach_seat"
    )
    options = [RULE, PERSON, *(f"{SCRIPT}:{name}" for name in scripts(seat))]
    now = room.told.holders.get(seat, RULE)
    by = right.selectbox(
        _("Played by"), options, index=options.index(now) if now in options else 0,
        format_func=teach_console.holder, key=f"teach_by_{seat}_{now}",
    )  # fmt: skip
    st.markdown(
        _("Now: {holder}. People who sit there stay and can be given the seat back.").format(
            holder=plain(teach_console.holder(now))
        )
    )
    if by != now and st.button(_("Change it"), icon=":material/swap_horiz:", key="teach_take"):
        payload = {"seat": seat, "by": by}
        done(
            lambda: game_host.host().rooms.append(
                token, room.game.turn, "take", payload, f"take:{new_id()}", seat=seat
            )
        )


def scripts(seat: str) -> list[str]:
    """The scripts that can play a seat."""
    try:
        from sim.game.strategies import scripts_for
    except ImportError:
        return []
    return list(scripts_for(find_seat(seat)))


def remove(token: str, room: Room) -> None:
    """Free a person's place, such as of somebody who joined twice."""
    people = {one.id: one for one in game_host.host().rooms.people(token)}
    if not people:
        st.markdown(_("Nobody has joined yet."))
        return
    chosen = st.selectbox(
        _("Person"),
        list(people),
        format_func=lambda one: _("{who}, {seat}").format(
            who=teach_console.who(people[one]), seat=game_news.seat_name(people[one].seat)
        ),
        key="teach_person",
    )
    st.markdown(
        _("Their orders stand; an agent plays on if nobody else holds the seat. They can join again.")
    )
    if st.button(_("Remove this person"), icon=":material/person_remove:", key="teach_remove"):
        done(lambda: game_host.host().rooms.remove(token, chosen))


def undo(token: str, room: Room) -> None:
    """Open the last turn again, after asking."""
    last = len(room.told.game.turns)
    st.markdown(
        _(
            "Turn {turn} opens again with the orders that were given in it; what has been ordered since is "
            "lost. The draws of the model stay the same."
        ).format(turn=last)
    )
    sure = st.checkbox(_("Yes, undo turn {turn}").format(turn=last), key=f"teach_sure_{room.game.seq}")
    if st.button(_("Undo"), icon=":material/undo:", key="teach_undo", disabled=not sure):
        done(lambda: undo_turn(token, room, last))


def undo_turn(token: str, room: Room, last: int) -> None:
    """Undo the last turn and set the clock of the turn that opens."""
    rooms = game_host.host().rooms
    if room.game.status != "open":
        teach_console.begin(token, "play", None)
    rooms.undo(token, last, f"undo:{new_id()}")
    minutes = room.plan.turn if room.plan else None
    limit = None if minutes is None else 60.0 * minutes
    rooms.phase(token, clocks.phase("play", limit, utc_now()), f"phase:{new_id()}")


def automatic(token: str, room: Room) -> None:
    """Whether turns end by themselves."""
    host = game_host.host()
    now = host.automatic(room.game.id)
    st.session_state["teach_by_itself"] = now
    st.toggle(
        _("A turn ends by itself when its time is up"),
        key="teach_by_itself",
        on_change=teach_console.act,
        args=(lambda: host.set_automatic(token, not now, f"automatic:{new_id()}"),),
    )


def done(what: Callable[[], object]) -> None:
    """Do it and draw the console anew; what stands against it is said."""
    try:
        what()
    except GameError as error:
        st.warning(plain(words.started(str(error))), icon=":material/error:")
        return
    st.rerun()
