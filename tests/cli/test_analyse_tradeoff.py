"""`sim analyse tradeoff`: sentences and a table for people, JSON for programs, a sentence for bad input."""

import csv

import pytest

from tests.cli.call import asked, call, refusal

COMMAND = ("analyse", "tradeoff", "baseline")
FEW = ("--lever", "spending_delivery", "--lever", "joint_share", "--points", "8", "--replications", "2")


def test_people_get_a_sentence_and_the_front():
    done = call(*COMMAND, *FEW)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("In this model, ")
    assert "\nThe front" in done.stdout
    assert "(most balanced)" in done.stdout


def test_json_holds_the_front_and_the_csv_every_combination(tmp_path):
    out = tmp_path / "points.csv"
    found = asked(*COMMAND, *FEW, "--goal", "gap_years.POL", "--goal", "cost_pv.POL", "--out", str(out))
    assert list(found["goals"]) == ["gap_years.POL", "cost_pv.POL"]
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == found["tried"]
    assert sum(row["on_front"] == "True" for row in rows) == found["on_front"]
    numbered = {row["point"]: row for row in rows if row["point"]}
    for point in found["front"]:
        row = numbered[str(point["number"])]
        assert float(row["cost_pv.POL"]) == pytest.approx(point["measures"]["cost_pv.POL"]["mean"])
        assert float(row["joint_share"]) == point["levers"]["joint_share"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--lever", "dialog", "--lever", "threat"), "unknown lever 'dialog'"),
        (("--lever", "dialogue"), "two levers or more"),
        (("--points", "1"), "points must lie between"),
        (("--levers", "1"), "levers must lie between"),
        (("--goal", "gap_years"), "two or three goals"),
        (("--goal", "gap", "--goal", "cost_pv"), "there is no measure 'gap'"),
    ],
)
def test_bad_input_gets_one_sentence(words, sentence):
    assert sentence in refusal(*COMMAND, *words)
