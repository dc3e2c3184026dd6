"""The program from outside: quick to load, silent on success, one sentence on failure, at home in pipes."""

import os
import subprocess
import sys

from sim.model.record import INDUSTRY_MEASURES, MEASURES
from tests.cli.call import call, strict_json
from tests.structure.tree import ROOT

HEAVY = ("numpy", "numba", "pandas", "mesa", "scipy", "streamlit", "altair", "xarray")


def sim(*words: str, **more: object) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "sim", *words], cwd=ROOT, capture_output=True, text=True, timeout=120, **more
    )


def test_help_lists_every_command():
    done = sim("--help")
    assert (done.returncode, done.stderr) == (0, "")
    for command in ("run", "compare", "check", "scenarios", "levers", "measures", "bench", "app", "warm"):
        assert f"\n  {command} " in done.stdout


def test_without_words_it_helps():
    assert call().stdout == call("--help").stdout


def test_the_version_names_the_model():
    done = call("--version")
    assert done.exit_code == 0
    assert done.stdout.startswith("Leadtime ")


def test_loading_the_command_line_loads_nothing_heavy():
    asks = f"import sys, sim.cli; print([name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asks], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_json_is_all_there_is_on_stdout():
    done = sim("measures", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert len(strict_json(done.stdout)) == len(MEASURES) + len(INDUSTRY_MEASURES)


def test_bad_input_ends_with_2_and_no_traceback():
    done = sim("run", "basline")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "sim: unknown scenario 'basline'; the nearest is 'baseline'\n"


def test_a_terminal_with_a_small_alphabet_gets_its_tables():
    done = sim("measures", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, "")
    assert "gap_years" in done.stdout


def test_a_reader_that_leaves_early_is_no_error():
    words = [sys.executable, "-m", "sim", "levers", "--json"]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.read(1)
        program.stdout.close()
        assert program.stderr.read() == b""
        assert program.wait(timeout=60) == 0
