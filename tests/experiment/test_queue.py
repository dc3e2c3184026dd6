"""The queue of experiments, with planted work: order, cancel, shared runs, failures, estimates."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sim.experiment import queue as queues
from sim.experiment.ensemble import Cancelled
from sim.experiment.kept import Experiment, Kept, Record
from sim.experiment.queue import Full, Progress, Queue, Seen, Stop
from sim.policy.errors import ScenarioError

PATIENCE = 20.0  # seconds until a test that hangs gives up


def named(name: str) -> Experiment:
    return Experiment("planted", {"name": name}, (), 10)


class Planted:
    """Work that waits for the test: `go` lets it end, `begun` says that it runs."""

    def __init__(self, result: Callable[[], Record] = lambda: {"answer": 1}) -> None:
        self.begun, self.go, self.result, self.times = threading.Event(), threading.Event(), result, 0

    def __call__(self, progress: Progress, stop: Stop) -> Record:
        self.times += 1
        progress(1, 10)
        self.begun.set()
        while not self.go.wait(0.01):
            if stop():
                raise Cancelled
        progress(10, 10)
        return self.result()


class Clock:
    """Seconds that the test moves on."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def queue(tmp_path: Path, clock: Clock) -> Iterator[Queue]:
    yield Queue(Kept(tmp_path), measure=lambda: 2.0, clock=clock)
    assert wait(lambda: not any(one.name == "experiments" for one in threading.enumerate()))


def wait(ready: Callable[[], object]) -> bool:
    """Look again and again until it is so; False where it never is."""
    pause = threading.Event()
    for _ in range(int(PATIENCE / 0.01)):
        if ready():
            return True
        pause.wait(0.01)
    return False


def state(queue: Queue, one: Experiment, who: str = "a") -> str:
    found = queue.look(one, who)
    return "" if found is None else found.state


def ended(queue: Queue, one: Experiment) -> Seen:
    assert wait(lambda: state(queue, one) not in ("waiting", "running"))
    found = queue.look(one, "a")
    assert found is not None
    return found


def test_one_runs_and_the_others_wait_in_the_order_they_came(queue: Queue) -> None:
    order: list[str] = []
    works = {}
    for name in "xyz":
        works[name] = Planted(lambda name=name: order.append(name) or {"name": name})
        queue.start(named(name), works[name], 10, "a")
    assert works["x"].begun.wait(PATIENCE)
    assert [state(queue, named(name)) for name in "xyz"] == ["running", "waiting", "waiting"]
    assert [queue.look(named(name), "a").ahead for name in "xyz"] == [0, 1, 2]
    for work in works.values():
        work.go.set()
    assert ended(queue, named("z")).record == {"name": "z"}
    assert order == ["x", "y", "z"]


def test_two_workers_run_two_at_once(tmp_path: Path) -> None:
    both = Queue(Kept(tmp_path), workers=2)
    first, second = Planted(), Planted()
    both.start(named("x"), first, 10, "a")
    both.start(named("y"), second, 10, "a")
    assert first.begun.wait(PATIENCE)
    assert second.begun.wait(PATIENCE)
    first.go.set()
    second.go.set()
    assert ended(both, named("x")).state == ended(both, named("y")).state == "done"


def test_one_that_waits_can_be_cancelled(queue: Queue) -> None:
    first, second = Planted(), Planted()
    queue.start(named("x"), first, 10, "a")
    queue.start(named("y"), second, 10, "a")
    assert queue.cancel(named("y"), "a").state == "cancelled"
    first.go.set()
    assert ended(queue, named("x")).state == "done"
    assert state(queue, named("y")) == "cancelled"
    assert second.times == 0


def test_one_that_runs_can_be_cancelled_and_started_again(queue: Queue) -> None:
    work = Planted()
    queue.start(named("x"), work, 10, "a")
    assert work.begun.wait(PATIENCE)
    queue.cancel(named("x"), "a")
    assert state(queue, named("x")) == "cancelled"
    again = Planted()
    again.go.set()
    queue.start(named("x"), again, 10, "a")
    assert ended(queue, named("x")).record == {"answer": 1}
    assert again.times == 1


def test_equal_requests_share_one_run(queue: Queue) -> None:
    work = Planted()
    queue.start(named("x"), work, 10, "a")
    found = queue.start(named("x"), work, 10, "b")
    assert found.others == 1
    work.go.set()
    assert ended(queue, named("x")).state == "done"
    assert queue.start(named("x"), work, 10, "c").record == {"answer": 1}
    assert work.times == 1


def test_what_another_looks_at_goes_on_without_the_one_who_cancels(queue: Queue, clock: Clock) -> None:
    work = Planted()
    queue.start(named("x"), work, 10, "a")
    queue.start(named("x"), work, 10, "b")
    assert work.begun.wait(PATIENCE)
    assert queue.cancel(named("x"), "a").state == "running"
    assert state(queue, named("x"), "b") == "running"
    queue.look(named("x"), "a")
    clock.now += queues.PRESENT + 1  # b has closed the page
    assert queue.cancel(named("x"), "a").state == "cancelled"


def test_a_failure_shows_its_sentence_and_can_be_tried_again(queue: Queue) -> None:
    def refused() -> Record:
        raise ScenarioError("both scenarios are the same")

    work = Planted(refused)
    work.go.set()
    queue.start(named("x"), work, 10, "a")
    found = ended(queue, named("x"))
    assert (found.state, found.sentence) == ("failed", "both scenarios are the same")
    good = Planted()
    good.go.set()
    queue.start(named("x"), good, 10, "a")
    assert wait(lambda: state(queue, named("x")) == "done")


