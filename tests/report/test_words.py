"""Every kind of sentence from numbers typed by hand."""

import pandas as pd
import pytest

from sim.report import findings, numbers, tables, words
from sim.report.measures import MEASURES
from sim.report.tables import Paired

BASE = {"gap_years": 1.0, "cost_pv": 9000.0, "worst_authority_share": 0.4}


def dial(measure: str, change: float, low: float, high: float, up: float = 1.0) -> Paired:
    base = BASE.get(measure, 1.0)
    near = 0.02 * abs(change)  # the interval of the mean is narrow
    means = (change - near, change + near) if change else (-0.1, 0.1)
    return Paired(measure, "POL", base, base + change, change, low, high, *means, up, 1 - up)


SLOWER = dial("gap_years", 0.4, 0.1, 0.7)
FASTER = dial("gap_years", -0.4, -0.7, -0.1, up=0.0)
VAGUE_SPEED = dial("gap_years", 0.1, -0.3, 0.5, up=0.6)
DEARER = dial("cost_pv", 1200, 300, 2000)
CHEAPER = dial("cost_pv", -1200, -2000, -300, up=0.0)
VAGUE_COST = dial("cost_pv", 10, -300, 400, up=0.5)
FREER = dial("worst_authority_share", -0.031, -0.05, -0.01, up=0.0)
VAGUE_RELIANCE = dial("worst_authority_share", 0.0, -0.02, 0.02, up=0.5)
MOSTLY_CHEAPER = dial("cost_pv", -500, -1600, 540, up=0.1)
SAME = Paired("gap_years", "POL", 1, 1, 0, 0, 0, 0, 0, 0, 0)
NO_FIGURE = Paired("gap_years", "POL", *[float("nan")] * 9)


def test_headline_with_three_clear_dials() -> None:
    assert words.headline([SLOWER, CHEAPER, FREER], "Poland", "“No Korea”") == (
        "In this model, for Poland, “No Korea” keeps gaps open 4.8 months longer "
        "(90 % interval 1.2 to 8.4 months), costs $1.2 bn less (90 % interval $300 m to $2.0 bn) "
        "and lowers reliance on one foreign government by "
        "3.1 percentage points (90 % interval 1.0 to 5.0 points)."
    )


def test_headline_names_what_is_not_clear() -> None:
    assert words.headline([FASTER, DEARER, VAGUE_RELIANCE], "Poland", "“A”").endswith(
        "closes gaps 4.8 months sooner (90 % interval 1.2 to 8.4 months) and costs $1.2 bn more "
        "(90 % interval $300 m to $2.0 bn); it makes no clear difference to reliance."
    )
    assert words.headline([VAGUE_SPEED, VAGUE_COST, VAGUE_RELIANCE], "Poland", "“A”") == (
        "In this model, for Poland, “A” makes no clear difference to speed, cost and reliance."
    )


def test_headline_says_on_average_where_single_runs_disagree() -> None:
    assert words.headline([SAME, MOSTLY_CHEAPER], "Poland", "“A”") == (
        "In this model, for Poland, “A” on average costs $500 m less "
        "(90 % of runs: $1.6 bn less to $540 m more); it makes no clear difference to speed."
    )


def test_what_is_small_is_not_made_into_news() -> None:
    tiny = dial("gap_years", 0.002, 0.001, 0.003)
    assert words.headline([tiny, DEARER, VAGUE_RELIANCE], "Poland", "“A”").endswith(
        "; it makes little or no clear difference to speed and reliance."
    )
    assert words.reading(tiny, "less") == "worse"


def test_headline_without_change_or_figures() -> None:
    assert "changes nothing for Poland" in words.headline([SAME], "Poland", "“A”")
    assert "no figure for Poland" in words.headline([NO_FIGURE], "Poland", "“A”")


