"""A check holds where its number lies within its range, and the headline counts patterns and ranges."""

import math

import pytest

from sim.estimation.checks import Asked, Found, headline, judge, judge_all, read_list, within

ASKED = Asked("one", "1", "One.", "1 to 2", 1.0, 2.0, "months", "somewhere")


@pytest.mark.parametrize(("value", "holds"), [(1.0, True), (2.0, True), (0.9, False), (2.1, False)])
def test_a_number_holds_within_its_range(value, holds):
    assert judge("pattern", ASKED, Found(value)).passed is holds


def test_a_missing_bound_does_not_bind():
    assert within(9.0, 1.0, None)
    assert within(-9.0, None, 1.0)
    assert not within(2.0, None, 1.0)


def test_the_record_sets_the_range_where_it_has_one():
    check = judge("pattern", ASKED, Found(5.0, low=4.0, high=6.0, target="5 recorded"))
    assert (check.passed, check.low, check.high, check.target) == (True, 4.0, 6.0, "5 recorded")


def test_what_was_not_measured_does_not_hold():
    check = judge("plausibility", ASKED, Found(math.nan, holds=True))
    assert not check.passed
    assert check.note == "nothing to measure in this run"


def test_a_verdict_of_its_own_decides():
    assert not judge("pattern", ASKED, Found(1.5, holds=False)).passed


def test_the_record_of_a_check_has_the_promised_keys():
    record = judge("pattern", ASKED, Found(1.5)).record()
    assert {"name", "kind", "source", "target", "tolerance", "measured", "pass"} <= set(record)
    assert (record["tolerance"], record["pass"]) == ([1.0, 2.0], True)


def test_every_check_needs_a_measurement_and_the_other_way_round():
    assert len(judge_all("pattern", [ASKED], {"one": Found(1.0)})) == 1
    with pytest.raises(ValueError, match="two"):
        judge_all("pattern", [ASKED], {"one": Found(1.0), "two": Found(1.0)})


def test_a_pattern_holds_where_all_of_its_checks_do():
    good, bad = judge("pattern", ASKED, Found(1.0)), judge("pattern", ASKED, Found(9.0))
    other = judge("pattern", Asked("two", "2", "", "", 0.0, 1.0, "", ""), Found(0.5))
    ranges = [judge("plausibility", ASKED, Found(value)) for value in (1.0, 9.0, 9.0)]
    assert headline([good, bad, other, *ranges]) == "1 of 2 patterns, 1 of 3 ranges hold"


@pytest.mark.parametrize("file", ["patterns.csv", "plausibility.csv"])
def test_lists_have_unique_names_sentences_and_ordered_ranges(file):
    asked = read_list(file)
    assert len({one.name for one in asked}) == len(asked)
    for one in asked:
        assert one.title.endswith(".")
        assert one.source
        assert one.low is None or one.high is None or one.low <= one.high


def test_the_first_fourteen_patterns_have_checks():
    assert {one.about for one in read_list("patterns.csv")} == {str(number) for number in range(1, 15)}
