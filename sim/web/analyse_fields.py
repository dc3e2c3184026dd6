"""What a method of the Analyse page asks for: each argument as a control and as text in the address.

A field checks what comes from an address like a file from a stranger, and knows what to begin with.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import streamlit as st

from sim.evidence.facts import nearest, quoted
from sim.experiment.points import USUAL, Outcome
from sim.policy.errors import ScenarioError
from sim.policy.measures import ALLIANCE
from sim.report import words
from sim.report.language import _, mark
from sim.report.measures import DIALS, EVERY, MEASURES
from sim.web import choice
from sim.web.catalogue import Catalogue, question_title
from sim.web.choice import Choice

Arguments = Mapping[str, str]
Options = Callable[[Catalogue, Arguments], Mapping[str, str]]
BETWEEN = ","  # stands between several values in an address
COUNTS = ("20", "50", "100", "200")


@dataclass(frozen=True)
class Field:
    """One argument: its name in the address, its label, what it begins with, and what helps to choose.

    only_shown: it chooses what to show of a result, which is the same whatever it is. needed: whether the
    fields above leave it anything to say; where not, it is neither shown nor part of the address.
    """

    name: str
    label: str
    begin: Callable[[Catalogue, Arguments], str]
    help: str = ""
    only_shown: bool = field(default=False, kw_only=True)
    needed: Callable[[Arguments], bool] = field(default=lambda before: True, kw_only=True)

    def check(self, text: str, book: Catalogue, before: Arguments) -> str:
        """The text as it is used; `before` holds the fields above it. Raises ScenarioError."""
        raise NotImplementedError

    def show(
        self, key: str, value: str, book: Catalogue, before: Arguments, moved: Callable[[], None]
    ) -> None:
        """The control, standing at this value."""
        raise NotImplementedError

    def text(self, value: Any, book: Catalogue, before: Arguments) -> str:
        """What a control answers, as text."""
        return str(value)


@dataclass(frozen=True)
class OneOf(Field):
    """One of several options: text in the address to words on screen."""

    options: Options = field(kw_only=True)

    def check(self, text: str, book: Catalogue, before: Arguments) -> str:
        """One of the options. Raises ScenarioError naming the nearest."""
        return known(self.name, text, self.options(book, before))

    def show(
        self, key: str, value: str, book: Catalogue, before: Arguments, moved: Callable[[], None]
    ) -> None:
        """A box to select from."""
        names = self.options(book, before)
        choice.seat(key, value)
        st.selectbox(
            _(self.label),
            list(names),
            format_func=lambda one: names.get(one, one),
            key=key,
            help=_(self.help) or None,
            on_change=moved,
        )


@dataclass(frozen=True)
class SeveralOf(Field):
    """Some of several options, at most so many."""

    options: Options = field(kw_only=True)
    most: int = field(kw_only=True)

    def check(self, text: str, book: Catalogue, before: Arguments) -> str:
        """Those of the options, in their order. Raises ScenarioError: the nearest, or how many may be."""
        options = self.options(book, before)
        chosen = {known(self.name, one, options) for one in text.split(BETWEEN)} if text else set()
        if len(chosen) > self.most:
            sentence = _("{field} may hold {most} at most; there are {number}")
            raise ScenarioError(sentence.format(field=self.name, most=self.most, number=len(chosen)))
        return BETWEEN.join(one for one in options if one in chosen)

    def show(
        self, key: str, value: str, book: Catalogue, before: Arguments, moved: Callable[[], None]
    ) -> None:
        """A box that takes several."""
        names = self.options(book, before)
        choice.seat(key, several(value))
        st.multiselect(
            _(self.label),
            list(names),
            format_func=lambda one: names.get(one, one),
            max_selections=self.most,
            key=key,
            help=_(self.help) or None,
            placeholder=_("Choose some"),
            on_change=moved,
        )

    def text(self, value: Any, book: Catalogue, before: Arguments) -> str:
        """The chosen ones beside each other."""
        return BETWEEN.join(value)


@dataclass(frozen=True)
class Span:
    """Where a number may lie; unit and factor: in what unit the control shows it, `factor` times as large."""

    low: float
    high: float
    step: float
    unit: str = ""
    factor: float = 1.0


@dataclass(frozen=True)
class Number(Field):
    """A number within a span, which may follow from the fields above it."""

    span: Callable[[Catalogue, Arguments], Span] = field(kw_only=True)

    def check(self, text: str, book: Catalogue, before: Arguments) -> str:
        """The number as short as it reads back. Raises ScenarioError naming the span."""
        span = self.span(book, before)
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not span.low <= value <= span.high:
            sentence = _("{field} must be a number from {low} to {high}; got {text}")
            raise ScenarioError(
                sentence.format(
                    field=self.name, low=f"{span.low:g}", high=f"{span.high:g}", text=quoted(text)
                )
            )
        return f"{value:.6g}"

    def show(
        self, key: str, value: str, book: Catalogue, before: Arguments, moved: Callable[[], None]
    ) -> None:
        """A box for a number."""
        span = self.span(book, before)
        choice.seat(key, round(span.factor * float(value), 6))
        label = _(self.label)
        st.number_input(
            _("{label} ({unit})").format(label=label, unit=span.unit) if span.unit else label,
            span.factor * span.low,
            span.factor * span.high,
            step=span.factor * span.step,
            format="%g",
            key=key,
            help=_(self.help) or None,
            on_change=moved,
        )

    def text(self, value: Any, book: Catalogue, before: Arguments) -> str:
        """As in the address."""
        return f"{value / self.span(book, before).factor:.6g}"


def known(name: str, text: str, options: Mapping[str, str]) -> str:
    """The text if it is one of the options; raises ScenarioError naming the nearest."""
    if text not in options:
        sentence = _("{field} is {value}; {nearest}")
        raise ScenarioError(
            sentence.format(field=name, value=quoted(text), nearest=nearest(text, list(options)))
        )
    return text


def several(text: str) -> list[str]:
    """The values of a field that takes several."""
    return text.split(BETWEEN) if text else []


@dataclass(frozen=True)
class OfScenarios(OneOf):
    """A scenario: a named one, the one at hand on the Compare page, or one that a link describes."""

    options: Options = field(default=lambda book, before: scenarios(book), kw_only=True)

    def check(self, text: str, book: Catalogue, before: Arguments) -> str:
        """The scenario of this name or link. Raises ScenarioError."""
        if text not in self.options(book, before):
            choice.linked(text, book)
        return text

    def show(
        self, key: str, value: str, book: Catalogue, before: Arguments, moved: Callable[[], None]
    ) -> None:
        """A box of scenarios; one that came with a link is in it too."""
        found = dict(self.options(book, before))
        if value not in found:
            found = {value: choice.title(choice.linked(value, book))} | found
        OneOf(self.name, self.label, self.begin, self.help, options=lambda book, before: found).show(
            key, value, book, before, moved
        )


@dataclass(frozen=True)
class OfSeveralScenarios(SeveralOf):
    """Several scenarios, chosen like one."""

    options: Options = field(default=lambda book, before: scenarios(book), kw_only=True)

    def check(self, text: str, book: Catalogue, before: Arguments) -> str:
        """The scenarios of these names or links, in the order given. Raises ScenarioError."""
        found = list(dict.fromkeys(several(text)))
        for one in found:
            if one not in self.options(book, before):
                choice.linked(one, book)
        if len(found) > self.most:
            sentence = _("{field} may hold {most} at most; there are {number}")
            raise ScenarioError(sentence.format(field=self.name, most=self.most, number=len(found)))
        return BETWEEN.join(found)

    def show(
        self, key: str, value: str, book: Catalogue, before: Arguments, moved: Callable[[], None]
    ) -> None:
        """A box of scenarios; those that came with a link are in it too."""
        found = self.options(book, before)
        linked = {one: choice.title(choice.linked(one, book)) for one in several(value) if one not in found}
        names = linked | dict(found)
        SeveralOf(
            self.name, self.label, self.begin, self.help, options=lambda book, before: names, most=self.most
        ).show(key, value, book, before, moved)


def scenarios(book: Catalogue) -> dict[str, str]:
    """The scenarios that can be chosen, with their titles: the reader's own first."""
    now: Choice | None = st.session_state.get("choice")
    own = {} if now is None or not now.is_changed else {choice.link_text(now): choice.title(now)}
    kept = () if now is None else now.beside
    own |= {choice.link_text(one): choice.title(one) for one in kept if one.is_changed}
    return own | {name: question_title(one) for name, one in book.questions.items()}


