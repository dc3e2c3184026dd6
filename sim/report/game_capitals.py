"""One message each from Seoul, Washington and Brussels, made by rule from what is in force."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sim.evidence.seeds import load_seeds
from sim.game.allowed import lever_now
from sim.game.changes import cards_in_force
from sim.game.replay import Standing
from sim.game.view import TenderSeen
from sim.policy.levers import levers
from sim.policy.shocks import shocks
from sim.report.changed import value_of
from sim.report.game_changes import card_name
from sim.report.game_words import line_name, listed
from sim.report.language import _, mark, plural

CAPITALS: Final = {"seoul": mark("Seoul"), "washington": mark("Washington"), "brussels": mark("Brussels")}
INDUSTRY: Final = {"seoul": "korea", "washington": "united_states", "brussels": "europe"}
MOST = 2  # moved policies and cards named in a message


def messages(
    stand: Standing, before: Standing | None, tenders: Sequence[TenderSeen]
) -> list[tuple[str, str]]:
    """Each capital with what it says; before: the turn before, None in the first."""
    return [
        (
            _(name),
            " ".join(
                [*_moved(stand, before, group), *_cards(stand, group), _offers(tenders, INDUSTRY[group])]
            ),
        )
        for group, name in CAPITALS.items()
    ]


def _moved(stand: Standing, before: Standing | None, group: str) -> list[str]:
    """Policies of a capital that stand elsewhere than a turn ago, the furthest moves first."""
    if before is None:
        return []
    found = []
    for lever in levers(load_seeds()).values():
        if lever.group != group or lever.id not in stand.world.levers:
            continue
        was, now = lever_now(before, lever.id), lever_now(stand, lever.id)
        part = abs(now - was) / (lever.high - lever.low)
        if value_of(lever, was) != value_of(lever, now):
            text = _("“{policy}” moved from {was} to {now}.")
            said = text.format(policy=_(lever.label), was=value_of(lever, was), now=value_of(lever, now))
            found.append((part, said))
    return [said for _part, said in sorted(found, reverse=True)[:MOST]]


def _cards(stand: Standing, group: str) -> list[str]:
    """Cards now in force that move a policy of this capital, and which."""
    known, cards = levers(load_seeds()), shocks(load_seeds())
    found = []
    for name in cards_in_force(stand):
        moved = [
            _(known[effect.lever].label)
            for effect in cards[name].effects
            if effect.lever in known and known[effect.lever].group == group
        ]
        if moved:
            text = _("“{card}” is in force and changes {policies}.")
            policies = listed([_("“{policy}”").format(policy=one) for one in moved[:MOST]])
            found.append(text.format(card=card_name(name), policies=policies))
    return found[:MOST]


def _offers(tenders: Sequence[TenderSeen], industry: str) -> str:
    """What the capital's industry offers on this table, and the soonest of it."""
    mine = [offer for tender in tenders for offer in tender.offers if offer.industry == industry]
    if not mine:
        return _("Its industry makes no offer in a tender that you decide now.") if tenders else ""
    soonest = min(mine, key=lambda offer: offer.first)
    text = plural(
        "Its industry makes {number} offer to you: {line} in {months} months.",
        "Its industry makes {number} offers to you; the soonest is {line} in {months} months.",
        len(mine),
    )
    return text.format(number=len(mine), line=line_name(soonest.line), months=f"{soonest.first:.0f}")
