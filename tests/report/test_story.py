"""The story of a state, from books typed by hand."""

from dataclasses import replace

import pandas as pd

from sim.evidence.seeds import load_seeds
from sim.report.story import story
from sim.report.why_words import names
from tests.experiment.made_up import decisions, tender

NAMES = names(load_seeds())


def test_the_story_of_a_state():
    assert story(decisions(tender(), replications=2), NAMES) == [
        "In the middle run, Poland signs 1 contract in ten years, in all categories together; it is worth "
        "$2.3 bn (8 of 10 runs: $2.3 bn to $2.3 bn).",
        "Most of the money goes into main battle tanks (100 %). By industry: Korea 100 %.",
        "50 % of what it orders, by value, is delivered by January 2036; a first delivery comes 24 months "
        "after signature on average.",
        "In January 2036, usable equipment still falls short of what is required, most in main battle tanks "
        "(50 %).",
        "Foreign governments that could stop supporting parts of its fleet by then, by value: "
        "Republic of Korea 40 %. One part can depend on several.",
    ]


def test_a_state_that_buys_nothing_and_lacks_nothing():
    found = decisions(contracts=0)
    met = found.needs.assign(usable=250.0)
    free = pd.DataFrame({"replication": [0], "authority": ["KOR"], "share": [0.0]})
    assert story(replace(found, needs=met, reliance=free), NAMES) == [
        "Poland signs no contract in any run.",
        "In January 2036, usable equipment meets what is required in every category.",
        "No foreign government could stop supporting a part of its fleet worth naming.",
    ]


def test_nothing_delivered_yet_has_no_months():
    found = decisions(tender(), replications=2)
    late = found.contracts.assign(first=float("nan"), delivered=0.0)
    told = story(replace(found, contracts=late), NAMES)
    assert told[2] == "0 % of what it orders, by value, is delivered by January 2036."