def test_what_rounds_to_nothing_is_practically_the_same() -> None:
    tiny = dial("gap_years", -0.009 / 365.25, -0.4 / 365.25, 0.0, up=0.1)
    assert tiny.verdict == "tiny"
    assert findings.sentence(tiny) == "practically the same as the baseline"
    assert findings.difference(tiny) == "practically the same"
    assert words.dial_range(tiny) == ""
    days = dial("gap_years", -0.009 / 365.25, -3 / 365.25, 0.0, up=0.1)
    assert days.verdict != "tiny", "its interval is worth saying"
    cents = dial("cost_pv", 2.0, -8.0, 8.0)
    assert cents.verdict == "tiny", "not seen in $9.0 bn"
    assert words.headline([tiny, cents], "Norway", "“A pause”") == (
        "In this model, “A pause” changes practically nothing for Norway: all dials stay at the baseline."
    )
    assert "little or no clear difference to speed and cost" in words.headline([tiny, VAGUE_COST], "it", "it")


def test_the_axis_of_a_dial_is_not_filled_by_noise() -> None:
    assert tables.scale(dial("gap_years", 0.002, -0.004, 0.005)) == 0.02
    assert tables.scale(SLOWER) == 0.7


def test_headline_of_the_baseline() -> None:
    sentence = words.baseline_headline([SLOWER, DEARER, FREER], "Poland", 2030)
    assert "Poland is missing for 1.0 years on average before 2030" in sentence


def test_an_interval_over_zero_is_never_claimed() -> None:
    for row in (VAGUE_SPEED, VAGUE_COST, VAGUE_RELIANCE):
        assert words.reading(row, "less") == "no clear difference"


@pytest.mark.parametrize(
    ("row", "better", "text"),
    [
        (SLOWER, "less", "worse"),
        (FASTER, "less", "better"),
        (dial("on_time_share", 0.1, 0.05, 0.2), "more", "better"),
        (dial("gap_years", 0.1, -0.1, 0.3, up=0.9), "less", "worse on average"),
        (MOSTLY_CHEAPER, "less", "better on average"),
        (dial("cost_pv", 5, 1, 9), "", "more"),
        (SAME, "less", "unchanged"),
        (NO_FIGURE, "less", "no figure"),
    ],
)
def test_reading(row: Paired, better: str, text: str) -> None:
    assert words.reading(row, better) == text


def test_dial_words() -> None:
    assert words.dial_change(SLOWER) == "4.8 months longer than the baseline"
    assert words.dial_change(CHEAPER) == "$1.2 bn less than the baseline"
    assert words.dial_change(SAME) == "the same as the baseline"
    assert words.dial_range(FASTER) == "90 % interval −8.4 to −1.2 months; lower in 100 % of runs"
    assert words.dial_range(VAGUE_SPEED) == "90 % interval −3.6 to 6.0 months; higher in 60 % of runs"


def test_differences_in_a_table_have_signs() -> None:
    assert words.signed(SLOWER) == "+4.8 months"
    assert words.signed(CHEAPER) == "−$1.2 bn"
    assert words.signed(SAME) == "0.0 days"
    assert words.signed(NO_FIGURE) == "–"


def test_a_goal_that_is_never_reached_is_said_in_words() -> None:
    assert words.level("date_90", 10.0) == "not in ten years"
    assert words.level("date_90", 9.8) == "9.8 years"
    assert words.level("gap_years", 10.0) == "10.0 years"
    assert words.level("date_90", float("nan")) == "–"


def test_months_are_named() -> None:
    assert words.month("2022-02") == "February 2022"
    assert (
        words.dated_sentence("Threat", "2028-12", "1.2") == "From December 2028 on, “Threat” is set to 1.2."
    )
    assert "strikes in March 2027 and lasts 1 month." in words.card_sentence("Hold", "2027-03", 1, 1)


