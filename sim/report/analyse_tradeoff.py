"""The front of speed, cost and reliance, in words, tables and a chart with numbered points."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sim.experiment.analyse.tradeoff import STEP, Tradeoff
from sim.report import numbers, words
from sim.report.analyse_futures import amount, outcome_name
from sim.report.charts import Palette, Spec, axis, tip_format
from sim.report.language import _, plural
from sim.report.measures import EVERY
from sim.report.tables import SMALL


def headline(found: Tradeoff, names: Mapping[str, str]) -> str:
    """The result in one sentence: how many combinations are not beaten, what the most balanced changes."""
    goals = goals_said(found, names)
    number = found.numbered.index(found.best_balanced) + 1
    if found.best_balanced == 0:
        return _(
            "In this model, {front} of {tried} combinations of {levers} levers are beaten by no other in "
            "{goals} at once; “{title}” as it is is the most balanced of them (point {number})."
        ).format(front=int(found.on_front.sum()), tried=len(found.points), levers=len(found.levers),
                 goals=goals, title=_(found.scenario.title), number=number)  # fmt: skip
    return _(
        "In this model, {front} of {tried} combinations of {levers} levers are beaten by no other in {goals} "
        "at once; the most balanced of them, point {number}, differs from “{title}” by {changes}."
    ).format(
        front=int(found.on_front.sum()),
        tried=len(found.points),
        levers=len(found.levers),
        goals=goals,
        number=number,
        title=_(found.scenario.title),
        changes=words.listed(
            [change_said(found, found.best_balanced, at, names) for at in range(len(found.goals))]
        ),
    )


def change_said(found: Tradeoff, row: int, goal: int, names: Mapping[str, str]) -> str:
    """What a point changes in a goal against the plan, with its interval; nothing where that holds zero."""
    mean, low, high = found.difference(row, goal)
    one = found.goals[goal]
    kind, name = EVERY[one.measure].kind, goal_name(found, goal, names)
    reach = max(abs(mean), abs(low), abs(high))
    span = numbers.bounds(kind, low, high, reach)
    if low <= 0.0 <= high or numbers.is_tiny(kind, abs(mean), float(found.means[0, goal])):
        return _("practically nothing in {outcome} (90 % interval {interval})").format(
            outcome=name, interval=span
        )
    size = numbers.difference(kind, mean, reach)
    template = (
        _("{size} more in {outcome} (90 % interval {interval})")
        if mean > 0
        else _("{size} less in {outcome} (90 % interval {interval})")
    )
    return template.format(size=size, outcome=name, interval=span)


def sentences(found: Tradeoff, names: Mapping[str, str]) -> list[str]:
    """What stands under the headline: how far the front reaches, where the plan stands, what is unsure."""
    said = [_reach_said(found, at, names) for at in range(len(found.goals))]
    title = _(found.scenario.title)
    beaten = found.beats_plan
    if found.on_front[0]:
        said.append(
            _("“{title}” as it is lies on the front: no combination tried beats it.").format(title=title)
        )
    elif found.practically[0] or not beaten:
        said.append(
            _(
                "“{title}” as it is lies so near to the front that these replications cannot tell it apart."
            ).format(title=title)
        )
    else:
        said.append(
            plural(
                "“{title}” as it is is beaten by {number} combination of the front, nowhere worse and "
                "somewhere better on average.",
                "“{title}” as it is is beaten by {number} combinations of the front, nowhere worse and "
                "somewhere better on average.",
                len(beaten),
            ).format(title=title, number=len(beaten))
        )
    near = int(found.practically.sum())
    if near:
        said.append(
            plural(
                "{number} further combination is practically as good: no point of the front beats it by more "
                "than the replications leave open.",
                "{number} further combinations are practically as good: no point of the front beats them by "
                "more than the replications leave open.",
                near,
            ).format(number=near)
        )
    if len(found.levers) < found.screened:
        said.append(
            _("Moved are the {number} of {screened} levers that alone change a goal most.").format(
                number=len(found.levers), screened=found.screened
            )
        )
    said.append(
        _(
            "Differences within {step} of the plan’s own level count as none. What a lever costs beyond the "
            "money counted here stands beside it on the Compare page; a longer search can find better points."
        ).format(step=_("{number} %").format(number=f"{100 * STEP:g}"))
    )
    return said


def goal_name(found: Tradeoff, goal: int, names: Mapping[str, str]) -> str:
    """A goal by its measure, with its place where the goals are of different places."""
    one = found.goals[goal]
    if len({each.place for each in found.goals}) > 1:
        return outcome_name(one, names)
    return _("“{measure}”").format(measure=_(EVERY[one.measure].label))


def goals_said(found: Tradeoff, names: Mapping[str, str]) -> str:
    """All goals, with their place once where it is the same."""
    said = words.listed([goal_name(found, at, names) for at in range(len(found.goals))])
    if len({each.place for each in found.goals}) > 1:
        return said
    return _("{goals} of {place}").format(goals=said, place=words.place_within(found.goals[0].place, names))


def _reach_said(found: Tradeoff, goal: int, names: Mapping[str, str]) -> str:
    """From where to where the front goes in a goal."""
    values = found.means[found.on_front, goal]
    low, high = float(values.min()), float(values.max())
    one = found.goals[goal]
    kind = EVERY[one.measure].kind
    name = goal_name(found, goal, names)
    if high - low < SMALL * abs(float(found.means[0, goal])):
        return _("In {outcome} the points of the front differ practically not: at most by {size}.").format(
            outcome=name, size=numbers.difference(kind, high - low)
        )
    return _("In {outcome} the front goes from {low} to {high}.").format(
        outcome=name, low=amount(one.measure, low), high=amount(one.measure, high)
    )


def front_table(found: Tradeoff, names: Mapping[str, str]) -> pd.DataFrame:
    """The numbered points, one row each: the goals, and the levers that differ from the plan."""
    columns: dict[str, list[str]] = {
        _("Point"): [_number(found, row, number) for number, row in enumerate(found.numbered, 1)]
    }
    for at, one in enumerate(found.goals):
        columns[goal_name(found, at, names)] = [
            amount(one.measure, float(found.means[row, at])) for row in found.numbered
        ]
    columns[_("Levers")] = [levers_said(found, row) for row in found.numbered]
    return pd.DataFrame(columns)


def levers_said(found: Tradeoff, row: int) -> str:
    """The levers of a point that differ from the plan, in words."""
    there, here = found.setting(row).levers, found.scenario.levers
    moved = [
        _("{lever}: {value}").format(
            lever=_(one.label), value=words.lever_value(_short(there[one.id]), one.unit, one.kind)
        )
        for one in found.levers
        if there[one.id] != here[one.id]
    ]
    return "; ".join(moved) if moved else _("as in the plan")


def front_rows(found: Tradeoff) -> pd.DataFrame:
    """The data of `front_chart`: every point of the front and the plan; the numbered ones with a label."""
    rows = [int(row) for row in found.on_front.nonzero()[0]]
    rows = rows if 0 in rows else [0, *rows]
    means = found.means
    table = {
        "number": [str(found.numbered.index(row) + 1) if row in found.numbered else "" for row in rows],
        "which": [_("The plan as it is") if row == 0 else _("Front") for row in rows],
    }
    goals = {f"goal{at}": [float(means[row, at]) for row in rows] for at in range(len(found.goals))}
    return pd.DataFrame({**table, **goals})


def front_chart(found: Tradeoff, names: Mapping[str, str], colours: Palette) -> Spec:
    """The front as a scatter of `front_rows`: second goal across, first goal up, third as size."""
    kinds = [EVERY[one.measure].kind for one in found.goals]
    titles = [goal_name(found, at, names) for at in range(len(found.goals))]
    places = {
        "x": {"field": "goal1", **_axis(kinds[1], titles[1])},
        "y": {"field": "goal0", **_axis(kinds[0], titles[0])},
    }
    which = {"field": "which", "type": "nominal", "title": None, "legend": {"orient": "top"}}
    domain = [_("Front"), _("The plan as it is")]
    dots: Spec = {
        "color": {**which, "scale": {"domain": domain, "range": [colours.scenario, colours.beside[0]]}},
        "shape": {**which, "scale": {"domain": domain, "range": ["circle", "diamond"]}},
        "tooltip": [{"field": "number", "type": "nominal", "title": _("Point")}]
        + [
            {"field": f"goal{at}", "type": "quantitative", "title": title, "format": tip_format(kind)}
            for at, (title, kind) in enumerate(zip(titles, kinds, strict=True))
        ],
    }
    if len(found.goals) > 2:
        dots["size"] = {
            "field": "goal2",
            "type": "quantitative",
            "title": titles[2],
            "scale": {"zero": False, "range": [40, 400]},
            "legend": {
                "orient": "bottom",
                "tickCount": 3,
                "titleLimit": 320,
                "symbolFillColor": colours.baseline,
                "symbolStrokeColor": colours.baseline,
                "labelExpr": axis(kinds[2])["axis"].get("labelExpr", "datum.label"),
            },
        }
    text = {"type": "text", "dx": 12, "dy": -8, "color": colours.ink, "aria": False}
    return {
        "height": 320,
        "encoding": places,
        "layer": [
            {"mark": {"type": "point", "filled": True, "opacity": 0.75}, "encoding": dots},
            {"mark": text, "encoding": {"text": {"field": "number", "type": "nominal"}}},
        ],
    }


def front_alt(found: Tradeoff, names: Mapping[str, str]) -> str:
    """The chart in a sentence."""
    reach = " ".join(_reach_said(found, at, names) for at in range(len(found.goals)))
    return _("{number} points of the front, {numbered} of them numbered. {reach}").format(
        number=int(found.on_front.sum()), numbered=len(found.numbered), reach=reach
    )


def _axis(kind: str, title: str) -> Spec:
    return {**axis(kind), "title": title, "scale": {"zero": False}}


def _number(found: Tradeoff, row: int, number: int) -> str:
    if row == found.best_balanced:
        return _("{number} (most balanced)").format(number=number)
    return f"{number}"


def _short(value: float) -> float:
    return float(f"{value:.3g}")
