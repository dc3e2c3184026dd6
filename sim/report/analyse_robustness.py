"""What is robust, in words, tables and charts: least worst regret, regret by plan, shares of futures kept."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from sim.experiment.analyse.conditions import Condition
from sim.experiment.analyse.regret import Regret
from sim.experiment.analyse.robustness import Robustness
from sim.report import numbers, words
from sim.report.analyse_futures import (
    amount,
    caveat,
    condition_name,
    outcome_name,
    short_interval,
    value_of,
    with_interval,
)
from sim.report.charts import Palette, Spec
from sim.report.language import _
from sim.report.measures import EVERY
from sim.report.tables import SMALL


def headline(found: Robustness, names: Mapping[str, str]) -> str:
    """The plans of the least worst regret, in one sentence; names: of states and industries by id."""
    clauses, still = [], []
    for at, one in enumerate(found.measured):
        regrets = found.regrets(at)
        first, as_good = found.least_worst(at)
        if first < 0:
            continue
        if _is_still(found, at, regrets):
            still.append(outcome_name(one, names))
        else:
            clauses.append(_clause(found, at, regrets[first], first, as_good, names))
    if not clauses and not still:
        return _("In this model, there is no figure to compare these plans by.")
    said = words.listed(still)
    if not clauses:
        return _(
            "In this model, the plans differ practically nowhere over {futures} futures: in {still} none "
            "stays behind another by an amount worth saying."
        ).format(futures=len(found.futures), still=said)
    text = _("In this model, over {futures} futures, the least worst regret is that of {clauses}").format(
        futures=len(found.futures), clauses=_("; ").join(clauses)
    )
    if not still:
        return text + "."
    return _("{text}; in {still} the plans differ practically nowhere.").format(text=text, still=said)


def _clause(
    found: Robustness, at: int, one: Regret, first: int, as_good: tuple[int, ...], names: Mapping[str, str]
) -> str:
    """One measure: the plan, how far it stays behind at worst, and who is practically as good."""
    said = _("“{plan}” in {outcome} ({worst})").format(
        plan=_(found.plans[first].title),
        outcome=outcome_name(found.measured[at], names),
        worst=regret_said(found, at, one),
    )
    if not as_good:
        return said
    others = words.listed([_("“{plan}”").format(plan=_(found.plans[row].title)) for row in as_good])
    return _("{said}, practically as good: {others}").format(said=said, others=others)


def regret_said(found: Robustness, at: int, one: Regret) -> str:
    """The worst regret with its interval in words."""
    kind = EVERY[found.measured[at].measure].kind
    if one.worst == 0.0 and one.worst_low == 0.0 and one.worst_high == 0.0:
        return _("never behind the best plan")
    reach = max(abs(one.worst), abs(one.worst_low), abs(one.worst_high))
    return _("at most {size} behind the best plan, 90 % interval {interval}").format(
        size=numbers.difference(kind, one.worst, reach),
        interval=numbers.bounds(kind, one.worst_low, one.worst_high, reach),
    )


def sentences(found: Robustness, names: Mapping[str, str]) -> list[str]:
    """What stands under the headline: marks, plans that turn, what futures overrule, the caveat."""
    said = [_marks_said(found, names)]
    for row, plan in enumerate(found.plans):
        if plan.trigger is not None and plan.then is not None:
            said.append(
                _(
                    "“{plan}” turns in January {year} where {condition} by then: in {share} of all runs in "
                    "the futures, and in {as_is} as things are."
                ).format(
                    plan=_(plan.title),
                    year=plan.trigger.year,
                    condition=_so_far(plan.trigger.condition, names),
                    share=numbers.percent(float(found.turned[row, 1:].mean())),
                    as_is=numbers.percent(float(found.turned[row, 0])),
                )
            )
    known = {lever.id: lever.label for lever in found.plans[0].scenario.catalogue}
    for plan in found.plans:
        own = found.overruled().get(plan.id)
        if own:
            said.append(
                _("The futures overrule what “{plan}” sets itself: {names}.").format(
                    plan=_(plan.title), names=words.listed([_(known[name]) for name in own])
                )
            )
    return [*said, caveat()]


def _marks_said(found: Robustness, names: Mapping[str, str]) -> str:
    if not found.marks:
        return _(
            "A plan keeps its mark in a measure where it is at least as good as “{plan}” is as things are."
        ).format(plan=_(found.plans[0].title))
    marks = words.listed([condition_name(one, names) for one in found.marks])
    kept = found.record()["measures"][found.measured[0].id]["plans"]
    shares = words.listed(
        [
            _("“{plan}” in {share}").format(plan=_(plan.title), share=with_interval(kept[plan.id]["keeps"]))
            for plan in found.plans
        ]
    )
    return _("The marks ({marks}) are kept by {shares} of the futures.").format(marks=marks, shares=shares)


def _so_far(one: Condition, names: Mapping[str, str]) -> str:
    side = {
        ">": _("{outcome} is above {limit}"),
        ">=": _("{outcome} is at or above {limit}"),
        "<": _("{outcome} is below {limit}"),
        "<=": _("{outcome} is at or below {limit}"),
    }[one.sign]
    return side.format(outcome=outcome_name(one.outcome, names), limit=amount(one.outcome.measure, one.limit))


def regret_table(found: Robustness, at: int) -> pd.DataFrame:
    """One row per plan for a measure: as things are, mean and worst regret, share best, share that keeps."""
    record = found.record()["measures"][found.measured[at].id]
    measure = found.measured[at].measure
    rows = [record["plans"][plan.id] for plan in found.plans]
    return pd.DataFrame(
        {
            _("Plan"): [_(plan.title) for plan in found.plans],
            _("As things are"): [_level(measure, row["as_is"]) for row in rows],
            _("Mean regret (90 %)"): [_size(measure, row["mean_regret"]) for row in rows],
            _("Worst regret (90 %)"): [_size(measure, row["worst_regret"]) for row in rows],
            _("Best in"): [numbers.percent(row["best_in"]) for row in rows],
            _("Keeps its mark in"): [short_interval(row["keeps"]) for row in rows],
        }
    )


def worst_table(found: Robustness, at: int) -> pd.DataFrame:
    """Where the worst regret of each plan lies: the future, one row per dimension and a column per plan."""
    record = found.record()["measures"][found.measured[at].id]["plans"]
    columns: dict[str, list[str]] = {_("What moves"): [_(one.label) for one in found.futures.dimensions]}
    for plan in found.plans:
        where = record[plan.id]["worst_regret"]["where"]
        columns[_(plan.title)] = [
            value_of(one, where[one.id]) if one.id in where else "–" for one in found.futures.dimensions
        ]
    return pd.DataFrame(columns)


def regret_rows(found: Robustness, at: int) -> pd.DataFrame:
    """The data of `regret_chart`: plan, mean and worst regret with its interval, in the measure's unit."""
    regrets = found.regrets(at)
    return pd.DataFrame(
        {
            "plan": [_(plan.title) for plan in found.plans],
            "mean": [one.mean for one in regrets],
            "worst": [one.worst for one in regrets],
            "low": [one.worst_low for one in regrets],
            "high": [one.worst_high for one in regrets],
        }
    )


