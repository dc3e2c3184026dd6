"""What a facilitator says and asks in each phase of a session, by the ids of sim/game/plans.py."""

from __future__ import annotations

from typing import Final

from sim.game.plans import Plan
from sim.report.language import _, mark, plural

PROMPTS: Final = {
    "roles": mark(
        "Seats and roles are drawn by lot. Nobody has to play a state or a role: whoever would rather not "
        "says so, without a reason, and draws again."
    ),
    "real_states": mark(
        "These are real states with real neighbours, and some of us have family there. We talk about what "
        "could be withheld in this model, not about whom to trust."
    ),
    "goal": mark(
        "A team looks at three things: what can be used in time, what it costs, and how much of it one "
        "foreign government could withhold. On a day that nobody knows, between {first} and {last}, it "
        "counts what works."
    ),
    "screen": mark(
        "Each turn is a year. A buyer decides one to four tenders: choose an offer, wait, or open a tender. "
        "An industry sets prices and promises, the Alliance sets common rules. Ten words of reason are "
        "enough."
    ),
    "law": mark(
        "Arms may not be sold to everybody: the Arms Trade Treaty and the Common Position of the European "
        "Union ask what equipment would be used for. A government may say no, and a team may say no too."
    ),
    "forecast": mark(
        "Before you decide, write down when you expect the first delivery: a month you are nearly sure it "
        "will not come before, the middle, and a month you are nearly sure it will be there. We open this "
        "again at the end."
    ),
    "sources": mark(
        "Every number has a source and a grade on the page Evidence. Choose one that matters to your team "
        "and look who says so."
    ),
    "first_turn": mark(
        "First turn: look at your largest gap and at the orders that run already. What would you have to "
        "order now to have it in time? Ask each team for one sentence."
    ),
    "talk": mark(
        "Walk over to another team: a joint purchase or a framework needs two who say yes. What does each "
        "side give up?"
    ),
    "late": mark(
        "Some promises have slipped by now. Whose delivery is late, and what is the cause that the page "
        "names? Could you have known?"
    ),
    "withhold": mark(
        "Look at the third dial. Which government could withhold delivery or spare parts from you, and what "
        "would still work after a year without them?"
    ),
    "not_buying": mark(
        "Not buying is an answer too. What else could this money do, at home or for those it is meant to "
        "protect?"
    ),
    "cost": mark(
        "Treasurers, stand up: what have you signed that is not yet paid? Who has to pay it if the next "
        "government thinks otherwise?"
    ),
    "card": mark(
        "Place a card if the class has become comfortable, and say that you did. What do the teams do that "
        "they would not have done before?"
    ),
    "people": mark(
        "Equipment without crews stands in a hall, and equipment that is used hurts people. Who in your "
        "state would have to live with this decision?"
    ),
    "plan_b": mark(
        "Imagine that your largest supplier delivers nothing from now on. What does your team do? Decide as "
        "if it could happen."
    ),
    "last_turn": mark(
        "Last turn. Deliveries and debts go on after it and count too, so spending everything now is no way "
        "out."
    ),
    "nobody_wins": mark(
        "Nobody has won. Ask each team first what it is glad of and what it would do otherwise, before any "
        "number is shown."
    ),
    "happened": mark("Open the debrief: what happened, and why? Follow one late delivery from need to use."),
    "expected": mark(
        "Compare what was expected with what came. Who was too sure, and who could have been surer?"
    ),
    "luck": mark(
        "Only now the hidden day is shown. The number over many futures is what you could plan for; the "
        "number on the day is that and luck."
    ),
    "else": mark(
        "What else could have happened? Choose a decision, take the other offer, and look at the difference."
    ),
    "real_cases": mark(
        "What of this carries over to the real cases, and what does not? Open one of them in Evidence."
    ),
    "limits": mark(
        "End with what this model cannot say, and with one question that the class wants to look up."
    ),
    "feared": mark(
        "Take each team's plan through the future that another team feared. Which plan is never the worst?"
    ),
    "rule": mark(
        "Change one rule and run the same game again with the same draws. Was it the rule or the players?"
    ),
}  # fmt: skip
TITLES: Final = {
    "45": mark("45 minutes: 7 to begin, 4 turns of 6, 12 to look back"),
    "90": mark("90 minutes: 12 to begin, 7 turns of 7, 25 to look back"),
    "180": mark("3 hours: 25 to begin, 10 turns of 10, 50 to look back"),
}
PHASES: Final = {
    "brief": mark("Before the start"),
    "play": mark("The teams decide"),
    "paused": mark("Paused"),
    "debrief": mark("Looking back"),
    "over": mark("The room is closed"),
}


def title(plan: Plan) -> str:
    """A plan in a line."""
    return _(TITLES[plan.id])


def prompt(name: str, first: int, last: int) -> str:
    """What to say; first, last: years between which the hidden day lies."""
    return _(PROMPTS[name]).format(first=first, last=last)


def phase(state: str, turn: int, turns: int) -> str:
    """Where a session stands, in words."""
    if state == "play":
        return _("Turn {turn} of {turns}").format(turn=min(turn, turns), turns=turns)
    return _(PHASES[state])


def clock_text(seconds: float | None) -> str:
    """What is left, such as 4:05; a sentence where there is no limit or no time is left."""
    if seconds is None:
        return _("no limit")
    if seconds <= 0:
        return _("time is up")
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


def suggested(people: int, seats: int) -> str:
    """How a class is divided."""
    some = plural("{number} seat", "{number} seats", seats).format(number=seats)
    if people <= seats:
        return _("{seats}, one person each").format(seats=some)
    return _("{seats}, about {each} people each").format(seats=some, each=round(people / seats))
