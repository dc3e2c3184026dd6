"""What the reader has chosen: scenario, own changes, place and date; kept in the session and in the address.

The address is the share link. It is read like a file from a stranger: when it cannot be used, one sentence
says why and the baseline is shown.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import streamlit as st

from sim.evidence.facts import nearest, quoted
from sim.evidence.starts import BASE
from sim.model.version import MODEL_VERSION
from sim.policy.dates import years_within
from sim.policy.measures import ALLIANCE
from sim.policy.scenario import Card, Scenario, ScenarioError, Scheduled, from_query
from sim.report import versions
from sim.report.language import _
from sim.web.catalogue import BEFORE_THE_WAR, Catalogue, question_title

UNTIL = (2027, 2029, 2030, 2035)
LONGEST_HISTORY = 50
KEPT = 3  # scenarios that a reader can keep beside the present one
BETWEEN = ","  # stands between them in a link; no scenario's own text has it
MODEL = "model"  # the model version a link was made with stands in it
TOUR = "tour"  # the step of the tour stands in the address beside the choice
STATE = "panel_state"  # the state whose own levers the panel shows


@dataclass(frozen=True)
class Choice:
    """One state of the page: a scenario as it stands in its file, and what the reader put on top."""

    preset: Scenario
    changes: Mapping[str, float] = field(default_factory=dict)
    place: str = ALLIANCE
    until: int = 2030
    placed: tuple[Card, ...] = ()
    dated: tuple[Scheduled, ...] = ()
    facts: Mapping[str, float] = field(default_factory=dict)
    beside: tuple[Choice, ...] = ()  # kept beside this one, each as `bare`

    @property
    def bare(self) -> Choice:
        """The scenario and what the reader put on top; place and date are shared by all beside each other."""
        return replace(self, place=ALLIANCE, until=Choice.until, beside=())

    @cached_property
    def asked(self) -> str:
        """What tells one run from another, whatever the place and the date (a fingerprint, kept)."""
        return self.bare.scenario.fingerprint()

    @property
    def moves(self) -> int:
        """How many changes of the reader's own there are: levers, dated changes, cards, held numbers."""
        return len(self.changes) + len(self.dated) + len(self.placed) + len(self.facts)

    @property
    def is_baseline(self) -> bool:
        """Whether the chosen scenario (without the reader's changes) is the baseline of its start."""
        return self.preset.id in ("baseline", BEFORE_THE_WAR)

    @property
    def is_changed(self) -> bool:
        """Whether it is anything but a named scenario as it stands in its file."""
        return bool(self.changes or self.facts) or self.needs_file

    @property
    def needs_file(self) -> bool:
        """Whether only a file says it all: what is placed in time has no option on the command line."""
        return bool(self.placed or self.dated) or "-" in self.preset.id

    @property
    def file_name(self) -> str:
        """The name of its file."""
        return self.scenario.file_name

    @property
    def arguments(self) -> list[str]:
        """The scenario on a command line: its name with levers set, or a file (as for the eve of the war)."""
        if self.needs_file:
            return [self.file_name]
        name = self.preset.base_id
        words = [f"{name}.toml" if name == BEFORE_THE_WAR else name]
        for lever, value in self.changes.items():
            words += ["--set", f"{lever}={value:.10g}"]
        for fact, value in self.facts.items():
            words += ["--fact", f"{fact}={value:.10g}"]
        return words

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario to run, kept: the preset until the chosen date, with the changes of the reader."""
        counted = replace(self.preset, horizon_year=self.until)
        moved = counted.with_levers(self.changes).with_schedule(self.dated)
        return moved.with_cards(self.placed).with_facts(self.facts)


@dataclass(frozen=True)
class Arrival:
    """A link or file as it came: the choice, what could not be used of it, and the model version it names."""

    choice: Choice
    problems: tuple[str, ...] = ()
    made_with: str = ""


def to_query(choice: Choice) -> dict[str, str]:
    """The address parameters of a choice and the model version; empty for the start of the page."""
    text = link_text(choice)
    query = {} if text == "baseline" else {"scenario": text}
    if choice.place != ALLIANCE:
        query["place"] = choice.place
    if choice.beside:
        kept = [replace(one, until=one.preset.horizon_year) for one in choice.beside]
        query["beside"] = BETWEEN.join(link_text(one) for one in kept)
    return query | {MODEL: MODEL_VERSION} if query else {}


def link_text(choice: Choice) -> str:
    """A scenario in an address: its name, or the name and what differs."""
    if choice.is_changed or choice.until != choice.preset.horizon_year:
        return choice.scenario.to_query()
    return choice.preset.id


def from_address(query: Mapping[str, str], book: Catalogue) -> tuple[Choice, list[str]]:
    """The choice in an address, and a sentence for each part that cannot be used and is left out."""
    choice, problems = Choice(book.questions["baseline"]), []
    if "scenario" in query:
        try:
            choice = linked(query["scenario"], book)
        except ScenarioError as error:
            problems.append(str(error))
    place = query.get("place", choice.place)
    if place in book.places():
        choice = replace(choice, place=place)
    else:
        sentence = _("unknown place {place}; {nearest}")
        problems.append(sentence.format(place=quoted(place), nearest=nearest(place, book.places())))
    kept, others = _kept(query.get("beside", ""), book)
    if MODEL in query and (problem := versions.problem(query[MODEL])):
        others.append(problem)
    return replace(choice, beside=kept), [*problems, *others]


def _kept(text: str, book: Catalogue) -> tuple[tuple[Choice, ...], list[str]]:
    """The scenarios kept beside in an address, and a sentence for each that is left out."""
    texts = text.split(BETWEEN) if text else []
    problems: list[str] = []
    if len(texts) > KEPT:
        sentence = _("only {most} scenarios can be kept beside; the link has {number}")
        problems.append(sentence.format(most=KEPT, number=len(texts)))
    kept: list[Choice] = []
    for part in texts[:KEPT]:
        try:
            found = linked(part, book).bare
        except ScenarioError as error:
            problems.append(_("kept beside: {why}").format(why=error))
            continue
        if found.asked in [one.asked for one in (Choice(book.baselines[found.preset.start]), *kept)]:
            problems.append(_("kept beside: {text} stands there already").format(text=quoted(part)))
        else:
            kept.append(found)
    return tuple(kept), problems


def linked(text: str, book: Catalogue) -> Choice:
    """A scenario name or the text of a link as a choice; raises ScenarioError.

    What a link has beyond the named scenario (levers, dated changes, cards, facts) becomes the reader's
    changes; a link that takes dated entries of the scenario away stands as a scenario of its own.
    """
    if text in book.questions:
        return opened(book.questions[text])
    if "~" not in text:
        sentence = _("unknown scenario {text}; {nearest}")
        raise ScenarioError(sentence.format(text=quoted(text), nearest=nearest(text, book.questions)))
    found = from_query(text)
    preset = book.questions.get(found.base_id, book.baselines[found.start])
    before = preset.levers
    changes = {name: value for name, value in found.settings if before[name] != value}
    kept = preset.with_levers(changes).schedule
    choice = Choice(
        preset,
        changes,
        until=found.horizon_year,
        placed=found.shocks[len(preset.shocks) :],
        dated=tuple(entry for entry in found.schedule if entry not in kept),
        facts={name: value for name, value in found.facts if (name, value) not in preset.facts},
    )
    if choice.scenario.fingerprint() == found.fingerprint():
        return choice
    return Choice(found, until=found.horizon_year)


def opened(preset: Scenario) -> Choice:
    """A scenario as it stands in its file."""
    return Choice(preset, until=preset.horizon_year)


def years(start: str) -> tuple[int, ...]:
    """The years until which gaps can be counted in a run of this start."""
    if start == BASE:
        return UNTIL
    first, last = years_within(start)
    return tuple(range(first + 1, last + 1, 2))


def dated(one: Choice, now: Choice) -> Choice:
    """A kept scenario with the place and the date of the present one."""
    return replace(one, place=now.place, until=now.until)


def ask(preset: Scenario) -> None:
    """Choose a scenario: changes and date stay, except where it starts at another time."""
    now = current()
    if preset.start == now.preset.start:
        change(replace(now, preset=preset))
    else:
        change(replace(opened(preset), place=now.place, beside=now.beside))


def look_at(place: str) -> None:
    """Choose a place; the panel shows the levers of that state."""
    change(replace(current(), place=place))
    if place != ALLIANCE:
        st.session_state[STATE] = place


def current() -> Choice:
    """The reader's choice in this session (`read_address` makes the first one)."""
    choice: Choice = st.session_state["choice"]
    return choice


