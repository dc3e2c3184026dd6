"""The estimate: what stands in the seeds is what the decisions say, and a run draws just that."""

import csv
import shutil

import numpy as np
import pytest

from sim.estimation.choice.estimate import (
    Weight,
    facts,
    fitted,
    largest_correlation,
    quality,
    summary,
    write_facts,
)
from sim.estimation.choice.exam import Record
from sim.estimation.choice.logit import Posterior
from sim.evidence.seeds import DEFAULT_FOLDER, load_seeds
from sim.model.randomness import triangular
from tests.estimation.choice.made_up import a_set, a_table, made_record, own, plain_priors, seeds, small_own


def weights():
    return {one.name: one for one in own().weights}


def test_the_weights_in_the_seeds_are_what_the_decisions_say_now():
    """After a change of decisions, users or catalogue: run `sim estimate --write`."""
    off = {
        name: (one.mean, seeds().value("choice", name))
        for name, one in weights().items()
        if abs(one.mean - seeds().value("choice", name)) > 0.02
        or abs(one.low - seeds().fact("choice", name).low) > 0.02
        or abs(one.high - seeds().fact("choice", name).high) > 0.02
    }
    assert not off, f"run sim estimate --write: {off}"


@pytest.mark.parametrize(
    "name", ["adopters", "capability", "domestic", "exposure", "family_direct", "local", "previous", "union"]
)
def test_a_run_draws_the_mean_and_the_spread_of_the_posterior(name):
    one, fact = weights()[name], seeds().fact("choice", name)
    at = (np.arange(4000) + 0.5) / 4000
    drawn = np.array([triangular(fact.low, fact.value, fact.high, chance) for chance in at])
    assert drawn.mean() == pytest.approx(one.mean, abs=0.03)
    assert drawn.std() == pytest.approx(one.sd, rel=0.06, abs=0.01)


def test_a_weight_that_can_only_be_negative_is_drawn_negative():
    for name in ("months", "price"):
        assert weights()[name].high <= 0.0
        assert seeds().fact("choice", name).high <= 0.0


def test_the_dissimilarity_is_drawn_between_nothing_and_one():
    one = weights()["dissimilarity"]
    assert 0.05 <= one.low < one.mean < one.high <= 1.0


def test_a_weight_by_hand():
    # Normal, mean 0.5, sd 0.2: a triangle of half width sqrt(6) x 0.2 = 0.489898
    prior = plain_priors(("x",))
    posterior = Posterior(prior.names, np.array([0.5, 0.0]), np.diag([0.04, 0.01]), prior.negative)
    one = summary(prior, posterior)[0]
    assert one.name == "x"
    assert (one.prior_mean, one.prior_sd) == (pytest.approx(0.0, abs=0.01), pytest.approx(1.0, abs=0.02))
    assert (one.mean, one.sd) == (pytest.approx(0.5, abs=0.005), pytest.approx(0.2, abs=0.005))
    assert (one.low, one.high) == (pytest.approx(0.0101, abs=0.01), pytest.approx(0.9899, abs=0.01))


def test_what_is_learnt_is_how_much_narrower_a_weight_became():
    assert Weight("x", 0.0, 0.5, 0.2, 0.4, -1.0, 1.0).learnt == pytest.approx(0.2)
    assert all(-0.2 < one.learnt < 1.0 for one in own().weights)


def test_without_decisions_nothing_is_learnt():
    table = a_table([[[1.0, 0.0], [0.0, 1.0]]], [0], names=("x", "y")).take([])
    found = fitted(Record((), table, 0), plain_priors(("x", "y")))
    assert [one.learnt for one in found.weights] == pytest.approx([0.0, 0.0, 0.0], abs=1e-6)


def test_more_decisions_teach_more():
    few, many = (fitted(made_record(count), plain_priors(("x", "y"))) for count in (5, 40))
    assert many.weights[0].learnt > few.weights[0].learnt > 0.0


def test_the_largest_correlation():
    covariance = np.array([[4.0, -1.2, 0.0], [-1.2, 1.0, 0.1], [0.0, 0.1, 1.0]])
    posterior = Posterior(("x", "y", "z"), np.zeros(3), covariance, np.zeros(3, dtype=bool))
    assert largest_correlation(posterior) == pytest.approx(0.6)


def test_the_estimate_counts_what_it_was_fitted_on():
    found = own()
    assert len(found.known.sets) == len(found.known.table.chosen)
    assert all(not one.direct for one in found.known.sets[: found.known.rivals])
    assert all(one.direct for one in found.known.sets[found.known.rivals :])
    assert len(found.left_out) + found.known.rivals == len(seeds().decisions())


def test_most_draws_of_the_check_count():
    checked = quality(small_own(rivals=6, direct=2, draws=2))
    assert checked.effective > 0.5 * checked.count


def test_facts_say_where_they_come_from():
    units = {one.name: "points" for one in own().weights}
    rows = facts(own(), units)
    assert [row["attribute"] for row in rows] == [one.name for one in own().weights]
    for row, one in zip(rows, own().weights, strict=True):
        assert (row["subject"], row["source"]) == ("choice", "derived")
        assert float(row["low"]) <= float(row["value"]) <= float(row["high"])
        assert row["grade"] == ("C" if one.learnt > 0.2 else "D")
        assert f"from {own().known.rivals} decisions with rivals" in row["note"]


def test_written_facts_are_read_again_and_what_is_assumed_stays(tmp_path):
    folder = shutil.copytree(DEFAULT_FOLDER, tmp_path / "seeds")
    copied = load_seeds(folder)
    path = write_facts(own(), copied)
    assert path == folder / "facts" / "choice.csv"
    again = load_seeds(folder)
    for one in own().weights:
        assert again.value("choice", one.name) == pytest.approx(one.mean, abs=0.0006)
    assumed = {"wait", "record", "credit", "repeat_ties", "months_floor", "substitute"}
    for name in assumed:
        assert again.fact("choice", name) == seeds().fact("choice", name)
    with path.open(encoding="utf-8", newline="") as file:
        names = [row["attribute"] for row in csv.DictReader(file)]
    assert names == sorted(set(names))


def test_other_decisions_give_another_estimate():
    one = fitted(made_record(12), plain_priors(("x", "y")))
    other = fitted(
        Record((a_set("A"),), a_table([[[1.0, 0.0], [0.0, 1.0]]], [0], names=("x", "y")), 1),
        plain_priors(("x", "y")),
    )
    assert one.posterior.mean.tolist() != other.posterior.mean.tolist()
