"""`sim analyse`: its help, its methods, and one sentence for a method that is not there."""

import csv

import pytest

from sim.model.record import MEASURES
from tests.cli.call import asked, call, refusal, strict_json

FEW = ("--replications", "3")
TWO = ("baseline", "--set", "threat=1.3", "--set", "joint_share=0.6")


def test_help_lists_the_methods():
    shown = call("analyse", "--help").stdout
    assert "one METHOD for each question" in shown
    for method in ("attribution", "marginal"):
        assert f"\n  {method} " in shown
    assert call("analyse").stdout == shown


def test_a_method_that_is_not_there():
    assert refusal("analyse", "atribution") == "there is no method 'atribution'; the nearest is 'attribution'"


@pytest.fixture(scope="module")
def parts():
    return asked("analyse", "attribution", *TWO, *FEW, "--buyer", "pol")


def test_attribution_prints_what_was_promised(parts):
    assert set(parts["measures"]) == {f"{one.id}{place}" for one in MEASURES for place in ("", ".POL")}
    for one in parts["measures"].values():
        assert set(one["parts"]) == {"threat", "joint_share"}
        if one["total"] is not None:
            assert sum(part["mean"] for part in one["parts"].values()) == pytest.approx(one["total"])
            assert all(part["low"] <= part["mean"] <= part["high"] for part in one["parts"].values())
    assert (parts["replications"], parts["scenarios"], parts["exact"]) == (3, 4, True)


def test_the_same_numbers_come_with_the_other_scenario_named(tmp_path, parts):
    path = tmp_path / "mine.toml"
    levers = "[levers]\nthreat = 1.3\njoint_share = 0.6\n"
    path.write_text(f'title = "Mine"\nquestion = "What if?"\nextends = "baseline"\n{levers}')
    found = asked("analyse", "attribution", "baseline", str(path), *FEW)
    assert found["measures"]["cost_pv"] == parts["measures"]["cost_pv"]


def test_a_person_reads_sentences_and_tables(parts):
    shown = " ".join(call("analyse", "attribution", *TWO, *FEW, "--buyer", "POL").stdout.split())
    assert "“Gap-years, delivered” of Poland" in shown
    assert "of Europe and Canada" not in shown
    assert "│ All together" in shown
    assert "averaged over all orders in which the 2 could come" in shown


def test_attribution_writes_files(tmp_path, parts):
    table, data = tmp_path / "parts.csv", tmp_path / "parts.json"
    for path in (table, data):
        call("analyse", "attribution", *TWO, *FEW, "--buyer", "POL", "--out", str(path), "--json")
    assert strict_json(data.read_text(encoding="utf-8")) == parts
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 3 * len(parts["measures"])
    first = next(row for row in rows if row["outcome"] == "gap_years" and row["part"] == "threat")
    assert float(first["mean"]) == parts["measures"]["gap_years"]["parts"]["threat"]["mean"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["attribution"], "Missing argument"),
        (["attribution", "baseline"], "attribution needs a second scenario, or --set or --fact"),
        (["attribution", "baseline", "baseline"], "baseline and baseline are alike"),
        (["attribution", "baseline", "february_2022"], "only scenarios with the same start"),
        (["attribution", "baseline", "no_korae"], "the nearest is 'no_korea'"),
        (["attribution", "baseline", "--set", "threta=1"], "the nearest is 'threat'"),
        (["attribution", "baseline", "no_korea", "--permutations", "3"], "must be an even number"),
        (["attribution", "baseline", "no_korea", "--replications", "0"], "replications must lie between"),
        (["attribution", "baseline", "no_korea", "--out", "parts.txt"], "must end in .json or .csv"),
        (["marginal", "basline"], "the nearest is 'baseline'"),
        (["marginal", "--buyer", "PLO"], "there is no state 'PLO'"),
        (["marginal", "--uncertainty", "some"], "uncertainty must be"),
        (["marginal", "--replications", "0"], "replications must lie between"),
    ],
)
def test_a_refusal_names_what_is_wrong(words, sentence):
    assert sentence in refusal("analyse", *words)


def test_marginal_prints_what_each_industry_contributes(tmp_path):
    path = tmp_path / "worth.csv"
    found = asked("analyse", "marginal", *FEW, "--buyer", "POL", "--out", str(path))
    assert found["scenario"]["id"] == "baseline"
    assert {"gap_years.POL", "price_over_base.POL", "capacity.europe"} <= set(found["measures"])
    with path.open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 2 * 4 * len(found["measures"])


def test_marginal_reads_like_a_report():
    shown = " ".join(call("analyse", "marginal", "no_korea", *FEW).stdout.split())
    assert "Without an industry means: from January 2026 on its makers sign no new contract" in shown
    assert "“Capacity” of Europe" in shown
    assert "│ All against none" in shown
