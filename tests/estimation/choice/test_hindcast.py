"""The exam of decisions from a file and of the project's own, and what set a winner apart."""

import numpy as np
import pytest

from sim.estimation.choice import naive
from sim.estimation.choice.exam import Answers
from sim.estimation.choice.hindcast import WORTH_SAYING, _judged, hindcast_file, hindcast_own
from sim.estimation.choice.logit import fit, predict
from sim.estimation.choice.naive import RULES
from sim.evidence.facts import EvidenceError
from tests.estimation.choice.made_up import (
    a_set,
    a_table,
    attributes,
    own,
    seeds,
    small_own,
)

TWO = ("AIR-BEL-2018", "AIR-FIN-2021")
NEEDED = ("id", "buyer_iso3", "decision_date", "category")
OFFERED = ("decision_id", "system", "supplier_iso3", "chosen")


def some_of_our_own():
    """Two of the project's decisions in the fewest columns, one of them with an offer nobody knows."""
    decisions = [{k: row[k] for k in NEEDED} for row in seeds().decisions() if row["id"] in TWO]
    offers = [{k: row[k] for k in OFFERED} for row in seeds().offers() if row["decision_id"] in TWO]
    extra = {"decision_id": TWO[0], "system": "Unheard-of 7", "supplier_iso3": "ISR", "chosen": "0"}
    return decisions, [*offers, extra]


@pytest.fixture(scope="module")
def found():
    return hindcast_file(seeds(), *some_of_our_own())


def test_our_own_decisions_are_scored_by_a_fit_that_has_not_seen_them(found):
    assert found.how == "fitted_on_other_decisions"
    assert found.fitted_on == len(own().known.sets) - 1  # each from all but itself
    assert [one.set.id for one in found.decisions] == list(TWO)
    assert found.forward is None


def test_a_decision_is_judged_by_a_fit_on_all_of_ours_but_itself(found):
    known, one = own().known, found.decisions[1]
    rows = known.unlike([one.set])
    posterior = fit(known.table.take(rows), own().priors)
    by_hand = predict(attributes().table([one.set]), posterior)[0]
    assert one.chances == pytest.approx(tuple(by_hand), abs=1e-4)
    learnt = known.table.take([row for row in rows if row < known.rivals])
    table = attributes().table([one.set])
    even = naive.chances("industry_shares", table, learnt)[0, one.set.chosen]
    assert found.baselines["industry_shares"].log[1] == pytest.approx(-np.log(even))


def test_an_unknown_system_and_missing_columns_do_no_harm(found):
    first = found.decisions[0]
    assert first.set.offers[-1].system == "Unheard-of 7"
    assert first.set.offers[-1].line is None
    assert 0.0 < first.chances[-1] < 0.5


def test_chances_of_every_decision_add_up_to_one(found):
    for one in found.decisions:
        assert sum(one.chances) == pytest.approx(1.0)
        assert len(one.chances) == len(one.set.offers)


def test_scores_stand_beside_those_of_every_naive_rule(found):
    assert tuple(found.baselines) == RULES
    even = -np.log([1.0 / len(one.set.offers) for one in found.decisions])
    assert found.baselines["uniform"].log == pytest.approx(even)
    won = [one.chances[one.set.chosen] for one in found.decisions]
    assert found.scores.log == pytest.approx(-np.log(won))
    gains = found.gains()
    assert gains["uniform"].mean == pytest.approx((even - found.scores.log).mean())


def test_the_winner_of_a_file_changes_no_chance_of_it(found):
    decisions, offers = some_of_our_own()
    swapped = [
        row | {"chosen": str(int(row["system"] == "Rafale"))} if row["decision_id"] == TWO[0] else row
        for row in offers
    ]
    other = hindcast_file(seeds(), decisions, swapped)
    assert other.fitted_on == found.fitted_on
    assert other.decisions[0].chances == found.decisions[0].chances
    assert other.decisions[0].set.chosen != found.decisions[0].set.chosen


def test_our_own_purchase_under_another_id_is_not_learnt_from():
    decisions, offers = some_of_our_own()
    decisions = [row | {"id": f"X-{row['id']}"} for row in decisions]
    offers = [row | {"decision_id": f"X-{row['decision_id']}"} for row in offers]
    assert hindcast_file(seeds(), decisions, offers).fitted_on == len(own().known.sets) - 1


