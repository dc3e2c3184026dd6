"""Which assumption matters, in sentences, tables and charts: pure functions of the record.

The record is that of `sim analyse sensitivity --json`; the first outcome is the one spoken of unless named.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from sim.report import charts, numbers, words
from sim.report.charts import Palette, Spec
from sim.report.factor_words import FactorWords, Record, axis, change, grades, measure_of
from sim.report.language import _, plural

SHOWN: Final = 12  # rows of a chart
ROW: Final = 34
FRAME: Final = 90
# What a number is about stands above what it says of it, so that names fit on a phone.
LABELS: Final = {"labelLimit": 180, "ticks": False, "domain": False, "labelExpr": "split(datum.label, ': ')"}
MARGINS: Final = {"left": 0, "right": 12, "top": 4, "bottom": 6}
LEGEND: Final = {"orient": "top", "columns": 1, "symbolSize": 120, "labelLimit": 300}


def first_outcome(found: Record) -> str:
    """The outcome spoken of where none is named."""
    return str(next(iter(found["outcomes"])))


def tornado_rows(found: Record, outcome: str, single: bool = False) -> list[Record]:
    """The factors by the size of their effect on an outcome, largest first; single: of the groups opened.

    Those with no effect at all are left out.
    """
    many = found["opened" if single else "moves"]
    known = [one for one in many if (one["effects"][outcome]["size"] or 0.0) > 0.0]
    return sorted(known, key=lambda one: -one["effects"][outcome]["size"])


def headline(found: Record, said: FactorWords, outcome: str | None = None) -> str:
    """What moves an outcome most, with its figures, and what comes next."""
    outcome = outcome or first_outcome(found)
    kind, level = measure_of(outcome).kind, found["outcomes"][outcome]["mean"]
    clear = [one for one in tornado_rows(found, outcome) if one["effects"][outcome]["clear"]]
    what = said.outcome(outcome)
    if not clear:
        return _(
            "In this model nothing that was moved changes “{outcome}” by more than chance: "
            "{number} were moved."
        ).format(outcome=what, number=len(found["moves"]))
    first, effect = clear[0], clear[0]["effects"][outcome]
    sentence = _(
        "In this model “{outcome}” hangs most on {factor}: at the lowest of its range {low}, at "
        "the highest {high}, against {level} as it is."
    ).format(
        outcome=what,
        factor=_factor(first, said),
        low=change(kind, effect["low"], level),
        high=change(kind, effect["high"], level),
        level=numbers.amount(kind, level),
    )
    if len(clear) == 1:
        return sentence
    after = words.listed([_factor(one, said) for one in clear[1:3]])
    return f"{sentence} " + _("Next: {factors}.").format(factors=after)


def caution(found: Record, outcome: str | None = None) -> str:
    """How much of the list may be chance, and what moving a group means."""
    outcome = outcome or first_outcome(found)
    said = _(
        "{moved} moved, one at a time, with {runs} paired runs each: {clear} clearly change this outcome. Of "
        "those that change it by nothing but chance, one in ten would seem to."
    ).format(
        moved=plural("{number} number or group", "{number} numbers and groups", len(found["moves"])).format(
            number=len(found["moves"])
        ),
        runs=found["replications"],
        clear=sum(one["effects"][outcome]["clear"] for one in found["moves"]),
    )
    if not any(one["kind"] == "group" for one in found["moves"]):
        return said
    return f"{said} " + _(
        "Numbers moved together are all at the lowest, or all at the highest, as if their sources shared one "
        "error."
    )


def _factor(one: Record, said: FactorWords) -> str:
    return _("“{factor}”").format(factor=said.factor(one))


def tornado_table(
    found: Record, said: FactorWords, outcome: str, single: bool = False, most: int | None = None
) -> pd.DataFrame:
    """Each factor with its range and grade, and the change at either end with its interval."""
    kind, level = measure_of(outcome).kind, found["outcomes"][outcome]["mean"]
    rows = tornado_rows(found, outcome, single)[:most]
    effects = [one["effects"][outcome] for one in rows]
    return pd.DataFrame({
        _("Number"): [said.factor(one) for one in rows],
        _("Range"): [said.range(one) or _("each over its own") for one in rows],
        _("Grade"): [_("setting") if one["kind"] == "lever" else grades(one) for one in rows],
        _("At the lowest (90 %)"): [change(kind, one["low"], level, True) for one in effects],
        _("At the highest (90 %)"): [change(kind, one["high"], level, True) for one in effects],
    })  # fmt: skip


def tornado_data(
    found: Record, said: FactorWords, outcome: str, single: bool = False, most: int = SHOWN
) -> pd.DataFrame:
    """The chart's rows: what, end, change, low, high in the unit of the axis; two rows a factor."""
    factor, _title = axis(measure_of(outcome).kind)
    rows = []
    for one in tornado_rows(found, outcome, single)[:most]:
        for end, label in (("low", _("At the lowest")), ("high", _("At the highest"))):
            part = one["effects"][outcome][end]
            if part["mean"] is not None:
                low, high = (part["mean"] if part[at] is None else part[at] for at in ("low", "high"))
                rows.append((said.factor(one), label, *(factor * x for x in (part["mean"], low, high))))
    return pd.DataFrame(rows, columns=["what", "end", "change", "low", "high"])


