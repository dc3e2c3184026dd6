"""The front over levers with the real model: each point is a run of its scenario, none shown is beaten."""

import numpy as np
import pytest

from sim.evidence.seeds import load_seeds
from sim.experiment.analyse.tradeoff import choosable, runs, trade_off
from sim.experiment.points import Outcome, Work, evaluate
from sim.policy.errors import ScenarioError
from sim.policy.scenario import from_query, load_scenario

FEW = Work(replications=3)
NAMED = ("spending_delivery", "joint_share", "mro_hubs")
GOALS = (Outcome("gap_years"), Outcome("cost_pv"), Outcome("worst_authority_share"))


@pytest.fixture(scope="module")
def found():
    told = []
    work = Work(replications=3, progress=lambda done, all_: told.append((done, all_)))
    result = trade_off(load_scenario("baseline"), work, NAMED, count=8)
    assert told[-1][0] == told[-1][1] == runs(load_scenario("baseline"), work, NAMED, count=8)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    return result


def test_what_can_be_chosen_is_no_assumption_and_no_single_state():
    costs = {row.id: row.cost for row in load_seeds().levers()}
    levers = choosable(load_scenario("baseline"))
    assert {"dialogue", "spending_delivery", "two_suppliers", "korean_credit"} <= {one.id for one in levers}
    assert all(costs[one.id] != "assumption about the world" and "." not in one.id for one in levers)


def test_each_point_is_a_run_of_its_scenario(found):
    row = found.numbered[0] or found.numbered[1]
    record = found.record()["front"][found.numbered.index(row)]
    there = from_query(record["setting"]["query"])
    assert there.fingerprint() == record["setting"]["fingerprint"]
    alone = evaluate([there], GOALS, FEW)[0]
    assert np.array_equal(found.values[row], alone)
    assert np.array_equal(found.values[0], evaluate([load_scenario("baseline")], GOALS, FEW)[0])
    cost = record["measures"]["cost_pv"]
    assert cost["mean"] == pytest.approx(alone[:, 1].mean())
    assert cost["difference"]["mean"] == pytest.approx((alone[:, 1] - found.values[0, :, 1]).mean())
    assert float(record["levers"]["mro_hubs"]).is_integer()


def test_no_point_of_the_front_is_clearly_beaten(found):
    means = found.means
    for row in np.flatnonzero(found.on_front):
        beats = (means < means[row] * (1 - 0.005)).all(axis=1)
        assert not beats.any()
    record = found.record()
    assert record["tried"] == len(found.points) == 1 + 2 * 3 + 8 + 3 * 4
    assert record["on_front"] == found.on_front.sum() >= len(record["front"]) > 1
    assert sum(point["best_balanced"] for point in record["front"]) == 1
    assert not (found.on_front & found.practically).any()


def test_without_names_those_levers_are_moved_that_alone_move_most():
    found = trade_off(load_scenario("baseline"), Work(replications=2), most=2, count=8, goals=GOALS[1:])
    assert (len(found.levers), found.screened) == (2, len(choosable(load_scenario("baseline"))))
    assert found.record()["goals"] == {"cost_pv": "less", "worst_authority_share": "less"}


def test_a_goal_of_which_more_is_better_is_turned():
    goals = (Outcome("availability"), Outcome("cost_pv"))
    found = trade_off(load_scenario("baseline"), Work(replications=2), NAMED[:2], count=8, goals=goals)
    means = found.means
    best = found.on_front & (means[:, 0] >= means[found.on_front, 0].max())
    assert best.any()
    for row in np.flatnonzero(found.on_front):
        beats = (means[:, 0] > means[row, 0] * 1.005) & (means[:, 1] < means[row, 1] * 0.995)
        assert not beats.any()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"levers": ("dialog", "threat")}, "unknown lever 'dialog'"),
        ({"levers": ("us_supply", "threat")}, "is a switch"),
        ({"levers": ("dialogue", "dialogue")}, "named twice"),
        ({"levers": ("dialogue",)}, "two levers or more"),
        ({"count": 2}, "points must lie between 8 and 5000"),
        ({"most": 1}, "levers must lie between 2 and 40"),
        ({"goals": GOALS[:1]}, "two or three goals; got 1"),
        ({"goals": (Outcome("backlog", "korea"), GOALS[0])}, "so it is no goal"),
    ],
)
def test_what_cannot_be_searched_is_refused(changes, sentence):
    with pytest.raises(ScenarioError, match=sentence):
        trade_off(load_scenario("baseline"), FEW, **changes)
