"""A real scheduler with real workers: the numbers of this machine, whatever happens on the way."""

import shutil
import sys

import pytest

from sim.estimation import calibration
from sim.estimation.calibration import calibrate
from sim.estimation.fit import report
from sim.evidence.seeds import load_seeds
from sim.experiment import cluster as module
from sim.experiment.cluster import Cluster, ClusterError, difference, identity
from sim.experiment.ensemble import Cancelled, run
from sim.experiment.points import Outcome, Work, evaluate
from sim.policy.scenario import Card, load_scenario
from tests.experiment.cluster import eventually, processes
from tests.structure.tree import ROOT

BASE = load_scenario("baseline")
TABLES = ("values", "industry_values", "series", "industry_series", "counts")


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with processes(tmp_path_factory.mktemp("cluster")) as found:
        yield found


@pytest.fixture
def cluster(running):
    with Cluster(running.address) as found:
        yield found


def same_result(one, other):
    return all(
        mine.tobytes() == getattr(other, table)[name].tobytes()
        for table in TABLES
        for name, mine in getattr(one, table).items()
    )


def test_an_ensemble_is_that_of_this_machine_with_all_its_series(cluster):
    told = []
    there = run(BASE, replications=30, random_seed=5, executor=cluster,
                progress=lambda done, of: told.append((done, of)))  # fmt: skip
    assert same_result(there, run(BASE, replications=30, random_seed=5))
    assert not same_result(there, run(BASE, replications=30, random_seed=6))
    assert len(there.series["spending"]) == 30
    assert told == sorted(told)
    assert told[-1] == (30, 30)
    assert len(told) > 2


@pytest.mark.parametrize("uncertainty", ["evidence", "none"])
def test_points_are_those_of_this_machine(cluster, uncertainty):
    points = [
        BASE.with_facts({"POL.main_battle_tank.requirement": 1500.0}),
        BASE.with_levers({"threat": 1.3}),
        load_scenario("february_2022"),
        BASE.with_cards([Card("us_war_elsewhere", "2027-06", 18, 1.0)]),
        *(BASE.with_facts({"POL.gdp": 5e5 + 1e4 * number}) for number in range(8)),
    ]
    wanted = [Outcome("gap_years"), Outcome("cost_pv", "POL"), Outcome("share_orders", "korea")]
    work = {"replications": 3, "random_seed": 2, "uncertainty": uncertainty}
    there = evaluate(points, wanted, Work(**work, executor=cluster))
    assert there.tobytes() == evaluate(points, wanted, Work(**work)).tobytes()
    assert len({row.tobytes() for row in there}) == len(points)


def test_a_worker_killed_on_the_way_costs_time_and_no_number(running):
    victim = running.worker("victim")
    told, had = [], []

    def progress(done, _):
        if not told:
            had.extend(running.client.processing()[victim])
            running.kill("victim")
        told.append(done)

    with Cluster(running.address) as cluster:
        there = run(BASE, replications=120, executor=cluster, progress=progress)
    eventually(lambda: len(running.client.nthreads()) == 2)
    assert same_result(there, run(BASE, replications=120))
    assert told[-1] == 120
    assert had  # tasks that another worker had to do


def test_every_worker_may_die_where_another_comes(tmp_path):
    told = []

    def progress(done, _):
        if not told:
            running.kill("worker-0")
            running.worker("another")
        told.append(done)

    with processes(tmp_path, workers=1) as running, Cluster(running.address) as cluster:
        there = run(BASE, replications=60, executor=cluster, progress=progress)
    assert same_result(there, run(BASE, replications=60))


def test_cancelled_on_the_way_leaves_nothing_with_the_workers(running, cluster):
    told = []
    with pytest.raises(Cancelled, match="stopped before all replications had run"):
        run(BASE, replications=5000, executor=cluster, cancel=lambda: bool(told),
            progress=lambda done, _: told.append(done))  # fmt: skip
    assert told[-1] < 5000
    eventually(lambda: not any(running.client.processing().values()))


