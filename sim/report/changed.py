"""What a scenario changes against another: levers, dates, shock cards and numbers held, in full sentences."""

from __future__ import annotations

from collections.abc import Mapping

from sim.evidence.seeds import Seeds
from sim.policy.levers import Lever
from sim.policy.scenario import Scenario
from sim.policy.shocks import Shock
from sim.report import assumptions, words
from sim.report.language import _
from sim.report.ledger import named


def moved(now: Scenario, start: Scenario) -> dict[str, float]:
    """The levers that stand elsewhere than in `start`, from the first month on, with their new values."""
    before = start.levers
    return {name: value for name, value in now.settings if value != before[name]}


def held(now: Scenario, start: Scenario) -> dict[str, float]:
    """The numbers of the evidence that are held at a value of their own, by name."""
    return {name: value for name, value in now.facts if (name, value) not in start.facts}


def touched(now: Scenario, start: Scenario) -> list[str]:
    """The ids of all levers that differ from `start`, at once or from a date on, each once."""
    dated = [one.lever for one in now.schedule if one not in start.schedule]
    return list(dict.fromkeys((*moved(now, start), *dated)))


def sentences(
    now: Scenario, start: Scenario, levers: Mapping[str, Lever], cards: Mapping[str, Shock], seeds: Seeds
) -> list[str]:
    """One sentence for each difference of `now` from `start`; none where nothing is changed.

    seeds: those of the start, to say what the evidence has for numbers that are held.
    """
    before, facts = start.levers, held(now, start)
    return [
        *(
            words.changed_sentence(
                levers[name].label, value_of(levers[name], before[name]), value_of(levers[name], value)
            )
            for name, value in moved(now, start).items()
        ),
        *(
            words.dated_sentence(levers[one.lever].label, one.at, value_of(levers[one.lever], one.value))
            for one in now.schedule
            if one not in start.schedule
        ),
        *(
            words.card_sentence(cards[card.card].label, card.at, card.months, card.strength)
            for card in now.shocks
            if card not in start.shocks
        ),
        *(assumptions.sentence(entry, facts[key]) for key, entry in named(seeds, facts).items()),
        *_left_out(now, start, levers, cards),
    ]


def _left_out(
    now: Scenario, start: Scenario, levers: Mapping[str, Lever], cards: Mapping[str, Shock]
) -> list[str]:
    """What has a date in `start` and is missing in `now`, as in a file that extends nothing."""
    stays, spared = (
        _("“{lever}” does not move in {month}."),
        _("The shock “{card}” of {month} does not strike."),
    )
    return [
        *(
            stays.format(lever=_(levers[one.lever].label), month=words.month(one.at))
            for one in start.schedule
            if (one.lever, one.at) not in [(other.lever, other.at) for other in now.schedule]
        ),
        *(
            spared.format(card=_(cards[one.card].label), month=words.month(one.at))
            for one in start.shocks
            if (one.card, one.at) not in [(other.card, other.at) for other in now.shocks]
        ),
    ]


def value_of(lever: Lever, value: float) -> str:
    """A setting of a lever in words, with its unit."""
    return words.lever_value(value, lever.unit, lever.kind)
