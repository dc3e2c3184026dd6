"""Scenarios kept beside the present one: keep, add, go on with one, remove, and see all of them together."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import streamlit as st

import sim
from sim.report import beside, words
from sim.report.beside import LETTERS, SIGNS, Side
from sim.report.language import _, plural
from sim.web import beside_parts, catalogue, choice, engine, foot
from sim.web.catalogue import Catalogue, question_title
from sim.web.choice import Choice
from sim.web.engine import Pair
from sim.web.text import plain

ADD = "beside_add"  # the chooser of a scenario to set beside; empty again after each choice


def keep(one: Choice) -> None:
    """Keep a scenario beside the present one; can be undone."""
    now = choice.current()
    if not why_not(one, now):
        choice.change(replace(now, beside=(*now.beside, one.bare)))


def remove(one: Choice) -> None:
    """Keep this one no longer; can be undone."""
    now = choice.current()
    choice.change(replace(now, beside=tuple(other for other in now.beside if other != one)))


def go_on(one: Choice) -> None:
    """Make a kept scenario the present one; what was present takes its place, unless it is there anyway."""
    now = choice.current()
    others = tuple(other for other in now.beside if other != one)
    kept = (now.bare if other == one else other for other in now.beside)
    stays = now.asked in [_baseline(now.preset.start).asked, one.asked, *(other.asked for other in others)]
    same_start = one.preset.start == now.preset.start
    until = now.until if same_start else one.preset.horizon_year
    choice.change(replace(one, place=now.place, until=until, beside=others if stays else tuple(kept)))


def why_not(one: Choice, now: Choice) -> str:
    """Why a scenario cannot be kept beside; empty if it can."""
    if len(now.beside) >= choice.KEPT:
        return _("Three scenarios are kept beside already. Remove one of them first.")
    if one.asked == _baseline(one.preset.start).asked:
        return _("The baseline is always drawn. Choose a question or move a lever first.")
    if one.asked in [other.asked for other in now.beside]:
        return _("This scenario is kept beside already. Change something, and you can keep that too.")
    return ""


@cache
def _baseline(start: str) -> Choice:
    return Choice(catalogue.load(start).baseline)


def controls(book: Catalogue) -> None:
    """A button that keeps the present scenario, and a chooser that sets a named one beside it."""
    now = choice.current()
    reason = why_not(now, now)
    known = [book.baseline.id, *(one.preset.id for one in now.beside if not one.is_changed)]
    offered = {
        id: scenario
        for id, scenario in book.questions.items()
        if scenario.start == now.preset.start and id not in known
    }
    with st.container(horizontal=True, vertical_alignment="bottom", key="beside_controls"):
        st.button(
            _("Keep beside"),
            icon=":material/push_pin:",
            on_click=keep,
            args=(now,),
            disabled=bool(reason),
            help=reason
            or _("Keeps this scenario with your changes, so that you can go on and compare both."),
        )
        if len(now.beside) < choice.KEPT:
            st.selectbox(
                _("Set another scenario beside"),
                list(offered),
                index=None,
                format_func=lambda one: question_title(offered[one]),
                placeholder=_("Choose a scenario"),
                key=ADD,
                on_change=_added,
                args=(book,),
                help=_("Up to three, all with the same start: only those can be compared run by run."),
                width=320,
            )


def _added(book: Catalogue) -> None:
    chosen = st.session_state[ADD]
    if chosen:
        keep(Choice(book.questions[chosen]))
        st.session_state[ADD] = None


def runs(book: Catalogue, number: int) -> dict[str, sim.Result]:
    """The runs of the kept scenarios that start with the present one, by letter; mostly from the cache.

    Raises sim.Cancelled when the reader moved on.
    """
    now = choice.current()
    return {
        letter: engine.pair(choice.dated(one, now), book, number).other
        for letter, one in zip(LETTERS[1:], now.beside, strict=False)
        if one.preset.start == now.preset.start
    }


def section(pair: Pair, kept: dict[str, sim.Result], book: Catalogue, dark: bool) -> None:
    """All scenarios beside each other; nothing where none is kept."""
    now = choice.current()
    if not now.beside:
        return
    names = {letter: name_of(one, book) for letter, one in zip(LETTERS, (now, *now.beside), strict=False)}
    sides = [Side(letter, names[letter], run) for letter, run in kept.items()]
    if sides and _is_of_its_own(now):
        sides = [Side("A", names["A"], pair.other), *sides]
    place, within = (name(now.place, book.states) for name in (words.place_name, words.place_within))
    st.header(_("Beside each other: {place}").format(place=place), divider="gray", anchor=False)
    if sides:
        st.markdown(f"**{plain(beside.headline(pair.base, sides, now.place, within))}**")
    _others_start(kept, names)
    _cards(names)
    if not sides:
        return
    beside_parts.dots(pair, sides, place, dark)
    beside_parts.table(pair, sides, place)
    beside_parts.lines(pair, sides, place, dark)
    beside_parts.show_command(sides, book, pair.base.replications)


def name_of(one: Choice, book: Catalogue) -> str:
    """A short name: the title of the scenario, a single lever with its value, or the title and how many."""
    title = _(one.preset.title)
    changed = one.moves
    if not changed:
        return _("{title}, changed").format(title=title) if one.needs_file else title
    if one.is_baseline and list(one.changes) and changed == 1:
        ((lever, value),) = one.changes.items()
        about = book.levers[lever]
        text = words.lever_value(value, about.unit, about.kind)
        return _("{lever}: {value}").format(lever=_(about.label), value=text)
    return plural("{title} with {number} change", "{title} with {number} changes", changed).format(
        title=title, number=changed
    )


def _is_of_its_own(now: Choice) -> bool:
    """Whether the present scenario is none of those that are drawn anyway."""
    return now.asked not in [_baseline(now.preset.start).asked, *(one.asked for one in now.beside)]


def _others_start(kept: dict[str, sim.Result], names: dict[str, str]) -> None:
    """Say which of the kept scenarios cannot be compared, and why."""
    now = choice.current()
    others = [letter for letter in list(names)[1:] if letter not in kept]
    if others:
        start = next(one.preset.start for one in now.beside if one.preset.start != now.preset.start)
        sentence = plural(
            "{names} starts in {other}, the present scenario in {month}. Runs of different starts cannot be "
            "compared one by one, so it waits here until you choose a scenario of its start.",
            "{names} start in {other}, the present scenario in {month}. Runs of different starts cannot be "
            "compared one by one, so they wait here until you choose a scenario of their start.",
            len(others),
        ).format(
            names=words.listed(others), other=words.month(start), month=words.month(now.preset.start)
        )  # fmt: skip
        st.info(sentence, icon=":material/history:")


def _cards(names: dict[str, str]) -> None:
    """One box per scenario: its letter and sign, its name, what differs, and what can be done with it."""
    now = choice.current()
    for column, (letter, name), one in zip(
        st.columns(len(names)), names.items(), (now, *now.beside), strict=True
    ):
        with column.container(border=True, height="stretch", key=f"beside_{letter}", gap="small"):
            st.markdown(f"**{letter} {SIGNS[letter]} {plain(name)}**")
            if letter == "A":
                _present(now)
            _differences(one, letter)
            if letter != "A":
                _buttons(one, letter)


def _present(now: Choice) -> None:
    """What A is; and why it is not drawn where it is not."""
    same = [letter for letter, one in zip(LETTERS[1:], now.beside, strict=False) if now.asked == one.asked]
    if now.asked == _baseline(now.preset.start).asked:
        text = _("Your present scenario is still the baseline: change something, and A is drawn.")
    elif same:
        text = _("Your present scenario is still the same as {letter}: change something, and A is drawn.")
        text = text.format(letter=same[0])
    else:
        text = _("Your present scenario.")
    st.caption(text)


def _differences(one: Choice, letter: str) -> None:
    box = st.expander(_("What differs"), key=f"differs_{letter}", on_change="rerun")
    if box.open:
        with box:
            foot.differences(one.scenario, catalogue.load(one.preset.start))


def _buttons(one: Choice, letter: str) -> None:
    st.button(
        _("Go on with {letter}").format(letter=letter),
        icon=":material/edit:",
        key=f"go_on_{letter}",
        on_click=go_on,
        args=(one,),
        help=_("It becomes your present scenario; the one you have now takes its place here."),
        width="stretch",
    )
    st.button(
        _("Remove {letter}").format(letter=letter),
        icon=":material/delete:",
        key=f"remove_{letter}",
        on_click=remove,
        args=(one,),
        width="stretch",
    )
