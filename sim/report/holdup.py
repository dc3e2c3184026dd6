"""Does it hold up: the published exam of past decisions in words and tables, pure functions of its record.

The record is that of `sim hindcast --json` (see `sim.report.choices.hindcast_record`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from sim.report.choice_words import RULES
from sim.report.language import _
from sim.report.numbers import percent, signed

Record = Mapping[str, Any]
MEASURES = ("log_score", "brier", "top1")


def headline(exam: Record) -> str:
    """The published verdict in a sentence or two, or what to do where there is none."""
    return exam.get("verdict") or _(
        "The published exam is not here: docs/hindcast.json is missing. "
        "Take it from the repository, or make it again with “sim hindcast --json”."
    )


def rules_said(rules: Sequence[str]) -> str:
    """Naive rules in words, one after the other."""
    return _(", ").join(_(RULES[rule]) for rule in rules)


def better(part: Record, measure: str) -> list[str]:
    """The naive rules whose mean score is better than the model's, in their order.

    part: the exam or its forward part; of log score and Brier less is better, of winners named more.
    """
    sign = -1.0 if measure == "top1" else 1.0
    return [rule for rule, one in part["baselines"].items() if sign * (part[measure] - one[measure]) > 0.0]


def naive_wins(part: Record) -> str:
    """Where a naive rule has a better mean than the model, said plainly, measure by measure."""
    labels = {
        "log_score": _("by log score: {rules}"),
        "brier": _("by Brier score: {rules}"),
        "top1": _("by winners named: {rules}"),
    }
    won = [labels[one].format(rules=rules_said(found)) for one in MEASURES if (found := better(part, one))]
    if not won:
        return _("No naive rule has a better mean than the model in any of the three columns.")
    return _("Naive rules with a better mean than the model: {found}.").format(found=_("; ").join(won))


def forward_words(exam: Record) -> str:
    """What came out where only earlier decisions were known."""
    worse = better(exam["forward"], "log_score")
    if worse:
        return _(
            "Harder, and closer to a forecast: each decision from those before it alone. There the model’s "
            "mean log score is worse than that of: {rules}."
        ).format(rules=rules_said(worse))
    return _(
        "Harder, and closer to a forecast: each decision from those before it alone. There, too, the model "
        "has the best mean log score."
    )


def scores_words(exam: Record) -> str:
    """What the three scores mean, with what guessing scores."""
    even = exam["baselines"]["uniform"]
    return _(
        "Log score: how surprised a rule is by what was chosen, on average. Lower is better, 0 would be "
        "certain and right each time; guessing evenly scores {log:.2f}. Brier score: the squared distance "
        "from what happened; lower is better, guessing scores {brier:.2f}. Winner named: how often the "
        "likeliest offer was the one chosen; guessing names {top1}. In brackets: 90 % intervals over the "
        "decisions."
    ).format(log=even["log_score"], brier=even["brier"], top1=percent(even["top1"]))


def scores_table(part: Record) -> pd.DataFrame:
    """The model and each naive rule with the three scores and their intervals."""
    rows = [(_("The model"), part), *((_(RULES[rule]), one) for rule, one in part["baselines"].items())]
    return pd.DataFrame({
        _("Rule"): [label for label, _one in rows],
        _("Log score"): [_score(one, "log_score") for _label, one in rows],
        _("Brier score"): [_score(one, "brier") for _label, one in rows],
        _("Winner named"): [_share(one, "top1") for _label, one in rows],
    })  # fmt: skip


def _score(one: Record, measure: str) -> str:
    low, high = one["intervals"][measure]
    return _("{mean} ({low} to {high})").format(
        mean=f"{one[measure]:.2f}", low=f"{low:.2f}", high=f"{high:.2f}"
    )


def _share(one: Record, measure: str) -> str:
    low, high = one["intervals"][measure]
    return _("{mean} ({low} to {high})").format(
        mean=percent(one[measure]), low=percent(low), high=percent(high)
    )


def gains(exam: Record) -> pd.DataFrame:
    """By how much the model's log score is lower than each naive rule's: rule, mean, low, high."""
    return pd.DataFrame(
        [(_(RULES[rule]), one["mean"], one["low"], one["high"]) for rule, one in exam["gains"].items()],
        columns=["what", "mean", "low", "high"],
    )


def gains_alt(data: pd.DataFrame) -> str:
    """The chart of gains in a sentence: which intervals lie above zero, and which hold it."""
    sure, unsure = data[data["low"] > 0]["what"], data[data["low"] <= 0]["what"]
    return _(
        "Gain over each naive rule with its 90 % interval. Wholly above zero: {sure}. Not wholly: {unsure}."
    ).format(sure=_(", ").join(sure) or _("none"), unsure=_(", ").join(unsure) or _("none"))


def spans_table(data: pd.DataFrame, what: str, value: str) -> pd.DataFrame:
    """Rows of what, mean, low, high as text; `what` and `value` head the columns."""
    return pd.DataFrame({
        what: data["what"],
        value: [signed(mean) for mean in data["mean"]],
        _("90 % interval"): [
            _("{low} to {high}").format(low=signed(low), high=signed(high))
            for low, high in zip(data["low"], data["high"], strict=True)
        ],
    })  # fmt: skip


def reliability(exam: Record) -> pd.DataFrame:
    """Stated chance against share chosen, per cent, with the number of offers, by bin."""
    rows = [(100.0 * x["stated"], 100.0 * x["happened"], int(x["offers"])) for x in exam["reliability"]]
    return pd.DataFrame(rows, columns=["stated", "happened", "offers"])


def reliability_table(data: pd.DataFrame) -> pd.DataFrame:
    """The same as text for reading."""
    return pd.DataFrame({
        _("Chance stated, mean"): [percent(x / 100.0) for x in data["stated"]],
        _("Chosen"): [percent(x / 100.0) for x in data["happened"]],
        _("Offers"): [str(x) for x in data["offers"]],
    })  # fmt: skip


def reliability_alt(data: pd.DataFrame) -> str:
    """The reliability plot in a sentence, bin by bin."""
    said = [
        _("of {offers} offers given about {stated}, {happened} were chosen").format(
            offers=offers, stated=percent(chance / 100.0), happened=percent(came / 100.0)
        )
        for chance, came, offers in zip(data["stated"], data["happened"], data["offers"], strict=True)
    ]
    return _("Stated chance against what happened: {said}.").format(said=_("; ").join(said))


def left_out(
    exam: Record, decisions: Sequence[Mapping[str, str]], flags: Sequence[Mapping[str, str]]
) -> pd.DataFrame:
    """The decisions that were not examined, with what was chosen and why they are no choice to learn from."""
    known, flagged = {one["id"]: one for one in decisions}, {one["id"]: one for one in flags}
    rows = []
    for one in exam["left_out"]:
        row = known.get(one["id"], {})
        why = flag_words(flagged[one["id"]]) if one["id"] in flagged else ""
        rows.append((one["id"], row.get("winner_system", ""), why or one["why"]))
    return pd.DataFrame(rows, columns=[_("Decision"), _("Chosen"), _("Why it is left out")])


def flag_words(flags: Mapping[str, str]) -> str:
    """Why a decision is no contest to examine, from its flags; empty where they name nothing."""
    said = {
        "repeat_or_option_order": _("a repeat or an option"),
        "used_or_stock_equipment": _("used equipment or stock"),
        "provisional": _("not yet final"),
        "cancelled_later": _("cancelled later"),
        "component_only": _("a component only"),
        "multi_winner": _("several winners"),
    }
    found = [words for name, words in said.items() if flags.get(name) == "1"]
    if flags.get("n_alternatives") in ("0", "1"):
        found.append(_("no rival reported"))
    return _("; ").join(found)


def not_examined(learnt: int | None = None) -> list[str]:
    """What the exam says nothing of, a sentence each; learnt: decisions fitted against an assumed set."""
    assumed = _(
        "Purchases without reported rivals: {number} of them serve to fit the weights, against an assumed "
        "set: all that was for sale to that buyer. None is examined."
    )
    return [
        _(
            "First ranks in published evaluations are those that were found, and nobody knows how many were "
            "not: they are looked for where a type is known to have won."
        ),
        _("Whether and when a state buys at all: the exam begins where a purchase is decided."),
        _("The route (contest, direct award, government sale): it is taken as given."),
        _("Repeat orders and options: they would flatter whatever is in service."),
        assumed.format(number=_("some") if learnt is None else learnt),
        _(
            "Months and prices of the offers themselves: of losers they are mostly unknown, and some of the "
            "winners’ months are what happened later. Those of the catalogue stand in, for all offers alike."
        ),
        _(
            "Local production and prices as recorded with the decisions: they are known of most winners and "
            "of few losers, so that a fit on them would learn the bookkeeping. They are not used."
        ),
        _("Decisions that nobody collected: ours were picked by hand and are no random sample."),
    ]