def regret_chart(kind: str, colours: Palette) -> Spec:
    """Bars of `regret_rows`: the worst regret of each plan with its interval, the mean as a dot."""
    from sim.report.charts import axis, tip_format

    x = {**axis(kind), "title": _("Behind the best plan")}
    y = {"field": "plan", "type": "nominal", "title": None, "sort": None, "axis": {"labelLimit": 180}}
    tips = [{"field": "plan", "type": "nominal", "title": _("Plan")}] + [
        {"field": field, "type": "quantitative", "title": title, "format": tip_format(kind)}
        for field, title in (("worst", _("Worst regret")), ("mean", _("Mean regret")))
    ]
    bar = {"type": "bar", "height": 16, "color": colours.scenario, "opacity": 0.55}
    span = {"type": "rule", "color": colours.ink, "strokeWidth": 1.5, "aria": False}
    dot = {"type": "point", "filled": True, "size": 80, "color": colours.beside[0], "opacity": 1}
    return {
        "height": {"step": 36},
        "encoding": {"y": y, "tooltip": tips},
        "layer": [
            {"mark": bar, "encoding": {"x": {"field": "worst", **x}}},
            {"mark": span, "encoding": {"x": {"field": "low", **x}, "x2": {"field": "high"}}},
            {"mark": dot, "encoding": {"x": {"field": "mean", **x}}},
        ],
    }


def regret_alt(found: Robustness, at: int, names: Mapping[str, str]) -> str:
    """The bars in a sentence."""
    parts = [
        _("“{plan}” {worst}").format(plan=_(plan.title), worst=regret_said(found, at, one))
        for plan, one in zip(found.plans, found.regrets(at), strict=True)
    ]
    return _("Worst regret in {outcome}: {parts}.").format(
        outcome=outcome_name(found.measured[at], names), parts="; ".join(parts)
    )


def _is_still(found: Robustness, at: int, regrets: list[Regret]) -> bool:
    """Whether no plan stays behind by an amount worth saying: two per cent of the level, as on Compare."""
    kind = EVERY[found.measured[at].measure].kind
    level = float(found.means[0, 0, at])
    reach = max(max(one.worst, one.worst_high) for one in regrets)
    level = abs(level) if math.isfinite(level) else 0.0
    return numbers.is_tiny(kind, reach, level) or reach < SMALL * level


def _level(measure: str, value: float | None) -> str:
    return "–" if value is None else amount(measure, value)


def _size(measure: str, one: Mapping[str, Any]) -> str:
    """A regret with its interval; a dash where there is none."""
    if one["mean"] is None or not math.isfinite(one["mean"]):
        return "–"
    kind = EVERY[measure].kind
    reach = max(abs(one["mean"]), abs(one["low"]), abs(one["high"]))
    if reach == 0.0:
        return _("none")
    return _("{size} ({interval})").format(
        size=numbers.difference(kind, one["mean"], reach),
        interval=numbers.bounds(kind, one["low"], one["high"], reach),
    )
