"""What happened since the turn before, and what a seat has ordered, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sim.evidence.seeds import load_seeds
from sim.game.changes import Change
from sim.game.orders import Choose, Expand, Hold, Launch, Order, Price, Promise, SetLever, Wait
from sim.game.propose import Proposal
from sim.policy.levers import levers
from sim.report import numbers, words
from sim.report.changed import value_of
from sim.report.game_words import category_name, line_name, seat_name, state_name
from sim.report.language import _, mark
from sim.report.why_words import CAUSES, ROUTES, lowered

CAUSE = {
    "residual": mark("the usual lateness of promises"),
    "supply": mark("the plant makes less than planned"),
    "priority": mark("others are served first"),
    "licence": mark("a government withholds delivery or a part"),
}


def card_name(card: str) -> str:
    """The label of a card."""
    return _(next((one.label for one in load_seeds().shocks() if one.id == card), card))


def sentence(one: Change) -> str:
    """One thing that happened."""
    said = {"signed": _signed, "delivered": _delivered, "late": _late, "nothing": _nothing, "card": _card}
    return said[one.kind](one)


def sentences(some: Iterable[Change], kinds: Sequence[str]) -> list[str]:
    """What happened of some kinds, in the order of time."""
    return [sentence(one) for one in some if one.kind in kinds]


def _signed(one: Change) -> str:
    text = _(
        "{month}: {state} signed for {units} of {line} ({category}, {route}) at {price} each; the first is "
        "promised in {months}."
    )
    return text.format(
        month=words.month(one.month), state=state_name(one.state), units=f"{one.units:,.0f}",
        line=line_name(one.line), category=category_name(one.category),
        route=lowered(_(ROUTES.get(one.route, one.route))), price=numbers.money(one.price),
        months=numbers.whole_months(one.months),
    )  # fmt: skip


def _delivered(one: Change) -> str:
    text = _("By {month}: {state} received {units} of {line} ({category}).")
    return text.format(
        month=words.month(one.month), state=state_name(one.state), units=f"{one.units:,.0f}",
        line=line_name(one.line), category=category_name(one.category),
    )  # fmt: skip


def _late(one: Change) -> str:
    text = _("{state}’s {line} ({category}), due in {month}, is {months} late; most of it: {cause}.")
    return text.format(
        state=state_name(one.state), line=line_name(one.line), category=category_name(one.category),
        month=words.month(one.month), months=numbers.whole_months(one.months),
        cause=_(CAUSE.get(one.cause, CAUSES.get(one.cause, one.cause))),
    )  # fmt: skip


def _nothing(one: Change) -> str:
    text = _("{month}: {state}’s tender for {category} ({route}) ended without a contract.")
    return text.format(
        month=words.month(one.month), state=state_name(one.state), category=category_name(one.category),
        route=lowered(_(ROUTES.get(one.route, one.route))),
    )  # fmt: skip


def _card(one: Change) -> str:
    text = _("{month}: “{card}” began, for {months}.")
    return text.format(
        month=words.month(one.month), card=card_name(one.card), months=numbers.whole_months(one.months)
    )


def order_words(order: Order) -> str:
    """An order as the seat gave it."""
    if isinstance(order, Choose | Wait | Launch | Hold):
        return _need_order(order)
    if isinstance(order, SetLever):
        lever = levers(load_seeds())[order.lever]
        return _("{policy}: {value}").format(policy=_(lever.label), value=value_of(lever, order.value))
    category = category_name(order.category)
    if isinstance(order, Price):
        return _("Prices for {category}: {number} % of the rule’s").format(
            category=category, number=f"{100 * order.factor:.0f}"
        )
    if isinstance(order, Promise):
        return _("Promised months for {category}: {number} % of the rule’s").format(
            category=category, number=f"{100 * order.factor:.0f}"
        )
    assert isinstance(order, Expand)
    return _("Growth for {category}: {number} % a year").format(
        category=category, number=f"{100 * order.share:.0f}"
    )


def _need_order(order: Choose | Wait | Launch | Hold) -> str:
    given = {"state": state_name(order.state), "category": category_name(order.category)}
    if isinstance(order, Choose) and order.second is not None:
        text = _("{state}, {category}: split between {line} and {second}")
        return text.format(**given, line=line_name(order.line), second=line_name(order.second))
    if isinstance(order, Choose):
        return _("{state}, {category}: {line}").format(**given, line=line_name(order.line))
    if isinstance(order, Wait):
        return _("{state}, {category}: none of the offers").format(**given)
    if isinstance(order, Hold):
        return _("{state}, {category}: no new tender until next turn").format(**given)
    return _("{state}, {category}: a new tender for {number}, {route}").format(
        **given, number=f"{order.quantity:,}", route=lowered(_(ROUTES[order.route]))
    )


def proposal_words(one: Proposal) -> str:
    """An offer between two seats in a sentence."""
    given = {
        "sender": seat_name(one.sender), "state": state_name(one.state), "units": f"{one.units:,}",
        "category": category_name(one.category),
    }  # fmt: skip
    if one.kind == "joint" and one.partner is not None:
        text = _(
            "{sender} offers to buy {category} together: {units} for {state} and {others} for {partner}, in "
            "one tender."
        )
        return text.format(**given, others=f"{one.partner_units:,}", partner=state_name(one.partner))
    text = _(
        "{sender} offers a framework to {receiver}: up to {units} of {line} ({category}) for {state}, "
        "without another contest."
    )
    return text.format(**given, receiver=_receiver(one), line=line_name(str(one.line)))


def _receiver(one: Proposal) -> str:
    """The other seat; a state without a seat is named itself."""
    return seat_name(one.receiver)


def answer_words(answer: bool | None) -> str:
    """How an offer stands."""
    if answer is None:
        return _("not answered yet")
    return _("agreed") if answer else _("declined")
