"""The offers of a tender in words and as a table, one like the other, so that they can be compared."""

from __future__ import annotations

import pandas as pd

from sim.game.view import OfferSeen, TenderSeen
from sim.report import numbers
from sim.report.game_words import (
    authority_name,
    category_name,
    counted,
    later,
    line_name,
    listed,
    month_ahead,
    state_name,
)
from sim.report.language import _
from sim.report.why_words import ROUTES, lowered


def title(tender: TenderSeen, several: bool) -> str:
    """What is bought, how many, by which route."""
    text = _("{state}: {quantity} ({category})") if several else _("{quantity} ({category})")
    return text.format(
        state=state_name(tender.state),
        quantity=counted(tender.quantity, tender.unit),
        category=category_name(tender.category),
    )


def route(tender: TenderSeen) -> str:
    """How the tender is run and how it stands, in a sentence."""
    name = lowered(_(ROUTES.get(tender.route, tender.route)))
    return _("Route: {route}. Urgency {urgency} of 1 in this model.").format(
        route=name, urgency=f"{tender.urgency:.2f}"
    )


def first_to_last(offer: OfferSeen, month: str) -> str:
    """From the first to the last delivery."""
    return _("{first} to {last}").format(
        first=month_ahead(month, offer.first), last=month_ahead(month, offer.last)
    )


def slip(offer: OfferSeen) -> str:
    """The usual lateness: none or some in half of the cases, and in one of ten more than that."""
    return _("may be {worst}").format(worst=later(offer.worst - offer.first))


def withheld(offer: OfferSeen) -> str:
    """Who could withhold deliveries or support."""
    delivery, support = (list(map(authority_name, some)) for some in (offer.delivery, offer.support))
    if not delivery and not support:
        return _("no foreign government could withhold delivery or support")
    if delivery == support:
        return _("{who} could withhold delivery and support").format(who=listed(delivery))
    if not delivery:
        return _("{who} could withhold support").format(who=listed(support))
    if not support:
        return _("{who} could withhold delivery").format(who=listed(delivery))
    return _("{who} could withhold delivery, {others} support").format(
        who=listed(delivery), others=listed(support)
    )


def loan(offer: OfferSeen) -> str:
    """Which part could be paid by a loan, and whose."""
    if offer.credit <= 0.0:
        return _("no loan")
    text = _("a Korean loan for {share}") if offer.korean_loan else _("an EU loan for {share}")
    return text.format(share=numbers.percent(offer.credit))


def cost(tender: TenderSeen, offer: OfferSeen) -> float:
    """All-in cost of the whole lot, musd."""
    return offer.all_in * tender.quantity


def caption(tender: TenderSeen, at: int, month: str) -> str:
    """An offer in one line, under its tick."""
    offer = tender.offers[at]
    parts = [
        _("{dates}, {slip}").format(dates=first_to_last(offer, month), slip=slip(offer)),
        _("{money} for all").format(money=numbers.money(cost(tender, offer))),
        withheld(offer),
        _("{share} local work").format(share=numbers.percent(offer.local_share)),
        loan(offer),
    ]
    if offer.new_family:
        parts.append(_("a new family"))
    reaches = tender.affordable[at]
    if reaches < tender.quantity:
        parts.append(_("the money reaches for {quantity}").format(quantity=counted(reaches, tender.unit)))
    return "; ".join(parts)


def table(tender: TenderSeen, month: str) -> pd.DataFrame:
    """All offers side by side, the first delivery first."""
    rows = sorted(tender.offers, key=lambda offer: offer.first)
    return pd.DataFrame(
        {
            _("Offer"): [line_name(one.line) for one in rows],
            _("First delivery"): [month_ahead(month, one.first) for one in rows],
            _("Last"): [month_ahead(month, one.last) for one in rows],
            _("Usual slip"): [slip(one) for one in rows],
            _("All-in cost"): [numbers.money(cost(tender, one)) for one in rows],
            _("A unit"): [numbers.money(one.all_in) for one in rows],
            _("Could withhold"): [withheld(one) for one in rows],
            _("Local work"): [numbers.percent(one.local_share) for one in rows],
            _("European content"): [numbers.percent(one.content) for one in rows],
            _("Loan"): [loan(one) for one in rows],
            _("New family"): [_("yes") if one.new_family else _("no") for one in rows],
        }
    )


def no_offers(tender: TenderSeen) -> str:
    """What to read where nobody makes an offer."""
    return _("No line makes an offer for {category} now; the tender ends without a contract.").format(
        category=category_name(tender.category)
    )


def slip_note() -> str:
    """What "may be later" means."""
    return _(
        "“May be later”: in one of ten contracts of this model the first delivery comes later than that. "
        "All-in cost holds training, spares and, for a new family, what a further type in service costs."
    )
