"""Which difference did it, in words, as a table and as bars: pure functions of the record of `attribute`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from sim.evidence.seeds import Seeds
from sim.policy.levers import levers
from sim.policy.shocks import shocks
from sim.report import numbers, words
from sim.report.analyse_parts import (
    Record,
    falling,
    interval,
    measure_of,
    outcome_name,
    reach_of,
    signed,
    total_of,
    verdict,
    waterfall,
    with_interval,
)
from sim.report.charts import Palette, Spec
from sim.report.language import _, plural
from sim.report.ledger import named

NAMED: Final = 3  # parts that the headline says
DRAWN: Final = 12  # bars; what is smaller goes into one
Labels = Mapping[str, str]


def labels(record: Record, seeds: Seeds) -> dict[str, str]:
    """Each difference in words, by its id; seeds: those of the scenarios' start."""
    known, cards = levers(seeds), shocks(seeds)
    found: dict[str, str] = {}
    for name, one in record["differences"].items():
        if one["kind"] == "lever":
            found[name] = _(known[name].label)
        elif one["kind"] == "card":
            found[name] = _("Shock: {card}").format(card=_(cards[name].label))
        else:
            found[name] = words.listed([entry.what for entry in named(seeds, name.split("+")).values()])
    shown = list(found.values())
    return {name: f"{label} ({name})" if shown.count(label) > 1 else label for name, label in found.items()}


def headline(record: Record, outcome: str, known: Labels, names: Labels) -> str:
    """Who did it, in one sentence with its figures.

    outcome: one of the record's measures; known: `labels`; names: of states and industries by id.
    """
    one, kind = record["measures"][outcome], measure_of(outcome).kind
    what = outcome_name(outcome, names)
    if one["total"] is None:
        return _(
            "In this model, {what} has no figure in these scenarios, so there is nothing to split."
        ).format(what=what)
    reach = reach_of([total_of(one), *one["parts"].values()])
    sides = _sides(record)
    texts = {
        "nil": _("In this model, {what} does not change from “{base}” to “{other}”: {parts}."),
        "tiny": _(
            "In this model, {what} changes by practically nothing from “{base}” to “{other}”, "
            "{change}: {parts}."
        ),
        "unclear": _(
            "In this model, {what} does not change clearly from “{base}” to “{other}”, {change}: {parts}."
        ),
        "clear": _("In this model, {what} changes from “{base}” to “{other}” by {change}: {parts}."),
    }
    return texts[verdict(kind, total_of(one), one["before"])].format(
        what=what,
        change=with_interval(kind, total_of(one), reach),
        parts=_parts_said(one, kind, known),
        **sides,
    )


def levels(record: Record, outcome: str) -> str:
    """The outcome in both scenarios, in a sentence; empty where there is no figure."""
    one, kind = record["measures"][outcome], measure_of(outcome).kind
    if one["total"] is None:
        return ""
    before, after = (numbers.amount(kind, one[key]) for key in ("before", "after"))
    return _("In “{base}” it is {before} on average, in “{other}” {after}.").format(
        before=before, after=after, **_sides(record)
    )


def _sides(record: Record) -> dict[str, str]:
    """The titles of both scenarios, told apart where one is the other with changes."""
    base, other = (_(record[side]["title"]) for side in ("base", "other"))
    return {"base": base, "other": other if other != base else _("{title}, changed").format(title=base)}


def _parts_said(one: Record, kind: str, known: Labels) -> str:
    """The largest parts whose interval does not hold zero, and how many others there are."""
    reach = reach_of([total_of(one), *one["parts"].values()])
    clear = [name for name in by_size(one) if verdict(kind, one["parts"][name], one["before"]) == "clear"]
    shown, others = clear[:NAMED], len(one["parts"]) - len(clear[:NAMED])
    if not shown:
        return plural(
            "the one difference makes practically nothing, or no clear difference",
            "each of the {number} differences makes practically nothing, or no clear difference",
            others,
        ).format(number=others)
    said = [
        _("“{name}” accounts for {part}").format(
            name=known[name], part=with_interval(kind, one["parts"][name], reach)
        )
        for name in shown
    ]
    if others:
        rest = (
            plural(
                "the other one makes less, or no clear difference",
                "the other {number} make less, or no clear difference",
                others,
            )
            if len(clear) > len(shown)
            else plural(
                "the other one makes practically nothing, or no clear difference",
                "the other {number} make practically nothing, or no clear difference",
                others,
            )
        )
        said.append(rest.format(number=others))
    return _("; ").join(said)


