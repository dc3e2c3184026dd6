"""The debrief of a game on the page: who may see it, its sections, and how to take it along."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from sim.game import forecast, trace
from sim.game.debrief import Case, Weighed
from sim.game.errors import GameError
from sim.game.log import Told
from sim.game.turn import Game
from sim.report import game_debrief as report
from sim.report import game_debrief_charts as charts
from sim.report import game_debrief_words as said
from sim.report import game_words, words
from sim.report.charts import palette
from sim.report.game_debrief import Debrief
from sim.report.language import _
from sim.web import debrief_blocks, debrief_else, debrief_queue, game_host, links, tables, teach_room
from sim.web.teach_room import Room
from sim.web.text import plain


def room() -> Room | None:
    """The room that the address names, by code or by a personal or facilitator's link; None with a "
    "sentence."""
    host = game_host.host()
    code = st.query_params.get(game_host.CODE, "")
    known = game_host.token(game_host.ME), game_host.token(game_host.LEAD)
    try:
        if code:
            return teach_room.shown(code)
        for token in known:
            if token:
                return teach_room.look(host.rooms.game(token))
    except GameError as error:
        st.warning(plain(game_words.sentence(error)), icon=":material/link_off:")
    return None


def ask_for_code() -> None:
    """The way in for who has no link."""
    typed = st.text_input(_("Code of the room"), key="debrief_code", max_chars=12)
    if typed.strip():
        st.query_params[game_host.CODE] = typed.strip().upper()
        st.rerun()


def is_open(one: Room) -> bool:
    """Whether the game may be looked back at: before its end that would show the hidden day."""
    return bool(one.told.game.turns) and (
        one.told.game.over or one.clock.within == "debrief" or one.game.status == "over"
    )


def not_yet() -> None:
    """Why there is nothing to see."""
    st.info(
        _(
            "The debrief opens when the last turn has ended, or when the facilitator begins to look back: it "
            "shows the hidden day, what everybody ordered, and the goals of all roles."
        ),
        icon=":material/lock:",
    )


@st.cache_resource(max_entries=16, show_spinner=False)
def _facts(_key: str, seq: int, _told: Told) -> tuple[tuple[forecast.Judged, ...], tuple[trace.Traced, ...]]:
    return forecast.judged(_told.game, _told.forecasts), trace.traced(_told.game)


def page(one: Room, dark: bool) -> None:
    """All of it, as far as it is computed."""
    game = one.told.game
    st.title(plain(_("Debrief: {title}").format(title=one.game.title)), anchor=False)
    st.markdown(_("Nobody has won. Look first at what came of it, then at why, and last at luck."))
    judged, traced = facts(one)
    score_call, seats = debrief_queue.score_call(game)
    asked = debrief_queue.experiment("scores", game, debrief_queue.SCORED)
    colours = palette(dark)
    found = Debrief(game, {}, judged, traced)
    debrief_blocks.section(report.what_happened(found, colours), "happened")
    weighed = _weighed(game, found, dark)
    follow(found, dark)
    st.header(_("Skill and luck"), divider="gray", anchor=False)
    record = debrief_queue.answered(asked, score_call, seats, _("Points of all seats"), start=True)
    scores = {} if record is None else debrief_queue.scores_of(record)
    found = Debrief(game, scores, judged, traced, *weighed)
    if scores:
        for number, item in enumerate(report.skill_and_luck(found, colours).blocks):
            debrief_blocks.block(item, f"luck_{number}")
    debrief_blocks.section(report.goals(found, colours), "goals")
    debrief_blocks.section(report.expected(found, colours), "expected")
    debrief_else.section(found)
    if found.regret is not None and debrief_else.is_long(game):
        debrief_blocks.section(report.feared(found, colours), "feared")
    debrief_blocks.section(report.carries_over(found, colours), "real")
    links.to_exam()
    take_away(found)
    st.subheader(_("What this model cannot say"), divider="gray", anchor=False)
    tables.bullets(words.limits())


def facts(one: Room) -> tuple[tuple[forecast.Judged, ...], tuple[trace.Traced, ...]]:
    """Forecasts judged and contracts followed, kept by game."""
    return _facts(one.game.id, one.told.seq, one.told)


def _weighed(
    game: Game, found: Debrief, dark: bool
) -> tuple[Sequence[Weighed] | None, Sequence[Case] | None]:
    """Why: the decisions that mattered most, or how far they are weighed."""
    st.header(_("Why"), divider="gray", anchor=False)
    call, runs = debrief_queue.weigh_call(game)
    asked = debrief_queue.experiment("weighed", game, debrief_queue.WEIGHED)
    record = debrief_queue.answered(asked, call, runs, _("The decisions that mattered most"), start=True)
    if record is None:
        return (None, None)
    weighed, regret = debrief_queue.weighed_of(record)
    st.markdown(f"**{_('The three decisions that mattered most')}**")
    whole = Debrief(game, {}, found.judged, found.traced, weighed, regret)
    for number, item in enumerate(report.why(whole, palette(dark)).blocks):
        debrief_blocks.block(item, f"why_{number}")
    return weighed, regret


def follow(found: Debrief, dark: bool) -> None:
    """Any contract, from the need to use."""
    box = st.expander(
        _("Follow one contract"), icon=":material/timeline:", key="debrief_follow", on_change="rerun"
    )
    if not box.open:
        return
    with box:
        known = {one.number: one for one in found.traced}
        if not known:
            st.markdown(_("No seat at this table signed a contract."))
            return
        late = max(known.values(), key=lambda one: one.late or 0)
        chosen = st.selectbox(
            _("Contract"),
            list(known),
            index=list(known).index(late.number),
            format_func=lambda one: said.title(known[one], found.start),
            key="debrief_contract",
        )
        one = known[chosen]
        tables.bullets(said.steps(one, found.start))
        rows = charts.waits_frame(one)
        if one.first is not None and not rows.empty:
            shown = rows.rename(columns={"cause": _("Waiting for"), "months": _("Months")})
            alt = _("Months of waiting for the first unit: {parts}.").format(
                parts=words.listed(
                    [f"{cause} {months:.0f}" for cause, months in rows.itertuples(index=False)]
                )
            )
            st.vega_lite_chart(rows, charts.waits_chart(rows, palette(dark)), alt=alt)
            tables.opener(shown.round(1), _("The same numbers as a table"), "debrief_waits")


def take_away(found: Debrief) -> None:
    """The debrief as a file to read and print, and its numbers."""
    st.header(_("Take it with you"), divider="gray", anchor=False)
    if not found.scores:
        st.markdown(_("The file is ready when the points of all seats are."))
        return
    name = f"leadtime-debrief-{found.game.setup.random_seed}"
    page_file, numbers_file = st.columns(2)
    page_file.download_button(
        _("Download the debrief (HTML, to print)"),
        data=lambda: report.html(found).encode(),
        file_name=f"{name}.html",
        mime="text/html",
        icon=":material/description:",
        on_click="ignore",
        width="stretch",
    )
    numbers_file.download_button(
        _("Download the numbers (CSV files)"),
        data=lambda: report.csv_files(found),
        file_name=f"{name}.zip",
        mime="application/zip",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )
    st.caption(_("Neither holds a name or a link of a person."))