def tornado(data: pd.DataFrame, outcome: str, colours: Palette) -> Spec:
    """Two bars from zero for each factor, the largest effect at the top; the lines are 90 % intervals."""
    title = axis(measure_of(outcome).kind)[1]
    ends = [_("At the lowest"), _("At the highest")]
    x = {"type": "quantitative", "title": title, "axis": {"tickCount": 5, "grid": False}}
    y = {"field": "what", "type": "nominal", "sort": None, "title": None, "axis": LABELS}
    scale = {"domain": ends, "range": [colours.beside[0], colours.scenario]}
    who = {"field": "end", "type": "nominal", "title": None, "scale": scale, "legend": LEGEND}
    place = {"y": y, "yOffset": {"field": "end", "type": "nominal", "scale": {"domain": ends}}}
    tips = [
        {"field": "what", "type": "nominal", "title": _("Number")},
        {"field": "end", "type": "nominal", "title": _("End of its range")},
        *_tips((("change", _("Mean change")), ("low", _("5 % end")), ("high", _("95 % end")))),
    ]
    bar = {"x": {"field": "change", **x}, "x2": {"datum": 0}, "color": who, "tooltip": tips}
    rule = {"type": "rule", "aria": False, "strokeWidth": 2, "color": colours.ink}
    return {
        "height": ROW * data["what"].nunique() + FRAME,
        "padding": MARGINS,
        "layer": [
            {"mark": {"type": "bar", "cornerRadiusEnd": 2}, "encoding": {**place, **bar}},
            {"mark": rule, "encoding": {**place, "x": {"field": "low", **x}, "x2": {"field": "high"}}},
            {"mark": charts.dashed("rule", colours), "encoding": {"x": {"datum": 0, "type": "quantitative"}}},
        ],
    }


def tornado_alt(found: Record, said: FactorWords, outcome: str, single: bool = False) -> str:
    """The tornado in a sentence: the three largest with the change at either end."""
    kind, level = measure_of(outcome).kind, found["outcomes"][outcome]["mean"]
    rows = [
        _("{factor}: {low} at the lowest, {high} at the highest").format(
            factor=said.factor(one),
            low=change(kind, one["effects"][outcome]["low"], level),
            high=change(kind, one["effects"][outcome]["high"], level),
        )
        for one in tornado_rows(found, outcome, single)[:3]
    ]
    return _("Change of “{outcome}” at both ends of each range, the largest first. {rows}.").format(
        outcome=said.outcome(outcome), rows=_("; ").join(rows) or _("None changes it")
    )


def sobol_headline(found: Record, said: FactorWords, outcome: str | None = None) -> str:
    """Which factor explains most of an outcome's variance, and how much is chance."""
    outcome = outcome or first_outcome(found)
    part, factors = found["sobol"]["outcomes"][outcome], found["sobol"]["factors"]
    if not part["clear"]:
        return _(
            "Moved all at once, these {number} factors do not change “{outcome}” by more than chance at "
            "{points} points with {runs} runs each."
        ).format(number=len(factors), outcome=said.outcome(outcome), points=found["sobol"]["points"],
                 runs=found["sobol"]["replications"])  # fmt: skip
    order = sobol_rows(found, outcome)
    first = part["indices"][order[0]["id"]]
    return _(
        "Moved all at once, {factor} explains most of what varies in “{outcome}”: {first} alone and {total} "
        "together with the others. Of the variance of the means, {chance} is chance and is taken out; of "
        "that of single runs, these {number} factors explain {explained}."
    ).format(
        factor=_factor(order[0], said),
        outcome=said.outcome(outcome),
        first=_share(first["first"]),
        total=_share(first["total"]),
        chance=numbers.percent(part["chance"]),
        number=len(factors),
        explained=numbers.percent(part["explained"]),
    )


def sobol_rows(found: Record, outcome: str) -> list[Record]:
    """The factors by their total share of an outcome's variance, the largest first."""
    part = found["sobol"]["outcomes"][outcome]["indices"]
    return sorted(found["sobol"]["factors"], key=lambda one: -(part[one["id"]]["total"]["mean"] or 0.0))


def sobol_table(found: Record, said: FactorWords, outcome: str) -> pd.DataFrame:
    """Each factor with its two shares of variance and their intervals."""
    part, rows = found["sobol"]["outcomes"][outcome]["indices"], sobol_rows(found, outcome)
    return pd.DataFrame({
        _("Number"): [said.factor(one) for one in rows],
        _("Alone (90 %)"): [_share(part[one["id"]]["first"]) for one in rows],
        _("With the others (90 %)"): [_share(part[one["id"]]["total"]) for one in rows],
    })  # fmt: skip


