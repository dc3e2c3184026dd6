"""What the Evidence page shows, kept in its address: the part, the search with its filters, a decision."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import streamlit as st

from sim.evidence.facts import nearest, quoted
from sim.evidence.tables import GRADES
from sim.report import holdup_decisions, published
from sim.report.language import _
from sim.report.subjects import KINDS
from sim.web.text import plain

NUMBERS = "numbers"
HOLDUP = "holdup"
PARTS = (NUMBERS, "sources", "dissent", "claims", "decisions", "deliveries", HOLDUP)
LONGEST = 200  # characters of a search
NAMES = ("part", "search", "kinds", "grades", "decision")  # of the parameters, and of the controls
BETWEEN = ","
FILTERS = (("kinds", KINDS), ("grades", GRADES))
SEEN = "ledger_address"


@dataclass(frozen=True)
class View:
    """A part of the page, what the numbers are narrowed to, and the past decision that is taken apart.

    Kinds and grades in the order of the page; no decision is the latest.
    """

    part: str = NUMBERS
    search: str = ""
    kinds: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    decision: str = ""

    @property
    def query(self) -> dict[str, str]:
        """The parameters of the address; what equals the start of the page is left out."""
        if self.part != NUMBERS:
            asked = self.part == HOLDUP and self.decision
            return {"part": self.part} | ({"decision": self.decision} if asked else {})
        texts = {
            "search": self.search,
            "kinds": BETWEEN.join(self.kinds),
            "grades": BETWEEN.join(self.grades),
        }
        return {name: text for name, text in texts.items() if text}


def parse(query: Mapping[str, str]) -> tuple[View, list[str]]:
    """The view that an address asks for, and a sentence for each part of it that is left out."""
    problems: list[str] = []
    part = _known([query.get("part", NUMBERS)], PARTS, "part", problems)
    kinds, grades = (
        _known([one for one in query.get(name, "").split(BETWEEN) if one], known, name, problems)
        for name, known in FILTERS
    )
    text = query.get("search", "")
    if len(text) > LONGEST:
        problems.append(
            _("the search is longer than {most} characters; its start is used").format(most=LONGEST)
        )
    decision = _known([one for one in [query.get("decision", "")] if one], examined(), "decision", problems)
    return View(part[0] if part else NUMBERS, text[:LONGEST], kinds, grades, "".join(decision)), problems


def examined() -> list[str]:
    """The past decisions that can be taken apart, the latest first."""
    exam = published.record("hindcast")
    return list(holdup_decisions.by_id(exam)) if exam else []


def _known(asked: Collection[str], known: Collection[str], name: str, problems: list[str]) -> tuple[str, ...]:
    for one in asked:
        if one not in known:
            sentence = _("{field} is {value}; {nearest}")
            problems.append(sentence.format(field=name, value=quoted(one), nearest=nearest(one, known)))
    return tuple(one for one in known if one in asked)


def read_address() -> None:
    """Give the controls what a new address asks for; one sentence says what cannot be used of it."""
    query = _present()
    view, problems = parse(query)
    if query != st.session_state.get(SEEN) or "part" not in st.session_state:
        for name in NAMES:
            value = getattr(view, name)
            st.session_state[name] = list(value) if isinstance(value, tuple) else value
        st.session_state["decision"] = view.decision or next(iter(examined()), None)
        st.session_state[SEEN] = query
    if problems:
        sentence = _("This link cannot be used as it is ({why}). The rest of it is shown.")
        st.warning(plain(sentence.format(why="; ".join(problems))), icon=":material/link_off:")


def write_address() -> None:
    """Make the address open the page with the same part and search; one that says the same stays as it is."""
    view, _problems = parse(_present())
    decision = st.session_state.get("decision")
    kinds, grades = (
        tuple(sorted(st.session_state.get(name, ()), key=list(known).index)) for name, known in FILTERS
    )
    now = View(
        st.session_state["part"],
        st.session_state.get("search", "").strip(),
        kinds,
        grades,
        decision if decision and decision not in examined()[:1] else "",
    )
    if now.query != view.query:
        others = {name: value for name, value in st.query_params.items() if name not in NAMES}
        st.query_params.from_dict(others | now.query)
        st.session_state[SEEN] = now.query


def _present() -> dict[str, str]:
    return {name: st.query_params[name] for name in NAMES if name in st.query_params}
