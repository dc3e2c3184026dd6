"""`sim report`: the file it writes, and one sentence where it cannot."""

import os
import re
import subprocess
import sys

import pytest

from tests.cli.call import call, refusal
from tests.structure.tree import ROOT

FEW = ("--replications", "4")


def written(tmp_path, *words: str) -> str:
    out = tmp_path / "report.html"
    done = call("report", *words, *FEW, "--out", str(out))
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")
    return out.read_text(encoding="utf-8")


def test_a_scenario_alone_is_compared_with_the_baseline(tmp_path):
    text = written(tmp_path, "no_korea", "--buyer", "pol")
    assert text.startswith("<!DOCTYPE html>")
    assert "Leadtime report: No new Korean orders" in text
    assert "sim report baseline no_korea --buyer POL --replications 4 --random-seed 1" in text


def test_levers_seed_and_uncertainty_are_taken(tmp_path):
    text = written(tmp_path, "baseline", "--set", "threat=1.5", "--random-seed", "7", "--uncertainty", "none")
    assert "“Felt threat” is set to 1.5 instead of 1." in text
    assert (
        "sim report baseline --set threat=1.5 --replications 4 --random-seed 7 --uncertainty none --out"
        in text
    )


def test_a_scenario_of_ones_own_stands_in_the_report(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('title = "Mine <b>"\nquestion = "Why?"\nextends = "no_korea"\n[levers]\nthreat = 1.3\n')
    text = written(tmp_path, str(path))
    assert "Leadtime report: Mine &lt;b&gt;" in text
    assert "The file mine.toml" in text
    assert re.search(r"sim report baseline mine.toml --replications", text)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["basline"], "unknown scenario 'basline'; the nearest is 'baseline'"),
        (["us_pause", "--set", "threat=9"], "threat: 9 is outside its range"),
        (["us_pause", "--buyer", "PLO"], "there is no state 'PLO'"),
        (["baseline", "no_korea", "no_korea"], "have the id 'no_korea'"),
        (["february_2022"], "starts in 2022-02: name before it the scenario of that start"),
        (["baseline", "no_korea", "--replications", "0"], "replications must lie between"),
        ([], "Missing argument"),
    ],
)
def test_bad_input_gets_one_sentence_and_no_file(words, sentence, tmp_path):
    assert sentence in refusal("report", *words, "--out", str(tmp_path / "report.html"))
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_is_refused_before_the_run(tmp_path):
    (tmp_path / "folder.html").mkdir()
    assert "is a folder" in refusal("report", "baseline", "--out", str(tmp_path / "folder.html"))
    assert "must end in .html" in refusal("report", "baseline", "--out", str(tmp_path / "x.pdf"))
    assert "does not exist" in refusal("report", "baseline", "--out", str(tmp_path / "no" / "x.html"))
    assert "--out" in refusal("report", "baseline")
    unwritable = str(tmp_path / f"{'x' * 300}.html")
    assert "is not the name of a file" in refusal("report", "baseline", "--out", unwritable)


def test_a_file_that_cannot_be_written_after_all_is_said_in_one_sentence(tmp_path, monkeypatch):
    def full(*words: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_text", full)
    said = refusal("report", "baseline", *FEW, "--out", str(tmp_path / "report.html"))
    assert "cannot be written (No space left on device)" in said


def test_the_command_line_loads_nothing_large_for_its_help():
    words = "import sys, sim.cli; print([m for m in ('vl_convert', 'jinja2', 'pandas') if m in sys.modules])"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, env=environment)
    assert done.stdout.strip() == "[]"
