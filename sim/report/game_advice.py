"""What the advisor and the forecast say, in words and as a table; the goals of roles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from sim.game.advisor import Advice, Outcome
from sim.game.forecast import Forecast
from sim.game.goals import Checked
from sim.report import numbers
from sim.report.game_words import category_name, line_name, month_ahead, state_name
from sim.report.language import _, mark, plural

GOALS: Final = {
    "gap": mark("No state of yours lacks more than {limit} of what it requires; now it is {now}."),
    "payments": mark(
        "What is paid and borrowed stays under {limit} of the money that came in; now it is {now}."
    ),
    "hold": mark(
        "No foreign government could withhold support from more than {limit} of a fleet; now it is {now}."
    ),
    "local": mark("At least {limit} of new orders, by value, is work at home; now it is {now}."),
    "partners": mark("At least {limit} governments abroad got an order since the start; now it is {now}."),
}


def goal(found: Checked) -> str:
    """A hidden goal with its limit and how it stands, in a sentence."""
    said = str if found.goal == "partners" else numbers.percent
    limit, now = (
        said(int(one) if found.goal == "partners" else one) for one in (found.limit, found.measured or 0.0)
    )
    return _(GOALS[found.goal]).format(limit=limit, now=now)


def way(one: Outcome) -> str:
    """A way to decide."""
    kind = one.order["kind"]
    if kind == "choose":
        return line_name(one.order["line"])
    return _("None of these") if kind == "wait" else _("Leave it to the ministry")


def table(advice: Advice, month: str) -> pd.DataFrame:
    """What may come of each way to decide: dates by tenths, cost, what could be fielded, what is owed."""
    rows = advice.outcomes
    return pd.DataFrame(
        {
            _("Way"): [way(one) for one in rows],
            _("Contract"): [numbers.percent(one.signed) for one in rows],
            _("First usable, usual"): [_month(one.usable[1], month) for one in rows],
            _("1 in 10 before"): [_month(one.usable[0], month) for one in rows],
            _("1 in 10 after"): [_month(one.usable[2], month) for one in rows],
            _("Cost"): [numbers.money(one.value) for one in rows],
            _("Could be fielded on the day"): [_share(one.strength) for one in rows],
            _("In the worst tenth"): [_share(one.worst) for one in rows],
            _("Owed after, years of money"): [f"{one.owed:.1f}" for one in rows],
        }
    )


def _share(value: float) -> str:
    """A share with one decimal: ways to decide one tender differ by little."""
    return _("{number} %").format(number=f"{100 * value:.1f}")


def _month(months: float | None, month: str) -> str:
    return "–" if months is None else month_ahead(month, months)


def note(advice: Advice) -> str:
    """What stands behind the table, and what it is not."""
    text = _(
        "Each way through the same {number} futures from now, with your other orders as they stand. The "
        "advisor knows neither the day nor who withholds then. It shows a spread; which of it matters is "
        "your decision."
    )
    return text.format(number=f"{advice.futures:,}")


def uses(left: int) -> str:
    """How often the advisor can still be asked."""
    return plural(
        "It can be asked about {number} more tender in this game.",
        "It can be asked about {number} more tenders in this game.",
        left,
    ).format(number=left)


def tender_name(state: str, category: str, several: bool) -> str:
    """A tender in a list."""
    name = category_name(category)
    return _("{state}: {name}").format(state=state_name(state), name=name) if several else name


def forecasts(given: Sequence[Forecast], month: str, several: bool) -> list[str]:
    """Forecasts that were given, in sentences."""
    text = _("{what}: {likely}; one chance in ten before {soon}, one in ten after {late}")
    return [
        text.format(
            what=tender_name(one.state, one.category, several), likely=month_ahead(month, one.likely),
            soon=month_ahead(month, one.soon), late=month_ahead(month, one.late),
        )
        for one in given
    ]  # fmt: skip
