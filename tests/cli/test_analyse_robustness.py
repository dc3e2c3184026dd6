"""`sim analyse robustness`: sentences and tables for people, JSON for programs, a sentence for bad input."""

import csv

import pytest

from tests.cli.call import asked, call, refusal

COMMAND = ("analyse", "robustness")
FEW = ("--futures", "16", "--replications", "2", "--over", "threat")
RULE = "baseline if gap_years.POL > 0.2 by 2028 then european_ramp_up"


def test_people_get_a_sentence_and_a_table_for_each_measure():
    done = call(*COMMAND, "baseline", "two_suppliers", "--adaptive", RULE, *FEW)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("In this model, ")
    for measure in ("Gap-years, delivered", "Cost", "Largest foreign hold on the fleet"):
        assert f"\n“{measure}” of Europe and Canada" in done.stdout
    assert "turns in January 2028" in done.stdout


def test_json_holds_every_plan_and_the_csv_every_future(tmp_path):
    out = tmp_path / "futures.csv"
    found = asked(*COMMAND, "baseline", "two_suppliers", "--measure", "cost_pv", "--satisfies",
                  "gap_years < 0.5", *FEW, "--out", str(out))  # fmt: skip
    assert list(found["plans"]) == ["baseline", "two_suppliers"]
    assert found["measures"]["cost_pv"]["marks"] == ["gap_years < 0.5"]
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 17 * 2
    mean = sum(float(row["mean"]) for row in rows if row["plan"] == "baseline" and row["future"] != "0") / 16
    assert found["measures"]["cost_pv"]["plans"]["baseline"]["mean"] == pytest.approx(mean)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("baseline",), "needs 2 to 12 plans to set beside each other; got 1"),
        (("baseline", "baseline"), "name each once"),
        (("baseline", "two_supplier"), "unknown scenario 'two_supplier'"),
        (("baseline", "two_suppliers", "--measure", "gap"), "there is no measure 'gap'"),
        (
            ("baseline", "two_suppliers", "--satisfies", "gap_years"),
            "--satisfies: 'gap_years' is not of the form",
        ),
        (("baseline", "--adaptive", "two_suppliers"), "--adaptive: 'two_suppliers' is not of the form"),
        (("baseline", "two_suppliers", "--futures", "1"), "futures must lie between"),
    ],
)
def test_bad_input_gets_one_sentence(words, sentence):
    assert sentence in refusal(*COMMAND, *words)
