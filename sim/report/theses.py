"""The two theses side by side in words: what the record supports, what it cannot decide, what would."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sim.estimation.choice.theses import SURE, Contest
from sim.evidence.seeds import Seeds
from sim.report.language import _, mark

NAMES: Mapping[str, tuple[str, str]] = {
    "enabler": (mark("strategic enabler"), "000"),
    "exporter": (mark("commercial exporter"), "003"),
}
EXPECTS: Mapping[str, str] = {
    "enabler": mark("A standing agreement makes a Korean offer more likely to be chosen, all else equal."),
    "exporter": mark("Agreements change little; price, dates and reliable supply decide."),
}
STEPS: Mapping[str, str] = {
    "price_10": mark("a price lower by a tenth"),
    "months_6_urgent": mark("six months sooner, for a buyer in full need"),
    "months_6_calm": mark("six months sooner, for a buyer with the usual gap"),
}
UNDECIDED = mark(
    "The record cannot decide between them: both say that price, speed and reliable supply sell, and so few "
    "decisions could not tell what an agreement adds."
)
DECIDED = 0.95  # chance from which a thesis counts as supported


def headline(found: Contest) -> str:
    """What the record says of the two theses, in two sentences."""
    chance = found.enabler_chance
    odds = _(
        "{count} past decisions with a Korean offer leave the thesis of the strategic enabler at {a:.0%} and "
        "that of the commercial exporter at {b:.0%}, from even odds."
    )
    first = odds.format(count=found.decisions, a=chance, b=1.0 - chance)
    if max(chance, 1.0 - chance) < DECIDED:
        return first + " " + _(UNDECIDED)
    named = _(NAMES["enabler" if chance > 0.5 else "exporter"][0])
    return first + " " + _("It speaks for the thesis of the {name}.").format(name=named)


def power_sentence(found: Contest) -> str:
    """How often the right thesis would be named if the record were as it is, and if it were larger."""
    parts = [
        _("{count} decisions: {enabler:.0%} and {exporter:.0%}").format(
            count=one.decisions, enabler=one.right["enabler"], exporter=one.right["exporter"]
        )
        for one in found.powers
    ]
    return _(
        "If the thesis of the enabler (or of the exporter) were true, it would get a chance above {sure:.0%} "
        "in this share of records: {parts}."
    ).format(sure=SURE, parts="; ".join(parts))


def theses_record(found: Contest, seeds: Seeds) -> dict[str, Any]:
    """The contest as JSON: both theses with equal space, chances, power, break-evens, observations."""
    return {
        "headline": headline(found),
        "decisions_with_korean_offers": found.decisions,
        "theses": [
            {
                "name": one.name,
                "label": _(NAMES[one.name][0]),
                "document": NAMES[one.name][1],
                "expects": _(EXPECTS[one.name]),
                "prior": {"mean": one.expects, "sd": one.spread},
                "posterior": {"mean": one.weight, "sd": one.weight_sd},
                "log_evidence": one.log_evidence,
            }
            for one in found.theses
        ],
        "chance": {"enabler": found.enabler_chance, "exporter": 1.0 - found.enabler_chance},
        "mixture": asdict(found.mixture),
        "power": [
            {"copies": one.copies, "decisions": one.decisions, "right": one.right, "wrong": one.wrong}
            for one in found.powers
        ],
        "power_sentence": power_sentence(found),
        "break_evens": [
            {"step": one.step, "label": _(STEPS[one.step])} | asdict(one.points) for one in found.break_evens
        ],
        "assumed": asdict(found.assumed),
        "would_decide": would_decide(seeds),
    }


def would_decide(seeds: Seeds) -> dict[str, list[dict[str, str]]]:
    """Of each document, its claims that are not modelled and the observation that would bear on them."""
    found: dict[str, list[dict[str, str]]] = {document.id: [] for document in seeds.documents()}
    for claim in seeds.claims():
        if claim.observation and claim.represented_by_kind == "not_modelled":
            found[claim.document].append({"claim": claim.claim, "observation": claim.observation})
    return found
