"""The screen of an industry's or the Alliance's seat: plants with prices, promises and growth."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from sim.game.view_others import OtherView, PlantSeen
from sim.report import game_policies, numbers
from sim.report.game_words import category_name, seat_name, state_name
from sim.report.language import _
from sim.web import play_session
from sim.web.play_session import Sitting
from sim.web.play_tables import opener
from sim.web.text import plain

PRICES = (0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.15)
PROMISES = (1.0, 0.9, 0.8, 0.7)
BY_RULE = -1.0
GROWTHS = (BY_RULE, 0.0, 0.1, 0.2, 0.3)


def headline(sitting: Sitting, view: OtherView) -> None:
    """One sentence on what this seat sees."""
    st.header(plain(_headline(sitting, view)), anchor=False)


def _headline(sitting: Sitting, view: OtherView) -> str:
    name = seat_name(sitting.seat.id)
    if view.plants:
        busiest = max(view.plants, key=lambda one: one.backlog * one.price)
        text = _(
            "{seat}: most work by value for {category}, {cover}; contracts behind their promise: {late}."
        )
        return text.format(
            seat=name, category=category_name(busiest.category),
            cover=numbers.amount("years", game_policies.years_of_work(busiest)),
            late=sum(one.late for one in view.plants),
        )  # fmt: skip
    worst = min(view.states, key=lambda one: one.speed)
    text = _(
        "{seat}: of the states at the table, {state} can use the smallest part of what it needs, {share}."
    )
    return text.format(seat=name, state=state_name(worst.state), share=numbers.percent(worst.speed))


def plants(sitting: Sitting, view: OtherView) -> None:
    """What the industry makes, one category at a time, with its price, promise and growth."""
    if not view.plants:
        return
    st.header(_("Your plants"), anchor=False)
    at = st.selectbox(
        _("Category"),
        range(len(view.plants)),
        format_func=lambda at: _(view.plants[at].label),
        key=f"play_plant_{sitting.turn}",
    )
    plant = view.plants[at]
    st.markdown(plain(game_policies.plant(plant)))
    _control(sitting, plant, "price", "factor", PRICES, plant.stance)
    _control(sitting, plant, "promise", "factor", PROMISES, plant.promise)
    _control(sitting, plant, "expand", "share", GROWTHS, BY_RULE)
    st.caption(
        _("Labour lets these plants grow by {share} a year at most.").format(
            share=numbers.percent(plant.growth)
        )
    )
    opener(_table(view), _("All plants"), "play_plants")


def _control(
    sitting: Sitting, plant: PlantSeen, kind: str, field: str, values: tuple[float, ...], now: float
) -> None:
    """One thing that an industry sets for a category."""
    labels = {
        "price": (_("Ask for"), game_policies.price_factor),
        "promise": (_("Promise delivery"), game_policies.promise_factor),
        "expand": (_("Grow this year"), game_policies.growth),
    }
    label, said = labels[kind]
    key = f"play_{kind}_{sitting.turn}_{plant.category}"
    order = sitting.ordered(kind, plant.category)
    stands = getattr(order, field) if order is not None else now
    stands = min(values, key=lambda one: abs(one - stands))
    play_session.follow(key, stands)
    st.selectbox(
        label,
        values,
        format_func=said,
        key=key,
        on_change=_set,
        args=(sitting.token, sitting.turn, plant.category, kind, field, key),
    )
    play_session.problem(key)


def _set(token: str, turn: int, category: str, kind: str, field: str, key: str) -> None:
    value = st.session_state[key]
    if value == BY_RULE:
        order = {"kind": kind, "category": category, field: 0.0}
        play_session.withdraw(key, token, turn, order)
        return
    play_session.give(key, token, turn, {"kind": kind, "category": category, field: value})


def _table(view: OtherView) -> pd.DataFrame:
    """All plants by category."""
    return pd.DataFrame(
        {
            _("Category"): [_(one.label) for one in view.plants],
            _("A year"): [f"{one.capacity:,.0f}" for one in view.plants],
            _("Ordered, not delivered"): [f"{one.backlog:,.0f}" for one in view.plants],
            _("Work in hand"): [
                numbers.amount("years", game_policies.years_of_work(one)) for one in view.plants
            ],
            _("Base price"): [numbers.money(one.price) for one in view.plants],
            _("Price asked"): [game_policies.price_factor(one.stance) for one in view.plants],
            _("Promise"): [game_policies.promise_factor(one.promise) for one in view.plants],
            _("Behind promise"): [f"{one.late}" for one in view.plants],
        }
    )
