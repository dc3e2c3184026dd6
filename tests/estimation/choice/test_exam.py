"""The exam: no decision sees its own winner or, forward in time, a later one; chance teaches nothing."""

from dataclasses import replace

import numpy as np
import pytest

from sim.estimation.choice import naive
from sim.estimation.choice.exam import (
    Record,
    forward,
    leave_one_out,
    naive_chances,
    permuted,
    record,
    same_purchase,
    scores_of,
)
from sim.estimation.choice.logit import fit, predict
from sim.estimation.choice.priors import priors
from sim.estimation.choice.scores import score
from sim.estimation.choice.study import permutations, planted
from tests.estimation.choice.made_up import (
    a_set,
    an_offer,
    attributes,
    fewer_draws,
    made_record,
    own,
    plain_priors,
    seeds,
    small_own,
)

PRIORS = plain_priors(("x", "y"))
TRUTH = np.array([1.2, -0.8, 0.4])


@pytest.fixture(scope="module")
def made():
    return planted(made_record(14), TRUTH, 0)


def with_winner(known, row, place):
    won = known.table.chosen.copy()
    won[row] = place
    return Record(known.sets, known.table.won_by(won), known.rivals)


@pytest.mark.parametrize("row", [4, 5])
def test_changing_a_winner_leaves_its_own_chances_to_the_bit_and_moves_those_of_others(made, row):
    place = int(made.table.chosen[row] + 1) % 3
    before, after = (leave_one_out(one, PRIORS).chances for one in (made, with_winner(made, row, place)))
    assert after[row].tolist() == before[row].tolist()
    assert np.abs(after[row + 1] - before[row + 1]).max() > 1e-3


def test_leaving_one_out_is_a_fit_on_all_others(made):
    posterior = fit(made.table.take(made.others(6)), PRIORS)
    by_hand = predict(made.table.take([6]), posterior)[0]
    assert leave_one_out(made, PRIORS).chances[6] == pytest.approx(by_hand, abs=1e-4)


def test_forward_sees_only_what_was_decided_before(made):
    chances = forward(made, PRIORS)
    last = len(made.sets) - 1
    changed = forward(with_winner(made, last, int(made.table.chosen[last] + 1) % 3), PRIORS)
    assert changed.tolist() == chances.tolist()
    assert made.before(0) == []
    assert chances[0] == pytest.approx(predict(made.table.take([0]), PRIORS.as_posterior())[0], abs=1e-4)
    first = forward(with_winner(made, 0, int(made.table.chosen[0] + 1) % 3), PRIORS)
    assert first[0].tolist() == chances[0].tolist()
    assert np.abs(first[1:] - chances[1:]).max() > 1e-3


def test_forward_is_a_fit_on_what_came_before(made):
    posterior = fit(made.table.take(range(9)), PRIORS)
    by_hand = predict(made.table.take([9]), posterior)[0]
    assert forward(made, PRIORS)[9] == pytest.approx(by_hand, abs=1e-4)


def test_decisions_of_the_same_date_do_not_see_each_other():
    known = made_record(3)
    sets = tuple(a_set(f"D{at}", date, 3) for at, date in enumerate((2020.0, 2021.0, 2021.0)))
    same = Record(sets, known.table, 3)
    assert same.before(1) == [0]
    assert same.before(2) == [0]
    assert same.others(1) == [0, 2]


def test_chances_add_up_to_one_and_decisions_without_rivals_are_learnt_from_not_judged():
    found = small_own(rivals=5, direct=4)
    chances = leave_one_out(found.known, found.priors).chances
    assert chances.shape[0] == 5
    assert chances.sum(axis=1) == pytest.approx(np.ones(5))
    assert (chances[~found.known.table.there[:5]] == 0.0).all()
    scored = scores_of(found.known, chances)
    assert len(scored.log) == 5
    for one in scored.spans().values():
        assert one.low <= one.mean <= one.high


def test_what_is_there_to_be_learnt_is_learnt():
    known = planted(made_record(40), np.array([2.0, -2.0, 0.4]), 3)
    model = scores_of(known, leave_one_out(known, PRIORS).chances)
    even = scores_of(known, naive_chances("uniform", known, known.others))
    assert model.gain(even).low > 0.3


def test_permuted_winners_are_drawn_evenly_and_teach_nothing():
    known = planted(made_record(40), np.array([2.0, -2.0, 0.4]), 3)
    drawn = np.concatenate([permuted(known, again).table.chosen for again in range(20)])
    assert np.bincount(drawn) / len(drawn) == pytest.approx(np.full(3, 1.0 / 3.0), abs=0.06)
    assert np.array_equal(permuted(known, 1).table.chosen, permuted(known, 1).table.chosen)
    assert not np.array_equal(permuted(known, 1).table.chosen, permuted(known, 2).table.chosen)


def test_of_permuted_winners_the_fit_is_no_better_than_guessing():
    found = small_own(rivals=16, direct=0, draws=2)
    model, even = permutations(found, repeats=3)
    assert model > even - 0.05
    assert model < even + 0.5  # nor far worse: the priors hold it


def test_of_the_projects_decisions_with_permuted_winners_one_half_teaches_nothing_of_the_other():
    found = own()
    gains = []
    for again in range(4):
        known = permuted(found.known, again)
        table = fewer_draws(known.table, 4)
        learnt, asked = np.arange(0, known.rivals, 2), np.arange(1, known.rivals, 2)
        part = table.take(asked)
        chances = predict(part, fit(table.take(learnt), found.priors), 64)
        even = naive.chances("uniform", part, table.take(learnt))
        scored = [score(one, part.there, part.chosen).log.mean() for one in (chances, even)]
        gains.append(scored[1] - scored[0])
    assert np.mean(gains) < 0.05


def test_naive_rules_learn_from_decisions_with_rivals_only():
    known = own().known
    found = naive_chances("incumbent", known, known.others)
    rivals = [at for at in range(known.rivals) if at != 3]
    by_hand = naive.chances("incumbent", known.table.take([3]), known.table.take(rivals))[0]
    assert found[3].tolist() == by_hand.tolist()
    assert found.sum(axis=1) == pytest.approx(np.ones(known.rivals))


WON = (an_offer("K2", family="k2"), an_offer("Leopard 2A8", family="leopard_2"))


@pytest.mark.parametrize(
    ("fields", "same"),
    [
        ({}, True),  # another id, and all else alike
        ({"date": 2020.9}, True),
        ({"date": 2021.1}, False),
        ({"buyer": "NOR"}, False),
        ({"category": "self_propelled_howitzer"}, False),
        ({"chosen": 1}, False),
        ({"offers": (an_offer("K2PL", family="k2"), WON[1])}, True),
        ({"offers": (an_offer("K2"), WON[1])}, False),  # not known to be the same family
    ],
)
def test_one_purchase_under_two_ids(fields, same):
    one = replace(a_set("A", 2020.0), offers=WON)
    assert same_purchase(one, replace(one, id="B", **fields)) is same
    assert same_purchase(one, replace(one, **fields))  # the same id is the same


def test_a_purchase_is_no_lesson_for_itself_under_another_id():
    known = own().known
    one = known.sets[4]
    assert 4 not in known.unlike([replace(one, id="ANOTHER")])
    assert len(known.unlike([a_set("NEW", 1990.0)])) == len(known.sets)


def test_a_record_holds_decisions_with_rivals_first():
    found = record(attributes(), own().known.sets[:2], own().known.sets[-1:])
    assert (found.rivals, len(found.sets), found.table.values.shape[0]) == (2, 3, 3)
    assert priors(seeds()).names[:-1] == found.table.attributes