def sobol_data(found: Record, said: FactorWords, outcome: str) -> pd.DataFrame:
    """The chart's rows: what, first, total, low, high (of the total), per cent."""
    part = found["sobol"]["outcomes"][outcome]["indices"]
    rows: list[tuple[Any, ...]] = []
    for one in sobol_rows(found, outcome):
        first, total = (part[one["id"]][name] for name in ("first", "total"))
        if total["mean"] is not None:
            values = (max(0.0, first["mean"]), total["mean"], total["low"], total["high"])
            rows.append((said.factor(one), *(100.0 * x for x in values)))
    return pd.DataFrame(rows, columns=["what", "first", "total", "low", "high"])


def sobol_chart(data: pd.DataFrame, colours: Palette) -> Spec:
    """A light bar for the total share, a dark one within it for the share alone; the line is the interval."""
    x = {"type": "quantitative", "title": _("Share of variance, %"), "axis": {"tickCount": 5, "grid": False}}
    y = {"field": "what", "type": "nominal", "sort": None, "title": None, "axis": LABELS}
    tips = [
        {"field": "what", "type": "nominal", "title": _("Number")},
        *_tips((("first", _("Alone, %")), ("total", _("With the others, %")), ("low", _("5 % end")),
                ("high", _("95 % end"))), ".1f"),
    ]  # fmt: skip
    light = {"type": "bar", "height": 18, "opacity": 0.35, "color": colours.scenario, "cornerRadiusEnd": 2}
    dark = {"type": "bar", "aria": False, "height": 9, "color": colours.scenario, "cornerRadiusEnd": 2}
    rule = {"type": "rule", "aria": False, "strokeWidth": 2, "color": colours.ink}
    return {
        "height": ROW * len(data) + FRAME - 20,
        "padding": MARGINS,
        "encoding": {"y": y},
        "layer": [
            {"mark": light, "encoding": {"x": {"field": "total", **x}, "tooltip": tips}},
            {"mark": dark, "encoding": {"x": {"field": "first", **x}}},
            {"mark": rule, "encoding": {"x": {"field": "low", **x}, "x2": {"field": "high"}}},
        ],
    }


def sobol_alt(found: Record, said: FactorWords, outcome: str) -> str:
    """The chart of shares in a sentence."""
    part = found["sobol"]["outcomes"][outcome]["indices"]
    rows = [
        _("{factor}: {total}").format(factor=said.factor(one), total=_share(part[one["id"]]["total"]))
        for one in sobol_rows(found, outcome)[:3]
    ]
    return _("Shares of the variance of “{outcome}” with the others, the largest first. {rows}.").format(
        outcome=said.outcome(outcome), rows=_("; ").join(rows)
    )


def research_table(found: Record, said: FactorWords, most: int | None = None) -> pd.DataFrame:
    """What is most worth researching next: influence measured here times room for better evidence."""
    known = {one["id"]: one for one in (*found["moves"], *found["opened"])}
    rows = found["research"][:most]
    return pd.DataFrame({
        _("Number"): [said.factor(known[row["id"]]) for row in rows],
        _("Influence"): [f"{row['influence']:.2f}" for row in rows],
        _("Grade"): [grades(row) for row in rows],
        _("Priority"): [f"{row['priority']:.2f}" for row in rows],
    })  # fmt: skip


def research_words(found: Record, said: FactorWords) -> str:
    """What to research first, and how the list is made."""
    if not found["research"]:
        return _(
            "Nothing that was moved has an influence beyond chance, so no number stands out to research."
        )
    known = {one["id"]: one for one in (*found["moves"], *found["opened"])}
    first = found["research"][0]
    return _(
        "Most worth researching next: {factor} (influence {influence}, grade {grades}). Influence is the "
        "least effect that the intervals leave no doubt about, in standard deviations of the results over "
        "runs; it is weighed by the grade, from 1 for A to 4 for D, an order chosen by us."
    ).format(
        factor=_factor(known[first["id"]], said),
        influence=f"{first['influence']:.2f}",
        grades=grades(first),
    )


def _share(part: Record) -> str:
    """A share of variance with its interval; estimates beyond nothing or all are said to be that."""
    if part["mean"] is None:
        return "–"
    mean, low, high = (min(1.0, max(0.0, part[one])) for one in ("mean", "low", "high"))
    return _("{mean} ({low} to {high})").format(
        mean=numbers.percent(mean), low=numbers.percent(low), high=numbers.percent(high)
    )


def _tips(fields: Sequence[tuple[str, str]], format_: str = "+.3~g") -> list[Spec]:
    return [
        {"field": field, "type": "quantitative", "title": title, "format": format_} for field, title in fields
    ]
