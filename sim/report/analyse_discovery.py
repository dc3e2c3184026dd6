"""When does a plan fail, in words, tables and charts: a sentence with figures, the box, the trajectory."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sim.experiment.analyse.discovery import FEWEST, Discovery, share_interval
from sim.experiment.analyse.futures import Dimension
from sim.report import numbers, words
from sim.report.analyse_futures import (
    amount,
    caveat,
    condition_name,
    limits_of,
    outcome_name,
    value_of,
    with_interval,
)
from sim.report.charts import Palette, Spec
from sim.report.language import _, plural


def headline(found: Discovery, names: Mapping[str, str]) -> str:
    """The result in one sentence; names: of states and industries by id."""
    record = found.record()
    box = record["box"]
    mark = condition_name(found.condition, names)
    title = _(found.scenario.title)
    if box is None:
        return _nothing(found, title, mark)
    where = words.listed([limits_of(one.dimension, one.low, one.high) for one in found.limits])
    return _(
        "In this model, “{title}” misses its mark ({mark}) above all where {where}: {hits} of {misses} "
        "misses lie in this box, a coverage of {coverage}, and {density} of the {cases} futures in it miss, "
        "its density, against {share} of all {futures}."
    ).format(
        title=title,
        mark=mark,
        where=where,
        hits=box["hits"],
        misses=record["misses"],
        coverage=with_interval(box["coverage"]),
        density=with_interval(box["density"]),
        cases=box["cases"],
        share=numbers.percent(box["all_hits"] / box["all_cases"]),
        futures=box["all_cases"],
    )


def _nothing(found: Discovery, title: str, mark: str) -> str:
    """Why there is no box, in one sentence."""
    record = found.record()
    misses, futures = record["misses"], record["futures"]
    if found.reason == "few_misses":
        said = plural(
            "In this model, “{title}” misses its mark ({mark}) in {number} of {futures} futures: too few to "
            "say when, for which {fewest} are needed.",
            "In this model, “{title}” misses its mark ({mark}) in {number} of {futures} futures: too few to "
            "say when, for which {fewest} are needed.",
            misses,
        )
        return said.format(title=title, mark=mark, number=misses, futures=futures, fewest=FEWEST)
    if found.reason == "few_hits":
        said = _(
            "In this model, “{title}” misses its mark ({mark}) in {number} of {futures} futures: too many to "
            "say when it does not, for which {fewest} that keep it are needed."
        )
        return said.format(title=title, mark=mark, number=misses, futures=futures, fewest=FEWEST)
    said = (
        _(
            "In this model, “{title}” misses its mark ({mark}) in {share} of {futures} futures, and a box "
            "that seemed to hold the misses did not hold in {fresh} fresh ones: nothing can be said about "
            "when."
        )
        if found.reason == "not_confirmed"
        else _(
            "In this model, “{title}” misses its mark ({mark}) in {share} of {futures} futures, and no "
            "limits on what moves set these apart: nothing can be said about when."
        )
    )
    return said.format(title=title, mark=mark, share=with_interval(record["misses_interval"]),
                       futures=futures, fresh=record["fresh_futures"])  # fmt: skip


def sentences(found: Discovery, names: Mapping[str, str]) -> list[str]:
    """What stands under the headline: fresh futures, the reach of the outcome, what is unsure, the caveat."""
    record = found.record()
    said = []
    if found.fresh is not None:
        fresh = record["box"]["fresh"]
        said.append(
            _(
                "In {futures} fresh futures, which did not choose the box, it holds {hits} of {misses} "
                "misses, a coverage of {coverage}, and {density} of its {cases} futures miss."
            ).format(
                futures=fresh["all_cases"],
                hits=fresh["hits"],
                misses=fresh["all_hits"],
                coverage=with_interval(fresh["coverage"]),
                density=with_interval(fresh["density"]),
                cases=fresh["cases"],
            )
        )
    reach, measure = record["outcome"], found.condition.outcome.measure
    if reach["p50"] is not None:
        said.append(
            _(
                "Over all futures, {outcome} is {p50} in the middle, and {p10} to {p90} in eight of ten; as "
                "things are, it is {as_is}."
            ).format(
                outcome=outcome_name(found.condition.outcome, names),
                **{name: amount(measure, reach[name]) for name in ("p10", "p50", "p90", "as_is")},
            )
        )
    if found.unsure:
        said.append(
            plural(
                "{number} future lies so near to the mark that more replications could move it across.",
                "{number} futures lie so near to the mark that more replications could move them across.",
                found.unsure,
            ).format(number=found.unsure)
        )
    if found.left_out:
        known = {lever.id: lever.label for lever in found.scenario.catalogue}
        said.append(
            _("Not moved, because the plan sets it: {names}.").format(
                names=words.listed([_(known[name]) for name in found.left_out])
            )
        )
    return [*said, caveat()]


def limits_table(found: Discovery) -> pd.DataFrame:
    """The box, one row for each restricted dimension: limits, the range moved over, quasi-p."""
    return pd.DataFrame(
        {
            _("What moves"): [_(one.dimension.label) for one in found.limits],
            _("In the box"): [_span(one.dimension, one.low, one.high) for one in found.limits],
            _("Moved over"): [
                _span(one.dimension, one.dimension.low, one.dimension.high) for one in found.limits
            ],
            _("Chance of this without it (quasi-p)"): [_chance(one.quasi_p) for one in found.limits],
        }
    )


def trajectory_table(found: Discovery) -> pd.DataFrame:
    """Every box on the way: coverage, density, mass and how many dimensions are restricted."""
    return pd.DataFrame(
        {
            _("Step"): range(len(found.boxes)),
            _("Coverage"): [numbers.percent(box.coverage) for box in found.boxes],
            _("Density"): [numbers.percent(box.density) for box in found.boxes],
            _("Mass"): [numbers.percent(box.mass) for box in found.boxes],
            _("Restricted"): [len(box.restricted) for box in found.boxes],
        }
    )


def box_rows(found: Discovery) -> pd.DataFrame:
    """The data of `box_chart`: name, low and high as parts of the range, and the limits in words."""
    return pd.DataFrame(
        {
            "name": [_(one.dimension.label) for one in found.limits],
            "low": [one.places[0] for one in found.limits],
            "high": [one.places[1] for one in found.limits],
            "limits": [_span(one.dimension, one.low, one.high) for one in found.limits],
        }
    )


def box_chart(colours: Palette) -> Spec:
    """Bars of `box_rows`: for each restricted dimension the part of its range that lies in the box."""
    x = {
        "type": "quantitative",
        "title": _("Part of the range, lowest to highest"),
        "scale": {"domain": [0, 1], "nice": False},
        "axis": {"format": "%", "tickCount": 3, "grid": False},
    }
    y = {"field": "name", "type": "nominal", "title": None, "sort": None, "axis": {"labelLimit": 200}}
    tips = [
        {"field": "name", "type": "nominal", "title": _("What moves")},
        {"field": "limits", "type": "nominal", "title": _("In the box")},
    ]
    whole = {"type": "bar", "height": 14, "color": colours.baseline, "opacity": 0.25, "aria": False}
    part = {"type": "bar", "height": 14, "color": colours.scenario}
    return {
        "height": {"step": 34},
        "encoding": {"y": y},
        "layer": [
            {"mark": whole, "encoding": {"x": {"datum": 0, **x}, "x2": {"datum": 1}}},
            {
                "mark": part,
                "encoding": {"x": {"field": "low", **x}, "x2": {"field": "high"}, "tooltip": tips},
            },
        ],
    }


def trajectory_rows(found: Discovery) -> pd.DataFrame:
    """The data of `trajectory_chart`: every box on the way, and the chosen one (`which`)."""
    boxes = [*found.boxes, *([found.box] if found.box is not None else [])]
    return pd.DataFrame(
        {
            "coverage": [box.coverage for box in boxes],
            "density": [box.density for box in boxes],
            "restricted": [len(box.restricted) for box in boxes],
            "which": [_("On the way")] * len(found.boxes) + [_("Chosen")] * (len(boxes) - len(found.boxes)),
        }
    )


def trajectory_chart(colours: Palette) -> Spec:
    """Coverage against density of `trajectory_rows`: every box on the way, the chosen one as a diamond."""
    share = {
        "type": "quantitative",
        "scale": {"domain": [0, 1], "nice": False},
        "axis": {"format": "%", "tickCount": 5},
    }
    domain = [_("On the way"), _("Chosen")]
    legend = {"orient": "top", "symbolOpacity": 1}
    which = {"field": "which", "type": "nominal", "title": None, "legend": legend}
    return {
        "height": 260,
        "mark": {"type": "point", "filled": True, "size": 90, "opacity": 0.8},
        "encoding": {
            "x": {"field": "coverage", "title": _("Coverage"), **share},
            "y": {"field": "density", "title": _("Density"), **share},
            "color": {**which, "scale": {"domain": domain, "range": [colours.baseline, colours.beside[0]]}},
            "shape": {**which, "scale": {"domain": domain, "range": ["circle", "diamond"]}},
            "tooltip": [
                {"field": "coverage", "type": "quantitative", "title": _("Coverage"), "format": ".0%"},
                {"field": "density", "type": "quantitative", "title": _("Density"), "format": ".0%"},
                {"field": "restricted", "type": "quantitative", "title": _("Restricted")},
            ],
        },
    }  # fmt: skip


def box_alt(found: Discovery) -> str:
    """The box in a sentence, for those who do not see the bars."""
    where = [limits_of(one.dimension, one.low, one.high) for one in found.limits]
    return _("The box in which misses lie: {where}.").format(where=words.listed(where))


def trajectory_alt(found: Discovery) -> str:
    """The trajectory in a sentence."""
    first, last = found.boxes[0], found.boxes[-1]
    return _(
        "Coverage against density of {number} boxes: from {start} density of all futures to {end} density "
        "in the smallest box, which covers {coverage} of the misses."
    ).format(
        number=len(found.boxes),
        start=numbers.percent(first.density),
        end=numbers.percent(last.density),
        coverage=numbers.percent(last.coverage),
    )


def misses_said(found: Discovery) -> str:
    """How many futures miss, with the interval of their share."""
    misses = int(found.misses[: found.found_in].sum())
    return _("{misses} of {futures} futures miss: {share}.").format(
        misses=misses, futures=found.found_in, share=with_interval(share_interval(misses, found.found_in))
    )


def _span(dimension: Dimension, low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return _("{low} to {high}").format(low=value_of(dimension, low), high=value_of(dimension, high))
    if low is not None:
        return _("above {limit}").format(limit=value_of(dimension, low))
    return _("below {limit}").format(limit=value_of(dimension, high if high is not None else float("nan")))


def _chance(value: float) -> str:
    return _("under 0.001") if value < 0.001 else f"{value:.3f}"
