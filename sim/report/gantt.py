"""When deliveries come: a bar per programme from its signature to its first and last delivery.

A programme is a contract in the books at the start, or all that a buyer signs with a line in the model; the
second differs from run to run, so it stands with the part of runs in which it is signed. Dates are middles
over the runs that have it, with the months between which 8 of 10 of those runs lie.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from sim.experiment import deliveries
from sim.experiment.books import Books
from sim.policy.dates import MONTHS, january_index, month_text
from sim.policy.measures import ALLIANCE
from sim.report import numbers, tables, why_words, words
from sim.report.charts import Palette, Spec, of_industry
from sim.report.language import _, plural
from sim.report.why_words import Names

KEYS = ["buyer", "line", "contract"]
DATES = ("signed", "first", "last")
LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9
RARE = 0.1  # programmes signed in fewer runs are in the table only
MOST_BARS = 26
BEFORE = 48  # months before the start that are drawn
ROW = 38  # pixels of a bar with its words
NAMED = 6  # programmes named in the text beside the chart


def programmes(base: Books, other: Books, place: str, category: str = "") -> pd.DataFrame:
    """A row per programme of either scenario, by the middle of its first delivery.

    `share`: part of runs that have it; `signed`, `first`, `last`: the middle month, and `_low`, `_high` the
    months between which 8 of 10 of those runs lie (infinity: after the run); `units`: mean of those runs;
    `value`: mean of all runs, million 2025 US dollars. The same with `base_` for the baseline. `difference`,
    `low`, `high`, `verdict`: months of the first delivery against the baseline over the runs that have both.
    """
    before = _runs(base, place, category)
    after = before if other is base else _runs(other, place, category)
    found = _summary(after, other.replications).join(
        _summary(before, base.replications).add_prefix("base_"), how="outer"
    )
    for column in ("share", "value", "base_share", "base_value"):
        found[column] = found[column].fillna(0.0)
    for column in ("category", "industry"):
        found[column] = found[column].fillna(found.pop(f"base_{column}"))
    firsts = zip(*_firsts(before, after, found.index, other.replications), strict=True)
    compared = tables.as_frame([tables.compare_columns("months", "", old, new) for old, new in firsts])
    for column in ("difference", "low", "high", "verdict"):
        found[column] = compared[column].to_numpy()
    found["at"] = found["first"].fillna(found["base_first"])
    return found.reset_index().sort_values(["at", "line"], ignore_index=True)


def _runs(books: Books, place: str, category: str) -> pd.DataFrame:
    """Programmes by replication, with ids as plain text."""
    runs = deliveries.programmes(books, place, category)
    ids = ["buyer", "line", "contract", "category", "industry"]
    return runs.assign(**{name: runs[name].astype(str) for name in ids})


def _summary(runs: pd.DataFrame, replications: int) -> pd.DataFrame:
    """A row per programme: how often, when, how much."""
    groups = runs.groupby(KEYS)
    rows = groups.agg(
        category=("category", "first"), industry=("industry", "first"), share=("value", "size"),
        units=("units", "mean"), value=("value", "sum"),
    )  # fmt: skip
    rows["share"] = rows["share"] / replications
    rows["value"] = rows["value"] / replications
    number = groups.ngroup().to_numpy()
    for date in DATES:
        for end, share in (("_low", LOW), ("", MIDDLE), ("_high", HIGH)):
            rows[date + end] = deliveries.quantiles(runs[date].to_numpy(float), number, share)
    return rows


def _firsts(
    before: pd.DataFrame, after: pd.DataFrame, programmes: pd.Index[Any], replications: int
) -> list[Any]:
    """The month of the first delivery by programme and replication, in both scenarios.

    Nothing where it is not within the run; nothing for a programme that too few runs have in both.
    """
    columns = []
    for runs in (before, after):
        first = runs.set_index([*KEYS, "replication"])["first"]
        wide = first[np.isfinite(first)].unstack("replication")
        columns.append(wide.reindex(index=programmes, columns=range(replications)).to_numpy(float))
    few = np.isfinite(columns[1] - columns[0]).mean(axis=1) < RARE
    return [np.where(few[:, None], np.nan, column) for column in columns]


def drawn(found: pd.DataFrame, place: str) -> tuple[pd.DataFrame, float]:
    """The programmes in the chart, by first delivery, and their part of the value of all in the scenario.

    Those worth most in either scenario, of one state first what is in the books. What fewer than one run in
    ten signs is in the table only.
    """
    often = found[found[["share", "base_share"]].max(axis=1) >= RARE]
    sure = (often["contract"] != "") & (place != ALLIANCE)
    worth = often[["value", "base_value"]].max(axis=1)
    chosen = often.assign(sure=sure, worth=worth).sort_values(["sure", "worth"], ascending=False)
    kept = chosen.head(MOST_BARS).sort_index().drop(columns=["sure", "worth"]).reset_index(drop=True)
    total = float(found["value"].sum())
    return kept, float(kept["value"].sum()) / total if total else 1.0


def head(row: pd.Series[Any], place: str, is_baseline: bool, names: Names, start: str) -> str:
    """The words over a bar: `K2 tank (Changwon): 116 tanks, signed in August 2025`."""
    line = names.line(row["line"])
    if place == ALLIANCE:
        line = _("{state}: {line}").format(state=names.state(row["buyer"]), line=line)
    units = _units(row, names)
    if row["contract"]:
        since = why_words.month(_known(row, "signed"), start)
        return _("{line}: {units}, signed in {month}").format(line=line, units=units, month=since)
    often = numbers.percent(row["share"])
    if is_baseline:
        return _("{line}: in {share} of runs, {units}").format(line=line, share=often, units=units)
    return _("{line}: in {share} of runs (baseline {base}), {units}").format(
        line=line, share=often, base=numbers.percent(row["base_share"]), units=units
    )


def _units(row: pd.Series[Any], names: Names) -> str:
    """How many on average, and of what: `116 tanks`, `3.2 boats`."""
    count = _known(row, "units")
    figures = f"{count:,.0f}" if count.is_integer() or count >= 9.95 else f"{count:.1f}"
    text = _("{unit}: {number}") if figures == "1" else _("{number} {unit}")  # units are named in the plural
    return text.format(number=figures, unit=names.unit(row["category"]))


def _worth(row: pd.Series[Any]) -> float:
    """The value on average of the runs that have it, as its units: of the scenario, else of the baseline."""
    before = "" if row["share"] else "base_"
    return float(row[f"{before}value"] / row[f"{before}share"])


def _known(row: pd.Series[Any], column: str) -> float:
    """The scenario's number, or the baseline's where only the baseline has the programme."""
    value = float(row[column])
    return float(row[f"base_{column}"]) if math.isnan(value) else value


def bars(
    found: pd.DataFrame, place: str, is_baseline: bool, names: Names, start: str
) -> list[dict[str, Any]]:
    """The rows of the chart: dates as text, cut at its edges, with the words over each bar."""
    rows = []
    for number, (_at, row) in enumerate(found.iterrows()):
        one: dict[str, Any] = {
            "row": number, "head": head(row, place, is_baseline, names, start),
            "industry": names.industry(row["industry"]), "known": bool(row["contract"]),
            "first_text": span(row, "first", start), "last_text": span(row, "last", start),
        }  # fmt: skip
        for column in ("signed", "first", "first_low", "first_high", "last", "last_low", "last_high"):
            one[column] = _date(row[column], start)
        if not is_baseline:
            one |= {f"base_{column}": _date(row[f"base_{column}"], start) for column in ("first", "last")}
        rows.append(one)
    return rows


def _date(month: float, start: str) -> str | None:
    """A month of the run as a date inside the chart; none where there is none."""
    return None if math.isnan(month) else _month(month, start) + "-01T00:00:00"


def _month(month: float, start: str) -> str:
    """A month as text, cut at the edges of the chart."""
    return month_text(int(min(MONTHS, max(-BEFORE, month))), start)


def chart(
    rows: Sequence[dict[str, Any]], industries: Sequence[str], until: int, start: str, names: Names,
    colours: Palette,
) -> Spec:  # fmt: skip
    """A bar per programme from first to last delivery, the wait before it thin, the baseline grey behind."""
    y = {"field": "row", "type": "ordinal", "axis": None}
    axis = {"orient": "top", "format": "%Y", "tickCount": 7, "gridOpacity": 0.4}
    x = {"type": "temporal", "title": None, "axis": axis}
    edges = [
        {"year": int(_month(at, start)[:4]), "month": int(_month(at, start)[5:])} for at in (-BEFORE, MONTHS)
    ]
    whole = {**x, "scale": {"domain": edges, "nice": False}}
    colour = of_industry({one: names.industry(one) for one in industries}, "square")
    tips = [
        {"field": "head", "type": "nominal", "title": _("Programme")},
        {"field": "first_text", "type": "nominal", "title": _("First delivery")},
        {"field": "last_text", "type": "nominal", "title": _("Last delivery")},
    ]

    def between(one: str, two: str, mark: Spec, **encoding: Any) -> Spec:
        reach = {"y": y, "x": {"field": one, **x}, "x2": {"field": two}, **encoding}
        return {"mark": {"clip": True, "aria": False, "yOffset": 8, **mark}, "encoding": reach}

    whisker = {"type": "rule", "color": colours.ink, "strokeWidth": 1.5}
    grey = {"type": "bar", "height": 18, "color": colours.baseline, "opacity": 0.45}
    parts = [between("base_first", "base_last", grey)] if rows and "base_first" in rows[0] else []
    parts.append(between("signed", "first", {"type": "rule", "strokeWidth": 2}, color=colour))
    for test, shade in (("true", 0.95), ("false", 0.3)):
        bar = {"type": "bar", "height": 10, "fillOpacity": shade, "strokeWidth": 1.5}
        of_it = between("first", "last", bar, color=colour, stroke=colour, tooltip=tips)
        parts.append({**of_it, "transform": [{"filter": f"datum.known === {test}"}]})
    return {
        "height": ROW * max(1, len(rows)),
        "padding": {"left": 4, "right": 12, "top": 0, "bottom": 0},
        "data": {"values": list(rows)},
        "layer": [
            _rule(_date(0, start), whole, {"strokeWidth": 1.5, "color": colours.baseline}),
            _rule(
                _date(january_index(until, start), start),
                x,
                {"strokeDash": [5, 4], "color": colours.baseline},
            ),
            *parts,
            between("first_low", "first_high", whisker),
            between("last_low", "last_high", whisker),
            _words(y, colours),
        ],
        "config": {"view": {"stroke": None}},
    }


def _words(y: Spec, colours: Palette) -> Spec:
    """The words over the bars, from the left edge on; cut where the chart ends."""
    mark = {"type": "text", "align": "left", "dy": -8, "color": colours.ink, "fontSize": 12,
            "limit": {"expr": "width"}, "aria": False}  # fmt: skip
    text = {"field": "head", "type": "nominal"}
    return {"mark": mark, "encoding": {"y": y, "x": {"value": 0}, "text": text}}


def _rule(date: str | None, x: Spec, mark: Spec) -> Spec:
    """An upright line at a date."""
    return {
        "data": {"values": [{"date": date}]},
        "mark": {"type": "rule", "aria": False, "opacity": 0.6, **mark},
        "encoding": {"x": {"field": "date", **x}},
    }


def date_words(month: float, start: str) -> str:
    """A month in words; a dash where there is none, `after December 2035` where it is after the run."""
    if math.isnan(month):
        return "–"
    if math.isinf(month):
        return _("after {month}").format(month=why_words.month(MONTHS - 1, start))
    return why_words.month(month, start)


def span(row: pd.Series[Any], date: str, start: str) -> str:
    """A date with the months between which 8 of 10 runs lie."""
    low, middle, high = (date_words(row[date + end], start) for end in ("_low", "", "_high"))
    if low == high:
        return middle
    return _("{middle} (8 of 10 runs: {low} to {high})").format(middle=middle, low=low, high=high)


def dates(row: pd.Series[Any], start: str) -> str:
    """The first and last delivery in words; one month where they are the same."""
    first, last = (date_words(row[date], start) for date in ("first", "last"))
    if math.isnan(row["first"]):
        return _("in the baseline only")
    return first if first == last else _("{first} to {last}").format(first=first, last=last)


def alt(found: pd.DataFrame, place: str, is_baseline: bool, names: Names, start: str) -> str:
    """The chart in sentences: what comes first, and until when."""
    if found.empty:
        return _("Nothing is delivered.")
    parts = [
        _("{programme}: {dates}").format(
            programme=head(row, place, is_baseline, names, start), dates=dates(row, start)
        )
        for _at, row in found.head(NAMED).iterrows()
    ]
    return _("Programmes by first delivery. {programmes}.").format(programmes="; ".join(parts))


def how_much(found: pd.DataFrame, part: float) -> str:
    """How many programmes the chart shows, how many of them are known, and their part of all value."""
    known = int((found["contract"] != "").sum())
    return plural(
        "{number} programme, {known} of them in the books at the start: {part} of the value of all that is "
        "on order or signed in ten years.",
        "{number} programmes, {known} of them contracts in the books at the start; together {part} of the "
        "value of all that is on order or signed in ten years.",
        len(found),
    ).format(number=len(found), known=known, part=numbers.percent(part))


def legend(until: int, start: str, is_baseline: bool) -> str:
    """How to read the bars."""
    sentences = [
        _("Bar: first to last delivery (middle of all runs). Thin line before it: since the signature."),
        _("Of a contract in the books, only what was still to come at the start counts."),
        _(
            "Filled: a contract in the books at the start. Pale: signed in this model, in the part of runs "
            "that is given."
        ),
        _(
            "Fine lines at its ends: 8 of 10 runs. Upright line: {start}; dashed: {until}, "
            "until when gaps are counted."
        ).format(start=words.month(start), until=words.month(f"{until}-01")),
    ]
    if not is_baseline:
        sentences.append(_("Grey behind: the baseline."))
    return " ".join(sentences)


def shown(found: pd.DataFrame, place: str, is_baseline: bool, names: Names, start: str) -> pd.DataFrame:
    """The programmes as a reader sees them, in words."""
    table: dict[str, list[str]] = {}
    if place == ALLIANCE:
        table[_("Buyer")] = [names.state(one) for one in found["buyer"]]
    rows = [row for _at, row in found.iterrows()]
    table[_("Line")] = [names.line(row["line"]) for row in rows]
    table[_("Contract")] = [
        _("in the books") if row["contract"] else _("signed in the model") for row in rows
    ]
    table[_("In runs")] = [numbers.percent(row["share"]) for row in rows]
    table[_("Units")] = [_units(row, names) for row in rows]
    table[_("Value")] = [numbers.money(_worth(row)) for row in rows]
    table[_("Signed")] = [date_words(row["signed"], start) for row in rows]
    table[_("First delivery")] = [span(row, "first", start) for row in rows]
    table[_("Last delivery")] = [span(row, "last", start) for row in rows]
    if not is_baseline:
        table[_("Baseline: in runs")] = [numbers.percent(row["base_share"]) for row in rows]
        table[_("Baseline: first delivery")] = [date_words(row["base_first"], start) for row in rows]
        table[_("First delivery against the baseline")] = [_later(row) for row in rows]
        table[_("Reading")] = [words.verdict_word(row["verdict"], "less") for row in rows]
    return pd.DataFrame(table)


def _later(row: pd.Series[Any]) -> str:
    """The mean difference of the first delivery with its 90 % interval, in months; a dash without a pair."""
    if not math.isfinite(row["difference"]):
        return "–"
    if row["verdict"] in ("same", "tiny"):
        return words.verdict_word(row["verdict"], "less")
    sign = "+" if row["difference"] > 0 else ""
    text = _("{months} months (90 % interval {span})")
    return text.format(
        months=sign + numbers.number(row["difference"] + 0.0),
        span=numbers.bounds("months", row["low"], row["high"]),
    )
