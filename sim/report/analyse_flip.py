"""What you must believe to say the opposite, from the record of `sim analyse flip --json`."""

from __future__ import annotations

import pandas as pd

from sim.report import numbers, words
from sim.report.factor_words import FactorWords, Record, grades, measure_of
from sim.report.language import _, plural


def statement(found: Record, said: FactorWords) -> str:
    """The statement in words: what lies below or above what."""
    base, other = _titles(found)
    what, kind = said.outcome(found["outcome"]), measure_of(found["outcome"]).kind
    if found["threshold"] is None:
        below, above = _("under “{other}”, “{outcome}” is lower than under “{base}”"), _(
            "under “{other}”, “{outcome}” is higher than under “{base}”"
        )  # fmt: skip
    else:
        below, above = _("under “{other}”, “{outcome}” is below {number}"), _(
            "under “{other}”, “{outcome}” is above {number}"
        )  # fmt: skip
    number = "" if found["threshold"] is None else numbers.amount(kind, found["threshold"])
    return (below if found["below"] else above).format(other=other, base=base, outcome=what, number=number)


def _titles(found: Record) -> tuple[str, str]:
    """The two scenarios by name; one that was only changed by levers or facts bears the name of the other."""
    base, other = found["scenarios"]
    if base["title"] != other["title"] or base["fingerprint"] == other["fingerprint"]:
        return base["title"], other["title"]
    return base["title"], _("{title}, as changed").format(title=other["title"])


def headline(found: Record, said: FactorWords) -> list[str]:
    """Whether the statement holds, what one must believe for the opposite, and what new draws say of it."""
    sentence, before = words.started(statement(found, said)), _margin(found, found["before"])
    if found["holds"] is None:
        undecided = _(
            "{statement}: undecided in this model. The margin is {margin}, so there is nothing to turn."
        )
        return [undecided.format(statement=sentence, margin=before)]
    if not found["holds"]:
        holds = _("{statement}: not so in this model; the margin is {margin}.")
    elif _is_tiny(found):
        holds = _("{statement}: so it is in this model, though by practically nothing, {margin}.")
    else:
        holds = _("{statement}: so it is in this model, by {margin}.")
    first = holds.format(statement=sentence, margin=before)
    if not found["moves"]:
        return [first, _nothing(found)]
    if found["confirmed"] == "no":
        return [first, confirmation(found)]
    return [first, believe(found, said), confirmation(found)]


def _is_tiny(found: Record) -> bool:
    """Whether the margin is too small to be felt, however sure it is."""
    part, kind = found["before"], measure_of(found["outcome"]).kind
    return numbers.is_tiny(kind, max(abs(end) for end in part.values() if end is not None))


def believe(found: Record, said: FactorWords) -> str:
    """You must believe that: each moved fact, where it would have to be, its range, grade and source."""
    moves = [_belief(one, said) for one in _moves(found)]
    return _("To say the opposite you must believe that {beliefs}.").format(beliefs=words.listed(moves))


def _belief(one: Record, said: FactorWords) -> str:
    end = _("highest") if one["end"] == "high" else _("lowest")
    share = numbers.percent(one["share_of_range"])
    if one["kind"] == "group":
        return _(
            "“{what}” are all {share} of the way to the {end} of their ranges (grades {grades})"
        ).format(what=said.factor(one), share=share, end=end, grades=grades(one))  # fmt: skip
    return _(
        "“{what}” is {to} (now {now}, range {range}, grade {grade}, source: {source}): {share} of the way to "
        "the {end} of its range"
    ).format(
        what=said.factor(one),
        to=said.value(one, one["to"]),
        now=said.value(one, one["from"]),
        range=said.range(one),
        grade=grades(one),
        source=said.sources(one),
        share=share,
        end=end,
    )


def _moves(found: Record) -> list[Record]:
    """The moves with the id by which factors are named."""
    return [{**one, "id": one["fact"]} for one in found["moves"]]


def confirmation(found: Record) -> str:
    """What runs with other draws say of the move."""
    after, runs = _margin(found, found["after"]), found["check"]["replications"]
    said = {
        "yes": plural(
            "Confirmed in {number} run with other draws: the margin is then {margin}.",
            "Confirmed in {number} runs with other draws: the margin is then {margin}.",
            runs,
        ),
        "unsure": plural(
            "Not sure: in {number} run with other draws the margin is then {margin}, which holds zero.",
            "Not sure: in {number} runs with other draws the margin is then {margin}, which holds zero.",
            runs,
        ),
        "no": plural(
            "No move within the ranges of the evidence that was tried turns it. What seemed to in the search "
            "does not in {number} run with other draws: the margin is then {margin}.",
            "No move within the ranges of the evidence that was tried turns it. What seemed to in the search "
            "does not in {number} runs with other draws: the margin is then {margin}.",
            runs,
        ),
    }
    return said[found["confirmed"]].format(number=runs, margin=after)


def _nothing(found: Record) -> str:
    kind = measure_of(found["outcome"]).kind
    return _(
        "No move within the ranges of the evidence that was tried turns it: {tried} alone, the strongest of "
        "them together. The single move that comes nearest leaves {left}."
    ).format(
        tried=plural("{number} number or group", "{number} numbers and groups", found["tried"]).format(
            number=found["tried"]
        ),
        left=numbers.difference(kind, found["nearest"]),
    )  # fmt: skip


def _margin(found: Record, part: Record) -> str:
    """A margin with its interval: above zero where the statement holds."""
    kind, mean, low, high = measure_of(found["outcome"]).kind, part["mean"], part["low"], part["high"]
    if low is None or high is None:
        return numbers.difference(kind, mean)
    reach = max(abs(mean), abs(low), abs(high))
    sign = "−" if mean < 0.0 else ""
    return _("{mean} (90 % interval: {interval})").format(
        mean=sign + numbers.difference(kind, mean, reach), interval=numbers.bounds(kind, low, high, reach)
    )


def moves_table(found: Record, said: FactorWords) -> pd.DataFrame:
    """Each move: where the fact stands, where it would have to be, its range and grade."""
    many = _moves(found)
    single = [one["kind"] == "fact" for one in many]
    return pd.DataFrame({
        _("Number"): [said.factor(one) for one in many],
        _("Now"): [said.value(one, one["from"]) if alone else "–"
                   for one, alone in zip(many, single, strict=True)],
        _("You must believe"): [said.value(one, one["to"]) if alone else "–"
                                for one, alone in zip(many, single, strict=True)],
        _("Range"): [said.range(one) or _("each over its own") for one in many],
        _("Part of the way to the end"): [numbers.percent(one["share_of_range"]) for one in many],
        _("Grade"): [grades(one) for one in many],
    })  # fmt: skip