def together(record: Record, outcome: str, known: Labels, names: Labels) -> str:
    """The pair that acts together most, in a sentence; empty where no pair does so clearly."""
    kind = measure_of(outcome).kind
    pairs = record["measures"][outcome]["interactions"]
    clear = [pair for pair in pairs if verdict(kind, pair, record["measures"][outcome]["before"]) == "clear"]
    if not clear:
        return ""
    most = max(clear, key=lambda pair: abs(pair["mean"]))
    first, second = (known[name] for name in most["between"])
    more = _(
        "“{first}” and “{second}” act together: with both, {what} is {size} higher than their two effects "
        "added up, on average over what else differs (90 % interval for all {number} pairs together: "
        "{interval})."
    )
    less = _(
        "“{first}” and “{second}” act together: with both, {what} is {size} lower than their two effects "
        "added up, on average over what else differs (90 % interval for all {number} pairs together: "
        "{interval})."
    )
    text = more if most["mean"] > 0 else less
    reach = reach_of([most])
    return text.format(
        first=first, second=second, what=outcome_name(outcome, names), number=len(pairs),
        size=numbers.difference(kind, most["mean"], reach), interval=interval(kind, most, reach),
    )  # fmt: skip


def made(record: Record, outcome: str) -> str:
    """How the parts were found and over how many runs, in two sentences."""
    count, number = len(record["differences"]), record["measures"][outcome]["replications"]
    if record["exact"]:
        how = _(
            "Each part is what a difference adds, averaged over all orders in which the {count} could come "
            "(Shapley value); in every run the parts add up to the whole change."
        ).format(count=count)
    else:
        how = _(
            "Each part is what a difference adds, averaged over {orders} drawn orders in which the {count} "
            "could come (estimated Shapley value; the intervals include the error of the draw); in every run "
            "the parts add up to the whole change."
        ).format(count=count, orders=record["permutations"])
    until = _("Gap-years count until January {year}.").format(year=record["horizon_year"])
    if number == record["replications"]:
        return f"{how} {until}"
    left = _("{number} of {all} runs count: in the others the measure has no figure for some mixture.")
    return f"{how} {until} {left.format(number=number, all=record['replications'])}"


def table(record: Record, outcome: str, known: Labels) -> pd.DataFrame:
    """The parts by size and the whole change, as text for reading."""
    one, kind = record["measures"][outcome], measure_of(outcome).kind
    rows = [*((known[name], one["parts"][name]) for name in by_size(one)), (_("All together"), total_of(one))]
    reach = reach_of([part for _what, part in rows])
    return pd.DataFrame({
        _("What differs"): [what for what, _part in rows],
        _("Its part"): [signed(kind, part["mean"], reach) for _what, part in rows],
        _("90 % interval of the mean"): [interval(kind, part, reach) for _what, part in rows],
        _("90 % of runs"): [
            interval(kind, part, reach, ("spread_low", "spread_high")) for _what, part in rows
        ],
    })  # fmt: skip


def bars(record: Record, outcome: str, known: Labels) -> pd.DataFrame:
    """The data of `chart`: the largest parts, the others as one, and the whole change (`falling`)."""
    one = record["measures"][outcome]
    if one["total"] is None:
        return pd.DataFrame()
    order = by_size(one)
    cut = len(order) if len(order) <= DRAWN else DRAWN - 1
    rows: list[tuple[str, Record]] = [(known[name], one["parts"][name]) for name in order[:cut]]
    if order[cut:]:
        rest = {"mean": sum(one["parts"][name]["mean"] for name in order[cut:]), "low": None, "high": None}
        rows.append((_("The other {number}").format(number=len(order) - cut), rest))
    return falling(rows, (_("All together"), total_of(one)), measure_of(outcome).kind)


def chart(record: Record, outcome: str, count: int, colours: Palette) -> Spec:
    """A waterfall of the parts; count: the rows of `bars`."""
    one = record["measures"][outcome]
    reach = reach_of([total_of(one), *one["parts"].values()])
    return waterfall(count, measure_of(outcome).kind, reach, colours)


def alt(record: Record, outcome: str, known: Labels, names: Labels) -> str:
    """The chart in a sentence: its largest parts and the whole change."""
    one, kind = record["measures"][outcome], measure_of(outcome).kind
    if one["total"] is None:
        return headline(record, outcome, known, names)
    reach = reach_of([total_of(one), *one["parts"].values()])
    said = [
        f"{known[name]} {signed(kind, one['parts'][name]['mean'], reach)}" for name in by_size(one)[:NAMED]
    ]
    return _(
        "Bars from part to part of the change of {what}, the largest first: {parts}; all together {change}."
    ).format(
        what=outcome_name(outcome, names),
        parts=_("; ").join(said),
        change=signed(kind, one["total"], reach),
    )


def by_size(one: Record) -> list[str]:
    """The differences of an outcome, the largest part first."""
    return sorted(one["parts"], key=lambda name: -abs(one["parts"][name]["mean"] or 0.0))
