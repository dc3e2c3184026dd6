"""Which difference did it, asked of the model: the parts of real runs, and of outcomes made up by hand."""

import json
from dataclasses import replace

import numpy as np
import pytest

from sim.experiment.analyse import attribution as module
from sim.experiment.analyse.attribution import PERMUTATIONS, attribute, runs
from sim.experiment.analyse.parts import described, parts_record
from sim.experiment.compare import compare
from sim.experiment.ensemble import Cancelled, run
from sim.experiment.points import Outcome, Work
from sim.policy.errors import ScenarioError
from sim.policy.scenario import Card, load_scenario

BASE = load_scenario("baseline")
WANTED = (Outcome("gap_years"), Outcome("cost_pv", "POL"), Outcome("share_orders", "korea"))
WORK = Work(replications=4, random_seed=3)


@pytest.fixture(scope="module")
def other():
    return (
        BASE.with_levers({"threat": 1.3, "joint_share": 0.6})
        .with_cards([Card("us_support_hold", "2027-01", 24, 1.0)])
        .with_facts({"POL.main_battle_tank.requirement": 1500.0})
    )


@pytest.fixture(scope="module")
def found(other):
    return attribute(BASE, other, WANTED, WORK)


def made_up(worth):
    """In place of the model: the outcomes of a scenario follow from the levers that stand elsewhere."""

    def evaluate(scenarios, outcomes, work):
        rows = [
            [worth(set(one.deviations), replication) for replication in range(work.replications)]
            for one in scenarios
        ]
        return np.array(rows, float)[:, :, None].repeat(len(outcomes), axis=2)

    return evaluate


def test_parts_add_up_to_the_paired_difference_in_every_replication(found, other):
    one, two = (run(scenario, replications=4, random_seed=3) for scenario in (BASE, other))
    change = two.values["gap_years"][:, 0] - one.values["gap_years"][:, 0]
    assert np.array_equal(found.after[:, 0] - found.before[:, 0], change)
    assert found.parts.shape == (4, 4, 3)
    assert found.parts.sum(axis=0) == pytest.approx(found.after - found.before, rel=1e-12)
    as_compared = compare(one, two).difference(two, "cost_pv", "POL")
    record = found.record()["measures"]["cost_pv.POL"]
    assert record["total"] == pytest.approx(as_compared.mean)
    assert record["total_low"] == pytest.approx(as_compared.mean_low, rel=1e-3)


def test_a_difference_alone_is_the_whole_change():
    other = BASE.with_levers({"threat": 1.3})
    found = attribute(BASE, other, WANTED[:1], WORK)
    assert np.array_equal(found.parts[0], found.after - found.before)
    assert np.abs(found.after - found.before).max() > 0.0
    assert found.pairs.shape == (1, 1, 4, 1)


def test_what_no_run_feels_gets_nothing():
    """With no chance of its own and no strength, a card placed by hand does nothing."""
    other = BASE.with_levers({"threat": 1.3}).with_cards([Card("us_support_hold", "2027-01", 24, 0.0)])
    record = attribute(BASE, other, WANTED, WORK).record()
    for one in record["measures"].values():
        assert one["parts"]["us_support_hold"]["mean"] == 0.0
        assert one["parts"]["us_support_hold"]["low"] == one["parts"]["us_support_hold"]["high"] == 0.0
        assert one["parts"]["threat"]["mean"] == pytest.approx(one["total"])


def test_the_record_says_what_was_run(found, other):
    record = json.loads(json.dumps(found.record(), allow_nan=False))
    assert record["base"]["fingerprint"] == BASE.fingerprint()
    assert record["other"] == {"id": other.id, "title": "Baseline", "fingerprint": other.fingerprint()}
    assert (record["start"], record["horizon_year"]) == ("2026-01", 2030)
    assert (record["replications"], record["random_seed"], record["scenarios"]) == (4, 3, 16)
    assert (record["exact"], record["permutations"]) == (True, 0)
    names = {"threat", "joint_share", "us_support_hold", "POL.main_battle_tank.requirement"}
    assert set(record["differences"]) == names
    assert record["differences"]["threat"]["other"] == {"value": 1.3, "dated": []}
    assert set(record["measures"]) == {"gap_years", "cost_pv.POL", "share_orders.korea"}
    for one in record["measures"].values():
        assert set(one["parts"]) == names
        assert sum(part["mean"] for part in one["parts"].values()) == pytest.approx(one["total"])
        assert len(one["interactions"]) == 6


