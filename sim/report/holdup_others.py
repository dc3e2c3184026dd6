"""The published exam of deliveries, contest of the theses and calibration in sentences and tables.

Pure functions of the records of docs/deliveries_exam.json, theses.json and calibration.json.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from sim.report.holdup_weights import REACH
from sim.report.language import _
from sim.report.numbers import signed
from sim.report.published import number

Record = Mapping[str, Any]


def deliveries_words(exam: Record) -> list[str]:
    """How many deliveries were examined, and where a naive rule does better."""
    first = _(
        "{count} first deliveries, each predicted from the others by what was known at signing."
    ).format(count=exam["n"])
    return [first, *(exam["findings"] or [_("No naive rule scores better.")])]


def deliveries_table(exam: Record) -> pd.DataFrame:
    """Scores of the months by kind, of the months from the promise, and of slips, with intervals."""
    rows = [
        (_("Mean error of months by kind of order"), exam["months"], "mae"),
        (_("Mean error of months from what was promised"), exam["months_from_promise"], "mae"),
        (_("Share within the 80 % range, by kind"), exam["months"], "coverage"),
        (_("Share within the 80 % range, from the promise"), exam["months_from_promise"], "coverage"),
        (_("Brier score of being on time"), exam["slips"], "brier"),
    ]
    return pd.DataFrame({
        _("Score"): [label for label, _part, _name in rows],
        _("Value"): [number(part[name]) for _label, part, name in rows],
        _("90 % interval"): [_span(part["intervals"][name]) for _label, part, name in rows],
        _("Deliveries"): [str(part["n"]) for _label, part, _name in rows],
    })  # fmt: skip


def theses_table(found: Record) -> pd.DataFrame:
    """Both theses side by side: what each expects, what an agreement adds after the record."""
    many = found["theses"]
    reach = REACH * pd.Series([one["posterior"]["sd"] for one in many])
    means = [one["posterior"]["mean"] for one in many]
    return pd.DataFrame({
        _("Thesis"): [_(one["label"]) for one in many],
        _("What it expects"): [_(one["expects"]) for one in many],
        _("Worth of an agreement, points (90 %)"): [
            _("{mean} ({low} to {high})").format(
                mean=signed(mean), low=signed(mean - wide), high=signed(mean + wide)
            )
            for mean, wide in zip(means, reach, strict=True)
        ],
    })  # fmt: skip


def break_evens_table(found: Record) -> pd.DataFrame:
    """What an agreement would have to be worth to equal a lower price or an earlier date."""
    many = found["break_evens"]
    return pd.DataFrame({
        _("An agreement would equal"): [_(one["label"]) for one in many],
        _("If it were worth, points"): [number(one["mean"]) for one in many],
        _("90 % of the estimate"): [_span([one["low"], one["high"]]) for one in many],
    })  # fmt: skip


def assumed_words(found: Record) -> str:
    """What a run takes a full agreement to be worth, beside the break-evens."""
    assumed = found["assumed"]
    return _(
        "A run assumes {mean} points for a full Dialogue and agreement, drawn between {low} and {high}: "
        "nothing is within that range."
    ).format(mean=number(assumed["mean"]), low=number(assumed["low"]), high=number(assumed["high"]))


def deciding_table(found: Record) -> pd.DataFrame:
    """Claims of both documents that no run can test, each with the observation that would bear on it."""
    names = {one["document"]: _(one["label"]) for one in found["theses"]}
    rows = [
        (names[document], _(one["claim"]), _(one["observation"]))
        for document, claims in found["would_decide"].items()
        for one in claims
    ]
    return pd.DataFrame(rows, columns=[_("Thesis"), _("Claim"), _("What would bear on it")])


def facts_table(fit: Record) -> pd.DataFrame:
    """What the record of the years leaves of the range of each fact."""
    many = fit["facts"]
    return pd.DataFrame({
        _("Number"): [one["fact"] for one in many],
        _("Range"): [_span([one["low"], one["high"]]) for one in many],
        _("Value"): [number(one["value"]) for one in many],
        _("Left: 5, 50, 95 %"): [_three(one["weighed"]) for one in many],
        _("Said of the range"): [one["verdict"] for one in many],
    })  # fmt: skip


def aggregates_table(fit: Record) -> pd.DataFrame:
    """Each published aggregate with what runs give before and after, held-out ones said."""
    many = fit["aggregates"]
    return pd.DataFrame({
        _("Aggregate"): [one["title"] for one in many],
        _("Use"): [_("matched") if one["use"] == "matched" else _("held out") for one in many],
        _("Observed"): [number(one["observed"]) for one in many],
        _("Runs before: 5, 50, 95 %"): [_three(one["before"]) for one in many],
        _("Runs after"): [_three(one["weighed"]) for one in many],
        _("The record lies"): [one["verdict"] for one in many],
    })  # fmt: skip


def _span(ends: Sequence[float]) -> str:
    return _("{low} to {high}").format(low=number(ends[0]), high=number(ends[1]))


def _three(points: Sequence[float] | None) -> str:
    return _(", ").join(map(number, points)) if points else "–"