def test_a_fault_of_the_program_is_logged_and_the_queue_goes_on(
    queue: Queue, caplog: pytest.LogCaptureFixture
) -> None:
    work, next_one = Planted(lambda: {"answer": 1 // 0}), Planted()
    work.go.set()
    next_one.go.set()
    queue.start(named("x"), work, 10, "a")
    queue.start(named("y"), next_one, 10, "a")
    assert ended(queue, named("x")).sentence == queues.FAILED
    assert "ZeroDivisionError" in caplog.text
    assert ended(queue, named("y")).state == "done"


def test_a_restart_finds_the_result(queue: Queue, tmp_path: Path) -> None:
    work = Planted(lambda: {"answer": 3.5, "none": float("nan")})
    work.go.set()
    queue.start(named("x"), work, 10, "a")
    assert ended(queue, named("x")).record == {"answer": 3.5, "none": None}
    anew = Queue(Kept(tmp_path))
    assert anew.look(named("x"), "a").record == {"answer": 3.5, "none": None}
    assert anew.start(named("x"), work, 10, "a").state == "done"
    assert work.times == 1


def test_a_broken_file_is_run_again(queue: Queue, tmp_path: Path) -> None:
    (tmp_path / f"{named('x').fingerprint()}.json").write_text("{")
    assert queue.look(named("x"), "a") is None
    work = Planted()
    work.go.set()
    queue.start(named("x"), work, 10, "a")
    assert ended(queue, named("x")).state == "done"
    assert Kept(tmp_path).read(named("x")) == {"answer": 1}


def test_without_a_folder_results_stay_in_memory(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    alone = Queue(Kept(blocked))
    work = Planted()
    work.go.set()
    alone.start(named("x"), work, 10, "a")
    assert ended(alone, named("x")).record == {"answer": 1}


def test_too_many_that_wait_are_refused(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queues, "MOST_WAITING", 1)
    works = [Planted() for _ in range(3)]
    queue.start(named("0"), works[0], 10, "a")
    assert works[0].begun.wait(PATIENCE)
    queue.start(named("1"), works[1], 10, "a")
    with pytest.raises(Full):
        queue.start(named("2"), works[2], 10, "a")
    for work in works:
        work.go.set()
    assert ended(queue, named("1")).state == "done"


def test_ended_ones_leave_the_memory_and_stay_on_disk(queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queues, "REMEMBERED", 1)
    for name in "wxyz":
        work = Planted()
        work.go.set()
        queue.start(named(name), work, 10, "a")
        assert ended(queue, named(name)).state == "done"
    assert len(queue._jobs) <= 2
    assert state(queue, named("w")) == "done"


def test_the_first_estimate_is_measured_and_the_next_are_learnt(
    queue: Queue, clock: Clock, tmp_path: Path
) -> None:
    assert queue.seconds("planted", 10) == 20.0  # two seconds a replication, measured
    work = Planted()
    queue.start(named("x"), work, 10, "a")
    assert work.begun.wait(PATIENCE)
    clock.now += 9.0  # nine replications
    work.go.set()
    assert ended(queue, named("x")).state == "done"
    assert queue.seconds("planted", 10) == 10.0
    assert queue.seconds("another", 10) == 15.0  # between what was measured and what was learnt
    assert Queue(Kept(tmp_path)).seconds("planted", 10) == 10.0


def test_an_estimate_of_the_rest_counts_what_is_ahead(queue: Queue, clock: Clock) -> None:
    queue.seconds("planted", 1)
    first, second = Planted(), Planted()
    queue.start(named("x"), first, 10, "a")
    assert first.begun.wait(PATIENCE)
    queue.start(named("y"), second, 5, "a")
    assert queue.look(named("x"), "a").seconds == 18.0
    assert queue.look(named("y"), "a").seconds == 28.0
    assert queue.waiting_time() == 28.0
    first.go.set()
    second.go.set()
    assert ended(queue, named("y")).seconds is None


def test_progress_of_several_parts_adds_up(queue: Queue) -> None:
    reached, go = threading.Event(), threading.Event()

    def in_parts(progress: Progress, stop: Stop) -> Record:
        for done in (2, 4):
            progress(done, 4)
        progress(1, 8)
        reached.set()
        go.wait(PATIENCE)
        return {}

    queue.start(named("x"), in_parts, 12, "a")
    assert reached.wait(PATIENCE)
    found = queue.look(named("x"), "a")
    go.set()
    assert found is not None
    assert (found.done, found.runs) == (5, 12)
    assert ended(queue, named("x")).state == "done"


def test_nobody_asked(queue: Queue) -> None:
    assert queue.look(named("x"), "a") is None
    assert queue.cancel(named("x"), "a") is None


def test_many_threads_at_once_get_one_run_each(queue: Queue) -> None:
    works = {name: Planted(lambda name=name: {"name": name}) for name in "abcd"}
    for work in works.values():
        work.go.set()
    seen: list[Seen] = []

    def ask(who: str) -> None:
        for name, work in works.items():
            seen.append(queue.start(named(name), work, 10, who))

    threads = [threading.Thread(target=ask, args=(str(who),)) for who in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(seen) == 32
    assert [ended(queue, named(name)).record for name in works] == [{"name": name} for name in works]
    assert [work.times for work in works.values()] == [1, 1, 1, 1]


def test_another_random_seed_is_another_experiment(queue: Queue) -> None:
    work = Planted()
    work.go.set()
    queue.start(named("x"), work, 10, "a")
    assert ended(queue, named("x")).state == "done"
    assert queue.look(replace(named("x"), random_seed=2), "a") is None
