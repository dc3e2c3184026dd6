"""The words for attributes of offers, their weights and the naive rules."""

from __future__ import annotations

from collections.abc import Mapping

from sim.report.language import mark

# What a higher and a lower value of an attribute than that of the rivals means for the winner.
FACTS: Mapping[str, tuple[str, str]] = {
    "months": (mark("expected later than its rivals"), mark("expected sooner than its rivals")),
    "price": (mark("dearer by catalogue"), mark("cheaper by catalogue")),
    "capability": (
        mark("ranked first before in the published evaluation of another state"),
        mark("a rival was ranked first before in the published evaluation of another state"),
    ),
    "untried": (mark("no state had ordered it before"), mark("rivals that no state had ordered before")),
    "family": (
        mark("already in service with the buyer"),
        mark("a rival was already in service with the buyer"),
    ),
    "adopters": (
        mark("more allies had chosen it in the years before"),
        mark("fewer allies had chosen it in the years before"),
    ),
    "neighbours": (mark("more neighbours had it"), mark("fewer neighbours had it")),
    "previous": (
        mark("more earlier purchases from that government"),
        mark("fewer earlier purchases from that government"),
    ),
    "exposure": (
        mark("a government that could already stop more of the fleet"),
        mark("a government that could stop less of the fleet"),
    ),
    "us_tie": (
        mark("the security tie to the United States"),
        mark("rivals had the tie to the United States"),
    ),
    "union": (mark("a maker of the Union"), mark("rivals were makers of the Union")),
    "domestic": (mark("a maker at home"), mark("a rival was a maker at home")),
    "local": (mark("more work at home on offer"), mark("less work at home on offer")),
    "family_direct": (
        mark("in service already, without a contest"),
        mark("a rival was in service, without a contest"),
    ),
    "domestic_direct": (mark("at home, without a contest"), mark("a rival at home, without a contest")),
}
LABELS: Mapping[str, str] = {
    "months": mark("A year of waiting, at full urgency"),
    "price": mark("A price higher by one log point"),
    "capability": mark("Ranked first in another state’s published evaluation"),
    "untried": mark("Never ordered by any state"),
    "family": mark("In service already"),
    "adopters": mark("Allies that chose it lately, log"),
    "neighbours": mark("Neighbours that have it, log"),
    "previous": mark("Earlier purchases from that government, log"),
    "exposure": mark("Exposure to a foreign government"),
    "us_tie": mark("Tie to the United States"),
    "union": mark("Maker of the Union"),
    "domestic": mark("Maker at home"),
    "local": mark("All work at home"),
    "family_direct": mark("In service already: further, without a contest"),
    "domestic_direct": mark("Maker at home: further, without a contest"),
    "dissimilarity": mark("Dissimilarity of an industry’s offers"),
}
RULES: Mapping[str, str] = {
    "uniform": mark("every offer alike"),
    "incumbent": mark("what is in service"),
    "cheapest": mark("the cheapest by catalogue"),
    "fastest": mark("the fastest by catalogue"),
    "industry_shares": mark("the industries’ shares of past decisions"),
}