def chosen(text: str, book: Catalogue) -> Choice:
    """The scenario that a field holds; raises ScenarioError."""
    return choice.linked(text, book)


def at_hand(book: Catalogue, otherwise: str) -> str:
    """The scenario of the Compare page, unless it is the baseline there: then another."""
    now: Choice | None = st.session_state.get("choice")
    if now is None or (now.is_baseline and not now.moves):
        return otherwise
    return choice.link_text(now) if now.is_changed else now.preset.id


def scenario(name: str, label: str, otherwise: str, help: str = "") -> OfScenarios:
    """A field for the scenario at hand, or another one where there is none."""
    return OfScenarios(name, label, lambda book, before: at_hand(book, otherwise), help)


def base() -> OfScenarios:
    """A field for what is compared with: at first the baseline."""
    return OfScenarios("base", mark("Compared with"), lambda book, before: "baseline")


def pair(arguments: Arguments, book: Catalogue) -> tuple[Choice, Choice]:
    """The scenarios `base` and `other`, gaps counted until the date of the other. Raises ScenarioError."""
    first, other = (chosen(arguments[name], book) for name in ("base", "other"))
    if first.preset.start != other.preset.start:
        raise ScenarioError(
            _("the two scenarios start in different months, so they cannot be compared; choose another one")
        )
    first = replace(first, until=other.until)
    if first.asked == other.asked:
        raise ScenarioError(_("both scenarios are the same; choose another one"))
    return first, other


