"""What else could have happened: another offer in any turn, and another rule, with the same draws."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from sim.game import debrief, overview
from sim.game.errors import GameError
from sim.game.orders import Choose, Order, Wait
from sim.game.plans import plan_of_setup
from sim.game.replay import Standing, standing
from sim.game.seats import STATE, find_seat
from sim.game.turn import Game
from sim.game.view import TenderSeen, buyer_view
from sim.report import game_debrief_words as said
from sim.report import game_news, game_words, numbers, words
from sim.report.game_debrief import Debrief
from sim.report.game_words import category_name, state_name
from sim.report.language import _
from sim.web import catalogue, debrief_queue, tables
from sim.web.catalogue import Catalogue
from sim.web.text import plain


def is_long(game: Game) -> bool:
    """Whether the plan has time for feared futures and another rule; games without a plan have."""
    plan = plan_of_setup(game.setup)
    return plan is None or plan.is_long


def section(found: Debrief) -> None:
    """Fork any turn; in long plans change a rule, too."""
    st.header(_("What else could have happened"), divider="gray", anchor=False)
    box = st.expander(
        _("Take another offer"), icon=":material/alt_route:", key="debrief_fork", on_change="rerun"
    )
    if box.open:
        with box:
            fork(found.game)
    if not is_long(found.game):
        return
    box = st.expander(_("Change a rule"), icon=":material/rule:", key="debrief_rule", on_change="rerun")
    if box.open:
        with box:
            rule(found.game, catalogue.load(found.start))


def fork(game: Game) -> None:
    """Choose seat, turn, tender and another way to decide it; the difference under the same draws."""
    buyers = [name for name in game.setup.seats if find_seat(name).kind == STATE]
    if not buyers:
        st.markdown(_("No buying seat sat at this table."))
        return
    left, middle, right = st.columns(3)
    seat = left.selectbox(_("Seat"), buyers, format_func=game_news.seat_name, key="debrief_seat")
    turn = int(middle.selectbox(_("Turn"), range(1, len(game.turns) + 1), key="debrief_turn"))
    then = game.at(turn - 1)
    before = standing(then.held_by(then.people | {seat}))
    tenders = {(one.state, one.category): one for one in buyer_view(before, seat).tenders if one.offers}
    if not tenders:
        st.markdown(_("Nothing was decided by this seat at the beginning of this turn: choose another turn."))
        return
    need = right.selectbox(
        _("Tender"),
        list(tenders),
        format_func=lambda one: tender_name(*one),
        key=f"debrief_need_{seat}_{turn}",
    )
    order = other_way(tenders[need], given(game, seat, turn, need), f"{seat}_{turn}_{need[0]}_{need[1]}")
    call, runs = debrief_queue.fork_call(game, seat, turn, order)
    asked = debrief_queue.experiment(
        "fork", game, debrief_queue.FORKED, seat=seat, turn=str(turn), order=order.model_dump_json()
    )
    other = debrief.forked(game, seat, turn, order)
    record = debrief_queue.answered(asked, call, runs, _("what this would have meant"), start=False)
    if record is not None:
        one = debrief_queue.fork_of(record)
        st.markdown(plain(difference(one.effect, one.low, one.high, game_news.seat_name(seat))))
        beside(game, other)


def tender_name(state: str, category: str) -> str:
    """A tender in words."""
    return _("{state}, {category}").format(state=state_name(state), category=category_name(category))


def given(game: Game, seat: str, turn: int, need: tuple[str, str]) -> Order | None:
    """What the seat ordered about a tender; None where its rules decided."""
    for order in game.turns[turn - 1].of(seat):
        if isinstance(order, Choose | Wait) and (order.state, order.category) == need:
            return order
    return None


def other_way(tender: TenderSeen, was: Order | None, key: str) -> Order:
    """Another way to decide a tender."""
    ways: dict[str, Order] = {
        one.line: Choose(state=tender.state, category=tender.category, line=one.line) for one in tender.offers
    }
    ways["wait"] = Wait(state=tender.state, category=tender.category)
    if was is None:
        st.caption(_("In the game, the rules of the state decided this tender."))
    else:
        now = was.line if isinstance(was, Choose) else "wait"
        st.caption(_("In the game: {way}").format(way=plain(way_name(now))))
        if not (isinstance(was, Choose) and was.second):
            ways.pop(now, None)
    chosen = st.selectbox(_("Instead"), list(ways), format_func=way_name, key=f"debrief_way_{key}")
    return ways[chosen]


def way_name(way: str) -> str:
    """A way to decide, in words."""
    return _("none of the offers") if way == "wait" else game_words.line_name(way)


def difference(effect: float, low: float, high: float, seat: str) -> str:
    """What a fork changes for its seat; no direction is claimed where the interval holds zero."""
    values = {"seat": seat, "points": said.points(effect), "low": said.points(low), "high": said.points(high)}
    if low <= 0.0 <= high:
        text = _("No clear difference for {seat}: {points} points (95 % interval {low} to {high}).")
    else:
        text = _(
            "For {seat} it would have been {points} points (95 % interval {low} to {high}), all else equal."
        )
    return text.format(**values)


def beside(game: Game, other: Game) -> None:
    """The dials of all seats at the end, as played and in the other course, with the same draws."""
    tables.small_table(
        dials_beside(standing(game), standing(other)),
        _("At the end, with the same draws: as it was → as it would have been"),
    )


def dials_beside(was: Standing, would: Standing) -> pd.DataFrame:
    """A row per buying seat, in the order of the table."""
    rows = zip(overview.dials_of_seats(was), overview.dials_of_seats(would), strict=True)
    return pd.DataFrame(
        [
            {
                _("Seat"): game_news.seat_name(one.seat),
                _("Usable"): arrow(numbers.percent(one.speed), numbers.percent(two.speed)),
                _("Price index"): arrow(game_news.cost_text(one.cost), game_news.cost_text(two.cost)),
                _("Largest hold"): arrow(numbers.percent(one.reliance), numbers.percent(two.reliance)),
            }
            for one, two in rows
        ]
    )


def arrow(was: str, would: str) -> str:
    """Two values beside each other; one where they are the same."""
    return was if was == would else f"{was} → {would}"


def rule(game: Game, book: Catalogue) -> None:
    """One rule of the world changed, all orders and draws the same."""
    known = {
        name: lever
        for name, lever in book.levers.items()
        if not catalogue.is_of_a_state(name) and lever.low < lever.high
    }
    left, right = st.columns(2)
    name = left.selectbox(
        _("Rule"), list(known), format_func=lambda one: _(known[one].label), key="debrief_lever"
    )
    lever = known[name]
    value = right.slider(
        _("Value"),
        float(lever.low),
        float(lever.high),
        float(lever.default),
        key=f"debrief_value_{name}",
        help=_(lever.help),
    )
    st.caption(plain(words.lever_value(value, lever.unit, lever.kind)))
    try:
        changed = debrief.rerun(game, name, value)
        beside(game, changed)
    except GameError as error:
        st.warning(plain(game_words.sentence(error)), icon=":material/error:")
        return
    st.caption(
        _(
            "What a seat set in its own turns stands also here. What stays the same: every order and every "
            "draw."
        )
    )
