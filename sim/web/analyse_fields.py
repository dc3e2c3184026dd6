"""What a method of the Analyse page asks for: each argument as a control and as text in the address.

A field checks what comes from an address like a file from a stranger, and knows what to begin with.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from sim.evidence.facts import nearest, quoted
from sim.policy.errors import ScenarioError
from sim.policy.scenario import Scenario
from sim.report.language import _, mark
from sim.web import choice
from sim.web.catalogue import Catalogue, question_title
from sim.web.choice import Choice

Arguments = Mapping[str, str]
Options = Callable[[Catalogue, Arguments], Mapping[str, str]]
BETWEEN = ","  # stands between several values in an address
COUNTS = ("20", "50", "100", "200")


@dataclass(frozen=True)
class Field:
    """One argument: its name in the address, its label, what it begins with, and what helps to choose."""

    name: str
    label: str
    begin: Callable[[Catalogue, Arguments], str]
    help: str = ""

    def check(self, text: str, book: Catalogue, before: Arguments) -> str:
        """The text as it is used; `before` holds the fields above it. Raises ScenarioError."""
        raise NotImplementedError

    def show(
        self, key: str, value: str, book: Catalogue, before: Arguments, moved: Callable[[], None]
    ) -> None:
        """The control, standing at this value."""
        raise NotImplementedError

    def text(self, value: Any) -> str:
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

    def text(self, value: Any) -> str:
        """The chosen ones beside each other."""
        return BETWEEN.join(value)


@dataclass(frozen=True)
class Span:
    """Where a number may lie, and how the control writes it."""

    low: float
    high: float
    step: float
    format: str = "%g"


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
        return f"{value:g}"

    def show(
        self, key: str, value: str, book: Catalogue, before: Arguments, moved: Callable[[], None]
    ) -> None:
        """A box for a number."""
        span = self.span(book, before)
        choice.seat(key, float(value))
        st.number_input(
            _(self.label),
            float(span.low),
            float(span.high),
            step=float(span.step),
            format=span.format,
            key=key,
            help=_(self.help) or None,
            on_change=moved,
        )

    def text(self, value: Any) -> str:
        """As in the address."""
        return f"{value:g}"


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
            found = {value: title(choice.linked(value, book))} | found
        OneOf(self.name, self.label, self.begin, self.help, options=lambda book, before: found).show(
            key, value, book, before, moved
        )


def scenarios(book: Catalogue) -> dict[str, str]:
    """The scenarios that can be chosen, with their titles: the reader's own first."""
    now: Choice | None = st.session_state.get("choice")
    own = {} if now is None or not now.is_changed else {choice.link_text(now): title(now)}
    kept = () if now is None else now.beside
    own |= {choice.link_text(one): title(one) for one in kept if one.is_changed}
    return own | {name: question_title(one) for name, one in book.questions.items()}


def title(one: Choice) -> str:
    """The title of a scenario, and whether it is changed, and by whom."""
    words = question_title(one.preset)
    if not one.is_changed:
        return words
    if one == st.session_state.get("choice"):
        return _("{title}, with your changes").format(title=words)
    return _("{title}, with changes").format(title=words)


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


def replications(begin: int, counts: Sequence[str] = COUNTS) -> OneOf:
    """A field for how often each scenario is run."""
    return OneOf(
        "replications",
        mark("Runs of each scenario"),
        lambda book, before: str(begin),
        mark("More runs take longer and make the intervals narrower."),
        options=lambda book, before: {one: one for one in counts},
    )


def same_gaps(base: Scenario, other: Scenario) -> None:
    """Refuse two scenarios that cannot be set beside each other, in words of the page."""
    if base.start != other.start:
        raise ScenarioError(_("both scenarios must start in the same month; choose another one of them"))