def change(choice: Choice) -> None:
    """Make this the choice and remember the one before for undo."""
    if choice == current():
        return
    history: list[Choice] = st.session_state.setdefault("history", [])
    history.append(current())
    del history[:-LONGEST_HISTORY]
    st.session_state["choice"] = choice


def seat(key: str, value: object) -> None:
    """Give a widget its value before it is made, and only if it has another.

    A value set again and again would take the slider back while a reader keeps pressing the arrow key.
    """
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def can_undo() -> bool:
    """Whether there is a choice to go back to."""
    return bool(st.session_state.get("history"))


def undo() -> None:
    """Go back to the choice before the last change."""
    if can_undo():
        st.session_state["choice"] = st.session_state["history"].pop()


def reset(baseline: Scenario) -> None:
    """Go back to the baseline, keeping the place and the date; can be undone."""
    change(replace(current(), preset=baseline, changes={}, placed=(), dated=(), facts={}))


def place_card(card: Card) -> None:
    """Let a card strike in a month; the same card in the same month only once."""
    now = current()
    others = tuple(one for one in now.placed if (one.card, one.at) != (card.card, card.at))
    change(replace(now, placed=(*others, card)))


def remove_card(card: Card) -> None:
    """Take back a card that the reader placed."""
    now = current()
    change(replace(now, placed=tuple(one for one in now.placed if one != card)))


