"""Words of the game: seats, months from now, errors as sentences, roles, and what each choice is called."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from sim.evidence.seeds import load_seeds
from sim.game.seats import find_seat
from sim.policy.dates import month_text
from sim.report import why_words, words
from sim.report.language import _, mark, plural

ROLES: Final = {
    "chief_of_defence": (
        mark("Chief of defence"),
        mark("You answer for speed: equipment that can be used on the day that nobody knows."),
    ),
    "treasurer": (
        mark("Treasurer"),
        mark("You answer for cost: what is signed must be paid, this year and after the game."),
    ),
    "foreign_minister": (
        mark("Foreign minister"),
        mark("You answer for reliance: how much of the fleet one foreign government could withhold."),
    ),
}
WITHIN: Final = {"KOR": mark("the Republic of Korea")}
KINDS: Final = {
    "state": mark("You buy for a state: each year some tenders are yours to decide."),
    "industry": mark("You run an industry: its prices, its promises and the growth of its plants."),
    "alliance": mark(
        "You set policies of the Alliance and of Brussels, with the political capital you have."
    ),
}


@lru_cache(maxsize=1)
def names() -> why_words.Names:
    """The names in the seeds."""
    return why_words.names(load_seeds())


def state_name(state: str) -> str:
    """A state's name as it stands alone."""
    return words.place_name(state, names().states)


def seat_name(seat: str) -> str:
    """The name of a seat; of the Baltic seat all three states."""
    found = find_seat(seat)
    if found.states:
        return ", ".join(state_name(one) for one in found.states)
    return _(found.name)


def category_name(category: str) -> str:
    """A category inside a sentence."""
    return why_words.lowered(_(names().categories.get(category, category)))


def line_name(line: str) -> str:
    """A production line, by product and place."""
    return _(names().lines.get(line, line))


def authority_name(authority: str) -> str:
    """A government that could withhold, inside a sentence."""
    return _(WITHIN[authority]) if authority in WITHIN else words.place_within(authority, names().authorities)


def listed(parts: list[str]) -> str:
    """Names in a row: `Germany, Italy and Spain`."""
    if len(parts) < 2:
        return "".join(parts)
    return _("{some} and {last}").format(some=", ".join(parts[:-1]), last=parts[-1])


def month_ahead(month: str, ahead: float) -> str:
    """The month so many months after one (such as `2026-01`), in words."""
    return words.month(month_text(round(ahead), month))


def sentence(error: Exception) -> str:
    """What went wrong as one whole sentence: a capital at its start and a full stop."""
    text = words.started(str(error).strip())
    return text if text.endswith((".", "!", "?")) else f"{text}."


def role_words(role: str) -> tuple[str, str]:
    """The name of a role and what it answers for; empty where a seat has none."""
    name, task = ROLES.get(role, ("", ""))
    return (_(name), _(task)) if name else ("", "")


def time_left(seconds: float | None) -> str:
    """The time that is left on the clock: `4:05 left`; nothing without a limit."""
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    return _("{minutes}:{seconds} left").format(minutes=minutes, seconds=f"{rest:02d}")


def of_game(turn: int, turns: int, month: str) -> str:
    """Where a game stands: `Turn 2 of 5, January 2027`."""
    return _("Turn {turn} of {turns}, {month}").format(turn=turn, turns=turns, month=words.month(month))


def window(first: int, last: int) -> str:
    """The years in which the hidden day lies, as a sentence."""
    return _(
        "On a day between {first} and {last}, which nobody knows, what counts is what can be used although a "
        "foreign government withholds."
    ).format(first=first, last=last)


def counted(number: float, unit: str) -> str:
    """Units with what they are: `169 tanks`."""
    return _("{number} {unit}").format(number=f"{number:,.0f}", unit=_(unit))


def later(months: float) -> str:
    """Months behind a promise: `13 months later`."""
    return plural("{number} month later", "{number} months later", round(months)).format(number=round(months))
