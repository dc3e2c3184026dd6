"""The long work of debriefs: behind those who look, one after the other, with progress; kept by game."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from sim import game as game_code
from sim.experiment.ensemble import Cancelled
from sim.experiment.kept import Experiment, Kept, Record, cache_folder, program
from sim.experiment.queue import Call, Full, Progress, Queue, Stop
from sim.game import debrief
from sim.game.debrief import Case, Stopped, Weighed
from sim.game.orders import Order, order_record, parse_order
from sim.game.score import AllianceScore, BuyerScore, IndustryScore, Score, score_of, without_people
from sim.game.seats import find_seat
from sim.game.turn import Game
from sim.report import experiment_words as said
from sim.report import game_words
from sim.report.language import _
from sim.web import analyse_queue
from sim.web.text import plain

EVERY = 1.0  # seconds between two looks at what runs
SCORED = 200  # futures of a score
FORKED = 100  # futures of a fork
WEIGHED = debrief.WEIGHED  # and of a decision
KINDS = {"buyer": BuyerScore, "industry": IndustryScore, "alliance": AllianceScore}


@st.cache_resource(show_spinner=False)
def queue() -> Queue:
    """The queue of this server; apart from that of Analyse, so that a class never waits for an experiment."""
    return Queue(Kept(cache_folder() / "debriefs"), workers=1)


@cache
def code() -> str:
    """sha256 over all that a debrief depends on besides the game: seeds, model, and the game's own code."""
    found = hashlib.sha256(program().encode())
    for path in sorted(Path(str(game_code.__file__)).parent.glob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()


def fingerprint(game: Game) -> str:
    """sha256 over a game: its set-up and everything that was ordered, agreed and placed."""
    turns = [
        {
            "orders": [[seat, [order_record(one) for one in some]] for seat, some in turn.orders],
            "people": sorted(turn.people),
            "rest": repr((turn.injects, turn.agreements)),
        }
        for turn in game.turns
    ]
    text = json.dumps([game.setup.model_dump(mode="json"), turns, sorted(game.people)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def experiment(method: str, game: Game, futures: int, **arguments: str) -> Experiment:
    """What is asked of a game, with all that the answer depends on."""
    asked = {"game": fingerprint(game), **arguments}
    return Experiment(f"game_{method}", asked, (), futures, game.setup.random_seed, program=code())


def score_call(game: Game) -> tuple[Call, int]:
    """The scores of all seats."""

    def call(progress: Progress, stop: Stop) -> Record:
        plain_game, rows = without_people(game), []
        for done, name in enumerate(game.setup.seats, 1):
            if stop():
                raise Cancelled
            found = score_of(game, plain_game, find_seat(name), SCORED)
            kind = next(kind for kind, known in KINDS.items() if isinstance(found, known))
            rows.append({"kind": kind, "values": found.record()})
            progress(done, len(game.setup.seats))
        return {"scores": rows}

    return call, len(game.setup.seats)


def scores_of(record: Record) -> dict[str, Score]:
    """The scores that an answer holds, by seat."""
    found: list[Any] = [KINDS[one["kind"]](**one["values"]) for one in record["scores"]]
    return {one.seat: one for one in found}


def weigh_call(game: Game) -> tuple[Call, int]:
    """Every decision weighed, and every plan in every feared future."""
    runs = max(1, len(debrief.decisions_of(game)))

    def call(progress: Progress, stop: Stop) -> Record:
        try:
            weighed = debrief.all_weighed(game, futures=WEIGHED, progress=progress, cancel=stop)
        except Stopped as error:
            raise Cancelled from error
        rows = [{**one.record(), "order": {**one.order, "reason": ""}} for one in weighed]
        return {"weighed": rows, "regret": [one.record() for one in debrief.regret_table(game, WEIGHED)]}

    return call, runs


def weighed_of(record: Record) -> tuple[list[Weighed], list[Case]]:
    """The decisions and cases that an answer holds."""
    return [Weighed(**one) for one in record["weighed"]], [Case(**one) for one in record["regret"]]


def fork_call(game: Game, seat: str, turn: int, order: Order) -> tuple[Call, int]:
    """The game with another order, beside the game as it was played."""

    def call(progress: Progress, stop: Stop) -> Record:
        other = debrief.forked(game, seat, turn, order)
        debrief.points_in_futures(game, seat, FORKED)  # kept, so that the next call only runs the fork
        progress(1, 2)
        if stop():
            raise Cancelled
        found = debrief.weigh(other, seat, turn, order, game, FORKED)
        progress(2, 2)
        return {**found.record(), "order": {**found.order, "reason": ""}}

    return call, 2


def fork_of(record: Record) -> Weighed:
    """The difference that an answer holds: the other order less the one that was given."""
    parse_order(record["order"])
    return Weighed(**record)


def answered(wanted: Experiment, call: Call, runs: int, title: str, start: bool) -> Record | None:
    """The answer if there is one; else its progress, or the button that asks for it.

    start: begin by itself, unless it was cancelled or failed before.
    """
    seen = queue().look(wanted, analyse_queue.who())
    if seen is None and start:
        begin(wanted, call, runs)
        seen = queue().look(wanted, analyse_queue.who())
    if seen is not None and seen.record is not None:
        return seen.record
    if seen is not None and seen.state in ("waiting", "running"):
        progress(wanted, title)
        return None
    if seen is not None and seen.state == "failed":
        st.error(plain(game_words.sentence(ValueError(seen.sentence))), icon=":material/error:")
    st.button(
        _("Compute: {what}").format(what=title),
        icon=":material/play_arrow:",
        key=f"debrief_start_{wanted.fingerprint()[:12]}",
        on_click=begin,
        args=(wanted, call, runs),
    )
    return None


def begin(wanted: Experiment, call: Call, runs: int) -> None:
    """Ask for an answer."""
    try:
        queue().start(wanted, call, runs, analyse_queue.who())
    except Full:
        st.warning(_("Many debriefs wait already. Try again in a few minutes."), icon=":material/timer:")


def cancel(wanted: Experiment) -> None:
    """Take back what this reader asked for."""
    queue().cancel(wanted, analyse_queue.who())


@st.fragment(run_every=EVERY)
def progress(wanted: Experiment, title: str) -> None:
    """How far it is, and the button that stops it; draws the page anew when it has ended."""
    seen = queue().look(wanted, analyse_queue.who())
    if seen is None or seen.state not in ("waiting", "running"):
        st.rerun()
    seconds = seen.seconds or 0.0
    if seen.state == "waiting":
        st.progress(0.0, text=f"{plain(title)}. {said.waiting(seen.ahead, seconds)}")
    else:
        part = seen.done / seen.runs
        st.progress(part, text=_("{what}: {part} %").format(what=plain(title), part=round(100 * part)))
    st.button(
        _("Cancel"),
        icon=":material/cancel:",
        key=f"debrief_cancel_{wanted.fingerprint()[:12]}",
        on_click=cancel,
        args=(wanted,),
        disabled=seen.others > 0,
        help=_("Others wait for the same, so it goes on.") if seen.others else None,
    )