def test_the_way_back_has_the_opposite_parts(found, other):
    back = attribute(other, BASE, WANTED, WORK)
    order = [back.changes.index(change) for change in found.changes]
    assert back.parts[order] == pytest.approx(-found.parts, abs=1e-9)


def test_a_replication_without_a_figure_in_some_set_is_left_out(monkeypatch):
    def worth(moved, replication):
        return float("nan") if replication == 1 and moved == {"threat"} else len(moved) + replication

    monkeypatch.setattr(module, "evaluate", made_up(worth))
    other = BASE.with_levers({"threat": 1.3, "dialogue": 0.9})
    record = attribute(BASE, other, WANTED[:1], Work(replications=3)).record()["measures"]["gap_years"]
    assert record["replications"] == 2
    assert record["total"] == 2.0
    monkeypatch.setattr(module, "evaluate", made_up(lambda moved, replication: float("nan")))
    record = attribute(BASE, other, WANTED[:1], Work(replications=3)).record()["measures"]["gap_years"]
    assert record["replications"] == 0
    assert record["total"] is None
    assert record["parts"]["threat"]["low"] is None


def test_above_eight_differences_orders_are_drawn(monkeypatch):
    """Ten switches of which two add, two work only together, and six do nothing."""

    def worth(moved, replication):
        return 3.0 * (names[0] in moved) - (names[1] in moved) + 2.0 * ({names[2], names[3]} <= moved)

    names = [lever.id for lever in BASE.catalogue if lever.high > lever.default and lever.kind == "number"][
        :10
    ]
    tops = {lever.id: lever.high for lever in BASE.catalogue}
    other = BASE.with_levers({name: tops[name] for name in names})
    monkeypatch.setattr(module, "evaluate", made_up(worth))
    found = attribute(BASE, other, WANTED[:1], Work(replications=3))
    record = found.record()
    assert (record["exact"], record["permutations"]) == (False, PERMUTATIONS)
    assert record["scenarios"] * 3 == runs(BASE, other, Work(replications=3))
    parts = record["measures"]["gap_years"]["parts"]
    assert [parts[name]["mean"] for name in names[:4]] == pytest.approx([3, -1, 1, 1])
    assert [parts[name]["mean"] for name in names[4:]] == [0.0] * 6
    assert record["measures"]["gap_years"]["interactions"] == []
    assert found.parts.sum(axis=0) == pytest.approx(found.after - found.before)


def test_the_error_of_drawn_orders_widens_the_interval():
    column = np.array([1.0, 2.0, 3.0])
    alone, drawn = described(column), described(column, sampling=2.0)
    assert alone["high"] - alone["mean"] == pytest.approx(1.6449 * (1 / 3) ** 0.5, rel=1e-4)
    assert drawn["high"] - drawn["mean"] == pytest.approx(1.6449 * (1 / 3 + 4) ** 0.5, rel=1e-4)
    assert (alone["spread_low"], alone["spread_high"]) == pytest.approx((1.1, 2.9))
    assert drawn["sampling_error"] == 2.0


def test_one_replication_has_no_interval():
    assert described(np.array([2.0])) == {
        "mean": 2.0, "low": None, "high": None, "spread_low": 2.0, "spread_high": 2.0
    }  # fmt: skip


def test_intervals_of_pairs_hold_together():
    """Of three names there are three pairs: each interval is one of 96.7 %."""
    pairs = np.zeros((3, 3, 2))
    pairs[0, 1] = pairs[1, 0] = (1.0, 3.0)
    record = parts_record(["a", "b", "c"], np.zeros(2), np.zeros(2), np.zeros((3, 2)), pairs=pairs)
    first = record["interactions"][0]
    assert first["between"] == ["a", "b"]
    assert first["high"] - first["mean"] == pytest.approx(2.1280, rel=1e-4)


def test_how_many_runs_it_takes(other):
    assert runs(BASE, other, Work(replications=50)) == 16 * 50


@pytest.mark.parametrize("permutations", [0, 2, 5, 100_000])
def test_orders_come_in_pairs(other, permutations):
    with pytest.raises(ScenarioError, match="permutations must be an even number"):
        attribute(BASE, other, WANTED, WORK, permutations)


def test_it_can_be_stopped(other):
    with pytest.raises(Cancelled):
        attribute(BASE, other, WANTED, replace(WORK, cancel=lambda: True))
