"""Running an ensemble: what is refused, what is told on the way, and how it stops."""

import threading

import pytest

from sim import Cancelled, run
from sim.experiment import ensemble
from sim.experiment.ensemble import BLOCK, MOST, world_of
from sim.policy.errors import ScenarioError
from tests.properties.runs import named, same


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"replications": 0}, f"replications must lie between 1 and {MOST}; got 0"),
        ({"replications": -5}, "got -5"),
        ({"replications": MOST + 1}, f"got {MOST + 1}"),
        ({"random_seed": -1}, r"the random seed must lie between 0 and 2\^63 - 1; got -1"),
        ({"random_seed": 2**63}, f"got {2**63}"),
        ({"uncertainty": "some"}, 'uncertainty must be "evidence" or "none"; got "some"'),
    ],
)
def test_arguments_out_of_range_get_one_sentence(wrong, sentence):
    with pytest.raises(ScenarioError, match=sentence):
        run(named("baseline"), **wrong)


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("replications", [1, BLOCK, 3 * BLOCK + 1])
def test_progress_reaches_all_and_never_more(threads, replications):
    told = []
    run(named("baseline"), replications=replications, threads=threads,
        progress=lambda done, of: told.append((done, of)))  # fmt: skip
    assert {of for _, of in told} == {replications}
    assert max(done for done, _ in told) == replications
    assert min(done for done, _ in told) > 0
    assert len(told) == (replications + BLOCK - 1) // BLOCK


def test_progress_of_one_thread_only_grows():
    told = []
    run(named("baseline"), replications=2 * BLOCK + 3, threads=1, progress=lambda done, _: told.append(done))
    assert told == [BLOCK, 2 * BLOCK, 2 * BLOCK + 3]


@pytest.mark.parametrize("threads", [1, 2])
def test_cancelled_before_the_start_runs_nothing(threads):
    told = []
    with pytest.raises(Cancelled, match="stopped before all replications had run"):
        run(named("baseline"), replications=50, threads=threads, cancel=lambda: True,
            progress=lambda done, _: told.append(done))  # fmt: skip
    assert told == []


@pytest.mark.parametrize("threads", [1, 2])
def test_cancelled_on_the_way_stops_within_a_block_of_each_thread(threads):
    stop, told = threading.Event(), []

    def progress(done, _):
        told.append(done)
        stop.set()

    with pytest.raises(Cancelled):
        run(
            named("baseline"),
            replications=100 * BLOCK,
            threads=threads,
            cancel=stop.is_set,
            progress=progress,
        )
    assert max(told) <= 2 * BLOCK * threads


def test_a_run_that_is_never_cancelled_is_the_run():
    asked = []
    one = run(named("baseline"), replications=12, cancel=lambda: bool(asked.append(1)))
    other = run(named("baseline"), replications=12)
    assert asked
    assert same(one.values["cost_pv"], other.values["cost_pv"])


def test_an_error_of_the_caller_comes_out():
    def progress(done, of):
        raise RuntimeError("the caller's own")

    with pytest.raises(RuntimeError, match="the caller's own"):
        run(named("baseline"), replications=30, threads=2, progress=progress)


def test_series_are_kept_of_the_first_replications_only(monkeypatch):
    monkeypatch.setattr(ensemble, "KEPT_SERIES", 3)
    result = run(named("baseline"), replications=5)
    assert {len(numbers) for numbers in result.series.values()} == {3}
    assert {len(numbers) for numbers in result.industry_series.values()} == {3}
    assert {len(numbers) for numbers in result.values.values()} == {5}


def test_the_world_of_each_start_is_built_once():
    assert world_of() is world_of()
    then = world_of(start="2022-02")
    assert world_of(start="2022-02") is then
    assert then is not world_of()


def test_a_result_knows_its_start():
    assert run(named("baseline"), replications=1).start == "2026-01"
    assert run(named("february_2022"), replications=1).start == "2022-02"