def set_later(entry: Scheduled) -> None:
    """Let a lever stand elsewhere from a month on; a lever moves only once in a month."""
    now = current()
    others = tuple(one for one in now.dated if (one.lever, one.at) != (entry.lever, entry.at))
    change(replace(now, dated=tuple(sorted((*others, entry), key=lambda one: (one.at, one.lever)))))


def remove_later(entry: Scheduled) -> None:
    """Take back a dated change of the reader."""
    now = current()
    change(replace(now, dated=tuple(one for one in now.dated if one != entry)))


def hold_fact(fact: str, value: float) -> None:
    """Hold a fact at a value instead of drawing it."""
    now = current()
    change(replace(now, facts={**now.facts, fact: value}))


def release_fact(fact: str) -> None:
    """Let a fact be drawn from its evidence again."""
    now = current()
    change(replace(now, facts={name: value for name, value in now.facts.items() if name != fact}))


def set_lever(lever: str, value: float) -> None:
    """Set one lever; a value equal to the scenario's own is no change."""
    now = current()
    changes = {name: number for name, number in now.changes.items() if name != lever}
    value = round(value, 6)  # a slider answers 0.30000000000000004
    if not math.isclose(value, now.preset.levers[lever], abs_tol=1e-9):
        changes[lever] = value
    change(replace(now, changes=changes))


def read_address(book: Catalogue) -> list[str]:
    """Take the choice from a new address (a link, the back button); returns what could not be used."""
    query = {name: value for name, value in st.query_params.items() if name != TOUR}
    if st.session_state.pop("elsewhere", False) and not query and "choice" in st.session_state:
        st.session_state["address"] = query  # the choice waited while the reader was on another page
    if query == st.session_state.get("address"):
        came: Arrival | None = arrival()
        return list(came.problems) if came else []
    choice, problems = from_address(query, book)
    if "choice" in st.session_state:
        change(choice)
    else:
        st.session_state["choice"] = choice
    st.session_state["address"] = query
    arrive(Arrival(choice, tuple(problems), query.get(MODEL, "")))
    return problems


def arrive(came: Arrival) -> None:
    """Keep what is to be said of a link or a file."""
    st.session_state["arrival"] = came


def arrival() -> Arrival | None:
    """What is to be said of the link or file that the reader opened, until the scenario is another one."""
    came: Arrival | None = st.session_state.get("arrival")
    return came if came is not None and came.choice.asked == current().asked else None


def made_with() -> str:
    """The model version that the link or file names, until the scenario is another one."""
    came = arrival()
    return came.made_with if came else ""


def leave() -> None:
    """Note that the reader is on another page: the choice waits, and its address is written on return."""
    st.session_state["elsewhere"] = True


def write_address() -> None:
    """Make the address the share link of the present choice.

    One that says the same stays as it came: with the version it was made with, and without a second entry in
    the browser's history, from which the back button would lead no further.
    """
    query = to_query(current())
    if _unversioned(query) != _unversioned(st.session_state.get("address", {})):
        step = {TOUR: st.query_params[TOUR]} if TOUR in st.query_params else {}
        st.query_params.from_dict(query | step)
        st.session_state["address"] = query


def _unversioned(query: Mapping[str, str]) -> dict[str, str]:
    """An address without the model version."""
    return {name: value for name, value in query.items() if name != MODEL}


def title(one: Choice) -> str:
    """The title of a scenario, and whether it is changed, and by whom."""
    named = question_title(one.preset)
    if not one.is_changed:
        return named
    if one == st.session_state.get("choice"):
        return _("{title}, with your changes").format(title=named)
    return _("{title}, with changes").format(title=named)
