"""A turn's screen of a buyer, from what happened to what is missing and what money allows."""

from __future__ import annotations

import streamlit as st

from sim.game.changes import Change
from sim.game.goals import check_goal
from sim.game.replay import standing
from sim.game.view import BuyerView
from sim.report import game_capitals, game_changes, game_turn, game_words
from sim.report.charts import palette
from sim.report.game_advice import goal
from sim.report.language import _
from sim.web import play_session
from sim.web.play_session import Sitting
from sim.web.play_tables import opener
from sim.web.tables import bullets, draw
from sim.web.text import plain

FEW = 6  # sentences of a kind that are shown at once
PARTS = (("signed", "nothing"), ("delivered", "late"), ("card",))


def headline(sitting: Sitting, view: BuyerView) -> None:
    """One sentence on what there is to decide."""
    st.header(plain(game_turn.headline(view)), anchor=False)


def happened(sitting: Sitting) -> None:
    """What has happened since the turn before, in sentences; nothing in the first turn."""
    game = sitting.told.game
    if not game.turns:
        return
    found = play_session.happened(game, sitting.seat.states)
    titles = (_("Signed, or not"), _("Delivered, and late"), _("Events"))
    st.header(_("What has happened"), anchor=False)
    for title, kinds in zip(titles, PARTS, strict=True):
        _part(title, found, kinds)
    if not found:
        st.markdown(_("Nothing was signed, delivered or decided for you in the turn before."))


def _part(title: str, found: tuple[Change, ...], kinds: tuple[str, ...]) -> None:
    said = game_changes.sentences(found, kinds)
    if not said:
        return
    st.markdown(f"**{plain(title)}**")
    bullets(said[:FEW])
    if len(said) > FEW:
        box = st.expander(
            _("{number} more").format(number=len(said) - FEW), key=f"play_more_{kinds[0]}", on_change="rerun"
        )
        if box.open:
            with box:
                bullets(said[FEW:])


def gaps(sitting: Sitting, view: BuyerView, dark: bool) -> None:
    """What is missing by category, as a chart and as a table."""
    if not view.needs:
        return
    st.header(_("What is missing"), anchor=False)
    st.caption(game_turn.gaps_note(sitting.told.game.setup))
    rows = game_turn.gaps(view)
    spec = game_turn.gaps_chart(len(rows), palette(dark))
    draw(rows, spec, game_turn.gaps_alt(view), game_turn.needs_table(view), "play_gaps")


def money(sitting: Sitting, view: BuyerView) -> None:
    """What can still be promised, and what the offers ticked in this turn would take of it."""
    st.header(_("Money"), anchor=False)
    for one in view.money:
        st.markdown(plain(game_turn.money_sentence(one)))
        ticked = game_turn.ticked(view, one.state, sitting.orders)
        if ticked > 0.0:
            st.markdown(plain(game_turn.ticked_sentence(one, ticked)))
    opener(game_turn.money_table(view.money), _("All about the money"), "play_money")


def dials(sitting: Sitting) -> None:
    """The own dials, and those of the other seats."""
    box = st.expander(_("Speed, cost and reliance: you and the others"), key="play_dials", on_change="rerun")
    if box.open:
        table = game_turn.dials_table(sitting.seat.states, play_session.dials_of_all(sitting.told.game))
        box.table(table, hide_index=True, alt=_("The three dials of every state at the table"))
        box.caption(
            _(
                "Nobody wins here: sooner, cheaper and less reliant pull against each other. Speed: share of "
                "what is required that can be used, by value. Reliance: the largest share of the fleet that "
                "one foreign government could withhold."
            )
        )


def capitals(sitting: Sitting, view: BuyerView | None) -> None:
    """One message each from Seoul, Washington and Brussels."""
    game = sitting.told.game
    before = standing(game.undo()) if game.turns else None
    said = [
        (capital, text)
        for capital, text in game_capitals.messages(sitting.stand, before, view.tenders if view else ())
        if text
    ]
    if said:
        st.header(_("From the capitals"), anchor=False)
        st.markdown("\n".join(f"- **{plain(capital)}**: {plain(text)}" for capital, text in said))


def role(sitting: Sitting) -> None:
    """The role card, with another role by lot and the way out of it."""
    name, task = game_words.role_words(sitting.player.role)
    title = _("Your role: {role}").format(role=name) if name else _("You have no role of your own")
    box = st.expander(title, key="play_role", on_change="rerun")
    if not box.open:
        return
    if task:
        box.markdown(plain(task))
    found = check_goal(sitting.told.game, sitting.seat.id, sitting.player.role)
    if found is not None:
        box.markdown(_("Your goal, which other teams do not see: {goal}").format(goal=plain(goal(found))))
    if sitting.seat.kind != "state":
        box.markdown(_(game_words.KINDS[sitting.seat.kind]))
        return
    if box.button(_("Another role, by lot"), key="play_role_other"):
        _change_role(sitting, None)
    if name and box.button(_("Play without a role"), key="play_role_none"):
        _change_role(sitting, "")
    with box:
        play_session.problem("role")


def _change_role(sitting: Sitting, role: str | None) -> None:
    from sim.web.game_host import host

    play_session.act("role", lambda: host().rooms.change_role(sitting.token, role))
    st.rerun()
