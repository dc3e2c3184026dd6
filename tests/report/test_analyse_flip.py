"""What one must believe, in words: every figure is that of the record."""

import re

from sim.evidence.seeds import load_seeds
from sim.report import analyse_flip as words
from sim.report.factor_words import FactorWords
from tests.report.made_up_sensitivity import TIE, flip, part
from tests.report.said import ends, said

NAMES = FactorWords(load_seeds())


def test_one_fact_is_told_with_its_range_grade_and_source():
    first, believe, confirmed = words.headline(flip(), NAMES)
    assert first == (
        "Under “Another plan”, “Gap-years, delivered, Poland” is lower than under “Baseline”: so it is in "
        "this model, by 44 days (90 % interval: 29 to 58 days)."
    )
    source = NAMES.sources({"id": "POL.main_battle_tank.requirement"})
    assert believe == (
        "To say the opposite you must believe that “Poland, Main battle tanks: requirement” is 1,300 tanks "
        f"(now 1,100 tanks, range 950 to 1,366 tanks, grade C, inferred, source: {source}): 75 % of the "
        "way to the highest of its range."
    )
    assert source
    assert confirmed == (
        "Confirmed in 40 runs with other draws: the margin is then −11 days (90 % interval: −18 to −4 days)."
    )


def test_margins_are_those_of_the_record():
    found = flip(before=part(0.31, 0.2, 0.42), after=part(-0.05, -0.3, 0.2), confirmed="unsure")
    first, _believe, confirmed = words.headline(found, NAMES)
    for sentence, true in ((first, found["before"]), (confirmed, found["after"])):
        size, interval = re.search(
            r"(?:by|then) (−?[\d.]+ \w+) \(90 % interval: ([^)]+)\)", sentence
        ).groups()
        assert said(size.lstrip("−"), "years").holds(abs(true["mean"]))
        low, high = ends(interval, "years")
        assert low.holds(true["low"])
        assert high.holds(true["high"])
    assert confirmed.startswith("Not sure: in 40 runs with other draws")
    unconfirmed = words.headline(flip(confirmed="no"), NAMES)
    assert len(unconfirmed) == 2  # nobody is told to believe what new draws do not bear out
    assert "What seemed to in the search does not in 40 runs with other draws" in unconfirmed[1]
    tiny = words.headline(flip(before=part(0.0008, 0.0007, 0.0009)), NAMES)[0]
    assert "though by practically nothing, 0.3 days" in tiny


def test_several_facts_and_groups_are_listed():
    second = {**flip()["moves"][0], "fact": TIE, "members": [TIE], "from": 0.32, "to": 0.05, "low": -0.76,
              "high": 1.4, "unit": "points", "grades": "D", "end": "low"}  # fmt: skip
    group = {**flip()["moves"][0], "fact": "*.build_months", "kind": "group", "from": None, "to": None,
             "members": ["k2_changwon.build_months"] * 3, "grades": "CD"}  # fmt: skip
    record = flip(moves=[second, group])
    sentence = words.believe(record, NAMES)
    assert (
        "“A buyer’s choice: tie to the United States” is 0.05 points (now 0.32 points, range −0.76 to"
        in sentence
    )
    assert sentence.endswith(
        " and “Production line: build months, 3 numbers together” are all 75 % of the way to the highest of "
        "their ranges (grades C, D)."
    )
    table = words.moves_table(record, NAMES)
    assert list(table["You must believe"]) == ["0.05 points", "–"]
    assert list(table["Part of the way to the end"]) == ["75 %", "75 %"]


def test_where_nothing_turns_it_that_is_said_with_what_is_left():
    found = words.headline(flip(moves=[], after=None, confirmed=None, nearest=0.05), NAMES)
    assert found[1] == (
        "No move within the ranges of the evidence that was tried turns it: 300 numbers and groups alone, "
        "the strongest of them together. The single move that comes nearest leaves 18 days."
    )


def test_what_is_undecided_or_false_is_said():
    (undecided,) = words.headline(flip(holds=None, before=part(0.01, -0.02, 0.04)), NAMES)
    assert "undecided in this model. The margin is 4 days (90 % interval: −7 to 15 days)" in undecided
    false = words.headline(flip(holds=False, before=part(-0.12, -0.16, -0.08)), NAMES)[0]
    assert false.endswith("not so in this model; the margin is −44 days (90 % interval: −58 to −29 days).")


def test_a_scenario_that_was_changed_is_told_from_the_one_it_comes_from():
    changed = flip()
    changed["scenarios"][1]["title"] = "Baseline"
    assert words.statement(changed, NAMES) == (
        "under “Baseline, as changed”, “Gap-years, delivered, Poland” is lower than under “Baseline”"
    )


def test_a_threshold_has_its_unit():
    found = flip(outcome="cost_pv", threshold=500000.0, below=False, before=part(7e4, 6e4, 8e4))
    assert words.headline(found, NAMES)[0].startswith(
        "Under “Another plan”, “Cost” is above $500 bn: so it is"
    )
