"""Sentences on decisions, made by rule from what the model wrote down: who won, what counted, what flips."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from sim.experiment import decision_tables as tables
from sim.experiment.decision_tables import Waiting
from sim.experiment.decisions import SIGNED, Decisions, Tender
from sim.experiment.flips import Flip, Turning
from sim.report import numbers
from sim.report.language import _, mark, plural
from sim.report.why_words import CAUSES, OUTCOMES, PARTS, REASONS, ROUTES, Names, lowered, month
from sim.report.words import listed, started

FEW = 3  # so many lines, parts or causes are named in a sentence
WHAT = {
    "price": mark("its price (down to a tenth)"),
    "months": mark("its months to delivery (down to one)"),
    "local_share": mark("its local work (up to all of it)"),
    "trust": mark("trust in its government’s promises (up to full trust)"),
    "urgency": mark("the urgency of the need (from none to the highest)"),
}
OFTEN = 0.1  # a reason that holds in fewer of a line's silent tenders is not named
SMALL = 0.05  # points of worth and months below this are not worth a word


def headline(found: Decisions, names: Names) -> str:
    """In how many runs the state signs, and with which lines."""
    runs, _months = tables.first_signed(found)
    state, category = names.state_within(found.buyer), names.category(found.category)
    if runs == 0:
        return _("In this model, {state} signs no contract for {category} in any of {total} runs.").format(
            state=state, category=category, total=found.replications
        )
    won = tables.winners(found)
    shown = [
        _("{line} in {number}").format(line=names.line(line), number=number)
        for line, number in zip(won["line"][:FEW], won["runs"][:FEW], strict=True)
    ]
    if len(won) > FEW:
        shown.append(_("other lines in fewer"))
    sentence = _("In this model, {state} signs for {category} in {runs} of {total} runs: {lines}.")
    return sentence.format(
        state=state, category=category, runs=runs, total=found.replications, lines=listed(shown)
    )


def overview(found: Decisions, names: Names) -> list[str]:
    """How the tenders end, when the first contract is signed, and what counts on average."""
    sentences = [how_they_end(found)]
    runs, months = tables.first_signed(found)
    if runs:
        low, middle, high = (month(months[name], found.start) for name in ("p10", "p50", "p90"))
        sentence = _(
            "The first contract comes in {middle} in the middle run (8 of 10 runs: {low} to {high})."
        )
        if low == high:
            sentence = _("The first contract comes in {middle} in at least 8 of 10 runs.")
        sentences.append(sentence.format(middle=middle, low=low, high=high))
    choices, points = tables.mean_difference(found)
    if choices:
        sentence = plural(
            "In {number} choice between offers, what counted on average against the best other offer was: "
            "{parts}.",
            "In {number} choices between offers, what counted on average against the best other offer was: "
            "{parts}.",
            choices,
        )
        sentences.append(sentence.format(number=choices, parts=for_and_against(points)))
    return sentences


def how_they_end(found: Decisions) -> str:
    """The tenders of an average run, and the share of each outcome."""
    held = len(found.tenders)
    if held == 0:
        return _("No tender comes to a decision in any run.")
    counted = tables.outcomes(found)
    shares = {name: numbers.percent(count / held) for name, count in counted.items() if count}
    rest = [
        _("in {share} {outcome}").format(share=share, outcome=_(OUTCOMES[name]))
        for name, share in shares.items()
        if name != SIGNED
    ]
    first = _("A run has {number} such tenders on average. In {share} of them a contract is signed").format(
        number=numbers.number(held / found.replications), share=shares.get(SIGNED, numbers.percent(0.0))
    )
    return _("{sentence}.").format(sentence="; ".join([first, *rest]))


def for_and_against(points: Mapping[str, float]) -> str:
    """The largest parts of a difference in worth, with their sign: `price (+0.6), loan (−0.2)`."""
    large = sorted(
        (part for part in points if abs(points[part]) >= SMALL), key=lambda part: -abs(points[part])
    )
    if not large:
        return _("nothing in particular, the offers were worth about the same")
    shown = [
        _("{part} ({points})").format(part=lowered(_(PARTS[part])), points=signed(points[part]))
        for part in large[: FEW + 1]
    ]
    return listed(shown)


def signed(value: float) -> str:
    """Points of worth with a sign: `+0.6`."""
    text = f"{abs(value):.1f}" if abs(value) >= 0.095 else f"{abs(value):.2f}"
    return f"−{text}" if value < 0 else f"+{text}"


def silence(found: Decisions, names: Names) -> list[str]:
    """Why lines could not offer: framework calls first, then one sentence for lines with the same reasons."""
    held, barred = len(found.tenders), tables.silence(found)
    sentences = []
    called = sum(tender.route == "option" for tender in found.tenders)
    if called:
        sentences.append(
            _(
                "In {number} of {held} tenders, the buyer calls from a framework and asks its line only."
            ).format(number=called, held=held)
        )
    groups: dict[tuple[int, tuple[str, ...]], list[str]] = {}
    for line in found.lines:
        mine = barred[barred["line"] == line].sort_values("tenders", ascending=False, kind="stable")
        if not mine.empty:
            often = mine[mine["tenders"] >= OFTEN * mine["silent"]]
            groups.setdefault((int(mine["silent"].iloc[0]), tuple(often["reason"])), []).append(line)
    for (number, reasons), lines in sorted(groups.items(), key=lambda group: -group[0][0]):
        sentence = _("{lines}: no offer in {number} of {held} tenders ({why}).")
        if number == held:
            sentence = _("{lines}: no offer in any of {held} tenders ({why}).")
        why = "; ".join(_(REASONS[reason]) for reason in reasons)
        shown = listed([names.line(line) for line in lines])
        sentences.append(sentence.format(lines=shown, number=number, held=held, why=why))
    return sentences


def decision(found: Decisions, tender: Tender, names: Names) -> str:
    """One tender: when, by which route, how many units, and what came of it."""
    what = _("{month}, run {run}: {route} ({unit}: {quantity}), urgency of the need {urgency}.").format(
        month=month(tender.month, found.start),
        run=tender.replication + 1,
        route=_(ROUTES[tender.route]),
        quantity=f"{tender.quantity:,.0f}",
        unit=names.unit(found.category),
        urgency=f"{tender.urgency:.2f}",
    )
    return f"{what} {outcome(found, tender, names)}"


def outcome(found: Decisions, tender: Tender, names: Names) -> str:
    """What came of a tender."""
    state = names.state_within(found.buyer)
    if tender.signed:
        lines = listed([names.line(line) for line in tender.signed])
        sentence = _("{state} signs for {lines}.") if tender.weighed else _("{state} calls up {lines}.")
        return started(sentence.format(state=state, lines=lines))
    sentences = {
        "waited": _("No offer is good enough, and {state} waits."),
        "no_offer": _("No line makes an offer."),
        "collapsed": _("The tender fails for other reasons, such as courts, elections or changed plans."),
        "no_money": _("{state} prefers {line}, but the money no longer reaches."),
        "no_stock": _("{state} prefers {line}, but another buyer took the last used units."),
    }
    line = names.line(tender.chosen) if tender.chosen else ""
    return started(sentences[tender.outcome].format(state=state, line=line))


def choice(found: Decisions, turned: Turning, names: Names) -> list[str]:
    """Why the winner stood before the rival, and what would have been chosen without it."""
    state, rival = names.state_within(found.buyer), names.line(turned.rival)
    if turned.winner is None:
        return [_("The best offer to compare with waiting is {rival}.").format(rival=rival)]
    points = tables.difference(turned.tender, turned.winner, turned.rival)
    total = sum(points.values())
    sentence = _("{winner} is worth {points} points {more} than {rival}: {parts}.")
    shown = [
        sentence.format(
            winner=names.line(turned.winner),
            rival=rival,
            points=f"{abs(total):.1f}",
            more=_("more") if total >= 0 else _("less"),
            parts=for_and_against(points),
        ),
        *by_chance(turned.tender, turned.winner, names),
    ]
    if turned.otherwise is None:
        return [*shown, _("Without that offer, {state} would have waited.").format(state=state)]
    otherwise = _("Without that offer, {state} would have chosen {line}.")
    return [*shown, otherwise.format(state=state, line=names.line(turned.otherwise))]


def by_chance(tender: Tender, winner: str, names: Names) -> list[str]:
    """Says so where another offer was worth more than the winner by all that the model can show."""
    best = max(tender.offers, key=lambda one: one.worth)
    more = best.worth - tender.offer(winner).worth
    if more <= 0.0:
        return []
    sentence = _(
        "By what the model can show, {best} is worth most, {points} points more than the winner. "
        "What buyers know and the model does not is drawn by chance, and that decided here."
    )
    return [sentence.format(best=names.line(best.line), points=f"{more:.1f}")]


def flips(turned: Turning, names: Names) -> list[str]:
    """What would have made the rival win, each number alone."""
    rival = names.line(turned.rival)
    found = [flip for flip in turned.flips if flip.needed is not None]
    sentences = [_flip(flip, rival) for flip in found]
    missing = [_(WHAT[flip.what]) for flip in turned.flips if flip.needed is None]
    if missing:
        sentences.append(
            _("No change within the range does it alone: not {names}.").format(
                names=_(", not ").join(missing)
            )
        )
    return sentences


def _flip(flip: Flip, rival: str) -> str:
    assert flip.needed is not None
    if flip.what == "price":
        sentence = _("{rival} would be chosen if its price were {share} lower: {needed}, not {now} a unit.")
        return sentence.format(
            rival=rival, share=numbers.percent(1.0 - flip.needed / flip.now),
            needed=numbers.money(flip.needed), now=numbers.money(flip.now),
        )  # fmt: skip
    if flip.what == "months":
        return _("{rival} would be chosen if it first delivered after {needed} instead of {now}.").format(
            rival=rival, needed=numbers.whole_months(flip.needed), now=numbers.whole_months(flip.now)
        )
    if flip.what == "local_share":
        sentence = _(
            "{rival} would be chosen if {needed} of the work were done in the buyer’s country, not {now}."
        )
    elif flip.what == "trust":
        sentence = _(
            "{rival} would be chosen if trust in its government’s promises stood at {needed}, not {now}."
        )
    else:
        return _("{rival} would be chosen if the urgency of the need were {needed} instead of {now}.").format(
            rival=rival, needed=f"{flip.needed:.2f}", now=f"{flip.now:.2f}"
        )
    return sentence.format(rival=rival, needed=numbers.percent(flip.needed), now=numbers.percent(flip.now))


def waiting(waited: Waiting) -> str:
    """How long the first delivery takes, how late it is, and the largest causes."""
    if waited.delivered == 0:
        return _("No contract of this category has a first delivery within the ten years.")
    largest = sorted(waited.months, key=lambda cause: -waited.months[cause])[:FEW]
    causes = [
        _("{cause} ({months})").format(
            cause=lowered(_(CAUSES[cause])), months=numbers.amount("months", waited.months[cause])
        )
        for cause in largest
        if waited.months[cause] >= SMALL
    ]
    sentence = _(
        "From signature to first delivery {total} pass on average, {late} than promised; "
        "the largest parts are {causes}. "
        "{delivered} of {contracts} contracts have a first delivery by the end."
    )
    late = _("{size} later") if waited.late >= 0 else _("{size} sooner")
    return sentence.format(
        total=numbers.amount("months", waited.total),
        late=late.format(size=numbers.amount("months", abs(waited.late))),
        causes=listed(causes),
        delivered=waited.delivered,
        contracts=waited.contracts,
    )


def sentences(found: Decisions, turned: Turning | None, names: Names) -> dict[str, Sequence[str]]:
    """Everything there is to say, by heading: answer, overview, silence, decision, flips, waiting."""
    chosen: list[str] = []
    if turned is not None:
        chosen = [decision(found, turned.tender, names), *choice(found, turned, names)]
    return {
        "headline": [headline(found, names)],
        "overview": overview(found, names),
        "silence": silence(found, names),
        "decision": chosen,
        "flips": [] if turned is None else flips(turned, names),
        "waiting": [waiting(tables.waiting(found))],
    }


def offers_table(table: pd.DataFrame, names: Names) -> pd.DataFrame:
    """The offers of `decision_tables.offers` (or of one tender) as text for reading, a row each."""
    columns = {
        _("Line"): [names.line(line) for line in table["line"]],
        _("Industry"): [names.industry(one) for one in table["industry"]],
        _("First delivery"): [numbers.amount("months", value) for value in table["months"]],
        _("Last delivery"): [numbers.amount("months", value) for value in table["last"]],
        _("Price a unit"): [numbers.amount("musd", value) for value in table["price"]],
        _("With one more type to support"): [numbers.amount("musd", value) for value in table["all_in"]],
        _("Local work"): [numbers.amount("share", value) for value in table["local_share"]],
        _("European content"): [numbers.amount("share", value) for value in table["content"]],
        _("Loan"): [numbers.amount("share", value) for value in table["credit"]],
    }
    return pd.DataFrame(columns)
