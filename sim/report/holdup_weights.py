"""What the decisions taught: weights before and after, what so few could tell, what to research next.

Pure functions of the record of `sim estimate --study --json` (see `sim.report.choices`) and of the seeds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from sim.evidence.seeds import Seeds
from sim.report import words
from sim.report.choice_words import LABELS
from sim.report.language import _
from sim.report.ledger import Entry
from sim.report.numbers import percent, signed

Record = Mapping[str, Any]
SUBJECT = "choice"
REACH = 1.645  # standard deviations to either end of a 90 % interval of a normal distribution
UNWEIGHED = "dissimilarity"  # a number between 0 and 1, no weight in points


def label(name: str) -> str:
    """A weight in words."""
    return _(LABELS.get(name, name))


def intro(found: Record) -> str:
    """How many decisions taught how much, and how good the approximation is."""
    counts, checked = found["decisions"], found["check"]
    return _(
        "{rivals} decisions with rivals and {without} without were set against what was believed before. "
        "{effective} of {draws} check draws count, so the approximation of the posterior holds; the largest "
        "correlation of two weights is {correlation:.2f}."
    ).format(
        rivals=counts["with_rivals"],
        without=counts["without"],
        effective=f"{checked['effective_draws']:,.0f}",
        draws=f"{checked['draws']:,}",
        correlation=found["largest_correlation"],
    )


def weights(found: Record) -> pd.DataFrame:
    """Before and after as rows of what, when, mean, low, high, points: 90 % intervals, two rows a weight."""
    rows = []
    for one in found["weights"]:
        if one["name"] != UNWEIGHED:
            for when, part in ((_("Before"), "prior"), (_("After"), "posterior")):
                rows.append((label(one["name"]), when, one[part]["mean"], *ends(one, part)))
    return pd.DataFrame(rows, columns=["what", "when", "mean", "low", "high"])


def ends(one: Mapping[str, Any], part: str) -> tuple[float, float]:
    """The ends of the 90 % interval of a weight: its mean and 1.645 standard deviations to either side.

    A weight that can only be negative (its published range ends at zero) goes no further than zero.
    """
    mean, reach = one[part]["mean"], REACH * one[part]["sd"]
    return mean - reach, min(mean + reach, 0.0) if one["posterior"]["high"] == 0.0 else mean + reach


def weights_table(found: Record) -> pd.DataFrame:
    """Each weight before and after, and how much narrower the decisions made it."""
    many = found["weights"]
    return pd.DataFrame({
        _("Weight"): [label(one["name"]) for one in many],
        _("Before (90 %)"): [_spread(one, "prior") for one in many],
        _("After (90 %)"): [_spread(one, "posterior") for one in many],
        _("Narrower by"): [percent(max(0.0, one["learnt"])) for one in many],
    })  # fmt: skip


def _spread(one: Mapping[str, Any], part: str) -> str:
    mean, low, high = map(signed, (one[part]["mean"], *ends(one, part)))
    return _("{mean} ({low} to {high})").format(mean=mean, low=low, high=high)


def weights_alt(found: Record) -> str:
    """The chart of weights in a sentence: of which the sign is sure, and which were narrowed most."""
    many = [one for one in found["weights"] if one["name"] != UNWEIGHED]
    spans = [(one, *ends(one, "posterior")) for one in many]
    sure = [label(one["name"]) for one, low, high in spans if low > 0.0 or high < 0.0]
    most = max(many, key=lambda one: one["learnt"])
    return _(
        "Weights before and after with 90 % intervals, in points. After the decisions these do not hold "
        "zero: {sure}. Narrowed most: {most}, by {share}."
    ).format(sure=_(", ").join(sure) or _("none"), most=label(most["name"]), share=percent(most["learnt"]))


def power_table(found: Record) -> pd.DataFrame:
    """What so few decisions could tell: of each planted weight, how often its sign would be found."""
    rows = found["power"]
    return pd.DataFrame({
        _("Weight"): [label(one["name"]) for one in rows],
        _("Planted, mean size"): [f"{one['planted']:.2f}" for one in rows],
        _("Sign found"): [percent(one["found"]) for one in rows],
        _("Inside its 90 % interval"): [percent(one["coverage"]) for one in rows],
    })  # fmt: skip


def power_words(found: Record) -> str:
    """The power study in a sentence."""
    often = [label(one["name"]) for one in found["power"] if one["found"] >= 0.5]
    said = _(
        "Truths were drawn from what was believed before, winners were drawn from them, and the weights were "
        "fitted again. So few decisions find the sign in half of the cases or more for: {often}."
    )
    return said.format(often=_(", ").join(often) or _("no weight"))


def losses(found: Record) -> pd.DataFrame:
    """Log score lost without each attribute: what, mean, low, high; above zero it helps."""
    rows = [(label(one["name"]), one["mean"], one["low"], one["high"]) for one in found["ablations"]]
    return pd.DataFrame(rows, columns=["what", "mean", "low", "high"])


def losses_alt(data: pd.DataFrame) -> str:
    """The chart of losses in a sentence."""
    helps, harms = data[data["low"] > 0]["what"], data[data["high"] < 0]["what"]
    return _(
        "Log score lost when an attribute is left out, with 90 % intervals. Surely missed: {helps}. Surely "
        "better without: {harms}. For the others zero lies inside."
    ).format(helps=_(", ").join(helps) or _("none"), harms=_(", ").join(harms) or _("none"))


def permuted_words(found: Record) -> str:
    """What the fit finds where there is nothing to be found."""
    won = found["permuted_winners"]
    return _(
        "A check against fooling ourselves: with winners drawn evenly by lot there is nothing to learn, and "
        "the same fit scores {log:.3f} against {even:.3f} for guessing. Here it should not be better than "
        "guessing."
    ).format(log=won["log_score"], even=won["uniform"])


def influence_table(found: Record, seeds: Seeds) -> pd.DataFrame:
    """The weights whose doubt moves offers most, first, with the grade of each."""
    rows = sorted(
        (one for one in found["weights"] if one.get("influence") is not None), key=lambda x: -x["influence"]
    )
    return pd.DataFrame({
        _("Weight"): [label(one["name"]) for one in rows],
        _("Moves an offer by, points"): [f"{one['influence']:.2f}" for one in rows],
        _("Doubt about the weight"): [f"± {one['posterior']['sd']:.2f}" for one in rows],
        _("Grade"): [_grade(seeds, one["name"]) for one in rows],
    })  # fmt: skip


def _grade(seeds: Seeds, name: str) -> str:
    return words.grade(seeds.fact(SUBJECT, name).grade) if seeds.has(SUBJECT, name) else "–"


def assumed(found: Record, entries: Iterable[Entry]) -> list[Entry]:
    """The numbers of a buyer's choice that no decision on file could teach, the weakest grade first."""
    taught = {one["name"] for one in found["weights"]}
    kept = [one for one in entries if one.fact.subject == SUBJECT and one.fact.attribute not in taught]
    return sorted(kept, key=lambda one: one.fact.grade, reverse=True)
