"""What can be done about a need that has no tender to decide, in words: routes, quantities, obstacles."""

from __future__ import annotations

from collections.abc import Mapping

from sim.game.orders import Launch
from sim.game.view import MoneySeen, NeedSeen
from sim.report import numbers, words
from sim.report.game_turn import label
from sim.report.game_words import counted, line_name, state_name
from sim.report.language import _
from sim.report.why_words import ROUTES, lowered


def choice(need: NeedSeen, several: bool) -> str:
    """A need in a list: its category and what is missing."""
    return _("{name}: {share} missing").format(name=label(need, several), share=numbers.percent(need.missing))


def standing(need: NeedSeen) -> str:
    """How a need stands, in a sentence."""
    text = _("{usable} of {required} can be used now, {ordered} are on order; {gap} will be missing.")
    said = text.format(
        usable=f"{need.usable:,.0f}", required=counted(need.required, need.unit),
        ordered=f"{need.on_order:,.0f}", gap=f"{need.gap:,.0f}",
    )  # fmt: skip
    if need.framework is not None:
        more = _("A framework with {line} allows {units} more.")
        said += " " + more.format(line=line_name(need.framework), units=f"{need.framework_units:,.0f}")
    return said


def options() -> Mapping[str, str]:
    """What can be done about a need this turn."""
    return {
        "leave": _("Leave it to the ministry"),
        "hold": _("Hold it back: no new tender until next turn"),
        "open": _("Open a tender"),
    }


def tiers() -> Mapping[str, str]:
    """Classes of equipment."""
    return {"upper": _("heavy or high-end"), "lower": _("light or simpler")}


def routes(need: NeedSeen) -> Mapping[str, str]:
    """The routes that a tender of this need can take, with what they mean."""
    meaning = {
        "competition": _("offers come from all, and take longest to be decided"),
        "government": _("a direct award between governments"),
        "urgent": _("decided soonest; you may name the supplier"),
        "option": _("from the framework that stands"),
    }
    if need.framework is None:
        meaning.pop("option")
    return {
        one: _("{route}: {meaning}").format(route=words.started(_(ROUTES[one])), meaning=said)
        for one, said in meaning.items()
    }


def quantity_label(need: NeedSeen) -> str:
    """How many can be ordered, and what one usually costs."""
    text = _("How many {unit} ({low} to {high}, usually {price} each)")
    return text.format(
        unit=_(need.unit), low=f"{need.smallest:,}", high=f"{need.largest:,}", price=numbers.money(need.price)
    )


def obstacle(need: NeedSeen, money: MoneySeen, ordered: bool) -> str:
    """Why no tender can be opened now, in a sentence; nothing where it can. ordered: one is."""
    state = state_name(need.state)
    if need.running is not None and need.decided is not None:
        text = _("A tender runs already ({route}); it is decided in {month}.")
        return text.format(route=lowered(_(ROUTES[need.running])), month=words.month(need.decided))
    if money.tenders < 1 and not ordered:
        return _("The ministry of {state} cannot run another tender now.").format(state=state)
    lot = need.smallest * need.price
    if lot > money.room:
        text = _("{state} can still promise {room}, and the smallest lot costs about {lot}.")
        return text.format(state=state, room=numbers.money(max(0.0, money.room)), lot=numbers.money(lot))
    return ""


def opened(order: Launch, need: NeedSeen) -> str:
    """That a tender is ordered."""
    text = _("Ordered: a tender for {quantity}, {route}. It opens next month.")
    return text.format(quantity=counted(order.quantity, need.unit), route=lowered(_(ROUTES[order.route])))
