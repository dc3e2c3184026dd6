"""The guided tour of five steps: offered in one line, shown in a box on the page, kept in the address."""

from __future__ import annotations

import math

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from sim.policy.measures import ALLIANCE
from sim.report import tables, tour, words
from sim.report.language import _
from sim.report.measures import DIALS
from sim.report.tour import LAST, SPEED, Scene
from sim.web import choice, links
from sim.web.catalogue import Catalogue
from sim.web.engine import Pair
from sim.web.text import plain

LEVER = "us_delivery_release"
STATE = "NOR"
AT = choice.TOUR  # the name of the step in the session and in the address
WHY, CHECK = 4, LAST  # the steps that lead to another page


def step() -> int:
    """The present step, 0 outside of the tour."""
    return int(st.session_state.get(AT, 0))


def go(number: int) -> None:
    """Go to a step; 0 leaves the tour, which is not offered again."""
    st.session_state[AT] = number
    st.session_state["tour_offered"] = False


def read_address() -> None:
    """Take the step from a new address; call before `choice.read_address`, which knows who comes back."""
    asked = st.query_params.get(AT, "")
    if asked == st.session_state.get("tour_address", ""):
        return
    st.session_state["tour_address"] = asked
    if asked in [str(number) for number in range(1, LAST + 1)]:
        go(int(asked))
    elif not asked and not st.session_state.get("elsewhere", False):
        go(0)


def write_address() -> None:
    """Keep the step in the address, so that a teacher can link to it; call after `choice.write_address`."""
    now = str(step()) if step() else ""
    if now and st.query_params.get(AT) != now:
        st.query_params[AT] = now
    elif not now:
        st.query_params.pop(AT, None)
    st.session_state["tour_address"] = now


def show(spot: DeltaGenerator, pair: Pair, book: Catalogue) -> None:
    """The present step, or the offer of the tour to a reader who has not done anything yet."""
    if step():
        with spot.container(border=True, key="tour"):
            _step(step(), _scene(pair, book), book)
    elif st.session_state.get("tour_offered", True) and not choice.can_undo():
        with spot.container(horizontal=True, vertical_alignment="center", key="tour_offer"):
            st.markdown(_("New here? Five steps, two minutes."), width="content")
            st.button(_("Take the tour"), on_click=go, args=(1,))


def elsewhere(page_step: int) -> None:
    """On another page, while the tour is at the step that leads there: what to do, and the way back."""
    if step() != page_step:
        return
    with st.container(border=True, key="tour"):
        st.markdown(f"**{plain(tour.heading(page_step))}**")
        st.markdown(tour.elsewhere(page_step))
        onward = _("Go on to step {number}").format(number=page_step + 1)
        if st.button(onward if page_step < LAST else _("Back to Compare"), icon=":material/arrow_forward:"):
            go(min(page_step + 1, LAST))
            st.switch_page(links.COMPARE)


def _scene(pair: Pair, book: Catalogue) -> Scene:
    """What is on screen, in the words of the report."""
    now, lever = choice.current(), book.levers[LEVER]
    value = now.scenario.levers[LEVER]
    (one,) = tables.dials(pair.base, pair.other, STATE, (SPEED,))
    (everyone,) = tables.dials(pair.base, pair.other, ALLIANCE, (SPEED,))
    here = tables.dials(pair.base, pair.other, now.place, tuple(DIALS))
    return Scene(
        place=words.place_name(now.place, book.states),
        here={row.measure: row for row in here},
        lever=_(lever.label),
        about=_(lever.help),
        value=words.lever_value(value, lever.unit, lever.kind),
        target=words.lever_value(_target(book), lever.unit, lever.kind),
        grade=lever.grade,
        pulled=math.isclose(value, _target(book)),
        state=words.place_name(STATE, book.states),
        looking=now.place == STATE,
        everywhere=words.place_name(ALLIANCE, book.states),
        speed_state=one,
        speed_everywhere=everyone,
        is_baseline=pair.is_baseline,
    )


def _target(book: Catalogue) -> float:
    """Where the tour puts its lever: half of today's value."""
    return book.levers[LEVER].default / 2


def _step(number: int, scene: Scene, book: Catalogue) -> None:
    """Heading, a sentence or two, one thing to do, and the way on, back and out."""
    st.markdown(f"**{plain(tour.heading(number))}**")
    st.markdown(plain(tour.sentences(number, scene)))
    with st.container(horizontal=True, vertical_alignment="center"):
        _deed(number, scene, book)
        if number > 1:
            st.button(_("Back"), on_click=go, args=(number - 1,), key="tour_back")
        if number < LAST:
            onward = _("Next") if number != 2 or scene.pulled else _("Next, without moving it")
            st.button(onward, on_click=go, args=(number + 1,), key="tour_next")
        leave = _("Leave the tour") if number < LAST else _("Finish the tour")
        st.button(leave, on_click=go, args=(0,), key="tour_leave")


def _deed(number: int, scene: Scene, book: Catalogue) -> None:
    """The one thing to do in a step; what it changes can be undone like any other choice."""
    if number == 2:
        value = book.levers[LEVER].default if scene.pulled else _target(book)
        label = _("Set it back") if scene.pulled else _("Set it to {value}").format(value=scene.target)
        st.button(
            label, icon=":material/tune:", on_click=choice.set_lever, args=(LEVER, value), key="tour_do"
        )
    elif number == 3:
        place = ALLIANCE if scene.looking else STATE
        name = scene.everywhere if scene.looking else scene.state
        if scene.is_baseline:
            pull = _("Set “{lever}” to {value}").format(lever=scene.lever, value=scene.target)
            target = (LEVER, _target(book))
            st.button(
                plain(pull), icon=":material/tune:", on_click=choice.set_lever, args=target, key="tour_pull"
            )
        label = _("Look at {place}").format(place=name)
        st.button(label, icon=":material/place:", on_click=choice.look_at, args=(place,), key="tour_do")
    elif number == WHY:
        st.page_link(links.WHY, label=_("Ask why"), icon=":material/help_center:")
    elif number == CHECK:
        links.to_fact(LEVER, "default", book.seeds.start)
