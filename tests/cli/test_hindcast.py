"""`sim hindcast` and `sim estimate`: files in, tables or JSON out, one sentence for what is wrong."""

import csv

import pytest

from sim.estimation.choice import estimate as estimate_module
from sim.estimation.choice import exam, study
from sim.estimation.choice.scores import Span
from tests.cli.call import asked, call, refusal
from tests.estimation.choice.made_up import seeds, small_own

NEEDED = ("id", "buyer_iso3", "decision_date", "category")
OFFERED = ("decision_id", "system", "supplier_iso3", "chosen")
DECISION = ("NEW-1", "NOR", "2026-03", "main battle tank")
OFFERS = (
    ("NEW-1", "K2NO", "KOR", "0"),
    ("NEW-1", "Leopard 2A8", "DEU", "1"),
    ("NEW-1", "Unheard-of 7", "ITA", "0"),
)


def write(path, columns, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
    return str(path)


@pytest.fixture
def files(tmp_path):
    decisions = write(tmp_path / "decisions.csv", NEEDED, [DECISION])
    return ["--decisions", decisions, "--offers", write(tmp_path / "offers.csv", OFFERED, OFFERS)]


@pytest.fixture
def few(monkeypatch):
    """Only a few of the project's own decisions, so that the whole exam takes a moment."""
    small = small_own(rivals=4, direct=2, draws=1)
    monkeypatch.setattr(estimate_module, "estimate", lambda *_: small)
    return small


def test_a_file_of_new_decisions_is_scored(files):
    found = asked("hindcast", *files)
    assert found["n"] == 1
    [one] = found["decisions"]
    assert set(one["probabilities"]) == {"K2NO", "Leopard 2A8", "Unheard-of 7"}
    assert sum(one["probabilities"].values()) == pytest.approx(1.0)
    assert one["chosen"] == "Leopard 2A8"
    assert one["explanation"].startswith("Leopard 2A8 was given a chance of ")
    assert found["unknown_systems"] == ["Unheard-of 7"]
    assert found["how"] == "fitted_on_other_decisions"
    assert "forward" not in found
    assert found["log_score"] == pytest.approx(one["log_score"])


def test_people_get_the_verdict_the_scores_and_each_decision_in_words(files):
    done = call("hindcast", *files)
    assert done.exit_code == 0
    for word in ("On 1 decision it had not seen", "the model", "NEW-1", "every offer alike"):
        assert word in done.stdout


def test_our_own_decisions_are_left_out_in_turn_and_asked_from_the_past(few):
    found = asked("hindcast")
    assert found["how"] == "leave_one_out"
    assert found["fitted_on"] == 5
    assert [one["id"] for one in found["decisions"]] == [one.id for one in few.known.sets[:4]]
    assert set(found["forward"]) == {"log_score", "brier", "top1", "intervals", "baselines"}
    assert "From earlier decisions alone" in call("hindcast").stdout


def test_weights_before_and_after(few):
    found = asked("estimate")
    assert found["decisions"] == {"with_rivals": 4, "without": 2}
    assert [one["name"] for one in found["weights"]] == [one.name for one in few.weights]
    assert found["check"]["effective_draws"] > 64
    said = call("estimate").stdout
    assert "4 decisions with rivals, 2 without" in said
    assert "In service already" in said


def test_winners_drawn_evenly_give_other_weights_the_same_each_time(few):
    def means(*words):
        return [one["posterior"]["mean"] for one in asked("estimate", *words)["weights"]]

    assert means("--permute", "1") == means("--permute", "1")
    assert means("--permute", "1") != means("--permute", "2")
    assert means("--permute", "1") != means()


def test_the_study_adds_power_attributes_left_out_and_permuted_winners(few, monkeypatch):
    monkeypatch.setattr(study.power, "__defaults__", (2, None))
    monkeypatch.setattr(study.permutations, "__defaults__", (1,))
    found = asked("estimate", "--study")
    signed = {one.name for one in few.weights} - {"months", "price", "dissimilarity"}
    assert {one["name"] for one in found["power"]} == signed
    assert {one["name"] for one in found["ablations"]} == set(few.known.table.attributes)
    assert set(found["permuted_winners"]) == {"log_score", "uniform"}
    monkeypatch.setattr(study, "power", lambda *_, **__: [study.Power("months", 0.8, 0.4, 0.9)])
    monkeypatch.setattr(study, "ablations", lambda *_, **__: [study.Ablation("months", Span(0.02, 0.0, 0.1))])
    said = call("estimate", "--study").stdout
    assert "What so few decisions could tell" in said
    assert "With winners drawn evenly" in said


def test_other_decisions_can_be_fitted(files):
    assert asked("estimate", *files)["decisions"] == {"with_rivals": 1, "without": 0}


def test_the_exam_is_the_real_one(few):
    scored = exam.scores_of(few.known, exam.leave_one_out(few.known, few.priors).chances)
    assert asked("hindcast")["log_score"] == pytest.approx(scored.log.mean())


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"decisions": [("NEW-1", "NRO", "2026-03", "x")]}, "unknown buyer 'NRO'; the nearest is '"),
        ({"decisions": [("NEW-1", "NOR", "soon", "x")]}, "'soon' is no date like 2025-08"),
        ({"decisions": []}, "the offers name the decision 'NEW-1'"),
        ({"offers": []}, "no decision has two offers or more and one winner"),
        ({"offers": [("NEW-1", "K2", "KOR", "won")]}, "chosen is 'won'; it must be 0 or 1"),
        (
            {"offers": [("NEW-1", "K2", "Korea", "1"), ("NEW-1", "Leopard 2A8", "DEU", "0")]},
            "supplier_iso3 is 'Korea'; it must be three letters",
        ),
        (
            {"offers": [("NEW-1", "Zebra", "", "1"), ("NEW-1", "K2", "KOR", "0")]},
            "offer 'Zebra' of 'NEW-1' has no supplier_iso3",
        ),
        ({"offers": OFFERS[:1]}, "fewer than two offers are known (NEW-1)"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_sentence(tmp_path, change, sentence):
    decisions = write(tmp_path / "decisions.csv", NEEDED, change.get("decisions", [DECISION]))
    offers = write(tmp_path / "offers.csv", OFFERED, change.get("offers", OFFERS))
    assert sentence in refusal("hindcast", "--decisions", decisions, "--offers", offers)


def test_files_that_are_missing_or_lack_a_column_are_named(tmp_path, files):
    assert "give both --decisions FILE and --offers FILE" in refusal("hindcast", *files[:2])
    assert "give both --decisions FILE and --offers FILE" in refusal("estimate", *files[2:])
    gone = ["--decisions", str(tmp_path / "gone.csv"), *files[2:]]
    assert "cannot be read" in refusal("hindcast", *gone)
    swapped = ["--decisions", files[3], "--offers", files[1]]
    assert "has no column 'id'" in refusal("hindcast", *swapped)


def test_only_the_seeds_own_decisions_are_written(files):
    sentence = "--write puts in what the seeds' own decisions say"
    assert sentence in refusal("estimate", "--write", *files)
    assert sentence in refusal("estimate", "--write", "--permute", "1")


def test_the_files_of_the_seeds_themselves_are_in_the_format(tmp_path):
    ids = {"AIR-BEL-2018", "AIR-FIN-2021", "SPH-LTU-2015"}
    some = [row for row in seeds().decisions() if row["id"] in ids]
    mine = [row for row in seeds().offers() if row["decision_id"] in ids]
    decisions = write(tmp_path / "d.csv", list(some[0]), [list(row.values()) for row in some])
    offers = write(tmp_path / "o.csv", list(mine[0]), [list(row.values()) for row in mine])
    found = asked("hindcast", "--decisions", decisions, "--offers", offers)
    assert found["n"] == 2
    assert [one["id"] for one in found["left_out"]] == ["SPH-LTU-2015"]
