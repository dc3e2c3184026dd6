"""What the check refuses in claims that meet and in values that others give: one change each."""

import pytest

from sim.evidence.check import check_seeds
from sim.evidence.seeds import load_seeds
from tests.toy import TOY, add, change, copy_of_toy

DISSENT = "k2_changwon,rate_now,60,a second report"
CHANGES = {
    "an unknown fact": (
        "dissents.csv",
        "k2_changwon,rate_now",
        "k2_changwon,rate_nw",
        "unknown fact 'k2_changwon.rate_nw'; the nearest is 'k2_changwon.rate_now'",
    ),
    "no number": ("dissents.csv", ",60,", ",sixty,", "'sixty' is not a plain finite number"),
    "the same value": ("dissents.csv", ",60,", ",80,", "only another value is dissent"),
    "nobody's value": ("dissents.csv", "a second report", "", "say in a few words whose value this is"),
    "no source": ("dissents.csv", "toy_report", "", "source: is blank"),
    "an unknown counterpart": (
        "claims.csv",
        "toy_report,c003_price,",
        "toy_report,c003_prices,",
        "unknown claim 'c003_prices'; the nearest is 'c003_price'",
    ),
    "a counterpart without relation": (
        "claims.csv",
        "c003_price,disputes",
        "c003_price,",
        "relation: and counterpart go together",
    ),
    "a relation that is no choice": ("claims.csv", "c003_price,disputes", "c003_price,denies", "'disputes'"),
    "a counterpart in the same document": (
        "claims.csv",
        "toy_report,c003_price,",
        "toy_report,c000_values,",
        "'c000_values' is a claim of the same document",
    ),
}


@pytest.mark.parametrize("case", CHANGES)
def test_a_mistake_is_told(tmp_path, case):
    file, old, new, sentence = CHANGES[case]
    seeds = copy_of_toy(tmp_path)
    change(seeds, file, old, new)
    assert any(sentence in str(problem) for problem in check_seeds(seeds)), check_seeds(seeds)


def test_one_fact_may_have_other_values_from_several():
    seeds = load_seeds(TOY)
    assert [(one.who, one.other) for one in seeds.dissents()] == [("a second report", "60")]


def test_the_same_report_gives_a_fact_one_other_value(tmp_path):
    seeds = copy_of_toy(tmp_path)
    add(seeds, "dissents.csv", "k2_changwon,rate_now,70,a third report,toy_report,")
    assert check_seeds(seeds) == []
    add(seeds, "dissents.csv", f"{DISSENT},toy_report,again")
    assert "is already on line 2" in str(check_seeds(seeds)[0])


def test_claims_of_the_project_that_meet_name_each_other_in_the_same_way():
    known = {one.id: one for one in load_seeds().claims()}
    pairs = {(one.id, other, one.relation) for one in known.values() for other in one.counterpart}
    assert len(pairs) >= 20
    assert {(other, one, relation) for one, other, relation in pairs} == pairs