def test_a_new_decision_of_an_unknown_category_among_unknown_systems_still_has_chances():
    decisions = [{"id": "N", "buyer_iso3": "PRT", "decision_date": "2026", "category": "helicopter"}]
    offers = [
        {"decision_id": "N", "system": name, "supplier_iso3": maker, "chosen": chosen}
        for name, maker, chosen in (("AB1", "ITA", "1"), ("CD2", "USA", "0"), ("EF3", "XXX", "0"))
    ]
    found = hindcast_file(seeds(), decisions, offers)
    assert found.fitted_on == len(own().known.sets)
    assert sum(found.decisions[0].chances) == pytest.approx(1.0)
    assert min(found.decisions[0].chances) > 0.02


def test_a_file_without_a_choice_is_refused_with_the_reason():
    decisions, offers = some_of_our_own()
    lost = [row | {"chosen": "0"} for row in offers]
    with pytest.raises(EvidenceError, match=r"no decision has two .*: 0 offers are marked as chosen \(AIR-"):
        hindcast_file(seeds(), decisions, lost)
    with pytest.raises(EvidenceError, match=r"one winner$"):
        hindcast_file(seeds(), [], [])


def test_one_decision_that_is_no_choice_is_told_and_the_other_scored():
    decisions, offers = some_of_our_own()
    left = [row for row in offers if row["decision_id"] == TWO[0] or row["chosen"] == "1"]
    found = hindcast_file(seeds(), decisions, left)
    assert [one.set.id for one in found.decisions] == [TWO[0]]
    assert [(one.id, one.why) for one in found.left_out] == [(TWO[1], "fewer than two offers are known")]


def test_our_own_decisions_one_by_one_and_from_the_past_alone():
    small = small_own(rivals=5, direct=2)
    told = []
    exam = hindcast_own(small, lambda done, of: told.append((done, of)))
    assert told == [(at, 5) for at in (1, 2, 3, 4, 5)] * 2
    assert (exam.how, exam.fitted_on, len(exam.decisions)) == ("leave_one_out", 6, 5)
    assert exam.forward is not None
    assert set(exam.baselines) == set(exam.forward_baselines) == set(RULES)
    assert [one.set.id for one in exam.decisions] == [one.id for one in small.known.sets[:5]]
    assert exam.scores.log == pytest.approx([-np.log(one.chances[one.set.chosen]) for one in exam.decisions])
    assert hindcast_own(small, forward=False).forward is None


def test_reasons_by_hand():
    # weights 2, -1, 0.1: the winner has (1, 3, 1), its rivals (0, 1, 0) and (0.5, 1, 0)
    names = ("x", "y", "z")
    table = a_table([[[0.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.5, 1.0, 0.0]]], [1], names=names)
    one = a_set("A", offers=3, chosen=1)
    answers = Answers(np.array([[0.2, 0.5, 0.3]]), np.array([[2.0, -1.0, 0.05, 0.5]]))
    [judged] = _judged([one], table, answers)
    assert judged.chances == (0.2, 0.5, 0.3)
    said = [(reason.attribute, round(reason.points, 3)) for reason in judged.reasons]
    # y: -1 x (3 - 1) = -2; x: 2 x (1 - 0.25) = 1.5; z: 0.05 is too little to be said
    assert said == [("y", -2.0), ("x", 1.5)]
    assert (judged.reasons[1].winner, judged.reasons[1].rivals) == (1.0, 0.25)


def test_reasons_of_real_decisions_are_the_weightiest_first_and_agree_with_the_weights(found):
    mean = dict(zip(own().posterior.names, own().posterior.draws().mean(axis=0), strict=True))
    for one in found.decisions:
        sizes = [abs(reason.points) for reason in one.reasons]
        assert sizes == sorted(sizes, reverse=True)
        assert all(size >= WORTH_SAYING for size in sizes)
        for reason in one.reasons:
            if abs(mean[reason.attribute]) > 0.1:  # a weight near nothing may turn without two decisions
                apart = mean[reason.attribute] * (reason.winner - reason.rivals)
                assert reason.points * apart > 0.0
