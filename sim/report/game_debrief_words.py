"""Sentences of a debrief: the hidden day, a decision that mattered, a contract followed, a goal opened."""

from __future__ import annotations

from sim.game.crisis import NOBODY, Crisis
from sim.game.debrief import Weighed
from sim.game.goals import Checked
from sim.game.orders import parse_order
from sim.game.score import AllianceScore, IndustryScore
from sim.game.trace import Traced
from sim.report import game_advice, game_changes, numbers, words
from sim.report.game_news import seat_name
from sim.report.game_words import (
    authority_name,
    category_name,
    line_name,
    month_ahead,
    role_words,
    state_name,
)
from sim.report.language import _, plural
from sim.report.why_words import CAUSES, ROUTES, lowered

CLEAR = 0.05  # points below which nobody should care


def hidden_day(crisis: Crisis, start: str) -> str:
    """The day and the government that lot had drawn."""
    month = month_ahead(start, crisis.month)
    if crisis.authority == NOBODY:
        return _("The hidden day was the end of {month}, and nobody withheld anything.").format(month=month)
    return _(
        "The hidden day was the end of {month}; on it, by lot and not by any judgement, {government} is "
        "assumed to withhold spare parts and support."
    ).format(month=month, government=authority_name(crisis.authority))


def points(value: float) -> str:
    """Points with a sign."""
    return f"{value:+.1f}".replace("-", "−")


def decision(one: Weighed) -> str:
    """A decision and what it meant, in a sentence; never more certain than its interval."""
    order = game_changes.order_words(parse_order({**one.order, "reason": ""}))
    said = {
        "turn": one.turn,
        "order": order,
        "points": points(one.effect),
        "low": points(one.low),
        "high": points(one.high),
    }
    if max(abs(one.low), abs(one.high)) < CLEAR:
        text = _("Turn {turn}. {order}. It made no difference beside what the rules would have done.")
    elif one.low > 0 or one.high < 0:
        text = _(
            "Turn {turn}. {order}. {points} points for the seat itself beside what its rules would "
            "have done (95 % interval {low} to {high})."
        )
    else:
        text = _("Turn {turn}. {order}. No clear difference ({low} to {high} points).")
    return text.format(**said)


def industry(one: IndustryScore) -> str:
    """An industry's books in a sentence."""
    return _(
        "{seat}: {points} in this model ({margin} margin on what was delivered, {backlog} for orders in "
        "hand, less {damages} for broken promises and {growth} for growth); by its rules alone {rules}."
    ).format(
        seat=seat_name(one.seat),
        points=numbers.money(one.points),
        margin=numbers.money(one.margin),
        backlog=numbers.money(one.backlog),
        damages=numbers.money(one.damages),
        growth=numbers.money(one.growth),
        rules=numbers.money(one.rules),
    )


def alliance(one: AllianceScore) -> str:
    """The Alliance's two numbers in a sentence."""
    return _(
        "{seat}: the state with the largest gap at this table, {state}, could field {worst} of what it "
        "requires (by rules alone the lowest is {rules}); {capital} of political capital are left."
    ).format(
        seat=seat_name(one.seat),
        state=state_name(one.worst_state),
        worst=numbers.percent(one.worst),
        rules=numbers.percent(one.rules),
        capital=f"{one.capital:.0f}",
    )


def goal(seat: str, one: Checked) -> str:
    """A hidden goal, opened."""
    met = _("met") if one.met else _("not met")
    return _("{seat}, {role}: {goal} {met}.").format(
        seat=seat_name(seat),
        role=lowered(role_words(one.role)[0]),
        goal=game_advice.goal(one),
        met=words.started(met),
    )


def title(one: Traced, start: str) -> str:
    """A contract in a line."""
    return _("{state}: {units} of {line}, {month}").format(
        state=state_name(one.state),
        units=f"{one.units:,.0f}",
        line=line_name(one.line),
        month=month_ahead(start, one.signed),
    )


def steps(one: Traced, start: str) -> list[str]:
    """A contract from need to use, a sentence each."""
    found = [
        _("Need: as that turn began, {share} of the {category} that {state} requires were missing.").format(
            share=numbers.percent(one.missing),
            category=category_name(one.category),
            state=state_name(one.state),
        ),
        _("Tender: opened in {month} ({route}).").format(
            month=month_ahead(start, one.opened), route=lowered(_(ROUTES[one.route]))
        ),
        _("Contract: signed in {month} for {units} of {line} at {price} each; {who}.").format(
            month=month_ahead(start, one.signed),
            units=f"{one.units:,.0f}",
            line=line_name(one.line),
            price=numbers.money(one.price),
            who=_("chosen by the team in turn {turn}").format(turn=one.turn)
            if one.turn
            else _("decided by rules"),
        ),
    ]
    if one.reason:
        found.append(_("The team’s reason: “{reason}”").format(reason=one.reason))
    return [*found, *_delivery(one, start)]


def _delivery(one: Traced, start: str) -> list[str]:
    """Promise, delivery and use."""
    if one.first is None or one.late is None:
        text = _("Delivery: promised for {promised}; nothing has come by the end of the model’s years.")
        return [text.format(promised=month_ahead(start, one.promised))]
    waited = max(one.waits, key=lambda wait: wait[1])
    found = [
        _("Delivery: promised for {promised}, the first came in {first}, {late}.").format(
            promised=month_ahead(start, one.promised),
            first=month_ahead(start, one.first),
            late=_late(one.late),
        ),
        _("What took longest: {cause} ({months}).").format(
            cause=lowered(_(CAUSES[waited[0]])), months=numbers.whole_months(waited[1])
        ),
    ]
    if one.usable is not None:
        found.append(
            _("Use: the first could be used, with crews and support, from {month} on.").format(
                month=month_ahead(start, one.usable)
            )
        )
    else:
        found.append(_("Use: nothing of it can be used by the end of the model’s years."))
    return found


def _late(months: int) -> str:
    if months == 0:
        return _("on time")
    text = (
        plural("{number} month late", "{number} months late", months)
        if months > 0
        else plural("{number} month early", "{number} months early", -months)
    )
    return text.format(number=abs(months))
