"""How fast the model runs here: compiled, as Mesa agents and as plain Python, and how the time grows."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from sim.evidence.seeds import Seeds, load_seeds
from sim.experiment.analyse.attribution import attribute
from sim.experiment.ensemble import run, world_of
from sim.experiment.points import Outcome, Work
from sim.experiment.result import Result
from sim.experiment.subset import scenario_for, spread, with_lines, with_states
from sim.model.plan import plan_of
from sim.model.replication import result_arrays, run_replications, workspace
from sim.policy.scenario import Scenario, load_scenario

ROOT = Path(__file__).resolve().parents[2]
LARGEST = 100_000
REPEATS = 3  # the fastest of so many runs counts: whatever else the machine does only adds time
RANDOM_SEED = 1
THOUSAND = 1000
ATTRIBUTED = 50  # replications of each set of levers
SIX = ("threat", "joint_share", "mro_hubs", "dialogue", "european_growth", "korean_growth")
FRACTIONS = (0.25, 0.5, 0.75, 1.0)
PLAIN = "from sim.experiment.bench import plain_replication; print(plain_replication())"


def measure(replications: int, mesa_replications: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Time the baseline in every way; milliseconds of one core per replication unless the name tells.

    replications: compiled ones per timing; mesa_replications: stepped by agents. say(sentence) tells what
    is being measured. growth holds, per dimension, points of size, ms (of the ensemble for replications,
    of one replication else) and mean new contracts.
    """
    baseline = load_scenario("baseline")
    say("compiling, where that is still to be done")
    run(baseline, replications=1, random_seed=RANDOM_SEED)
    say("timing compiled replications")
    seconds, result = timed(baseline, replications)
    thousand, _ = timed(baseline, THOUSAND, threads=None, repeats=1)
    say("timing the attribution of six levers")
    attribution = attribution_seconds(baseline)
    say("timing Mesa agents")
    mesa_ms = mesa_milliseconds(baseline, mesa_replications)
    say("timing one replication of plain Python")
    python_ms = plain_milliseconds()
    say("timing smaller markets")
    return {
        "compiled_ms": 1000 * seconds / replications,
        "mesa_ms": mesa_ms,
        "python_ms": python_ms,
        "contracts": float(result.counts["contracts"].mean()),
        "draws": float(result.counts["draws"].mean()),
        "thousand_s": thousand,
        "attribution_s": attribution,
        "attribution_runs": ATTRIBUTED << len(SIX),
        "replications": replications,
        "mesa_replications": mesa_replications,
        "model_version": result.model_version,
        "growth": growth(baseline, replications),
        "machine": machine(),
    }


def timed(
    scenario: Scenario,
    replications: int,
    seeds: Seeds | None = None,
    threads: int | None = 1,
    repeats: int | None = None,
) -> tuple[float, Result]:
    """The seconds of the fastest of some runs, and the last result.

    On one thread they are seconds of processor time, which a busy machine does not stretch; threads None
    means all cores and seconds on the wall.
    """
    clock = time.perf_counter if threads is None else time.process_time
    world_of(seeds)
    best = float("inf")
    for _ in range(repeats or REPEATS):
        start = clock()
        result = run(
            scenario, replications=replications, random_seed=RANDOM_SEED, seeds=seeds, threads=threads
        )
        best = min(best, clock() - start)
    return best, result


def attribution_seconds(scenario: Scenario) -> float:
    """Seconds on the wall and all cores for the Shapley values of six levers, each at its highest."""
    other = scenario.with_levers({one.id: one.high for one in scenario.catalogue if one.id in SIX})
    start = time.perf_counter()
    attribute(scenario, other, [Outcome("gap_years"), Outcome("cost_pv")], Work(ATTRIBUTED))
    return time.perf_counter() - start


def mesa_milliseconds(scenario: Scenario, replications: int) -> float:
    """Milliseconds of one replication stepped by Mesa agents, after one that is not counted."""
    from sim.model.model import ProcurementModel

    ProcurementModel(scenario, replication=0, random_seed=RANDOM_SEED, uncertainty="evidence").run()
    start = time.process_time()
    for replication in range(replications):
        ProcurementModel(
            scenario, replication=replication, random_seed=RANDOM_SEED, uncertainty="evidence"
        ).run()
    return 1000 * (time.process_time() - start) / replications


def plain_milliseconds() -> float:
    """Milliseconds of one replication without compilation, in a Python of its own that never compiles."""
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    words = [sys.executable, "-W", "ignore", "-c", PLAIN]
    done = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"the replication in plain Python failed:\n{done.stderr}")
    return float(done.stdout.split()[-1])


def plain_replication() -> float:
    """Run one replication and return its milliseconds; for a Python that was started without compilation."""
    world = world_of()
    plan = plan_of(load_scenario("baseline"), world)
    place, arrays = workspace(world, plan), result_arrays(world, 1, 1)
    start = time.process_time()
    with np.errstate(over="ignore"):  # hashing overflows on purpose, silently only where it is compiled
        run_replications(place, True, RANDOM_SEED, 0, 1, plan.horizon, arrays)
    return 1000 * (time.process_time() - start)


def growth(scenario: Scenario, replications: int) -> dict[str, list[dict[str, float]]]:
    """How the time on one core grows with replications, states and lines."""
    seeds = load_seeds()
    few = max(1, replications // 4)
    return {
        "replications": [
            _point(n, timed(scenario, n), 1) for n in sorted({max(1, few * k) for k in (1, 2, 4, 8)})
        ],
        "states": [
            _point(len(smaller.states()), timed(scenario_for(scenario, smaller), few, smaller), few)
            for smaller in (with_states(seeds, names) for names in _parts([one.id for one in seeds.states()]))
        ],
        "lines": [
            _point(len(smaller.lines()), timed(scenario_for(scenario, smaller), few, smaller), few)
            for smaller in (with_lines(seeds, names) for names in _parts(_lines_by_category(seeds)))
        ],
    }


def _parts(names: list[str]) -> list[tuple[str, ...]]:
    return [spread(names, max(1, round(fraction * len(names)))) for fraction in FRACTIONS]


def _lines_by_category(seeds: Seeds) -> list[str]:
    """Line ids sorted by category, so that an even part of the list is an even part of each category."""
    return [line.id for line in sorted(seeds.lines(), key=lambda line: (line.category, line.id))]


def _point(size: int, found: tuple[float, Result], replications: int) -> dict[str, float]:
    seconds, result = found
    contracts = float(result.counts["contracts"].mean())
    return {"size": size, "ms": 1000 * seconds / replications, "contracts": contracts}


def machine() -> dict[str, Any]:
    """What the times were measured on."""
    import numba

    return {
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _processor(),
        "cores": os.cpu_count() or 1,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "numba": numba.__version__,
    }


def _processor() -> str:
    """The processor's name; Linux keeps it in a file, elsewhere Python knows it."""
    listed = Path("/proc/cpuinfo")
    if listed.is_file():
        for line in listed.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
