"""What each industry contributes, in words, as a table and as dots: pure functions of the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from sim.policy.dates import MONTHS, month_text
from sim.report import charts, numbers, words
from sim.report.analyse_parts import (
    FRAME,
    LABELS,
    MARGINS,
    ROW,
    Record,
    axis_unit,
    interval,
    measure_of,
    outcome_name,
    place_of,
    reach_of,
    signed,
    total_of,
    verdict,
    with_interval,
)
from sim.report.charts import Palette, Spec
from sim.report.language import _

HEADLINE: Final = "gap_years"  # the outcome a page or a command begins with
Names = Mapping[str, str]


def headline(record: Record, outcome: str, names: Names) -> str:
    """What the new offers of each industry change beside all others, in one sentence with its figures.

    outcome: one of the record's measures; names: of states and industries by id.
    """
    one, kind = record["measures"][outcome], measure_of(outcome).kind
    gained, reach = one["with_minus_without"], _reach(one)
    level = one["after"]
    clear = [name for name in _by_size(gained) if verdict(kind, gained[name], level) == "clear"]
    what = outcome_name(outcome, names)
    if all(part["mean"] is None for part in gained.values()):
        return words.no_figure(words.place_within(place_of(outcome), names))
    if not clear:
        text = _(
            "In this model, no industry’s new offers abroad make a clear difference to {what}, beside those "
            "of all others."
        )
        return text.format(what=what)
    said = [
        _("{industry} {change}").format(
            industry=_(names.get(name, name)), change=with_interval(kind, gained[name], reach)
        )
        for name in clear
    ]
    vague = [_(names.get(name, name)) for name in gained if name not in clear]
    if not vague:
        text = _(
            "In this model, each industry’s new offers abroad change {what}, beside all others, by: {parts}."
        )
        return text.format(what=what, parts=_("; ").join(said))
    text = _(
        "In this model, each industry’s new offers abroad change {what}, beside all others, by: {parts}; "
        "practically nothing, or nothing clear: {others}."
    )
    return text.format(what=what, parts=_("; ").join(said), others=words.listed(vague))


def meaning(record: Record, names: Names) -> str:
    """What "without an industry" means in these runs, in full sentences."""
    barred = [_(names.get(one, one)) for one in record["industries"] if record["withdrawn"][one]["levers"]]
    others = [_(names.get(one, one)) for one in record["industries"] if record["withdrawn"][one]["facts"]]
    text = _(
        "Without an industry means: from {month} on its makers sign no new contract outside the states whose "
        "home makers they are. What is already ordered is still made and delivered, and home customers can "
        "still order. {barred}: a lever closes new orders, also those of their plants abroad. {others}: the "
        "first year of export of every line is put beyond the run; the state in which a plant stands can "
        "still order there."
    )
    return text.format(
        month=words.month(record["start"]), barred=words.listed(barred), others=words.listed(others)
    )


def readings(record: Record) -> str:
    """What the two figures of each industry mean, and when European capacity is counted."""
    last = month_text(MONTHS, record["start"])
    return _(
        "Beside all others: the outcome with every industry less that without this one. Averaged over all "
        "orders: what an industry adds, averaged over all orders in which industries could come in (Shapley "
        "value); these parts add up to the difference between all industries and none. Gap-years count until "
        "January {year}; capacity is the yearly output of European plants for all customers, at base prices, "
        "just before {month}."
    ).format(year=record["horizon_year"], month=words.month(last))


def table(record: Record, outcome: str, names: Names) -> pd.DataFrame:
    """Both figures of each industry with their intervals, and all against none, as text for reading."""
    one, kind = record["measures"][outcome], measure_of(outcome).kind
    reach, order = _reach(one), _by_size(one["parts"])
    gained = one["with_minus_without"]
    return pd.DataFrame({
        _("Industry"): [*(_(names.get(name, name)) for name in order), _("All against none")],
        _("Beside all others"): [*(signed(kind, gained[name]["mean"], reach) for name in order), "–"],
        _("90 % interval"): [*(interval(kind, gained[name], reach) for name in order), "–"],
        _("Averaged over all orders"): [
            *(signed(kind, one["parts"][name]["mean"], reach) for name in order),
            signed(kind, one["total"], reach),
        ],
        _("90 % interval of the average"): [
            *(interval(kind, one["parts"][name], reach) for name in order),
            interval(kind, total_of(one), reach),
        ],
    })  # fmt: skip


def dots(record: Record, outcome: str, names: Names) -> pd.DataFrame:
    """The data of `chart`: rows of what, figure, mean, low, high in the unit of the axis."""
    one, kind = record["measures"][outcome], measure_of(outcome).kind
    factor, _title = axis_unit(kind, _reach(one))
    beside, average = _("Beside all others"), _("Averaged over all orders")
    rows = []
    for name in _by_size(one["parts"]):
        for figure, part in ((beside, one["with_minus_without"][name]), (average, one["parts"][name])):
            if part["mean"] is not None:
                ends = (part["mean"] if part[end] is None else part[end] for end in ("mean", "low", "high"))
                rows.append((_(names.get(name, name)), figure, *(factor * end for end in ends)))
    return pd.DataFrame(rows, columns=["what", "figure", "mean", "low", "high"])


def chart(record: Record, outcome: str, colours: Palette) -> Spec:
    """Two dots with 90 % intervals per industry: a square beside all others, a circle for the average."""
    one, kind = record["measures"][outcome], measure_of(outcome).kind
    unit = axis_unit(kind, _reach(one))[1]
    domain = [_("Beside all others"), _("Averaged over all orders")]
    legend = {"orient": "top", "columns": 1, "symbolSize": 120, "labelLimit": 260}
    hue = {"domain": domain, "range": [colours.beside[0], colours.scenario]}
    shape = {"domain": domain, "range": ["square", "circle"]}
    x = {"type": "quantitative", "title": _("Change ({unit})").format(unit=unit),
         "axis": {"tickCount": 5, "grid": False}}  # fmt: skip
    place = {
        "y": {"field": "what", "type": "nominal", "sort": None, "title": None, "axis": LABELS},
        "yOffset": {"field": "figure", "type": "nominal", "sort": None, "scale": {"domain": domain}},
        "color": {"field": "figure", "type": "nominal", "title": None, "scale": hue, "legend": legend},
    }
    tips = [
        {"field": "what", "type": "nominal", "title": _("Industry")},
        {"field": "figure", "type": "nominal", "title": _("Figure")},
        {"field": "mean", "type": "quantitative", "title": unit, "format": "+.3~g"},
    ]
    line = {"type": "rule", "aria": False, "strokeWidth": 3, "opacity": 0.6}
    dot = {"type": "point", "filled": True, "size": 80, "opacity": 1}
    of_shape = {"field": "figure", "type": "nominal", "title": None, "scale": shape, "legend": legend}
    return {
        "height": ROW * len(record["industries"]) + FRAME + ROW,
        "padding": MARGINS,
        "layer": [
            {"mark": charts.dashed("rule", colours), "encoding": {"x": {"datum": 0, "type": "quantitative"}}},
            {"mark": line, "encoding": {**place, "x": {"field": "low", **x}, "x2": {"field": "high"}}},
            {
                "mark": dot,
                "encoding": {**place, "x": {"field": "mean", **x}, "shape": of_shape, "tooltip": tips},
            },
        ],
    }


def alt(record: Record, outcome: str, names: Names) -> str:
    """The chart in a sentence: the mean of each industry beside all others, and averaged over all orders."""
    one, kind = record["measures"][outcome], measure_of(outcome).kind
    reach, order = _reach(one), _by_size(one["parts"])
    said = [
        _("{industry} {beside}, averaged {average}").format(
            industry=_(names.get(name, name)),
            beside=signed(kind, one["with_minus_without"][name]["mean"], reach),
            average=signed(kind, one["parts"][name]["mean"], reach),
        )
        for name in order
    ]
    return _("What each industry’s new offers abroad change in {what}, beside all others: {parts}.").format(
        what=outcome_name(outcome, names), parts=_("; ").join(said)
    )


def levels(record: Record, outcome: str) -> str:
    """The outcome with every industry and with none, in a sentence."""
    one, kind = record["measures"][outcome], measure_of(outcome).kind
    if one["before"] is None:
        return _(
            "There is no figure with every set of industries, so nothing can be averaged over all orders."
        )
    return _("With every industry {after}; with none abroad {before}.").format(
        after=numbers.amount(kind, one["after"]), before=numbers.amount(kind, one["before"])
    )


def _reach(one: Record) -> float:
    return reach_of([total_of(one), *one["parts"].values(), *one["with_minus_without"].values()])


def _by_size(parts: Record) -> list[str]:
    """Industries, the largest figure first."""
    return sorted(parts, key=lambda name: -abs(parts[name]["mean"] or 0.0))