def place() -> OneOf:
    """A field for the place whose figures are wanted: at first that of the Compare page."""
    return OneOf(
        "place",
        mark("For whom"),
        lambda book, before: _place_at_hand(book),
        options=lambda book, before: {one: words.place_name(one, book.states) for one in book.places()},
    )


def _place_at_hand(book: Catalogue) -> str:
    now: Choice | None = st.session_state.get("choice")
    return now.place if now is not None and now.place in book.places() else ALLIANCE


def dials(arguments: Arguments) -> tuple[Outcome, ...]:
    """Speed, cost and reliance of the place in the field."""
    return tuple(Outcome(one.measure, arguments["place"]) for one in USUAL)


def measure(begin: str = "gap_years", options: Sequence[str] = (), only_shown: bool = False) -> OneOf:
    """A field for a measure: of these, or of all; the three dials first."""
    known = options or sorted(MEASURES, key=lambda one: one not in DIALS)
    return OneOf(
        "measure",
        mark("Measure"),
        lambda book, before: begin,
        options=lambda book, before: {one: _(DIALS.get(one, EVERY[one].label)) for one in known},
        only_shown=only_shown,
    )


def replications(begin: int, counts: Sequence[str] = COUNTS) -> OneOf:
    """A field for how often each scenario is run."""
    return OneOf(
        "replications",
        mark("Runs of each scenario"),
        lambda book, before: str(begin),
        mark("More runs take longer and make the intervals narrower."),
        options=lambda book, before: {one: one for one in counts},
    )


def command(method: str, *choices: Choice) -> list[str]:
    """The words of a command line on one or two scenarios; a base that is a named one needs no more.

    What has no option there stands in a file.
    """
    line = ["sim", "analyse", method]
    if len(choices) == 2 and choices[0].moves:
        line.append(choices[0].file_name)
        choices = choices[1:]
    elif len(choices) == 2:
        line += choices[0].arguments
        choices = choices[1:]
    return [*line, *choices[0].arguments]


def notes(*choices: Choice, files: bool = False) -> tuple[str, ...]:
    """What to know about that command line; files: whether it names a changed scenario by its file."""
    said: list[str] = []
    base_moved = len(choices) == 2 and choices[0].moves > 0
    if files or base_moved or any(one.needs_file for one in choices):
        said.append(_("The command reads a changed scenario from its file, which the Compare page saves."))
    if choices[-1].until != choices[-1].preset.horizon_year:
        said.append(
            _("On the command line, gaps are counted until {year}.").format(
                year=choices[-1].preset.horizon_year
            )
        )
    return tuple(said)