def test_a_worker_with_another_model_is_refused_by_name(running, tmp_path):
    shutil.copytree(ROOT / "sim", tmp_path / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    version = tmp_path / "sim/model/version.py"
    text = version.read_text(encoding="utf-8")
    version.write_text(text.replace(module.MODEL_VERSION, "0.0.1"), encoding="utf-8")
    with Cluster(running.address) as before:
        address = running.worker("other", project=tmp_path)
        sentence = f"worker {address} has model 0.0.1 instead of {module.MODEL_VERSION}"
        try:
            with pytest.raises(ClusterError, match=sentence):
                Cluster(running.address)
            with pytest.raises(ClusterError, match=sentence):
                run(BASE, replications=2, executor=before)
        finally:
            running.kill("other")
            eventually(lambda: len(running.client.nthreads()) == 2)


def test_a_worker_that_joined_later_looks_at_itself(cluster, monkeypatch):
    """What it is sent says with what the numbers are to be made."""
    monkeypatch.setattr(cluster, "_look_at_workers", lambda: None)
    monkeypatch.setattr(module, "identity", lambda: {**identity(), "numpy": "1.0"})
    with pytest.raises(ClusterError, match=r"worker tcp://.* has numpy .* instead of 1\.0"):
        run(BASE, replications=2, executor=cluster)


def test_seeds_of_ones_own_are_for_this_machine(cluster):
    with pytest.raises(ClusterError, match="seeds of your own on this machine"):
        evaluate([BASE], [Outcome("gap_years")], Work(2, seeds=load_seeds(), executor=cluster))


def test_without_scheduler_workers_or_dask_one_sentence_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "WAIT", 1.0)
    with pytest.raises(ClusterError, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:1; start one"):
        Cluster("tcp://127.0.0.1:1")
    with pytest.raises(ClusterError, match="no Dask scheduler answers at nonsense"):
        Cluster("nonsense")
    with processes(tmp_path, workers=0) as empty, pytest.raises(ClusterError, match="has no workers"):
        Cluster(empty.address)
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterError, match="install Leadtime with its extra `cluster`"):
        Cluster("tcp://127.0.0.1:1")


@pytest.mark.parametrize(
    ("lost", "sentence"), [("worker", "all workers of .* are gone"), ("scheduler", "broke off")]
)
def test_a_cluster_that_is_gone_for_good_is_said_to_be(tmp_path, monkeypatch, lost, sentence):
    monkeypatch.setattr(module, "GONE", 0.5)

    def progress(done, _):
        if lost == "scheduler":
            running.scheduler.kill()
        elif running.workers:
            running.kill("worker-0")

    with (
        processes(tmp_path, workers=1) as running,
        Cluster(running.address) as cluster,
        pytest.raises(ClusterError, match=sentence),
    ):
        run(BASE, replications=2000, executor=cluster, progress=progress)


def test_what_differs_is_named():
    here = dict(identity())
    assert difference(here, here) == ""
    for what in here:
        assert difference(here, {**here, what: "x"}) == f"{what} x instead of {here[what]}"
    assert difference(here, {}).startswith("Python unknown instead of ")
    assert {"Python", "numpy", "numba", "processor", "model", "code", "evidence"} <= set(here)


def test_a_calibration_is_that_of_this_machine(cluster, monkeypatch):
    """Books stay with the workers, which know all facts; one fact and few points make it short."""
    monkeypatch.setattr(calibration, "FACTS", ("tender.base",))
    told = []
    asked = {"points": 4, "replications": 2, "random_seed": 3}
    there = calibrate(load_seeds(), **asked, executor=cluster, progress=lambda *now: told.append(now))
    here = calibrate(load_seeds(), **asked)
    for one in (lambda x: x.seed_run, lambda x: x.found.first, lambda x: x.found.again):
        assert one(there).samples.tobytes() == one(here).samples.tobytes()
    assert len({row.tobytes() for row in there.found.first.samples}) == 4
    assert told == [(done, 5) for done in range(1, 6)]
    assert report(there) == report(here)


def test_a_calibration_is_cancelled_with_nothing_left_behind(running, cluster):
    told = []
    with pytest.raises(Cancelled, match="stopped before"):
        calibrate(load_seeds(), points=200, replications=2, executor=cluster,
                  cancel=lambda: bool(told), progress=lambda done, _: told.append(done))  # fmt: skip
    assert told[-1] < 200
    eventually(lambda: not any(running.client.processing().values()))
