"""Policies that a seat may set: one at a time, within what a turn and the political capital allow."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from sim.game.allowed import capital_spent
from sim.game.orders import SetLever
from sim.game.seats import STATE
from sim.game.view_others import PolicySeen, policies_of
from sim.report import game_policies
from sim.report.language import _
from sim.web import play_session
from sim.web.play_session import Sitting
from sim.web.text import plain


def policies(sitting: Sitting) -> None:
    """The policies of the seat."""
    rows = policies_of(sitting.stand, sitting.seat)
    if not rows:
        return
    if sitting.seat.kind == STATE:
        title = _("Policies: what your ministry weighs most")
        box = st.expander(title, key="play_policies", on_change="rerun")
        if box.open:
            with box:
                _chosen(sitting, rows)
        return
    st.header(_("Policies"), anchor=False)
    capital = sitting.told.game.setup.capital
    st.markdown(plain(game_policies.capital(capital_spent(sitting.stand, sitting.orders), capital)))
    _chosen(sitting, rows)


def _chosen(sitting: Sitting, rows: Sequence[PolicySeen]) -> None:
    """One policy of those that the seat may set."""
    at = st.selectbox(
        _("Policy"),
        range(len(rows)),
        format_func=lambda at: game_policies.choice(rows[at]),
        key=f"play_policy_{sitting.turn}",
    )
    _policy(sitting, rows[at])


def _policy(sitting: Sitting, policy: PolicySeen) -> None:
    st.markdown(plain(policy.help))
    st.caption(plain(game_policies.limits(policy)))
    key = f"play_set_{sitting.turn}_{policy.lever.replace('.', '_')}"
    order = sitting.ordered("lever", policy.lever)
    values = game_policies.values(policy)
    stands = order.value if isinstance(order, SetLever) else policy.now
    nearest = min(values, key=lambda value: abs(value - stands))
    play_session.follow(key, nearest)
    st.selectbox(
        _("Set to"),
        values,
        format_func=lambda value: game_policies.value(policy, value),
        key=key,
        on_change=_set,
        args=(sitting.token, sitting.turn, policy, key),
    )
    play_session.problem(key)


def _set(token: str, turn: int, policy: PolicySeen, key: str) -> None:
    value = st.session_state[key]
    order = {"kind": "lever", "lever": policy.lever, "value": value}
    done = play_session.withdraw if value == policy.now else play_session.give
    if not done(key, token, turn, order):
        st.session_state.setdefault("play_seen", {}).pop(key, None)
