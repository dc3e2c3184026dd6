"""`sim model`: the description on stdout or in a Markdown file, with nothing compiled for it."""

import os
import subprocess
import sys

from sim.report.odd import document, sections
from tests.cli.call import call, refusal
from tests.structure.tree import ROOT


def test_the_description_goes_to_stdout():
    done = call("model")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == document(sections())


def test_the_description_goes_to_a_file(tmp_path):
    file = tmp_path / "model.md"
    done = call("model", "--out", str(file))
    assert (done.exit_code, done.stdout) == (0, "")
    assert file.read_text(encoding="utf-8") == document(sections())


def test_another_kind_of_file_is_refused(tmp_path):
    assert "must end in .md" in refusal("model", "--out", str(tmp_path / "model.pdf"))
    assert not list(tmp_path.iterdir())


def test_nothing_is_compiled_for_it(tmp_path):
    words = [sys.executable, "-m", "sim", "model", "--out", str(tmp_path / "model.md")]
    environment = {**os.environ, "LEADTIME_CACHE_DIR": str(tmp_path / "rules")}
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=120, env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "model.md").stat().st_size > 100_000
    assert not [path for path in (tmp_path / "rules").rglob("*") if path.is_file()]
