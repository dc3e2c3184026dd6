"""`sim analyse discovery`: sentences and tables for people, JSON for programs, a sentence for bad input."""

import csv

import pytest

from sim.policy.scenario import load_scenario
from tests.cli.call import asked, call, refusal

MISS = ("analyse", "discovery", "baseline", "--fails")
FEW = ("--futures", "48", "--replications", "1", "--over", "threat", "--over", "price_inflation")


def test_people_get_a_sentence_and_a_scenario_in_the_box(tmp_path):
    done = call(*MISS, "usable_gap_years.POL > 0.7", *FEW, "--out", str(tmp_path / "box.toml"))
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("In this model, “Baseline” misses its mark")
    assert "sim run baseline --set threat=" in done.stdout
    for heading in ("The box", "What moves in the futures", "The way to it"):
        assert f"\n{heading}" in done.stdout
    assert load_scenario(tmp_path / "box.toml").levers["threat"] > 1.0


def test_json_holds_the_record_and_the_csv_every_future(tmp_path):
    out = tmp_path / "futures.csv"
    found = asked(*MISS, "usable_gap_years.POL > 0.7", *FEW, "--out", str(out))
    assert found["method"] == "discovery"
    assert [one["id"] for one in found["dimensions"]] == ["threat", "price_inflation"]
    assert f"{found['box']['hits']} of {found['misses']} misses" in found["sentences"][0]
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == found["futures"] + found["fresh_futures"]
    assert sum(row["misses"] == "True" for row in rows[:48]) == found["misses"]


def test_nothing_is_claimed_of_few_misses(tmp_path):
    few = ("--futures", "16", *FEW[2:])
    found = asked(*MISS, "usable_gap_years.POL > 9", *few)
    assert (found["box"], found["reason"], found["misses"]) == (None, "few_misses", 0)
    assert "no scenario at its middle" in call(
        *MISS, "usable_gap_years.POL > 9", *few, "--out", str(tmp_path / "box.toml")
    ).stderr  # fmt: skip


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("usable_gap_years.POL",), "--fails: 'usable_gap_years.POL' is not of the form"),
        (("gap.POL > 1",), "--fails: there is no measure 'gap'"),
        (("gap_years > 1", "--over", "thread"), "the nearest is 'threat'"),
        (("gap_years > 1", "--futures", "3"), "futures must lie between 16 and 20000; got 3"),
        (("gap_years > 1", "--replications", "0"), "replications must lie between"),
        (("gap_years > 1", "--out", "box.txt"), "must end in .json or .csv or .toml"),
    ],
)
def test_bad_input_gets_one_sentence(words, sentence):
    assert sentence in refusal(*MISS, *words)


def test_an_unknown_scenario_and_a_missing_mark_are_named():
    assert "unknown scenario 'basline'" in refusal(
        "analyse", "discovery", "basline", "--fails", "gap_years > 1"
    )
    assert "--fails" in refusal("analyse", "discovery", "baseline")
