"""Words of futures: what moves in them, conditions on outcomes, shares with their intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from sim.experiment.analyse.conditions import Condition
from sim.experiment.analyse.futures import Dimension
from sim.experiment.points import Outcome
from sim.report import numbers, units, words
from sim.report.language import _
from sim.report.measures import EVERY

FIGURES = 3


def outcome_name(one: Outcome, names: Mapping[str, str]) -> str:
    """A measure at a place: `“Gap-years, usable” of Poland`; names: of states and industries by id."""
    return _("“{measure}” of {place}").format(
        measure=_(EVERY[one.measure].label), place=words.place_within(one.place, names)
    )


def condition_name(one: Condition, names: Mapping[str, str]) -> str:
    """A condition in words: `“Gap-years, usable” of Poland above 0.9 years`."""
    side = {
        ">": _("{outcome} above {limit}"),
        ">=": _("{outcome} at or above {limit}"),
        "<": _("{outcome} below {limit}"),
        "<=": _("{outcome} at or below {limit}"),
    }[one.sign]
    return side.format(outcome=outcome_name(one.outcome, names), limit=amount(one.outcome.measure, one.limit))


def amount(measure: str, value: float) -> str:
    """A level of a measure with its unit."""
    return numbers.amount(EVERY[measure].kind, value)


def value_of(dimension: Dimension, value: float) -> str:
    """A value of a dimension in words; of a family of facts `1.12 times the estimate`."""
    short = float(f"{value:.{FIGURES}g}")
    if dimension.facts and dimension.unit == "multiplier":
        return _("{number} times the estimate").format(number=f"{short:g}")
    return units.quantity(short, dimension.unit)


def limits_of(dimension: Dimension, low: float | None, high: float | None) -> str:
    """Where a dimension lies, in words: `“Felt threat” is above 1.28`."""
    name = _(dimension.label)
    if low is not None and high is not None:
        return _("“{name}” is between {low} and {high}").format(
            name=name, low=value_of(dimension, low), high=value_of(dimension, high)
        )
    if low is not None:
        return _("“{name}” is above {limit}").format(name=name, limit=value_of(dimension, low))
    if high is not None:
        return _("“{name}” is below {limit}").format(name=name, limit=value_of(dimension, high))
    return name


def with_interval(share: Mapping[str, Any]) -> str:
    """A share and its 90 % interval: `81 % (90 % interval 71 to 89 %)`; a dash where there is no case."""
    if share["share"] is None:
        return "–"
    return _("{share} (90 % interval {low} to {high})").format(
        share=numbers.percent(share["share"]),
        low=f"{100 * share['low']:.0f}",
        high=numbers.percent(share["high"]),
    )


def short_interval(share: Mapping[str, Any]) -> str:
    """A share and its 90 % interval for a table: `81 % (71 to 89 %)`; a dash where there is no case."""
    if share["share"] is None:
        return "–"
    return _("{share} ({low} to {high})").format(
        share=numbers.percent(share["share"]),
        low=f"{100 * share['low']:.0f}",
        high=numbers.percent(share["high"]),
    )


def dimensions_table(dimensions: Sequence[Dimension]) -> pd.DataFrame:
    """What moves in the futures: name, lowest and highest value, how many facts move together."""
    return pd.DataFrame(
        {
            _("What moves"): [_(one.label) for one in dimensions],
            _("From"): [value_of(one, one.low) for one in dimensions],
            _("To"): [value_of(one, one.high) for one in dimensions],
            _("Numbers of the evidence"): [str(len(one.facts)) if one.facts else "–" for one in dimensions],
        }
    )


def caveat() -> str:
    """What a count of futures is not."""
    return _(
        "Futures fill the ranges evenly; their shares count futures and are no probabilities. A future is "
        "judged by the mean over its runs."
    )
