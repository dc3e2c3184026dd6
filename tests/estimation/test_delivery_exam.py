"""The exam: it beats the mean on planted deliveries, not on shuffled ones, and is honest on the record."""

import math
from dataclasses import replace

import pytest
from scipy import stats

from sim.estimation.delivery_exam import of_file, own_record, scored
from sim.estimation.delivery_model import Record
from sim.estimation.delivery_predict import Predictor
from sim.evidence.seeds import DEFAULT_FOLDER, load_seeds
from tests.estimation.deliveries import case, chance

PLANTED = {"stock": 8.0, "hot": 12.0, "queued": 36.0, "aircraft": 60.0}


@pytest.fixture(scope="module")
def found():
    return own_record(load_seeds())


def planted():
    found = []
    for kind, middle in PLANTED.items():
        for name in (f"{kind}{at}" for at in range(10)):
            wait = round(middle * math.exp(0.4 * stats.norm.ppf(chance(name))))
            found.append(case(name, kind, max(1.0, wait)))
    return found


def shuffled(cases):
    """The same cases with the months of others."""
    order = sorted(range(len(cases)), key=lambda at: chance(f"turn{at}"))
    return [
        replace(one, low=cases[at].low, high=cases[at].high) for one, at in zip(cases, order, strict=True)
    ]


def examined(cases):
    predictor = Predictor(load_seeds())
    predictor.record = Record(cases, predictor.record.likely)
    return scored([predictor.without(one) for one in cases])


def against(scores, rule, exam="months", part="crps"):
    return scores["baselines"]["months"][rule]["against"][exam][part]


def test_planted_months_are_predicted_better_than_by_the_mean_of_all():
    scores = examined(planted())
    assert against(scores, "all_others")["interval"][0] > 0.0
    assert 0.65 < scores["months"]["coverage"] <= 1.0
    assert scores["months"]["mae"] == pytest.approx(9.0, abs=3.0)


def test_shuffled_months_are_predicted_no_better_than_by_the_mean_of_all():
    gap = against(examined(shuffled(planted())), "all_others")
    assert gap["interval"][0] < 0.0
    assert gap["difference"] < 0.5


def test_a_tiny_case_by_hand():
    one = case("a", "hot", 12.0, promise=10.0)
    predictor = Predictor(load_seeds())
    predictor.record = Record([case("b", "hot", 6.0, promise=6.0)], predictor.record.likely)
    scores = scored([predictor.without(one)])
    assert against(scores, "as_promised")["rule"] == 2.0
    assert against(scores, "same_kind")["rule"] == 6.0
    slips = scores["baselines"]["slips"]
    assert (slips["as_promised"]["brier"], slips["all_others"]["brier"]) == (1.0, 1.0)
    assert slips["as_promised"]["mean_slip_error"] == pytest.approx(-0.2)
    model = slips["model"]
    facts = [load_seeds().value("slip", name) for name in ("on_time", "mean")]
    on_time = 1.0 - (1.0 - facts[0]) * math.exp(-1.0 / (10.0 * facts[1]))
    assert model["brier"] == pytest.approx(on_time**2)
    assert scores["cases"][0]["actual"] == 12.0


def test_the_own_record_is_examined_in_full_and_forward(found):
    assert found["n"] == len(load_seeds().deliveries()) == len(found["cases"])
    assert 10 < found["forward"]["n"] < found["n"]
    for part in ("months", "months_from_promise"):
        for score in ("log_score", "crps", "mae", "coverage"):
            low, high = found[part]["intervals"][score]
            assert low <= found[part][score] <= high
    assert sum(one["n"] for one in found["by_kind"].values()) == found["n"]


def test_the_promise_with_its_usual_lateness_beats_the_bare_promise(found):
    for exam in (found, found["forward"]):
        assert against(exam, "as_promised", "months_from_promise")["difference"] > 0.0


def test_a_promised_year_is_scored_in_both_readings(found):
    exam, rule = found["slips_to_month"], found["baselines"]["to_month"]["as_promised"]
    assert exam["n"] == found["slips"]["n"] == rule["n"]
    assert rule["brier"] > found["baselines"]["slips"]["as_promised"]["brier"]


def test_a_promise_beyond_all_months_does_no_harm():
    predictor = Predictor(load_seeds())
    scores = scored([predictor.without(case("a", "queued", 400.0, promise=350.0))])
    assert scores["cases"][0]["from_promise"]["middle"] == 300.0


def test_where_a_naive_rule_is_better_a_sentence_says_so(found):
    for exam in (found, found["forward"]):
        better = [
            one["difference"] < 0.0
            for rules in exam["baselines"].values()
            for rule in rules.values()
            for parts in rule["against"].values()
            for one in parts.values()
        ]
        assert sum(better) == len(exam["findings"])


def test_the_slip_facts_of_the_model_agree_with_the_record(found):
    for one in found["facts"].values():
        assert one["fact"]["low"] < one["estimate"]["middle"] < one["fact"]["high"]
        assert one["estimate"]["low"] < one["fact"]["middle"] < one["estimate"]["high"]


def test_a_case_of_the_record_is_not_predicted_from_itself(tmp_path, found):
    rows = (DEFAULT_FOLDER / "deliveries.csv").read_text(encoding="utf-8").splitlines()
    path = tmp_path / "known.csv"
    path.write_text("\n".join([rows[0], *rows[9:12]]), encoding="utf-8")
    scores = of_file(load_seeds(), path)
    assert scores["n"] == 3
    own = {one["id"]: one for one in found["cases"]}
    assert [one == own[one["id"]] for one in scores["cases"]] == [True, True, True]


def test_a_file_with_unknown_systems_is_scored_and_what_is_no_case_is_named(tmp_path):
    path = tmp_path / "new.csv"
    path.write_text(
        "system,buyer_iso3,contract_date,first_delivery_promised,first_delivery_actual\n"
        "Zebra,POL,2020-01,2022-01,2023-01\nK9,NOR,someday,2023,2024\nF-35A,DEU,2022-12,2026,\n",
        encoding="utf-8",
    )
    scores = of_file(load_seeds(), path)
    assert (scores["n"], scores["months"]["n"], len(scores["left_out"])) == (2, 2, 1)
    assert [one["kind"] for one in scores["cases"]] == ["unknown", "aircraft"]
    assert scores["cases"][1]["actual"] is None
    assert any("none had come within" in reason for reason in scores["cases"][1]["reasons"])
