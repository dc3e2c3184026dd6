"""`sim bench`: what it reports, its plot, and the smaller markets it times. Nothing here asserts a time."""

import os
import subprocess
import sys
from xml.etree import ElementTree

import numpy as np
import pytest

from sim.evidence.seeds import load_seeds
from sim.experiment import bench
from sim.experiment.ensemble import run, world_of
from sim.experiment.subset import scenario_for, spread, with_lines, with_states
from sim.policy.scenario import load_scenario
from tests.cli.call import call, strict_json


@pytest.fixture
def quick(monkeypatch):
    """One replication of plain Python takes a minute: here it is not run."""
    monkeypatch.setattr(bench, "plain_milliseconds", lambda: 1000.0)
    monkeypatch.setattr(bench, "REPEATS", 1)
    monkeypatch.setattr(bench, "THOUSAND", 2)
    monkeypatch.setattr(bench, "ATTRIBUTED", 1)


def test_bench_reports_and_draws(quick, tmp_path):
    out = tmp_path / "speed.svg"
    done = call("bench", "--replications", "2", "--mesa-replications", "1", "--out", str(out), "--json")
    assert done.exit_code == 0, done.output
    report = strict_json(done.stdout)
    assert {"compiled_ms", "mesa_ms", "python_ms", "contracts", "draws", "growth", "machine"} <= set(report)
    assert report["contracts"] > 0
    assert report["draws"] > 0
    assert report["attribution_runs"] == 64
    assert report["attribution_s"] > 0
    assert set(report["growth"]) == {"replications", "states", "lines"}
    assert [point["size"] for point in report["growth"]["states"]] == [8, 16, 24, 32]
    drawn = ElementTree.parse(out).getroot()
    assert drawn.tag.endswith("svg")
    assert len(drawn.findall(".//{*}circle")) == sum(map(len, report["growth"].values()))


def test_bench_shows_tables_and_writes_a_page(quick, tmp_path):
    out = tmp_path / "speed.html"
    done = call("bench", "--replications", "1", "--mesa-replications", "1", "--out", str(out))
    assert done.exit_code == 0, done.output
    assert "Mesa agents" in done.stdout
    assert "Growth with lines" in done.stdout
    assert "attribution of six levers, 64 replications on all cores" in done.stdout
    page = out.read_text(encoding="utf-8")
    assert "<svg" in page
    assert "src=" not in page


def test_plain_python_runs_the_same_rules():
    """In its own process for some months only, since every rule is slow there."""
    short = "import sim.model.schedule as schedule; schedule.MONTHS = 2"
    words = [sys.executable, "-W", "ignore", "-c", f"{short}; {bench.PLAIN}"]
    done = subprocess.run(
        words,
        cwd=bench.ROOT,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) > 0


def test_a_part_is_spread_evenly():
    assert spread("abcdefgh", 4) == ("a", "c", "e", "g")
    assert spread("abc", 9) == ("a", "b", "c")


def test_fewer_states_keep_only_what_is_theirs():
    smaller = with_states(load_seeds(), ("POL", "NOR", "USA"))
    assert [state.id for state in smaller.states()] == sorted(["POL", "NOR", "USA"], key=_row)
    assert {contract.buyer for contract in smaller.contracts()} <= {"POL", "NOR", "USA"}
    assert {framework.buyer for framework in smaller.frameworks()} <= {"POL", "NOR", "USA"}
    assert not any(subject.startswith("DEU") for subject, _ in smaller.facts)


def test_fewer_states_give_only_what_is_theirs():
    then = load_seeds(start="2022-02")
    smaller = with_states(then, ("POL", "USA"))
    assert {gift.state for gift in then.gifts()} > {gift.state for gift in smaller.gifts()} == {"POL", "USA"}
    assert world_of(smaller).start == "2022-02"


def test_fewer_lines_leave_every_need_a_supplier():
    seeds = load_seeds()
    smaller = with_lines(seeds, ("k2_changwon",))
    assert "k2_changwon" in {line.id for line in smaller.lines()}
    assert len(smaller.lines()) < len(seeds.lines())
    result = run(scenario_for(load_scenario("baseline"), smaller), replications=2, seeds=smaller)
    assert np.isfinite(result.values["gap_years"][:, 0]).all()


def _row(state: str) -> int:
    return [one.id for one in load_seeds().states()].index(state)
