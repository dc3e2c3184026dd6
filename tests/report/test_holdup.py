"""Does it hold up: words and tables are those of the published records, naive rules named where they win."""

import pytest

from sim import MODEL_VERSION
from sim.evidence.seeds import load_seeds
from sim.report import (
    charts,
    holdup,
    holdup_charts,
    holdup_decisions,
    holdup_others,
    holdup_weights,
    published,
)

EXAM = published.record("hindcast")
FITTED = {
    "decisions": {"with_rivals": 51, "without": 23},
    "check": {"draws": 2048, "effective_draws": 1287.1},
    "largest_correlation": 0.37,
    "weights": [
        {
            "name": "months", "prior": {"mean": -0.8, "sd": 0.6}, "learnt": 0.6, "influence": 0.05,
            "posterior": {"mean": -0.4, "sd": 0.3, "low": -1.0, "high": 0.0},
        },
        {
            "name": "family", "prior": {"mean": 0.0, "sd": 0.5}, "learnt": 0.3, "influence": 0.09,
            "posterior": {"mean": -0.3, "sd": 0.3, "low": -1.1, "high": 0.5},
        },
    ],
    "power": [
        {"name": "months", "planted": 0.8, "found": 0.7, "coverage": 0.9},
        {"name": "family", "planted": 0.4, "found": 0.2, "coverage": 0.88},
    ],
    "ablations": [
        {"name": "months", "mean": 0.03, "low": 0.01, "high": 0.05},
        {"name": "family", "mean": -0.01, "low": -0.03, "high": 0.01},
    ],
    "permuted_winners": {"log_score": 1.171, "uniform": 1.163},
}  # fmt: skip


@pytest.mark.parametrize("name", ["hindcast", "estimate", "theses", "deliveries_exam"])
def test_the_published_exams_are_those_of_this_model(name):
    assert published.record(name)["model_version"] == MODEL_VERSION, f"make docs/{name}.json again"


def test_a_record_that_is_not_there_is_empty(tmp_path):
    assert published.record("hindcast", tmp_path) == {}
    assert "docs/hindcast.json is missing" in holdup.headline({})


def test_a_naive_rule_with_a_better_mean_is_named_measure_by_measure():
    worse = {"log_score": 1.2, "brier": 0.6, "top1": 0.3}
    part = {
        "log_score": 1.1, "brier": 0.7, "top1": 0.4,
        "baselines": {"uniform": worse, "incumbent": {**worse, "top1": 0.5}},
    }  # fmt: skip
    assert holdup.better(part, "log_score") == []
    assert holdup.better(part, "brier") == ["uniform", "incumbent"]
    assert holdup.better(part, "top1") == ["incumbent"]
    assert "by winners named: what is in service." in holdup.naive_wins(part)
    assert "by log score" not in holdup.naive_wins(part)


def test_the_table_holds_the_model_and_every_rule_with_intervals():
    table = holdup.scores_table(EXAM)
    assert len(table) == 1 + len(EXAM["baselines"])
    low, high = EXAM["intervals"]["log_score"]
    assert table.iloc[0, 1] == f"{EXAM['log_score']:.2f} ({low:.2f} to {high:.2f})"


def test_gains_and_reliability_are_those_of_the_record():
    gains = holdup.gains(EXAM)
    assert gains["mean"].tolist() == [one["mean"] for one in EXAM["gains"].values()]
    bins = holdup.reliability(EXAM)
    assert bins["offers"].sum() == sum(len(one["probabilities"]) for one in EXAM["decisions"])
    assert f"of {bins['offers'][0]} offers" in holdup.reliability_alt(bins)
    assert len(holdup.reliability_table(bins)) == len(bins)


def test_every_decision_left_out_has_a_reason():
    seeds = load_seeds()
    table = holdup.left_out(EXAM, seeds.decisions(), seeds.decision_flags())
    assert len(table) == len(EXAM["left_out"])
    assert table["Why it is left out"].str.len().min() > 0
    assert holdup.flag_words({"repeat_or_option_order": "1", "n_alternatives": "1"}) == (
        "a repeat or an option; no rival reported"
    )


def test_every_examined_decision_can_be_checked_against_its_pages():
    seeds = load_seeds()
    known = holdup_decisions.by_id(EXAM)
    assert len(known) == EXAM["n"]
    for name, one in known.items():
        assert holdup_decisions.addresses(name, seeds), name
        assert name in holdup_decisions.label(one, seeds)
        assert holdup_decisions.offers(one)["percent"].sum() == pytest.approx(100.0)
        assert len(holdup_decisions.reasons_table(one)) == len(one["reasons"])


def test_a_stated_reason_stands_beside_what_the_model_knows():
    one = {"reasons": [{"attribute": "price", "points": 0.34}]}
    assert holdup_decisions.in_the_model("lowest price", one) == "A price higher by one log point: +0.34"
    assert holdup_decisions.in_the_model("speed", one).startswith("No difference of a tenth")
    assert holdup_decisions.in_the_model("stopgap until KAAN", one).startswith("Nothing")


def test_a_weight_that_can_only_be_negative_does_not_reach_above_zero():
    months, family = FITTED["weights"]
    assert holdup_weights.ends(months, "prior")[1] == 0.0
    assert holdup_weights.ends(family, "prior") == pytest.approx((-0.8225, 0.8225))
    assert len(holdup_weights.weights(FITTED)) == 4
    assert holdup_weights.weights_table(FITTED)["Narrower by"].tolist() == ["60 %", "30 %"]


def test_the_study_is_said():
    assert holdup_weights.power_words(FITTED).endswith("for: A year of waiting, at full urgency.")
    assert "1.171 against 1.163" in holdup_weights.permuted_words(FITTED)
    alt = holdup_weights.losses_alt(holdup_weights.losses(FITTED))
    assert "Surely missed: A year of waiting, at full urgency. Surely better without: none." in alt


def test_what_moves_offers_most_stands_first_with_its_grade():
    table = holdup_weights.influence_table(FITTED, load_seeds())
    assert table["Weight"].tolist()[0] == "In service already"
    assert table["Grade"].tolist()[0] in ("C, inferred", "D, judgement")


def test_charts_take_a_row_for_each_thing():
    colours = charts.palette(dark=False)
    assert (
        holdup_charts.spans(5, colours, "", "")["height"] > holdup_charts.spans(4, colours, "", "")["height"]
    )
    assert holdup_charts.before_after(3, colours)["layer"][0]["encoding"]["x"]["datum"] == 0


def test_the_other_exams_are_shown_as_published():
    exam, fit, contest = map(published.record, ("deliveries_exam", "calibration", "theses"))
    assert len(holdup_others.deliveries_words(exam)) == 1 + max(1, len(exam["findings"]))
    assert len(holdup_others.deliveries_table(exam)) == 5
    assert len(holdup_others.facts_table(fit)) == len(fit["facts"])
    assert len(holdup_others.aggregates_table(fit)) == len(fit["aggregates"])
    assert len(holdup_others.theses_table(contest)) == 2
    evens = holdup_others.break_evens_table(contest)
    assert len(evens) == len(contest["break_evens"]) == 3
    assert "nothing is within that range" in holdup_others.assumed_words(contest)
    deciding = holdup_others.deciding_table(contest)
    assert set(deciding["Thesis"]) == {one["label"] for one in contest["theses"]}
    assert deciding["What would bear on it"].str.len().min() > 0
