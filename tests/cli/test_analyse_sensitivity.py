"""`sim analyse sensitivity` and `sim analyse flip`: sentences for people, JSON, CSV, and refusals."""

import csv

import pytest

from tests.cli.call import asked, call, refusal

FEW = ("--facts", "choice.us_tie", "--facts", "POL.main_battle_tank.requirement", "--replications", "2")
SENSITIVITY = ("analyse", "sensitivity", "baseline", *FEW, "--outcome", "gap_years.POL")
FLIP = ("analyse", "flip", "baseline", *FEW)


def test_people_read_what_matters_most(tmp_path):
    file = tmp_path / "effects.csv"
    done = call(*SENSITIVITY, "--levers", "threat", "--out", str(file))
    assert (done.exit_code, done.stderr) == (0, "")
    assert "In this model" in done.stdout
    assert "“Gap-years, delivered, Poland”" in done.stdout
    assert "3 numbers and groups moved" in done.stdout
    assert "Most worth researching next" in done.stdout
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert {row["factor"] for row in rows} == {"choice.us_tie", "POL.main_battle_tank.requirement", "threat"}
    assert len(rows) == 3 * 3
    assert {row["end"] for row in rows} == {"low", "high", "swing"}


def test_json_has_effects_and_shares():
    found = asked(*SENSITIVITY, "--sobol", "--points", "32", "--per-point", "1")
    assert found["method"] == "sensitivity"
    assert found["scenarios"][0]["id"] == "baseline"
    assert list(found["outcomes"]) == ["gap_years.POL"]
    tanks = next(one for one in found["moves"] if one["id"].startswith("POL."))
    assert (
        tanks["effects"]["gap_years.POL"]["high"]["mean"] >= tanks["effects"]["gap_years.POL"]["low"]["mean"]
    )
    shares = found["sobol"]["outcomes"]["gap_years.POL"]["indices"]
    assert set(shares) == {one["id"] for one in found["moves"]}
    assert found["sobol"]["points"] == 32


def test_a_flip_is_told_or_said_not_to_be_there():
    done = call(*FLIP, "--set", "threat=1.5", "--statement", "gap_years.POL > base")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(
        "Under “Baseline, as changed”, “Gap-years, delivered, Poland” is higher than under"
    )
    found = asked(*FLIP, "--statement", "gap_years.POL < 50")
    assert (found["holds"], found["moves"], found["tried"]) == (True, [], 2)
    assert found["threshold"] == 50.0
    assert found["nearest"] > 40.0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((*SENSITIVITY, "--facts", "nothing.*"), "no drawn fact fits 'nothing.*'"),
        ((*SENSITIVITY, "--outcome", "gap_year"), "no measure 'gap_year'; the nearest is 'gap_years'"),
        ((*SENSITIVITY, "--sobol", "--points", "48"), "points must be a power of two between 32"),
        ((*SENSITIVITY, "--out", "effects.txt"), "effects.txt"),
        (("analyse", "sensitivity", "baselin"), "unknown scenario 'baselin'"),
        (FLIP, "a statement against base needs a second scenario"),
        ((*FLIP, "--statement", "gap_years is low"), "'gap_years is low' is not a statement such as"),
        ((*FLIP, "february_2022"), "differ in start or horizon"),
        ((*FLIP, "--set", "threat=1.2", "--statement", "gap_years.XYZ < base"), "no place 'XYZ'"),
        ((*FLIP, "--set", "threat=1.2", "--out", "x.csv"), "x.csv"),
    ],
)
def test_bad_input_gets_one_sentence(words, sentence):
    assert sentence in refusal(*words)
