"""What the exam of past decisions says, in words and as records: chances, reasons, scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from sim.estimation.choice.attributes import Table
from sim.estimation.choice.estimate import Estimate, Weight, largest_correlation, quality
from sim.estimation.choice.hindcast import Hindcast, Judged, Reason
from sim.estimation.choice.scores import Scores, as_record
from sim.estimation.choice.study import Ablation, Power
from sim.report.choice_words import FACTS, LABELS, RULES
from sim.report.language import _, plural

FEW = 20  # decisions below which a bootstrap interval is not to be trusted
TOP1_GOAL = 0.5


def reason_text(reason: Reason) -> str:
    """A reason as a reader sees it: what set the winner apart, and its points for or against it."""
    higher, lower = FACTS[reason.attribute]
    more = reason.winner > reason.rivals
    fact = _(higher if more else lower)
    if reason.attribute == "family" and more == (reason.points < 0):
        fact = _("{fact}, which past contests did not reward").format(fact=fact)
    return _("{fact} ({points:+.1f})").format(fact=fact, points=reason.points)


def explanation(judged: Judged) -> str:
    """One decision in a sentence or two: the chance of the winner, what spoke for it and what against."""
    winner = judged.set.offers[judged.set.chosen].system
    chance = judged.chances[judged.set.chosen]
    said = _("{winner} was given a chance of {chance:.0%} among {count} offers.").format(
        winner=winner, chance=chance, count=len(judged.set.offers)
    )
    for sign, lead in ((1, _("For it: {reasons}.")), (-1, _("Against it: {reasons}."))):
        named = [reason_text(one) for one in judged.reasons if one.points * sign > 0]
        if named:
            said += " " + lead.format(reasons="; ".join(named))
    return said if judged.reasons else said + " " + _("Nothing known before set the offers apart.")


def verdict(found: Hindcast) -> str:
    """Whether the model did better than the naive rules on decisions it had not seen, said plainly."""
    count = len(found.decisions)
    seen = plural(
        "On {count} decision it had not seen", "On {count} decisions it had not seen", count
    ).format(count=count)
    gains = found.gains()
    sure = [rule for rule, gain in gains.items() if gain.low > 0]
    worse = [rule for rule, gain in gains.items() if gain.high < 0]
    unsure = [rule for rule in gains if rule not in (*sure, *worse)]
    if not worse and not unsure:
        said = [_("{seen}, the model did better than every naive rule.").format(seen=seen)]
    elif sure:
        said = [_("{seen}, the model did better than: {rules}.").format(seen=seen, rules=_named(sure))]
    else:
        said = [_("{seen}, the model did not do clearly better than any naive rule.").format(seen=seen)]
    if worse:
        said.append(_("It did worse than: {rules}.").format(rules=_named(worse)))
    if sure and unsure:
        said.append(
            _("Whether it is better or worse cannot be told against: {rules}.").format(rules=_named(unsure))
        )
    few = [_("So few decisions tell little; their intervals are too narrow.")] if count < FEW else []
    return " ".join([*said, _hits(found), *_forward(found), *few])


def _named(rules: Sequence[str]) -> str:
    return _(", ").join(_(RULES[rule]) for rule in rules)


def _hits(found: Hindcast) -> str:
    """How often the likeliest offer won, against the goal."""
    top1 = found.scores.spans()["top1"]
    hits = _("It named the winner in {share:.0%} of them ({low:.0%} to {high:.0%}).").format(
        share=top1.mean, low=top1.low, high=top1.high
    )
    return hits if top1.mean >= TOP1_GOAL else hits + " " + _("That is below the half that was the goal.")


def _forward(found: Hindcast) -> list[str]:
    """Where naive rules have the better mean when only earlier decisions are known; empty if nowhere."""
    if found.forward is None:
        return []
    own = found.forward.log.mean()
    rules = [rule for rule, one in found.forward_baselines.items() if one.log.mean() < own]
    if not rules:
        return []
    return [
        _("From earlier decisions alone its mean score is worse than that of: {rules}.").format(
            rules=_named(rules)
        )
    ]


def hindcast_record(found: Hindcast) -> dict[str, Any]:
    """The exam as JSON: scores, naive rules, gains, and each decision with chances and reasons."""
    record: dict[str, Any] = {"n": len(found.decisions), "how": found.how, "fitted_on": found.fitted_on}
    record |= as_record(found.scores.spans())
    record["baselines"] = {rule: as_record(one.spans()) for rule, one in found.baselines.items()}
    record["gains"] = {rule: asdict(gain) for rule, gain in found.gains().items()}
    if found.forward is not None:
        record["forward"] = as_record(found.forward.spans()) | {
            "baselines": {rule: as_record(one.spans()) for rule, one in found.forward_baselines.items()}
        }
    record["verdict"] = verdict(found)
    record["reliability"] = reliability(found.decisions)
    record["decisions"] = [_decision(one, found.scores, at) for at, one in enumerate(found.decisions)]
    record["left_out"] = [{"id": one.id, "why": one.why} for one in found.left_out]
    record["unknown_systems"] = sorted(
        {offer.system for one in found.decisions for offer in one.set.offers if offer.family is None}
    )
    return record


def _decision(judged: Judged, scores: Scores, at: int) -> dict[str, Any]:
    one = judged.set
    named = unique([offer.system for offer in one.offers])
    return {
        "id": one.id,
        "buyer": one.buyer,
        "date": round(one.date, 2),
        "probabilities": dict(zip(named, judged.chances, strict=True)),
        "chosen": named[one.chosen],
        "log_score": float(scores.log[at]),
        "explanation": explanation(judged),
        "reasons": [
            {
                "attribute": reason.attribute,
                "points": reason.points,
                "winner": reason.winner,
                "rivals": reason.rivals,
                "text": reason_text(reason),
            }
            for reason in judged.reasons
        ],
    }


def unique(names: Sequence[str]) -> list[str]:
    """The names with a number behind those that come again, so that none is lost as a key."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found


