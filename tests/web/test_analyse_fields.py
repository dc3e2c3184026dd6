"""What the Analyse page asks for: texts of an address checked, command lines made."""

import pytest

from sim.policy.errors import ScenarioError
from sim.web import analyse_fields as fields
from sim.web import catalogue
from sim.web.analyse_fields import Number, SeveralOf, Span
from sim.web.choice import opened

BOOK = catalogue.read()
LETTERS = SeveralOf("letters", "Letters", lambda book, before: "a", most=2,
                    options=lambda book, before: {"a": "A", "b": "B", "c": "C"})  # fmt: skip
SHARE = Number(
    "share", "Share", lambda book, before: "0.5", span=lambda book, before: Span(0, 1, 0.01, "%", 100)
)


def test_several_stand_in_the_order_of_the_options() -> None:
    assert LETTERS.check("b,a", BOOK, {}) == "a,b"
    assert LETTERS.check("", BOOK, {}) == ""
    assert fields.several("a,b") == ["a", "b"]
    assert fields.several("") == []


def test_too_many_or_unknown_ones_are_refused() -> None:
    with pytest.raises(ScenarioError, match="2 at most; there are 3"):
        LETTERS.check("a,b,c", BOOK, {})
    with pytest.raises(ScenarioError, match="'d'"):
        LETTERS.check("d", BOOK, {})


def test_a_number_is_shown_in_another_unit_than_it_is_kept_in() -> None:
    assert SHARE.check("0.25", BOOK, {}) == "0.25"
    assert SHARE.text(25.0, BOOK, {}) == "0.25"
    with pytest.raises(ScenarioError, match="from 0 to 1"):
        SHARE.check("25", BOOK, {})
    with pytest.raises(ScenarioError, match="got 'x'"):
        SHARE.check("x", BOOK, {})


def test_a_pair_counts_gaps_until_the_date_of_the_other() -> None:
    base, other = fields.pair({"base": "baseline", "other": "1~no_korea~h~2035"}, BOOK)
    assert base.scenario.horizon_year == other.scenario.horizon_year == 2035


@pytest.mark.parametrize(
    ("base", "other", "said"),
    [
        ("baseline", "baseline", "the same"),
        ("baseline", "february_2022", "different months"),
        ("baseline", "no_corea", "no_korea"),
    ],
)
def test_a_pair_that_cannot_be_compared_is_refused(base: str, other: str, said: str) -> None:
    with pytest.raises(ScenarioError, match=said):
        fields.pair({"base": base, "other": other}, BOOK)


def test_the_command_names_changes_as_options_and_a_changed_base_as_a_file() -> None:
    plain, changed = opened(BOOK.questions["no_korea"]), fields.chosen("1~baseline~l~korean_supply~0", BOOK)
    baseline = fields.chosen("baseline", BOOK)
    assert fields.command("x", baseline, plain) == ["sim", "analyse", "x", "baseline", "no_korea"]
    assert fields.command("x", changed) == ["sim", "analyse", "x", "baseline", "--set", "korean_supply=0"]
    assert fields.notes(baseline, plain) == ()
    line = fields.command("x", changed, plain)
    assert line[3].endswith(".toml")
    assert line[4:] == ["no_korea"]
    assert "from its file" in fields.notes(changed, plain)[0]


def test_another_date_than_the_scenario_has_is_said() -> None:
    later = fields.chosen("1~no_korea~h~2035", BOOK)
    assert fields.notes(later) == ("On the command line, gaps are counted until 2030.",)


def test_several_scenarios_keep_their_order() -> None:
    plans = fields.OfSeveralScenarios("plans", "Plans", lambda book, before: "baseline", most=3)
    assert plans.options
    with pytest.raises(ScenarioError, match="3 at most"):
        fields.OfSeveralScenarios(
            "plans",
            "Plans",
            lambda book, before: "",
            most=3,
            options=lambda book, before: dict.fromkeys("abcd", ""),
        ).check("a,b,c,d", BOOK, {})
