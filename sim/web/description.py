"""The description of the model on a page: contents, search, the month as boxes, parts that open."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from sim.report import holdup, odd, outline, published
from sim.report.language import _, plural
from sim.report.outline import Part, Section
from sim.web import links
from sim.web.text import plain

ABREAST = 3  # boxes of the flow in a row; on a phone they stand below each other
MOST_HITS = 30
LONGEST_SEARCH = 60


@st.cache_resource(show_spinner=False)
def load(language: str) -> tuple[Section, ...]:
    """The description in a language, made once for all readers: its sources stay as they are."""
    return odd.sections()


def top() -> None:
    """What this is, and how the model fares against the record."""
    st.title(_("The model"), anchor=False)
    checks = published.checks()
    st.header(odd.headline(checks), anchor=False)
    if checks:
        st.caption(odd.measured_with(published.measured_with()))
    st.markdown(
        _(
            "That is how the model stands against the record and against what is plausible. "
            "What fails, and why, stands first under “Patterns and plausibility”."
        )
    )
    exam = published.record("hindcast")
    if exam:
        st.markdown(plain(holdup.headline(exam)))
        links.to_exam()
    st.markdown(odd.introduction())


def contents(sections: Sequence[Section]) -> None:
    """The sections as links, and the whole description as a file."""
    st.markdown("\n".join(f"- [{section.title}](#{section.id})" for section in sections))
    st.download_button(
        _("Download this description (Markdown)"),
        data=lambda: odd.document(sections),
        file_name="leadtime-model.md",
        mime="text/markdown",
        icon=":material/download:",
        on_click="ignore",
    )


def search(sections: Sequence[Section]) -> None:
    """A box that finds rules, constants, state variables, levers, cards, measures and checks by any words."""
    words = st.text_input(
        _("Find a rule, a number, a lever, a card, a measure or a check"),
        key="find",
        max_chars=LONGEST_SEARCH,
        placeholder=_("such as: process months"),
    )
    if not words.strip():
        return
    hits = outline.find(sections, words)
    if not hits:
        st.markdown(_("Nothing in the description holds all of these words; try fewer or shorter ones."))
        return
    found = plural("{number} entry found.", "{number} entries found.", len(hits)).format(number=len(hits))
    if len(hits) > MOST_HITS:
        found += " " + _("The first {number} are shown; a further word narrows it down.").format(
            number=MOST_HITS
        )
    st.caption(found)
    with st.container(border=True):
        for hit in hits[:MOST_HITS]:
            st.markdown(hit.item.markdown)
            st.caption(_("In: {section}, {part}").format(section=hit.section, part=hit.part))


def sections(found: Sequence[Section]) -> None:
    """Every section under the heading of its block."""
    block = ""
    for section in found:
        if section.block != block:
            block = section.block
            st.header(block, divider="gray", anchor=False)
        st.subheader(section.title, anchor=section.id)
        if section.text:
            st.markdown(section.text)
        if section.id == odd.PROCESS:
            flow(section.parts)
        else:
            for number, one in enumerate(section.parts):
                part(f"{section.id}_{number}", one)


def flow(stages: Sequence[Part]) -> None:
    """The stages of a month as boxes to be read in the order of their numbers."""
    for first in range(0, len(stages), ABREAST):
        row = stages[first : first + ABREAST]
        for column, stage in zip(st.columns(ABREAST), row, strict=False):
            with column.container(border=True, height="stretch"):
                st.markdown(f"**{stage.title}**\n\n{stage.markdown}")


def part(key: str, one: Part) -> None:
    """A part behind an opener; what is closed is not made, so that the page stays quick."""
    box = st.expander(one.title, key=f"part_{key}", on_change="rerun", expanded=one.first)
    if box.open:
        box.markdown(one.markdown or _("None."))
