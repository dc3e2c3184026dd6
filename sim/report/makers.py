"""Who supplies, under each way of counting: definitions, published figures, frames, a chart, one sentence."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from sim.estimation.shares import CONTRACTS, FLEET, IMPORTS, NO_MAKER, UNION, UNION_MAKERS
from sim.evidence.seeds import Seeds
from sim.report import charts, numbers, tables, words
from sim.report.charts import Palette, Spec
from sim.report.language import _, mark
from sim.report.tables import Paired

TOGETHER: Final = "together"  # Korean and other makers in one, as the IISS publishes them
MAKERS: Final = {
    UNION_MAKERS: mark("Makers in the EU"),
    "europe": mark("European makers"),
    "united_states": mark("US makers"),
    "korea": mark("Korean makers"),
    "other": mark("Other makers"),
    TOGETHER: mark("Korea and others"),
    NO_MAKER: mark("Soviet types"),
}
OUTSIDE: Final = mark("Europe outside the EU")
ROW, FRAME, LEGEND_ROW = 18, 40, 30  # height of one line of the chart, of its axis, of a line of the legend


@dataclass(frozen=True)
class Definition:
    """A way of counting: its name, what it counts in a full sentence, and the published figures made so.

    `phrase` follows a share: `31 % of contracts`. `observed` has the maker of each figure of the record;
    those without one are about other makers and stand beside the chart only.
    """

    name: str
    phrase: str
    meaning: str
    observed: Mapping[str, str]


DEFINITIONS: Final = {
    CONTRACTS: Definition(
        mark("Contracts signed"),
        mark("contracts signed"),
        mark(
            "Value of contracts signed in these years by the European states of NATO, orders at home "
            "included: so the International Institute for Strategic Studies (IISS) counts."
        ),
        {
            "iiss_europe_2022_24": "europe",
            "iiss_us_2022_24": "united_states",
            "iiss_others_2022_24": TOGETHER,
        },
    ),
    IMPORTS: Definition(
        mark("Deliveries from abroad"),
        mark("deliveries from abroad"),
        mark(
            "Deliveries from abroad in these years to the European states of NATO, home-made equipment left "
            "out: so the Stockholm International Peace Research Institute (SIPRI) counts arms transfers. "
            "Here they count by price without inflation instead of its index of military worth."
        ),
        {
            "sipri_europe_2021_25": "europe",
            "sipri_us_2021_25": "united_states",
            "sipri_korea_2021_25": "korea",
            "sipri_israel_2021_25": "",
            "sipri_us_2020_24": "",
        },
    ),
    FLEET: Definition(
        mark("Fleet in service"),
        mark("the fleet in service"),
        mark(
            "Everything in service with the European states of NATO at the end of the last year, old and "
            "new, each unit at the usual price of its category, by the maker whose state supports the type. "
            "Shells are left out: rounds of many makers lie in one stock."
        ),
        {},
    ),
    UNION: Definition(
        mark("Contracts of EU states"),
        mark("contracts of EU states"),
        mark(
            "Value of contracts signed in these years by EU states only, orders at home included and shells "
            "left out. A maker counts where its seat is, so that the United Kingdom is outside: so the IISS "
            "counts for the EU."
        ),
        {"iiss_eu_origin_2022_25": UNION_MAKERS, "iiss_eu_origin_2018_22": ""},
    ),
}
LESSON: Final = (CONTRACTS, IMPORTS, FLEET)  # ways of counting with the same makers in the same states


@dataclass(frozen=True)
class Figure:
    """A published share: `subject` is its name in the seeds, `maker` is empty where no row shows it."""

    subject: str
    maker: str
    label: str
    period: str
    definition: str
    value: float
    low: float
    high: float


def maker_name(maker: str, definition: str) -> str:
    """The makers of a row in words."""
    return _(OUTSIDE if definition == UNION and maker == "europe" else MAKERS[maker])


def figures(seeds: Seeds, definition: str) -> list[Figure]:
    """The published figures that are counted by a definition, in its order."""
    known = {one.id: one for one in seeds.observed()}
    found = []
    for subject, maker in DEFINITIONS[definition].observed.items():
        row, fact = known[subject], seeds.fact(subject, "value_observed")
        found.append(
            Figure(subject, maker, row.label, row.period, row.definition, fact.value, fact.low, fact.high)
        )
    return found


def windows(seeds: Seeds, first: int, length: int) -> list[tuple[int, int]]:
    """The years that can be chosen: both halves of the run, and before them the periods of published figures
    that lie within it.
    """
    half = length // 2
    halves = [(first, first + half - 1), (first + half, first + length - 1)]
    periods = {
        (int(one.period[:4]), int(one.period[-4:]))
        for definition in DEFINITIONS
        for one in figures(seeds, definition)
        if one.maker
    }
    inside = sorted(one for one in periods if first <= one[0] and one[1] < first + length)
    return [*inside, *(one for one in halves if one not in inside)]


def years(first: int, last: int) -> str:
    """A window in words."""
    return _("{first} to {last}").format(first=first, last=last)


def rows_of(shares: pd.DataFrame, definition: str) -> pd.DataFrame:
    """The shares of the rows shown, in their order; Korean and other makers together where so published."""
    if TOGETHER in DEFINITIONS[definition].observed.values():
        shares = shares.assign(**{TOGETHER: shares["korea"] + shares["other"]})
    return shares[[maker for maker in MAKERS if maker in shares]]


def frame(parts: Mapping[str, pd.DataFrame], shown: Sequence[Figure], definition: str) -> pd.DataFrame:
    """A row per maker and line: middle of the runs with 8 of 10 of them, and the published figures.

    parts: shares by replication (rows) and maker (columns) of each scenario by its name, baseline first.
    """
    rows: list[dict[str, Any]] = []
    for who, shares in parts.items():
        for maker, column in rows_of(shares, definition).items():
            low, middle, high = (float(column.quantile(one / 100)) for one in tables.FAN)
            rows.append({"maker": str(maker), "who": who, "low": low, "middle": middle, "high": high})
    rows += [
        {"maker": one.maker, "who": record_name(one), "low": one.low, "middle": one.value, "high": one.high}
        for one in shown
        if one.maker
    ]
    found = pd.DataFrame(rows)
    found["name"] = [maker_name(maker, definition) for maker in found["maker"]]
    return found


def record_name(figure: Figure) -> str:
    """The line of published figures in the legend."""
    return _("Published, {period}").format(period=figure.period.replace("-", "–"))


def chart(table: pd.DataFrame, colours: Palette) -> Spec:
    """Dots with bars over 8 of 10 runs, a row per maker; baseline, scenario and record below each other."""
    lines, makers = list(dict.fromkeys(table["who"])), list(dict.fromkeys(table["name"]))
    own = [who for who in lines if who in (_("Baseline"), _("This scenario"))]
    hues = dict(zip(own, (colours.baseline, colours.scenario), strict=False))
    domain = {
        "domain": lines,
        "range": [hues.get(who, colours.ink) for who in lines],
    }
    shapes = {"domain": lines, "range": ["circle" if who in own else "diamond" for who in lines]}
    legend = {"orient": "top", "direction": "vertical", "offset": 4, "symbolOpacity": 1, "labelLimit": 300}
    y = {"field": "name", "type": "nominal", "sort": makers, "title": None,
         "axis": {"labelLimit": 130, "grid": False, "ticks": False}}  # fmt: skip
    offset = {"field": "who", "sort": lines}
    x = {**charts.axis("share"), "scale": {"domainMin": 0}}
    color = {"field": "who", "type": "nominal", "title": None, "scale": domain, "legend": legend}
    shape = {"field": "who", "type": "nominal", "title": None, "scale": shapes, "legend": legend}
    shared = {"y": y, "yOffset": offset, "color": color}
    tips = [
        {"field": "name", "type": "nominal", "title": _("Makers")},
        {"field": "who", "type": "nominal", "title": _("Line")},
        *(
            {"field": field, "type": "quantitative", "title": title, "format": charts.tip_format("share")}
            for field, title in (("middle", _("Middle")), ("low", _("Bar from")), ("high", _("Bar to")))
        ),
    ]
    bar = {"type": "bar", "height": 6, "opacity": 0.35, "cornerRadius": 3}
    dot = {"type": "point", "filled": True, "size": 70, "opacity": 1}
    return {
        "height": ROW * len(lines) * len(makers) + LEGEND_ROW * len(lines) + FRAME,
        "padding": {"left": 0, "right": 8, "top": 0, "bottom": 0},
        "layer": [
            {"mark": bar, "encoding": {**shared, "x": {"field": "low", **x}, "x2": {"field": "high"}}},
            {"mark": dot, "encoding": {**shared, "shape": shape, "x": {"field": "middle", **x},
                                       "tooltip": tips}},
        ],
    }  # fmt: skip


def alt(table: pd.DataFrame, definition: str, window: tuple[int, int]) -> str:
    """Alternative text of the chart: every share with its band."""
    parts = [
        _("{makers}, {who}: {middle} ({band})").format(
            makers=row["name"],
            who=row["who"],
            middle=numbers.percent(row["middle"]),
            band=_("{low} to {high}").format(
                low=numbers.percent(row["low"]), high=numbers.percent(row["high"])
            ),
        )
        for row in table.to_dict("records")
    ]
    return _("Shares of makers in {what}, {years}. {parts}.").format(
        what=_(DEFINITIONS[definition].phrase), years=years(*window), parts="; ".join(parts)
    )


def table_of(table: pd.DataFrame, found: Sequence[Paired]) -> pd.DataFrame:
    """The numbers of the chart as text, a row per maker; the paired difference where there is one."""
    columns: dict[str, list[str]] = {_("Makers"): list(dict.fromkeys(table["name"]))}
    for who in dict.fromkeys(table["who"]):
        rows = {row["name"]: row for row in table[table["who"] == who].to_dict("records")}
        columns[who] = [_level(rows.get(name)) for name in columns[_("Makers")]]
    if found:
        columns[_("Difference, with its reading")] = [
            _("{difference}: {reading}").format(
                difference=numbers.bounds("share", one.low, one.high),
                reading=words.verdict_word(one.verdict, ""),
            )
            for one in found
        ]
    return pd.DataFrame(columns)


def _level(row: Mapping[str, Any] | None) -> str:
    if row is None or not math.isfinite(row["middle"]):
        return "–"
    return _("{middle} ({band})").format(
        middle=numbers.percent(row["middle"]),
        band=_("{low} to {high}").format(low=numbers.percent(row["low"]), high=numbers.percent(row["high"])),
    )


def differences(base: pd.DataFrame, other: pd.DataFrame, definition: str) -> list[Paired]:
    """Scenario against baseline for every maker shown, paired by replication."""
    before, after = (rows_of(one, definition) for one in (base, other))
    return [
        tables.compare_columns(str(maker), definition, before[maker].to_numpy(), after[maker].to_numpy())
        for maker in before
    ]


def lesson(counted: Mapping[str, pd.DataFrame], window: tuple[int, int], is_baseline: bool) -> str:
    """The two makers whose shares differ most between ways of counting the same runs, in one sentence.

    counted: shares by definition. Only differences count that hold in nine of ten runs.
    """
    found = (_widest(counted, str(maker)) for maker in counted[CONTRACTS])
    clear = sorted((one for one in found if one is not None), key=lambda one: -one[2])[:2]
    if not clear:
        return _("In this model, no share differs clearly between the ways of counting, {years}.").format(
            years=years(*window)
        )
    clauses = [
        _("{makers} have {low} of {one} but {high} of {two}").format(
            makers=maker_name(maker, CONTRACTS),
            low=numbers.percent(float(counted[one][maker].median())),
            one=_(DEFINITIONS[one].phrase),
            high=numbers.percent(float(counted[two][maker].median())),
            two=_(DEFINITIONS[two].phrase),
        )
        for maker, (one, two), _rise in clear
    ]
    text = (
        _("In this model’s baseline, {years}, {clauses}: the same runs, counted in different ways.")
        if is_baseline
        else _("In this scenario of the model, {years}, {clauses}: the same runs, counted in different ways.")
    )
    return text.format(years=years(*window), clauses=_(", and ").join(clauses))


def _widest(counted: Mapping[str, pd.DataFrame], maker: str) -> tuple[str, tuple[str, str], float] | None:
    """The two ways of counting between which the share of a maker rises most, and by how much; None if none
    differs clearly.
    """
    pairs = [(one, two) for one in LESSON for two in LESSON if one != two]
    found = [
        (maker, (one, two), gap.change)
        for one, two in pairs
        for gap in (
            tables.compare_columns(maker, "", *(counted[name][maker].to_numpy() for name in (one, two))),
        )
        if gap.verdict == "up"
    ]
    return max(found, key=lambda row: row[2], default=None)


def all_ways(counted: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The middle shares of one scenario under every definition, makers down and ways of counting across."""
    makers = [maker for maker in MAKERS if maker not in (UNION_MAKERS, TOGETHER)]
    columns: dict[str, list[str]] = {_("Makers"): [_(MAKERS[maker]) for maker in makers]}
    for definition, shares in counted.items():
        if UNION_MAKERS in shares:
            shares = shares.assign(europe=shares["europe"] + shares[UNION_MAKERS])
        columns[_(DEFINITIONS[definition].name)] = [
            numbers.percent(float(shares[maker].median())) if maker in shares else "–" for maker in makers
        ]
    return pd.DataFrame(columns)
