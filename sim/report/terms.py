"""The field's words in one plain sentence each: for the help at a control and the list at the foot of a page.

What a measure counts is said by the measure itself (`measures.py`) and never a second time here.
"""

from __future__ import annotations

from sim.report.language import _, mark
from sim.report.measures import DIALS, MEASURES

TERMS = {
    "baseline": (
        mark("Baseline"),
        mark("Today’s plans, prices and promises simply go on; every scenario is set against it."),
    ),
    "lever": (
        mark("Lever"),
        mark("Something that somebody decides or the world settles, and that you can set to another value."),
    ),
    "shock": (
        mark("Shock"),
        mark("A sudden event that moves some levers for a number of months, placed by hand or by chance."),
    ),
    "run": (
        mark("Run (replication)"),
        mark(
            "One possible course of the ten years, with its own draw of every uncertain fact and of chance."
        ),
    ),
    "paired": (
        mark("Paired difference"),
        mark(
            "The scenario less the baseline in the same run, with the same draws, so that only the change "
            "itself shows."
        ),
    ),
    "interval": (
        mark("90 % interval"),
        mark("Nine of ten runs lie inside; of the rest, half lies below it and half above."),
    ),
    "gap": (mark("Gap"), mark("What a state is required to have and does not have yet.")),
    "reliance": (
        mark("Reliance"),
        mark(
            "Use of equipment for which a foreign government could withhold deliveries, spares, software or "
            "its consent; that it could does not mean that it will."
        ),
    ),
    "line": (mark("Line"), mark("One product of one maker, such as a tank, with the plants that build it.")),
    "tender": (
        mark("Tender"),
        mark("A state’s search for equipment of one category: it weighs what is offered, and buys or waits."),
    ),
    "framework": (
        mark("Framework"),
        mark(
            "An agreement with one line on units that may be called off later without a new contest; nobody "
            "has to call them."
        ),
    ),
    "direct": (mark("Direct award"), mark("A contract given to one maker without a contest.")),
    "fms": (
        mark("US government sale"),
        mark(
            "The US government sells to another government what its makers build: a Foreign Military Sale "
            "(FMS), announced by its Defense Security Cooperation Agency (DSCA)."
        ),
    ),
    "slot": (
        mark("Slot"),
        mark("Room in the plan of a plant in a half-year; an order takes it, and later orders queue behind."),
    ),
    "points": (
        mark("Points of an offer"),
        mark("What an offer is worth to the buyer in the model; only differences between offers count."),
    ),
    "safe": (
        mark("SAFE"),
        mark("Security Action for Europe: loans of the European Union to its states for arms purchases."),
    ),
    "range": (
        mark("Low and high"),
        mark("The range that the evidence leaves open; each run draws its own value from it."),
    ),
    "odd": (
        mark("ODD"),
        mark("Overview, design concepts and details: the usual order of describing an agent-based model."),
    ),
    "agent": (
        mark("Agent-based model"),
        mark("A model in which states, makers and plants each decide by their own rules, month by month."),
    ),
}

PAGES = {
    "compare": ("baseline", "lever", "shock", "run", "paired", "interval", "gap", "reliance", "slot", "safe"),
    "why": ("line", "tender", "points", "framework", "direct", "fms", "slot", "run", "reliance"),
    "analyse": ("baseline", "lever", "shock", "run", "paired", "interval", "gap", "reliance", "range"),
    "play": (
        "tender",
        "framework",
        "direct",
        "fms",
        "gap",
        "reliance",
        "line",
        "slot",
        "safe",
        "lever",
        "shock",
    ),
    "evidence": ("range", "line", "framework", "fms", "safe", "lever"),
    "model": ("odd", "agent", "run", "line", "tender", "framework", "slot", "shock"),
}


def meaning(term: str) -> str:
    """The definition of a term, for the help at a control."""
    return _(TERMS[term][1])


def used(page: str) -> list[tuple[str, str]]:
    """The words of a page with their definitions; on Compare the three dials first, as their measures say."""
    dials = [(_(DIALS[one]), _(MEASURES[one].meaning)) for one in DIALS] if page == "compare" else []
    return [*dials, *((_(TERMS[one][0]), meaning(one)) for one in PAGES[page])]