def reliability(decisions: Sequence[Judged], bins: int = 5) -> list[dict[str, float]]:
    """Stated chances against what happened, in bins of equal width: mean chance, share chosen, offers."""
    stated = [(chance, at == one.set.chosen) for one in decisions for at, chance in enumerate(one.chances)]
    found = []
    for place in range(bins):
        inside = [x for x in stated if min(bins - 1, int(x[0] * bins)) == place]
        if inside:
            found.append(
                {
                    "stated": sum(chance for chance, _won in inside) / len(inside),
                    "happened": sum(won for _chance, won in inside) / len(inside),
                    "offers": float(len(inside)),
                }
            )
    return found


def estimate_record(found: Estimate) -> dict[str, Any]:
    """The weights as JSON: prior, posterior, how much was learnt, and how good the approximation is."""
    checked = quality(found)
    rivals = found.known.rivals
    return {
        "decisions": {"with_rivals": rivals, "without": len(found.known.sets) - rivals},
        "weights": [_weight(one, found) for one in found.weights],
        "largest_correlation": largest_correlation(found.posterior),
        "check": {"draws": checked.count, "effective_draws": checked.effective},
        "left_out": [{"id": one.id, "why": one.why} for one in found.left_out],
    }


def influence(one: Weight, table: Table) -> float | None:
    """How far the doubt about a weight moves an offer among its rivals: points, one standard deviation.

    The standard deviation of the weight times that of its attribute between the offers of a set. None of the
    dissimilarity, which weighs no attribute.
    """
    if one.name not in table.attributes:
        return None
    values = table.values[..., table.attributes.index(one.name)]  # (sets, draws, places)
    there = np.broadcast_to(table.there[:, None, :], values.shape)
    sets = there.any(axis=2)
    if not sets.any():
        return 0.0
    return one.sd * float(np.sqrt(values.var(axis=2, where=there)[sets].mean()))


def _weight(one: Weight, found: Estimate) -> dict[str, Any]:
    return {
        "name": one.name,
        "label": _(LABELS[one.name]),
        "prior": {"mean": one.prior_mean, "sd": one.prior_sd},
        "posterior": {"mean": one.mean, "sd": one.sd, "low": one.low, "high": one.high},
        "learnt": one.learnt,
        "influence": influence(one, found.known.table),
    }


def study_record(
    powers: Sequence[Power], lost: Sequence[Ablation], permuted: tuple[float, float]
) -> dict[str, Any]:
    """The study as JSON: what a planted weight would leave to find, what each attribute is worth."""
    return {
        "power": [
            {"name": x.name, "planted": x.planted, "found": x.found, "coverage": x.coverage} for x in powers
        ],
        "ablations": [{"name": x.name} | asdict(x.loss) for x in lost],
        "permuted_winners": {"log_score": permuted[0], "uniform": permuted[1]},
    }
