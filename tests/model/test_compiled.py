"""Compilation: an edited rule shows despite the cache, rules run as plain Python, `sim` loads lightly."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.evidence.seeds import load_seeds
from sim.experiment.ensemble import run
from sim.model.compiled import cache_folder, is_warm, source_hash
from tests.properties.runs import ensemble, toy_scenario
from tests.toy import toy_with_rules

ROOT = Path(sim.__file__).parents[1]
PLAIN = Path(__file__).with_name("plain.py")
HEAVY = ("numba", "numpy", "mesa", "streamlit", "pandas", "xarray", "scipy", "altair")
# A rule that calls a rule in another file: numba's own cache would not notice an edit of the other one.
CALLER = """
from sim.model.compiled import compiled
from sim.model.rules.production import real_output

@compiled
def two_plants(capacity):
    return 2.0 * real_output(capacity, 1.0, 1.0)
"""
CALL = "from sim.model.rules.caller import two_plants; print(two_plants(60.0))"


def python(code: list[str], folder: Path, **environment: str) -> str:
    """Run a fresh Python in a folder, every warning an error, and return what it printed."""
    variables = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-W", "error", *code],
        cwd=folder,
        env={**variables, "PYTHONPATH": str(folder), **environment},
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def copy(tmp_path):
    """A copy of the project's code, to be edited, with one more rule and an empty cache."""
    shutil.copytree(ROOT / "sim", tmp_path / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "sim" / "model" / "rules" / "caller.py").write_text(CALLER, encoding="utf-8")
    return tmp_path


def files_in(folder: Path) -> dict[Path, int]:
    """The files below a folder and when each was last written."""
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_an_edited_rule_shows_despite_the_cache(copy):
    cache = copy / "cache"
    assert python(["-c", CALL], copy, LEADTIME_CACHE_DIR=str(cache)) == "10.0"
    kept = files_in(cache)
    assert any(path.suffix == ".nbc" for path in kept), "nothing was kept on disk"
    assert python(["-c", CALL], copy, LEADTIME_CACHE_DIR=str(cache)) == "10.0"
    assert files_in(cache) == kept, "the second Python compiled again"
    rule = copy / "sim" / "model" / "rules" / "production.py"
    text, last = rule.read_text(encoding="utf-8"), "* output_lever / 12.0\n"
    assert text.count(last) == 1
    rule.write_text(text.replace(last, "* output_lever / 6.0\n"), encoding="utf-8")
    assert python(["-c", CALL], copy, LEADTIME_CACHE_DIR=str(cache)) == "20.0"
    assert len(list(cache.iterdir())) == 2, "one folder of compiled rules per source"


def test_the_source_hash_sees_every_file_and_its_name(tmp_path):
    (tmp_path / "rules").mkdir()
    rule = tmp_path / "rules" / "need.py"
    rule.write_text("x = 1\n", encoding="utf-8")
    hashes = {source_hash(tmp_path)}
    rule.write_text("x = 2\n", encoding="utf-8")
    hashes.add(source_hash(tmp_path))
    rule.rename(tmp_path / "rules" / "money.py")
    hashes.add(source_hash(tmp_path))
    (tmp_path / "rules" / "need.py").write_text("", encoding="utf-8")
    hashes.add(source_hash(tmp_path))
    assert len(hashes) == 4
    (tmp_path / "notes.txt").write_text("no code", encoding="utf-8")
    assert source_hash(tmp_path) in hashes


def test_the_cache_lies_where_the_environment_says(tmp_path, monkeypatch):
    monkeypatch.setenv("LEADTIME_CACHE_DIR", str(tmp_path))
    assert cache_folder() == tmp_path / f"rules-{source_hash()}"
    assert not is_warm()


def test_rules_are_warm_once_a_run_was_made():
    ensemble("baseline", 50)
    assert is_warm()


def test_plain_python_gives_what_compiled_code_gives(tmp_path):
    """A toy world with a placed card, once compiled and once plain; only plain.py silences overflow."""
    folder = toy_with_rules(tmp_path)
    card = {"card": "us_stock_protection", "at": "2027-01", "months": 12, "strength": 0.5}
    seeds = load_seeds(folder)
    scenario = toy_scenario(seeds, shocks=[card], levers={"dialogue": 0.8})
    result = run(scenario, replications=1, seeds=seeds)
    assert result.counts["contracts"][0] > 0
    file = tmp_path / "toy.toml"
    file.write_text(scenario.to_toml(), encoding="utf-8")
    printed = json.loads(python([str(PLAIN), str(folder), str(file)], ROOT, NUMBA_DISABLE_JIT="1"))
    for table in ("values", "industry_values", "series", "industry_series", "counts"):
        for name, numbers in getattr(result, table).items():
            plain = np.array(printed[table][name], dtype=float)
            assert np.allclose(numbers, plain, rtol=1e-12, atol=1e-12, equal_nan=True), f"{table} {name}"


def test_importing_sim_loads_nothing_heavy():
    code = f"import sim, sys; print([name for name in {HEAVY} if name in sys.modules])"
    assert python(["-c", code], ROOT) == "[]"


def test_every_name_of_the_front_door_opens():
    for name in sim.__all__:
        assert getattr(sim, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'runn'"):
        sim.runn  # noqa: B018
