"""What the exam of past decisions says: its keys, its sentences, and that they agree with its numbers."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest

from sim.estimation.choice.attributes import ATTRIBUTES
from sim.estimation.choice.hindcast import Hindcast, Judged, Reason, hindcast_own
from sim.estimation.choice.naive import RULES as NAIVE
from sim.estimation.choice.scores import Scores, Span
from sim.estimation.choice.sets import LeftOut
from sim.estimation.choice.study import Ablation, Power
from sim.report.choice_words import FACTS, LABELS, RULES
from sim.report.choices import (
    estimate_record,
    explanation,
    hindcast_record,
    reason_text,
    reliability,
    study_record,
    unique,
    verdict,
)
from tests.estimation.choice.made_up import a_set, small_own

SOONER = Reason("months", 0.84, -1.2, 0.4)
NEW = Reason("untried", -0.31, 1.0, 0.0)


@pytest.fixture(scope="module")
def exam():
    return hindcast_own(small_own(rivals=5, direct=2))


@pytest.fixture(scope="module")
def record(exam):
    return hindcast_record(exam)


def scores(*won):
    chances = np.array(won)
    return Scores(-np.log(chances), (1 - chances) ** 2, (chances > 0.5).astype(float))


def made(model, rules, decisions=()):
    """An exam with these chances of the winners by the model and by every naive rule."""
    judged = decisions or tuple(Judged(a_set(f"D{at}"), (one, 1 - one), ()) for at, one in enumerate(model))
    return Hindcast(
        "leave_one_out", 9, scores(*model), {rule: scores(*rules) for rule in NAIVE}, None, {}, judged, ()
    )


def test_every_attribute_and_rule_has_words():
    assert set(FACTS) == set(ATTRIBUTES)
    assert set(LABELS) == {*ATTRIBUTES, "dissimilarity"}
    assert set(RULES) == set(NAIVE)
    assert all(higher != lower for higher, lower in FACTS.values())


def test_a_reason_names_what_set_the_winner_apart_with_its_points():
    assert reason_text(SOONER) == "expected sooner than its rivals (+0.8)"
    assert reason_text(NEW) == "no state had ordered it before (-0.3)"
    assert reason_text(Reason("untried", 0.3, 0.0, 0.5)) == "rivals that no state had ordered before (+0.3)"


def test_an_explanation_names_the_winner_and_what_spoke_for_and_against_it():
    judged = Judged(a_set("A", offers=3, chosen=1), (0.2, 0.41, 0.39), (SOONER, NEW))
    assert explanation(judged) == (
        "b was given a chance of 41% among 3 offers. For it: expected sooner than its rivals (+0.8). "
        "Against it: no state had ordered it before (-0.3)."
    )


def test_where_nothing_set_the_offers_apart_that_is_said():
    judged = Judged(a_set("A"), (0.5, 0.5), ())
    assert explanation(judged) == (
        "a was given a chance of 50% among 2 offers. Nothing known before set the offers apart."
    )


def test_explanations_of_real_decisions_agree_in_sign_with_their_points(exam):
    for one in exam.decisions:
        said = explanation(one)
        assert said.startswith(f"{one.set.offers[one.set.chosen].system} was given a chance of ")
        before, _, against = said.partition("Against it:")
        _, _, lead = before.partition("For it:")
        assert len(re.findall(r"\(\+\d", lead)) == sum(reason.points > 0 for reason in one.reasons)
        assert "(-" not in lead
        assert len(re.findall(r"\(-\d", against)) == sum(reason.points < 0 for reason in one.reasons)
        assert "(+" not in against


FEW = "So few decisions tell little; their intervals are too narrow."


def test_where_a_naive_rule_wins_the_verdict_says_so():
    said = verdict(made([0.3] * 24, [0.5] * 24))
    assert said.startswith(
        "On 24 decisions it had not seen, the model did not do clearly better than any naive rule. "
        "It did worse than: every offer alike, what is in service, "
    )
    assert said.endswith("That is below the half that was the goal.")


def test_a_sure_gain_is_said_without_a_doubt_and_few_decisions_with_one():
    said = verdict(made([0.8, 0.7, 0.9, 0.8], [0.3, 0.4, 0.3, 0.3]))
    assert said == (
        "On 4 decisions it had not seen, the model did better than every naive rule. "
        f"It named the winner in 100% of them (100% to 100%). {FEW}"
    )
    assert FEW not in verdict(made([0.8] * 20, [0.3] * 20))


def test_one_decision_is_not_in_the_plural():
    assert verdict(made([0.8], [0.3])).startswith("On 1 decision it had not seen, the model did better")


def test_a_gain_that_may_be_luck_is_called_so():
    said = verdict(made([0.9, 0.2, 0.6], [0.4, 0.4, 0.4]))
    assert "did not do clearly better than any naive rule. It named" in said
    mixed = made([0.9, 0.2, 0.6], [0.4, 0.4, 0.4])
    mixed.baselines["cheapest"] = scores(0.1, 0.1, 0.1)
    said = verdict(mixed)
    assert "did better than: the cheapest by catalogue." in said
    assert "Whether it is better or worse cannot be told against: every offer alike, " in said


def test_where_the_past_alone_tells_less_than_a_naive_rule_that_is_said():
    one = replace(made([0.8] * 20, [0.3] * 20), forward=scores(*[0.4] * 20))
    one.forward_baselines.update(uniform=scores(*[0.5] * 20), cheapest=scores(*[0.3] * 20))
    assert verdict(one).endswith("alone its mean score is worse than that of: every offer alike.")


def test_the_record_has_the_keys_that_were_asked_for(record):
    asked = {"n", "log_score", "brier", "top1", "intervals", "baselines", "decisions"}
    assert asked <= set(record)
    assert set(record) - asked == {
        "how", "fitted_on", "gains", "forward", "verdict", "reliability", "left_out", "unknown_systems",
    }  # fmt: skip
    assert set(record["baselines"]) == {"uniform", "incumbent", "cheapest", "fastest", "industry_shares"}
    for one in (record, record["forward"], *record["baselines"].values()):
        assert {"log_score", "brier", "top1", "intervals"} <= set(one)
        for name in ("log_score", "brier", "top1"):
            low, high = one["intervals"][name]
            assert low <= one[name] <= high
    assert record["n"] == len(record["decisions"]) == 5
    assert {"id", "probabilities", "chosen", "reasons"} <= set(record["decisions"][0])
    assert json.loads(json.dumps(record, allow_nan=False)) == record


def test_probabilities_stand_by_name_and_add_up_to_one(record):
    for one in record["decisions"]:
        assert sum(one["probabilities"].values()) == pytest.approx(1.0)
        assert one["chosen"] in one["probabilities"]
        assert one["log_score"] == pytest.approx(-np.log(one["probabilities"][one["chosen"]]))
        for reason in one["reasons"]:
            assert set(reason) == {"attribute", "points", "winner", "rivals", "text"}
    assert record["log_score"] == pytest.approx(np.mean([one["log_score"] for one in record["decisions"]]))


def test_a_system_offered_twice_is_not_lost():
    assert unique(["F-16", "Gripen", "F-16", "F-16"]) == ["F-16", "Gripen", "F-16 (2)", "F-16 (3)"]


def test_systems_that_nobody_knows_are_listed():
    found = made([0.6], [0.5])
    assert hindcast_record(found)["unknown_systems"] == ["a", "b"]
    left = replace(found, left_out=(LeftOut("D9", "no winner"),))
    assert hindcast_record(left)["left_out"] == [{"id": "D9", "why": "no winner"}]


def test_reliability_by_hand():
    # chances 0.9 / 0.1 and 0.7 / 0.3, of which the first won each; 0.5 / 0.5 of which the second won
    sets = [
        Judged(a_set("A", chosen=0), (0.9, 0.1), ()),
        Judged(a_set("B", chosen=0), (0.7, 0.3), ()),
        Judged(a_set("C", chosen=1), (0.5, 0.5), ()),
    ]
    found = reliability(sets, bins=2)
    # below a half: 0.1 and 0.3, none won; from a half on: 0.9, 0.7, 0.5, 0.5, of which three won
    assert found == [
        {"stated": pytest.approx(0.2), "happened": 0.0, "offers": 2.0},
        {"stated": pytest.approx(0.65), "happened": 0.75, "offers": 4.0},
    ]
    assert reliability([Judged(a_set("A"), (1.0, 0.0), ())], bins=2)[-1]["offers"] == 1.0
    assert reliability([]) == []


def test_the_estimate_as_a_record():
    found = estimate_record(small_own(rivals=4, direct=2, draws=2))
    assert found["decisions"] == {"with_rivals": 4, "without": 2}
    assert [one["name"] for one in found["weights"]] == [*ATTRIBUTES, "dissimilarity"]
    for one in found["weights"]:
        assert one["posterior"]["low"] < one["posterior"]["mean"] < one["posterior"]["high"]
        assert one["learnt"] == pytest.approx(1.0 - one["posterior"]["sd"] / one["prior"]["sd"])
    assert 0.0 <= found["largest_correlation"] < 1.0
    assert 1.0 < found["check"]["effective_draws"] <= found["check"]["draws"]


def test_the_study_as_a_record():
    found = study_record(
        [Power("months", 0.8, 0.4, 0.9)], [Ablation("months", Span(0.02, -0.01, 0.05))], (1.2, 1.1)
    )
    assert found == {
        "power": [{"name": "months", "planted": 0.8, "found": 0.4, "coverage": 0.9}],
        "ablations": [{"name": "months", "mean": 0.02, "low": -0.01, "high": 0.05}],
        "permuted_winners": {"log_score": 1.2, "uniform": 1.1},
    }


def test_a_family_in_service_that_counts_against_an_offer_is_said_to_be_unrewarded():
    for_it = reason_text(Reason("family", 0.3, 0.0, 1.0))
    assert for_it == (
        "a rival was already in service with the buyer, which past contests did not reward (+0.3)"
    )
    assert reason_text(Reason("family", 0.3, 1.0, 0.0)) == "already in service with the buyer (+0.3)"