def test_subject() -> None:
    assert words.subject("Baseline", True, ["Threat"]) == "changing “Threat”"
    assert words.subject("Baseline", True, ["a", "b"]) == "your 2 changes"
    assert words.subject("No Korea", False, []) == "“No Korea”"
    assert words.subject("No Korea", False, ["a"]) == "“No Korea” with your 1 change"


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("share", 0.372, "37.2 %"),
        ("musd", 1_234_000, "$1,234 bn"),
        ("musd", 12_345, "$12.3 bn"),
        ("musd", -350, "−$350 m"),
        ("years", 1.44, "1.4 years"),
        ("years", 0.04, "0.04 years"),
        ("years", 0.36, "0.36 years"),
        ("months", 30.0, "30 months"),
        ("number", float("nan"), "–"),
        ("number", -0.0, "0.0"),
    ],
)
def test_amounts(kind: str, value: float, text: str) -> None:
    assert numbers.amount(kind, value) == text


def test_short_times_come_in_days_and_one_sentence_has_one_unit() -> None:
    row = dial("gap_years", 0.0553, 0.0225, 0.0943)
    assert words.dial_change(row) == "20 days longer than the baseline"
    assert words.dial_range(row) == "90 % interval 8 to 34 days; higher in 100 % of runs"
    assert numbers.difference("years", 0.001) == "0.4 days"
    assert numbers.difference("years", 1.5) == "1.5 years"
    assert numbers.difference("years", 0.05, reach=0.5) == "0.6 months"


@pytest.mark.parametrize(
    ("value", "unit", "kind", "text"),
    [
        (1, "number", "switch", "on"),
        (0, "number", "switch", "off"),
        (0.65, "share", "number", "65 %"),
        (0.2, "share_per_year", "number", "20 % a year"),
        (150, "beur", "number", "€150 bn"),
        (1.5, "multiplier", "number", "1.5 times"),
        (1, "multiplier", "number", "1 time"),
        (0, "multiplier", "number", "0 times"),
        (3, "hubs", "number", "3 hubs"),
        (1, "hubs", "number", "1 hub"),
        (1, "months", "number", "1 month"),
        (6, "months", "number", "6 months"),
    ],
)
def test_lever_values(value: float, unit: str, kind: str, text: str) -> None:
    assert words.lever_value(value, unit, kind) == text


def test_lists() -> None:
    assert [words.listed(part) for part in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_words_are_careful() -> None:
    measures = [row.meaning + row.label for row in MEASURES.values()]
    text = " ".join([*words.limits(), *measures]).lower()
    assert not any(word in text for word in ("loyal", "blackmail", "unreliable", "betray"))
    assert len(words.limits()) == 3


def test_small_money_keeps_its_sign_and_nothing_has_none() -> None:
    assert numbers.bounds("musd", -0.0166, 7.289) == "−$0.02 m to $7.3 m"
    assert numbers.money(-0.0001) == "$0.0 m"
    assert words.signed(dial("cost_pv", -0.0001, -0.2, 0.0)) == "$0.0 m"


def test_names_with_an_article_and_sentences_that_begin_with_one() -> None:
    names = {"USA": "United States", "NOR": "Norway"}
    assert [words.place_within(one, names) for one in names] == ["the United States", "Norway"]
    assert words.place_name("USA", names) == "United States"
    assert words.started("the Netherlands waits.") == "The Netherlands waits."


def test_a_place_without_figures_is_said_to_have_none() -> None:
    nothing = Paired("cost_pv", "ISL", *[0.0] * 9)
    assert words.headline([NO_FIGURE, nothing], "Iceland", "“No new US orders”") == (
        "In this model, there is no figure for Iceland: nothing is bought there."
    )
    empty = pd.DataFrame({"who": [], "date": pd.Series([], dtype="datetime64[ms]"), "low": [], "middle": [],
                          "high": []})  # fmt: skip
    assert words.fan_alt("Equipment still missing", "Iceland", empty, "share") == (
        "Equipment still missing, Iceland: no figure."
    )
